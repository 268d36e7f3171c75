"""What ``autograder.check`` returns: shown as HTML by a notebook, as plain lines elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..i18n import Lang, Text
from .checking import Checked


@dataclass(frozen=True, repr=False)
class CheckOutcome:
    """The checks of one exercise or more.

    Attributes
    ----------
    lang
        The language in which it shows itself; the reports inside have both.
    """

    checked: tuple[Checked, ...]
    lang: Lang

    @property
    def passed(self) -> bool:
        """Whether every check of every exercise passed."""
        return bool(self.checked) and all(c.report.state == "passed" for c in self.checked)

    def as_dict(self) -> dict[str, Any]:
        """What ``autograder check --json`` prints."""
        from ..student.results import document

        return document(c.report for c in self.checked)

    def __repr__(self) -> str:
        from ..student.show import indented, report_lines, summary
        from ..text.told import lines as told_lines
        from .texts import BROKEN, NOT_BEGUN, NOT_RUN

        lines: list[str] = []
        for c in self.checked:
            head = f"{c.exercise.id}  {c.exercise.title.get(self.lang)}"
            if not c.report.begun:
                lines += [head, f"  [--] {NOT_BEGUN.get(self.lang)}", ""]
            elif c.report.problem is not None:
                said = f"[NG] {BROKEN.get(self.lang)}" if c.cells else f"[--] {NOT_RUN.get(self.lang)}"
                lines += [head, f"  {said}", *indented(told_lines(c.report.problem, self.lang)), ""]
            else:
                lines += [*report_lines(c.report, c.exercise.title, "", self.lang), ""]
        return "\n".join([*lines, summary((c.report for c in self.checked), self.lang)])

    def _repr_html_(self) -> str:
        from .html import outcome

        return outcome(self.checked, self.lang)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


@dataclass(frozen=True, repr=False)
class Said:
    """Something else to tell: a hint, or why there is nothing to check. Never `passed`."""

    text: Text
    lang: Lang
    title: Text | None = None
    problem: bool = False

    @property
    def passed(self) -> bool:
        return False

    def __repr__(self) -> str:
        title = [self.title.get(self.lang)] if self.title else []
        return "\n".join([*title, self.text.get(self.lang)])

    def _repr_html_(self) -> str:
        from .html import said

        return said(self.text, self.lang, self.title, self.problem)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}
