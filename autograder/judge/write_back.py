"""What a student's code did to its arguments, done to the test's own, which are put back afterwards."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..worker import wire


def write_back(writes: Any, mutables: list[Any], decoder: wire.Decoder) -> None:
    """Make the test's own arguments look as the student left them."""
    for index, meta in writes:
        if type(index) is not int or not 0 <= index < len(mutables):
            raise wire.WireError("a write to nothing")
        target, value = mutables[index], decoder.decode(meta)
        if isinstance(target, np.ndarray):
            if not isinstance(value, np.ndarray) or value.dtype != target.dtype or not target.flags.writeable:
                raise wire.WireError("an array became something else")
            if value.shape != target.shape:
                target.shape = value.shape
            np.copyto(target, value)
        elif isinstance(target, list) and isinstance(value, list):
            target[:] = value
        elif isinstance(target, dict) and isinstance(value, dict):
            target.clear()
            target.update(value)
        elif isinstance(target, np.random.Generator) and isinstance(value, dict):
            _advance(target, value)
        else:
            raise wire.WireError("an argument became something else")


def _advance(generator: np.random.Generator, state: dict[str, Any]) -> None:
    """Take over how far a generator was used; its stream (``inc``) never changes."""
    ours = wire.rng_state(generator)
    ours["state"] = {"state": int(state["state"]["state"]) % (1 << 128), "inc": ours["state"]["inc"]}
    ours["has_uint32"] = int(bool(state["has_uint32"]))
    ours["uinteger"] = int(state["uinteger"]) % (1 << 32)
    generator.bit_generator.state = ours
