"""Of all files of one submission, the one that counts for each exercise.

Theory of operation
-------------------
Files are ranked: what can be read before what cannot, what is written before what still holds the
stub; then copies last, the highest re-upload number, the shallowest, the newest. (When several
entries of the class belong to one student, the newest comes first of all.) A ``.py`` file goes
before a notebook, unless more of it is still the stub: students who work in the notebook often
hand in the untouched files too. Files whose names mean nothing are looked into for what is still
lacking. Every file that loses to a different one is named in a note, and every file that means
nothing as well; what an exercise without a source, or with the untouched stub, may be in is told
to a person (`strays`).

Of a notebook only the cells that an exercise needs are its source (`alone`).

A quiz's answers are a ``<quiz id>.yaml`` (``.yml``, ``.json``), ``%%quiz`` cells of a notebook,
or both: then the cells come first and the file may add to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from ..i18n import Text
from ..model import Note, Source
from . import notebook
from .alone import Separable
from .files import File, is_checkpoints
from .names import ANSWERS, NOTEBOOK, SCRIPT, ExerciseNames, is_copy, kind, upload_number
from .reading import Loaded, Reader, digest, told
from .strays import Doubt
from .strays import load as load_strays
from .stubs import unfinished
from .texts import NOTES, note, show

__all__ = ["Chooser", "Chosen", "digest"]

MAX_COMPARED = 5  # files for one exercise that are read to see whether they differ
MAX_TRIED = 50  # files for one exercise that are read as long as all are stubs or unreadable

# What the course itself hands out beside the stubs.
_HANDED_OUT = frozenset(
    {"test_visible.py", "statement.en.md", "statement.ja.md", "conftest.py", "course.json", "pytest.ini"}
)
_HANDED_OUT_ENDINGS = (".quiz.json",)
_QUIZ_PAGE = re.compile(r"(?:.*/)?quizzes/[^/]+\.html")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Chosen:
    """What was found in a submission.

    Attributes
    ----------
    sources
        By exercise id.
    notes
        On everything else.
    received_at
        When the newest source arrived.
    doubtful
        For an exercise without a source, or of which only the untouched stub is there, the files that may hold it.
    strays
        Files that were not understood, where nothing else was either: they may hold anything.
    """

    sources: dict[str, Source]
    notes: tuple[Note, ...]
    received_at: datetime | None
    doubtful: dict[str, tuple[str, ...]] = field(default_factory=dict)
    strays: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """A digest of what a grade follows from."""
        sources = [f"{i}:{source.sha256}" for i, source in sorted(self.sources.items())]
        doubts = [
            f"?{i}:{', '.join(paths)}" for i, paths in sorted({**self.doubtful, "": self.strays}.items()) if paths
        ]
        return digest([*sources, *doubts])


class Chooser:
    """Chooses for one submission after the other.

    Parameters
    ----------
    functions
        For each exercise id the names that a notebook must define one of; default: the id.
    quizzes
        Ids of quizzes, whose answers are collected too.
    known
        Ids of the course's other exercises and quizzes: their files are not asked for, but understood.
    """

    def __init__(
        self,
        exercise_ids: Sequence[str],
        functions: Mapping[str, Sequence[str]] | None = None,
        quizzes: Sequence[str] = (),
        known: Sequence[str] = (),
    ) -> None:
        self._ids = tuple(exercise_ids)
        self._quizzes = tuple(quizzes)
        self._quiz_names = ExerciseNames(self._quizzes)
        self._names = ExerciseNames(self._ids)
        self._functions = {i: frozenset((functions or {}).get(i) or (i,)) for i in self._ids}
        self._all_functions = frozenset().union(*self._functions.values())
        self._doubt = Doubt(self._names, self._quiz_names, self._functions, self._quizzes, ExerciseNames(known))

    def __call__(self, files: Iterable[File], newest_first: bool = False) -> Chosen:
        reader = Reader(self._all_functions)
        scripts: dict[str, list[File]] = {}
        notebooks: list[File] = []
        strays: list[File] = []
        for file in _without_checkpoints(files):
            match = self._match(file.name)
            if match:
                scripts.setdefault(match, []).append(file)
            elif kind(file.name) == NOTEBOOK:
                notebooks.append(file)
            elif not _is_handed_out(file):
                strays.append(file)
        ranked = {i: self._ranked(found, newest_first) for i, found in scripts.items()}
        # In this order the total is spent: what counts, notebooks, and only then what is compared.
        best = {i: reader.script(order[0]) for i, order in ranked.items()}
        loaded = [reader.notebook(f) for f in self._ranked(notebooks, newest_first)]
        candidates = {i: self._candidates(i, best[i], order[1:], reader) for i, order in ranked.items()}
        unseen = {i: len(order) - len(candidates[i]) for i, order in ranked.items()}
        winners: dict[str, Loaded] = {}
        used: set[str] = set()
        for exercise in self._ids:
            holding = self._holding(exercise, loaded)
            used.update(n.file.path for n in holding)
            script = self._first(candidates.get(exercise, []), exercise, unseen.get(exercise, 0))
            winner = self._script_or_notebook(exercise, script, self._first(holding, exercise))
            if winner:
                winners[exercise] = winner
        self._look_into(strays, reader, winners, used)
        separable = {n.file.path: Separable(n.source.cells) for n in winners.values() if n.source.is_notebook}
        winners = {i: self._alone(w, i, separable) for i, w in winners.items()}
        for quiz in self._quizzes:
            holding = [cells for n in loaded if (cells := _quiz_cells(n, quiz))]
            used.update(n.file.path for n in holding)
            answers = self._first(candidates.get(quiz, []), quiz, unseen.get(quiz, 0))
            winner = _both(self._first(holding, quiz), answers)
            if winner:
                winners[quiz] = winner
        strays = [f for f in strays if f.path not in used]
        unread = [n for n in loaded if n.file.path not in used]
        notes = [*map(self._unknown, strays), *map(_unused, unread)]
        notes += [note for n in loaded for note in _turned(n)]
        lacking = [i for i in (*self._ids, *self._quizzes) if i not in winners]
        untouched = [i for i in self._ids if i in winners and self._is_untouched(winners[i], i)]
        doubtful = self._doubt([*lacking, *untouched], strays, loaded, unread)
        winners = {i: w for i, w in winners.items() if i not in doubtful}
        received = [w.file.received for w in winners.values() if w.file.received]
        return Chosen(
            {i: w.source for i, w in winners.items()},
            tuple(notes),
            max(received, default=None),
            doubtful,
            () if winners else self._doubt.everything(strays, unread),
        )

    def _match(self, name: str) -> str | None:
        """The exercise or quiz that a file is for."""
        found = kind(name)
        names = self._names if found == SCRIPT else self._quiz_names if found == ANSWERS else None
        match = names.match(name) if names else None
        return match[0] if match else None

    def _look_into(self, strays: list[File], reader: Reader, winners: dict[str, Loaded], used: set[str]) -> None:
        """Find what is lacking, or still a stub, in files of other names."""
        weak = [i for i in self._ids if i not in winners or self._weakness(winners[i], i) > (False, 0)]
        wanted = frozenset().union(*(self._functions[i] for i in weak))
        for_each = load_strays(strays, reader, wanted) if weak and strays else []
        for exercise in weak:
            holding = self._holding(exercise, for_each)
            if not holding:
                continue
            there = winners.get(exercise)
            if there is not None and self._weakness(holding[0], exercise) >= self._weakness(there, exercise):
                continue
            used.update(item.file.path for item in holding)
            found = self._first(holding if there is None else [*holding, there], exercise)
            assert found is not None
            named = exercise in self._names.contained(found.file.name)
            code = "found_by_name" if named else "found_by_content"
            winners[exercise] = _with_notes(found, note(code, path=found.file.path, exercise=exercise))

    def _ranked(self, files: Iterable[File], newest_first: bool) -> list[File]:
        """Best first; the path last, so that the order never depends on the store."""

        def rank(file: File) -> tuple[float, bool, int, int, float, str]:
            match = self._names.match(file.name) or self._quiz_names.match(file.name)
            number = match[1] if match else upload_number(file.name)
            age = -(file.modified or _LONG_AGO).timestamp()
            return age if newest_first else 0.0, is_copy(file.name), -number, file.depth, age, file.path

        return sorted(files, key=rank)

    def _candidates(self, exercise: str, best: Loaded, others: list[File], reader: Reader) -> list[Loaded]:
        """The best by its name and the next ones, up to one that is neither a stub nor unreadable."""
        found = [best, *map(reader.script, others[: MAX_COMPARED - 1])]
        for file in others[MAX_COMPARED - 1 : MAX_TRIED]:
            if any(self._weakness(loaded, exercise) == (False, 0) for loaded in found):
                break
            found.append(reader.script(file))
        return found

    def _holding(self, exercise: str, found: Iterable[Loaded]) -> list[Loaded]:
        """Files that hold an exercise by what they define: those with most of its functions first."""
        wanted = self._functions[exercise]

        def named(item: Loaded) -> bool:
            match = self._names.match(item.file.name)
            return match is not None and match[0] == exercise

        def holds(item: Loaded) -> bool:
            return bool(item.names & wanted) or (item.source.problem is not None and named(item))

        holding = [item for item in found if holds(item)]
        return sorted(holding, key=lambda n: (self._weakness(n, exercise)[0], -len(n.names & wanted), not named(n)))

    def _weakness(self, loaded: Loaded, exercise: str) -> tuple[bool, int]:
        """What makes a file lose against any other: that it cannot be read, then how much of it is still the stub."""
        return loaded.source.problem is not None, unfinished(
            loaded.source.cells, self._functions.get(exercise, frozenset())
        )

    def _is_untouched(self, loaded: Loaded, exercise: str) -> bool:
        """Whether nothing of an exercise was begun in this file: then the work may be elsewhere."""
        return self._weakness(loaded, exercise) == (False, len(self._functions[exercise]))

    def _first(self, candidates: list[Loaded], exercise: str, unread: int = 0) -> Loaded | None:
        """The best candidate, with a note for each other one that differs from it, and one for the `unread`."""
        if not candidates:
            return None
        best, *others = sorted(candidates, key=lambda loaded: self._weakness(loaded, exercise))
        notes = [
            note("duplicate_file", chosen=best.file.path, other=other.file.path, exercise=exercise)
            for other in others
            if other.source.sha256 != best.source.sha256
        ]
        if unread:
            notes.append(note("more_duplicates", chosen=best.file.path, exercise=exercise, count=unread))
        return _with_notes(best, *told(best), *notes)

    def _script_or_notebook(self, exercise: str, script: Loaded | None, book: Loaded | None) -> Loaded | None:
        if script is None or book is None:
            return script or book
        winner, other, code = script, book, "py_over_notebook"
        if self._weakness(script, exercise) > self._weakness(book, exercise):
            winner, other = book, script
            code = "notebook_over_stub" if script.source.problem is None else "notebook_over_unreadable"
        return _with_notes(winner, note(code, chosen=winner.file.path, other=other.file.path, exercise=exercise))

    def _alone(self, loaded: Loaded, exercise: str, notebooks: Mapping[str, Separable]) -> Loaded:
        """A notebook without the cells of other exercises."""
        if not loaded.source.is_notebook or loaded.source.problem is not None:
            return loaded
        mine = self._functions[exercise]
        cells = notebooks[loaded.file.path].alone(mine, self._all_functions - mine)
        return replace(loaded, source=_with_cells(loaded.source, cells))

    def _unknown(self, file: File) -> Note:
        hint = self._quiz_names.hint(file.name, ".yaml") if kind(file.name) == ANSWERS else self._names.hint(file.name)
        text = Text(
            NOTES["unknown_file"].en.format(path=show(file.path), hint=hint.en),
            NOTES["unknown_file"].ja.format(path=show(file.path), hint=hint.ja),
        )
        return Note("unknown_file", text)


def _is_handed_out(file: File) -> bool:
    known = file.name in _HANDED_OUT or file.name.endswith(_HANDED_OUT_ENDINGS)
    return known or _QUIZ_PAGE.fullmatch(file.path) is not None


def _without_checkpoints(files: Iterable[File]) -> list[File]:
    """Jupyter's own copies of older states count only where there is nothing else."""
    given = list(files)
    return [f for f in given if not any(map(is_checkpoints, f.path.split("/")))] or given


