"""Put results where nbgrader's own autograde would put them: its gradebook, and ``autograded/``.

The rules are nbgrader's (`SaveAutoGrades`, `AssignLatePenalties`), the API is nbgrader's, and a
whole submission is one transaction: that is what makes it fast.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task, rmtree

from ..gradebook import CourseInfo
from ..i18n import LANGS, Lang
from ..model import ExerciseResult
from .fast_course import NbgraderCourse, Place
from .grading import files_of, read_bytes, stand_in
from .grading_gradebook import set_auto_score
from .grading_master import MasterCell
from .grading_mend import mended, sound
from .grading_outputs import group_score, write_outputs

READ_ONLY = 0o444
MAX_FILE = 100_000_000  # bytes of a file that is copied along, nbgrader's own limit

Notebooks = dict[str, NotebookNode]


class Recorder:
    """Writes graded submissions into one course of nbgrader. Close it."""

    def __init__(self, course: NbgraderCourse, info: CourseInfo, langs: Sequence[Lang] = LANGS) -> None:
        self._course = course
        self._info = info
        self._langs = langs
        self._book: Any = Gradebook(course.db_url, course.directory.course_id or "default_course")
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
        self._book.update_or_create_student(place.student)
        given = {} if received_at is None else {"timestamp": received_at.replace(tzinfo=None)}
        submission = self._book.update_or_create_submission(place.assignment, place.student, **given)
        for notebook in submission.notebooks:
            cells = self._course.cells[place.assignment].get(notebook.name, ())
            self._grades(notebook, cells, graded.get(notebook.name), results)
        self._book.db.commit()
        if submission.total_seconds_late > 0 or any(nb.late_submission_penalty for nb in submission.notebooks):
            self._penalties(submission)
        self._book.db.expunge_all()  # or each commit looks at every submission so far

    def _notebooks(self, place: Place, results: Mapping[str, ExerciseResult]) -> Notebooks:
        """The notebooks as they are shown: mended, with outputs."""
        found: Notebooks = {}
        released = self._course.cells[place.assignment]
        for name, cells in released.items():
            shown = stand_in(place.folder / f"{name}.ipynb", {f"{other}.ipynb" for other in released})
            if shown is not None:
                found[name] = mended(sound(read_bytes(shown)), cells)
                write_outputs(found[name], cells, results, self._info, self._langs)
        return found

    def _files(self, place: Place, notebooks: Notebooks) -> None:
        """``autograded/<student>/<assignment>``, whole or not at all."""
        final = self._course.autograded(place)
        final.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=".new-", dir=final.parent))
        try:
            for file in files_of(place.folder).files:
                if not file.name.endswith(".ipynb"):
                    target = new / file.path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(file.read(MAX_FILE))
            self._masters(place.assignment, new)
            for name, nb in notebooks.items():
                text = nbformat.v4.writes(nb)  # type: ignore[no-untyped-call]
                (new / f"{name}.ipynb").write_text(f"{text}\n", encoding="utf-8")
            for path in new.rglob("*"):
                if path.is_file():
                    path.chmod(READ_ONLY)
            new.chmod(0o755)
            if final.exists():
                rmtree(str(final))
            os.replace(new, final)
        except BaseException:
            rmtree(str(new))
            raise

    def _masters(self, assignment: str, target: Path) -> None:
        """The instructor's own files (pictures, data) over whatever was handed in under their names."""
        source = self._course.source(assignment)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.ipynb", ".*"))

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
            if grade.name in tests:
                set_auto_score(grade, _score(results[tests[grade.name].exercise], tests[grade.name]))
            elif nb is None:  # as nbgrader does where a notebook was not handed in
                grade.auto_score, grade.needs_manual_grade = 0, False
            elif grade.name in shown and is_grade(shown[grade.name]):
                set_auto_score(grade, determine_grade(shown[grade.name])[0])
            else:
                set_auto_score(grade, None)
        for comment in notebook.comments:
            if comment.name in shown:
                comment.auto_comment = _comment(shown[comment.name])

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


def _score(result: ExerciseResult, cell: MasterCell) -> float | None:
    return None if result.status == "grader_error" else group_score(result, cell)


def _comment(cell: NotebookNode) -> str | None:
    if not is_solution(cell) or is_task(cell):
        return None
    return "No response." if cell.metadata.nbgrader.get("checksum") == compute_checksum(cell) else None
