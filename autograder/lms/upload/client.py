"""One HTTP client for all targets: time limits, retries, no secret in any text, no stranger followed.

- Redirects are not followed: a POST body with a token must reach the host that was named.
- Pages of a list are fetched from the same origin only, for the same reason.
- TLS certificates are always verified. Plain ``http`` is for this machine, or on demand.
- A request that may not be repeated (``repeat=False``) is repeated only where it surely did
  not happen: the connection was never made, or the server said that it was over its limit.
"""

from __future__ import annotations

import contextlib
import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import NewConnectionError

from ...errors import ConfigError
from ...i18n import Text
from .backoff import Backoff, retry_after
from .errors import Denied, Lost, Refused, UploadError
from .secret import Secret, scrub

TIMEOUT = (10.0, 60.0)  # seconds to connect, and between two bytes of an answer
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_MAX_PAGES = 1000
_NEXT = re.compile(r"<([^>]*)>([^,<]*)")
_REL_NEXT = re.compile(r"rel\s*=\s*[\"'\u201c]?next[\"'\u201d]?\s*(;|$)", re.IGNORECASE)

Authorise = Callable[[], Mapping[str, str]]


class Client:
    """Requests to one LMS.

    Parameters
    ----------
    secrets
        What must never appear in a text; more may be added with `keep_secret`.
    authorise
        Headers that prove who we are, asked for at each request.
    plain_http
        Allow ``http://`` to another machine (a test server in a closed network).
    limited
        Whether an answer means "over the limit, come again" beside 429.
    pace
        Seconds to rest after an answer, so as not to come near the limit.
    timeout
        Seconds to connect, and between two bytes of an answer.
    """

    def __init__(
        self,
        secrets: tuple[Secret, ...] = (),
        *,
        authorise: Authorise = dict,
        backoff: Backoff | None = None,
        plain_http: bool = False,
        limited: Callable[[requests.Response], bool] = lambda response: False,
        pace: Callable[[requests.Response], float] = lambda response: 0.0,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        self.backoff = backoff or Backoff()
        self.server_time: datetime | None = None
        self._secrets = list(secrets)
        self._authorise = authorise
        self._plain_http = plain_http
        self._limited = limited
        self._pace = pace
        self._timeout = timeout
        self._session = requests.Session()
        # Without one of its own, requests would add a password from ~/.netrc.
        self._session.auth = lambda request: request
        self._session.headers["User-Agent"] = "numpy-course-autograder"

    def keep_secret(self, secret: Secret) -> None:
        self._secrets.append(secret)

    def scrub(self, text: str) -> str:
        """The text without secrets."""
        return scrub(text, self._secrets)

    def request(
        self,
        method: str,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        repeat: bool = True,
        authorised: bool = True,
    ) -> requests.Response:
        """Send a request until it is answered.

        Parameters
        ----------
        form, body
            Fields of a form, or anything that JSON can say.
        repeat
            Sending it twice does no harm.

        Returns
        -------
        An answer below 300.

        Raises
        ------
        Denied
            401, or 403 that is not about a limit.
        Refused
            Any other 4xx: this request is wrong.
        Lost
            No answer, and the request may have been carried out.
        UploadError
            The server cannot be reached, or keeps failing.
        """
        self._check(url)
        attempt = 0
        while True:
            attempt += 1
            asked = None
            problem: UploadError | Denied
            try:
                response = self._session.request(
                    method,
                    url,
                    data=json.dumps(body, ensure_ascii=False).encode() if body is not None else form,
                    params=query,
                    headers={**(self._authorise() if authorised else {}), **(headers or {})},
                    timeout=self._timeout,
                    allow_redirects=False,
                )
            except requests.RequestException as error:
                # `from None`, here and below: the library's own texts hold URLs and bodies.
                problem = self._unreachable(url, error)
                if isinstance(error, requests.exceptions.SSLError) or not (repeat or _never_sent(error)):
                    raise problem from None
            else:
                self._note_time(response)
                if response.status_code < 300:
                    if rest := self._pace(response):
                        self.backoff.sleep(rest)
                    return response
                problem = self._answered(url, response)
                over_limit = response.status_code == 429 or self._limited(response)
                if not over_limit and not (repeat and response.status_code >= 500):
                    raise problem from None
                asked = retry_after(response.headers.get("Retry-After"))
            if not self.backoff.wait(attempt, asked):
                raise problem from None

    def json(self, response: requests.Response) -> Any:
        """What the answer says.

        Raises
        ------
        UploadError
            It is not JSON: most often the address is that of a web page.
        """
        try:
            return json.loads(response.content)
        except ValueError:
            kind = response.headers.get("Content-Type", "?").split(";")[0]
            raise UploadError(_NOT_JSON.format(url=_shown(response.url or ""), kind=self.scrub(kind)[:60])) from None

    def pages(
        self, url: str, *, headers: Mapping[str, str] | None = None, query: Mapping[str, str] | None = None
    ) -> Iterator[Any]:
        """The elements of a list over all of its pages (RFC 8288 ``Link``).

        Raises
        ------
        UploadError
            A page is no list, or lies on another host.
        """
        for _ in range(_MAX_PAGES):
            response = self.request("GET", url, headers=headers, query=query)
            found = self.json(response)
            if not isinstance(found, list):
                raise UploadError(_NO_LIST.format(url=_shown(url)))
            yield from found
            following = next_link(response.headers.get("Link", ""))
            if following is None:
                return
            url, query = self.same_origin(url, following), None
        raise UploadError(_TOO_LONG.format(url=_shown(url)))

    def same_origin(self, base: str, link: str) -> str:
        """A link that an answer held, made absolute.

        Raises
        ------
        UploadError
            It leads to another host, which must not see our token.
        """
        full = urljoin(base, link)
        if origin(full) != origin(base):
            raise UploadError(_STRANGER.format(url=_shown(base), other=_shown(full)))
        return full

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
            raise ConfigError(_BAD_URL.format(url=_shown(url)))
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK and not self._plain_http:
            raise ConfigError(_PLAIN.format(url=_shown(url)))

    def _unreachable(self, url: str, error: requests.RequestException) -> UploadError:
        if isinstance(error, requests.exceptions.SSLError):
            return UploadError(_TLS.format(host=urlsplit(url).hostname))
        if _never_sent(error):
            return UploadError(_UNREACHABLE.format(host=urlsplit(url).netloc))
        reason = _TIMED_OUT if isinstance(error, requests.Timeout) else _DROPPED
        return Lost(reason.format(host=urlsplit(url).netloc))

    def _answered(self, url: str, response: requests.Response) -> UploadError | Denied:
        status = response.status_code
        said = self.scrub(_said(response))[:200]  # in this order: half a token is not recognised
        if status < 400:
            moved = self.scrub(_shown(response.headers.get("Location", "?")))[:200]
            return UploadError(_MOVED.format(url=_shown(url), other=moved))
        if status == 429 or self._limited(response):
            return UploadError(_LIMITED.format(host=urlsplit(url).netloc, status=status))
        if status in (401, 403):
            return Denied(_DENIED.format(url=_shown(url), status=status, said=said))
        if status >= 500:
            return Lost(_FAILED.format(url=_shown(url), status=status, said=said))
        return Refused(_REFUSED.format(url=_shown(url), status=status, said=said), status)

    def _note_time(self, response: requests.Response) -> None:
        try:
            self.server_time = parsedate_to_datetime(response.headers["Date"])
        except (KeyError, ValueError):
            self.server_time = None


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, port


def next_link(header: str) -> str | None:
    """The next page in a ``Link`` header, None on the last.

    Moodle's LTI services write ``rel=“next”`` with typographic quotes, and ``&amp;`` in the
    address; bytes that are UTF-8 arrive from the HTTP library as Latin-1.
    """
    with contextlib.suppress(UnicodeError):
        header = header.encode("latin-1").decode("utf-8")
    for match in _NEXT.finditer(header):
        if _REL_NEXT.search(match[2]):
            return html.unescape(match[1])
    return None


def _never_sent(error: requests.RequestException) -> bool:
    if isinstance(error, (requests.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.ProxyError)):
        return True
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, NewConnectionError)


