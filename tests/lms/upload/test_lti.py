"""LTI 1.3: signed assertions, line items, time stamps that advance."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from autograder.errors import ConfigError, UsageError
from autograder.lms.rows import GradeRow
from autograder.lms.upload import prepare, upload
from autograder.lms.upload.connect import connect_lti
from autograder.lms.upload.errors import Denied, UploadError
from autograder.lms.upload.journal import Journal
from autograder.lms.upload.lti_token import Registration

from .conftest import QUICK, result
from .loopback import lti
from .loopback.lti import LtiServer

Rows = Callable[..., list[GradeRow]]


@pytest.fixture
def twelve(rows: Rows, lti_server: LtiServer) -> list[GradeRow]:
    lti_server.users = {str(200 + n) for n in range(12)}
    return rows(*(result(f"s{n:02}", Fraction(n % 5), Fraction(n % 3), lti=str(200 + n)) for n in range(12)))


def send(rows: list[GradeRow], target: Any, journal: Journal, language: Any = "en") -> Any:
    return upload(prepare(rows, "total", target, journal, language=language, wait=True), target, journal)


def posts(server: LtiServer) -> list[Any]:
    return [r.json for r in server.requests if r.path.endswith("/scores")]


def scores(server: LtiServer, item: int = 1) -> dict[str, float]:
    return {user: float(r["resultScore"]) for (number, user), r in server.results.items() if number == item}


def expected() -> dict[str, float]:
    return {str(200 + n): float(n % 5 + n % 3) for n in range(12)}


def test_the_line_item_is_made_once_and_scores_arrive(twelve, lti_target, lti_server, journal):
    report = send(twelve, lti_target, journal)
    assert len(report.verified) == 12
    assert [i["resourceId"] for i in lti_server.items.values()] == ["relu-2026"]
    assert lti_server.items[1]["scoreMaximum"] == 10
    assert scores(lti_server) == expected()
    assert send(twelve, lti_target, journal).verified == []
    assert len(posts(lti_server)) == 12


def test_a_dry_run_makes_no_line_item(twelve, lti_target, lti_server, journal):
    plan = prepare(twelve, "total", lti_target, journal, language="en")
    assert len(plan.changes) == 12
    assert "will be made" in plan.destination.notes[0].en
    assert lti_server.items == {}


def test_a_line_item_is_found_on_a_later_page(twelve, lti_target, lti_server, journal):
    for n in range(9):
        lti_server.add_item(f"other {n}", f"other-{n}")
    number = lti_server.add_item("ReLU", "relu-2026")
    assert send(twelve, lti_target, journal).complete
    assert len(lti_server.items) == 10
    assert scores(lti_server, number) == expected()


def test_two_line_items_of_one_resource_are_not_guessed_between(twelve, lti_target, lti_server, journal):
    lti_server.add_item("a", "relu-2026")
    lti_server.add_item("b", "relu-2026")
    with pytest.raises(UsageError, match="Several line items"):
        prepare(twelve, "total", lti_target, journal)


def test_a_line_item_may_be_given_by_its_address(twelve, lti_server, journal):
    number = lti_server.add_item("a", "relu-2026")
    registration = Registration(lti.CLIENT_ID, lti_server.token_url, lti.KEY_ID)
    item = lti_server.items[number]["id"]
    target = connect_lti(lti_server.line_items, item, registration, label="x", backoff=QUICK)
    assert send(twelve, target, journal).complete


@pytest.mark.parametrize("theirs", [10, 100, 9.5, 0.5])
def test_the_platform_may_have_another_scale(twelve, lti_target, lti_server, journal, theirs):
    """Moodle's results say 9 for a maximum of 9.5."""
    lti_server.add_item("a", "relu-2026", theirs)
    assert send(twelve, lti_target, journal).complete
    assert scores(lti_server) == pytest.approx({user: score * theirs / 10 for user, score in expected().items()})


def test_a_maximum_with_decimals_is_compared_rightly(rows, lti_target, lti_server, journal):
    lti_server.users = {"1"}
    some = rows(result("a", Fraction(3), Fraction(9, 2), lti="1"))
    some = [dataclasses.replace(r, maxima={"total": Fraction(19, 2)}) for r in some]
    assert send(some, lti_target, journal).complete
    assert lti_server.items[1]["scoreMaximum"] == 9.5
    assert scores(lti_server) == {"1": 7.5}


