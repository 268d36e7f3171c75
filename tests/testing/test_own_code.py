"""An exception is explained by its message, its line and the arguments of the call."""

from __future__ import annotations

import traceback
import warnings
from typing import Any

import numpy as np
import pytest

from autograder.course.causes import GENERIC, OBSERVED
from autograder.testing.bench import Call
from autograder.testing.own_code import OwnCode

VECTOR, WHOLE = np.array([1.0, -2.0]), np.array([1, 2])
LIST, NUMBER, BYTES = [1.0, -2.0], -0.27, np.array([1, 200], dtype=np.uint8)

# The body of f(x), its argument, and the cause.
RAISING: list[tuple[str, tuple[Any, ...], str]] = [  # body, args, expected
    ("return np.maximun(0, x)", (VECTOR,), "unknown_module_name"),
    ("return np.Maximum(0, x)", (VECTOR,), "unknown_module_name"),
    ("return np.int(x[0])", (VECTOR,), "removed_numpy_name"),
    ("return x.astype(np.float)", (VECTOR,), "removed_numpy_name"),
    ("return x + np.Inf", (VECTOR,), "removed_numpy_name"),
    ("return nump.exp(x)", (VECTOR,), "undefined_name"),
    ("reslut = x\n    return result", (VECTOR,), "misspelled_name"),
    ("return flaot(x)", (VECTOR,), "misspelled_name"),
    ("return foo(x)", (VECTOR,), "undefined_name"),
    ("if x[0] > 5:\n        y = 1\n    return y", (VECTOR,), "unbound_local"),
    ("np = np.exp(x)\n    return np", (VECTOR,), "local_hides_global"),
    ("f = f(x)\n    return f", (VECTOR,), "local_hides_global"),
    ("n, d = x.shape\n    return n", (LIST,), "list_argument"),
    ("return x.shape", (NUMBER,), "number_argument"),
    ("return (x > 0).astype(float)", (NUMBER,), "number_argument"),
    ("x[x < 0] = 0\n    return x", (NUMBER,), "number_argument"),
    ("x[x < 0] = 0\n    return x", (LIST,), "list_argument"),
    ("return x * 1.5", (LIST,), "list_argument"),
    ("return x - 1", (LIST,), "list_argument"),
    ("return -x", (LIST,), "list_argument"),
    ("return x[:, 0]", (LIST,), "list_argument"),
    ("y = []\n    return y.shape", (VECTOR,), "own_list"),
    ("y = [1, 2]\n    return y - 1", (VECTOR,), "own_list"),
    ("y = [1, 2]\n    return y[0, 1]", (VECTOR,), "list_index"),
    ("return [v for v in x]", (NUMBER,), "number_argument"),
    ("return len(x)", (NUMBER,), "number_argument"),
    ("for i in len(x):\n        pass", (VECTOR,), "range_forgotten"),
    ("for i in x.shape[0]:\n        pass", (VECTOR,), "range_forgotten"),
    ("s = np.sum(x)\n    return s[0]", (VECTOR,), "single_number"),
    ("s = float(np.sum(x))\n    return s[0]", (VECTOR,), "single_number"),
    ("x -= 0.5\n    return x", (WHOLE,), "integers_in_place"),
    ("x /= 2\n    return x", (WHOLE,), "integers_in_place"),
    ("return x - 300", (BYTES,), "integer_range"),
    ("return np.max(0, x)", (VECTOR,), "array_as_axis"),
    ("return np.max(0, x)", (NUMBER,), "array_as_axis"),
    ("return np.max(0, x)", (LIST,), "array_as_axis"),
    ("return np.zeros(x)", (VECTOR,), "array_as_shape"),
    ("return np.zeros(3, 4)", (VECTOR,), "shape_in_two_arguments"),
    ("return np.array(1, 2, 3)", (VECTOR,), "brackets_for_several"),
    ("return np.concatenate(x, x)", (VECTOR,), "brackets_for_several"),
    ("return np.zeros(len(x) / 2)", (VECTOR,), "float_as_integer"),
    ("return range(len(x) / 2)", (VECTOR,), "float_as_integer"),
    ("n = len(x) / 2\n    return np.zeros(n)", (VECTOR,), "float_as_integer"),
    ("n = len(x) / 2\n    return np.zeros((2, n))", (VECTOR,), "float_as_integer"),
    ("return x[len(x) / 2]", (VECTOR,), "float_as_integer"),
    ("return x[1.0]", (LIST,), "float_as_integer"),
    ("return math.exp(x)", (VECTOR,), "number_function_on_array"),
    ("return float(x)", (VECTOR,), "number_function_on_array"),
    ("return x.sum / 2", (VECTOR,), "call_forgotten"),
    ("return np.sum - 1", (VECTOR,), "call_forgotten"),
    ("return np.max[x]", (VECTOR,), "call_forgotten"),
    ("return x.shape()", (VECTOR,), "not_callable"),
    ("return 2 (x)", (VECTOR,), "not_callable"),
    ("return x.T()", (VECTOR,), "not_callable"),
    ("y = print(x)\n    return y + 1", (VECTOR,), "none_used"),
    ("y = [1].append(2)\n    return y[0]", (VECTOR,), "none_used"),
    ("y = np.random.shuffle(x)\n    return y.shape", (VECTOR,), "none_used"),
    ("return x.shape / 2", (VECTOR,), "tuple_not_number"),
    ("return '1' + x[0]", (LIST,), "text_not_number"),
    ("return x.clp(0)", (VECTOR,), "no_such_attribute"),
    ("return x + np.ones(3)", (VECTOR,), "shapes_do_not_fit"),
    ("return x @ np.ones(3)", (VECTOR,), "inner_sizes"),
    ("return np.dot(np.ones((2,3)), np.ones((2,3)))", (VECTOR,), "inner_sizes"),
    ("return x.reshape(3)", (VECTOR,), "reshape_size"),
    ("return x[:, 0]", (VECTOR,), "no_such_axis"),
    ("return x.sum(axis=1)", (VECTOR,), "no_such_axis"),
    ("return np.asarray(x)[0]", (NUMBER,), "number_argument"),
    ("return x[5]", (VECTOR,), "index_out_of_range"),
    ("return x[5]", (LIST,), "index_out_of_range"),
    ("a, b, c = x.shape", (VECTOR,), "unpacking"),
    ("n, d = x", (VECTOR[:1],), "unpacking"),
    ("return np.max(x)", (VECTOR[:0],), "empty_has_no_maximum"),
    ("return 1 / 0", (VECTOR,), "divided_by_zero"),
    ("return {}['a']", (VECTOR,), "no_such_key"),
    ("return np.sum(x, keepdim=True)", (VECTOR,), "own_call"),
    ("assert x.ndim == 2", (VECTOR,), "own_assertion"),
    ("return math.log(0)", (VECTOR,), "outside_domain"),
    ("return math.exp(1000)", (VECTOR,), "overflowed"),
    ("return np.maximum(x, 0, 0)", (VECTOR,), "third_argument"),
    ("y = np.zeros(2)\n    y[0] = x\n    return y", (np.array([1.0, 2.0, 3.0]),), "array_into_element"),
    ("return np.array([[1, 2], [3]])", (VECTOR,), "uneven_rows"),
    ("y = np.broadcast_to(x, (2, 2))\n    y[0] = 1", (VECTOR,), "read_only"),
    ("t = (1, 2)\n    t[0] = 3", (VECTOR,), "tuple_is_fixed"),
    ("return np.zeros((2))[0, 1]", (VECTOR,), "no_such_axis"),
    ("return np.linalg.nrom(x)", (VECTOR,), "unknown_module_name"),
    ("return x.shape[0].sum()", (VECTOR,), "single_number"),
    ("return len(5)", (VECTOR,), "single_number"),
    ("a, b = None", (VECTOR,), "none_used"),
    ("return np.stack(x, x)", (VECTOR,), "brackets_for_several"),
    ("return np.eye(3)[x]", (np.array([0.0, 1.0]),), "float_array_index"),
    ("return x[x[0]]", (VECTOR,), "float_as_integer"),
    ("y = np.zeros(2)\n    return np.maximum(y, x, 0)", (VECTOR,), "third_argument"),
    ("return np.sum(x) / 'a'", (VECTOR,), "text_not_number"),
    ("return np.reshape(x, 3)", (VECTOR,), "reshape_size"),
    ("return np.min(x, x)", (VECTOR,), "array_as_axis"),
    ("return np.ones(2, 3)", (VECTOR,), "shape_in_two_arguments"),
    ("return x.reshape(2.0, 1)", (VECTOR,), "float_as_integer"),
    ("for i in 3:\n        pass", (VECTOR,), "range_forgotten"),
    ("x *= 0.5\n    return x", (WHOLE,), "integers_in_place"),
    ("return x.T @ x.T.T", (LIST,), "list_argument"),
    ("return x.clip(0)", (LIST,), "list_argument"),
    ("return x.reshape(-1)", (3,), "number_argument"),
    ("return (x == 1).astype(int)", (3,), "number_argument"),
    ("return x / 2", (LIST,), "list_argument"),
    ("return x ** 2", (LIST,), "list_argument"),
    ("return x > 0", (LIST,), "list_argument"),
    ("return np.EXP(x)", (VECTOR,), "unknown_module_name"),
    ("return np.product(x)", (VECTOR,), "unknown_module_name"),
    ("return numpy.exp(x)", (VECTOR,), "numpy_not_imported"),
]


