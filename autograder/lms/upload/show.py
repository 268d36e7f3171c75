"""A plan and a report in words, for a terminal and for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from ...i18n import Lang, Text
from ...text.align import columns, pad
from ...text.clean import clean_line
from .match import Refusal
from .plan import Plan
from .run import SENT_AND_WRONG, Report
from .target import Change

_HEADER = Text("student|name in the LMS|was|becomes|comment", "学生|LMS 上の氏名|現在|登録後|コメント")
_NEW = Text("new", "追加")
_REPLACED = Text("replaced", "置換")
_LOWER = Text("lower", "下がる")
_WIDEST = 24


def plan_lines(plan: Plan, lang: Lang) -> Iterator[str]:
    """The dry run: a row for each change, then who is left out and why."""
    maximum = "" if plan.destination.maximum is None else f" / {plan.destination.maximum.normalize():f}"
    yield f"{clean_line(plan.destination.title)} <- {plan.column}{maximum}"
    for note in plan.destination.notes:
        yield f"  {note.get(lang)}"
    if plan.changes:
        yield from _table([_HEADER.get(lang).split("|"), *(_row(change, plan, lang) for change in plan.changes)])
    yield _counts(plan).get(lang)
    yield from _listed(_SKIPPED, plan.skipped, lang)
    yield from _listed(_REFUSED, plan.refused, lang)


def report_lines(report: Report, lang: Lang) -> Iterator[str]:
    """How the upload ended."""
    yield _DONE.format(n=len(report.verified)).get(lang)
    if report.comments_unread:
        yield _UNREAD.format(n=report.comments_unread).get(lang)
    yield from _listed(_FAILED, report.failed, lang)
    wrong = [
        Refusal(u.student, SENT_AND_WRONG.format(wanted=_score(u.wanted), found=_score(u.found.score)))
        for u in report.unverified
    ]
    yield from _listed(_UNVERIFIED, wrong, lang)


def as_json(plan: Plan, report: Report | None) -> dict[str, Any]:
    """The same for other programs; ``result`` is null for a dry run."""
    return {
        "destination": plan.destination.title,
        "maximum": None if plan.destination.maximum is None else float(plan.destination.maximum),
        "column": plan.column,
        "notes": [note.as_dict() for note in plan.destination.notes],
        "changes": [
            {
                "student": change.student,
                "user": change.user,
                "was": None if change.was.score is None else float(change.was.score),
                "becomes": float(change.score),
                "comment": change.send_comment,
            }
            for change in plan.changes
        ],
        "same": list(plan.same),
        "skipped": _reasons(plan.skipped),
        "refused": _reasons(plan.refused),
        "result": report
        and {
            "verified": report.verified,
            "failed": _reasons(report.failed),
            "unverified": [
                {
                    "student": u.student,
                    "wanted": float(u.wanted),
                    "found": None if u.found.score is None else float(u.found.score),
                }
                for u in report.unverified
            ],
            "comments_unread": report.comments_unread,
        },
    }


def _reasons(refusals: Sequence[Refusal]) -> list[dict[str, Any]]:
    return [{"student": r.student, "reason": r.reason.as_dict()} for r in refusals]


def _row(change: Change, plan: Plan, lang: Lang) -> list[str]:
    lower = change.was.score is not None and change.send_score and change.score < change.was.score
    becomes = _score(change.score) + (f" ({_LOWER.get(lang)})" if lower else "")
    comment = ""
    if change.send_comment:
        comment = (_REPLACED if change.was.comments and not plan.destination.appends else _NEW).get(lang)
    return [change.student, change.name or "", _score(change.was.score), becomes, comment]


def _counts(plan: Plan) -> Text:
    new = sum(c.was.score is None for c in plan.changes)
    lower = sum(c.was.score is not None and c.send_score and c.score < c.was.score for c in plan.changes)
    return _COUNTS.format(
        changes=len(plan.changes),
        new=new,
        lower=lower,
        same=len(plan.same),
        skipped=len(plan.skipped),
        refused=len(plan.refused),
    )


def _listed(title: Text, refusals: Sequence[Refusal], lang: Lang) -> Iterator[str]:
    if refusals:
        yield title.get(lang)
        for refusal in refusals:
            yield f"  {clean_line(refusal.student)}: {clean_line(refusal.reason.get(lang))}"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Aligned by the width on a terminal, where a kanji takes two columns."""
    cells = [[_cut(clean_line(cell)) for cell in row] for row in rows]
    widths = [max(columns(row[i]) for row in cells) for i in range(len(cells[0]))]
    for number, row in enumerate(cells):
        yield " | ".join(pad(cell, w) for cell, w in zip(row, widths, strict=True)).rstrip()
        if number == 0:
            yield "-|-".join("-" * w for w in widths)


def _score(score: Decimal | None) -> str:
    return "-" if score is None else f"{score.normalize():f}"


def _cut(text: str) -> str:
    if columns(text) <= _WIDEST:
        return text
    while columns(text) > _WIDEST - 3:
        text = text[:-1]
    return text + "..."


_COUNTS = Text(
    "{changes} to change ({new} without a score so far, {lower} become lower), {same} as they should be, "
    "{skipped} skipped, {refused} refused.",
    "変更 {changes} 名（うち新規 {new} 名、得点が下がる学生 {lower} 名）、変更なし {same} 名、対象外 {skipped} 名、"
    "送信不可 {refused} 名。",
)
_SKIPPED = Text("Skipped; what the LMS holds stays:", "対象外（LMS の内容は変更しません）:")
_REFUSED = Text("REFUSED; nothing is sent for them:", "送信不可（この学生の分は送信しません）:")
_DONE = Text("{n} stored and read back as they should be.", "{n} 名分を登録し、読み戻して一致を確認しました。")
_UNREAD = Text(
    "{n} comments were sent, but this LMS does not let us read them back.",
    "コメント {n} 件は送信済みですが、この LMS では読み戻して確認できません。",
)
_FAILED = Text("FAILED:", "失敗:")
_UNVERIFIED = Text(
    "NOT STORED AS SENT (is the grade locked or overridden in the LMS's gradebook?):",
    "送信した値と保存された値が異なります（LMS の評定表でロックまたは上書きされていませんか）:",
)
