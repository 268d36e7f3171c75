"""From the options of the command line to a target that is ready to speak."""

from __future__ import annotations

from urllib.parse import urlsplit

from ...errors import UsageError
from ...i18n import Text
from . import canvas, lti, moodle
from .backoff import Backoff
from .canvas import Canvas
from .client import Client
from .lti import Lti
from .lti_token import Registration, TokenSource
from .moodle import Moodle
from .secret import private_key, token


def connect_moodle(
    url: str | None, assignment: str, *, plain_http: bool = False, backoff: Backoff | None = None
) -> Moodle:
    """An assignment of Moodle, with the token of the environment or the keyring.

    Parameters
    ----------
    url
        The site's address; may be None where `assignment` is the address of a page.
    """
    url, assignment = moodle.site_and_assignment(url, assignment)
    secret = token(moodle.TOKEN, _host(url))
    client = Client((secret,), plain_http=plain_http, backoff=backoff)
    return Moodle(client, url or "", secret, assignment)


def connect_canvas(
    url: str | None,
    course: str | None,
    assignment: str,
    *,
    plain_http: bool = False,
    backoff: Backoff | None = None,
    settle: float = 60.0,
) -> Canvas:
    """An assignment of Canvas, with the token of the environment or the keyring.

    Parameters
    ----------
    url, course
        May be None where `assignment` is the address of a page.
    settle
        See `Canvas`.
    """
    url, course, assignment = canvas.site_and_numbers(url, course, assignment)
    host = _host(url)
    if not course:
        raise UsageError(_NO_COURSE)
    secret = token(canvas.TOKEN, host)
    client = Client(
        (secret,),
        authorise=lambda: canvas.bearer(secret),
        plain_http=plain_http,
        limited=canvas.over_limit,
        pace=canvas.pace,
        backoff=backoff,
    )
    return Canvas(client, url or "", course, assignment, settle=settle)


def connect_lti(
    line_items: str,
    resource: str,
    registration: Registration,
    *,
    label: str,
    members: str | None = None,
    plain_http: bool = False,
    backoff: Backoff | None = None,
) -> Lti:
    """A line item of an LTI 1.3 platform, with the private key of the environment."""
    key = private_key(lti.KEY)
    client = Client((key,), authorise=lambda: tokens.header(), plain_http=plain_http, backoff=backoff)
    scopes = (*lti.SCOPES, lti.MEMBERS_SCOPE) if members else lti.SCOPES
    tokens = TokenSource(client, registration, key, scopes)
    return Lti(client, tokens, line_items, resource, label, members)


def _host(url: str | None) -> str:
    if not url:
        raise UsageError(_NO_URL)
    return urlsplit(url).netloc.rpartition("@")[2]


_NO_URL = Text(
    "Which LMS? Give its address with --url, or give the address of the assignment's page as --assignment.",
    "LMS のアドレスを --url で指定するか、--assignment に課題のページのアドレスを指定してください。",
)
_NO_COURSE = Text(
    "Which course? Give its number with --course, or give the address of the assignment's page as --assignment.",
    "コースの番号を --course で指定するか、--assignment に課題のページのアドレスを指定してください。",
)
