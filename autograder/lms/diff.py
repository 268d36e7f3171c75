"""What an export will change, for people: a line a student, before anything is written."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence

from ..align import table
from ..i18n import Lang, Text
from .export import Change, Rendered

_HEADERS = {
    "student": Text("student", "学生"),
    "name": Text("name", "氏名"),
    "column": Text("column", "列"),
    "was": Text("was", "変更前"),
    "becomes": Text("becomes", "変更後"),
    "feedback": Text("feedback", "フィードバック"),
    "file": Text("file", "ファイル"),
}
_NEW, _REPLACED = Text("new", "新規"), Text("replaced", "置換")
_BLANK = Text("(blank)", "（空欄）")


def show(rendered: Rendered, lang: Lang) -> list[str]:
    """Lines to print; a real table where the output is a terminal."""
    header, rows = cells(rendered.changes, lang)
    lines = _rich(header, rows) if rows and sys.stdout.isatty() else table(header, rows) if rows else []
    scores = sum(change.kind == "score" for change in rendered.changes)
    feedback = len(rendered.changes) - scores
    said = Text(
        f"{scores} grades and {feedback} feedbacks change, {rendered.unchanged} grades stay the same.",
        f"変更される評点 {scores} 件、フィードバック {feedback} 件。変わらない評点 {rendered.unchanged} 件。",
    )
    notes = [Text("Note: ", "注記: ").get(lang) + note.get(lang) for note in rendered.notes]
    return [*lines, said.get(lang), *notes]


def cells(changes: Sequence[Change], lang: Lang) -> tuple[list[str], list[list[str]]]:
    """Header and rows: was, becomes, and beside a score whether the feedback is new."""
    scores = [change for change in changes if change.kind == "score"]
    comments = {change.student: change for change in changes if change.kind == "feedback"}
    known = any(change.was is not None for change in changes)
    if not scores:
        header = ["student", "name", "file"]
        rows = [[c.student, c.name or "", c.becomes if c.was is None else _state(c, lang)] for c in changes]
    else:
        header = ["student", "name", "column", *(["was"] if known else []), "becomes"]
        header += ["feedback"] if comments else []
        rows = []
        said = set()
        for c in scores:
            row = [c.student, c.name or "", c.column]
            row += [c.was or _BLANK.get(lang)] if known else []
            row.append(c.becomes)
            if comments:
                comment = comments.get(c.student)
                row.append(_state(comment, lang) if comment else "")
                said.add(c.student)
            rows.append(row)
        for student, comment in comments.items():
            if student not in said:  # the score stays, the feedback does not
                row = [student, comment.name or "", comment.column, *([""] if known else []), ""]
                rows.append([*row, _state(comment, lang)])
    titles = [_HEADERS[title].get(lang) for title in header]
    return titles, [[_safe(cell) for cell in row] for row in rows]


def _state(change: Change, lang: Lang) -> str:
    return (_REPLACED if change.was and change.was.strip() else _NEW).get(lang)


def _safe(text: str) -> str:
    """Names come from students: nothing that moves the cursor or turns the line around."""
    return "".join("?" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)


def _rich(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Cell

    grid = Table(box=box.ASCII2, pad_edge=False)
    for i, title in enumerate(header):
        grid.add_column(Cell(title), justify="left" if i < 3 else "right", no_wrap=i < 1)
    for row in rows:
        grid.add_row(*(Cell(cell) for cell in row))
    console = Console()
    with console.capture() as capture:
        console.print(grid)
    return capture.get().rstrip("\n").split("\n")
