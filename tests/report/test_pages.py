"""The HTML pages: hostile text is only text, nothing hidden is shown, both languages say all."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from autograder.gradebook import Gradebook
from autograder.i18n import Text
from autograder.model import (
    Blocks,
    Called,
    ExerciseResult,
    Lines,
    NoFunction,
    Note,
    Place,
    Raised,
    Sentence,
    SubmissionResult,
    Table,
)
from autograder.report import write_all
from autograder.report.classdata import ClassData
from autograder.report.classpage import ClassPage, class_page
from autograder.report.feedback import page
from autograder.report.filenames import FileNames
from autograder.report.studentview import student_view

SECRET = "HIDDEN-3.14159"
VOID = {"meta", "input", "br", "col", "link", "img"}
OPTIONAL = {"td", "th", "tr", "tbody", "thead", "li", "dt", "dd", "p"}


class Page(HTMLParser):
    """Tags, attributes and text of a page, with a check that tags nest."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.links: list[str] = []
        self.text: dict[str | None, list[str]] = {None: [], "en": [], "ja": []}
        self._open: list[tuple[str, str | None]] = []
        self.feed(source)
        assert not [tag for tag, _ in self._open if tag not in OPTIONAL], "every tag is closed"

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.links += [value for key, value in attrs if key == "href"]
        if tag not in VOID:
            language = dict(attrs).get("lang") if tag in ("span", "div") else None
            self._open.append((tag, language))

    def handle_endtag(self, tag):
        while self._open[-1][0] != tag:
            assert self._open.pop()[0] in OPTIONAL, f"</{tag}> closes what is not open"
        self._open.pop()

    def handle_data(self, data):
        language = next((lang for _, lang in reversed(self._open) if lang), None)
        if not any(tag == "style" for tag, _ in self._open):
            self.text[language].append(data)


