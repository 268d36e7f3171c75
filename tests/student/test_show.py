"""Colour on a terminal only, and never against NO_COLOR."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click
import pytest

from autograder.cli import main
from autograder.i18n import Text
from autograder.model import Called, Cause
from autograder.student.results import CheckResult, ExerciseReport
from autograder.student.show import report_lines

FAILED = CheckResult("t", Text("a title", "題"), "failed", (Called("f(1)"), Cause("a_cause", Text("look.", "見る。"))))
REPORT = ExerciseReport("relu", (CheckResult("p", Text("good", "良い"), "passed"), FAILED))


def _lines(lang: str = "en") -> list[str]:
    return report_lines(REPORT, Text("ReLU", "ReLU"), "relu.py", lang)  # type: ignore[arg-type]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    return monkeypatch


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_pass_fail_heading_and_cause_have_colours_on_a_terminal(terminal: pytest.MonkeyPatch, lang: str) -> None:
    heading, passed, failed, call, cause = _lines(lang)
    assert heading != click.unstyle(heading)
    assert passed.split("[ok]")[0] != failed.split("[NG]")[0]
    assert call == click.unstyle(call)
    assert cause != click.unstyle(cause)


def test_the_text_is_the_same_without_colour(terminal: pytest.MonkeyPatch) -> None:
    coloured = [click.unstyle(line) for line in _lines()]
    terminal.setenv("NO_COLOR", "1")
    assert _lines() == coloured


def test_nothing_is_coloured_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    assert not any("\x1b" in line for line in _lines())


def test_list_start_and_hint_are_the_same_text_with_colours(terminal: pytest.MonkeyPatch) -> None:
    root = Path(__file__).resolve().parents[2]
    terminal.chdir(root)
    for argv in (["list"], ["start", "relu"], ["hint", "relu", "--all"]):
        said = {}
        for colour in ("", "1"):
            terminal.setenv("NO_COLOR", colour)
            out = io.StringIO()
            out.isatty = lambda: True  # type: ignore[method-assign]
            terminal.setattr(sys, "stdout", out)
            main(argv, standalone_mode=False)
            said[colour] = out.getvalue()
        assert said[""] != said["1"], argv
        assert click.unstyle(said[""]) == said["1"]
