"""causes.json: what each wrong version shows on the visible tests of one exercise.

It lets a student's laptop name the cause of a failing visible test without having the wrong
versions. Writer and reader are both here, and import nothing beyond numpy and json.

The file maps a test's name to a list, most specific cause first::

    {"test_gradient": [{"version": 0, "cause": "opposite_sign", "text": {"en": ..., "ja": ...},
                        "kind": "value", "step": 0, "value": {"array": [-2.0, 0.0], "shape": [2]}}]}

``version`` numbers the wrong versions, so that one version's failures can be told together.
``kind``, ``step`` and ``value`` are an `Observation`. In ``value`` a number is a number, and
null, true, a string and a list stand for themselves; further

- ``{"array": [flat elements], "shape": [...]}`` is an array,
- ``{"dict": {...}}`` is a dict with string keys,
- nan and the infinities are ``{"number": "nan"}`` (``"inf"``, ``"-inf"``), inside an array
  just the strings, so the file is strict JSON.

Floats are rounded to about ten digits of the largest element: enough to recognise, and the
same on every machine.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..i18n import Text
from .bench import Observation

MAX_VALUE_BYTES = 2000
DIGITS = 10
# The visible tests' random numbers, in the build and on a laptop: see `fixtures.local_bench`.
VISIBLE_SEED = "visible"


@dataclass(frozen=True)
class KnownFailure:
    """What one wrong version shows on one visible test."""

    version: int
    cause: str
    text: Text
    observation: Observation


def write_causes(known: Mapping[str, Iterable[KnownFailure]]) -> str:
    """The text of causes.json. An observation that is large or no plain data is left out."""
    table: dict[str, list[dict[str, Any]]] = {}
    for test, failures in known.items():
        rows = [row for failure in failures if (row := _row(failure)) is not None]
        if rows:
            table[test] = rows
    body = ",\n".join(
        f" {json.dumps(test, ensure_ascii=False)}: [\n"
        + ",\n".join("  " + json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows)
        + "\n ]"
        for test, rows in table.items()
    )
    return f"{{\n{body}\n}}\n" if body else "{}\n"


def read_causes(path: Path) -> dict[str, list[KnownFailure]]:
    """The table of a causes.json.

    Raises
    ------
    OSError, ValueError, KeyError, TypeError, AttributeError
        The file is not there or not what `write_causes` writes.
    """
    return {
        test: [
            KnownFailure(
                row["version"],
                row["cause"],
                Text.of(row["text"]),
                Observation(row["kind"], row["step"], decode(row["value"])),
            )
            for row in rows
        ]
        for test, rows in json.loads(path.read_text(encoding="utf-8")).items()
    }


def _row(failure: KnownFailure) -> dict[str, Any] | None:
    seen = failure.observation
    try:
        value = encode(seen.value)
    except TypeError:
        return None
    if len(json.dumps(value)) > MAX_VALUE_BYTES:
        return None
    return {
        "version": failure.version,
        "cause": failure.cause,
        "text": failure.text.as_dict(),
        "kind": seen.kind,
        "step": seen.step,
        "value": value,
    }


def encode(value: Any) -> Any:
    """An observed value as JSON data.

    Raises
    ------
    TypeError
        It holds something that is not plain data.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        number = _rounded(np.array([value]))[0]
        return {"number": number} if isinstance(number, str) else number
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in "biuf":
            raise TypeError(f"array of {value.dtype}")
        return {"array": _rounded(value.ravel()), "shape": list(value.shape)}
    if isinstance(value, (tuple, list)):
        return [encode(v) for v in value]
    if isinstance(value, dict) and all(isinstance(k, str) for k in value):
        return {"dict": {k: encode(v) for k, v in value.items()}}
    raise TypeError(f"{type(value).__name__} is no plain data")


def decode(value: Any) -> Any:
    """The inverse of `encode`, but a tuple comes back as a list."""
    if isinstance(value, list):
        return [decode(v) for v in value]
    if isinstance(value, dict):
        if "array" in value:
            return np.array([float(v) if isinstance(v, str) else v for v in value["array"]]).reshape(value["shape"])
        if "number" in value:
            return float(value["number"])
        return {k: decode(v) for k, v in value["dict"].items()}
    return value


def _rounded(flat: np.ndarray) -> list[Any]:
    """Elements for JSON: floats without the digits that differ between machines, -0.0 as 0.0."""
    if flat.dtype.kind != "f":
        return list(flat.tolist())
    finite = np.abs(flat[np.isfinite(flat)])
    scale = float(finite.max()) if finite.size else 0.0
    decimals = DIGITS - math.ceil(math.log10(scale)) if scale > 0 else DIGITS
    return [round(x, decimals) + 0.0 if math.isfinite(x) else str(x) for x in map(float, flat.tolist())]
