"""Moodle XML read back as Moodle reads it: the same answers get the same credit as here."""

from __future__ import annotations

import html
import itertools
import os
import re
import xml.etree.ElementTree as ET
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.i18n import Text
from autograder.quiz.answer.score import score
from autograder.quiz.draw.replica import (
    Choice,
    Choices,
    Cloze,
    Gap,
    Image,
    Match,
    Number,
    Order,
    Remark,
    Replica,
    Words,
    WrongLine,
)
from autograder.quiz.export import ExportQuiz, load_export
from autograder.quiz.export.moodle import render
from autograder.quiz.export.spell import tolerance
from autograder.quiz.proof.solve import right_answer

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLE = HERE / "sample.yaml"
QUIZZES = [SAMPLE, *sorted((ROOT / "solutions" / "quizzes").glob("*.yaml"))]

# question/engine/bank.php
ALLOWED = [
    *(1, 0.9, 0.8333333, 0.8, 0.75, 0.7, 0.6666667, 0.6, 0.5, 0.4, 0.3333333, 0.3, 0.25, 0.2, 0.1666667),
    *(0.1428571, 0.125, 0.1111111, 0.1, 0.05, 0),
]
# question/type/multianswer/questiontype.php
FRACTION = r"=|%(-?[0-9]+(?:[.,][0-9]*)?)%"
ANSWER = r".+?(?<!\\)(?<!&)(?<!&amp;)(?=[~#}]|$)"
FEEDBACK = r".*?(?<!\\)(?=[~}]|$)"
ALTERNATIVE = rf"({FRACTION})?({ANSWER})(#({FEEDBACK}))?"
EMBEDDED = re.compile(
    rf"\{{([0-9]*):(NUMERICAL|MULTICHOICE_V|MULTICHOICE|SHORTANSWER):({ALTERNATIVE}(~{ALTERNATIVE})*)\}}", re.S
)


def exported(quiz: ExportQuiz, lang="en", multilang=False) -> ET.Element:
    (data,) = render(quiz, lang, multilang)[0].values()
    return ET.fromstring(data)


def pairs(quiz: ExportQuiz, root: ET.Element):
    """Each replica with its question."""
    questions = {q.findtext("idnumber"): q for q in root if q.get("type") != "category"}
    for replica in itertools.chain(*quiz.items):
        question = questions.get(f"{replica.item}.{replica.number + 1}")
        if question is not None:
            yield replica, question


def decoded(text: str) -> str:
    return html.unescape(text).replace("\\}", "}").replace("\\#", "#")


def embedded(text: str) -> list[tuple[str, list[tuple[float, str, str]]]]:
    """The gaps of a cloze: type, and of each answer fraction, text and feedback."""
    found = []
    for match in EMBEDDED.finditer(text):
        rest, answers = match[3], []
        while part := re.match(rf"~?{ALTERNATIVE}", rest, re.S):
            fraction = 1.0 if part[1] == "=" else float(part[2] or 0) / 100
            answers.append((fraction, decoded(part[3]), decoded(part[5] or "")))
            rest = rest[part.end() :]
        assert rest == ""
        found.append((match[2], answers))
    return found


def answers(question: ET.Element):
    return [(float(a.get("fraction")) / 100, a.findtext("text"), a) for a in question.findall("answer")]


def short_credit(question: ET.Element, typed: str) -> float:
    """The first answer that matches, without regard to case; a star matches anything."""
    for fraction, text, _ in answers(question):
        pattern = ".*".join(re.escape(p.replace(r"\*", "*")) for p in re.split(r"(?<!\\)\*", text))
        if re.fullmatch(pattern, typed, re.I):
            return fraction
    return 0


def number_credit(found, typed: float) -> float:
    return next((f for f, value, wide in found if abs(typed - value) <= wide * (1 + 1e-9)), 0)


def close(credit: Fraction, fraction: float) -> bool:
    return abs(float(credit) - fraction) < 1e-4


@pytest.mark.parametrize("lang", ["en", "ja", "both"])
def test_the_file_is_what_it_was(lang):
    name = HERE / "golden" / f"sample.{lang}.moodle.xml"
    (data,) = render(load_export(SAMPLE, 2), "en" if lang == "both" else lang, lang == "both")[0].values()
    if os.environ.get("UPDATE_GOLDEN"):
        name.write_bytes(data)
    assert data == name.read_bytes()


