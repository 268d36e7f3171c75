"""Modules by real people, adapted to our signatures: the cause that is named is the right one.

The suites may change; what is asked here is that none of the failed tests gets a cause that
misleads, and that the right one is among those that are named.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections import defaultdict
from pathlib import Path

import pytest

from autograder.author.local import diagnose, own_causes, run_locally
from autograder.course.exercise import load_exercise
from autograder.testing.fixtures import load_module
from autograder.testing.suite import Suite, collected

FOLDER = Path(__file__).with_name("student_code")
SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"

# File: causes of which one must be named, and those that may stand beside them.
RIGHT = {
    "adam/eps_fixed_1e7": ({"eps_fixed", "eps_hard_coded"}, set()),
    "backprop/shape_of_a_list": ({"list_argument", "lists_refused"}, set()),
    "conv2d/np_int": ({"removed_numpy_name"}, set()),
    "conv2d/padding_variable_unset": ({"unbound_local", "padded_only_if_padding"}, set()),
    "cross_entropy/textbook_1e7_added": (
        {"eps_fixed_added"},
        {"by_size_and_argmax", "number_argument", "list_argument"},
    ),
    "neuron/weights_first_matmul": ({"inner_sizes", "weights_first"}, {"list_argument", "arrays_only"}),
    "pooling/size_forgets_padding": ({"reshape_size", "size_forgets_padding"}, set()),
    "relu/astype_of_python_bool": ({"number_argument"}, {"list_argument", "arrays_only"}),
    "relu/if_returns_array": ({"if_on_array"}, {"number_argument", "list_argument", "arrays_only"}),
    "relu/np_max_for_maximum": ({"array_as_axis"}, set()),
}  # fmt: skip
# Named nowhere in the list of causes that may be told of these.
MISLEADING = {
    "cross_entropy/no_guard_labels_only": {"guard_outside_log"},
    "neuron/weights_first_matmul": {"transposed_samples"},
}


def _told(exercise_id: str) -> dict[str, set[str]]:
    exercise = load_exercise(SOLUTIONS / exercise_id)
    told: dict[str, set[str]] = defaultdict(set)

    def body(suite: Suite) -> None:
        reference = load_module(exercise.reference)
        diagnosis = diagnose(suite, exercise, reference, "1")
        for path in sorted(FOLDER.glob(f"{exercise_id}/*.py")):
            outcomes = run_locally(suite, load_module(path), reference, "1")
            failures = {n: (o.observation, o.error) for n, o in outcomes.items() if o.observation is not None}
            passed = [n for n in outcomes if n not in failures]
            causes = diagnosis.choose(failures, passed, own_causes(outcomes, path.read_text(encoding="utf-8"), path))
            told[f"{exercise_id}/{path.stem}"] = {cause for cause in causes.values() if cause}

    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        collected([exercise.hidden], body)
    return told


@pytest.mark.parametrize("exercise_id", sorted(p.name for p in FOLDER.iterdir() if p.is_dir()))
def test_the_right_cause_is_named_and_no_other(exercise_id: str) -> None:
    for name, causes in _told(exercise_id).items():
        assert not causes & MISLEADING.get(name, set()), name
        if name in RIGHT:
            one_of, besides = RIGHT[name]
            assert causes & one_of, (name, causes)
            assert causes <= one_of | besides, (name, causes)
