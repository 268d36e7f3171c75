"""``feedback/<student>.html``: one self-contained page for each student.

Many rows of a class are the same (a hidden test that failed with a given cause), so such a
row is rendered once and kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from ..files import atomic, make_folder
from ..gradebook import CourseInfo
from ..i18n import Lang
from ..model import SubmissionResult
from .filenames import FileNames
from .render import environment, template
from .studentview import HiddenTest, StudentView, VisibleTest, student_view

Tests = tuple[HiddenTest | VisibleTest, ...]


def feedback(folder: Path, course: CourseInfo, names: FileNames, lang: Lang) -> Callable[[SubmissionResult], None]:
    """A function that writes the page of one student.

    Parameters
    ----------
    names
        Where each student's page lies; the class page links by the same.
    lang
        The language that is shown first.
    """

    make_folder(folder, ours=True)

    def add(result: SubmissionResult) -> None:
        with atomic(folder / names.of(result.student)) as file:
            file.write(page(student_view(result, course), lang))

    return add


def page(view: StudentView, lang: Lang) -> str:
    """The HTML of one page."""
    return template("feedback.html").render(view=view, lang=lang, test_row=_row)


@lru_cache(maxsize=1)
def _macro() -> Callable[[Tests, bool], Markup]:
    macro: Callable[[Tests, bool], Markup] = environment().get_template("parts.html").module.row  # type: ignore[attr-defined]
    return macro


def _row(tests: Tests, told: bool) -> Markup:
    return _shared_row(tests, told) if isinstance(tests[0], HiddenTest) else _macro()(tests, told)


@lru_cache(maxsize=8192)
def _shared_row(tests: Tests, told: bool) -> Markup:
    return _macro()(tests, told)
