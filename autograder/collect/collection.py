"""List the submissions of a class; read each when its turn comes.

`collect` looks at names only, so a class of any size costs a few hundred bytes a student.
`Entry.read` reads one student's files; nothing of them is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Literal

from ..errors import UsageError
from ..i18n import Text
from ..model import Note, Submission
from .choose import Chooser
from .files import File, Listing, Store, UnreadableFile, capped
from .folder import walk_folder
from .identity import Identified, identify
from .layout import no_submissions, open_store, refuse_single_student
from .lms import Part, Place, claim_all
from .members import MAX_NESTED, MAX_NESTED_BYTES, open_nested
from .names import suffix
from .received import NAME as RECEIVED
from .received import read_received
from .roster import NUMBERED, Roster, RosterRow
from .strays import closed
from .table import normal
from .texts import note, problem, show, size

MAX_LIST_BYTES = 256 * 2**20  # Gradescope's holds all that every test ever printed

Attempts = Literal["newest", "best"]


@dataclass(frozen=True)
class Entry:
    """One student's submission, not read yet."""

    student: str
    name: str | None
    notes: tuple[Note, ...] = ()
    late_by_lms: bool = False
    attempt: int = 1
    ids: dict[str, str] = field(default_factory=dict)
    reader: Callable[[Entry], Submission] = field(kw_only=True, repr=False, compare=False)

    def read(self) -> Submission:
        """Read the files that count. Never raises for what a student did: that is in the notes."""
        return self.reader(self)

    def unread(self) -> Submission:
        """What is known of it without reading."""
        return Submission(
            self.student,
            {},
            late_by_lms=self.late_by_lms,
            attempt=self.attempt,
            name=self.name,
            notes=self.notes,
            ids=self.ids,
        )


@dataclass(frozen=True)
class Collection:
    """What `collect` found.

    Attributes
    ----------
    entries
        One for each student who handed in anything, sorted by student.
    missing
        The roster's students without an entry, in the roster's order.
    notes
        About the class as a whole; notes about a submission come with it.
    known
        How many of those who handed in are on the roster, None without one.
    """

    entries: tuple[Entry, ...]
    missing: tuple[RosterRow, ...] = ()
    notes: tuple[Note, ...] = ()
    known: int | None = None

    @property
    def submissions(self) -> Iterator[Submission]:
        """The submissions, each read when it is asked for."""
        return (entry.read() for entry in self.entries)


@dataclass(frozen=True)
class _Context:
    """What reading any entry needs."""

    store: Store
    choose: Chooser
    tz: tzinfo
    received: Mapping[str, tuple[int, datetime]]


def collect(
    path: Path,
    exercise_ids: Sequence[str],
    roster: Roster | None = None,
    *,
    functions: Mapping[str, Sequence[str]] | None = None,
    tz: tzinfo = UTC,
    attempts: Attempts = "newest",
    quizzes: Sequence[str] = (),
    known: Sequence[str] = (),
) -> Collection:
    """Find the submissions in a folder of student folders, or in the download of an LMS.

    Parameters
    ----------
    path
        A folder with one folder (or zip) per student, an LMS's download as a zip or unpacked
        (`lms.claim_all`), or a zip of such a folder.
    exercise_ids
        A file ``<exercise id>.py`` at any depth is that exercise.
    roster
        The class list: maps an entry to a student id, and tells who is missing.
    functions
        For each exercise the names of its functions; a notebook that defines one of them counts.
    tz
        The time zone of the times in zips, and of times without an offset in ``received.csv``.
    attempts
        Of a student with several attempts: the newest only, or all, an entry each.
    quizzes
        A file ``<quiz id>.yaml`` (or .yml, .json) holds the answers of that quiz; so do the
        cells of a notebook that begin with ``%%quiz <quiz id>``.
    known
        Ids of the course's other exercises and quizzes, which are not asked for.

    Raises
    ------
    UsageError
        There is nothing at `path`, it is no folder and no readable zip, or it holds no submissions.
    """
    store = open_store(Path(path), tz, exercise_ids, roster)
    parts, notes = _owners(store, roster, tz)
    if not parts:
        raise no_submissions(store, notes)
    refuse_single_student(store, [p.top.name for p in parts], exercise_ids, roster)
    received = _received(store, tz)
    who = identify(parts, roster)
    groups, match_notes = who.groups, who.notes
    context = _Context(store, Chooser(exercise_ids, functions, quizzes, known), tz, received)
    entries = tuple(
        _entry(student, tried, number, roster, (*match_notes.get(student, ()), *older), context)
        for student, group in sorted(groups.items())
        for number, tried, older in _attempts(group, attempts)
    )
    missing = tuple(row for row in roster.rows if row.student not in groups) if roster else ()
    if roster is not None:
        notes += [*roster.notes, *_hints(who, missing)]
    notes += [n for ns in match_notes.values() for n in ns if n.code != "part_of_name"]
    notes += _unused_lines(store, received, groups)
    return Collection(entries, missing, tuple(dict.fromkeys(notes)), who.known if roster else None)