def _raised(body: str, args: tuple[Any, ...]) -> tuple[Exception, int, OwnCode]:
    source = f"import numpy as np\nimport math\n\n\ndef f(x):\n    {body}\n"
    module: dict[str, Any] = {}
    exec(compile(source, "f.py", "exec"), module)
    with warnings.catch_warnings(), pytest.raises(Exception) as raised:
        warnings.simplefilter("ignore")
        module["f"](*[a.copy() if hasattr(a, "copy") else a for a in args])
    line = [s.lineno for s in traceback.extract_tb(raised.value.__traceback__) if s.filename == "f.py"][-1]
    return raised.value, line or 0, OwnCode([("f.py", source)])


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("body", "args", "cause"), RAISING)
def test_an_exception_has_the_cause_that_its_line_shows(body: str, args: tuple[Any, ...], cause: str) -> None:
    error, line, code = _raised(body, args)
    assert code.of_error(type(error).__name__, str(error), line, "f.py", Call("f", args)) == cause
    assert cause in GENERIC


@pytest.mark.parametrize(
    ("body", "near"),
    [
        ("return np.maximun(0, x)", "np.maximum"),
        ("return np.Maximum(0, x)", "np.maximum"),
        ("return np.linalg.nrom(x)", "np.linalg.norm"),
        ("return np.arrray(x)", "np.array"),
        ("return flaot(x)", "float"),
        ("result = x\n    return reslut", "result"),
    ],
)
def test_the_name_that_may_have_been_meant_is_told(body: str, near: str) -> None:
    error, line, code = _raised(body, (VECTOR,))
    cause = code.of_error(type(error).__name__, str(error), line, "f.py", None)
    detail = code.detail(cause, line, "f.py")
    assert detail is not None
    assert near in detail.en
    assert near in detail.ja