def test_a_grade_of_this_second_is_passed_by(twelve, lti_target, lti_server, journal):
    send(twelve, lti_target, journal)
    changed = [dataclasses.replace(r, scores={"total": Fraction(1)}) for r in twelve]
    assert send(changed, lti_target, journal).complete
    assert set(scores(lti_server).values()) == {1.0}
    stamps = [p["timestamp"] for p in posts(lti_server) if p["userId"] == "200"]
    assert stamps == sorted(set(stamps))
    assert all(s.endswith("Z") and "." in s for s in stamps)


def test_a_stored_time_stamp_ahead_of_our_clock_is_passed_by(twelve, lti_target, lti_server, journal):
    """409 until the stamp is newer: a minute ahead is enough here."""
    lti_server.add_item("a", "relu-2026")
    ahead = int((datetime.now(UTC) + timedelta(seconds=30)).timestamp())
    lti_server.results[1, "203"] = {
        "userId": "203",
        "resultScore": "1.00000",
        "resultMaximum": 10,
        "comment": "",
        "stamp": ahead,
    }
    assert send(twelve[3:4], lti_target, journal).complete
    assert scores(lti_server) == {"203": 3.0}


def test_the_last_time_stamp_is_remembered(twelve, lti_target, lti_server, journal):
    send(twelve, lti_target, journal)
    last = journal.last_detail("200")
    changed = [dataclasses.replace(r, scores={"total": Fraction(1)}) for r in twelve[:1]]
    send(changed, lti_target, journal)
    now = journal.last_detail("200")
    assert len([p for p in posts(lti_server) if p["userId"] == "200"]) == 2  # no 409 in between
    assert datetime.fromisoformat(now[:-1]) - datetime.fromisoformat(last[:-1]) >= timedelta(seconds=1)


@pytest.mark.parametrize("action", ["drop", "drop_after", 503])
def test_a_score_whose_answer_was_lost_is_stored_once_more_and_right(twelve, lti_target, lti_server, journal, action):
    lti_server.fail("/scores", action, 2, skip=3)
    lti_server.fail("/results", action)
    lti_server.fail("token.php", action)
    assert send(twelve, lti_target, journal).complete
    assert scores(lti_server) == expected()


def test_a_line_item_whose_answer_was_lost_is_not_made_twice(twelve, lti_target, lti_server, journal):
    lti_server.fail("POST /mod/lti/services.php/2/lineitems", "drop_after")
    assert send(twelve, lti_target, journal).complete
    assert len(lti_server.items) == 1


def test_a_token_is_kept_while_it_lasts_and_replaced_after(twelve, lti_target, lti_server, journal):
    send(twelve, lti_target, journal)
    asked = [r for r in lti_server.requests if r.path.endswith("token.php")]
    assert len(asked) == 1
    lti_server.tokens.clear()  # the platform forgets: 401, and once more with a new one
    changed = [dataclasses.replace(r, scores={"total": Fraction(1)}) for r in twelve[:2]]
    assert send(changed, lti_target, journal).complete
    assert len([r for r in lti_server.requests if r.path.endswith("token.php")]) == 2


def test_a_short_lived_token_is_renewed_before_it_ends(twelve, lti_target, lti_server, journal):
    lti_server.lifetime = 61.0
    send(twelve, lti_target, journal)
    time.sleep(1.1)
    changed = [dataclasses.replace(r, scores={"total": Fraction(1)}) for r in twelve[:1]]
    send(changed, lti_target, journal)
    assert len([r for r in lti_server.requests if r.path.endswith("token.php")]) >= 2


def test_a_user_whom_the_platform_does_not_know_fails_alone(twelve, lti_target, lti_server, journal):
    lti_server.users.discard("204")
    report = send(twelve, lti_target, journal)
    assert [f.student for f in report.failed] == ["s04"]
    assert len(report.verified) == 11


def test_a_platform_that_fails_over_one_user_serves_the_others(twelve, lti_target, lti_server, journal):
    lti_server.fail("/scores", 500, QUICK.tries, skip=2)
    report = send(twelve, lti_target, journal)
    assert [f.student for f in report.failed] == ["s02"]
    assert len(report.verified) == 11


def test_a_platform_that_fails_for_everybody_ends_the_upload(twelve, lti_target, lti_server, journal):
    lti_server.fail("/scores", 500, 999)
    with pytest.raises(UploadError, match="HTTP 500"):
        send(twelve, lti_target, journal)