def _owners(store: Store, roster: Roster | None, tz: tzinfo) -> tuple[list[Part], list[Note]]:
    """The entries that belong to someone, and notes on what lies beside them."""
    tops = store.tops()
    claim = claim_all(Place(store.label, tops, lambda name: _read_top(store, name), roster, tz))
    taken = claim.names
    stray = [note("stray_file", path=t.name) for t in tops if t.name not in taken and normal(t.name) != RECEIVED]
    return claim.parts, [*capped(store.notes), *claim.notes, *capped(stray)]


def _hints(who: Identified, missing: Sequence[RosterRow]) -> Iterator[Note]:
    """What a spreadsheet may have done to the roster."""
    absent = {row.student.lstrip("0"): row.student for row in missing if row.student.isdigit()}
    ids = [s for s, parts in who.groups.items() if any(p.owner.lms not in NUMBERED for p in parts)]
    pairs = [(absent[key], given) for given in ids if (key := normal(given).lstrip("0")) in absent]
    differing = [(listed, given) for listed, given in pairs if listed != given]
    if differing:
        yield note("roster_zeros", listed=differing[0][0], given=differing[0][1], count=len(differing))


def _attempts(parts: list[Part], wanted: Attempts) -> Iterator[tuple[int, list[Part], tuple[Note, ...]]]:
    """The attempts to grade: their number from 1, their parts, and notes on those that are not graded."""
    labels = sorted({p.owner.attempt for p in parts})
    for number, label in enumerate(labels, 1):
        tried = [p for p in parts if p.owner.attempt == label]
        if wanted == "best":
            yield number, tried, ()
        elif number == len(labels):
            older = (p.top.name for p in parts if p.owner.attempt != label)
            yield number, tried, capped(note("older_attempt", label=name) for name in older)


def _entry(
    student: str, parts: list[Part], attempt: int, roster: Roster | None, notes: tuple[Note, ...], context: _Context
) -> Entry:
    row = roster.get(student) if roster else None
    name = (row.name if row else None) or next((p.owner.name for p in parts if p.owner.name), None)
    if len(_origins(parts)) > 1:
        shown = ", ".join(show(n) for n in _origins(parts))
        notes = (*notes, note("merged_entries", names=shown))
    late = any(p.owner.late for p in parts)
    ids = {column: value for p in parts for column, value in p.owner.ids.items()} | (row.ids if row else {})
    return Entry(student, name, notes, late, attempt, ids, reader=lambda entry: _read(entry, parts, context))


def _origins(parts: list[Part]) -> list[str]:
    """The separate entries: files that Canvas lists flat for one user are one."""
    return sorted({p.top.name if p.top.is_dir or p.owner.lms is None else p.owner.key for p in parts})


