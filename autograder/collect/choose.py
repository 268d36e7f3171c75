"""Of all files of one submission, the one that counts for each exercise.

Theory of operation
-------------------
Files are ranked: the highest re-upload number, then the shallowest, then the newest. (When
several entries of the class belong to one student, the newest comes first of all.) A ``.py``
file goes before a notebook, unless the file still holds the stub and the notebook does not:
students who work in the notebook often hand in the untouched files too. Every file that
loses to a different one is named in a note, and every file that means nothing as well.

Of a notebook only the cells that an exercise needs are its source (`alone`).

A quiz's answers are a ``<quiz id>.yaml`` (``.yml``, ``.json``), ``%%quiz`` cells of a notebook,
or both: then the cells come first and the file may add to them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ..i18n import Text
from ..model import Note, Source
from . import decoding, notebook
from .alone import Separable
from .files import File, UnreadableFile
from .names import ExerciseNames, suffix, upload_number
from .texts import NOTES, note, problem, show, size

MAX_SUBMISSION_BYTES = 16 * 2**20
MAX_COMPARED = 5  # files for one exercise that are read to see whether they differ

STUB = "raise NotImplementedError"
# What the course itself hands out beside the stubs.
_HANDED_OUT = frozenset({"test_visible.py", "statement.en.md", "statement.ja.md"})
_HANDED_OUT_ENDINGS = (".quiz.json",)
ANSWERS = (".yaml", ".yml", ".json")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Chosen:
    """The sources by exercise id, notes on everything else, and when the newest source arrived."""

    sources: dict[str, Source]
    notes: tuple[Note, ...]
    received_at: datetime | None


@dataclass(frozen=True)
class _Loaded:
    file: File
    source: Source
    names: frozenset[str] = frozenset()


class Chooser:
    """Chooses for one submission after the other.

    Parameters
    ----------
    functions
        For each exercise id the names that a notebook must define one of; default: the id.
    quizzes
        Ids of quizzes, whose answers are collected too.
    """

    def __init__(
        self,
        exercise_ids: Sequence[str],
        functions: Mapping[str, Sequence[str]] | None = None,
        quizzes: Sequence[str] = (),
    ) -> None:
        self._ids = tuple(exercise_ids)
        self._quizzes = tuple(quizzes)
        self._quiz_names = ExerciseNames(self._quizzes)
        self._names = ExerciseNames(self._ids)
        self._functions = {i: frozenset((functions or {}).get(i) or (i,)) for i in self._ids}
        self._all_functions = frozenset().union(*self._functions.values())

    def __call__(self, files: Iterable[File], newest_first: bool = False) -> Chosen:
        reader = _Reader()
        scripts: dict[str, list[tuple[int, File]]] = {}
        notebooks: list[File] = []
        notes: list[Note] = []
        for file in files:
            match = self._match(file.name)
            if match:
                scripts.setdefault(match[0], []).append((match[1], file))
            elif suffix(file.name) == ".ipynb":
                notebooks.append(file)
            elif file.name not in _HANDED_OUT and not file.name.endswith(_HANDED_OUT_ENDINGS):
                notes.append(self._unknown(file))
        ranked = {i: _ranked(found, newest_first) for i, found in scripts.items()}
        # In this order the total is spent: what counts, notebooks, and only then what is compared.
        best = {i: reader.script(order[0]) for i, order in ranked.items()}
        loaded = [reader.notebook(f) for f in _ranked([(upload_number(f.name), f) for f in notebooks], newest_first)]
        winners: dict[str, _Loaded] = {}
        separable = {(n.file.path, n.source.sha256): Separable(n.source.cells) for n in loaded}
        used: set[int] = set()
        for exercise in self._ids:
            candidates = [best[exercise]] if exercise in best else []
            candidates += [reader.script(f) for f in ranked.get(exercise, [])[1:MAX_COMPARED]]
            holding = self._holding(exercise, loaded)
            used.update(map(id, holding))
            script = _first(candidates, exercise, len(ranked.get(exercise, [])) - len(candidates))
            winner = _script_or_notebook(exercise, script, _first(holding, exercise), self._functions[exercise])
            if winner:
                winners[exercise] = self._alone(winner, exercise, separable)
        for quiz in self._quizzes:
            candidates = [best[quiz]] if quiz in best else []
            candidates += [reader.script(f) for f in ranked.get(quiz, [])[1:MAX_COMPARED]]
            holding = [cells for n in loaded if (cells := _quiz_cells(n, quiz))]
            used.update(id(n) for n in loaded if notebook.quiz_cells(n.source.cells, quiz))
            answers = _first(candidates, quiz, len(ranked.get(quiz, [])) - len(candidates))
            winner = _both(_first(holding, quiz), answers)
            if winner:
                winners[quiz] = winner
        notes += [_unused(n) for n in loaded if id(n) not in used]
        received = [w.file.received for w in winners.values() if w.file.received]
        return Chosen({i: w.source for i, w in winners.items()}, tuple(notes), max(received, default=None))

    def _match(self, name: str) -> tuple[str, int] | None:
        """The exercise or quiz that a file is for, and its re-upload number."""
        kind = suffix(name)
        if kind == ".py":
            return self._names.match(name)
        return self._quiz_names.match(name) if kind in ANSWERS else None

    def _holding(self, exercise: str, notebooks: list[_Loaded]) -> list[_Loaded]:
        """Notebooks for an exercise: those that define most of its functions first."""
        wanted = self._functions[exercise]

        def named(item: _Loaded) -> bool:
            match = self._names.match(item.file.name)
            return match is not None and match[0] == exercise

        def holds(item: _Loaded) -> bool:
            return bool(item.names & wanted) or (item.source.problem is not None and named(item))

        found = [item for item in notebooks if holds(item)]
        return sorted(found, key=lambda n: (n.source.problem is not None, -len(n.names & wanted), not named(n)))

    def _alone(self, loaded: _Loaded, exercise: str, notebooks: Mapping[tuple[str, str], Separable]) -> _Loaded:
        """A notebook without the cells of other exercises."""
        if not loaded.source.is_notebook or loaded.source.problem is not None:
            return loaded
        mine = self._functions[exercise]
        cells = notebooks[loaded.file.path, loaded.source.sha256].alone(mine, self._all_functions - mine)
        return replace(loaded, source=_with_cells(loaded.source, cells))

    def _unknown(self, file: File) -> Note:
        is_answers = suffix(file.name) in ANSWERS
        hint = self._quiz_names.hint(file.name, ".yaml") if is_answers else self._names.hint(file.name)
        text = Text(
            NOTES["unknown_file"].en.format(path=show(file.path), hint=hint.en),
            NOTES["unknown_file"].ja.format(path=show(file.path), hint=hint.ja),
        )
        return Note("unknown_file", text)


class _Reader:
    """Reads files of one submission up to a total."""

    def __init__(self) -> None:
        self._left = MAX_SUBMISSION_BYTES

    def script(self, file: File) -> _Loaded:
        data, why = self._read(file, decoding.MAX_BYTES)
        if why is not None:
            return _Loaded(file, _source(file, (), data, problem=why))
        decoded = decoding.decode(data)
        cells = () if decoded.text is None else ((file.name, decoded.text),)
        notes = []
        if decoded.text is not None and not decoded.is_utf8:
            notes.append(note("not_utf8", path=file.path, encoding=decoded.encoding))
        if decoded.bad_cookie:
            notes.append(note("bad_cookie", path=file.path, encoding=decoded.bad_cookie))
        return _Loaded(file, _source(file, cells, data, problem=decoded.problem, notes=tuple(notes)))

    def notebook(self, file: File) -> _Loaded:
        data, why = self._read(file, notebook.MAX_BYTES)
        read = notebook.Notebook((), frozenset(), why) if why is not None else notebook.read_notebook(data)
        return _Loaded(file, _source(file, read.cells, data, problem=read.problem, is_notebook=True), read.names)

    def _read(self, file: File, limit: int) -> tuple[bytes, Text | None]:
        """At most `limit` + 1 bytes, or why not."""
        allowed = min(limit, self._left)
        try:
            data = file.read(allowed + 1)
        except UnreadableFile as error:
            return b"", error.text
        self._left -= min(len(data), allowed)
        if allowed < len(data) <= limit:
            return b"", problem("submission_too_large", limit=size(MAX_SUBMISSION_BYTES))
        return data, None


def digest(parts: Iterable[str]) -> str:
    """SHA-256 over texts, each with its length, so that no two lists run together."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        sha.update(f"{len(data)}:".encode() + data)
    return sha.hexdigest()


