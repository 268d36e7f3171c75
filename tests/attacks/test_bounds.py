"""What a submission can cost is bounded, and never turns into a failure of the grader."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course.causes import GENERIC
from autograder.course.exercise import load_exercise
from autograder.i18n import Text
from autograder.judge.client import Graded, JudgeHost
from autograder.model import Cause, Source, Submission, TestResult
from autograder.sandbox.levels import Protections
from autograder.text.told import text_of


SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
HONEST = (SOLUTIONS / "relu" / "relu.py").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _sandbox(protections: Protections) -> None:
    if protections.level == "C":
        pytest.skip("this machine has no sandbox (level C): attacks would run for real")


def script(name: str, text: str, exercise: str = "relu") -> Submission:
    return Submission(name, {exercise: Source(f"{exercise}.py", ((f"{exercise}.py", text),), "")})


def notebook(name: str, cells: list[str]) -> Submission:
    labelled = tuple((f"cell {i}", text) for i, text in enumerate(cells, 1))
    return Submission(name, {"relu": Source("relu.ipynb", labelled, "", is_notebook=True)})


def graded(host: JudgeHost, submission: Submission) -> tuple[TestResult, ...]:
    (one,) = host.grade([submission])
    (results,) = one.results.values()
    assert not isinstance(results, str), results
    assert sum(r.points for r in results) == 0
    return results


@pytest.fixture
def hasty(protections: Protections) -> Iterator[JudgeHost]:
    """A judge that gives a submission three seconds in all."""
    with JudgeHost([load_exercise(SOLUTIONS / "relu")], "1", 1, protections, total_seconds=3, thorough=False) as host:
        yield host


@pytest.mark.parametrize(
    "submission",
    [
        script(
            "slow to load, quick to crash", "import os, time\ntime.sleep(2)\ndef relu(x): os._exit(1)\nrelu_grad = relu"
        ),
        notebook("two thousand sleepy cells", ["import time; time.sleep(0.5)"] * 2000),
        script("asleep in each call", "import time\ndef relu(x): time.sleep(100)\nrelu_grad = relu"),
    ],
    ids=lambda s: s.student,
)
def test_the_clock_bounds_a_whole_submission(hasty: JudgeHost, submission: Submission) -> None:
    start = time.monotonic()
    results = graded(hasty, submission)
    assert time.monotonic() - start < 20
    assert {r.status for r in results} <= {"crashed", "timeout", "not_run"}


FORGE = """
import msgpack, os, struct, sys
def forge(*rest):
    f = sys._getframe()
    while 'nonce' not in f.f_locals:
        f = f.f_back
    meta = msgpack.packb(['ok', f.f_locals['nonce'], *rest])
    os.write(3, struct.pack('<4sII', b'AGW1', len(meta), 0) + meta)
