"""Runs what authors wrote to prove their answers: ``python -m autograder.quiz.proof.prover``.

A process of its own, so that a proof that hangs or crashes costs lint one finding and no more.
Jobs come as one JSON document on standard input; for each job one JSON line goes out as soon as
it is done, so that the parent knows which one it died of.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import os
import signal
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

SECONDS = 5  # a job


def main() -> None:
    """Do all jobs."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a proof prints
    work = json.load(sys.stdin)
    known: dict[str, Any] = {"np": np, "math": math}
    for path, names in work["references"]:
        space: dict[str, Any] = {"__name__": "reference"}
        with contextlib.suppress(Exception), open(path, encoding="utf-8-sig") as file:
            exec(compile(file.read(), path, "exec"), space)
        known |= {name: space[name] for name in names if name in space}
    for job in work["jobs"]:
        try:
            with time_limit(SECONDS):
                answer: dict[str, Any] = {"value": DO[job["do"]](job, known)}
        except BaseException as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        try:
            line = json.dumps(answer)
        except (TypeError, ValueError) as error:
            line = json.dumps({"error": f"{type(error).__name__}: {error}"})
        out.write(line + "\n")
        out.flush()


@contextlib.contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Interrupt Python code after so long (where there are signals; the parent has a limit too)."""

    def expire(*_: Any) -> None:
        raise TimeoutError(f"still running after {seconds} s")

    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, expire)
        signal.alarm(seconds)
    try:
        yield
    finally:
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)


def evaluate(job: dict[str, Any], known: dict[str, Any]) -> Any:
    """The value of an expression, as plain Python."""
    return plain(eval(job["source"], {**known, **job["variables"]}))


def run(job: dict[str, Any], known: dict[str, Any]) -> list[str]:
    """What a program prints, twice."""
    return [capture(job["code"]), capture(job["code"])]


def check(job: dict[str, Any], known: dict[str, Any]) -> list[Any]:
    """Whether the check holds with the code as shown and as mended: true, false or the error's name."""
    found: list[Any] = []
    for code in (job["code"], job["mended"]):
        compiled = compile(code, "<listing>", "exec")
        space = {**known, **job["variables"]}
        try:
            with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
                exec(compiled, space)
                found.append(bool(eval(job["source"], space)))
        except Exception as error:
            found.append(f"{type(error).__name__}: {error}")
    return found


DO = {"evaluate": evaluate, "run": run, "check": check}


def capture(code: str) -> str:
    """Standard output of a program."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "<listing>", "exec"), {"__name__": "__main__"})
    return out.getvalue()


def plain(value: Any) -> Any:
    """NumPy's scalars and arrays as numbers and lists."""
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    return value


if __name__ == "__main__":
    main()
