"""The hidden line of a test cell, for those who keep nbgrader's own Execute.

    from autograder.nbgrader.cell import score

    score("relu", "gradient")

With `preprocessor.SandboxedGrading` this line never runs. With Execute it runs in the kernel, after
the student's code, and its value is the score of the cell.

What it does protect: the suites are not in the kernel's process. The notebook is read from the
disk, and graded by a separate process in the same sandbox as ``autograder grade``, so a loop, a crash or
a warning of one exercise costs no other one, and the student's code learns no expected value.

What it cannot protect: the kernel belongs to the student. Code that replaces this function, the
display hook or the cell before it runs can print any number, and whatever can be read or written by the
user who runs nbgrader is open to it, the gradebook included. Nor can a failure of the grader be
told from a wrong answer: it raises, and nbgrader gives an error 0 points. For marks that count, use the
preprocessor.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from ..errors import AutograderError, GraderError
from ..i18n import Text
from .where import cell_id, course

MODULE = "autograder.nbgrader.cell"
SEED = "AUTOGRADER_SEED"  # set it to repeat a grading with the same inputs
LIMIT_SECONDS = 600


def score(exercise_id: str, group: str) -> float:
    """The points of one group of an exercise's tests, a builtin float between 0 and what it is worth.

    All exercises of the notebook are graded with the first call; the others look their score up.

    Raises
    ------
    GraderError
        The grader failed; there is no score.
    ConfigError
        ``AUTOGRADER_COURSE`` does not name a course.
    """
    scores = _scores(str(course().path), os.getcwd())
    name = cell_id(exercise_id, group)
    if name not in scores:
        raise GraderError(scores.get(exercise_id) or _UNKNOWN.format(cell=name))
    return float(scores[name])


@cache
def _scores(course_path: str, folder: str) -> dict[str, str]:
    """Scores by cell, and by exercise why there is none; as text, which carries a float exactly."""
    # Isolated, and not in the student's folder: a file there could take the place of any module.
    command = [sys.executable, "-I", "-m", MODULE, course_path, folder]
    done = subprocess.run(
        command, cwd=Path(course_path).parent, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT_SECONDS
    )
    if done.returncode != 0:
        raise GraderError(done.stderr.decode("utf-8", "replace").strip()[-500:] or "the grader ended without a word")
    found: dict[str, str] = json.loads(done.stdout)
    return found


def main(course_path: str, folder: str) -> int:
    """Grade the notebooks of a folder and print the scores as JSON."""
    from ..collect import not_understood
    from ..pipeline import make_plan
    from .session import Session, read_submission

    try:
        plan = make_plan(Path(course_path))
        names = {path.name for path in Path(folder).glob("*.ipynb")}
        handed = read_submission(Path(folder), "", "", plan, plan.exercises, names)
        sources = {
            i: replace(s, cells=tuple(c for c in s.cells if MODULE not in c[1])) for i, s in handed.sources.items()
        }
        # A judge for what is there alone: suites take time to prepare.
        present = make_plan(Path(course_path), list(sources)) if sources else plan
        found: dict[str, str] = {}
        if sources:
            seed = os.environ.get(SEED)
            with Session(present, int(seed) if seed else secrets.randbits(53), expected=1) as session:
                result = session.grade(("", ""), lambda _: replace(handed, sources=sources))
            for exercise in result.exercises:
                if exercise.status != "graded":
                    found[exercise.id] = exercise.notes[0].text.en if exercise.notes else exercise.status
                    continue
                for group in present.exercises[exercise.id].config.groups:
                    points = sum(t.points for t in exercise.tests if t.group == group)
                    found[cell_id(exercise.id, group)] = repr(float(points))
        for exercise_id, one in plan.exercises.items():
            if exercise_id in sources:
                continue
            if paths := handed.may_be_in(exercise_id):
                found[exercise_id] = f"{exercise_id}: {not_understood(paths).text.en}"
            else:
                found |= {cell_id(exercise_id, group): "0.0" for group in one.config.groups}
    except AutograderError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(json.dumps(found))
    return 0


_UNKNOWN = Text(
    "{cell}: no such exercise or group of tests", "{cell}: そのような演習またはテストのグループはありません"
)

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
