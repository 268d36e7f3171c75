"""Which cause an exception gives away by its own message, the line that raised it and the arguments.

A message of Python or NumPy often has one meaning only once it is known what the line does:
"cannot be interpreted as an integer" is an axis in ``np.max(0, x)`` and a float in
``range(n / 2)``. `RULES` is read from top to bottom; a rule names a cause, or a function that
looks closer and may pass.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MAX_NAME, MAX_NAMES = 80, 5000  # beyond, comparing takes longer than a hint is worth
_REDUCTIONS = {"max", "min", "sum", "mean", "amax", "amin", "prod", "std", "var", "argmax", "argmin", "any", "all"}
_MAKERS = {"zeros", "ones", "empty", "full", "eye", "identity"}
_JOINERS = {"concatenate", "stack", "vstack", "hstack", "dstack", "column_stack"}
_NUMBERS = r"int|float|bool|complex|numpy\.(?:u?int|float|bool)\d*_?"


@dataclass(frozen=True)
class Raised:
    """An exception of the student's code, and where it was raised.

    Attributes
    ----------
    line
        Syntax nodes of the line; empty where the text is not known.
    module_names, names
        What is bound at the top level of the student's file, and anywhere in it.
    list_used, number_used
        Whether the line uses an argument of the call that is a list, or a plain number.
    """

    type_name: str
    message: str
    line: Sequence[ast.AST] = ()
    module_names: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    list_used: bool = False
    number_used: bool = False

    def calls(self) -> list[tuple[str, ast.Call]]:
        """The calls of the line, by the last part of the function's name."""
        return [(_last(n.func), n) for n in self.line if isinstance(n, ast.Call)]

    def calls_with_several(self, names: set[str]) -> bool:
        """Whether one of these functions is called with two arguments or more, none of them named."""
        return any(name in names and len(call.args) > 1 for name, call in self.calls())


Look = Callable[[Raised, re.Match[str]], str | None]


def cause_of(raised: Raised) -> str | None:
    """The cause, or None where the exception could mean anything."""
    for types, pattern, verdict in RULES:
        found = re.search(pattern, raised.message) if raised.type_name in types.split() else None
        if found:
            cause = verdict if isinstance(verdict, str) else verdict(raised, found)
            if cause:
                return cause
    return None


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


# ---------------------------------------------------------------- looks


def _list(raised: Raised, found: re.Match[str]) -> str:
    return "list_argument" if raised.list_used else "own_list"


def _number(raised: Raised, found: re.Match[str]) -> str:
    if raised.number_used:
        return "number_argument"
    return "range_forgotten" if _loops_over_number(raised) else "single_number"


def _loops_over_number(raised: Raised) -> bool:
    for node in raised.line:
        if isinstance(node, ast.For | ast.comprehension):
            over = node.iter
            if isinstance(over, ast.Constant) or (isinstance(over, ast.Call) and _last(over.func) == "len"):
                return True
            if isinstance(over, ast.Subscript | ast.Attribute) and "shape" in ast.dump(over):
                return True
    return False


def _iterated(raised: Raised, found: re.Match[str]) -> str | None:
    kind = found["type"] or found["other"]
    if kind == "NoneType":
        return "none_used"
    if re.search(r"function|method|Dispatcher|ufunc|type", kind):
        return "call_forgotten"
    return _number(raised, found) if re.fullmatch(_NUMBERS, kind) else None


def _operand(raised: Raised, found: re.Match[str]) -> str | None:
    """An operator between things that it does not join."""
    kinds = set(re.findall(r"'([^']+)'", found[0]))
    if "NoneType" in kinds:
        return "none_used"
    if kinds & {"builtin_function_or_method", "function", "method", "numpy.ufunc", "numpy._ArrayFunctionDispatcher"}:
        return "call_forgotten"
    if "str" in kinds:
        return "text_not_number"
    if "list" in kinds:
        return _list(raised, found)
    return "tuple_not_number" if "tuple" in kinds else None


def _no_loop(raised: Raised, found: re.Match[str]) -> str | None:
    return "text_not_number" if any(isinstance(getattr(n, "value", None), str) for n in raised.line) else None


def _attribute(raised: Raised, found: re.Match[str]) -> str:
    kind = found["type"]
    if kind == "list":
        return _list(raised, found)
    if kind == "NoneType":
        return "none_used"
    if kind in ("function", "method", "builtin_function_or_method"):
        return "call_forgotten"
    return _number(raised, found) if re.fullmatch(_NUMBERS, kind) else "no_such_attribute"


