"""What nbgrader's configuration names, so that ``nbgrader autograde`` grades in our sandbox.

    c.Autograde.exporter_class = "autograder.nbgrader.preprocessor.SoundNotebook"
    c.Autograde.pre_convert_hook = "autograder.nbgrader.preprocessor.accept_renamed"
    c.Autograde.sanitize_preprocessors = ["autograder.nbgrader.preprocessor.Mend"]
    c.Autograde.autograde_preprocessors = [
        "autograder.nbgrader.preprocessor.SandboxedGrading",
        "autograder.nbgrader.preprocessor.SaveScores",
        "nbgrader.preprocessors.AssignLatePenalties",
    ]

`SoundNotebook` reads any file, `Mend` puts the released cells in place, `SandboxedGrading`
writes below each test cell what the judge found, and `SaveScores` puts it into the gradebook.
nbgrader's own preprocessors may stand there too; they find nothing left to do, and take their time.
No kernel is ever started, so nothing that a notebook holds runs in nbgrader's process, beside its
gradebook. A submission that cannot be graded raises: nbgrader then reports it, leaves it without a
score, and goes on.
"""

from __future__ import annotations

import re
import secrets
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Enum, Integer, Unicode

from ..collect.reader import Reader
from ..course.load import LoadedCourse, load_course
from ..errors import AutograderError, GraderError
from ..gradebook import CourseInfo
from ..i18n import LANGS, Lang, Text
from ..model import ExerciseResult, Submission
from ..pipeline import make_plan
from . import where
from .gradebook import RowsOfNotebook, forget_scores, released_cells, set_auto_score
from .mend import mended, sound
from .outputs import NO_SCORE, OutputWriter, languages
from .released import MasterCell, tested_exercises
from .session import Handed, Key, Session, read_bytes, read_submission, stand_in

AHEAD = 8  # submissions that the judge may have before nbgrader asks for them


class SoundNotebook(NotebookExporter):
    """nbconvert's notebook exporter, which reads every file and believes none."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Read, preprocess and export one notebook; see `sound`."""
        path = Path(filename)
        released = {f"{name}.ipynb" for name in _run(self.parent, resources["nbgrader"]["assignment"]).cells}
        shown = stand_in(path, released)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent), "modified_date": ""}
        nb = sound(b"" if shown is None else read_bytes(shown))
        exported: tuple[Any, Any] = super().from_notebook_node(nb, resources=resources, **kw)  # type: ignore[no-untyped-call]
        return exported


def accept_renamed(assignment: str, student: str, notebooks: list[str]) -> None:
    """Hook of nbgrader, before a submission is converted: expect its notebooks under their own names.

    nbgrader ignores a notebook that it does not know by name, and loses a submission that has no
    other. Where that is so, the names that it does know are added to its list; `SoundNotebook` and
    the judge then look for the work in the files that are there.
    """
    folder = Path(notebooks[0]).parent
    released = {p.name for p in (Path("source") / folder.name).glob("*.ipynb")}
    given = {Path(name).name for name in notebooks}
    if given - released:
        notebooks += [str(folder / name) for name in sorted(released - given)]


class Mend(NbGraderPreprocessor):  # type: ignore[misc]
    """Before nbgrader's own sanitizers: see `grading_mend`."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Put every released cell in its place."""
        about = resources["nbgrader"]
        return mended(nb, _run(self.parent.parent, about["assignment"]).cells[about["notebook"]]), resources


