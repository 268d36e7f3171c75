"""Versions that do none of the work and spoil their arguments: no suite may pay for that.

A test that computes what it expects after the call, from arguments which that call could
overwrite, would be paid for with zeros; so would one that is content with any answer at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

_SPOIL = """
import numpy as np

def fill(value, number):
    if isinstance(value, np.ndarray) and value.flags.writeable:
        value[...] = number if value.dtype.kind in "fc" or abs(number) < 100 else 100
    elif isinstance(value, list):
        value[:] = [number] * len(value)
    elif isinstance(value, (tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            fill(item, number)

def exchange(value):
    parts = list(value.values() if isinstance(value, dict) else value)
    arrays = [a for a in parts if isinstance(a, np.ndarray) and a.flags.writeable]
    copies = [a.copy() for a in arrays]
    for target, other in zip(arrays, copies[1:] + copies[:1]):
        target[...] = np.resize(other, target.shape)
    for part in parts:
        if isinstance(part, (list, dict)):
            exchange(part)
    if isinstance(value, list):
        value.reverse()
    elif isinstance(value, dict):
        value.update(zip(list(value), list(value.values())[::-1]))

"""
MISCHIEF = {
    "wipes": "fill((args, named), 0)",
    "fills": "fill((args, named), 1)",
    "blows up": "fill((args, named), 1e300)",
    "exchanges": "exchange((*args, *named.values()))",
}
ANSWERS = (
    "args[0]",
    "args[1]",
    "np.zeros(np.shape(args[0]))",
    "np.ones(np.shape(args[0]))",
    "0.0",
    "1.0",
    "(args[0], None)",
    "(0.0, dict(args[1]))",
    "lambda *a, **k: 0.0",
)


def vandals(functions: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What each vandal does, and its code."""
    for (kind, mischief), answer in product(MISCHIEF.items(), ANSWERS):
        bodies = [f"def {f}(*args, **named):\n    {mischief}\n    return {answer}\n" for f in functions]
        yield f"{kind} its arguments and answers {answer}", _SPOIL + "\n".join(bodies)