@pytest.mark.parametrize("path", QUIZZES, ids=lambda p: p.stem)
def test_every_variant_is_there_with_fractions_that_moodle_knows(path):
    quiz = load_export(path)
    root = exported(quiz)
    assert len(list(pairs(quiz, root))) == sum(map(len, quiz.items))
    assert len(root.findall("question[@type='category']")) == len(quiz.items)
    for question in root:
        if question.get("type") != "ordering":
            for fraction, _, _ in answers(question):
                assert any(abs(abs(fraction) - a) < 1e-5 for a in ALLOWED)
        if question.get("type") == "multichoice" and question.findtext("single") == "true":
            assert max(f for f, _, _ in answers(question)) == 1


@pytest.mark.parametrize("path", QUIZZES, ids=lambda p: p.stem)
def test_choices_and_numbers_get_the_credit_that_they_get_here(path):
    quiz = load_export(path)
    for replica, question in pairs(quiz, exported(quiz)):
        body = replica.body
        match body:
            case Choices():
                fractions = [f for f, _, _ in answers(question)]
                ids = [c.id for c in body.choices]
                for n in range(1, len(ids) + 1 if body.several else 2):
                    for chosen in itertools.combinations(range(len(ids)), n):
                        raw = [ids[i] for i in chosen] if body.several else ids[chosen[0]]
                        assert close(score(replica, raw).credit, max(0, sum(fractions[i] for i in chosen)))
            case Number():
                found = [(f, float(t), float(a.findtext("tolerance"))) for f, t, a in answers(question)]
                wide = tolerance(body)
                for value in (body.value, *(v for v, _ in body.distractors)):
                    for typed in (value, value + 0.9 * wide, value - 0.9 * wide, value + 40 * wide):
                        assert close(score(replica, typed).credit, number_credit(found, typed)), (replica.item, typed)
            case WrongLine():
                texts = {int(t.split(":")[0]): f for f, t, _ in answers(question)}
                assert all(close(score(replica, line).credit, f) for line, f in texts.items())
                assert body.line in texts


@pytest.mark.parametrize("path", QUIZZES, ids=lambda p: p.stem)
def test_the_right_answer_is_right_in_every_other_type(path):
    quiz = load_export(path)
    for replica, question in pairs(quiz, exported(quiz)):
        body, right = replica.body, right_answer(replica)
        match question.get("type"):
            case "shortanswer":
                typed = " ".join(right) if isinstance(right, list) else right.replace("\n", " ")
                assert short_credit(question, typed) == 1
                assert short_credit(question, "something else") == 0
            case "matching":
                assert isinstance(body, Match)
                found = [(s.findtext("text"), s.findtext("answer/text")) for s in question.findall("subquestion")]
                assert len([left for left, _ in found if left]) == len(body.lefts)
                assert len({right for _, right in found}) == len({text for _, text in body.rights})
            case "ordering":
                assert isinstance(body, Order)
                assert [a.get("fraction") for a in question.findall("answer")] == [
                    f"{i}.0000000" for i in range(1, len(body.steps) + 1)
                ]
                assert list(body.solution) == right


@pytest.mark.parametrize("lang", ["en", "both"])
@pytest.mark.parametrize("path", QUIZZES, ids=lambda p: p.stem)
def test_moodle_finds_every_gap_once_with_its_answers(path, lang):
    quiz = load_export(path)
    for replica, question in pairs(quiz, exported(quiz, "en", lang == "both")):
        if not isinstance(replica.body, Cloze):
            continue
        text = question.findtext("questiontext/text")
        found = embedded(text)
        kinds = {Number: "NUMERICAL", Choices: "MULTICHOICE", Words: "SHORTANSWER"}
        # Text in both languages keeps the gaps in their own order.
        assert sorted(k.removesuffix("_V") for k, _ in found) == sorted(kinds[type(g.body)] for g in replica.body.gaps)
        assert "[[" not in text
        for gap in replica.body.gaps:
            if isinstance(gap.body, Number):
                values = [[float(t.split(":")[0]) for _, t, _ in a] for k, a in found if k == "NUMERICAL"]
                expected = [gap.body.value, *(v for v, _ in gap.body.distractors)]
                assert any(v == pytest.approx(expected, rel=1e-9, abs=1e-12) for v in values)


