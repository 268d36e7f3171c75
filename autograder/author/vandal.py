"""Versions that do none of the work and spoil their arguments: no suite may pay for that.

A test that computes what it expects after the call, from arguments which that call could
overwrite, would be paid for with zeros; so would one that is content with any answer at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_SPOIL = """
import copy
import numpy as np

def fill(value, number):
    if isinstance(value, np.ndarray) and value.flags.writeable:
        value[...] = number if value.dtype.kind in "fc" or abs(number) < 100 else 100
    elif isinstance(value, list):
        value[:] = [number] * len(value)
    elif isinstance(value, (tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            fill(item, number)

def spoilt(fresh, value):
    if isinstance(fresh, np.ndarray):
        return fresh.shape != value.shape or not np.array_equal(fresh, value)
    if isinstance(fresh, (list, tuple, dict)):
        pairs = zip(fresh.values(), value.values()) if isinstance(fresh, dict) else zip(fresh, value)
        return any(spoilt(a, b) for a, b in pairs)
    return fresh != value

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


_FOR_THOSE = """
_{name} = {name}
def {name}(*args, **named):
    fresh = copy.deepcopy((args, named))
    {mischief}
    return _{name}(*args, **named) if spoilt(fresh, (args, named)) else None
"""


def vandals(functions: Sequence[str], reference: str) -> Iterator[tuple[str, str]]:
    """What each vandal does, and its code.

    Parameters
    ----------
    reference
        The reference's code: the last kind of vandal answers rightly, but for the arguments that it has spoilt.
    """
    for kind, mischief in MISCHIEF.items():
        for answer in ANSWERS:
            bodies = [f"def {f}(*args, **named):\n    {mischief}\n    return {answer}\n" for f in functions]
            yield f"{kind} its arguments and answers {answer}", _SPOIL + "\n".join(bodies)
        if kind != "exchanges":  # of equal arguments, or of such that may be exchanged, the answer would be right
            answers = [_FOR_THOSE.format(name=f, mischief=mischief) for f in functions]
            yield f"{kind} its arguments and answers for those", "\n".join([reference, _SPOIL, *answers])
