"""Each exercise of a notebook has the cells that it needs, and none that could only harm it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.collect import collect
from autograder.collect.alone import Separable

CRASH = "def softmax(x):\n    return x\nimport os\nos._exit(0)"
MINE, OTHERS = {"backprop"}, {"softmax", "relu"}


def kept(*sources: str) -> list[int]:
    """Which cells backprop is graded with, counted from 1."""
    cells = tuple((str(i), source) for i, source in enumerate(sources, 1))
    return [int(label) for label, _ in Separable(cells).alone(MINE, OTHERS)]


def test_another_exercise_is_left_out_and_what_is_nobodys_stays() -> None:
    assert kept("import numpy as np", CRASH, "TRAINED = 3", "def backprop():\n    return np", "print(3)") == [
        1,
        3,
        4,
        5,
    ]


@pytest.mark.parametrize("broken", ["def softmax(x:\n    return x", "%%time\ndef softmax(x):\n    while True: pass"])
def test_another_exercise_is_left_out_however_it_is_written(broken: str) -> None:
    assert kept(broken, "def backprop(): ...") == [2]


def test_a_helper_of_the_same_name_in_a_later_exercise_does_not_replace_ones_own() -> None:
    mine = "def _sum(x):\n    return x.sum()\n\ndef backprop(x):\n    return _sum(x)"
    assert kept(mine, "def _sum(x):\n    return 0\n\ndef softmax(x):\n    return _sum(x)") == [1]


def test_a_function_of_another_exercise_comes_along_where_it_is_used() -> None:
    relu, softmax = "def relu(x): ...", "def softmax(x):\n    return relu(x)"
    assert kept(relu, softmax, "def backprop(x):\n    return relu(x)") == [1, 3]
    assert kept(relu, softmax, "def backprop(x):\n    return softmax(x)") == [1, 2, 3]
    assert kept("def backprop(x):\n    return softmax(x)", softmax) == [1, 2]


def test_a_helper_of_nobody_brings_what_it_uses() -> None:
    helper = "def helper(x):\n    return relu(x)"
    assert kept("def relu(x): ...", helper, "def backprop(x):\n    return helper(x)") == [1, 2, 3]


def test_a_trial_of_another_exercise_goes_with_it() -> None:
    assert kept("def relu(x): ...", "y = relu(1)", "print(y)", "z = 2", "def backprop(x):\n    return z") == [4, 5]


def test_an_import_that_only_another_exercise_has_comes_along() -> None:
    assert kept("import numpy as np\ndef relu(x): ...", "def backprop(x):\n    return np.sum(x)") == [1, 2]


def test_a_name_used_at_once_comes_from_before_even_if_a_later_cell_has_it_too() -> None:
    relu, softmax = "import numpy as np\ndef relu(x): ...", "import numpy as np\ndef softmax(x): ..."
    assert kept(relu, "EPS = np.finfo(float).eps\ndef backprop(x): ...", softmax) == [1, 2, 3]


def test_a_star_import_is_never_left_out() -> None:
    assert kept("from numpy import *\ndef relu(x): ...", "def backprop(x):\n    return maximum(x, 0)") == [1, 2]


def test_a_cell_for_several_exercises_belongs_to_each() -> None:
    assert kept("def relu(x): ...\ndef backprop(x): ...", "def softmax(x): ...") == [1]


def test_a_definition_that_the_text_does_not_show_keeps_everything() -> None:
    assert kept(CRASH, "globals()['back' + 'prop'] = print") == [1, 2]


def test_in_a_submission_each_exercise_has_its_own_cells_and_its_own_fingerprint(
    folder: Callable[..., Path], notebook: Callable[..., str]
) -> None:
    functions = {"relu": ["relu", "relu_grad"], "softmax": ["softmax"]}

    def sources(relu: str) -> dict[str, tuple[list[str], str]]:
        text = notebook("import numpy as np", relu, CRASH)
        assert json.loads(text)
        (one,) = collect(folder({"s001/u.ipynb": text}), list(functions), functions=functions).submissions
        return {i: ([label for label, _ in s.cells], s.sha256) for i, s in one.sources.items()}

    before, after = sources("def relu(x):\n    return x"), sources("def relu(x):\n    return 2 * x")
    assert {i: cells for i, (cells, _) in before.items()} == {
        "relu": ["cell 1", "cell 2"],
        "softmax": ["cell 1", "cell 3"],
    }
    assert before["softmax"] == after["softmax"]
    assert before["relu"][1] != after["relu"][1]


NAMES = st.frozensets(st.sampled_from(["backprop", "softmax", "relu", "h", "k"]), max_size=3)


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=8))
def test_what_is_left_out_is_nobodys_need_and_what_stays_can_run(
    cells: list[tuple[frozenset[str], frozenset[str]]],
) -> None:
    sources = ["\n".join([*(f"{n} = 1" for n in sorted(defines)), *sorted(uses - defines)]) for defines, uses in cells]
    stays = [n - 1 for n in kept(*(source or "pass" for source in sources))]
    out = set(range(len(cells))) - set(stays)
    for i, (defines, uses) in enumerate(cells):
        if "backprop" in defines:
            assert i in stays
        for name in uses - defines:
            definers = {j for j, (found, _) in enumerate(cells) if name in found}
            if i in stays and definers:
                assert not definers <= out, "a cell that stays finds each name that any cell has"
    own = {i for i, (defines, _) in enumerate(cells) if "backprop" in defines}
    for i in out if own else ():
        defines, uses = cells[i]
        lacking = any(
            (definers := {j for j, (found, _) in enumerate(cells) if name in found}) and definers <= out
            for name in uses - defines
        )
        assert lacking or defines & OTHERS, "what is left out is another exercise's, or cannot run"
    if not own:
        assert not out
