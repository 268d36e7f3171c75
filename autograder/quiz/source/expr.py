"""Safe expressions: what `params`, `compute`, `{{...}}` and answers may say.

An expression is Python in syntax and arithmetic in power. It is parsed by `ast`, every node is
looked up in a short list, and the evaluation is counted: no attribute, no import, no name that
was not given, no number or list larger than a question could need. Nothing is compiled or run.
"""

from __future__ import annotations

import ast
import functools
import math
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ...i18n import Text

MAX_LENGTH = 500  # characters
MAX_DEPTH = 40
MAX_STEPS = 20_000
MAX_BITS = 512  # of an integer
MAX_ITEMS = 2_000  # of a list or a string

Value = Any  # int, float, bool, str, None, and lists and tuples of them


class ExpressionError(ValueError):
    """The expression is not one, or has no value; `text` says why."""

    def __init__(self, en: str, ja: str) -> None:
        self.text = Text(en, ja)
        super().__init__(en)


def _product(values: Any) -> Value:
    return functools.reduce(_times, values, 1)


def _range(*bounds: int) -> list[int]:
    found = range(*bounds)
    if len(found) > MAX_ITEMS:
        raise _too_large()
    return list(found)


def _comb(n: int, k: int) -> int:
    if n > MAX_BITS:
        raise _too_large()
    return math.comb(n, k)


def _times(a: Value, b: Value) -> Value:
    for sequence, count in ((a, b), (b, a)):
        if isinstance(sequence, (str, list, tuple)) and isinstance(count, int) and len(sequence) * count > MAX_ITEMS:
            raise _too_large()
    return a * b


def _power(a: Value, b: Value) -> Value:
    if isinstance(a, int) and isinstance(b, int) and abs(b) * max(1, a.bit_length()) > MAX_BITS:
        raise _too_large()
    return a**b


FUNCTIONS: dict[str, Callable[..., Value]] = {
    **{f.__name__: f for f in (abs, min, max, sum, len, round, int, float, str, sorted, any, all, list, tuple, bool)},
    **{n: getattr(math, n) for n in ("sqrt", "exp", "log", "log2", "log10", "sin", "cos", "tanh", "floor", "ceil")},
    **{"prod": _product, "range": _range, "zip": lambda *a: list(zip(*a, strict=False)), "gcd": math.gcd},
    **{"enumerate": lambda a: list(enumerate(a)), "reversed": lambda a: list(reversed(a)), "comb": _comb},
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "relu": lambda x: max(x, 0),
}
CONSTANTS: dict[str, float] = {"pi": math.pi, "e": math.e}

_BINARY: dict[type[ast.operator], Callable[[Value, Value], Value]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: _times,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: _power,
}
_UNARY: dict[type[ast.unaryop], Callable[[Value], Value]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Not: operator.not_,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Value, Value], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}


@functools.lru_cache(maxsize=4096)
def parse(source: str) -> ast.expr:
    """The expression's tree.

    Raises
    ------
    ExpressionError
        It is no expression, too long, too deep, or uses something that is not allowed.
    """
    if len(source) > MAX_LENGTH:
        raise ExpressionError("the expression is too long", "式が長すぎます")
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        said = getattr(error, "msg", None) or "not an expression"
        raise ExpressionError(f"{source!r}: {said}", f"{source!r}: 式として読めません（{said}）") from None
    _check(tree, source, MAX_DEPTH)
    return tree


def names(source: str) -> frozenset[str]:
    """The variables that an expression needs."""
    tree = parse(source)
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    own = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    called = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    functions = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) in called}
    return frozenset(used - own - functions - set(CONSTANTS))


def evaluate(source: str, variables: Mapping[str, Value]) -> Value:
    """The expression's value.

    Raises
    ------
    ExpressionError
        Also for a division by zero and the like, and for what takes too long or grows too large.
    """
    try:
        return _Evaluation({**CONSTANTS, **variables}).value(parse(source))
    except ExpressionError:
        raise
    except RecursionError:
        raise ExpressionError(f"{source!r}: nested too deep", f"{source!r}: 入れ子が深すぎます") from None
    except Exception as error:
        said = f"{source!r}: {type(error).__name__}: {error}"
        raise ExpressionError(said, said) from None


_NODES = (
    ast.Constant,
    ast.Name,
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.Compare,
    ast.IfExp,
    ast.Call,
    ast.List,
    ast.Tuple,
    ast.Subscript,
    ast.Slice,
    ast.ListComp,
    ast.GeneratorExp,
)


