"""What a Canvas quiz shows and accepts, by a model of its importer: texts as they are, every usual spelling."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from autograder.i18n import Text
from autograder.quiz.answer.score import score_body
from autograder.quiz.draw.replica import Choice, Choices, Cloze, Gap, Number, Order, Remark, Replica, Words
from autograder.quiz.export import ExportQuiz, load_export, moodle, printed, qti
from autograder.quiz.export.spell import shape_spellings

from .moodle_filters import seen
from .test_moodle import QUIZZES
from .test_moodle_text import hostile_sample
from .test_qti import NS, document


class _Tree(HTMLParser):
    """The top of a fragment: its tags with their attributes, and how many nodes each has."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path: list[str] = []
        self.top: list[tuple[str, bool]] = []  # tag ("" for text), whether it has attributes
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        if not self.path:
            self.top.append((tag, bool(attrs)))
        if tag not in ("img", "br"):
            self.path.append(tag)

    def handle_endtag(self, tag):
        self.path.pop()

    def handle_data(self, data):
        if not self.path and data.strip():
            self.top.append(("", False))


def stored(page: str) -> str:
    """What a reader sees: one container without attributes is unwrapped, and a text alone is no HTML any more."""
    page = page.strip()
    while len(top := _Tree(page).top) == 1 and top[0][0] in ("p", "div", "span") and not top[0][1]:
        page = page.removeprefix(f"<{top[0][0]}>").removesuffix(f"</{top[0][0]}>").strip()
    return page if [tag for tag, _ in top] == [""] else seen(page)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("path", [*QUIZZES, None], ids=lambda p: p.stem if p else "hostile")
def test_feedback_and_lefts_show_no_entity(path, lang):
    quiz = load_export(path, 3) if path else hostile_sample()
    for item in document(quiz, lang).iter(f"{NS}item"):
        pieces = [f.findtext(f".//{NS}mattext") for f in item.iter(f"{NS}itemfeedback")]
        if item.find(f"{NS}presentation/{NS}response_lid/{NS}material") is not None:
            pieces += [r.findtext(f"{NS}material/{NS}mattext") for r in item.iter(f"{NS}response_lid")]
        for piece in pieces:
            if not re.fullmatch(r"gap_*\d+", piece):
                assert stored(piece).strip() == seen(piece).strip(), item.get("title")


def test_the_model_finds_what_canvas_did():
    assert stored("<p>a &lt; b</p>") == "a &lt; b"
    assert stored('<p lang="en">a &lt; b</p>').strip() == "a < b"


def one(body, **more) -> ExportQuiz:
    texts = {"stem": Text.of("A [[1]] B"), **more}
    return ExportQuiz("q", Text.of("Q"), True, ((Replica("x-1", 0, "cloze", Fraction(1), body=body, **texts),),))


def listed(item: ET.Element) -> set[str]:
    return {label.findtext(f".//{NS}mattext") for label in item.iter(f"{NS}response_label")}


VALUES = [0.0, 8.0, 0.5, 1.386294361, 0.2231435513, 1.6094379124, 0.07071067812, -0.25, 100000.0, 2 / 3, 1e-3, 12.345]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(("atol", "rtol"), [(1e-9, 1e-3), (0.006, 0.0), (0.0, 0.0), (0.5, 0.0)])
def test_a_gap_lists_the_rounded_answer_with_every_number_of_decimals(value: float, atol: float, rtol: float):
    body = Number(value, atol, rtol)
    (item,) = document(one(Cloze((Gap("1", body),)))).iter(f"{NS}item")
    found = listed(item)
    for digits in range(9):
        text = f"{value:.{digits}f}"
        text = text.lstrip("-") if float(text) == 0 else text  # nobody types -0
        right = abs(Decimal(text) - Decimal(repr(value))) <= max(Decimal(repr(atol)), Decimal(repr(rtol * abs(value))))
        assert (text in found) == right, text
    assert all(score_body(body, text).credit == 1 for text in found)
    assert len(found) < 250


@pytest.mark.parametrize("path", QUIZZES, ids=lambda p: p.stem)
def test_every_gap_of_the_course_lists_what_students_type(path):
    for variants in load_export(path).items:
        for replica in variants:
            for gap in replica.body.gaps if isinstance(replica.body, Cloze) else ():
                if isinstance(gap.body, Number):
                    (item,) = document(one(Cloze((Gap("1", gap.body),)))).iter(f"{NS}item")
                    for digits in range(9):
                        text = f"{gap.body.value:.{digits}f}"
                        if score_body(gap.body, text).credit == 1:
                            assert text.replace("-0.0", "0.0") in listed(item) or text in listed(item), replica.item


def test_students_are_told_how_many_decimals_to_write():
    (item,) = document(one(Cloze((Gap("1", Number(1.5, 0.0, 0.0)),)))).iter(f"{NS}item")
    assert "8 decimals at most" in item.findtext(f"{NS}presentation/{NS}material/{NS}mattext")


