"""Grade submissions of one assignment in the sandboxed judge, which is started once.

Theory of operation
-------------------
nbgrader makes its preprocessors anew for each notebook and goes through submissions one at a
time; a judge takes seconds to start and grades several at once. `Session` therefore keeps one
judge, and hands it the next few submissions while nbgrader still writes the last one. The judge
takes them from a queue, in the order in which they will be asked for.

What is graded is the file as it was handed in, read by the same code as ``autograder grade``;
only, of several notebooks the one with the assignment's own name goes first.
"""

from __future__ import annotations

import contextlib
import difflib
import queue
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ..collect.choose import Chooser, Chosen
from ..collect.files import File, Listing, capped
from ..collect.folder import FolderStore
from ..collect.nbjson import MAX_FILE_BYTES
from ..collect.reader import Unread
from ..collect.strays import closed
from ..errors import GraderError
from ..gradebook import CourseInfo
from ..i18n import Text
from ..judge.client import Graded
from ..model import Submission, SubmissionResult
from ..pipeline import Options, Plan, judge, prepared, score
from ..sandbox.levels import Protections, probe

TIMESTAMP = "timestamp.txt"


@dataclass(frozen=True)
class Handed(Submission):
    """What one student handed in for one assignment."""

    assignment: str = ""


def files_of(folder: Path) -> Listing:
    """The files below a submission's folder; links and devices are noted and never opened."""
    store = FolderStore(folder)
    listing = Listing(notes=list(store.notes))
    for top in store.tops():
        found = store.walk(top)
        listing.files += [file.under(top.name) if top.is_dir else file for file in found.files]
        listing.notes += found.notes
    return listing


def read_submission(
    folder: Path,
    student: str,
    assignment: str,
    plan: Plan,
    exercise_ids: Collection[str],
    notebooks: Collection[str],
    received_at: datetime | None = None,
) -> Handed:
    """Read ``submitted/<student>/<assignment>``.

    Parameters
    ----------
    exercise_ids
        What the assignment has.
    notebooks
        File names of the assignment's own notebooks. They count before any other file; what they
        do not hold is looked for in the others (a renamed notebook, a ``.py`` file).
    received_at
        From ``timestamp.txt``; None where there is none, and then nothing is late.

    Raises
    ------
    OSError
        The folder cannot be listed.
    """
    listing = files_of(folder)
    files = [f for f in listing.files if f.path != TIMESTAMP]
    own = _choose(plan, exercise_ids, [f for f in files if f.path in notebooks])
    found = [own]
    lacking = [i for i in exercise_ids if i not in own.sources]
    others = [f for f in files if f.path not in notebooks]
    if lacking and others:
        found.append(_choose(plan, lacking, others))
    sources = {i: source for chosen in found for i, source in chosen.sources.items()}
    doubtful = {i: paths for chosen in found for i, paths in chosen.doubtful.items() if i not in sources}
    strays = tuple(path for chosen in found for path in chosen.strays) if not sources else ()
    handed = Handed(
        student,
        sources,
        received_at,
        notes=(*capped(listing.notes), *capped(note for chosen in found for note in chosen.notes)),
        sha256=replace(found[-1], sources=sources, doubtful=doubtful, strays=strays).sha256,
        assignment=assignment,
        doubtful=doubtful,
        strays=(*strays, *closed(listing.notes, bool(sources))),
    )
    return prepared(handed, plan)


def _choose(plan: Plan, ids: Iterable[str], files: list[File]) -> Chosen:
    functions = {i: plan.exercises[i].config.functions for i in ids}
    return Chooser(list(functions), functions)(files)


def stand_in(path: Path, released: Collection[str]) -> Path | None:
    """The file to show as a released notebook: itself, else the renamed one that is named most like it.

    Parameters
    ----------
    released
        File names of the assignment's notebooks, which stand for themselves alone.
    """
    if path.is_file() and not path.is_symlink():
        return path
    beside = {p.name: p for p in sorted(path.parent.glob("*.ipynb")) if p.is_file() and not p.is_symlink()}
    strangers = [name for name in beside if name not in released]
    near = difflib.get_close_matches(path.name, strangers, 1, 0.0)
    return beside[near[0]] if near else None


def read_bytes(path: Path) -> bytes:
    """At most one byte more than a notebook may have."""
    with open(path, "rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


Key = tuple[str, str]  # student, assignment
Read = Callable[[Key], Submission]


class Session:
    """One judge for many submissions, asked for in turn. Close it.

    Parameters
    ----------
    plan
        The course and the exercises to grade.
    seed
        As in ``autograder grade --seed``.
    expected
        About how many submissions will come; decides how much the judge learns beforehand.
    jobs
        Submissions at the same time; None for all cores.
    """

    def __init__(
        self, plan: Plan, seed: int, expected: int, jobs: int | None = None, protections: Protections | None = None
    ) -> None:
        self.plan = plan
        self.seed = seed
        self.info: CourseInfo = plan.info()
        self.protections = protections or probe()
        self._options = Options(Path(), Path(), jobs=jobs)
        self._expected = expected
        self._sent: dict[int, tuple[Key, Submission]] = {}
        self._done: dict[Key, SubmissionResult] = {}
        self._last: tuple[Key, SubmissionResult] | None = None
        self._served = False
        self._failure: GraderError | None = None
        self._begin()

    def _begin(self) -> None:
        waiting: queue.SimpleQueue[Submission | None] = queue.SimpleQueue()
        self._sent.clear()
        self._waiting = waiting
        self._results = self._serve(waiting)

    def _serve(self, waiting: queue.SimpleQueue[Submission | None]) -> Iterator[Graded]:
        with judge(self._options, self.plan, self.protections, self.seed, self._expected) as host:
            yield from host.grade(iter(waiting.get, None), None)

    def close(self) -> None:
        """End the judge. What was handed to it ahead is forgotten."""
        self._waiting.put(None)
        close = getattr(self._results, "close", None)
        if close is not None:
            close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def grade(self, key: Key, read: Read, ahead: Iterable[Key] = ()) -> SubmissionResult:
        """The result of one submission.

        Parameters
        ----------
        read
            Reads a submission by its key.
        ahead
            The keys that will be asked for next; the judge begins with them meanwhile.

        Raises
        ------
        GraderError
            The judge does not start, or failed on this submission. The next call begins anew.
        Unread
            The submission cannot be read.
        """
        if self._last is not None and self._last[0] == key:  # another notebook of the same submission
            return self._last[1]
        if self._failure is not None:
            raise self._failure
        if key not in self._done:
            self._send(key, read(key))
            for following in ahead:
                with contextlib.suppress(OSError, Unread):  # told when its turn comes
                    if following not in self._done and all(following != sent for sent, _ in self._sent.values()):
                        self._send(following, read(following))
            self._await(key)
        self._last = (key, self._done.pop(key))
        return self._last[1]

    def _send(self, key: Key, submission: Submission) -> None:
        if all(key != sent for sent, _ in self._sent.values()):
            self._sent[id(submission)] = (key, submission)  # holds it, so that the id stays its own
            self._waiting.put(submission)

    def _await(self, key: Key) -> None:
        while key not in self._done:
            try:
                graded = next(self._results)
            except StopIteration:
                self._begin()
                raise GraderError(_ENDED) from None
            except GraderError as error:
                if not self._served:  # it does not even start; trying again for each submission would take hours
                    self._failure = error
                self._begin()
                raise
            self._served = True
            done, _ = self._sent.pop(id(graded.submission))
            self._done[done] = score(graded, self.plan)


_ENDED = Text("the judge ended before this submission was graded", "この提出物を採点する前に採点プロセスが終了しました")
