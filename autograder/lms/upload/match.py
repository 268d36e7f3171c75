"""Which user of the LMS each row of the gradebook is; in doubt nobody, never somebody else.

Ids that came with a submission or from the roster are sure; all that are known must agree.
Only where none is known, the gradebook's own student id may be a user's id number or
username. It must not be where it is itself only a number of some LMS (a folder
``太郎 山田_4_assignsubmission_file`` without a roster makes a student "4").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...i18n import Text
from ..match import contradicting, name_keys
from ..rows import GradeRow, normal_id
from .target import Person


@dataclass(frozen=True)
class Refusal:
    """A student whose score is not sent, and why."""

    student: str
    reason: Text


def match(
    rows: Sequence[GradeRow], people: Sequence[Person], kinds: Sequence[str], own_kinds: Sequence[str]
) -> tuple[dict[str, Person], list[Refusal]]:
    """The person of each student, and the students who have none or not a single one.

    Parameters
    ----------
    kinds
        Kinds of id to look for.
    own_kinds
        Of these, what the gradebook's own student id may be.
    """
    index = _index(people, kinds)
    found: dict[str, Person] = {}
    refused: list[Refusal] = []
    for row in rows:
        matches = _matches(row, index, kinds, own_kinds)
        if len(matches) == 1 and (differing := contradicting(row, matches[0].ids)) and not _same_name(row, matches[0]):
            theirs, ours = (", ".join(x) for x in zip(*differing, strict=True))
            refused.append(Refusal(row.student, _ANOTHER.format(user=matches[0].user, theirs=theirs, ours=ours)))
        elif len(matches) == 1:
            found[row.student] = matches[0]
        else:
            refused.append(Refusal(row.student, _why(row, matches, kinds)))
    return _once(found, refused)


def _index(people: Iterable[Person], kinds: Sequence[str]) -> Mapping[tuple[str, str], list[Person]]:
    index: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        for kind in kinds:
            if value := person.ids.get(kind):
                index[kind, value].append(person)
    return index


def _matches(
    row: GradeRow,
    index: Mapping[tuple[str, str], list[Person]],
    kinds: Sequence[str],
    own_kinds: Sequence[str],
) -> list[Person]:
    given = [(kind, normal_id(value, kind)) for kind in kinds if (value := row.ids.get(kind))]
    matches = [person for key in given for person in index.get(key, ())]
    if not matches and not row.is_number:
        own = [(kind, normal_id(row.student, kind)) for kind in own_kinds]
        matches = [person for key in own for person in index.get(key, ())]
    return list({person.user: person for person in matches}.values())


def _same_name(row: GradeRow, person: Person) -> bool:
    return bool(name_keys(row.name) & name_keys(person.name))


def _why(row: GradeRow, matches: Sequence[Person], kinds: Sequence[str]) -> Text:
    if matches:
        users = ", ".join(person.user for person in matches)
        return _SEVERAL.format(users=users)
    known = {kind: row.ids[kind] for kind in kinds if row.ids.get(kind)}
    if not known:
        return _NO_ID.format(kinds=", ".join(kinds))
    return _UNKNOWN.format(ids=", ".join(f"{kind} {value}" for kind, value in known.items()))


def _once(found: dict[str, Person], refused: list[Refusal]) -> tuple[dict[str, Person], list[Refusal]]:
    """Take out all students who share one user: neither may get the other's score."""
    by_user: dict[str, list[str]] = defaultdict(list)
    for student, person in found.items():
        by_user[person.user].append(student)
    for user, students in by_user.items():
        if len(students) > 1:
            for student in students:
                others = ", ".join(s for s in students if s != student)
                refused.append(Refusal(student, _SHARED.format(user=user, others=others)))
                del found[student]
    return found, refused


_ANOTHER = Text(
    "only a number fits the user {user} of the LMS, who is {theirs} there and {ours} here; correct the roster",
    "番号が一致する LMS のユーザー {user} は、LMS では {theirs}、ここでは {ours} です。名簿を直してください",
)
_SEVERAL = Text(
    "the ids fit different users of the LMS ({users}); correct the roster",
    "ID が LMS の別々のユーザー（{users}）に当たります。名簿を直してください",
)
_NO_ID = Text(
    "no id that the LMS knows; grade with a roster that has one of: {kinds}",
    "LMS の ID がわかりません。次のいずれかの列がある名簿を使って採点してください: {kinds}",
)
_UNKNOWN = Text(
    "nobody with {ids} takes part in this assignment",
    "この課題の参加者に {ids} に当たる人がいません",
)
_SHARED = Text(
    "is the same user of the LMS ({user}) as {others}; correct the roster (or, if one of them is from an earlier "
    "grading run only, choose the last with --run)",
    "LMS の同じユーザー（{user}）に {others} も当たります。名簿を直してください"
    "（どちらかが以前の採点にしかない場合は、--run で最後の採点を選んでください）",
)