def _subscript(raised: Raised, found: re.Match[str]) -> str | None:
    kind = found["type"]
    if kind == "NoneType":
        return "none_used"
    if re.search(r"function|method|Dispatcher|ufunc|type", kind):
        return "call_forgotten"
    return _number(raised, found) if re.fullmatch(_NUMBERS, kind) else None


def _item_assigned(raised: Raised, found: re.Match[str]) -> str | None:
    if found["type"] == "tuple":
        return "tuple_is_fixed"
    return _number(raised, found) if re.fullmatch(_NUMBERS, found["type"]) else None


def _integer_wanted(raised: Raised, found: re.Match[str]) -> str | None:
    """Something stands where only a whole number can."""
    if raised.calls_with_several(_JOINERS):
        return "brackets_for_several"
    if raised.calls_with_several(_REDUCTIONS):
        return "array_as_axis"
    if "expected a sequence" in raised.message:
        return "float_as_integer"
    if any(name in _MAKERS and call.args and isinstance(call.args[0], ast.Name) for name, call in raised.calls()):
        return "float_as_integer" if "'float'" in raised.message else "array_as_shape"
    if "'float'" in raised.message or "numpy.float" in raised.message:
        return "float_as_integer"
    if raised.list_used and any(isinstance(n, ast.Subscript) for n in raised.line):
        return "list_argument"
    return "array_as_shape" if any(name in _MAKERS for name, _ in raised.calls()) else None


def _list_index(raised: Raised, found: re.Match[str]) -> str:
    if found["type"] == "float":
        return "float_as_integer"
    return "list_argument" if raised.list_used else "list_index"


def _array_index(raised: Raised, found: re.Match[str]) -> str | None:
    return (
        None
        if any(isinstance(n, ast.Constant) and isinstance(n.value, str) for n in raised.line)
        else "float_as_integer"
    )


def _axis(raised: Raised, found: re.Match[str]) -> str:
    return _number(raised, found) if "0-dimensional" in found[0] or "dimension 0" in found[0] else "no_such_axis"


def _name(raised: Raised, found: re.Match[str]) -> str:
    name = found["name"]
    if name in ("np", "numpy"):
        return "numpy_not_imported"
    return "misspelled_name" if nearest(name, [*raised.names, *dir(builtins)]) else "undefined_name"


def nearest(name: str, names: Sequence[str]) -> str | None:
    """The name that looks most like it: upper and lower case exchanged, or a slip of the fingers in a longer one."""
    from difflib import get_close_matches

    for other in names:
        if other.lower() == name.lower() and other != name:
            return other
    if not 4 <= len(name) <= MAX_NAME or len(names) > MAX_NAMES:
        return None
    return next(iter(get_close_matches(name, [n for n in names if n != name], 1, 0.72)), None)


def _local(raised: Raised, found: re.Match[str]) -> str:
    outside = found["name"] in raised.module_names or hasattr(builtins, found["name"])
    return "local_hides_global" if outside else "unbound_local"


def _shape_wanted(raised: Raised, found: re.Match[str]) -> str | None:
    return "shape_in_two_arguments" if raised.calls_with_several(_MAKERS | {"reshape"}) else None


def _several_positional(raised: Raised, found: re.Match[str]) -> str | None:
    """Too many arguments, in a call that the student's own line makes."""
    return "brackets_for_several" if found["name"] in ("array", "asarray", *_JOINERS) else "own_call"


def _ragged(raised: Raised, found: re.Match[str]) -> str:
    return "uneven_rows" if "inhomogeneous" in raised.message else "array_into_element"


