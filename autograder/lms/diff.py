"""What an export will change, for people: a line a student, before anything is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ..i18n import Lang, Text
from ..text.align import columns, pad
from ..text.clean import clean_line
from .export import Change, Rendered
from .numbers import is_lower

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
_LOWER = Text(" (lower)", "（下がる）")
_BLANK, _SAME = Text("(blank)", "（空欄）"), Text("same", "同じ")


def show(rendered: Rendered, lang: Lang) -> list[str]:
    """Lines to print; a real table where the output is a terminal."""
    header, rows = cells(rendered.changes, lang)
    words = [_HEADERS[title].get(lang) for title in ("student", "name", "column", "feedback", "file")]
    table = _rich if sys.stdout.isatty() else _plain
    lines = table(header, rows, [title not in words for title in header]) if rows else []
    scores = sum(change.kind == "score" for change in rendered.changes)
    lower = sum(map(_is_lower, rendered.changes))
    said = Text(
        f"Grades that change: {scores}{f' ({lower} lower)' if lower else ''}, that stay: {rendered.unchanged}. "
        f"Feedback that changes: {len(rendered.changes) - scores}.",
        f"変更される評点 {scores} 件{f'（うち下がるもの {lower} 件）' if lower else ''}、"
        f"変わらない評点 {rendered.unchanged} 件、"
        f"変更されるフィードバック {len(rendered.changes) - scores} 件。",
    )
    notes = [Text("Note: ", "注記: ").get(lang) + note.get(lang) for note in rendered.notes]
    return [*lines, said.get(lang), *notes]


def cells(changes: Sequence[Change], lang: Lang) -> tuple[list[str], list[list[str]]]:
    """Header and rows: was and becomes, or all scores of a student in a row where nothing tells what was."""
    scores = [change for change in changes if change.kind == "score"]
    comments = {change.student: change for change in changes if change.kind == "feedback"}
    if not scores:
        header = ["student", "name", "file" if all(c.was is None for c in changes) else "feedback"]
        rows = [[c.student, c.name or "", c.becomes if c.was is None else _state(c, lang)] for c in changes]
    elif all(change.was is None for change in changes):
        header, rows = _wide(scores)
    else:
        header, rows = ["student", "name", "column", "was", "becomes"], []
        scored = {c.student for c in scores}
        for c in [*scores, *(c for c in comments.values() if c.student not in scored)]:
            becomes = c.becomes + (_LOWER.get(lang) if _is_lower(c) else "")
            values = [c.was or _BLANK.get(lang), becomes] if c.kind == "score" else [_SAME.get(lang)] * 2
            rows.append([c.student, c.name or "", c.column, *values])
    if scores and comments:
        header.append("feedback")
        for row in rows:
            row.append(_state(comments[row[0]], lang) if row[0] in comments else "")
    titles = [_HEADERS[title].get(lang) if title in _HEADERS else title for title in header]
    return [clean_line(title) for title in titles], [[clean_line(cell) for cell in row] for row in rows]


def _wide(scores: Sequence[Change]) -> tuple[list[str], list[list[str]]]:
    titles = list(dict.fromkeys(c.column for c in scores))
    names = {c.student: c.name or "" for c in scores}
    values = {(c.student, c.column): c.becomes for c in scores}
    rows = [[student, name, *(values.get((student, t), "") for t in titles)] for student, name in names.items()]
    return ["student", "name", *titles], rows


def _is_lower(change: Change) -> bool:
    return change.kind == "score" and is_lower(change.was or "", change.becomes)


def _state(change: Change, lang: Lang) -> str:
    return (_REPLACED if change.was and change.was.strip() else _NEW).get(lang)


def _plain(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    widths = [max(columns(row[i]) for row in [header, *rows]) for i in range(len(header))]
    lines = [" | ".join(map(pad, row, widths, right)).rstrip() for row in [header, *rows]]
    return [lines[0], "-|-".join("-" * width for width in widths), *lines[1:]]


def _rich(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """Tables as wide as the terminal, one below the other where there are many columns.

    No cell is ever shortened: a cut id, name or number could be taken for another one.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Cell

    console = Console()
    widths = [max(columns(row[i]) for row in [header, *rows]) for i in range(len(header))]
    lines: list[str] = []
    for chosen in _side_by_side(widths, console.width):
        grid = Table(box=box.ASCII2, pad_edge=False)
        for i in chosen:
            grid.add_column(Cell(header[i]), justify="right" if right[i] else "left", no_wrap=True, min_width=widths[i])
        for row in rows:
            grid.add_row(*(Cell(row[i]) for i in chosen))
        wide = Console(width=max(console.width, sum(widths[i] + 3 for i in chosen) + 1))
        with wide.capture() as capture:
            wide.print(grid)
        lines += [*([""] if lines else []), *capture.get().rstrip("\n").split("\n")]
    return lines


def _side_by_side(widths: Sequence[int], room: int) -> list[list[int]]:
    """Columns for each table: as many as fit, each with the student and the name before them."""
    fixed = list(range(min(2, len(widths))))
    tables: list[list[int]] = [list(fixed)]
    for i in range(len(fixed), len(widths)):
        if sum(widths[j] + 3 for j in tables[-1]) + widths[i] + 1 > room and len(tables[-1]) > len(fixed):
            tables.append(list(fixed))
        tables[-1].append(i)
    return tables