"""


@pytest.mark.parametrize(
    "text",
    [
        f"{FORGE}\ndef adam(w, g, *more, **named): forge([2, 1.0, [9, hex(1 << 16000)]], [])",
        "def adam(w, g, *more, **named): return w, [None] * 199_990",
        "def adam(w, g, *more, **named):\n    s = []\n    for _ in range(28): s = [s]\n    return g, s",
    ],
    ids=["integer", "items", "depth"],
)
def test_a_state_that_cannot_go_back_is_the_students_failure(protections: Protections, text: str) -> None:
    with JudgeHost([load_exercise(SOLUTIONS / "adam")], "1", 1, protections, thorough=False) as host:
        graded(host, script("s", text, "adam"))


def test_a_tests_own_work_on_a_students_values_fails_for_want_of_memory(protections: Protections) -> None:
    text = "import numpy as np\ndef xor_net(a, b): return np.zeros((4096, 4096, 4), np.uint8)\nxnor_net = xor_net"
    with JudgeHost([load_exercise(SOLUTIONS / "xor")], "1", 1, protections, thorough=False) as host:
        graded(host, script("s", text, "xor"))


def test_no_number_travels_in_the_line_of_an_error(hasty: JudgeHost) -> None:
    text = "def relu(x):\n    exec(compile('\\n' * 4710 + 'raise ValueError', 'relu.py', 'exec'))\nrelu_grad = relu"
    for result in graded(hasty, script("s", text)):
        assert "4711" not in told(result).en + told(result).ja


def told(result: TestResult) -> Text:
    """What is read of a result: its blocks, and the sentence of its cause."""
    cause = GENERIC.get(result.cause or "")
    return text_of((*result.message, *((Cause(result.cause, cause),) if cause else ())))


def test_messages_have_a_length(hasty: JudgeHost) -> None:
    forged = FORGE.replace("'ok'", "'err'")
    text = (
        f"{forged}\ndef relu(x): forge(['V' * 90_000, 'Exception'], 'm' * 900_000, 1, 'relu.py', [])\nrelu_grad = relu"
    )
    assert max(len(told(r).en) for r in graded(hasty, script("s", text))) < 5000


SLOW = HONEST.replace("def relu(x):", "def relu(x):\n    import time; time.sleep(0.1)", 1)


def kill_below(host: JudgeHost, name: str, delay: float) -> None:
    """Kill the host (name "") or its child whose program has this name."""
    assert host._process is not None
    pid = host._process.pid

    def strike() -> None:
        time.sleep(delay)
        found = subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", str(pid)], capture_output=True, text=True)
        below = [int(line.split()[0]) for line in found.stdout.splitlines() if name in line]
        for one in below if name else [pid]:
            os.kill(one, signal.SIGKILL)

    threading.Thread(target=strike).start()


def by_kind(results: list[Graded]) -> tuple[list[Graded], list[Graded]]:
    errors = [g for g in results if isinstance(g.results["relu"], str)]
    return errors, [g for g in results if not isinstance(g.results["relu"], str)]


def test_a_sandbox_that_dies_gives_no_score_and_the_next_submissions_get_a_new_one(protections: Protections) -> None:
    if not protections.namespaces:
        pytest.skip("no bubblewrap here")
    with JudgeHost([load_exercise(SOLUTIONS / "relu")], "1", 1, protections, thorough=False) as host:
        kill_below(host, "bwrap", 1.0)
        errors, good = by_kind(list(host.grade([script(f"s{i}", SLOW) for i in range(3)])))
    assert [g.submission.student for g in errors] == ["s0"]
    for one in good:
        assert sum(r.points for r in one.results["relu"] if isinstance(r, TestResult)) == 1


def test_what_a_host_had_when_it_died_is_graded_again(protections: Protections) -> None:
    with JudgeHost([load_exercise(SOLUTIONS / "relu")], "1", 2, protections, thorough=False) as host:
        kill_below(host, "", 1.0)
        errors, good = by_kind(list(host.grade([script(f"s{i}", SLOW) for i in range(3)])))
    assert not errors
    assert len(good) == 3


@pytest.mark.parametrize(
    "answer",
    ["[range(199_000)] * 150", "[range(1000)] * 190", "[[0.0] * 1000 for _ in range(190)]", "np.zeros((2000, 4000))"],
    ids=["ranges", "short ranges", "lists", "array"],
)
def test_a_large_answer_is_judged_and_explained_in_time(protections: Protections, answer: str) -> None:
    text = f"import numpy as np\ndef relu(x): return {answer}\nrelu_grad = relu"
    with JudgeHost([load_exercise(SOLUTIONS / "relu")], "1", 1, protections) as host:
        start = time.monotonic()
        results = graded(host, script("s", text))
        assert time.monotonic() - start < 30
    assert {r.status for r in results} <= {"failed", "error", "crashed", "not_run"}


def test_answers_that_no_test_asked_for_count_against_the_exercise(protections: Protections) -> None:
    """Calls are sent ahead: the first of a test fails it, and the others of its window wait."""
    text = "import time\ndef relu(x):\n    time.sleep(1.5)\nrelu_grad = relu"
    with JudgeHost([load_exercise(SOLUTIONS / "relu")], "1", 1, protections, seconds=1.0, thorough=False) as host:
        start = time.monotonic()
        results = graded(host, script("s", text))
        assert time.monotonic() - start < 25
    assert "not_run" in {r.status for r in results}


def test_a_file_that_does_not_finish_loading_is_told_with_its_line(protections: Protections) -> None:
    for code, line in (("while True:\n    pass\n", "while True:"), ("import time\ntime.sleep(1000)\n", "time.sleep(")):
        with JudgeHost([load_exercise(SOLUTIONS / "relu")], "1", 1, protections, seconds=0.4, thorough=False) as host:
            results = graded(host, script("s", HONEST + code))
        assert {(r.status, r.cause) for r in results} == {("timeout", "load_timeout")}
        for result in results:
            assert "did not finish loading" in told(result).en
            assert "読み込みが終わりません" in told(result).ja
            assert line in told(result).en or "pass" in told(result).en


@pytest.mark.parametrize("code", ["import time\ntime.sleep(1000)", "while True:\n    pass", "input()"])
def test_a_cell_that_never_ends_costs_the_rest_of_the_notebook_nothing(protections: Protections, code: str) -> None:
    with JudgeHost([load_exercise(SOLUTIONS / "relu")], "1", 1, protections, seconds=0.4, thorough=False) as host:
        (one,) = host.grade([notebook("s", [HONEST, code, code, "x = 1"])])
    results = one.results["relu"]
    assert not isinstance(results, str)
    assert sum(r.points for r in results) == 1


@pytest.mark.parametrize("asks", ["with pytest.raises(TypeError): student.relu('a')", "pytest.skip('not here')"])
def test_what_pytest_says_in_its_own_way_is_a_failed_test(protections: Protections, tmp_path: Path, asks: str) -> None:
    """A student whose code does not raise what it should must lose that test, and not end the judge."""
    folder = tmp_path / "relu"
    shutil.copytree(SOLUTIONS / "relu", folder)
    with open(folder / "test_hidden.py", "a", encoding="utf-8") as file:
        guard = "    if isinstance(student.relu(1.0), str):\n" if "skip" in asks else "    if True:\n"
        file.write(f"\n\n@case('relu_empty', en='asks', ja='asks')\ndef test_asks(student):\n    import pytest\n{guard}")
        file.write(f"        {asks}\n")
    text = "def relu(x): return 'nothing'\nrelu_grad = relu"
    with JudgeHost([load_exercise(folder)], "1", 1, protections) as host:
        assert not host.broken
        results = graded(host, script("s", text))
    assert {r.status for r in results if r.name == "test_asks"} == {"failed"}
