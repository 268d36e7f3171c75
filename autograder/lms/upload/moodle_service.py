"""Moodle's web service: a function, its arguments, its answer, and its errors as ours.

An error is HTTP 200 with ``{"exception": ..., "errorcode": ..., "message": ...}``. Parameters in
the address would end in the server's log, the token among them: all is POSTed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...errors import ConfigError
from ...i18n import Text
from .client import Client
from .errors import Denied, Refused
from .secret import Secret

_ENDPOINT = "/webservice/rest/server.php"
_NOT_OFFERED = frozenset({"accessexception", "servicenotavailable"})
_BAD_TOKEN = frozenset({"invalidtoken", "forcepasswordchangenotice", "sitepolicynotagreed"})
_NO_RIGHT = frozenset({"nopermissions", "requireloginerror", "errorcoursecontextnotvalid"})


class _NotOffered(ConfigError):
    """The token's service does not offer a function."""


class _MayNot(Denied):
    """The token's user lacks a capability, or is not in the course."""


class NotFound(Refused):
    """There is no record with that id."""


class Service:
    """The functions that one token may call on one site.

    Parameters
    ----------
    url
        The site's address.
    """

    def __init__(self, client: Client, url: str, token: Secret) -> None:
        self.url = url.rstrip("/")
        self._client = client
        self._token = token

    def optional(self, function: str, **arguments: Any) -> Any:
        """The answer of a function, None where the service does not offer it or the user may not use it."""
        try:
            return self.call(function, **arguments)
        except (_NotOffered, _MayNot):
            return None

    def call(self, function: str, **arguments: Any) -> Any:
        """The answer of a function.

        Raises
        ------
        Denied
            The token is not valid, or its user may not do this.
        NotFound, Refused
            Moodle says what is wrong with the arguments.
        """
        form = {"wstoken": self._token.reveal(), "wsfunction": function, "moodlewsrestformat": "json"}
        form.update(flatten(arguments))
        answer = self._client.json(self._client.request("POST", self.url + _ENDPOINT, form=form))
        if isinstance(answer, dict) and "exception" in answer:
            raise self._error(function, answer)
        return answer

    def _error(self, function: str, answer: Mapping[str, Any]) -> Exception:
        code = str(answer.get("errorcode", "?"))
        said = self._client.scrub(" ".join(str(answer.get("message", "")).split()))[:200]
        if code in _BAD_TOKEN:
            return Denied(_TOKEN_REFUSED.format(code=code, said=said))
        if code in _NOT_OFFERED or (code == "invalidrecord" and "external_functions" in said):
            return _NotOffered(NEEDS.format(functions=function))
        if code in _NO_RIGHT:
            return _MayNot(_MAY_NOT.format(function=function, said=said))
        if code.startswith(("invalidrecord", "invalidcoursemodule")):
            return NotFound(_SAYS.format(function=function, code=code, said=said), code=code)
        return Refused(_SAYS.format(function=function, code=code, said=said), code=code)


def flatten(value: Any, prefix: str = "") -> dict[str, str]:
    """Nested values as PHP's form fields: ``grades[0][userid]``."""
    if isinstance(value, Mapping):
        items: Iterable[tuple[Any, Any]] = value.items()
    elif isinstance(value, (list, tuple)):
        items = enumerate(value)
    else:
        return {prefix: str(value)}
    fields: dict[str, str] = {}
    for key, item in items:
        fields.update(flatten(item, f"{prefix}[{key}]" if prefix else str(key)))
    return fields


NEEDS = Text(
    "The web service of this token does not offer what is needed, or its user may not use it: {functions}. Ask the "
    "administrator to add it.",
    "必要な関数がこのトークンのウェブサービスにないか、利用する権限がありません: {functions}。"
    "管理者に追加を依頼してください。",
)
_TOKEN_REFUSED = Text(
    "Moodle does not accept the token ({code}: {said}). Make a new one, and check that web services are on.",
    "Moodle がトークンを受け付けません（{code}: {said}）。トークンを作り直し、ウェブサービスが有効か確かめてください。",
)
_MAY_NOT = Text(
    "The token's user may not do this ({function}: {said}). Is that user a teacher of the course?",
    "このトークンのユーザーには権限がありません（{function}: {said}）。コースの教師として登録されているか"
    "確かめてください。",
)
_SAYS = Text("Moodle refuses {function} ({code}: {said})", "Moodle が {function} を拒否しました（{code}: {said}）")