def test_the_unit_of_a_gap_is_there_in_every_target():
    quiz = one(Cloze((Gap("1", Number(1.5, 0.0, 0.0, Text("metres", "メートル"))),)))
    (item,) = document(quiz).iter(f"{NS}item")
    assert "[gap1] metres" in item.findtext(f"{NS}presentation/{NS}material/{NS}mattext")
    assert "</span> metres" in printed.render(quiz)[0]["q-1.html"].decode()
    (data,) = moodle.render(quiz)[0].values()
    assert "} metres" in data.decode()


def test_brackets_that_look_like_a_gap_are_none():
    body = Cloze((Gap("1", Number(1.5, 0.0, 0.0)), Gap("2", Number(2.0, 0.0, 0.0))))
    quiz = one(body, stem=Text.of("[[1]] is `x[gap2]`, [gap1] and [[2]]."), code="y = x[gap2]")
    (item,) = document(quiz).iter(f"{NS}item")
    text = item.findtext(f"{NS}presentation/{NS}material/{NS}mattext")
    names = [r.get("ident").removeprefix("response_") for r in item.iter(f"{NS}response_lid")]
    assert [text.count(f"[{name}]") for name in names] == [1, 1]
    assert text.index(f"[{names[0]}]") < text.index("[gap2]") < text.index(f"[{names[1]}]")


def test_a_choice_beside_a_field_says_to_type_its_letter():
    options = Choices((Choice("a", Text.of("yes"), True), Choice("b", Text.of("no"), False)))
    quiz = one(Cloze((Gap("1", options), Gap("2", Number(2.0, 0.0, 0.0)))), stem=Text.of("[[1]] and [[2]]"))
    (item,) = document(quiz).iter(f"{NS}item")
    text = seen(item.findtext(f"{NS}presentation/{NS}material/{NS}mattext"))
    assert "(1) [gap1]" in text
    assert "(1) a: yes; b: no" in text
    assert "Type the letter" in text
    assert {"a", "yes"} <= listed(item)


def test_lettered_lists_carry_their_letters_as_an_attribute():
    steps = tuple((letter, Text.of(letter * 3)) for letter in "abc")
    quiz = one(Order(steps, frozenset({("a", "c"), ("b", "c")}), ("a", "b", "c")), stem=Text.of("Order."))
    (item,) = document(quiz).iter(f"{NS}item")
    assert '<ol type="a">' in item.findtext(f"{NS}presentation/{NS}material/{NS}mattext")


EXACT = [1234567890123456.0, 12345678901234.5, 0.123456789012345, 123456789.0123456, 2.0**53, 0.1 + 0.2]


@pytest.mark.parametrize("value", EXACT)
def test_an_exact_answer_of_many_digits_stays_right(value: float):
    body = Number(value, 0.0, 0.0)
    for shape, stem in ((body, Text.of("?")), (Cloze((Gap("1", body),)), Text.of("[[1]]"))):
        quiz = one(shape, stem=stem)
        (data,) = moodle.render(quiz)[0].values()
        question = ET.fromstring(data)[1]
        if shape is body:
            assert float(question.findtext("answer/text")) == value
        else:
            stated = re.search(r"NUMERICAL:=([^:]*):([^}~#]*)", question.findtext("questiontext/text"))
            assert (float(stated[1]), float(stated[2])) == (value, 0)
        (item,) = document(quiz).iter(f"{NS}item")
        if shape is body:
            low, high = (float(next(item.iter(f"{NS}var{n}te")).text) for n in "gl")
            assert low == high == value == float(next(item.iter(f"{NS}varequal")).text)
        else:
            assert value in {float(text) for text in listed(item)}
        assert score_body(body, repr(value)).credit == 1
        key = seen(printed.render(quiz)[0]["q-key.html"].decode())
        assert repr(value).removesuffix(".0") in key


def test_what_neither_target_reads_is_in_the_notes():
    half = Remark(Fraction(1, 2), "m", Text.of("Why?"))
    word = Words(("relu",), Text.of("relu"), regexes=("re.*",), distractors=((("tanh",), half),))
    quiz = one(Cloze((Gap("1", Number(2.0, 0.0, 0.0)), Gap("2", word))), stem=Text.of("[[1]] [[2]]"))
    for render, name in ((moodle.render, "Moodle"), (qti.render, "Canvas")):
        notes = [note for note in render(quiz)[1] if "x-1" in note.en]
        for said in ("half-width digits", "no regular expressions"):
            assert any(note.en.startswith(name) and said in note.en for note in notes), (name, said)
        assert any("半角" in note.ja for note in notes)


def test_full_width_digits_of_a_shape_are_listed():
    assert {"（３，４）", "（３、４）", "３×４", "(3, 4)"} <= set(shape_spellings((3, 4)))
    assert {"（３，）", "３"} <= set(shape_spellings((3,)))