class SandboxedGrading(NbGraderPreprocessor):  # type: ignore[misc]
    """In the place of nbgrader's Execute: grade the submission and write each test cell's outputs."""

    course = Unicode("", help="course.yaml or its folder; empty: as AUTOGRADER_COURSE says.").tag(config=True)
    seed = Integer(None, allow_none=True, help="Repeat a grading with the same inputs.").tag(config=True)
    jobs = Integer(None, allow_none=True, help="Submissions judged at the same time [all cores].").tag(config=True)
    language = Enum(["both", *LANGS], "both", help="Language of what stands below a test cell.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Grade one notebook.

        Raises
        ------
        GraderError
            The grader failed on one of its exercises: the submission is left without a score.
        """
        about = resources["nbgrader"]
        run = _run(self.parent.parent, about["assignment"])
        cells = run.cells[about["notebook"]]
        wanted = tested_exercises(cells)
        try:
            results = self._grade(run, (about["student"], about["assignment"])) if wanted else {}
            failed = [r for i in wanted if (r := results[i]).status == "grader_error"]
            if failed:
                raise GraderError(failed[0].notes[0].text)
            run.writer(self._languages()).write(nb, cells, results)
        except (AutograderError, OSError) as error:
            forget_scores(about["db_url"], about["assignment"], about["student"])
            self.log.error("%s/%s: NOT GRADED, no score given: %s", about["student"], about["assignment"], error)
            raise
        return nb, resources

    def _grade(self, run: Run, key: Key) -> dict[str, ExerciseResult]:
        if run.session is None:
            loaded = load_course(Path(self.course)) if self.course else where.course()
            seed = secrets.randbits(53) if self.seed is None else self.seed
            run.session = run.begin(loaded, seed, self.jobs)
            self.log.info("Grading in the sandbox, level %s, seed %d", run.session.protections.level, seed)
        graded = run.session.grade(key, run.read, run.following(key))
        return {e.id: e for e in graded.exercises}

    def _languages(self) -> Sequence[Lang]:
        return languages(self.language)


class SaveScores(SaveAutoGrades):  # type: ignore[misc]
    """nbgrader's SaveAutoGrades with one query and one commit for a notebook instead of one for each cell."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Save the score of each graded cell."""
        about = resources["nbgrader"]
        self.notebook_id, self.assignment_id = about["notebook"], about["assignment"]
        self.student_id, self.db_url = about["student"], about["db_url"]
        with Gradebook(self.db_url) as book, book.db.no_autoflush:
            self.gradebook = RowsOfNotebook(book, self.notebook_id, self.assignment_id, self.student_id)
            for index, cell in enumerate(nb.cells):
                nb.cells[index], resources = self.preprocess_cell(cell, resources, index)
            book.db.commit()
        return nb, resources

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        """nbgrader takes a test cell without a printed number as full marks; one of ours waits for a person."""
        super()._add_score(cell, resources)
        if cell.metadata.get(NO_SCORE):
            set_auto_score(self.gradebook.find_grade(cell.metadata["nbgrader"]["grade_id"]), None)


class Run:
    """What all notebooks of one assignment share in one run of a converter.

    Attributes
    ----------
    cells
        The released cells by notebook.
    session
        The judge; None until the first test cell.
    """

    def __init__(self, converter: Any, assignment: str) -> None:
        # Not the converter itself: it is the key that this hangs on, and would never be freed.
        self._coursedir = converter.coursedir
        self._assignment = assignment
        self.cells: dict[str, tuple[MasterCell, ...]] = released_cells(self._coursedir.db_url, assignment)
        self.session: Session | None = None
        self._reader: Reader | None = None
        self._writer: OutputWriter | None = None
        self._order = _order(converter, assignment)
        weakref.finalize(converter, self.close)

    def begin(self, loaded: LoadedCourse, seed: int, jobs: int | None) -> Session:
        """Start the judge for the exercises of the assignment."""
        ids = tested_exercises(cell for cells in self.cells.values() for cell in cells)
        plan = make_plan(loaded.path, ids)
        notebooks = {f"{name}.ipynb" for name in self.cells}

        def read(key: Key) -> Handed:
            folder = self._coursedir.format_path(self._coursedir.submitted_directory, *key)
            return read_submission(Path(folder), *key, plan, plan.exercises, notebooks)

        self._reader = Reader(read, (Handed,))
        return Session(plan, seed, len(self._order), jobs)

    def writer(self, langs: Sequence[Lang]) -> OutputWriter:
        """What writes below test cells."""
        if self._writer is None:
            info = self.session.info if self.session else CourseInfo(Text("", ""))  # without a test, nothing is said
            self._writer = OutputWriter(info, langs)
        return self._writer

    def close(self) -> None:
        """End the judge and the reader."""
        if self.session is not None:
            self.session.close()
        if self._reader is not None:
            self._reader.close()

    def read(self, key: Key) -> Submission:
        """The submission of ``(student, assignment)``.

        Raises
        ------
        Unread
        """
        assert self._reader is not None
        return self._reader(key)

    def following(self, key: Key) -> list[Key]:
        """The submissions that nbgrader will come to next."""
        after = self._order.index(key[0]) + 1 if key[0] in self._order else len(self._order)
        return [(student, self._assignment) for student in self._order[after : after + AHEAD]]


_RUNS: weakref.WeakKeyDictionary[Any, dict[str, Run]] = weakref.WeakKeyDictionary()


def _run(converter: Any, assignment: str) -> Run:
    """What the preprocessors share, which nbgrader makes anew for each notebook."""
    runs = _RUNS.setdefault(converter, {})
    if assignment not in runs:
        runs[assignment] = Run(converter, assignment)
    return runs[assignment]


def _order(converter: Any, assignment: str) -> list[str]:
    """The students whose submissions nbgrader is about to grade, in its order."""
    coursedir = converter.coursedir
    pattern = coursedir.format_path(coursedir.submitted_directory, "(?P<student>.*)", assignment, escape=True)
    matches = [re.match(pattern, path) for path in sorted(converter.assignments)]
    students = [m["student"] for m in matches if m]
    excluded = coursedir.student_id_exclude.split(",")
    done = {s for s in students if Path(coursedir.format_path(coursedir.autograded_directory, s, assignment)).exists()}
    return [s for s in students if s not in excluded and (converter.force or s not in done)]
