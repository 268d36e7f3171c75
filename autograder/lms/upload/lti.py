"""LTI 1.3: scores through Assignment and Grade Services, on any platform that has them.

- A line item is found by its resource id, or made; its address may carry a query
  (``…/lineitem?type_id=1``), and ``/scores`` and ``/results`` go before that.
- Every score has a time stamp, and a platform refuses (409) one that is not newer than what it
  has, to the second. Ours come from the platform's own clock (its ``Date`` header), never go
  back (the journal remembers the last), and move on after a 409.
- A score replaces the one before together with its comment, so sending twice is harmless.
- Who is who: rows may carry the platform's user id (``lti``); otherwise the names and roles
  service lists the members with email and ID number.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests

from ...errors import UsageError
from ...i18n import Text
from ..rows import GradeRow, normal_id
from .client import Client, next_link, origin
from .errors import Denied, Lost, Refused, UploadError
from .journal import Journal
from .lti_token import TokenSource
from .target import Change, Destination, Person, Stored

KEY = "AUTOGRADER_LTI_KEY"
_AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/"
SCOPES = (f"{_AGS}lineitem", f"{_AGS}score", f"{_AGS}result.readonly")
MEMBERS_SCOPE = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
LINE_ITEM = "application/vnd.ims.lis.v2.lineitem+json"
LINE_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json"
SCORE = "application/vnd.ims.lis.v1.score+json"
RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json"
MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
_TAG = "autograder"
# After so many seconds beyond the platform's clock a new stamp is tried; the last is for a grade that a
# computer with a wrong clock has stored.
_STEPS = (0.0, 2.0, 60.0, 3600.0)
_LEARNER = "membership#learner"


class Lti:
    """One line item.

    Parameters
    ----------
    line_items
        Address of the course's line items.
    resource
        The resource id of the line item, or its own address.
    label
        Title of a line item that has to be made.
    members
        Address of the names and roles service, if the platform has one.
    """

    kinds = ("lti", "idnumber", "sis", "username", "email")
    own_kinds = ("idnumber", "username")
    tolerance = Decimal("0.005")

    def __init__(
        self, client: Client, tokens: TokenSource, line_items: str, resource: str, label: str, members: str | None
    ) -> None:
        self._client = client
        self._tokens = tokens
        self._line_items = line_items
        self._resource = resource
        self._label = label
        self._members = members
        self._item: str | None = None
        self._maximum = Decimal(1)
        self._item_maximum = Decimal(1)

    def open(self, maximum: Decimal) -> Destination:
        self._maximum = maximum
        found = self._find()
        if found is not None:
            self._item = str(found["id"])
        self._item_maximum = Decimal(str((found or {}).get("scoreMaximum", maximum)))
        notes = () if found else (_NEW.format(resource=self._resource),)
        title = str(found.get("label") or self._resource) if found else self._label
        # Not the line item's own address: it does not exist yet where it has to be made.
        return Destination(f"lti {self._line_items} {self._resource}", title, None, notes, together=True)

    def people(self, rows: Sequence[GradeRow]) -> list[Person]:
        if self._members is None:
            ids = [normal_id(row.ids["lti"]) for row in rows if row.ids.get("lti")]
            return [Person(user, None, {"lti": user}) for user in dict.fromkeys(ids)]
        return [_person(m) for m in self._memberships(self._members) if _is_learner(m)]

    def settle(self, journal: Journal, wait: bool) -> None:
        """Nothing to do: a score is stored when it is answered, and storing it twice is harmless."""

    def read(self, users: Collection[str], comments: bool) -> dict[str, Stored]:
        if self._item is None:
            return {user: Stored() for user in users}
        headers = {"Accept": RESULTS}
        results = self._list(_below(self._item, "results"), headers)
        stored = {str(r["userId"]): self._stored(r) for r in results if "userId" in r}
        return {user: stored.get(user, Stored()) for user in users}

    def send(self, changes: Sequence[Change], journal: Journal) -> Iterator[tuple[Change, Text | None]]:
        if self._item is None and changes:
            self._item = self._make()
        failures = 0
        for change in changes:
            try:
                self._push(change, journal)
                failures = 0
            except Refused as error:
                yield change, error.text
                continue
            except Lost as error:
                # Some platforms fail (500) over one user. Where three in a row fail, it is the platform.
                failures += 1
                if failures == 3:
                    raise
                yield change, error.text
                continue
            journal.record("sent", change.student, change.user, change.score, change.carried)
            yield change, None

    def _push(self, change: Change, journal: Journal) -> None:
        """Send one score with time stamps that advance until one is new enough."""
        assert self._item is not None
        score: dict[str, Any] = {
            "userId": change.user,
            "scoreGiven": _number(change.score),
            "scoreMaximum": _number(self._maximum),
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
        }
        if change.carried is not None:
            score["comment"] = change.carried
        for step in _STEPS:
            stamp = self._stamp(journal.last_detail(change.user), step)
            journal.record("sending", change.student, change.user, change.score, change.carried, stamp)
            try:
                body = {**score, "timestamp": stamp}
                self._ask("POST", _below(self._item, "scores"), body=body, headers={"Content-Type": SCORE})
                return
            except Refused as error:
                if error.status != 409:
                    raise
                newest = error
            self._client.backoff.sleep(1.1)  # "the same second" is over
        raise newest

    def _stamp(self, last: str | None, ahead: float) -> str:
        """Now by the platform's clock, and in any case a second after the last one."""
        now = max(self._client.server_time or datetime.min.replace(tzinfo=UTC), datetime.now(UTC))
        now += timedelta(seconds=ahead)
        if last is not None:
            now = max(now, datetime.fromisoformat(last.replace("Z", "+00:00")) + timedelta(seconds=1))
        return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _find(self) -> dict[str, Any] | None:
        headers = {"Accept": LINE_ITEMS}
        if "://" in self._resource:
            address = self._client.same_origin(self._line_items, self._resource)
            return dict(self._client.json(self._ask("GET", address, headers={"Accept": LINE_ITEM})))
        items = self._list(self._line_items, headers, {"resource_id": self._resource})
        found = [item for item in items if item.get("resourceId") == self._resource]
        if len(found) > 1:
            ours = [item for item in found if item.get("tag") == _TAG]
            if len(ours) != 1:
                raise UsageError(_SEVERAL.format(resource=self._resource, items=", ".join(i["id"] for i in found)))
            found = ours
        for item in found:
            self._client.same_origin(self._line_items, item["id"])
        return found[0] if found else None

    def _make(self) -> str:
        """Make the line item; looked for once more first, since making it twice would leave an empty one."""
        body = {
            "label": self._label,
            "scoreMaximum": _number(self._maximum),
            "resourceId": self._resource,
            "tag": _TAG,
        }
        for attempt in range(1, self._client.backoff.tries + 1):
            found = self._find()
            if found is not None:
                return str(found["id"])
            try:
                headers = {"Content-Type": LINE_ITEM, "Accept": LINE_ITEM}
                answer = self._client.json(
                    self._ask("POST", self._line_items, body=body, headers=headers, repeat=False)
                )
                return self._client.same_origin(self._line_items, str(answer["id"]))
            except Lost:
                if not self._client.backoff.wait(attempt):
                    raise
        raise UploadError(_NOT_MADE)

    def _stored(self, result: Mapping[str, Any]) -> Stored:
        """A result on our scale."""
        comment = result.get("comment")
        comments = None if comment is None else (str(comment),)
        if result.get("resultScore") is None:
            return Stored(None, comments)
        score = Decimal(str(result["resultScore"]))
        theirs = Decimal(str(result.get("resultMaximum") or 0))
        # Moodle cuts the decimals off this maximum, though not off the score.
        if theirs == math.floor(self._item_maximum):
            theirs = self._item_maximum
        if theirs <= 0:
            theirs = self._maximum
        return Stored(score * self._maximum / theirs, comments)

    def _memberships(self, url: str) -> Iterator[Mapping[str, Any]]:
        address: str | None = url
        seen = set()
        while address is not None and address not in seen:
            seen.add(address)
            response = self._ask("GET", address, headers={"Accept": MEMBERS})
            yield from self._client.json(response).get("members", [])
            following = next_link(response.headers.get("Link", ""))
            address = self._client.same_origin(url, following) if following else None

    def _list(self, url: str, headers: Mapping[str, str], query: Mapping[str, str] | None = None) -> list[Any]:
        try:
            return list(self._client.pages(url, headers=headers, query=query))
        except Denied:
            self._tokens.forget()
            return list(self._client.pages(url, headers=headers, query=query))

    def _ask(self, method: str, url: str, **more: Any) -> requests.Response:
        """A request; where the token is refused, once more with a new one."""
        if origin(url) != origin(self._line_items) and url != self._members:
            raise UploadError(_STRANGER.format(url=urlsplit(url).netloc))
        try:
            return self._client.request(method, url, **more)
        except Denied:
            self._tokens.forget()
            return self._client.request(method, url, **more)