def _source(
    file: File,
    cells: tuple[tuple[str, str], ...],
    data: bytes,
    *,
    problem: Text | None = None,
    notes: tuple[Note, ...] = (),
    is_notebook: bool = False,
) -> Source:
    # Without cells the bytes stand for the file, or all unreadable files would be one.
    sha = digest(text for _, text in cells) if problem is None else hashlib.sha256(b"unreadable:" + data).hexdigest()
    return Source(file.path, cells, sha, is_notebook, problem, notes)


def _ranked(candidates: Iterable[tuple[int, File]], newest_first: bool) -> list[File]:
    """Best first; the path last, so that the order never depends on the store."""

    def rank(candidate: tuple[int, File]) -> tuple[float, int, int, float, str]:
        number, file = candidate
        age = -(file.modified or _LONG_AGO).timestamp()
        return age if newest_first else 0.0, -number, file.depth, age, file.path

    return [file for _, file in sorted(candidates, key=rank)]


def _first(candidates: list[_Loaded], exercise: str, unread: int = 0) -> _Loaded | None:
    """The best candidate, with a note for each other one that differs from it, and one for the `unread`."""
    if not candidates:
        return None
    best, *others = candidates
    notes = [
        note("duplicate_file", chosen=best.file.path, other=other.file.path, exercise=exercise)
        for other in others
        if other.source.sha256 != best.source.sha256
    ]
    if unread:
        notes.append(note("more_duplicates", chosen=best.file.path, exercise=exercise, count=unread))
    return replace(best, source=replace(best.source, notes=(*best.source.notes, *notes)))


