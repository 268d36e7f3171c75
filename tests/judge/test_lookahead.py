"""Calls sent ahead change nothing that a test sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder.judge.lookahead import Ahead, Plan, look_ahead
from autograder.judge.remote import RemoteStudent
from autograder.model import Source
from autograder.sandbox.launcher import Launcher, SpawnLauncher, launch
from autograder.sandbox.levels import Protections
from autograder.testing.bench import Bench
from autograder.testing.failures import WorkerGone

BIG = 20_000


def f(x: Any) -> Any:
    return np.asarray(x) + 1.0


MODULE = SimpleNamespace(f=f)


def independent(bench: Bench) -> None:
    for n in (1, 2, 3):
        bench.expect(bench.student.f(np.full(n, 5.0)), np.full(n, 6.0))


def dependent(bench: Bench) -> None:
    """The second call passes on what the first returned."""
    first = bench.student.f(np.zeros(2))
    bench.expect(bench.student.f(first), [2.0, 2.0])
    bench.expect(bench.student.f(np.ones(1)), [2.0])


def calls_back(bench: Bench) -> None:
    bench.expect(bench.student.f(3.0), 4.0)
    bench.student.g(lambda v: v)


def large(bench: Bench) -> None:
    for n in range(3):
        bench.expect(bench.student.f(np.full(BIG, float(n))), np.full(BIG, n + 1.0))


TESTS: dict[str, Callable[[Bench], None]] = {
    "independent": independent,
    "dependent": dependent,
    "calls_back": calls_back,
    "large": large,
    "again": independent,
}


def run(test: str, bench: Bench) -> BaseException | None:
    try:
        TESTS[test](bench)
    except (Exception, WorkerGone) as error:
        return error
    return None


def bench(student: Any, test: str) -> Bench:
    return Bench(student, None, test)


@pytest.fixture(scope="module")
def plan() -> Plan:
    module = SimpleNamespace(f=f, g=lambda callback: callback(1.0))
    return look_ahead(run, bench, list(TESTS), module, 1.0)


@pytest.fixture(scope="module")
def launcher(protections: Protections) -> Iterator[Launcher]:
    made = SpawnLauncher() if protections.level == "C" else launch(protections, 256 << 20)
    yield made
    made.close()


def outcomes(launcher: Launcher, plan: Plan | None, text: str) -> list[str]:
    """How each test ends on a student's code."""
    student = RemoteStudent(launcher, Source("m.py", (("m.py", text),), ""), "m", 1.0, plan=plan)
    ends = []
    for test in TESTS:
        student.begin_test(test)
        error = run(test, bench(student, test))
        ends.append(f"{test}: {type(error).__name__} {error}")
    student.close()
    return ends


def planned(plan: Plan, test: str) -> int:
    assert plan.spans is not None
    first, end = plan.spans[test]
    return end - first


def test_only_calls_that_depend_on_nothing_are_planned(plan: Plan) -> None:
    assert [planned(plan, test) for test in TESTS] == [3, 1, 1, 3, 3]


def test_a_window_ends_where_a_test_goes_on_by_itself_and_where_it_grows_large(plan: Plan) -> None:
    assert plan.spans is not None
    starts = {test: span[0] for test, span in plan.spans.items()}
    assert plan.window(0) == starts["calls_back"]
    assert plan.window(starts["large"]) == starts["large"] + 1


def test_another_call_than_the_planned_one_is_made_by_itself(plan: Plan) -> None:
    ahead = Ahead(plan)
    ahead.begin("independent")
    assert ahead.planned("f", (np.full(1, 5.0),), {}) == 0
    assert ahead.planned("f", (np.full(2, 5.5),), {}) is None
    assert ahead.planned("f", (np.full(2, 5.0),), {}) is None, "a test that has left the plan stays out of it"