def parse(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


@pytest.fixture
def out(tmp_path, book):
    gradebook, run = book
    write_all(gradebook, run, tmp_path, lang="en")
    return tmp_path


@pytest.fixture
def pages(out) -> list[Path]:
    return [out / "report" / "index.html", *sorted((out / "feedback").iterdir())]


def test_every_student_has_a_page_that_the_class_page_links_to(out, fake_class):
    links = {link for link in parse(out / "report" / "index.html").links if not link.startswith("#")}
    files = {path.name for path in (out / "feedback").iterdir()}
    assert len(files) == len(fake_class) == 60
    assert {unquote(link).rpartition("../feedback/")[2] for link in links} == files


def test_no_page_runs_a_script_or_loads_anything(pages):
    for path in pages:
        page = parse(path)
        assert not {"script", "iframe", "object", "img", "link", "form"} & set(page.tags)
        assert not [key for key, _ in page.attributes if key.startswith("on") or key == "src"]
        assert all(link.startswith(("#", "../feedback/")) for link in page.links)
        assert "url(" not in path.read_text(encoding="utf-8")


def test_hostile_names_are_shown_as_they_are(pages):
    text = "".join(parse(pages[0]).text[None])
    assert "<script>alert(1)</script>" in text
    assert "../../etc/passwd" in text


def _all_blocks(evil: str) -> Blocks:
    text = Text(evil, evil)
    table = Table((text,), ((evil,),), 9)
    place = Place(text, 1, evil)
    return (Called(evil), Raised(evil), Sentence(text), place, table, NoFunction(evil, evil, text), Lines(text))


def test_hostile_messages_and_titles_are_only_text(course, fake_class):
    evil = "<img src=x onerror=alert(1)> {{ 7*7 }} `</code><script>`"
    first = fake_class[0]
    tests = tuple(replace(t, message=_all_blocks(evil), title=Text(evil, evil)) for t in first.exercises[0].tests)
    hostile = replace(first, student=evil, name=evil, exercises=(replace(first.exercises[0], tests=tests),))
    parsed = Page(page(student_view(hostile, course), "en"))
    assert not {"img", "script"} & set(parsed.tags)
    assert "{{ 7*7 }}" in "".join(parsed.text[None])


def test_no_page_holds_a_value_of_a_hidden_test(pages, out):
    assert SECRET in (out / "results.json").read_text(encoding="utf-8"), "the machine's copy has the messages"
    for path in pages:
        source = path.read_text(encoding="utf-8")
        assert SECRET not in source
        assert "test_value_" not in source or path.name == "index.html"


def test_every_sentence_is_there_in_both_languages(pages):
    for path in pages:
        page = parse(path)
        japanese, english = (" ".join(page.text[lang]) for lang in ("ja", "en"))
        assert re.search("[ぁ-ん]", japanese)
        assert not re.search("[ぁ-んァ-ヶ]", english)
        both = path.read_text(encoding="utf-8")
        assert both.count('<span lang="en">') == both.count('<span lang="ja">')


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_language_that_is_shown_first_is_chosen(course, fake_class, lang):
    source = page(student_view(fake_class[0], course), lang)
    assert f'<html lang="{lang}">' in source
    assert re.search(f'id="lang-{lang}"[^>]* checked', source)
    assert source.count(" checked>") == 1


def test_a_late_deduction_is_explained(course, fake_class):
    result = next(r for r in fake_class if any(e.late_seconds == 100_000 and e.raw_score for e in r.exercises))
    text = " ".join(Page(page(student_view(result, course), "en")).text["en"])
    assert re.search(r"Late by 1 d 3 h: [\d.]+ points from the tests, [\d.]+ taken off", text)


def test_a_visible_failure_shows_its_values_in_a_table(course, fake_class):
    sources = [page(student_view(r, course), "ja") for r in fake_class]
    shown = next(s for s in sources if "あなたの結果" in s)
    assert '<th scope="col">あなたの結果</th>' in shown
    assert "<pre>relu(array(" in shown


def class_page_of(course, results, run_book) -> ClassPage:
    gradebook, run = run_book
    data = ClassData(course)
    for result in results:
        data.add(result)
    return ClassPage(data, course, gradebook.run(run), FileNames(".html"), [e.id for e in course.exercises])


def test_class_figures_are_those_of_the_class(book, course, fake_class):
    content = class_page_of(course, fake_class, book)
    handed_in = [r for r in fake_class if any(e.status != "missing" for e in r.exercises)]
    assert (content.figures.students, content.figures.submitted) == (60, len(handed_in))
    known = [r.score for r in handed_in if all(e.score is not None for e in r.exercises)]
    assert sum(n for _, n, _ in content.histogram) == len(known)
    assert content.figures.left_out == sum(any(e.score is None for e in r.exercises) for r in fake_class) > 0
    assert [p.student for p in content.absent] == ["s016", "s033", "s050"]
    assert len(content.late) == sum(any(e.late_seconds for e in r.exercises) for r in fake_class) > 0


def test_what_was_not_understood_is_named_and_never_counted_as_not_handed_in(tmp_path, book, course):
    note = Note("not_understood", Text("It may be in work.rar.", "work.rar にあるかもしれません。"))
    unread = tuple(ExerciseResult(e.id, "missing", None, e.max_score, notes=(note,)) for e in course.exercises)
    result = SubmissionResult("s99", unread, submission_sha256="a")
    content = class_page_of(course, [result], book)
    assert [line.text for line in content.not_understood] == [note.text] * len(unread)
    assert (content.absent, content.partial, content.figures.submitted, content.figures.review) == ((), [], 1, 1)
    assert {cell for row in content.heat for cell in row.cells} == {("hx", "?")}
    class_page(tmp_path / "index.html", content, "en")
    text = " ".join(parse(tmp_path / "index.html").text["en"])
    assert "Handed in, but not understood" in text
    assert "It may be in work.rar." in text
    source = page(student_view(result, course), "en")
    assert "not understood, no score yet" in source
    assert "not handed in" not in source


def test_causes_count_students_and_leave_out_time_outs(book, course, fake_class):
    content = class_page_of(course, fake_class, book)
    line = next(c for c in content.causes if c.title.en.startswith("The moments"))
    expected = {
        r.student
        for r in fake_class
        for e in r.exercises
        if e.id == "adam" and any(t.cause == "no_bias_correction" for t in e.tests)
    }
    assert {p.student for p in line.people} == expected
    assert line.exercises == ((Text("Adam", "Adam"), len(expected)),)
    assert not any("time limit" in c.title.en for c in content.causes)
    counts = [len(c.people) for c in content.causes]
    assert counts == sorted(counts, reverse=True)
    assert {s.state.en for s in content.stopped} == {"Timed out", "Crashed"}


def test_item_statistics_are_corrected_and_use_scores_before_lateness(book, course, fake_class):
    import numpy as np

    content = class_page_of(course, fake_class, book)
    takers = [r for r in fake_class if r.exercises[0].status == "graded"]
    shares = [float(r.exercises[0].raw_score / 10) for r in takers]
    line = content.items[0]
    assert line.takers == len(takers)
    assert line.facility == round(100 * sum(shares) / len(shares))
    known = [r for r in takers if all(e.score is not None for e in r.exercises)]
    item = [float(r.exercises[0].raw_score) for r in known]
    rest = [float(sum(e.raw_score for e in r.exercises[1:])) for r in known]
    assert line.discrimination == pytest.approx(np.corrcoef(item, rest)[0, 1])
    assert not line.weak
    assert len(line.tests) == 8


def test_an_item_against_the_rest_is_flagged(book, course, fake_class):
    def inverted(result: SubmissionResult) -> SubmissionResult:
        first = result.exercises[0]
        if first.raw_score is None:
            return result
        swapped = Fraction(10) - first.raw_score
        return replace(result, exercises=(replace(first, score=swapped, raw_score=swapped), *result.exercises[1:]))

    content = class_page_of(course, map(inverted, fake_class), book)
    assert content.items[0].weak
    assert [line.weak for line in content.items[1:]] == [False] * 10


def test_an_empty_class_and_a_class_of_one_have_a_page(tmp_path, course, fake_class):
    for results in ([], fake_class[:1]):
        out = tmp_path / str(len(results))
        out.mkdir()
        with Gradebook.open(out / "g.sqlite") as gradebook:
            run = gradebook.begin_run(course, course_sha="c", seed=1, sandbox={}, engine="0")
            for result in results:
                gradebook.record(run, result)
            write_all(gradebook, run, out)
        text = " ".join(parse(out / "report" / "index.html").text["en"])
        assert "has not finished" in text


def test_two_hundred_pages_take_about_a_second_at_most(course, fake_class):
    views = [student_view(r, course) for r in fake_class]
    page(views[0], "en")
    start = time.process_time()
    for view in views:
        page(view, "en")
    assert (time.process_time() - start) * 200 / 60 < 1.5
