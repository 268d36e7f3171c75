"""Put results where nbgrader's own autograde would put them: its gradebook, and ``autograded/``.

The rules are nbgrader's (`SaveAutoGrades`, `AssignLatePenalties`), the API is nbgrader's, and a
whole submission is one transaction: that is what makes it fast.
"""

from __future__ import annotations

import errno
import json
import os
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import BaseCell, Gradebook
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task, rmtree
from sqlalchemy import select

from ..collect.files import File, UnreadableFile
from ..gradebook import CourseInfo
from ..model import ExerciseResult
from .batch_course import NbgraderCourse, Place
from .gradebook import set_auto_score
from .mend import mended, sound
from .outputs import OutputWriter, group_score, languages
from .released import MasterCell
from .session import files_of, read_bytes, stand_in

READ_ONLY = 0o444
MAX_FILE = 100_000_000  # bytes of a file that is copied along, nbgrader's own limit
MAX_COPIED = 2**30  # bytes of all such files of a submission
_DOES_NOT_FIT = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ}

Notebooks = dict[str, NotebookNode]


class Recorder:
    """Writes graded submissions into one course of nbgrader. Close it."""

    def __init__(self, course: NbgraderCourse, info: CourseInfo) -> None:
        self._course = course
        self._writer = OutputWriter(info, languages(str(course.config.SandboxedGrading.get("language", "both"))))
        self._book: Any = Gradebook(course.db_url, course.directory.course_id or "default_course")
        self._master_files: dict[str, dict[str, bytes]] = {}
        self._names = dict(self._book.db.execute(select(BaseCell.id, BaseCell.name)).all())
        self._late: Any = AssignLatePenalties(config=course.config)
        self._late.init_plugin()
        self._late.gradebook = self._book

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def record(self, place: Place, received_at: datetime | None, results: Mapping[str, ExerciseResult]) -> None:
        """Write one submission.

        Parameters
        ----------
        results
            By exercise. One without a score leaves its cells without a score, never with 0.
        """
        graded = self._notebooks(place, results)
        self._files(place, graded)
        submission = self._submission(place, received_at)
        for notebook in submission.notebooks:
            cells = self._course.cells[place.assignment].get(notebook.name, ())
            self._grades(notebook, cells, graded.get(notebook.name), results)
        late = submission.total_seconds_late > 0 or any(nb.late_submission_penalty for nb in submission.notebooks)
        self._book.db.commit()
        if late:
            self._penalties(self._book.find_submission(place.assignment, place.student))
        self._book.db.expunge_all()  # or each commit looks at every submission so far

    def _submission(self, place: Place, received_at: datetime | None) -> Any:
        given = {} if received_at is None else {"timestamp": received_at.replace(tzinfo=None)}
        with warnings.catch_warnings(), self._book.db.no_autoflush:
            warnings.simplefilter("ignore")  # SQLAlchemy's, about how nbgrader adds a submission
            self._book.update_or_create_student(place.student)
            return self._book.update_or_create_submission(place.assignment, place.student, **given)

    def _notebooks(self, place: Place, results: Mapping[str, ExerciseResult]) -> Notebooks:
        """The notebooks as they are shown: mended, with outputs."""
        found: Notebooks = {}
        released = self._course.cells[place.assignment]
        for name, cells in released.items():
            shown = stand_in(place.folder / f"{name}.ipynb", {f"{other}.ipynb" for other in released})
            if shown is not None:
                found[name] = mended(sound(read_bytes(shown)), cells)
                self._writer.write(found[name], cells, results)
        return found

    def _files(self, place: Place, notebooks: Notebooks) -> None:
        """``autograded/<student>/<assignment>``, whole or not at all."""
        final = self._course.autograded(place)
        final.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=".new-", dir=final.parent))
        try:
            for path, data in self._masters(place.assignment).items():
                _write(new / path, data)
            for name, nb in notebooks.items():
                _write(new / f"{name}.ipynb", json.dumps(nb, ensure_ascii=False).encode() + b"\n")
            _copy_along(files_of(place.folder).files, new)
            new.chmod(0o755)
            if final.exists():
                rmtree(str(final))
            os.replace(new, final)
        except BaseException:
            rmtree(str(new))
            raise

    def _masters(self, assignment: str) -> dict[str, bytes]:
        """The instructor's own files (pictures, data); they replace what was handed in under their names."""
        if assignment not in self._master_files:
            source = self._course.source(assignment)
            files = files_of(source).files if source.is_dir() else []
            self._master_files[assignment] = {f.path: f.read(MAX_FILE) for f in files if not f.name.endswith(".ipynb")}
        return self._master_files[assignment]

    def _grades(
        self,
        notebook: Any,
        masters: Sequence[MasterCell],
        nb: NotebookNode | None,
        results: Mapping[str, ExerciseResult],
    ) -> None:
        tests = {cell.grade_id: cell for cell in masters if cell.is_test}
        shown = (
            {cell.metadata.nbgrader["grade_id"]: cell for cell in nb.cells if "nbgrader" in cell.metadata} if nb else {}
        )
        for grade in notebook.grades:
            name = self._names[grade.cell_id]
            if name in tests:
                set_auto_score(grade, _score(results[tests[name].exercise], tests[name]))
            elif nb is None:  # as nbgrader does where a notebook was not handed in
                grade.auto_score, grade.needs_manual_grade = 0, False
            elif name in shown and is_grade(shown[name]):
                set_auto_score(grade, determine_grade(shown[name])[0])
            else:
                set_auto_score(grade, None)
        for comment in notebook.comments:
            name = self._names[comment.cell_id]
            if name in shown:
                comment.auto_comment = _comment(shown[name])

    def _penalties(self, submission: Any) -> None:
        """As `AssignLatePenalties` does, with the plug-in that the configuration names."""
        late = self._late
        late.assignment_id, late.student_id = submission.assignment.name, submission.student.id
        for notebook in submission.notebooks:
            late.notebook_id = notebook.name
            notebook.late_submission_penalty = None
            if submission.total_seconds_late > 0:
                penalty = late.plugin_inst.late_submission_penalty(
                    late.student_id, notebook.score, submission.total_seconds_late
                )
                if penalty is not None:
                    notebook.late_submission_penalty = late._check_late_penalty(notebook, penalty)
        self._book.db.commit()


def _copy_along(files: Sequence[File], folder: Path) -> None:
    """Put what else was handed in beside what is there; what does not fit there (by its name, say) is left out."""
    left = MAX_COPIED
    for file in files:
        if file.name.endswith(".ipynb"):
            continue
        path = folder / file.path
        limit = min(MAX_FILE, left)
        try:
            data = file.read(limit + 1)
            if len(data) <= limit and not os.path.lexists(path):
                _write(path, data)
                left -= len(data)
        except UnreadableFile:
            continue
        except OSError as error:
            if error.errno not in _DOES_NOT_FIT:
                raise


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(READ_ONLY)


def _score(result: ExerciseResult, cell: MasterCell) -> float | None:
    return None if result.score is None else group_score(result, cell)


def _comment(cell: NotebookNode) -> str | None:
    if not is_solution(cell) or is_task(cell):
        return None
    return "No response." if cell.metadata.nbgrader.get("checksum") == compute_checksum(cell) else None
