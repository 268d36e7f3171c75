"""Booklets hold no answers, the key holds them all, and every formula becomes MathML."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.i18n import LANGS
from autograder.quiz.export import load_export
from autograder.quiz.export.html import Writer
from autograder.quiz.export.printed import render
from autograder.quiz.proof.lint import texts
from autograder.quiz.proof.solve import shown_answer
from autograder.quiz.source.items import load_quiz
from autograder.text.markup import Dialect
from autograder.text.mathml import mathml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLE = HERE / "sample.yaml"
BANK = sorted((ROOT / "solutions" / "quizzes").glob("*.yaml"))


class _Tags(HTMLParser):
    """Fails where a tag is closed that is not open."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br", "img"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", [SAMPLE, *BANK], ids=lambda p: p.stem)
def test_a_booklet_holds_no_solution_no_feedback_and_no_fix(path, lang):
    quiz = load_export(path)
    files, _ = render(quiz, lang, 2)
    writer = Writer(lang, dialect=Dialect(mathml))
    for name, page in files.items():
        text = page.decode()
        parser = _Tags()
        parser.feed(text)
        assert parser.open == []
        for replica in itertools.chain(*quiz.items):
            if "key" not in name and replica.solution:
                # A solution as short as an option may read like one.
                solution = writer.blocks(replica.solution)
                assert len(solution) < 20 or solution not in text
                for remark in _remarks(replica.body):
                    if remark.feedback and len(remark.feedback.get(lang)) > 12:
                        assert writer.blocks(remark.feedback) not in text


def _remarks(body):
    for part in [g.body for g in getattr(body, "gaps", ())] or [body]:
        yield from (c.remark for c in getattr(part, "choices", ()))
        yield from (d[1] for d in getattr(part, "distractors", ()))


def test_the_key_has_the_answers_of_every_booklet():
    quiz = load_export(SAMPLE)
    files, _ = render(quiz, "en", 2)
    key = files["sample-key.html"].decode()
    for k, part in enumerate(key.split("<h2>")[1:]):
        for variants in quiz.items:
            replica = variants[k % len(variants)]
            if replica.kind == "shape":
                assert shown_answer(replica, "en") in part
    assert set(files) == {"sample-1.html", "sample-2.html", "sample-key.html"}


def test_booklets_differ():
    files, _ = render(load_export(SAMPLE), "en", 2)
    first, second = (files[f"sample-{k}.html"].decode().replace(f"Booklet {k}", "") for k in (1, 2))
    assert first != second


def test_there_are_no_more_booklets_than_variants():
    with pytest.raises(ValueError):
        render(load_export(SAMPLE), "en", 100)


@pytest.mark.parametrize("path", BANK, ids=lambda p: p.stem)
def test_every_formula_of_the_bank_is_well_formed_and_shows_no_backslash(path):
    quiz = load_quiz(path)
    for item in quiz.items:
        for _, text in texts(item):
            for tex in re.findall(r"\$+([^$]+)\$+", text.en + "\n" + text.ja):
                tree = ET.fromstring(mathml(tex, True))
                shown = "".join(tree.itertext())
                assert "\\" not in shown
                known = {"lim", "max", "min", "log", "ln", "exp", "tanh", "sin", "cos", "arg"}
                unknown = {m.text for m in tree.iter("mi") if len(m.text or "") > 1} - known
                words = set(re.findall(r"\\(?:mathrm|text|operatorname)\{([^}]*)\}", tex))
                assert unknown <= words, tex


@pytest.mark.parametrize("form", ["moodle-quiz", "canvas-qti", "quiz-print"])
def test_the_command_writes_files_says_what_is_lost_and_replaces_nothing_unasked(form, tmp_path):
    command = ["export", form, "quiz_cnn", "--course", str(ROOT), "--out", str(tmp_path / "out"), "--lang", "ja"]
    first = CliRunner().invoke(main, command, standalone_mode=False)
    assert first.exception is None, first.output
    written = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    assert written
    assert all(f"作成しました: {tmp_path / 'out' / name}" in first.output for name in written)
    assert form == "quiz-print" or "- " in first.output
    again = CliRunner().invoke(main, command, standalone_mode=False)
    assert again.exception is not None
    assert again.exception.exit_code == 2
    replaced = CliRunner().invoke(main, [*command, "--yes"], standalone_mode=False)
    assert replaced.exception is None
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == written
