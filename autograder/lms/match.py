"""Who is who: students of the gradebook against the lines of a file from an LMS, by exact ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..errors import UsageError
from ..i18n import Text
from .export import EVERYONE, Request, listed
from .rows import NUMBERS, GradeRow, normal_id

_KINDS = {
    "moodle": Text("Moodle participant number", "Moodle の参加者番号"),
    "canvas": Text("Canvas user ID", "Canvas のユーザー ID"),
    "sis": Text("SIS user ID", "SIS ユーザー ID"),
    "idnumber": Text("ID number", "ID ナンバー"),
    "username": Text("username", "ユーザー名"),
    "email": Text("email address", "メールアドレス"),
    "blackboard": Text("Blackboard username", "Blackboard のユーザー名"),
    "manaba": Text("manaba user ID", "manaba のユーザ ID"),
    "webclass": Text("WebClass user ID", "WebClass のユーザ ID"),
    "student": Text("student id", "学籍番号"),
}


@dataclass(frozen=True)
class Entry:
    """A student as a file names them.

    Attributes
    ----------
    row
        Where: the number of the row or folder.
    where
        The same for people.
    ids
        By kind, those that the file tells and that are not empty; the surest kind first.
    """

    row: int
    where: str
    ids: Mapping[str, str]
    name: str | None = None

    def id(self, kind: str) -> str | None:
        found = self.ids.get(kind)
        return normal_id(found, kind) or None if found else None

    @property
    def label(self) -> str:
        return next(iter(self.ids.values()), "?")


@dataclass(frozen=True)
class Matched:
    """Pairs in the order of the file, and what was left out on request."""

    pairs: tuple[tuple[GradeRow, Entry], ...]
    notes: tuple[Text, ...] = ()


def match(rows: Sequence[GradeRow], entries: Sequence[Entry], request: Request) -> Matched:
    """Pair every student with an entry by the first kind of id that both have.

    Absent students without any score need no entry.

    Raises
    ------
    UsageError
        An id is there twice, two ids of an entry mean different students, someone is on one
        side only, or the names say that the file is of another assignment.
    """
    kinds = list(dict.fromkeys(kind for entry in entries for kind in entry.ids))
    known = {kind: _index(rows, kind) for kind in kinds}
    _refuse_repeated(entries, kinds)
    pairs: list[tuple[GradeRow, Entry]] = []
    strangers: list[Entry] = []
    for entry in entries:
        found = [row for kind in kinds if (key := entry.id(kind)) and (row := known[kind].get(key))]
        if not found:
            strangers.append(entry)
        else:
            _refuse_two_owners(entry, found)
            _refuse_other_number(entry, found[0])
            pairs.append((found[0], entry))
    _refuse_shared(pairs)
    if not request.ignore_names:
        for row, entry in pairs:
            _refuse_only_a_number(row, entry)
        _refuse_other_people(rows, pairs, entries, request)
    paired = {id(row) for row, _ in pairs}
    left = [row for row in rows if id(row) not in paired]
    lost = [row for row in left if any(s is not None for s in row.scores.values())]
    notes = _unmatched(lost, strangers, kinds, request, bool(pairs))
    return Matched(tuple(pairs), (*notes, *_neither([row.student for row in left if row not in lost], request)))


def _index(rows: Iterable[GradeRow], kind: str) -> dict[str, GradeRow]:
    found: dict[str, GradeRow] = {}
    for row in rows:
        key = row.id(kind)
        if key and key in found:
            raise UsageError(
                Text(
                    f"{found[key].student} and {row.student} have the same {_KINDS[kind].en}: {key}. "
                    "Mend the roster and grade again.",
                    f"{found[key].student} と {row.student} の{_KINDS[kind].ja}が同じです: {key}。"
                    "名簿を直して採点し直してください。",
                )
            )
        if key:
            found[key] = row
    return found


def _refuse_repeated(entries: Sequence[Entry], kinds: Sequence[str]) -> None:
    for kind in kinds:
        seen: dict[str, Entry] = {}
        for entry in entries:
            key = entry.id(kind)
            if key and key in seen:
                raise UsageError(
                    Text(
                        f"{entry.where}: {_KINDS[kind].en} {key} is there twice (first at {seen[key].where}). "
                        "Download the file again.",
                        f"{entry.where}: {_KINDS[kind].ja} {key} が重複しています（{seen[key].where} にもあります）。"
                        "ファイルをダウンロードし直してください。",
                    )
                )
            if key:
                seen[key] = entry


def _refuse_two_owners(entry: Entry, found: Sequence[GradeRow]) -> None:
    owners = list(dict.fromkeys(row.student for row in found))
    if len(owners) > 1:
        raise UsageError(
            Text(
                f"{entry.where}: its ids belong to different students ({listed(owners)}). "
                "Is this the file of another assignment or course?",
                f"{entry.where}: この行の複数の ID が別々の学生（{listed(owners)}）のものです。"
                "別の課題または別のコースのファイルではありませんか。",
            )
        )


def _refuse_other_number(entry: Entry, row: GradeRow) -> None:
    # Someone's email is the same everywhere; the number is that of one assignment or one Canvas.
    for kind in NUMBERS:
        ours, theirs = row.id(kind), entry.id(kind)
        if ours and theirs and ours != theirs:
            raise UsageError(
                Text(
                    f"{entry.where}: {row.student} has the {_KINDS[kind].en} {theirs} here, {ours} in the gradebook. "
                    "This file is of another assignment or course; download the one of the graded assignment. "
                    f"(If the roster's column {kind!r} is of another one, remove it and grade again.)",
                    f"{entry.where}: {row.student} の{_KINDS[kind].ja}が、このファイルでは {theirs}、成績簿では {ours} "
                    "です。別の課題または別のコースのファイルです。採点した課題のファイルをダウンロードしてください"
                    f"（名簿の {kind} の列が別の課題のものなら、その列を除いて採点し直してください）。",
                )
            )


def _refuse_only_a_number(row: GradeRow, entry: Entry) -> None:
    """A number that agrees proves nothing where every other id that both sides tell is another person's."""
    if name_keys(row.name) & name_keys(entry.name):
        return
    differing = contradicting(row, entry.ids)
    if differing:
        theirs, ours = (", ".join(x) for x in zip(*differing, strict=True))
        raise UsageError(
            Text(
                f"{entry.where}: {entry.label} is {theirs} here, but {row.student} ({ours}) in the gradebook. "
                "This file is of another assignment or course; download the one of the graded assignment. "
                "(--ignore-names goes by the numbers alone.)",
                f"{entry.where}: このファイルでは {entry.label} は {theirs} ですが、成績簿では {row.student}（{ours}）"
                "です。別の課題または別のコースのファイルです。採点した課題のファイルをダウンロードしてください"
                "（番号だけで照合する場合は --ignore-names）。",
            )
        )


