"""A cause has a short title in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.causes import GENERIC, title_and_rest
from autograder.course.exercise import HintsConfig
from autograder.course.yaml_file import parse
from autograder.i18n import Text

HINTS = sorted((Path(__file__).parents[2] / "solutions").glob("*/hints.yaml"))


def test_the_first_sentence_is_the_title() -> None:
    words = Text("Look, e.g. at `np.max(x)`. Which one?", "最大値が「1 つ。」返りました。どれですか。")
    title, rest = title_and_rest(words)
    assert title == Text("Look, e.g. at `np.max(x)`", "最大値が「1 つ。」返りました")
    assert rest == Text("Which one?", "どれですか。")


@pytest.mark.parametrize("path", HINTS, ids=lambda p: p.parent.name)
def test_every_title_fits_on_a_line_or_two(path: Path) -> None:
    causes = {i: cause.text for i, cause in parse(path, HintsConfig).causes.items()}
    titles = {i: title_and_rest(text)[0] for i, text in (GENERIC | causes).items()}
    assert {i: t for i, t in titles.items() if not t.en or not t.ja or len(t.en) > 180 or len(t.ja) > 90} == {}
