"""Across two processes a test sees what it would see in one."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest

from autograder.judge.remote import Budget, RemoteStudent
from autograder.judge.remote_object import RemoteObject
from autograder.model import Source
from autograder.sandbox.launcher import Launcher, SpawnLauncher, launch
from autograder.sandbox.levels import Protections
from autograder.testing.failures import StudentError, WorkerGone

CODE = """
import numpy as np
from dataclasses import dataclass

def double(x): return np.asarray(x) * 2
def in_place(x, d, items, rng):
    x *= 2
    d["k"] = [1, 2]
    items.append(3)
    return rng.random()
def reshape(x): x.shape = (4,)
def nested(v): return {"a": (v, [v, None]), "b": True}
def call(f, x): return f(x) + 1
def call_badly(f): return f("text")
def numbers(n):
    for i in range(n):
        yield np.arange(i)
def adder(n): return lambda x: x + n
def same(a, b): return a is b
def divide(): return 1 / 0
def wrong_value(): raise ValueError("negative")
def own_error():
    class Mine(KeyError): pass
    raise Mine("k")
def stub(): raise NotImplementedError
def crash():
    import os
    os._exit(3)
def loop():
    while True: pass
def leave(): raise SystemExit(0)
def big(): return np.ones(1 << 27)
def strides(x): return np.array(x.strides)
class Buffer:
    def __init__(self, n): self.items, self.n = [], n
    def push(self, x): self.items.append(x)
    def __len__(self): return len(self.items)
@dataclass
class State:
    t: int = 0
def advance(state=None):
    return State((state.t if state else 0) + 1)
def reveal(state): return state.t
def draw(text): 
    import matplotlib.pyplot as plt
    fig, ax = plt.subplots()
    ax.plot([1, 2])
    return 1.0
