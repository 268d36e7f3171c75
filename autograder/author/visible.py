"""Learn what the wrong versions show on the visible tests: the content of causes.json.

The wrong versions are the course's own code and run in this process. The visible tests have
literal inputs, so the result depends on no seed.
"""

from __future__ import annotations

import contextlib
import io
import sys
import warnings
from collections.abc import Sequence

from ..course.exercise import Exercise
from ..errors import ContentError, GraderError
from ..i18n import Text
from ..testing.causes_file import VISIBLE_SEED, KnownFailure
from ..testing.fixtures import load_module
from ..testing.suite import Suite, collected
from .local import diagnose, run_locally


def known_failures(exercise: Exercise) -> dict[str, list[KnownFailure]]:
    """What each wrong version shows on each visible test, most specific cause first.

    Raises
    ------
    ContentError
        The visible tests cannot be collected, the reference fails one, or a cause has no sentence.
    """
    found: dict[str, list[KnownFailure]] = {}

    def body(suite: Suite) -> None:
        _refuse_broken(exercise, suite)
        # No reference: a visible test must work on a laptop that has none.
        outcomes = run_locally(suite, load_module(exercise.reference), None, VISIBLE_SEED)
        for name, outcome in outcomes.items():
            if outcome.error is not None:
                said = f"{type(outcome.error).__name__}: {outcome.error}"
                raise ContentError(
                    Text(
                        f"{exercise.visible}: the reference fails {name} ({said})",
                        f"{exercise.visible}: 模範解答が {name} に合格しません（{said}）",
                    )
                )
        diagnosis = diagnose(suite, exercise, None, VISIBLE_SEED)
        for name in outcomes:
            for version, cause in enumerate(diagnosis.causes):
                seen = diagnosis.seen(version, name)
                if seen is not None:
                    found.setdefault(name, []).append(KnownFailure(version, cause, _sentence(exercise, cause), seen))

    try:
        collect_quietly([exercise], body)
    except GraderError as error:
        raise ContentError(error.text) from error
    return found


def collect_quietly(exercises: Sequence[Exercise], body: object, hidden: bool = False) -> None:
    """`collected` on visible (or hidden) tests, without pytest's own words on the terminal."""
    files = [e.hidden if hidden else e.visible for e in exercises]
    for name, module in list(sys.modules.items()):
        # pytest would serve an earlier session's module of the same name from another folder.
        if (getattr(module, "__file__", None) or "").endswith(("test_visible.py", "test_hidden.py")):
            del sys.modules[name]
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # wrong versions overflow and divide by zero; that is their point
        collected(files, body)  # type: ignore[arg-type]


def _refuse_broken(exercise: Exercise, suite: Suite) -> None:
    if suite.broken:
        raise ContentError(f"{exercise.visible}: " + "\n".join(suite.broken.values()))


def _sentence(exercise: Exercise, cause: str) -> Text:
    text = exercise.cause_text(cause)
    if text is None:
        raise ContentError(
            Text(
                f"{exercise.folder / 'hints.yaml'}: cause {cause!r} of a wrong version has no sentence",
                f"{exercise.folder / 'hints.yaml'}: 誤答例の原因 {cause!r} の説明文がありません",
            )
        )
    return text