def contradicting(row: GradeRow, ids: Mapping[str, str]) -> list[tuple[str, str]]:
    """Theirs and ours of all ids beside the LMS's numbers that are known on both sides; empty if any agrees."""
    shared = [
        (theirs, ours) for kind, theirs in ids.items() if kind not in NUMBERS and theirs and (ours := row.ids.get(kind))
    ]
    pairs = [(kind, theirs) for kind, theirs in ids.items() if kind not in NUMBERS]
    return [] if any(normal_id(t, k) == row.id(k) for k, t in pairs) else shared


def _refuse_shared(pairs: Sequence[tuple[GradeRow, Entry]]) -> None:
    seen: dict[str, Entry] = {}
    for row, entry in pairs:
        if row.student in seen:
            raise UsageError(
                Text(
                    f"{entry.where} and {seen[row.student].where} are both {row.student}. Mend the roster.",
                    f"{seen[row.student].where} と {entry.where} がどちらも {row.student} に当たります。"
                    "名簿を確かめてください。",
                )
            )
        seen[row.student] = entry


def _refuse_other_people(
    rows: Sequence[GradeRow], pairs: Sequence[tuple[GradeRow, Entry]], entries: Sequence[Entry], request: Request
) -> None:
    """Numbers count from small in every assignment; names tell whose they are here.

    A name that differs proves little (romaji and kanji). A name that is another student's does,
    and so do two or more names of which not one agrees in the same script.
    """
    by_name: dict[str, list[str]] = {}
    for row in rows:
        for key in name_keys(row.name):
            by_name.setdefault(key, []).append(row.student)
    compared = differing = 0
    for row, entry in pairs:
        ours, theirs = name_keys(row.name), name_keys(entry.name)
        if not ours or not theirs or ours & theirs:
            compared += bool(ours and theirs)
            continue
        others = {s for key in theirs for s in by_name.get(key, [])}
        if others:
            raise UsageError(
                Text(
                    f"{entry.where}: {entry.label} is {entry.name!r} here, but {row.student} ({row.name}) in the "
                    f"gradebook; {entry.name!r} is {listed(sorted(others))} there. This file is of another assignment; "
                    "download the one of the graded assignment. (--ignore-names goes by the numbers alone.)",
                    f"{entry.where}: このファイルでは {entry.label} は {entry.name!r} ですが、成績簿では {row.student}"
                    f"（{row.name}）で、{entry.name!r} は {listed(sorted(others))} です。別の課題のファイルです。"
                    "採点した課題のファイルをダウンロードしてください（番号だけで照合する場合は --ignore-names）。",
                )
            )
        compared += 1
        differing += _same_script(row.name, entry.name)
    if compared == differing >= 2:
        raise UsageError(
            Text(
                f"{request.the_template().name}: not one of its {compared} names agrees with the gradebook's. "
                "This file is of another assignment; download the one of the graded assignment. "
                "(--ignore-names goes by the numbers alone.)",
                f"{request.the_template().name}: {compared} 名の氏名が成績簿と 1 つも一致しません。"
                "別の課題のファイルです。採点した課題のファイルをダウンロードしてください"
                "（番号だけで照合する場合は --ignore-names）。",
            )
        )


