from __future__ import annotations

import string

import pytest

from autograder.collect.texts import NOTES, PROBLEMS, note, show
from autograder.i18n import Text


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("text", [*NOTES.values(), *PROBLEMS.values()], ids=[*NOTES, *PROBLEMS])
def test_both_languages_say_the_same_values(text: Text) -> None:
    assert fields(text.en) == fields(text.ja)


def test_braces_and_control_characters_in_a_name_are_harmless() -> None:
    assert "{0}\\x1b\\u202e.py" in note("symlink", path="{0}\x1b\u202e.py").text.en


def test_a_long_name_is_cut() -> None:
    assert len(show("x" * 100_000)) == 160
