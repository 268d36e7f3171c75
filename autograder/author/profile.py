"""What each version of an exercise scores, which groups it loses, and why: the table of ``validate --profile``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..course.declared import PartialVersion
from ..course.exercise import Exercise
from ..i18n import Lang, Text
from ..text.align import columns, pad
from .fairness import Called, Results, loss, percent, score
from .proof import Trial

ROLES = ("right", "partial", "wrong")
_HEADER = (
    Text("version", "版"),
    Text("score", "得点"),
    Text("lost by function", "関数ごとの失点"),
    Text("visible", "公開"),
    Text("groups lost (cause: tests)", "失ったグループ（原因: テスト数）"),
)
_TEXTBOOK = Text("textbook", "教科書")
_NO_CAUSE = Text("no cause", "原因不明")


@dataclass(frozen=True)
class Row:
    """One version.

    Attributes
    ----------
    score
        Between 0 and 1.
    functions
        The share of its points that each function loses, where it loses any.
    visible
        Visible tests passed, and how many there are.
    lost
        For each group with a failed hidden test, how many failed by cause.
    """

    name: str
    role: str
    score: Fraction
    functions: Mapping[str, Fraction]
    visible: tuple[int, int]
    lost: Mapping[str, Mapping[str | None, int]]
    textbook: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "role": self.role,
            "textbook": self.textbook,
            "score": round(float(self.score), 4),
            "lost_by_function": {f: round(float(share), 4) for f, share in self.functions.items()},
            "visible": {"passed": self.visible[0], "tests": self.visible[1]},
            "lost": {
                group: [{"cause": cause, "tests": n} for cause, n in causes.items()]
                for group, causes in self.lost.items()
            },
        }


def make_row(exercise: Exercise, trial: Trial, results: Results, called: Called) -> Row:
    """The row of one graded version."""
    lost: dict[str, dict[str | None, int]] = {}
    for result in results:
        if result.tier == "hidden" and result.status != "passed":
            causes = lost.setdefault(result.group, {})
            causes[result.cause] = causes.get(result.cause, 0) + 1
    shares = {function: loss(results, called, function) for function in exercise.config.functions}
    visible = [r.status == "passed" for r in results if r.tier == "visible"]
    declared = trial.declared
    return Row(
        trial.version.label,
        trial.version.role,
        score(results),
        {function: share for function, share in shares.items() if share},
        (sum(visible), len(visible)),
        lost,
        isinstance(declared, PartialVersion) and declared.textbook,
    )


def ordered(rows: Sequence[Row]) -> list[Row]:
    """Right versions first, wrong ones last, the better ones first among each."""
    return sorted(rows, key=lambda row: (ROLES.index(row.role), -row.score, row.name))


def table(rows: Sequence[Row], lang: Lang, rich: bool) -> str:
    """The rows for people: a table on a terminal, plain aligned lines elsewhere."""
    header = [title.get(lang) for title in _HEADER]
    cells = [_cells(row, lang) for row in ordered(rows)]
    return _rich(header, cells) if rich else _plain(header, cells)


def _cells(row: Row, lang: Lang) -> list[str]:
    name = f"{row.name} ({_TEXTBOOK.get(lang)})" if row.textbook else row.name
    functions = ", ".join(f"{function} {percent(share)}" for function, share in row.functions.items())
    lost = "; ".join(f"{group} ({_causes(causes, lang)})" for group, causes in row.lost.items())
    return [name, f"{float(row.score):.3f}", functions, f"{row.visible[0]}/{row.visible[1]}", lost]


def _causes(causes: Mapping[str | None, int], lang: Lang) -> str:
    return ", ".join(f"{cause or _NO_CAUSE.get(lang)}: {n}" for cause, n in causes.items())


def _plain(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, *rows]
    widths = [max(columns(line[i]) for line in lines) for i in range(len(header))]
    return "\n".join("  ".join(map(pad, line, widths)).rstrip() for line in lines)


def _rich(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Cell

    grid = Table(pad_edge=False, show_lines=False)
    for i, title in enumerate(header):
        grid.add_column(Cell(title), no_wrap=i in (0, 1, 3), justify="right" if i in (1, 3) else "left")
    for row in rows:
        grid.add_row(*(Cell(cell) for cell in row))
    console = Console()
    with console.capture() as capture:
        console.print(grid)
    return capture.get().rstrip("\n")