"""


def source(text: str = CODE, notebook: bool = False) -> Source:
    cells = tuple((f"cell {i + 1}", c) for i, c in enumerate(text.split("# ---\n"))) if notebook else (("m.py", text),)
    return Source("m", cells, "", notebook)


@pytest.fixture(scope="module", params=["sandbox", "spawned"])
def launcher(request: pytest.FixtureRequest, protections: Protections) -> Iterator[Launcher]:
    if request.param == "sandbox" and protections.level == "C":
        pytest.skip("this machine has no sandbox (level C)")
    made = SpawnLauncher() if request.param == "spawned" else launch(protections, 256 << 20)
    yield made
    made.close()


@pytest.fixture(scope="module")
def student(launcher: Launcher) -> Iterator[RemoteStudent]:
    made = RemoteStudent(launcher, source(), "m", 1.0)
    yield made
    made.close()


def test_arrays_numbers_and_containers_come_back(student: RemoteStudent) -> None:
    np.testing.assert_array_equal(student.double([1, 2]), [2, 4])
    assert student.double(3) == 6
    assert student.nested(1.5) == {"a": (1.5, [1.5, None]), "b": True}


def test_what_a_call_did_to_its_arguments_is_seen_and_the_tests_own_stay(student: RemoteStudent) -> None:
    base = np.arange(6.0)
    d: dict[str, object] = {}
    items = [1]
    rng, twin = np.random.default_rng(5), np.random.default_rng(5)
    first = student.in_place(base[::-2], d, items, rng)
    (view, left_d, left_items, left_rng), _ = student.left_arguments
    np.testing.assert_array_equal(view, [10, 6, 2])
    assert (left_d, left_items) == ({"k": [1, 2]}, [1, 3])
    np.testing.assert_array_equal(base, np.arange(6.0))
    assert (d, items) == ({}, [1])
    assert first == twin.random()
    assert left_rng is rng, "random numbers are there to be used up"
    assert rng.random() == twin.random()


def test_a_changed_shape_is_seen(student: RemoteStudent) -> None:
    x = np.zeros((2, 2))
    student.reshape(x)
    assert student.left_arguments[0][0].shape == (4,)
    assert x.shape == (2, 2)


def test_layout_and_identity_survive(student: RemoteStudent) -> None:
    x = np.zeros((4, 6))
    np.testing.assert_array_equal(student.strides(x[::-1, ::2]), x[::-1, ::2].strides)
    assert student.same(x, x) is True
    assert student.same(x, x.copy()) is False


def test_a_callable_argument_is_called_back(student: RemoteStudent) -> None:
    np.testing.assert_array_equal(student.call(lambda x: x * 10, np.ones(2)), [11, 11])


def test_an_error_in_the_callback_reaches_the_student(student: RemoteStudent) -> None:
    with pytest.raises(TypeError):
        student.call_badly(lambda x: np.negative(x))


def test_functions_generators_and_objects_stay_usable(student: RemoteStudent) -> None:
    assert [len(a) for a in student.numbers(4)] == [0, 1, 2, 3]
    assert student.adder(3)(4) == 7
    buffer = student.Buffer(2)
    buffer.push(np.ones(2))
    assert len(buffer) == 1


def test_opaque_state_is_threaded_through(student: RemoteStudent) -> None:
    state = student.advance(student.advance())
    assert isinstance(state, RemoteObject)
    assert student.reveal(state) == 2


def test_a_handle_is_never_a_value(student: RemoteStudent) -> None:
    buffer = student.Buffer(2)
    for use in (bool, float, np.asarray, lambda b: b == 1, lambda b: b + 1, lambda b: np.ones(2) * b):
        with pytest.raises(TypeError):
            use(buffer)


def test_a_students_error_is_the_builtin_of_its_name(student: RemoteStudent) -> None:
    with pytest.raises(ZeroDivisionError) as info:
        student.divide()
    assert isinstance(info.value, StudentError)
    assert CODE.splitlines()[info.value.line - 1].startswith("def divide")
    with pytest.raises(ValueError, match="negative"):
        student.wrong_value()
    with pytest.raises(KeyError) as info:
        student.own_error()
    assert info.value.type_name == "Mine"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "status", "cause"),
    [
        ("stub", "error", "not_implemented"),
        ("crash", "crashed", "crashed"),
        ("loop", "timeout", "timeout"),
        ("leave", "error", "exited"),
        ("absent", "error", "function_missing"),
    ],
)
def test_what_no_test_may_hope_for_is_no_exception(student: RemoteStudent, name: str, status: str, cause: str) -> None:
    with pytest.raises(WorkerGone) as info:
        getattr(student, name)()
    assert not isinstance(info.value, Exception)
    assert (info.value.status, info.value.cause) == (status, cause)
    assert student.double(1) == 2  # a fresh process goes on


def test_memory_is_capped(launcher: Launcher) -> None:
    if isinstance(launcher, SpawnLauncher):
        pytest.skip("level C has no memory limit")
    student = RemoteStudent(launcher, source(), "m", 1.0)
    with pytest.raises(WorkerGone) as info:
        student.big()
    student.close()
    assert info.value.cause == "memory"


def test_a_function_that_timed_out_twice_is_not_tried_again(launcher: Launcher) -> None:
    student = RemoteStudent(launcher, source(), "m", 0.3)
    for _ in range(2):
        with pytest.raises(WorkerGone):
            student.loop()
    start = time.monotonic()
    with pytest.raises(WorkerGone) as info:
        student.loop()
    assert info.value.status == "timeout"
    assert time.monotonic() - start < 0.2
    assert student.double(1) == 2
    student.close()


def test_an_empty_budget_runs_nothing(launcher: Launcher) -> None:
    student = RemoteStudent(launcher, source(), "m", 1.0, Budget(0))
    with pytest.raises(WorkerGone) as info:
        student.double(1)
    student.close()
    assert info.value.status == "not_run"


def test_a_syntax_error_names_the_students_line(launcher: Launcher) -> None:
    student = RemoteStudent(launcher, source("x = 1\ndef f(:\n    pass\n"), "m", 1.0)
    with pytest.raises(WorkerGone) as info:
        student.f()
    assert (info.value.cause, info.value.line, info.value.label) == ("syntax_error", 2, "m.py")


def test_a_notebook_survives_magics_errors_and_drawing(launcher: Launcher) -> None:
    book = """%matplotlib inline