RIGHT = "import numpy as np\ndef f(x):\n    return np.asarray(x) + 1.0\ndef g(c):\n    return c(1.0)\n"


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        RIGHT.replace("+ 1.0", "+ 2.0"),
        "def f(x):\n    raise ValueError('no')\ndef g(c): return 1.0\n",
        "def g(c):\n    return c(1.0)\n",
        RIGHT + "def f(x):\n    while True:\n        pass\n",
        RIGHT + "import os\ndef f(x):\n    os._exit(3)\n",
        RIGHT + "def f(x):\n    if np.size(x) == 2: os._exit(3)\n    return x + 1.0\nimport os\n",
        RIGHT + "def f(x):\n    x += 1.0\n    return x\n",
        RIGHT + "def f(x):\n    return lambda: 1\n",
        RIGHT + "def f(x):\n    return np.zeros((3000, 3000))\n",
        RIGHT + "import os\ndef f(x):\n    os.write(3, b'AGW1' * 100)\n    return x + 1.0\n",
    ],
    ids=["right", "wrong", "raises", "missing", "loops", "exits", "exits_late", "mutates", "handle", "huge", "forges"],
)
def test_every_test_ends_as_it_would_without(launcher: Launcher, plan: Plan, text: str) -> None:
    assert outcomes(launcher, plan, text) == outcomes(launcher, None, text)


@pytest.mark.parametrize("end", ["os._exit(3)", "while True: pass"], ids=["exits", "loops"])
def test_what_no_test_asked_for_costs_nobody_a_test(launcher: Launcher, plan: Plan, end: str) -> None:
    """The first test fails at once, and the next of its calls would have ended the process."""
    text = RIGHT + f"import os\ndef f(x):\n    if np.size(x) == 1: return x\n    if np.size(x) == 3:\n        {end}\n"
    text += "    return np.asarray(x) + 1.0\n"
    ahead, alone = outcomes(launcher, plan, text), outcomes(launcher, None, text)
    assert ahead == alone
    assert "independent: Failed" in ahead[0]


def test_answers_that_nobody_reads_do_not_block_the_process(launcher: Launcher, plan: Plan) -> None:
    """A megabyte is more than a socket holds; the first test asks for one answer of three."""
    text = "import numpy as np\ndef f(x):\n    return np.zeros(1 << 17)\ndef g(c):\n    return c(1.0)\n"
    ends = outcomes(launcher, plan, text)
    assert all("Failed" in end for end in ends), ends


def test_arrays_arrive_with_their_layout(launcher: Launcher) -> None:
    def views(bench: Bench) -> None:
        bench.expect(bench.student.f(np.arange(6.0).reshape(2, 3).T), 1.0)

    def on(test: str, made: Bench) -> None:
        views(made)

    plan = look_ahead(on, bench, ["views"], MODULE, 1.0)
    text = "def f(x):\n    return float(x.strides[0] < x.strides[1])\n"
    student = RemoteStudent(launcher, Source("m.py", (("m.py", text),), ""), "m", 1.0, plan=plan)
    student.begin_test("views")
    views(bench(student, "views"))
    student.close()


def test_a_write_to_an_argument_is_seen(launcher: Launcher, plan: Plan) -> None:
    text = "def f(x):\n    x += 1.0\n    return x\n"
    student = RemoteStudent(launcher, Source("m.py", (("m.py", text),), ""), "m", 1.0, plan=plan)
    student.begin_test("independent")
    x = np.full(1, 5.0)
    student.f(x)
    student.close()
    assert student.left_arguments[0][0][0] == 6.0
    assert x[0] == 5.0


def test_the_calls_come_in_the_order_of_the_tests(launcher: Launcher, plan: Plan) -> None:
    text = "import numpy as np\nseen = []\ndef f(x):\n    seen.append(np.size(x))\n    return np.asarray(x) + 1.0\n"
    text += "def g(c):\n    return c(1.0)\ndef order():\n    return list(seen)\n"
    student = RemoteStudent(launcher, Source("m.py", (("m.py", text),), ""), "m", 1.0, plan=plan)
    for test in TESTS:
        student.begin_test(test)
        assert run(test, bench(student, test)) is None
    assert student.order() == [1, 2, 3, 2, 2, 1, 1, *[BIG] * 3, 1, 2, 3]
    student.close()


def test_a_call_that_is_given_what_is_expected_of_an_earlier_one_does_not_wait_beside_it() -> None:
    """The student's process can read what waits: the right answer would lie there."""

    def step_by_step(bench: Bench) -> None:
        x = np.zeros(2)
        for _ in range(3):
            want = bench.reference.f(x)
            bench.expect(bench.student.f(x), want)
            x = want

    found = look_ahead(
        lambda _, made: step_by_step(made), lambda student, test: Bench(student, MODULE, test), ["t"], MODULE, 1.0
    )
    assert [call.given[0][0].tolist() for call in found.calls] == [[0.0, 0.0]]