_T = r"'(?P<type>[\w. ]+)'"
RULES: tuple[tuple[str, str, str | Look], ...] = (
    ("NameError", r"name '(?P<name>\w+)' is not defined", _name),
    ("UnboundLocalError", r"local variable '(?P<name>\w+)'", _local),
    (
        "AttributeError",
        r"was removed in the NumPy|"
        r"was a deprecated alias|in the NumPy 2.0 release",
        "removed_numpy_name",
    ),
    ("AttributeError", r"^module '[\w.]+' has no attribute", "unknown_module_name"),
    ("ImportError", r"cannot import name", "unknown_module_name"),
    ("AttributeError", rf"{_T} object has no attribute", _attribute),
    ("TypeError", r"not supported between instances of .*", _operand),
    ("TypeError", r"(unsupported operand type|bad operand type for unary|can only concatenate).*", _operand),
    ("TypeError", r"can't multiply sequence by non-int|can only concatenate list", _list),
    ("TypeError", r"can only concatenate str|must be str, not", "text_not_number"),
    ("TypeError", r"can only concatenate tuple", "tuple_not_number"),
    ("TypeError", r"of type NoneType which has no callable", "none_used"),
    ("TypeError UFuncTypeError", r"did not contain a loop|not supported for the input types", _no_loop),
    ("TypeError", rf"{_T} object does not support item assignment", _item_assigned),
    ("TypeError", rf"{_T} object is not subscriptable", _subscript),
    ("TypeError", rf"{_T}( object is not iterable| has no len)|cannot unpack non-iterable (?P<other>\w+)", _iterated),
    ("TypeError IndexError", r"unsized object|0-d array|invalid index to scalar", _number),
    ("TypeError", rf"{_T} object is not callable", "not_callable"),
    (
        "UFuncTypeError UFuncOutputCastingError _UFuncOutputCastingError TypeError",
        r"Cannot cast ufunc '\w+' output",
        "integers_in_place",
    ),
    ("OverflowError", r"out of bounds for u?int\d+", "integer_range"),
    ("ValueError OverflowError", r"cannot convert float (NaN|infinity) to integer", "nan_to_integer"),
    ("TypeError", r"list indices must be integers or slices, not (?P<type>\w+)", _list_index),
    (
        "TypeError",
        r"only integer scalar arrays|cannot be interpreted as an integer|"
        r"expected a sequence of integers|must be of integral",
        _integer_wanted,
    ),
    ("ValueError", r"maximum supported dimension", "array_as_shape"),
    ("IndexError", r"only integers, slices", _array_index),
    ("IndexError", r"arrays used as indices must be of integer", "float_array_index"),
    ("TypeError", r"Cannot interpret '.*' as a data type|data type '.*' not understood", _shape_wanted),
    ("TypeError", r"return arrays must be of ArrayType", "third_argument"),
    (
        "TypeError",
        r"only (length-1|size-1|"
        r"0-dimensional) arrays can be converted|must be real number, not (list|tuple)",
        "number_function_on_array",
    ),
    (
        "TypeError",
        r"(int|"
        r"float)\(\) argument must be .* not 'NoneType'|must be real number, not NoneType",
        "none_used",
    ),
    ("TypeError", r"(int|float)\(\) argument must be .* not '(list|tuple)'", "array_into_element"),
    ("ValueError", r"setting an array element with a sequence", _ragged),
    (
        "ValueError",
        r"operands could not be broadcast|shape mismatch|"
        r"could not broadcast input array|non-broadcastable",
        "shapes_do_not_fit",
    ),
    (
        "ValueError",
        r"input arrays must have same number of dimensions|"
        r"all the input array dim|must have the same shape",
        "shapes_do_not_fit",
    ),
    ("ValueError", r"matmul|not aligned|mismatch in its core", "inner_sizes"),
    ("ValueError", r"cannot reshape array of size", "reshape_size"),
    ("IndexError", r"too many indices for array.*", _axis),
    (
        "AxisError ValueError IndexError",
        r"axis -?\d+ is out of bounds for array of dimension \d+|"
        r"axes don't match|axis .* out of bounds",
        _axis,
    ),
    ("IndexError", r"boolean index did not match", "shapes_do_not_fit"),
    ("IndexError", r"out of bounds for axis|index out of range|out of bounds", "index_out_of_range"),
    ("ValueError", r"(not enough|too many) values to unpack", "unpacking"),
    ("ValueError", r"zero-size array|of an empty sequence|empty (sequence|iterable)", "empty_has_no_maximum"),
    ("ValueError", r"read-only", "read_only"),
    ("ZeroDivisionError", r"", "divided_by_zero"),
    ("KeyError", r"", "no_such_key"),
    ("TypeError", r"(?P<name>\w+)\(\) takes .* positional arguments? but", _several_positional),
    (
        "TypeError",
        r"missing \d+ required|unexpected keyword argument|"
        r"takes no arguments|either both or neither",
        "own_call",
    ),
    ("ValueError", r"either both or neither", "own_call"),
    ("AssertionError", r"", "own_assertion"),
    ("ValueError", r"math domain error|expected a (positive|nonnegative) input", "outside_domain"),
    ("OverflowError", r"range error|too large", "overflowed"),
    ("EOFError", r"", "asks_for_input"),
)
