"""Moodle's text filters change nothing that a student reads."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from autograder.i18n import Text
from autograder.quiz.draw.replica import Image, Match
from autograder.quiz.export import ExportQuiz, load_export, moodle
from autograder.quiz.export.html import MATHJAX
from autograder.quiz.export.moodle_text import EMOTICONS, guarded

from . import moodle_filters as filters
from .test_moodle import EMBEDDED, QUIZZES, SAMPLE, embedded

NASTY = (
    r"f(n) (y) :-) a;-) 8-) V-. ( ) (:(n) h <- h + 1, <b>x</b> {a} {#1} \(z\) \[z\] $$ [tex]z[/tex] "
    r"@@PLUGINFILE@@/x &lt; & relu {`x < 1`} `p[np.arange(n), y] <- (h)` `{'a': 1}` $f(n) < g(y)$ $\{x : -)\}$ $x^-)$"
)


def hostile(value):
    """The same quiz with a hostile end to each of its texts; not in code nor in what is typed."""
    if isinstance(value, Text):
        return Text(f"{value.en} {NASTY}", f"{value.ja}{NASTY}")
    if isinstance(value, tuple):
        return tuple(map(hostile, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: hostile(getattr(value, f.name)) for f in fields(value)})
    return value


def hostile_sample() -> ExportQuiz:
    quiz = load_export(SAMPLE, 2)
    first = replace(quiz.items[0][0], image=Image("images/x.png", Text.of("a picture")), code="f(n) <b> {x} :-) relu")
    quiz = replace(quiz, items=((first,), *quiz.items[1:]), images={"images/x.png": b"\x89PNG"})
    return replace(quiz, items=hostile(quiz.items), title=Text.of(f"T {NASTY}"))


def texts(question: ET.Element) -> list[tuple[str, bool, str]]:
    """Place, whether it is HTML, and text of all that is shown of a question."""
    found = []
    for element in question.iter():
        text = element.findtext("text")
        rich = ("questiontext", "generalfeedback", "feedback", "subquestion")
        choices = question.get("type") in ("multichoice", "ordering")
        if element.tag in rich or (element.tag == "answer" and choices):
            found.append((element.tag, True, text or ""))
        elif element.tag in ("category", "name") or (element.tag, question.get("type")) == ("answer", "matching"):
            found.append((element.tag, False, text or ""))
    return found


def shown(question: ET.Element, lang: str, filtered: bool) -> list[str]:
    """What a student reads, in order; gaps are parsed out before the text is filtered."""
    through = (lambda t: filters.format_text(t, lang)) if filtered else (lambda t: filters.multilang(t, lang))
    read = []
    for place, rich, text in texts(question):
        if place == "questiontext" and question.get("type") == "cloze":
            for _, options in embedded(text):
                read += [filters.seen(through(part)) for _, answer, remark in options for part in (answer, remark)]
            text = EMBEDDED.sub('<span class="nolink">marker</span>', text)
        if rich:
            read.append(filters.seen(through(text)))
        else:
            read.append(filters.format_string(filters.multilang(text, lang)))
    return [re.sub(r"\s+", " ", text.replace("{}", "")) for text in read]


def questions(quiz: ExportQuiz, lang: str, both: bool) -> list[ET.Element]:
    (data,) = moodle.render(quiz, lang, both)[0].values()
    return list(ET.fromstring(data))


@pytest.mark.parametrize("both", [False, True], ids=["one", "both"])
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("path", [*QUIZZES, None], ids=lambda p: p.stem if p else "hostile")
def test_no_filter_changes_what_is_read(path: Path | None, lang: str, both: bool, monkeypatch: pytest.MonkeyPatch):
    quiz = load_export(path, 2) if path else hostile_sample()
    guarded = [shown(q, lang, True) for q in questions(quiz, lang, both)]
    monkeypatch.setattr(moodle, "MOODLE", MATHJAX)
    plain = [shown(q, lang, False) for q in questions(quiz, lang, both)]
    assert guarded == plain


def test_the_model_finds_what_a_real_moodle_did():
    assert filters.format_string("h <- h + g^2") == "h "
    assert "[PICTURE]" in filters.seen(filters.format_text("<code>p[np.arange(n), y]</code>"))
    assert "[LINK IN CODE]" in filters.seen(filters.format_text("<code>relu(x)</code>"))
    assert "<code>" in filters.seen(filters.format_text(r"\(x\) {<code>y</code>}"))


def test_formulas_are_the_only_formulas():
    for question in questions(hostile_sample(), "en", False):
        for _, rich, text in texts(question):
            if rich and question.get("type") != "cloze":
                assert all(re.fullmatch(r"\\\([^<>]*\\\)", m[0]) for m in filters.MATH.finditer(text)), text
                assert "[tex]" not in text


def test_the_choices_of_every_matching_question_differ_and_can_be_read():
    for path in QUIZZES:
        quiz = load_export(path, 1)
        bodies = {f"{r.item}.{r.number + 1}": r.body for v in quiz.items for r in v if isinstance(r.body, Match)}
        for question in questions(quiz, "en", False):
            if question.get("type") == "matching":
                read = {filters.format_string(s.findtext("answer/text")) for s in question.iter("subquestion")}
                body = bodies[question.findtext("idnumber")]
                assert len(read) == len({text for _, text in body.rights})
                assert all(len(text) > 0 for text in read)


def test_the_formulas_of_the_optimisers_can_be_told_apart():
    path = next(p for p in QUIZZES if p.stem == "quiz_final")
    (question,) = [
        q
        for q in questions(load_export(path, 1), "en", False)
        if "fin-optimiser-formulas" in q.findtext("idnumber", "")
    ]
    read = [filters.format_string(s.findtext("answer/text")) for s in question.iter("subquestion")]
    assert sorted(read) == sorted(["nothing", "v ← μ v − lr g", "h ← h + g²", "h ← ρ h + (1 − ρ) g²", "h ← h − g²"])


@pytest.mark.parametrize("emoticon", EMOTICONS)
def test_no_emoticon_is_left_and_the_text_is_the_same(emoticon: str):
    text = f"a{emoticon}b {emoticon}{emoticon} <{emoticon}> &{emoticon}"
    made = guarded(text)
    assert not any(e in made for e in EMOTICONS)
    assert filters.seen(made) == text


def test_a_text_that_looks_like_a_gap_is_none():
    item = replace(
        load_export(SAMPLE, 1).items[7][0], stem=Text.of("[[1]] {2:SHORTANSWER:=x} {#1} [[2]] `{1:NUMERICAL:=2}`")
    )
    quiz = ExportQuiz("q", Text.of("Q"), True, ((item,),))
    text = questions(quiz, "en", False)[1].findtext("questiontext/text")
    assert len(embedded(text)) == 2
    assert filters.seen(EMBEDDED.sub("_", text)).strip() == "_ {2:SHORTANSWER:=x} {#1} _ {1:NUMERICAL:=2}"
