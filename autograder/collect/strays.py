"""Files whose names mean no exercise: read where they clearly hold one, and never taken for nothing.

Theory of operation
-------------------
*Handed in but not understood* is not *handed in nothing*. For an exercise without a source, each
file that is left over is asked whether it may hold it: by its name (``relu.docx``), by what it
defines, or because nobody can look into it (a broken zip, a notebook that is no JSON). Where
nothing at all was understood, everything that was handed in may hold everything. Such an
exercise gets no score until a person has looked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence, Set

from ..model import Note
from . import notebook
from .files import File
from .names import ANSWERS, NOTEBOOK, SCRIPT, ExerciseNames, kind
from .reading import Loaded, Reader

MAX_READ = 20  # strange files of one submission that are looked into

# Nobody could look inside, so that anything may be there.
CLOSED = frozenset({"bad_zip", "zip_too_large", "nested_zip", "too_many_zips", "too_many_files", "unlistable"})
_ASIDE = frozenset({"symlink", "special_file", "unsafe_path", "too_deep", "listed_not_there"})
_ARCHIVES = frozenset({".rar", ".7z", ".gz", ".tgz", ".tar", ".xz", ".bz2", ".lzh", ".zst", ".zipx", ".zip"})
_NO_CODE = _ARCHIVES | {
    *(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp", ".heic", ".ico", ".pdf", ".doc", ".docx", ".odt"),
    *(".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".pages", ".numbers", ".key", ".csv", ".tsv", ".npy", ".npz", ".pkl"),
    *(".pickle", ".h5", ".pt", ".pth", ".onnx", ".mat", ".mp3", ".mp4", ".mov", ".avi", ".wav", ".exe", ".dll", ".so"),
    *(
        ".class",
        ".jar",
        ".ttf",
        ".otf",
        ".db",
        ".sqlite",
        ".log",
        ".lock",
        ".toml",
        ".cfg",
        ".ini",
        ".css",
        ".js",
        ".c",
    ),
}
_TEXT = frozenset({".md", ".html", ".htm", ".rtf", ".tex", ".txt", ".rst", ""})


def readable(files: Iterable[File]) -> list[File]:
    """The stray files that may be Python or a notebook, shallowest first."""
    candidates = [f for f in files if kind(f.name) not in _NO_CODE and kind(f.name) not in (ANSWERS,)]
    return sorted(candidates, key=lambda f: (f.depth, f.path))[:MAX_READ]


def load(files: Sequence[File], reader: Reader, wanted: Set[str]) -> list[Loaded]:
    """Those of the stray `files` that are code and define one of the functions that are asked for."""
    found = []
    for file in readable(files):
        loaded = reader.notebook(file) if kind(file.name) == NOTEBOOK else reader.script(file)
        if loaded.source.problem is None and loaded.names & wanted and _is_code(loaded):
            found.append(loaded)
    return found


def _is_code(loaded: Loaded) -> bool:
    """What is no ``.py`` must be valid Python in whole: prose may quote a definition."""
    by_name = kind(loaded.file.name) in (SCRIPT, NOTEBOOK)
    return by_name or all(notebook.is_python(text) for _, text in loaded.source.cells)


class Doubt:
    """Which exercises the files that are left over may hold.

    Parameters
    ----------
    functions
        By exercise.
    known
        Ids of other exercises of the course: a file of one of these is understood.
    """

    def __init__(
        self,
        names: ExerciseNames,
        quiz_names: ExerciseNames,
        functions: Mapping[str, Collection[str]],
        quizzes: Collection[str],
        known: ExerciseNames,
    ) -> None:
        self._names = names
        self._quiz_names = quiz_names
        self._quizzes = quizzes
        self._known = known
        self._functions = {i: frozenset(found) for i, found in functions.items()}
        self._mention = {
            i: re.compile(rf"\b(?:def|class)\s+(?:{'|'.join(map(re.escape, found))})\b")
            for i, found in functions.items()
        }

    def __call__(
        self, lacking: Sequence[str], strays: Sequence[File], notebooks: Sequence[Loaded], unread: Sequence[Loaded]
    ) -> dict[str, tuple[str, ...]]:
        """For each of the `lacking` exercises the paths that may hold it; those without any are left out.

        Parameters
        ----------
        strays
            Files that mean nothing.
        notebooks, unread
            All notebooks, and those of them that nothing was taken from.
        """
        others = [f for f in strays if self._known.match(f.name) is None]
        texts = {f.path: _text(f) for f in others[:MAX_READ]} if lacking else {}
        found = {
            exercise: [
                *(n.file.path for n in notebooks if self._turned(n, exercise)),
                *(n.file.path for n in unread if n.source.problem or self._mentioned(n.file.name, exercise)),
                *(f.path for f in others if self._may_hold(f, texts.get(f.path, ""), exercise)),
            ]
            for exercise in lacking
        }
        return {exercise: tuple(dict.fromkeys(paths)) for exercise, paths in found.items() if paths}

    def everything(self, strays: Sequence[File], unread: Sequence[Loaded]) -> tuple[str, ...]:
        """What may hold anything where nothing was understood: all but files of the course's other exercises."""
        files = [*strays, *(n.file for n in unread)]
        return tuple(f.path for f in files if self._known.match(f.name) is None)

    def _mentioned(self, name: str, exercise: str) -> bool:
        return exercise in (self._quiz_names if exercise in self._quizzes else self._names).mentioned(name)

    def _turned(self, loaded: Loaded, exercise: str) -> bool:
        wanted = self._functions.get(exercise, frozenset())
        return any(turned.names & wanted for turned in loaded.turned if not turned.read)

    def _may_hold(self, file: File, text: str, exercise: str) -> bool:
        if kind(file.name) in _ARCHIVES or self._mentioned(file.name, exercise):
            return True
        return exercise in self._mention and bool(self._mention[exercise].search(text))


def closed(notes: Iterable[Note], any_understood: bool) -> tuple[str, ...]:
    """What could not be looked into and may hold anything; where nothing was understood, links and the like as well."""
    codes = CLOSED if any_understood else CLOSED | _ASIDE
    return tuple(dict.fromkeys(n.text.en.partition(": ")[0] for n in notes if n.code in codes))


def _text(file: File) -> str:
    """The beginning of a file that may be text, for looking only."""
    if kind(file.name) not in _TEXT and kind(file.name) not in (SCRIPT, NOTEBOOK):
        return ""
    try:
        data = file.read(2**20)
    except Exception:
        return ""
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