def _below(item: str, part: str) -> str:
    """The address of a line item's scores or results."""
    parts = urlsplit(item)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{part}"))


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral() else float(value)


def _is_learner(member: Mapping[str, Any]) -> bool:
    roles = [str(role).lower() for role in member.get("roles", [])]
    active = str(member.get("status", "Active")).lower() == "active"
    return active and any(role == "learner" or role.endswith(_LEARNER) for role in roles)


def _person(member: Mapping[str, Any]) -> Person:
    given = {
        "idnumber": member.get("lis_person_sourcedid"),
        "sis": member.get("lis_person_sourcedid"),
        "username": member.get("ext_user_username"),
        "email": member.get("email"),
    }
    ids = {kind: normal_id(str(value), kind) for kind, value in given.items() if value}
    user = str(member["user_id"])
    return Person(user, member.get("name"), {**ids, "lti": normal_id(user)})


_NEW = Text(
    "There is no line item with the resource id {resource} yet; it will be made.",
    "リソース ID が {resource} の評定項目はまだないため、新しく作ります。",
)
_SEVERAL = Text(
    "Several line items have the resource id {resource}. Give the address of one of them: {items}",
    "リソース ID が {resource} の評定項目が複数あります。どれか 1 つのアドレスを指定してください: {items}",
)
_NOT_MADE = Text("The line item could not be made.", "評定項目を作れませんでした。")
_STRANGER = Text(
    "{url} is another host than that of the line items; nothing was sent there.",
    "{url} は評定項目のアドレスと別のホストです。そこには何も送っていません。",
)