def _script_or_notebook(
    exercise: str, script: _Loaded | None, book: _Loaded | None, functions: frozenset[str]
) -> _Loaded | None:
    if script is None or book is None:
        return script or book
    winner, other, code = script, book, "py_over_notebook"
    if _is_stub(script, None) and not _is_stub(book, functions) and book.source.problem is None:
        winner, other, code = book, script, "notebook_over_stub"
    told = note(code, chosen=winner.file.path, other=other.file.path, exercise=exercise)
    return replace(winner, source=replace(winner.source, notes=(*winner.source.notes, told)))


def _with_cells(source: Source, cells: tuple[tuple[str, str], ...]) -> Source:
    return replace(source, cells=cells, sha256=digest(text for _, text in cells))


def _quiz_cells(book: _Loaded, quiz: str) -> _Loaded | None:
    """A notebook's answers for one quiz."""
    cells = notebook.quiz_cells(book.source.cells, quiz)
    if not cells:
        return None
    return replace(book, source=_with_cells(book.source, cells))


def _both(book: _Loaded | None, file: _Loaded | None) -> _Loaded | None:
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


def _is_stub(loaded: _Loaded, functions: frozenset[str] | None) -> bool:
    """Whether the code (of the cells that define one of `functions`) still raises as the stub does."""
    return any(
        STUB in text for _, text in loaded.source.cells if functions is None or notebook.defined_names(text) & functions
    )


def _unused(loaded: _Loaded) -> Note:
    why = loaded.source.problem
    if why is None:
        return note("unused_notebook", path=loaded.file.path)
    path = show(loaded.file.path)
    return Note("unreadable_notebook", Text(f"{path}: {why.en}", f"{path}: {why.ja}"))
