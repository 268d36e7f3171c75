"""Every attack scores what an empty submission scores, and takes nothing from its neighbours."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.course.exercise import load_exercise
from autograder.judge.client import JudgeHost
from autograder.model import Source, Submission
from autograder.sandbox.levels import Protections

CORPUS = Path(__file__).parent / "corpus"
SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
ATTACKS = sorted(p.stem for p in CORPUS.glob("*.py"))
PR_SET_CHILD_SUBREAPER = 36


def descendants() -> set[int]:
    """Our own living descendants; a judge's process that outlives it would be handed to us (`adopting`)."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,stat=,comm="], capture_output=True, text=True).stdout
    rows = [line.split(None, 3) for line in listed.splitlines()]
    parent = {int(pid): int(above) for pid, above, *_ in rows}
    alive = {int(pid) for pid, _, state, name in rows if state[0] != "Z" and name != "ps"}

    def ours(pid: int) -> bool:
        return parent.get(pid) == os.getpid() or (pid in parent and ours(parent[pid]))

    return {pid for pid in alive if ours(pid)}


@pytest.fixture(scope="module")
def adopting() -> Iterator[set[int]]:
    """Make whatever a descendant leaves behind a child of this process, not of init; those that are there already."""
    if sys.platform != "linux":
        pytest.skip("only Linux hands orphans to a subreaper")
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    yield descendants()
    libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def submission(name: str, text: str) -> Submission:
    return Submission(name, {"relu": Source("relu.py", (("relu.py", text),), "")})


@pytest.fixture(scope="module")
def scores(protections: Protections, adopting: set[int]) -> dict[str, tuple[float, set[str]]]:
    """All attacks in one run, with an honest submission after each."""
    if protections.level == "C":
        pytest.skip("this machine has no sandbox (level C): attacks would run for real")
    reference = (SOLUTIONS / "relu" / "relu.py").read_text(encoding="utf-8")
    submissions = []
    for name in ATTACKS:
        submissions.append(submission(name, (CORPUS / f"{name}.py").read_text(encoding="utf-8")))
        submissions.append(submission(f"honest after {name}", reference))
    out = {}
    with JudgeHost([load_exercise(SOLUTIONS / "relu")], "1", 4, protections) as host:
        for graded in host.grade(submissions):
            results = graded.results["relu"]
            assert not isinstance(results, str), f"{graded.submission.student}: {results}"
            out[graded.submission.student] = (float(sum(r.points for r in results)), {r.status for r in results})
    return out


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_scores_nothing(scores: dict[str, tuple[float, set[str]]], name: str) -> None:
    score, statuses = scores[name]
    assert score == 0, statuses


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_takes_nothing_from_the_next_submission(scores: dict[str, tuple[float, set[str]]], name: str) -> None:
    assert scores[f"honest after {name}"] == (1.0, {"passed"})


def test_no_process_and_no_file_is_left(scores: Callable[..., object], adopting: set[int]) -> None:
    assert scores
    assert descendants() - adopting == set()
    for folder in ("/tmp", "/dev/shm", "/var/tmp", "."):
        assert not list(Path(folder).glob("left_behind_by_relu*"))
