"""Tokens and keys: from the environment or the system's keyring, and into no text whatsoever.

A `Secret` shows itself as ``***``. What a server or a library says is passed through `scrub`
before anybody reads it, since an LMS may quote the request that it refuses.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from ...errors import ConfigError
from ...i18n import Text

SERVICE = "autograder"  # under which a keyring keeps our tokens


class Secret:
    """A string that only `reveal` gives away."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("a secret is not stored")


def token(variable: str, host: str) -> Secret:
    """The token in an environment variable, else the keyring's for this host.

    Raises
    ------
    ConfigError
        There is none, or it holds something that no HTTP header can carry.
    """
    value = os.environ.get(variable, "").strip() or _from_keyring(host)
    if not value:
        raise ConfigError(_MISSING.format(variable=variable, host=host, service=SERVICE))
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ConfigError(_ODD.format(variable=variable))
    return Secret(value)


def private_key(variable: str) -> Secret:
    """The PEM text in an environment variable, or in the file that ``<variable>_FILE`` names.

    Raises
    ------
    ConfigError
        There is none, or the file cannot be read.
    """
    value = os.environ.get(variable, "")
    file = os.environ.get(f"{variable}_FILE", "")
    if not value and file:
        try:
            value = Path(file).read_text(encoding="ascii")
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise ConfigError(_FILE.format(variable=variable, reason=reason)) from None
    if not value:
        raise ConfigError(_NO_KEY.format(variable=variable))
    return Secret(value.replace("\\n", "\n"))


def scrub(text: str, secrets: Iterable[Secret]) -> str:
    """The text with every secret in it, plain or as a URL spells it, replaced by ``***``."""
    for secret in secrets:
        for form in sorted(_forms(secret.reveal()), key=len, reverse=True):
            text = text.replace(form, "***")
    return text


def _forms(value: str) -> set[str]:
    """A secret as it may be quoted: plain, URL-encoded (strictly, too), and a key by its lines."""
    forms = {value, *value.splitlines()}
    forms |= {spelt for form in forms for spelt in (quote(form, safe=""), quote(form, safe="").replace("~", "%7E"))}
    return {form for form in forms if len(form) >= 6}  # a shorter one would tear holes into ordinary words


def _from_keyring(host: str) -> str:
    try:
        keyring = importlib.import_module("keyring")
        return str(keyring.get_password(SERVICE, host) or "").strip()
    except Exception:  # not installed, locked, or without a backend: then there is no token in it
        return ""


_MISSING = Text(
    "No token. Put it into the environment variable {variable}, or into the keyring "
    "(`keyring set {service} {host}`). Never write it on a command line.",
    "トークンがありません。環境変数 {variable} に設定するか、キーリングに登録してください"
    "（`keyring set {service} {host}`）。コマンドラインには書かないでください。",
)
_ODD = Text(
    "{variable} holds spaces or characters that no token has. Copy the token again.",
    "{variable} にトークンには使えない文字（空白など）が含まれています。トークンをコピーし直してください。",
)
_FILE = Text(
    "The file that {variable}_FILE names cannot be read: {reason}",
    "{variable}_FILE が指すファイルを読み込めません: {reason}",
)
_NO_KEY = Text(
    "No private key. Put its PEM text into the environment variable {variable}, or the path of its file "
    "into {variable}_FILE.",
    "秘密鍵がありません。PEM 形式の内容を環境変数 {variable} に設定するか、ファイルのパスを {variable}_FILE に"
    "設定してください。",
)