def _with_notes(loaded: Loaded, *notes: Note) -> Loaded:
    return replace(loaded, source=replace(loaded.source, notes=(*loaded.source.notes, *notes)))


def _with_cells(source: Source, cells: tuple[tuple[str, str], ...]) -> Source:
    return replace(source, cells=cells, sha256=digest(text for _, text in cells))


def _quiz_cells(book: Loaded, quiz: str) -> Loaded | None:
    """A notebook's answers for one quiz."""
    cells = notebook.quiz_cells(book.source.cells, quiz)
    if not cells:
        return None
    return replace(book, source=_with_cells(book.source, cells))


def _both(book: Loaded | None, file: Loaded | None) -> Loaded | None:
    """A notebook's cells and an answer file as one source; the file is read last and so has the last word."""
    if book is None or file is None or not file.source.cells:
        return book if file is None or (book is not None and not file.source.cells) else file
    cells = (*book.source.cells, *file.source.cells)
    return replace(
        file,
        source=replace(
            file.source,
            path=f"{book.source.path}, {file.source.path}",
            cells=cells,
            sha256=digest(text for _, text in cells),
            notes=(*book.source.notes, *file.source.notes),
        ),
    )


def _turned(loaded: Loaded) -> list[Note]:
    return [
        note(
            "cell_read_as_code" if turned.read else "cell_not_code",
            path=loaded.file.path,
            cell=turned.number,
            kind=turned.cell_type,
            names=", ".join(sorted(turned.names)),
        )
        for turned in loaded.turned
        if turned.names
    ]


def _unused(loaded: Loaded) -> Note:
    why = loaded.source.problem
    if why is None:
        return note("unused_notebook", path=loaded.file.path)
    path = show(loaded.file.path)
    return Note("unreadable_notebook", Text(f"{path}: {why.en}", f"{path}: {why.ja}"))