!pip install numpy
import numpy as np
import matplotlib.pyplot as plt
# ---
%%time
def f(x):
    return np.asarray(x) + 1
# ---
1 / 0
# ---
%%bash
rm -rf /
# ---
plt.plot([1]); fig, ax = plt.subplots()
def g(x):
    return f(x) * 2
# ---
while True:
    pass
# ---
def h(x): return input()
"""
    student = RemoteStudent(launcher, source(book, notebook=True), "m", 0.3)
    np.testing.assert_array_equal(student.g([1, 2]), [4, 6])
    assert isinstance(student.cell_errors[0], ZeroDivisionError)
    assert isinstance(student.cell_errors[1], WorkerGone)  # the loop ran out of time
    with pytest.raises(EOFError):
        student.h(1)
    student.close()


@pytest.mark.parametrize(
    ("cells", "cause", "line", "label"),
    [
        (["x = 1", "def f(x:\n    return x"], "syntax_error", 1, "cell 2"),
        (["def f(x):\n    return x\nprint f(3)"], "syntax_error", 3, "cell 1"),
        (["%%time\n\ndef f(x):\n  return x\n    return x"], "syntax_error", 5, "cell 1"),
        (["1 / 0", "import no_such_module as n\ny = n.a\ndef f(x): return x"], "missing_module", 1, "cell 2"),
        (["z = y\ndef f(x): return x"], "undefined_name", 1, "cell 1"),
        (["y = 1 / 0\nf = y"], "load_error", 1, "cell 1"),
        (["while True: pass\ndef f(x): return x"], "timeout", 1, "cell 1"),
        (["1 / 0", "%%cython\ndef f(x): return x"], "foreign_cell", 1, "cell 2"),
        (["%%bash\nls", "g = 1"], "function_missing", 0, ""),
        (["def g(x): return x"], "function_missing", 0, ""),
    ],
)
def test_a_function_that_a_failed_cell_should_define_is_missing_for_that_cells_reason(
    launcher: Launcher, cells: list[str], cause: str, line: int, label: str
) -> None:
    student = RemoteStudent(launcher, source("\n# ---\n".join(cells), notebook=True), "m", 0.3)
    with pytest.raises(WorkerGone) as info:
        student.f(1)
    assert (info.value.cause, info.value.line, info.value.label) == (cause, line, label)
    student.close()


def test_what_cannot_travel_is_no_fault_of_the_grader(student: RemoteStudent) -> None:
    with pytest.raises(WorkerGone) as info:  # in the proof of the suite, the reference's failure
        student.double(object())
    assert (info.value.status, info.value.cause) == ("error", "wrong_type")


@pytest.mark.parametrize("kind", ["sandbox", "spawned"])
def test_the_environment_holds_no_token(kind: str, protections: Protections, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind == "sandbox" and protections.level == "C":
        pytest.skip("this machine has no sandbox (level C)")
    monkeypatch.setenv("AUTOGRADER_MOODLE_TOKEN", "secret")
    made = SpawnLauncher() if kind == "spawned" else launch(protections, 256 << 20)
    student = RemoteStudent(made, source("import os\ndef names(): return sorted(os.environ)\n"), "m", 1.0)
    try:
        names = student.names()
    finally:
        student.close()
        made.close()
    assert "OMP_NUM_THREADS" in names
    assert not [name for name in names if "TOKEN" in name]


def test_a_name_that_a_failed_cell_should_have_made_known_is_unknown_for_that_cells_reason(launcher: Launcher) -> None:
    cells = (
        "from no_such_module import *\nimport numpy as np\n# ---\ndef f(x): return np.asarray(x)\ndef g(x): return nq"
    )
    student = RemoteStudent(launcher, source(cells, notebook=True), "m", 0.3)
    with pytest.raises(WorkerGone) as info:
        student.f(1)
    assert (info.value.cause, info.value.line, info.value.label) == ("missing_module", 1, "cell 1")
    with pytest.raises(NameError, match="nq"):
        student.g(1)
    student.close()
