"""A small course of one exercise, made from the skeleton that `autograder new` writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.author.new import skeleton
from autograder.course.load import LoadedCourse, load_course

COURSE = """\
title: {en: A small course, ja: 小さな講義}
units:
  - id: first
    title: {en: First, ja: はじめ}
    exercises: [{id: centre}]
"""


class SmallCourse:
    """The course's folder, to be read and spoilt."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.source = root / "solutions" / "centre"
        self.exercises = root / "exercises"
        for name, text in skeleton("centre").items():
            path = self.source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (root / "course.yaml").write_text(COURSE, encoding="utf-8")

    def load(self) -> LoadedCourse:
        return load_course(self.root)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a passage of a source file that must be there."""
        path = self.source / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path) -> SmallCourse:
    return SmallCourse(tmp_path / "course")


@pytest.fixture
def reference(tmp_path: Path) -> Callable[[str], Path]:
    """Write a reference and return its path."""

    def write(text: str) -> Path:
        path = tmp_path / "f.py"
        path.write_text(text, encoding="utf-8")
        return path

    return write