def name_keys(name: str | None) -> set[str]:
    """Letters and digits only, both orders of the parts; Moodle drops punctuation in names of folders."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name or "").casefold().replace("'", ""))
    return {"".join(words), "".join(reversed(words))} - {""}


def _same_script(a: str | None, b: str | None) -> bool:
    return (a or "").isascii() == (b or "").isascii()


def _unmatched(
    lost: Sequence[GradeRow], strangers: Sequence[Entry], kinds: Sequence[str], request: Request, any_pair: bool
) -> tuple[Text, ...]:
    if not lost and not strangers:
        return ()
    names = Text(", ".join(_KINDS[k].en for k in kinds), "、".join(_KINDS[k].ja for k in kinds))
    file = request.template.name if request.template else ""
    texts = []
    if strangers:
        who = listed([f"{e.label}{f' ({e.name})' if e.name else ''}" for e in strangers], EVERYONE)
        texts.append(
            Text(
                f"{file}: {len(strangers)} not in the gradebook: {who}",
                f"{file}: 成績簿にない学生が {len(strangers)} 名います: {who}",
            )
        )
    if lost:
        who = listed([row.student + _id_of(row, kinds) for row in lost], EVERYONE)
        texts.append(
            Text(
                f"{len(lost)} of the gradebook not in {file}: {who}",
                f"成績簿の {len(lost)} 名が {file} にありません: {who}",
            )
        )
    if request.allow_unmatched and any_pair:
        return tuple(texts)
    if not any_pair:
        texts.append(
            Text(
                "Not one student is in both: is this the file of another assignment or course?",
                "両方にある学生が 1 人もいません。別の課題または別のコースのファイルではありませんか。",
            )
        )
    texts += _lost_zeros(lost, strangers, kinds)
    texts.append(
        Text(
            f"Matched by: {names.en}. Give the roster a column with it and grade again with --roster, "
            "or leave these students out with --allow-unmatched.",
            f"照合に使った ID: {names.ja}。名簿にその列を加え、--roster を付けて採点し直してください。"
            "これらの学生を除いてよい場合は --allow-unmatched を付けてください。",
        )
    )
    raise UsageError(Text("\n".join(t.en for t in texts), "\n".join(t.ja for t in texts)))


def _neither(students: Sequence[str], request: Request) -> list[Text]:
    if not students:
        return []
    file = request.the_template().name
    who = listed(students, EVERYONE)
    return [
        Text(
            f"Without a score, and not in {file} ({len(students)}): {who}",
            f"得点がなく、{file} にもない学生（{len(students)} 名）: {who}",
        )
    ]


def _id_of(row: GradeRow, kinds: Sequence[str]) -> str:
    known = [f"{kind} {row.id(kind)}" for kind in kinds if row.id(kind) and row.id(kind) != row.student]
    return f" ({known[0]})" if known else ""


def _lost_zeros(lost: Sequence[GradeRow], strangers: Sequence[Entry], kinds: Sequence[str]) -> list[Text]:
    ours = {key.lstrip("0"): key for row in lost for kind in kinds if (key := row.id(kind))}
    for entry in strangers:
        for kind in kinds:
            key = entry.id(kind)
            if key and key.lstrip("0") in ours and key.isdigit():
                other = ours[key.lstrip("0")]
                return [
                    Text(
                        f"{key} and {other} differ in leading zeros: a spreadsheet may have removed them. "
                        "Use the file as it was downloaded.",
                        f"{key} と {other} は先頭の 0 だけが異なります。表計算ソフトで開いて保存すると 0 が消えることが"
                        "あります。ダウンロードしたままのファイルを使ってください。",
                    )
                ]
    return []
