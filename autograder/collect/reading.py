"""A submission's files as sources, read up to a total."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace

from ..i18n import Text
from ..model import Note, Source
from . import decoding, notebook
from .files import File, UnreadableFile
from .names import ANSWERS, NOTEBOOK, SCRIPT, is_plain, kind
from .texts import PROBLEMS, note, problem, size

MAX_SUBMISSION_BYTES = 16 * 2**20  # a notebook's outputs do not count
MAX_RAW_BYTES = 256 * 2**20
MAX_CODE_BYTES = 960 * 2**10  # for one exercise: less than the worker takes in one message


@dataclass(frozen=True)
class Loaded:
    """A file that was read; ``names`` is what a notebook or a stray file defines."""

    file: File
    source: Source
    names: frozenset[str] = frozenset()
    turned: tuple[notebook.Turned, ...] = ()


class Reader:
    """Reads files of one submission up to a total.

    Parameters
    ----------
    wanted
        The functions that are asked for.
    """

    def __init__(self, wanted: Set[str] = frozenset()) -> None:
        self._wanted = wanted
        self._left = MAX_SUBMISSION_BYTES
        self._raw_left = MAX_RAW_BYTES

    def script(self, file: File) -> Loaded:
        """A file that is Python by its name; a notebook that only lost its extension is read as one."""
        data, why = self._read(file, decoding.MAX_BYTES)
        if _is_notebook(data):
            return self.notebook(file)
        self._left -= len(data)
        if why is not None:
            return Loaded(file, source(file, (), data, problem=why))
        decoded = decoding.decode(data)
        cells = () if decoded.text is None else ((file.name, decoded.text),)
        notes = []
        if decoded.text is not None and not decoded.is_utf8:
            notes.append(note("not_utf8", path=file.path, encoding=decoded.encoding))
        if decoded.bad_cookie:
            notes.append(note("bad_cookie", path=file.path, encoding=decoded.bad_cookie))
        names = notebook.defined_names(decoded.text) if decoded.text is not None else frozenset()
        return Loaded(file, source(file, cells, data, problem=decoded.problem, notes=tuple(notes)), names)

    def notebook(self, file: File) -> Loaded:
        """A file that is a notebook by its name; Python that only has its extension is read as a script."""
        data, why = self._read(file, notebook.MAX_FILE_BYTES, total=False)
        read = (
            notebook.Notebook((), frozenset(), why) if why is not None else notebook.read_notebook(data, self._wanted)
        )
        if read.problem is not None and kind(file.name) == NOTEBOOK and len(data) <= decoding.MAX_BYTES:
            decoded = decoding.decode(data)
            if decoded.text is not None and notebook.is_python(decoded.text):
                names = notebook.defined_names(decoded.text)
                self._left -= len(data)
                return Loaded(file, source(file, ((file.name, decoded.text),), data), names)
        self._left -= sum(len(text) for _, text in read.cells)
        if self._left < 0:
            read = notebook.Notebook((), frozenset(), problem("submission_too_large", limit=size(MAX_SUBMISSION_BYTES)))
        made = source(file, read.cells, data, problem=read.problem, is_notebook=True)
        return Loaded(file, made, read.names, read.turned)

    def _read(self, file: File, limit: int, total: bool = True) -> tuple[bytes, Text | None]:
        """At most `limit` + 1 bytes, or why not."""
        allowed = min(limit, max(0, self._left) if total else self._raw_left)
        try:
            data = file.read(allowed + 1)
        except UnreadableFile as error:
            return b"", error.text
        self._raw_left = max(0, self._raw_left - len(data))
        if allowed < len(data) <= limit:
            return b"", problem("submission_too_large", limit=size(MAX_SUBMISSION_BYTES))
        return data, None


def told(loaded: Loaded) -> tuple[Note, ...]:
    """What to say of a file that is graded under another name or kind than it should have."""
    path = loaded.file.path
    by_name = kind(loaded.file.name)
    odd = by_name in (SCRIPT, NOTEBOOK, ANSWERS) and not is_plain(loaded.file.name)
    notes = [note("copy_name", path=path)] if odd else []
    if loaded.source.problem is None and loaded.source.is_notebook != (by_name == NOTEBOOK):
        notes.append(note("other_kind_notebook" if loaded.source.is_notebook else "other_kind_python", path=path))
    return tuple(notes)


def digest(parts: Iterable[str]) -> str:
    """SHA-256 over texts, each with its length, so that no two lists run together."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        sha.update(f"{len(data)}:".encode() + data)
    return sha.hexdigest()


def source(
    file: File,
    cells: tuple[tuple[str, str], ...],
    data: bytes,
    *,
    problem: Text | None = None,
    notes: tuple[Note, ...] = (),
    is_notebook: bool = False,
) -> Source:
    """The source that was read from `data`."""
    # Without cells the bytes stand for the file, or all unreadable files would be one.
    sha = digest(text for _, text in cells) if problem is None else hashlib.sha256(b"unreadable:" + data).hexdigest()
    return Source(file.path, cells, sha, is_notebook, problem, notes, problem == PROBLEMS["empty"])


def within_limit(source: Source) -> Source:
    """The source, or without its code and with the problem if the judge could not send so much of it."""
    if sum(len(text.encode("utf-8", "surrogatepass")) + 32 for _, text in source.cells) <= MAX_CODE_BYTES:
        return source
    return replace(source, cells=(), problem=problem("code_too_long", limit=size(MAX_CODE_BYTES)))


def _is_notebook(data: bytes) -> bool:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and b'"cells"' in data and b'"nbformat"' in data
