"""Moodle, against a server with the real one's habits."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from autograder.errors import ConfigError, UsageError
from autograder.lms.rows import GradeRow
from autograder.lms.upload import prepare, upload
from autograder.lms.upload.connect import connect_moodle
from autograder.lms.upload.errors import Denied, UploadError
from autograder.lms.upload.journal import Journal
from autograder.lms.upload.moodle import as_html
from autograder.lms.upload.moodle_service import flatten

from .conftest import QUICK, absent, result
from .loopback.moodle import CMID, FORUM, INSTANCE, MoodleServer

Rows = Callable[..., list[GradeRow]]


@pytest.fixture
def three(rows: Rows, moodle_server: MoodleServer) -> list[GradeRow]:
    moodle_server.add(101, idnumber="0012345", username="taro", email="taro@example.ac.jp")
    moodle_server.add(102, idnumber="0012346", username="hanako", email="hanako@example.ac.jp")
    moodle_server.add(103, idnumber="0012347", username="jiro", email="jiro@example.ac.jp")
    moodle_server.add(7, student=False, idnumber="9", username="teacher")
    moodle_server.mappings = {4: 103}
    return rows(
        result("0012345", Fraction(4), Fraction(6)),
        result("s2", Fraction(1, 3), Fraction(3), email="Hanako@example.ac.jp"),
        result("4", Fraction(0), Fraction(0), moodle="4"),
    )


def send(rows: list[GradeRow], target: Any, journal: Journal, **how: Any) -> Any:
    how.setdefault("language", "en")
    return upload(prepare(rows, "total", target, journal, wait=True, **how), target, journal)


def test_scores_and_comments_arrive_at_whom_they_belong_to(three, moodle_target, moodle_server, journal):
    report = send(three, moodle_target, journal)
    assert sorted(report.verified) == ["0012345", "4", "s2"]
    assert report.complete
    assert moodle_server.grades == {101: Decimal(10), 102: Decimal("3.33333"), 103: Decimal(0)}
    assert moodle_server.comments[101].startswith("ReLU: 4 / 4 (0 of 1 tests passed)<br>")
    assert "An &quot;&lt;abs&gt;&quot; &amp; a &#92; :)" in moodle_server.comments[101]


def test_a_second_upload_finds_nothing_to_do(three, moodle_target, moodle_server, journal):
    send(three, moodle_target, journal)
    saves = list(moodle_server.saves)
    plan = prepare(three, "total", moodle_target, journal, language="en")
    assert plan.changes == ()
    assert len(plan.same) == 3
    assert moodle_server.saves == saves


def test_a_dry_run_writes_nothing_and_says_what_was_and_becomes(three, moodle_target, moodle_server, journal):
    moodle_server.grades = {101: Decimal("2.5"), 102: Decimal(-1)}
    plan = prepare(three, "total", moodle_target, journal, language="en")
    assert {(c.user, c.was.score, c.score) for c in plan.changes} == {
        ("101", Decimal("2.5"), Decimal(10)),
        ("102", None, Decimal("3.33333")),
        ("103", None, Decimal(0)),
    }
    assert moodle_server.saves == []


def test_a_score_that_is_not_stored_is_reported(three, moodle_target, moodle_server, journal):
    moodle_server.silently_ignores = {102}
    report = send(three, moodle_target, journal)
    assert [(u.student, u.wanted, u.found.score) for u in report.unverified] == [("s2", Decimal("3.33333"), None)]
    assert sorted(report.verified) == ["0012345", "4"]
    assert moodle_server.saves.count(102) == 3


def test_minus_one_is_no_grade(three, moodle_target, moodle_server, journal):
    """The maximum is lowered after it was checked: the server stores -1 and answers null."""
    plan = prepare(three, "total", moodle_target, journal, language="en")
    moodle_server.facts = {**moodle_server.facts, "grade": 5}
    report = upload(plan, moodle_target, journal)
    assert moodle_server.grades[101] == -1
    assert [(u.student, u.found.score) for u in report.unverified] == [("0012345", None)]


@pytest.mark.parametrize("score", [Fraction(-1), Fraction(11)])
def test_a_score_out_of_range_is_refused(three, moodle_target, moodle_server, journal, score):
    broken = dataclasses.replace(three[0], scores={"total": score})
    plan = prepare([broken, *three[1:]], "total", moodle_target, journal)
    assert [r.student for r in plan.refused] == [broken.student]
    assert len(plan.changes) == 2


def test_another_maximum_is_refused_or_converted(three, moodle_target, moodle_server, journal):
    moodle_server.facts["grade"] = 100
    with pytest.raises(ConfigError, match="maximum is 100"):
        prepare(three, "total", moodle_target, journal)
    send(three, moodle_target, journal, scale=True)
    assert moodle_server.grades == {101: Decimal(100), 102: Decimal("33.33333"), 103: Decimal(0)}


def test_nobody_outside_the_assignment_is_graded(rows, moodle_target, moodle_server, journal):
    moodle_server.add(101, idnumber="a")
    moodle_server.add(7, student=False, idnumber="teacher")
    some = rows(result("teacher", Fraction(1), Fraction(1)), result("stranger", Fraction(1), Fraction(1)))
    report = send(some, moodle_target, journal)
    assert moodle_server.saves == []
    assert report.verified == []
    assert {r.student for r in prepare(some, "total", moodle_target, journal).refused} == {"teacher", "stranger"}


def test_absent_and_ungraded_students_are_left_alone(rows, moodle_target, moodle_server, journal):
    moodle_server.add(101, idnumber="a")
    moodle_server.add(102, idnumber="b")
    moodle_server.grades = {101: Decimal(7), 102: Decimal(8)}
    some = rows(absent("a"), result("b", Fraction(1), None))
    plan = prepare(some, "total", moodle_target, journal, language="en")
    assert {s.student for s in plan.skipped} == {"a", "b"}
    assert send(some, moodle_target, journal).verified == []
    assert moodle_server.grades == {101: Decimal(7), 102: Decimal(8)}


def test_a_number_of_another_assignment_is_no_id_number(rows, moodle_target, moodle_server, journal):
    """Student "4" is participant 4 of some assignment, not the user whose ID number is 4."""
    moodle_server.add(101, idnumber="4")
    plan = prepare(rows(result("4", Fraction(1), Fraction(1), moodle="4")), "total", moodle_target, journal)
    assert plan.changes == ()
    assert "moodle 4" in plan.refused[0].reason.en


def test_ids_that_disagree_grade_nobody(rows, moodle_target, moodle_server, journal):
    moodle_server.add(101, idnumber="a", email="a@x.jp")
    moodle_server.add(102, username="b", email="b@x.jp")
    some = rows(result("z", Fraction(1), Fraction(1), idnumber="a", email="b@x.jp"))
    plan = prepare(some, "total", moodle_target, journal)
    assert plan.changes == ()
    assert "101" in plan.refused[0].reason.en
    assert "102" in plan.refused[0].reason.en


def test_a_number_that_fits_another_person_grades_nobody(rows, moodle_target, moodle_server, journal):
    moodle_server.add(101, fullname="Ito Ichiro", idnumber="77", email="ito@x.jp")
    moodle_server.mappings = {4: 101}
    plan = prepare(
        rows(result("z", Fraction(1), Fraction(1), moodle="4", email="abe@x.jp")), "total", moodle_target, journal
    )
    assert plan.changes == ()
    assert "ito@x.jp" in plan.refused[0].reason.en
    assert "abe@x.jp" in plan.refused[0].reason.ja
    moodle_server.users[101]["fullname"] = "z 氏名"  # the same person with another address
    assert len(prepare(rows(), "total", moodle_target, journal).changes) == 1


def test_choosing_one_student_does_not_hide_the_other_with_the_same_user(rows, moodle_target, moodle_server, journal):
    moodle_server.add(101, idnumber="a", email="a@x.jp")
    some = rows(result("a", Fraction(1), Fraction(1)), result("b", Fraction(2), Fraction(2), email="A@x.jp"))
    plan = prepare(some, "total", moodle_target, journal, only=["b"])
    assert plan.changes == ()
    assert [r.student for r in plan.refused] == ["b"]


def test_two_students_who_are_one_user_are_both_refused(rows, moodle_target, moodle_server, journal):
    moodle_server.add(101, idnumber="a", email="a@x.jp")
    some = rows(result("a", Fraction(1), Fraction(1)), result("b", Fraction(2), Fraction(2), email="A@x.jp"))
    assert {r.student for r in prepare(some, "total", moodle_target, journal).refused} == {"a", "b"}


def test_leading_zeros_count(rows, moodle_target, moodle_server, journal):
    moodle_server.add(101, idnumber="12345")
    assert prepare(rows(result("0012345", Fraction(1), Fraction(1))), "total", moodle_target, journal).changes == ()


def test_an_unknown_column_is_named(three, moodle_target, journal):
    with pytest.raises(UsageError, match=r"no column 'conv2d'.*relu, adam, total"):
        prepare(three, "conv2d", moodle_target, journal)


def test_comments_left_alone_are_still_there(three, moodle_target, moodle_server, journal):
    moodle_server.grades = {101: Decimal(1)}
    moodle_server.comments = {101: '<p>See <a href="@@PLUGINFILE@@/a.pdf">this</a> :)</p>'}
    send(three, moodle_target, journal, language=None)
    assert moodle_server.grades[101] == 10
    assert moodle_server.comments[101] == '<p>See <a href="@@PLUGINFILE@@/a.pdf">this</a> :)</p>'


def test_without_a_way_to_read_comments_the_journal_remembers_them(three, moodle_target, moodle_server, journal):
    moodle_server.functions.remove("mod_assign_get_submission_status")
    report = send(three, moodle_target, journal)
    assert report.comments_unread == 3
    assert prepare(three, "total", moodle_target, journal, language="en").changes == ()
    assert len(prepare(three, "total", moodle_target, journal, language="ja").changes) == 3
    with pytest.raises(ConfigError, match="get_submission_status"):  # or stored comments would be emptied
        moodle_server.grades = {}
        send(three, moodle_target, journal, language=None)


def test_the_state_of_the_marking_workflow_stays(three, moodle_target, moodle_server, journal):
    moodle_server.facts["markingworkflow"] = 1
    moodle_server.flags = {101: "released", 102: "inmarking"}
    send(three, moodle_target, journal)
    assert moodle_server.flags == {101: "released", 102: "inmarking", 103: ""}


@pytest.mark.parametrize("why", ["workflow", "hidden"])
@pytest.mark.parametrize("language", ["en", None])
def test_a_comment_that_moodle_does_not_show_is_never_overwritten(
    three, moodle_target, moodle_server, journal, why, language
):
    moodle_server.facts["markingworkflow"] = int(why == "workflow")
    moodle_server.hidden = {101} if why == "hidden" else set()
    moodle_server.grades, moodle_server.comments = {101: Decimal(1)}, {101: "by hand"}
    plan = prepare(three, "total", moodle_target, journal, language=language)
    assert [r.student for r in plan.refused] == ["0012345"]
    assert "does not show the comment" in plan.refused[0].reason.en
    assert sorted(upload(plan, moodle_target, journal).verified) == ["4", "s2"]
    assert (moodle_server.grades[101], moodle_server.comments[101]) == (1, "by hand")


def test_before_release_the_journal_tells_what_is_stored(three, moodle_target, moodle_server, journal):
    moodle_server.facts["markingworkflow"] = 1
    report = send(three, moodle_target, journal)
    assert report.complete
    assert (len(report.verified), report.comments_unread) == (3, 3)
    assert len(moodle_server.saves) == 3
    assert prepare(three, "total", moodle_target, journal, language="en").changes == ()
    changed = prepare(three, "total", moodle_target, journal, language="ja")  # our own comment may be replaced by ours
    assert (len(changed.changes), changed.refused) == (3, ())
    assert prepare(three, "total", moodle_target, journal).changes == ()  # the scores are there


def test_a_team_member_whose_comment_is_not_shown_is_left_alone(three, moodle_target, moodle_server, journal):
    moodle_server.facts |= {"teamsubmission": 1, "markingworkflow": 1}
    moodle_server.grades, moodle_server.comments = {102: Decimal(1)}, {102: "by hand"}
    moodle_server.unlisted = {102}
    refused = prepare(three, "total", moodle_target, journal, language=None).refused
    assert "s2" in {r.student for r in refused}
    moodle_server.facts["markingworkflow"], moodle_server.grades, moodle_server.comments = 0, {}, {}
    assert send(three, moodle_target, journal, language=None).complete


def test_a_site_without_feedback_files_is_served_too(three, moodle_target, moodle_server, journal):
    moodle_server.knows_files = False
    assert send(three, moodle_target, journal).complete
    assert len(moodle_server.saves) == 3


def test_where_feedback_comments_are_off_only_scores_are_compared(three, moodle_target, moodle_server, journal):
    moodle_server.facts["configs"][0]["value"] = "0"
    plan = prepare(three, "total", moodle_target, journal, language="en")
    assert not any(c.send_comment for c in plan.changes)
    assert "comments are off" in plan.destination.notes[0].en
    assert send(three, moodle_target, journal).complete


def test_a_grade_that_the_list_leaves_out_is_read_from_the_submission(three, moodle_target, moodle_server, journal):
    moodle_server.unlisted = {102}
    assert send(three, moodle_target, journal).complete
    assert prepare(three, "total", moodle_target, journal, language="en").changes == ()


@pytest.mark.parametrize("function", ["core_enrol_get_enrolled_users", "mod_assign_list_participants"])
@pytest.mark.parametrize("how", ["functions", "forbidden"])
def test_one_way_to_the_participants_is_enough(three, moodle_target, moodle_server, journal, function, how):
    if how == "functions":
        moodle_server.functions.remove(function)
    else:
        moodle_server.forbidden = {function}
    assert send(three, moodle_target, journal).complete


def test_without_the_right_to_grade_nothing_begins(three, moodle_target, moodle_server, journal):
    moodle_server.forbidden = {"mod_assign_get_grades"}
    with pytest.raises(Denied, match="teacher of the course"):
        send(three, moodle_target, journal)


@pytest.mark.parametrize("action", ["drop", "drop_after", 503, 500])
def test_a_passing_failure_is_overcome(three, moodle_target, moodle_server, journal, action):
    for function in ("mod_assign_get_grades", "mod_assign_save_grades", "core_enrol_get_enrolled_users"):
        moodle_server.fail(function, action, 2)
    assert send(three, moodle_target, journal).complete
    assert moodle_server.grades == {101: Decimal(10), 102: Decimal("3.33333"), 103: Decimal(0)}


def test_a_failure_that_lasts_keeps_what_is_stored_and_the_next_run_goes_on(
    three, moodle_target, moodle_server, journal
):
    moodle_server.fail("mod_assign_save_grades", "drop", 99, skip=1)
    with pytest.raises(UploadError, match="connection broke"):
        send(three, moodle_target, journal)
    assert len(moodle_server.saves) == 1
    moodle_server.faults.clear()
    assert len(prepare(three, "total", moodle_target, journal, language="en").changes) == 2
    assert send(three, moodle_target, journal).complete
    assert sorted(moodle_server.saves) == [101, 102, 103]


def test_the_limit_of_a_proxy_is_respected(three, moodle_target, moodle_server, journal):
    moodle_server.fail("mod_assign_save_grades", 429, 1, {"Retry-After": "0"})
    assert send(three, moodle_target, journal).complete


@pytest.mark.parametrize("which", [str(CMID), f"instance:{INSTANCE}", f"cmid:{CMID}", "４２"])
def test_an_assignment_is_found_by_either_number(three, moodle_server, journal, which):
    target = connect_moodle(moodle_server.url, which, backoff=QUICK)
    assert target.open(Decimal(10)).title == "演習 1 ReLU"


def test_an_assignment_is_found_by_the_address_of_its_page(moodle_server):
    target = connect_moodle(None, f"{moodle_server.url}/mod/assign/view.php?id={CMID}&action=grading", backoff=QUICK)
    assert target.open(Decimal(10)).maximum == 10


@pytest.mark.parametrize("which", [str(CMID), f"instance:{INSTANCE}"])
def test_an_assignment_is_found_where_course_modules_are_not_offered(moodle_server, which):
    moodle_server.functions -= {"core_course_get_course_module", "core_course_get_course_module_by_instance"}
    assert connect_moodle(moodle_server.url, which, backoff=QUICK).open(Decimal(10)).maximum == 10


@pytest.mark.parametrize(("which", "said"), [(str(FORUM), "forum"), ("1", "no assignment 1"), ("hw1", "names no")])
def test_a_wrong_number_is_explained(moodle_server, which, said):
    with pytest.raises(UsageError, match=said):
        connect_moodle(moodle_server.url, which, backoff=QUICK).open(Decimal(10))


def test_what_the_service_lacks_is_named(moodle_server, moodle_target):
    moodle_server.functions.remove("mod_assign_get_assignments")
    with pytest.raises(ConfigError, match="mod_assign_get_assignments"):
        moodle_target.open(Decimal(10))


def test_a_wrong_token_is_refused_without_being_shown(moodle_server, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_MOODLE_TOKEN", "wr0ngT0ken")
    with pytest.raises(Denied) as caught:
        connect_moodle(moodle_server.url, "1", backoff=QUICK).open(Decimal(10))
    assert "invalidtoken" in str(caught.value)
    assert "wr0ngT0ken" not in caught.value.text.en + caught.value.text.ja


def test_the_address_of_a_web_page_is_explained(moodle_server):
    with pytest.raises(UploadError, match="HTTP 404"):
        connect_moodle(moodle_server.url + "/my", "1", backoff=QUICK).open(Decimal(10))


def test_the_token_is_in_no_address(three, moodle_target, moodle_server, journal):
    send(three, moodle_target, journal)
    assert {r.method for r in moodle_server.requests} == {"POST"}
    assert not any("c4n4ry" in r.url for r in moodle_server.requests)


def test_nested_values_are_flattened_as_php_reads_them():
    assert flatten({"a": [{"b": 1, "c": {"d": "x"}}], "e": 2}) == {"a[0][b]": "1", "a[0][c][d]": "x", "e": "2"}


def test_a_comment_is_harmless_html_in_every_later_export():
    assert as_html('a<b>"\\\r\n=1\x00') == "a&lt;b&gt;&quot;&#92;<br>=1"