def _read(entry: Entry, parts: list[Part], context: _Context) -> Submission:
    several = len(_origins(parts)) > 1
    listing = Listing()
    for part in parts:
        found = context.store.walk(part.top)
        files = [replace(f, path=part.owner.file) for f in found.files] if part.owner.file else found.files
        listing.files += [f.under(part.top.name) for f in files] if several and part.top.is_dir else files
        listing.notes += found.notes
    told = next((t for k in _keys(entry.student, parts) if (t := context.received.get(k))), None)
    by_lms = max((p.owner.received for p in parts if p.owner.received), default=None)
    submission = _submission(entry.student, listing, context.choose, context.tz, several, entry.notes)
    return replace(
        submission,
        received_at=told[1] if told else by_lms or submission.received_at,
        late_by_lms=entry.late_by_lms,
        attempt=entry.attempt,
        name=entry.name,
        notes=(*entry.notes, *submission.notes),
        ids=entry.ids,
    )


def read_one(
    folder: Path,
    student: str,
    exercise_ids: Sequence[str],
    *,
    functions: Mapping[str, Sequence[str]] | None = None,
    tz: tzinfo = UTC,
) -> Submission:
    """Read one student's own folder, by the rules of `collect`; an empty one is an empty submission."""
    return _submission(student, walk_folder(folder), Chooser(exercise_ids, functions), tz)


def _submission(
    student: str, listing: Listing, choose: Chooser, tz: tzinfo, several: bool = False, told: Sequence[Note] = ()
) -> Submission:
    chosen = choose(_open_zips(listing, tz), newest_first=several)
    return Submission(
        student,
        chosen.sources,
        chosen.received_at,
        notes=(*capped(listing.notes), *capped(chosen.notes)),
        sha256=chosen.sha256,
        doubtful=chosen.doubtful,
        strays=(*chosen.strays, *closed((*listing.notes, *told), bool(chosen.sources))),
    )


def _open_zips(listing: Listing, tz: tzinfo) -> list[File]:
    """The files with those of the student's own zips, which are opened one level deep."""
    zips = [f for f in listing.files if suffix(f.name) == ".zip"]
    files = [f for f in listing.files if suffix(f.name) != ".zip"]
    left = MAX_NESTED_BYTES
    for file in zips[MAX_NESTED:]:
        listing.notes.append(note("too_many_zips", path=file.path, limit=MAX_NESTED))
    for file in zips[:MAX_NESTED]:
        inner, used = open_nested(file, left, tz)
        left -= used
        listing.notes += inner.notes
        for member in inner.files:
            if suffix(member.name) == ".zip":
                listing.notes.append(note("nested_zip", path=member.path))
            else:
                files.append(member)
    return files


def _received(store: Store, tz: tzinfo) -> dict[str, tuple[int, datetime]]:
    top = next((t for t in store.tops() if not t.is_dir and normal(t.name) == RECEIVED), None)
    if top is None:
        return {}
    return read_received(_read_top(store, top.name), f"{store.label}/{top.name}", tz)


def _read_top(store: Store, name: str) -> bytes:
    """A file at the top that tells of the class, whole."""
    top = next(t for t in store.tops() if t.name == name and not t.is_dir)
    try:
        listing = store.walk(top)
        data = listing.files[0].read(MAX_LIST_BYTES + 1)
    except UnreadableFile as error:
        why = error.text
    else:
        if len(data) <= MAX_LIST_BYTES:
            return data
        why = problem("too_large", limit=size(MAX_LIST_BYTES))
    where = f"{store.label}/{name}"
    raise UsageError(Text(f"{where}: {why.en}", f"{where}: {why.ja}")) from None


def _keys(student: str, parts: list[Part]) -> list[str]:
    """The names by which ``received.csv`` may know a student."""
    return [normal(student), *(normal(p.owner.key) for p in parts)]


def _unused_lines(
    store: Store, received: Mapping[str, tuple[int, datetime]], groups: Mapping[str, list[Part]]
) -> list[Note]:
    known = {key for student, parts in groups.items() for key in _keys(student, parts)}
    path = f"{store.label}/{RECEIVED}"
    return [note("received_unknown", path=path, line=t[0], student=s) for s, t in received.items() if s not in known]
