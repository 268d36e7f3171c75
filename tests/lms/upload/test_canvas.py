"""Canvas: jobs that run later, comments that append, limits, pages."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from autograder.errors import ConfigError, UsageError
from autograder.lms.rows import GradeRow
from autograder.lms.upload import canvas as canvas_module
from autograder.lms.upload import prepare, upload
from autograder.lms.upload.canvas import pace, site_and_numbers
from autograder.lms.upload.connect import connect_canvas
from autograder.lms.upload.errors import Denied, UploadError
from autograder.lms.upload.journal import Journal

from .conftest import QUICK, result
from .loopback.canvas import ASSIGNMENT, COURSE, CanvasServer

Rows = Callable[..., list[GradeRow]]


@pytest.fixture
def twenty(rows: Rows, canvas_server: CanvasServer) -> list[GradeRow]:
    """Three pages of students."""
    for n in range(20):
        canvas_server.add(1000 + n, sis_user_id=f"00{n:02}", login_id=f"u{n}", email=f"u{n}@x.jp")
    return rows(*(result(f"00{n:02}", Fraction(n % 5), Fraction(1, 1 + n)) for n in range(20)))


def send(rows: list[GradeRow], target: Any, journal: Journal, language: Any = "en") -> Any:
    plan = prepare(rows, "total", target, journal, language=language, wait=True)
    return upload(plan, target, journal)


def assert_exact(server: CanvasServer, count: int = 20) -> None:
    """Every score is there, and every comment exactly once."""
    for n in range(count):
        assert server.score(1000 + n) == pytest.approx(n % 5 + 1 / (1 + n), abs=0.005)
        assert len(server.comments(1000 + n)) == 1, n


def orders(server: CanvasServer) -> int:
    return sum(r.method == "POST" for r in server.requests)


def test_scores_and_comments_arrive_over_all_pages(twenty, canvas_target, canvas_server, journal):
    report = send(twenty, canvas_target, journal)
    assert len(report.verified) == 20
    assert_exact(canvas_server)
    assert orders(canvas_server) == 1


def test_a_second_upload_sends_nothing(twenty, canvas_target, canvas_server, journal):
    send(twenty, canvas_target, journal)
    assert send(twenty, canvas_target, journal).verified == []
    assert orders(canvas_server) == 1
    assert_exact(canvas_server)


def test_a_changed_score_does_not_repeat_a_comment(twenty, canvas_target, canvas_server, journal):
    send(twenty, canvas_target, journal)
    canvas_server.submissions["1003"]["score"] = canvas_server.submissions["1003"]["entered_score"] = 1.0
    report = send(twenty, canvas_target, journal)
    assert report.verified == ["0003"]
    assert_exact(canvas_server)


def test_a_comment_alone_does_not_touch_the_score(twenty, canvas_target, canvas_server, journal):
    send(twenty, canvas_target, journal, language=None)
    canvas_server.requests.clear()
    send(twenty, canvas_target, journal)
    posted = next(r for r in canvas_server.requests if r.method == "POST")
    assert not any("posted_grade" in key for key in posted.form)
    assert_exact(canvas_server)


def test_a_job_that_takes_its_time_is_waited_for(twenty, canvas_target, canvas_server, journal):
    canvas_server.job_delay = 0.4
    assert send(twenty, canvas_target, journal).complete
    assert orders(canvas_server) == 1
    assert_exact(canvas_server)


def test_a_partial_failure_is_reported_and_the_rest_is_stored(twenty, canvas_target, canvas_server, journal):
    canvas_server.lost = {"1004", "1017"}
    report = send(twenty, canvas_target, journal)
    assert {f.student for f in report.failed} == {"0004", "0017"}
    assert len(report.verified) == 18
    assert canvas_server.score(1004) is None
    assert canvas_server.comments(1003) != []


@pytest.mark.parametrize("delay", [0.0, 0.3])
def test_an_answer_lost_after_the_order_was_taken_repeats_no_comment(
    twenty, canvas_target, canvas_server, journal, delay
):
    canvas_server.job_delay = delay
    canvas_server.fail("update_grades", "drop_after")
    assert send(twenty, canvas_target, journal).complete
    assert orders(canvas_server) == 1
    assert_exact(canvas_server)


@pytest.mark.parametrize("action", ["drop", 502])
def test_an_order_that_never_arrived_is_sent_again(twenty, canvas_target, canvas_server, journal, action):
    canvas_server.fail("update_grades", action)
    assert send(twenty, canvas_target, journal).complete
    assert orders(canvas_server) == 2
    assert_exact(canvas_server)


@pytest.mark.parametrize("status", [403, 429])
def test_over_the_limit_is_waited_out(twenty, canvas_target, canvas_server, journal, status):
    body = {"errors": [{"message": "403 Forbidden (Rate Limit Exceeded)"}]}
    canvas_server.fail("update_grades", status, 2, {"Retry-After": "0"}, body)
    canvas_server.fail("/users", status, 2, {}, body)
    assert send(twenty, canvas_target, journal).complete
    assert_exact(canvas_server)


def test_forbidden_is_not_taken_for_a_limit(twenty, canvas_target, canvas_server, journal):
    canvas_server.fail("/users", 403, 9, {}, {"errors": [{"message": "user not authorized"}]})
    with pytest.raises(Denied, match="user not authorized"):
        send(twenty, canvas_target, journal)


def test_a_limit_that_lasts_ends_the_upload_and_leaves_nothing_half_done(twenty, canvas_target, canvas_server, journal):
    canvas_server.fail("update_grades", 429, 99)
    with pytest.raises(UploadError, match="limit"):
        send(twenty, canvas_target, journal)
    canvas_server.faults.clear()
    assert send(twenty, canvas_target, journal).complete
    assert_exact(canvas_server)


def test_a_lost_answer_to_a_progress_is_asked_again(twenty, canvas_target, canvas_server, journal):
    canvas_server.job_delay = 0.2
    canvas_server.fail("/progress/", "drop", 1)
    canvas_server.fail("/progress/", "drop_after", 1)
    assert send(twenty, canvas_target, journal).complete
    assert_exact(canvas_server)


def test_a_run_that_died_with_a_job_under_way_repeats_no_comment(twenty, canvas_target, canvas_server, tmp_path):
    canvas_server.job_delay = 0.6
    canvas_server.fail("/progress/", "drop", 99)
    with Journal.open(tmp_path / "j.sqlite", write=True) as journal, pytest.raises(UploadError):
        send(twenty, canvas_target, journal)
    canvas_server.faults.clear()
    with Journal.open(tmp_path / "j.sqlite", write=True) as journal:
        assert len(journal.open_jobs()) == 0  # of no destination yet
        assert send(twenty, canvas_target, journal).verified == []
        assert journal.open_jobs() == []
    assert orders(canvas_server) == 1
    assert_exact(canvas_server)


def test_batches_are_independent(twenty, canvas_target, canvas_server, journal, monkeypatch):
    monkeypatch.setattr(canvas_module, "BATCH", 6)
    canvas_server.fail("update_grades", "drop_after", 1, skip=1)
    assert send(twenty, canvas_target, journal).complete
    assert orders(canvas_server) == 4
    assert_exact(canvas_server)


def test_excused_students_stay_excused(twenty, canvas_target, canvas_server, journal):
    canvas_server.submissions["1002"]["excused"] = True
    plan = prepare(twenty, "total", canvas_target, journal, language="en")
    assert [s.student for s in plan.skipped] == ["0002"]
    send(twenty, canvas_target, journal)
    assert canvas_server.submissions["1002"]["excused"] is True


def test_a_student_without_the_assignment_is_skipped(twenty, canvas_target, canvas_server, journal):
    del canvas_server.submissions["1002"]
    plan = prepare(twenty, "total", canvas_target, journal)
    assert [s.student for s in plan.skipped] == ["0002"]


def test_a_late_penalty_of_canvas_is_not_taken_for_an_error(twenty, canvas_target, canvas_server, journal):
    send(twenty, canvas_target, journal)
    canvas_server.submissions["1003"]["score"] = 0.5  # its own penalty; entered_score stays
    assert prepare(twenty, "total", canvas_target, journal, language="en").changes == ()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"grading_type": "pass_fail"}, "points"),
        ({"points_possible": None}, "points"),
        ({"group_category_id": 3}, "group"),
        ({"points_possible": 100.0}, "maximum is 100"),
    ],
)
def test_an_assignment_that_would_take_wrong_scores_is_refused(
    twenty, canvas_target, canvas_server, journal, facts, said
):
    canvas_server.facts.update(facts)
    with pytest.raises(ConfigError, match=said):
        prepare(twenty, "total", canvas_target, journal)


def test_a_page_on_another_host_is_not_asked(twenty, canvas_target, canvas_server, journal):
    canvas_server.elsewhere = "http://evil.example"
    with pytest.raises(UploadError, match=r"another host, http://evil\.example"):
        prepare(twenty, "total", canvas_target, journal)


def test_a_redirect_is_not_followed(twenty, canvas_target, canvas_server, journal):
    canvas_server.fail("/assignments/345", 302, 1, {"Location": "http://evil.example/login?token=x"})
    with pytest.raises(UploadError, match=r"sends us on to http://evil\.example/login\."):
        prepare(twenty, "total", canvas_target, journal)


def test_an_assignment_that_is_not_there_is_named(canvas_server, journal):
    target = connect_canvas(canvas_server.url, str(COURSE), "999", backoff=QUICK)
    with pytest.raises(UsageError, match="no assignment 999"):
        target.open(Decimal(10))


def test_the_address_of_the_page_says_everything():
    page = f"https://canvas.example.edu/courses/{COURSE}/assignments/{ASSIGNMENT}?x=1"
    assert site_and_numbers(None, None, page) == ("https://canvas.example.edu", str(COURSE), str(ASSIGNMENT))
    with pytest.raises(UsageError, match="names no assignment"):
        site_and_numbers("https://x", "1", "HW 1")


def test_the_emptier_the_bucket_the_longer_the_rest():
    class Response:
        def __init__(self, left: str) -> None:
            self.headers = {"X-Rate-Limit-Remaining": left}

    rests = [pace(Response(left)) for left in ("700", "100", "50", "0")]
    assert rests == [0.0, 0.0, 1.0, 2.0]
