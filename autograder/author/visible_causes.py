"""Prove what a student is told on a laptop: no wrong version gets another one's cause on a visible test.

There the few visible tests alone decide, against `causes.json`, so the causes may differ from
those of a grading, where hidden tests tell the versions apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..course.causes import OBSERVED
from ..course.declared import WrongVersion
from ..course.exercise import Exercise
from ..student.misconceptions import Misconceptions
from ..testing.causes_file import VISIBLE_SEED
from ..testing.suite import Suite
from .local import own_causes, run_locally
from .problems import Problem, error
from .visible import collect_quietly, known_failures


def check_visible_causes(exercise: Exercise) -> list[Problem]:
    """A problem for each wrong version of which a visible test tells a cause that is another's."""
    found: list[Problem] = []
    known = Misconceptions(known_failures(exercise))

    def body(suite: Suite) -> None:
        for version in map(WrongVersion.read, exercise.wrong):
            if version.run:
                found.extend(_misled(suite, version, known))

    collect_quietly([exercise], body)
    return found


def _misled(suite: Suite, declared: WrongVersion, known: Misconceptions) -> Iterator[Problem]:
    version = declared.version
    outcomes = run_locally(suite, version.load(), None, VISIBLE_SEED)
    failures = {n: (o.observation, o.error) for n, o in outcomes.items() if o.observation is not None}
    passed = [n for n in outcomes if n not in failures]
    told = known.choose(failures, passed, own_causes(outcomes, version.code, version.file))
    for test, cause in told.items():
        if cause is not None and cause != declared.cause and cause not in OBSERVED:
            yield error(
                version.file,
                f"{version.label}: the visible test {test} tells the cause {cause!r}, not {declared.cause!r}; "
                "give that test an input on which the two differ",
                f"{version.label}: 公開テスト {test} で示される原因が {declared.cause!r} ではなく {cause!r} です。"
                "両者の違いが出る入力をテストに加えてください",
            )
