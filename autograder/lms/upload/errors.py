"""What can go wrong between us and an LMS."""

from __future__ import annotations

from ...errors import ConfigError, GraderError
from ...i18n import Text


class UploadError(GraderError):
    """The LMS or the way to it failed; what was stored before stays stored: exit code 4."""


class Denied(ConfigError):
    """The LMS does not accept the token, or the token may not do this: exit code 3."""


class Refused(UploadError):
    """The LMS understood one request and refuses it; repeating it would not help."""

    def __init__(self, text: Text | str, status: int = 0, code: str = "") -> None:
        super().__init__(text)
        self.status = status
        self.code = code


class Lost(UploadError):
    """A request went out and no answer came: it may or may not have been carried out."""