def _shown(url: str) -> str:
    """A URL for people to read: no query, since a careless server's may hold anything."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"


def _said(response: requests.Response) -> str:
    """What the server said of its refusal, on one line."""
    try:
        found = json.loads(response.content[:100_000])
    except ValueError:
        return response.reason or ""
    if isinstance(found, dict):
        errors = found.get("errors")
        first = errors[0] if isinstance(errors, list) and errors else errors
        if isinstance(first, dict):
            found = {**found, **first}
        for key in ("message", "error_description", "error"):
            if isinstance(found.get(key), str):
                return " ".join(found[key].split())
    return response.reason or ""


_BAD_URL = Text("{url}: not the address of an LMS", "{url}: LMS のアドレスではありません")
_PLAIN = Text(
    "{url}: without https anybody on the way could read the token. Use https:// (for a test server in a closed "
    "network: --plain-http).",
    "{url}: https でない接続では、トークンが途中で読み取られるおそれがあります。https:// を使ってください"
    "（閉じたネットワークの試験用サーバーなら --plain-http）。",
)
_TLS = Text(
    "{host}: the server's certificate cannot be verified. A university's own authority: set REQUESTS_CA_BUNDLE "
    "to its file.",
    "{host}: サーバー証明書を検証できません。学内の認証局を使っている場合は、その証明書ファイルを "
    "REQUESTS_CA_BUNDLE に設定してください。",
)
_UNREACHABLE = Text(
    "{host}: cannot be reached. Check the address and the network.",
    "{host}: 接続できません。アドレスとネットワークを確かめてください。",
)
_TIMED_OUT = Text("{host}: no answer in time.", "{host}: 時間内に応答がありませんでした。")
_DROPPED = Text("{host}: the connection broke before an answer came.", "{host}: 応答の前に接続が切れました。")
_MOVED = Text(
    "{url}: the server sends us on to {other}. Use that address, if it is right.",
    "{url}: サーバーが {other} へ転送しています。正しい転送先なら、そのアドレスを指定してください。",
)
_LIMITED = Text(
    "{host}: over the server's limit of requests (HTTP {status}), again and again. Run the same command later.",
    "{host}: サーバーの要求数の制限を超えた状態が続いています（HTTP {status}）。"
    "時間をおいて同じコマンドを実行してください。",
)
_DENIED = Text(
    "{url}: not allowed (HTTP {status}: {said}). Is the token valid, and may it grade this course?",
    "{url}: 許可されていません（HTTP {status}: {said}）。トークンが有効か、このコースの評定権限があるかを"
    "確かめてください。",
)
_FAILED = Text(
    "{url}: the server failed (HTTP {status}: {said}).", "{url}: サーバー側の障害です（HTTP {status}: {said}）。"
)
_REFUSED = Text("{url}: refused (HTTP {status}: {said}).", "{url}: 拒否されました（HTTP {status}: {said}）。")
_NOT_JSON = Text(
    "{url}: answered with {kind}, not with JSON. Is this the address of the LMS?",
    "{url}: JSON ではなく {kind} が返されました。LMS のアドレスとして正しいか確かめてください。",
)
_NO_LIST = Text("{url}: a list was expected", "{url}: 一覧が返されませんでした")
_TOO_LONG = Text("{url}: the list never ends", "{url}: 一覧が終わりません")
_STRANGER = Text(
    "{url}: the answer points to another host, {other}; nothing was sent there.",
    "{url}: 応答が別のホスト {other} を指しています。そこには何も送っていません。",
)
