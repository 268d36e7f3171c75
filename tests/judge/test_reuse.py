"""Exercises of one submission share a process only as long as none of them can notice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course.exercise import load_exercise
from autograder.judge.client import JudgeHost
from autograder.judge.remote import RemoteStudent
from autograder.judge.reuse import Seats
from autograder.model import Source, Submission
from autograder.sandbox.launcher import Launcher, SpawnLauncher, launch
from autograder.sandbox.levels import Protections

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
WHO = "import os\n\n\ndef who():\n    return os.getpid()\n"


def source(text: str) -> Source:
    return Source("m.py", (("m.py", text),), "")


@pytest.fixture(scope="module")
def launcher(protections: Protections) -> Iterator[Launcher]:
    made = SpawnLauncher() if protections.level == "C" else launch(protections, 256 << 20)
    yield made
    made.close()


def two_processes(launcher: Launcher, first: str) -> tuple[int, int]:
    """The process of an exercise, and of the one after it."""
    seats = Seats(launcher)
    pids = []
    for text in (first, WHO):
        student = RemoteStudent(seats, source(text), "m", 1.0)
        pids.append(student.who())
        student.vacate(seats)
    seats.close()
    return pids[0], pids[1]


def test_a_clean_process_is_used_again(launcher: Launcher) -> None:
    first, second = two_processes(launcher, WHO)
    assert first == second


@pytest.mark.parametrize(
    "change",
    [
        "import numpy as np\nnp.seterr(all='raise')\n",
        "import numpy as np\nnp.maximum = np.minimum\n",
        "import numpy as np\nnp.linalg.norm = None\n",
        "import builtins\nbuiltins.sum = max\n",
        "import sys\nsys.setrecursionlimit(50_000)\n",
        "import warnings\nwarnings.simplefilter('error')\n",
        "import signal\nsignal.signal(signal.SIGPROF, signal.SIG_IGN)\n",
    ],
    ids=lambda text: text.split("\n")[1][:24],
)
def test_a_changed_process_is_not(launcher: Launcher, change: str) -> None:
    first, second = two_processes(launcher, change + WHO)
    assert first != second


def test_names_of_one_exercise_are_unknown_to_the_next(launcher: Launcher) -> None:
    seats = Seats(launcher)
    first = RemoteStudent(seats, source("secret = 1\n" + WHO), "m", 1.0)
    first.who()
    first.vacate(seats)
    second = RemoteStudent(seats, source("def look():\n    return 'secret' in globals()\n"), "m", 1.0)
    assert second.look() is False
    second.vacate(seats)
    seats.close()


def test_a_wrong_file_takes_no_other_exercise_down(protections: Protections) -> None:
    bad = "import numpy as np, os\nnp.seterr(all='raise')\nnp.sum = None\n\n\ndef relu(x):\n    os._exit(1)\n"
    neuron = (SOLUTIONS / "neuron" / "neuron.py").read_text(encoding="utf-8")
    with JudgeHost([load_exercise(SOLUTIONS / i) for i in ("relu", "neuron")], "1", 1, protections) as host:
        (graded,) = host.grade([Submission("s", {"relu": source(bad), "neuron": source(neuron)})])
    relu_results, neuron_results = graded.results["relu"], graded.results["neuron"]
    assert not isinstance(relu_results, str)
    assert not isinstance(neuron_results, str)
    assert sum(r.points for r in relu_results) == 0
    assert sum(r.points for r in neuron_results) == 1


def test_what_a_student_prints_never_reaches_the_judges_connection(launcher: Launcher) -> None:
    """Streams are flushed when some KiB are full, in the middle of whatever is going on."""
    loud = "print('x' * 5000)\n\n\ndef who():\n    import sys\n\n    print('y' * 5000, file=sys.stderr)\n    return 7\n"
    seats = Seats(launcher)
    for _ in range(3):
        student = RemoteStudent(seats, source(loud), "m", 1.0)
        assert [student.who() for _ in range(4)] == [7, 7, 7, 7]
        student.vacate(seats)
    seats.close()