def test_a_moodle_without_ordering_questions_gets_letters():
    quiz = load_export(SAMPLE)
    (data,) = render(quiz, "en", ordering=False)[0].values()
    root = ET.fromstring(data)
    assert root.find("question[@type='ordering']") is None
    orders = [(r, q) for r, q in pairs(quiz, root) if isinstance(r.body, Order)]
    assert len(orders) > 2
    assert all(short_credit(q, " ".join(r.body.solution)) == 1 for r, q in orders)


NASTY = "a~b}c{d#e\\f=g%h%i\"j'k&l<m>n]]>o*p"


def one(body, **more) -> ExportQuiz:
    replica = Replica("x-1", 0, "cloze", Fraction(2), Text.of("A [[1]] B"), body, **more)
    return ExportQuiz("q", Text("Q/A", "Q/A"), True, ((replica,),), images={"images/é b.png": b"\x89PNG"})


def test_signs_of_the_notation_come_through_in_answers_and_feedback():
    remark = Remark(Fraction(1, 2), "m", Text.of(NASTY))
    options = Choices((Choice("a", Text.of(NASTY), True), Choice("b", Text.of("no"), False, remark)))
    quiz = one(Cloze((Gap("1", options),)))
    (question,) = [q for _, q in pairs(quiz, exported(quiz))]
    ((kind, found),) = embedded(question.findtext("questiontext/text"))
    assert kind == "MULTICHOICE"
    assert [(f, html.unescape(t), html.unescape(b)) for f, t, b in found] == [(1, NASTY, ""), (0.5, "no", NASTY)]


def test_a_star_in_a_short_answer_matches_a_star_only():
    replica = Replica("x-1", 0, "short", Fraction(1), Text.of("?"), Words(("a*b",), Text.of("a*b")))
    quiz = ExportQuiz("q", Text.of("Q"), True, ((replica,),), spellings={"a*b": ("a*b",)})
    question = exported(quiz)[1]
    assert short_credit(question, "a*b") == 1
    assert short_credit(question, "axxb") == 0


def test_formulas_code_and_what_only_looks_like_html_are_kept_apart():
    stem = Text.of("If $a<b$ and `x<y` then **p** <script>alert(1)</script> ]]> \x00")
    replica = Replica("x-1", 0, "numeric", Fraction(1), stem, Number(1.0, 0.0, 0.0))
    text = exported(ExportQuiz("q", Text.of("Q"), True, ((replica,),)))[1].findtext("questiontext/text")
    assert text == (
        r"<p>If \(a&lt;b\) and "
        '<span class="nolink"><code>x&lt;y</code></span> then <strong>p</strong> '
        "&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; \ufffd</p>"
    )


def test_a_picture_travels_with_its_question():
    quiz = one(Number(1.0, 0.0, 0.0), image=Image("images/é b.png", Text('"x" <y>', "絵")))
    question = exported(quiz)[1]
    assert question.find("questiontext/file").attrib == {"name": "é b.png", "path": "/", "encoding": "base64"}
    assert '<img src="@@PLUGINFILE@@/é b.png" alt="&quot;x&quot; &lt;y&gt;" />' in question.findtext(
        "questiontext/text"
    )


def test_a_slash_in_the_title_makes_no_category():
    assert exported(one(Number(1.0, 0.0, 0.0)))[0].findtext("category/text") == "$course$/top/Q//A/x-1"


def test_what_moodle_cannot_carry_is_said():
    right = Choice("a", Text.of("r"), True)
    off = Choices((right, Choice("b", Text.of("w"), False)), several=True, rule="coverage")
    odd = Choices((right, Choice("b", Text.of("w"), False, Remark(Fraction(35, 100)))))
    for body, said in ((off, "'coverage'"), (odd, "35 %"), (Cloze((Gap("1", odd),), each=False), "each gap counts")):
        notes = render(one(body))[1]
        assert any(said in note.en and note.en.endswith(": x-1") for note in notes)
