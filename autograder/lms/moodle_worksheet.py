"""``moodle-worksheet``: fill in an assignment's offline grading worksheet.

Its headers are in the teacher's language and Moodle wants them back unchanged, so columns are
found by what is known of them and by what they hold: every worksheet has, in this order,
identifier, [name, email, ...,] status, grade, maximum grade, [workflow state,] whether the
grade can be changed, dates and feedback.

Only lines in which something changes are written: a grade is downloaded with two decimals and
stored with five, so a line that is sent back as it came rounds it; and Moodle reads ``-`` as 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..collect.table import normal
from ..errors import UsageError
from ..i18n import Text
from .cellhtml import html_cell
from .export import Change, Format, Option, Rendered, Request, feedback, listed
from .fill import Filled, Target, fill, whose
from .match import Entry, Matched, match
from .numbers import read_number
from .readback import Malformed, moodle_reads
from .rows import GradeRow
from .sheet import Sheet, read_sheet

_HEADERS: Mapping[str, frozenset[str]] = {
    "identifier": frozenset({"identifier", "識別子", "id"}),
    "name": frozenset({"full name", "氏名", "フルネーム", "姓名"}),
    "idnumber": frozenset({"id number", "idnumber", "idナンバー", "id ナンバー", "学籍番号"}),
    "username": frozenset({"username", "ユーザ名", "ユーザー名"}),
    "grade": frozenset({"grade", "評点", "評定"}),
    "maximum": frozenset({"maximum grade", "最大評点", "最大評定"}),
    "scale": frozenset({"scale", "評価尺度"}),
    "changeable": frozenset({"grade can be changed", "評点変更可"}),
    "feedback": frozenset({"feedback comments", "フィードバックコメント"}),
}
_NO = frozenset({"no", "いいえ", "nein", "non", "nee", "não", "nie", "нет", "否", "不", "아니오", "아니요"})
_PARTICIPANT = re.compile(r"\D*?\s*(\d+)")
_DATE = re.compile(r"-|.*\d{4}.*\d.*")


@dataclass(frozen=True)
class Columns:
    """Where a worksheet has what; None for what it does not have."""

    identifier: int
    grade: int
    maximum: int
    changeable: int | None
    feedback: int | None
    name: int | None
    ids: Mapping[str, int]


def render(rows: Sequence[GradeRow], request: Request) -> Rendered:
    """The worksheet with grades and feedback."""
    template = request.the_template()
    sheet = read_sheet(template.data, template.name)
    students = [i for i, row in enumerate(sheet.rows) if i and any(cell.strip() for cell in row)]
    columns = find_columns(sheet, students, request)
    entries = [_entry(sheet, i, columns) for i in students]
    matched = match(rows, entries, request)
    target = Target(request.columns[0], sheet.rows[0][columns.grade], columns.grade, _maximum(sheet, students, columns))
    locked = [entry for entry in entries if _is_locked(sheet, entry, columns)]
    filled = fill(sheet, matched, [target], request, skip=locked)
    cells, changes, notes = _feedback(sheet, matched, columns, request, filled, locked)
    sent = [i for i in students if any(row == i for row, _ in cells)]
    data = sheet.write(cells, whose(matched), {0, *sent})
    _prove(sheet, sent, columns, cells, data)
    notes += _told(sheet, students, sent, locked, changes)
    notes += _old_feedback(sheet, [e for e in entries if e.row in sent], columns, cells)
    order = {row.student: i for i, (row, _) in enumerate(matched.pairs)}
    changes.sort(key=lambda change: order[change.student])
    return Rendered({template.name: data}, tuple(changes), tuple(notes), filled.unchanged)


def find_columns(sheet: Sheet, students: Sequence[int], request: Request) -> Columns:
    """Find the columns, by header where it is known, else by order and content.

    Raises
    ------
    UsageError
        This is no worksheet, or its grade column cannot be told.
    """
    header = [normal(title) for title in sheet.rows[0]]
    values = [[sheet.cell(i, c).strip() for i in students] for c in range(len(header))]
    known = {field: i for field, titles in _HEADERS.items() for i, t in enumerate(header) if t in titles}
    if not students or not all(_PARTICIPANT.fullmatch(v) for v in values[0]):
        raise UsageError(
            Text(
                f"{sheet.name}: not a grading worksheet of Moodle: its first column must be like 'Participant 4'. "
                "Download it in the assignment: Submissions > Download grading worksheet.",
                f"{sheet.name}: Moodle の評定ワークシートではありません"
                "（1 列目が「参加者4」のような形ではありません）。"
                "課題の提出一覧で［評定ワークシートをダウンロードする］を選んでください。",
            )
        )
    if "scale" in known and "maximum" not in known:
        raise UsageError(
            Text(
                f"{sheet.name}: this assignment is graded by a scale, not by points. Change its grade type in Moodle.",
                f"{sheet.name}: この課題は評点ではなく評価尺度で評定されます。"
                "Moodle で評定のタイプを変更してください。",
            )
        )
    maximum = known.get("maximum", _by_content(values))
    grade = _asked(sheet, header, request.options.get("grade_column", ""), known.get("grade"), maximum)
    if grade is None or maximum is None or not 0 < grade < len(header) or grade == maximum:
        raise UsageError(
            Text(
                f"{sheet.name}: cannot tell which column is the grade: {listed(list(sheet.rows[0]))}. "
                "Give its title or number: --grade-column 5",
                f"{sheet.name}: どの列が評点かわかりません: {listed(list(sheet.rows[0]))}。"
                "見出しか番号で指定してください（例: --grade-column 5）。",
            )
        )
    changeable = known.get("changeable", maximum + 1 if maximum + 1 < len(header) else None)
    feedback = _asked(sheet, header, request.options.get("feedback_column", ""), known.get("feedback"), None)
    last = len(header) - 1
    if feedback is None and last > maximum + 2 and not all(_DATE.fullmatch(v) for v in values[last]):
        feedback = last
    ids = {kind: known[kind] for kind in ("idnumber", "username") if kind in known}
    email = next((c for c, v in enumerate(values[:grade]) if any(v) and all("@" in x for x in v if x)), None)
    name = known.get("name")
    if name is None and grade > 2 and len(set(values[1])) * 2 > len(students) and email != 1:
        name = 1
    return Columns(0, grade, maximum, changeable, feedback, name, ids | ({"email": email} if email else {}))


def _by_content(values: Sequence[Sequence[str]]) -> int | None:
    """The one column of equal numbers above 0 that follows a column of grades."""
    found = [
        c
        for c in range(2, len(values))
        if len(set(values[c])) == 1 and read_number(values[c][0]) and all(_is_grade(v) for v in values[c - 1])
    ]
    return found[0] if len(found) == 1 else None


def _is_grade(text: str) -> bool:
    return text in ("", "-") or read_number(text) is not None


def _asked(sheet: Sheet, header: Sequence[str], asked: str, known: int | None, maximum: int | None) -> int | None:
    """The column that an option names, else the known one, else the one before the maximum."""
    if not asked:
        return known if known is not None else maximum - 1 if maximum is not None else None
    if asked.isdigit() and 0 < int(asked) <= len(header):
        return int(asked) - 1
    if normal(asked) in header:
        return header.index(normal(asked))
    raise UsageError(
        Text(
            f"{sheet.name}: no column {asked!r}. It has: {listed(list(sheet.rows[0]))}",
            f"{sheet.name}: 列 {asked!r} がありません。あるのは次の列です: {listed(list(sheet.rows[0]))}",
        )
    )


def _entry(sheet: Sheet, row: int, columns: Columns) -> Entry:
    number = _PARTICIPANT.fullmatch(sheet.cell(row, columns.identifier).strip())
    assert number is not None
    ids = {"moodle": number[1]}
    ids |= {kind: text for kind, c in columns.ids.items() if (text := sheet.cell(row, c).strip())}
    return Entry(row, sheet.where(row), ids, sheet.cell(row, columns.name) if columns.name is not None else None)


def _maximum(sheet: Sheet, students: Sequence[int], columns: Columns) -> Fraction:
    found = {sheet.cell(i, columns.maximum).strip() for i in students}
    number = read_number(next(iter(found))) if len(found) == 1 else None
    if not number:
        title = sheet.rows[0][columns.maximum]
        raise UsageError(
            Text(
                f"{sheet.name}: column {title!r} must hold one number of points, not {listed(sorted(found), 3)}.",
                f"{sheet.name}: 「{title}」の列は 1 つの数値でなければなりません（{listed(sorted(found), 3)}）。",
            )
        )
    return number


def _is_locked(sheet: Sheet, entry: Entry, columns: Columns) -> bool:
    return columns.changeable is not None and normal(sheet.cell(entry.row, columns.changeable)) in _NO


def _feedback(
    sheet: Sheet, matched: Matched, columns: Columns, request: Request, filled: Filled, locked: Sequence[Entry]
) -> tuple[dict[tuple[int, int], str], list[Change], list[Text]]:
    cells, changes, notes = dict(filled.cells), list(filled.changes), list(filled.notes)
    if request.feedback is None:
        return cells, changes, notes
    if columns.feedback is None:
        notes.append(
            Text(
                "The worksheet has no column for feedback: switch 'Feedback comments' on in the assignment.",
                "ワークシートにフィードバックの列がありません。課題の設定で「フィードバックコメント」を有効にしてください。",
            )
        )
        return cells, changes, notes
    title = sheet.rows[0][columns.feedback]
    left = {entry.row for entry in locked}
    for row, entry in matched.pairs:
        if row.scores.get(request.columns[0]) is None or entry.row in left:
            continue
        was, becomes = sheet.cell(entry.row, columns.feedback), html_cell(feedback(row, request.columns, request) or "")
        if was != becomes:
            cells[entry.row, columns.feedback] = becomes
            changes.append(Change(row.student, row.name, title, was, becomes, "feedback"))
    return cells, changes, notes


def _told(
    sheet: Sheet, students: Sequence[int], sent: Sequence[int], locked: Sequence[Entry], changes: Sequence[Change]
) -> list[Text]:
    """What the instructor must know at the upload."""
    notes = []
    if len(sent) < len(students):
        notes.append(
            Text(
                f"Lines in which nothing changes are left out of the file, and Moodle leaves them alone: "
                f"{len(students) - len(sent)}",
                f"変更のない行（{len(students) - len(sent)} 行）はファイルに含めません。Moodle でもそのまま残ります。",
            )
        )
    if locked:
        who = listed([entry.label for entry in locked])
        notes.append(
            Text(
                f"Locked or overridden in Moodle's gradebook, left as they are: participants {who}",
                f"Moodle の評定表でロックまたは上書きされているため、そのままにします: 参加者 {who}",
            )
        )
    if any("年" in cell for i in sent for cell in sheet.rows[i]):
        notes.append(
            Text(
                "At the upload, tick 'Allow updating records that have been modified more recently in Moodle than in "
                "the spreadsheet': Moodle cannot read its own Japanese dates back.",
                "アップロードの際は、「スプレッドシートより最近にMoodle内のレコードが修正されている場合、"
                "更新を許可します。」にチェックを入れてください。"
                "Moodle は自身が書き出した日本語の日時を読み戻せません。",
            )
        )
    if sheet.encoding != "utf-8" or sheet.delimiter != ",":
        named = {",": "comma", ";": "semicolon", "\t": "tab"}[sheet.delimiter]
        notes.append(
            Text(
                f"At the upload, choose the encoding {sheet.encoding} and the separator {named}.",
                f"アップロードの際は、文字コード {sheet.encoding}、区切り文字 {named} を選んでください。",
            )
        )
    replaced = sum(c.kind == "feedback" and bool(c.was and c.was.strip()) for c in changes)
    if replaced:
        notes.append(
            Text(
                f"Replaces the feedback of {replaced} students.",
                f"{replaced} 名の既存のフィードバックを置き換えます。",
            )
        )
    return notes


def _old_feedback(
    sheet: Sheet, entries: Sequence[Entry], columns: Columns, cells: Mapping[tuple[int, int], str]
) -> list[Text]:
    """Moodle exported it without its tags, and takes what the file says for an edit."""
    place = columns.feedback
    if place is None:
        return []
    who = [e.label for e in entries if (e.row, place) not in cells and re.search(r"\S", sheet.cell(e.row, place))]
    if not who:
        return []
    return [
        Text(
            f"Moodle will store the old feedback of these participants again, without its formatting: {listed(who)}",
            f"次の参加者の以前のフィードバックは、書式のない形で Moodle に保存し直されます: {listed(who)}",
        )
    ]


def _prove(
    sheet: Sheet,
    students: Sequence[int],
    columns: Columns,
    cells: Mapping[tuple[int, int], str],
    data: bytes,
) -> None:
    """Refuse a file in which Moodle would find a grade or a feedback in another student's line."""
    text = data.decode("utf-8-sig" if sheet.encoding == "utf-8" else sheet.encoding)
    wanted = [columns.identifier, columns.grade, *([columns.feedback] if columns.feedback is not None else [])]
    try:
        read = [r for r in moodle_reads(text, sheet.delimiter) if any(cell.strip() for cell in r)]
    except Malformed:
        read = []
    expected = [0, *students]
    for i, number in enumerate(expected):
        ours = [cells.get((number, c), sheet.cell(number, c)) for c in wanted]
        ours = [re.sub("\r\n?", "\n", cell) for cell in ours]
        theirs = [read[i][c] for c in wanted] if i < len(read) and len(read[i]) == len(sheet.rows[0]) else None
        if theirs != ours or (i == len(expected) - 1 and len(read) != len(expected)):
            near = [sheet.where(n) for n in expected[: i + 1] if any("\\" in cell for cell in sheet.rows[n])]
            at = near[-1] if near else sheet.where(number)
            raise UsageError(
                Text(
                    f"{at}: Moodle would read this line into another student's "
                    "(a backslash, a quote or a missing cell). Delete the backslash in the name or the old feedback "
                    "in the file; Moodle does not read names back.",
                    f"{at}: Moodle はこの行を別の学生の行として読んでしまいます（\\ や引用符、またはセルの不足）。"
                    "ファイル内の氏名や以前のフィードバックから \\ を削除してください。Moodle は氏名を読み戻しません。",
                )
            )


FORMAT = Format(
    render,
    template=Text("The worksheet, as downloaded.", "ダウンロードしたままの評定ワークシート。"),
    platform="moodle",
    feedback=True,
    options=(
        Option("grade-column", "Title or number of the grade column, where it is not recognised."),
        Option("feedback-column", "Title or number of the feedback column, where it is not recognised."),
    ),
)
