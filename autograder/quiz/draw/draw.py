"""From an item to its replicas: parameters drawn, texts filled, choices shuffled.

Everything follows from a SHA-256 of seed, item, number and attempt, so that a replica is the
same on every machine and under every Python. Choices are put in the order of a hash of what
they *show*: the order in which the author wrote them (the right one first, mostly) does not
enter, so nobody can undo the shuffle, although students have this code too.
"""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from ...i18n import Text
from ..source.expr import Value, evaluate, names
from ..source.fields import Param
from ..source.kinds import Item
from .bodies import Builder, DrawError, at_place, digest, evaluate_at
from .clash import clashes
from .replica import Body, Choices, Cloze, Match, Number, Order, Replica, Shape, Words, WrongLine
from .variant import replica_number

__all__ = ["DrawError", "draw", "replica_number", "replicas"]

ATTEMPTS = 300


def draw(item: Item, number: int, seed: int = 0) -> Replica:
    """Replica `number` of an item, from 0.

    Raises
    ------
    DrawError
        The item cannot be drawn, or has fewer different replicas.
    """
    found = replicas(item, number + 1, seed)
    if len(found) <= number:
        raise DrawError(
            (),
            Text(f"has only {len(found)} different replicas", f"異なる問題は {len(found)} 通りしか作れません"),
            item.id,
        )
    return found[number]


def replicas(item: Item, n: int, seed: int = 0) -> list[Replica]:
    """At most `n` replicas, no two with the same parameters (without parameters: with the same order of choices).

    The first of them do not depend on `n`. An item in which nothing varies has one.

    Raises
    ------
    DrawError
        No draw fulfils the constraints, or an expression has no value.
    """
    return [replica for _, replica in drawn(item, n, seed)]


def drawn(item: Item, n: int, seed: int = 0) -> list[tuple[dict[str, Value], Replica]]:
    """The replicas, each with its variables; see `replicas`."""
    try:
        return _drawn(item, n, seed)
    except DrawError as error:
        raise DrawError(error.where, error.plain, item.id) from None


def _drawn(item: Item, n: int, seed: int) -> list[tuple[dict[str, Value], Replica]]:
    found: list[tuple[dict[str, Value], Replica]] = []
    seen: set[str] = set()
    failed = clashing = 0
    for number in range(n):
        for attempt in range(ATTEMPTS):
            key = f"{seed}/{item.id}/{number}/{attempt}"
            values = draw_values(item, key)
            if values is None:
                failed += 1
                continue
            if item.params and repr(values) in seen:
                continue
            replica = Builder(item, values, key).replica(number)
            if item.params and clashes(replica):
                clashing += 1
                continue
            mark = repr(values) if item.params else repr(_shown(replica))
            if mark in seen or (_in_order(replica.body) and attempt < ATTEMPTS // 2):
                continue
            seen.add(mark)
            found.append((values, replica))
            break
        else:
            break
    if not found:
        raise DrawError(
            ("constraints",) if failed else ("params",),
            Text(f"not fulfilled in {failed} draws", f"{failed} 回の抽選で一度も満たされませんでした")
            if failed
            else Text(
                f"in {clashing} draws two answers were the same", f"{clashing} 回の抽選すべてで解答どうしが重なりました"
            ),
        )
    return found


def draw_values(item: Item, key: str) -> dict[str, Value] | None:
    """Parameters and what is computed from them, or None where a constraint does not hold.

    A constraint is checked as soon as its variables are there, so that it can guard a `compute`.
    """
    values: dict[str, Value] = {name: _pick(param, f"{key}/{name}") for name, param in item.params.items()}
    pending = list(enumerate(item.constraints))

    def hold() -> bool:
        for entry in list(pending):
            i, source = entry
            if at_place(source, ("constraints", i), names).issubset(values):
                pending.remove(entry)
                if not at_place(source, ("constraints", i), lambda s: evaluate(s, values)):
                    return False
        return True

    if not hold():
        return None
    for name, source in item.compute.items():
        values[name] = at_place(source, ("compute", name), lambda s: evaluate(s, values))
        if not hold():
            return None
    for i, source in pending:
        evaluate_at(source, values, ("constraints", i))  # names the variable that is not there
    return values


def _pick(param: Param, key: str) -> Value:
    index = int.from_bytes(digest(key)[:8], "big")
    if param.choice is not None:
        return param.choice[index % len(param.choice)]
    if param.integer is not None:
        low, high = param.integer
        return low + index % (high - low + 1)
    assert param.decimal is not None
    start, stop, step = (Decimal(str(v)) for v in param.decimal)
    value = start + (index % (int((stop - start) / step) + 1)) * step
    return int(value) if value == value.to_integral_value() and step == step.to_integral_value() else float(value)


def _shown(replica: Replica) -> object:
    """What differs between replicas without parameters."""
    match replica.body:
        case Choices():
            return [c.text for c in replica.body.choices]
        case Match():
            return replica.body.rights
        case Order():
            return replica.body.steps
        case Cloze():
            return [[c.text for c in g.body.choices] for g in replica.body.gaps if isinstance(g.body, Choices)]
        case Number() | Shape() | Words() | WrongLine():
            return None
        case _:
            assert_never(replica.body)


def _in_order(body: Body) -> bool:
    """Whether the steps happen to be shown in a right order."""
    if not isinstance(body, Order):
        return False
    place = {s: i for i, (s, _) in enumerate(body.steps)}
    return all(place[a] < place[b] for a, b in body.before)
