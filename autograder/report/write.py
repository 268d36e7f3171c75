"""Write every output of a run in one pass over its results."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from ..errors import GraderError
from ..gradebook import CourseInfo, Gradebook
from ..i18n import Lang, Text
from ..text.clean import clean_result
from .classdata import ClassData
from .classpage import ClassPage, class_page
from .feedback import feedback
from .filenames import FileNames
from .grades_csv import grades_csv
from .results_json import results_json


def write_all(
    gradebook: Gradebook,
    run_id: int | None,
    out_dir: Path,
    course_info: CourseInfo | None = None,
    lang: Lang = "en",
) -> list[Path]:
    """Write ``results.json``, ``grades.csv``, ``feedback/*.html`` and ``report/index.html``.

    Parameters
    ----------
    run_id
        Whose results; None for the newest grade of each exercise over all runs.
    course_info
        Titles and sentences; by default those that the run remembers.
    lang
        The language that the pages show first; each holds both.

    Returns
    -------
    list of Path
        ``results.json``, ``grades.csv``, the class page, and the folder of the feedback.

    Raises
    ------
    GraderError
        There is no such run, or a file cannot be written. No output is left half-written.
    """
    run = gradebook.run(run_id) if run_id is not None else gradebook.last_run()
    if run is None:
        raise GraderError(_EMPTY.format(path=gradebook.path))
    course = course_info or run.course
    exercises = course.in_order(gradebook.exercises(run_id))
    names = FileNames(".html")
    data = ClassData(course)
    paths = [out_dir / "results.json", out_dir / "grades.csv", out_dir / "report" / "index.html", out_dir / "feedback"]
    with ExitStack() as files:
        outputs = [
            files.enter_context(results_json(paths[0], run)),
            files.enter_context(grades_csv(paths[1], exercises)),
            feedback(paths[3], course, names, lang),
            data.add,
        ]
        for result in gradebook.results(run.id) if run_id is not None else gradebook.latest_results():
            told = clean_result(result)
            for output in outputs:
                output(told)
        class_page(paths[2], ClassPage(data, course, run, names, exercises), lang)
    return paths


_EMPTY = Text("{path}: nothing has been graded yet", "{path}: まだ何も採点されていません")