def test_a_forged_message_cannot_carry_words_to_the_student() -> None:
    code = OwnCode([("f.py", "import numpy as np\n\n\ndef f(x):\n    return np.exp(x)\n")])
    cause = code.of_error("AttributeError", "module 'numpy' has no attribute 'secret_7.25'", 5, "f.py", None)
    assert cause == "unknown_module_name"
    assert code.detail(cause, 5, "f.py") is None


def test_no_line_of_the_students_means_no_cause() -> None:
    assert OwnCode([]).of_error("IndexError", "list index out of range", 0, "", None) is None


def test_every_generic_cause_of_an_exception_blames_no_neighbour() -> None:
    assert {cause for _, _, cause in RAISING} - {"undefined_name"} <= OBSERVED


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ("def f(x):\n    return x\n\n\nf = f(1)\n", "function_overwritten"),
        ("def f(x):\n    return x\n\n\nfor f in [1, 2]:\n    pass\n", "function_overwritten"),
        ("if __name__ == '__main__':\n    def f(x):\n        return x\n", "under_main"),
        ("def g(x):\n    def f(x):\n        return x\n", "function_nested"),
        ("class A:\n    def f(self, x):\n        return x\n", "function_nested"),
        ("def F(x):\n    return x\n", "function_missing"),
    ],
)
def test_a_function_that_is_not_there_has_a_reason(source: str, cause: str) -> None:
    assert OwnCode([("f.py", source)]).of_missing("f") == cause


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ("print(x)", "printed_not_returned"),
        ("y = x\n    print('y =', y)\n    return", "printed_not_returned"),
        ("y = x", "nothing_returned"),
        ("pass", "nothing_returned"),
        ("def g():\n        return x\n    g()", "nothing_returned"),
        ("if x > 0:\n        return x", "returned_none"),
    ],
)
def test_none_that_was_returned_is_told_apart(body: str, cause: str) -> None:
    code = OwnCode([("f.py", f"def f(x):\n    {body}\n")])
    assert code.refined("returned_none", "f") == cause
    assert code.refined("wrong_shape", "f") == "wrong_shape"