def test_the_wrong_content_type_would_be_refused(twelve, lti_target, lti_server, journal):
    """The server is as strict as the real one; that uploads work proves the type that is sent."""
    send(twelve, lti_target, journal)
    sent = next(r for r in lti_server.requests if r.path.endswith("/scores"))
    assert sent.headers["content-type"] == "application/vnd.ims.lis.v1.score+json"
    assert sent.url.endswith("/1/lineitem/scores?type_id=1")
    sent.headers["content-type"] = "application/json"
    assert lti_server.handle(sent).status == 400


def test_comments_that_no_result_shows_are_remembered(twelve, lti_target, lti_server, journal):
    lti_server.shows_comments = False
    report = send(twelve, lti_target, journal)
    assert report.comments_unread == 12
    assert prepare(twelve, "total", lti_target, journal, language="en").changes == ()


def test_comments_left_alone_are_still_there(twelve, lti_target, lti_server, journal):
    send(twelve, lti_target, journal)
    lti_server.results[1, "203"] |= {"resultScore": "1.00000", "comment": "by hand"}
    assert send(twelve, lti_target, journal, language=None).complete
    assert scores(lti_server) == expected()
    assert lti_server.results[1, "203"]["comment"] == "by hand"


def test_a_comment_that_no_result_shows_and_that_is_not_ours_is_left_alone(twelve, lti_target, lti_server, journal):
    send(twelve[:3], lti_target, journal)
    lti_server.shows_comments = False
    graded = {"userId": "203", "resultScore": "1", "resultMaximum": 10, "stamp": 0}
    lti_server.results[1, "203"] = {**graded, "comment": "x"}
    for language in ("ja", None):
        assert [r.student for r in prepare(twelve, "total", lti_target, journal, language=language).refused] == ["s03"]
    assert lti_server.results[1, "203"]["comment"] == "x"


def test_members_are_matched_by_id_number_and_only_learners(rows, lti_server, journal):
    member = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
    lti_server.members = [
        {"user_id": "31", "lis_person_sourcedid": "0012345", "email": "A@x.jp", "roles": [f"{member}Learner"]},
        {"user_id": "32", "lis_person_sourcedid": "0012346", "roles": ["Learner"], "status": "Inactive"},
        {"user_id": "33", "lis_person_sourcedid": "0012347", "roles": [f"{member}Instructor"]},
    ]
    lti_server.users = {"31", "32", "33"}
    registration = Registration(lti.CLIENT_ID, lti_server.token_url, lti.KEY_ID)
    target = connect_lti(
        lti_server.line_items, "r", registration, label="x", members=lti_server.members_url, backoff=QUICK
    )
    some = rows(*(result(f"001234{n}", Fraction(1), Fraction(1)) for n in (5, 6, 7)))
    plan = prepare(some, "total", target, journal)
    assert [(c.student, c.user) for c in plan.changes] == [("0012345", "31")]
    assert {r.student for r in plan.refused} == {"0012346", "0012347"}


def test_a_wrong_key_is_explained_without_being_shown(lti_server, monkeypatch):
    registration = Registration(lti.CLIENT_ID, lti_server.token_url, lti.KEY_ID)
    monkeypatch.setenv("AUTOGRADER_LTI_KEY", "-----BEGIN PRIVATE KEY-----\nc4n4ry\n-----END PRIVATE KEY-----")
    target = connect_lti(lti_server.line_items, "r", registration, label="x", backoff=QUICK)
    with pytest.raises(ConfigError, match="not an RSA key") as caught:
        target.open(Decimal(10))
    assert "c4n4ry" not in str(caught.value)


def test_a_registration_that_the_platform_does_not_know_is_explained(lti_server):
    registration = Registration("someone-else", lti_server.token_url, lti.KEY_ID)
    target = connect_lti(lti_server.line_items, "r", registration, label="x", backoff=QUICK)
    with pytest.raises(Denied, match="gives out no token") as caught:
        target.open(Decimal(10))
    assert "eyJ" not in str(caught.value)  # the server quotes the assertion


def test_a_line_item_elsewhere_gets_no_token(twelve, lti_target, lti_server, journal):
    lti_server.add_item("a", "relu-2026")
    lti_server.items[1]["id"] = "https://evil.example/1/lineitem"
    with pytest.raises(UploadError, match="another host"):
        prepare(twelve, "total", lti_target, journal)