def _check(node: ast.AST, source: str, depth: int) -> None:
    if depth == 0:
        raise ExpressionError(f"{source!r}: nested too deep", f"{source!r}: 入れ子が深すぎます")
    if isinstance(node, ast.expr):
        wrong = not isinstance(node, _NODES)
        wrong |= isinstance(node, ast.Constant) and not isinstance(node.value, (int, float, str, type(None)))
        wrong |= isinstance(node, ast.BinOp) and type(node.op) not in _BINARY
        wrong |= isinstance(node, ast.UnaryOp) and type(node.op) not in _UNARY
        wrong |= isinstance(node, ast.Compare) and any(type(o) not in _COMPARE for o in node.ops)
        wrong |= isinstance(node, ast.Call) and bool(node.keywords)
        if wrong:
            part = ast.unparse(node)
            raise ExpressionError(
                f"{source!r}: {part!r} is not allowed in an expression",
                f"{source!r}: {part!r} は式の中では使えません",
            )
        if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS):
            part = ast.unparse(node.func)
            known = ", ".join(FUNCTIONS)
            raise ExpressionError(
                f"{source!r}: unknown function {part!r} (there are: {known})",
                f"{source!r}: 関数 {part!r} はありません（使えるもの: {known}）",
            )
    for child in ast.iter_child_nodes(node):
        _check(child, source, depth - 1)


class _Evaluation:
    """One evaluation, with its variables and the steps that are left."""

    def __init__(self, variables: dict[str, Value]) -> None:
        self._variables = variables
        self._left = MAX_STEPS

    def value(self, node: ast.expr) -> Value:
        self._left -= 1
        if self._left < 0:
            raise ExpressionError("the expression takes too long", "式の計算に時間がかかりすぎます")
        found = self._of(node)
        if isinstance(found, int) and found.bit_length() > MAX_BITS:
            raise _too_large()
        if isinstance(found, (str, list, tuple)) and len(found) > MAX_ITEMS:
            raise _too_large()
        if isinstance(found, complex):
            raise ExpressionError("the value is a complex number", "値が複素数になりました")
        return found

    def _of(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant():
                return node.value
            case ast.Name():
                if node.id not in self._variables:
                    raise ExpressionError(f"no variable {node.id!r}", f"変数 {node.id!r} はありません")
                return self._variables[node.id]
            case ast.BinOp():
                return _BINARY[type(node.op)](self.value(node.left), self.value(node.right))
            case ast.UnaryOp():
                return _UNARY[type(node.op)](self.value(node.operand))
            case ast.BoolOp():
                return self._logic(node)
            case ast.Compare():
                return self._compare(node)
            case ast.IfExp():
                return self.value(node.body if self.value(node.test) else node.orelse)
            case ast.Call():
                assert isinstance(node.func, ast.Name)
                return FUNCTIONS[node.func.id](*(self.value(a) for a in node.args))
            case ast.List():
                return [self.value(e) for e in node.elts]
            case ast.Tuple():
                return tuple(self.value(e) for e in node.elts)
            case ast.Subscript():
                return self.value(node.value)[self._index(node.slice)]
            case ast.ListComp() | ast.GeneratorExp():
                return list(self._loop(node.elt, node.generators))
        raise ExpressionError(f"{ast.unparse(node)!r} is not allowed", f"{ast.unparse(node)!r} は使えません")

    def _logic(self, node: ast.BoolOp) -> Value:
        stops_at = isinstance(node.op, ast.Or)
        value: Value = not stops_at
        for part in node.values:
            value = self.value(part)
            if bool(value) == stops_at:
                break
        return value

    def _compare(self, node: ast.Compare) -> bool:
        left = self.value(node.left)
        for op, part in zip(node.ops, node.comparators, strict=True):
            right = self.value(part)
            if not _COMPARE[type(op)](left, right):
                return False
            left = right
        return True

    def _index(self, node: ast.expr) -> Value:
        if isinstance(node, ast.Slice):
            return slice(*(self.value(p) if p is not None else None for p in (node.lower, node.upper, node.step)))
        return self.value(node)

    def _loop(self, element: ast.expr, generators: list[ast.comprehension]) -> Iterator[Value]:
        if not generators:
            yield self.value(element)
            return
        first, *rest = generators
        for item in self.value(first.iter):
            self._bind(first.target, item)
            if all(self.value(condition) for condition in first.ifs):
                yield from self._loop(element, rest)

    def _bind(self, target: ast.expr, item: Value) -> None:
        if isinstance(target, ast.Tuple):
            for part, value in zip(target.elts, item, strict=True):
                self._bind(part, value)
        elif isinstance(target, ast.Name):
            self._variables[target.id] = item
        else:
            raise ExpressionError("the loop variable must be a name", "ループ変数には名前を書いてください")


def _too_large() -> ExpressionError:
    return ExpressionError("the value is too large", "値が大きすぎます")
