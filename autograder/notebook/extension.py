"""``%load_ext autograder``: the magics of a notebook, and `check`, which needs none of them.

``%check relu``, ``%%check relu`` (run this cell, then check), ``%hint relu``, ``%%plot relu``
(draw with functions that may not be written yet), ``%quiz quiz_cnn`` and ``%%quiz quiz_cnn``
(show a quiz, take the answers of a cell). None of them raises: what is wrong is shown
where the result would be, and *Run All Cells* goes on.
"""

from __future__ import annotations

import shlex
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import AutograderError, UsageError
from ..i18n import Text, choose_language
from ..student.course import Course, Exercise
from .checking import begun, check_cells, read_hints
from .history import Executed, History, earlier
from .locate import course_here
from .result import CheckOutcome, Said

PLOT_SECONDS = 20.0
Shown = CheckOutcome | Said
_history: History | None = None


def load(shell: Any) -> None:
    """Register the magics with a shell, once; a second time changes nothing."""
    global _history
    if _history is not None:
        return
    _history = History(shell)
    _history.listen()
    for name, (kind, magic) in _MAGICS.items():
        shell.register_magic_function(magic, kind, name)


def unload(shell: Any) -> None:
    """Forget what was run, and take the magics away."""
    global _history
    if _history is not None:
        _history.stop()
        _history = None
    for name, (kinds, _) in _MAGICS.items():
        for kind in kinds.split("_"):
            shell.magics_manager.magics[kind].pop(name, None)


def check(names: tuple[str, ...], lang: str | None = None) -> Shown:
    """Check exercises (or units) by name; without a name, all that are begun in the notebook."""
    language = choose_language(lang)
    try:
        executed = _executed()
        course = course_here()
        return CheckOutcome(tuple(check_cells(_wanted(course, names, executed), executed)), language)
    except AutograderError as error:
        return Said(error.text, language, problem=True)


def hint(names: tuple[str, ...], lang: str | None = None) -> Said:
    """The next hint of one exercise, below those shown before."""
    from ..student.progress import Progress

    language = choose_language(lang)
    try:
        course = course_here()
        if len(names) != 1:
            raise UsageError(Text("Name one exercise: %hint relu", "演習を 1 つ指定してください: %hint relu"))
        exercise = course.find(names[0], Path.cwd())[0]
        hints, progress = read_hints(exercise), Progress(course)
        if not hints:
            return Said(Text("There are no hints.", "ヒントはありません。"), language, exercise.title)
        count = min(len(hints), progress.hints(exercise) + 1)
        progress.note_hints(exercise, count)
        return Said(_numbered(hints[:count], len(hints), exercise), language, exercise.title)
    except AutograderError as error:
        return Said(error.text, language, problem=True)


def plot(exercise_id: str, draw: Callable[[], None], lang: str | None = None) -> Said | None:
    """Draw; where the student's functions do not yet allow it, say so in one line instead."""
    from ..student.deadline import Overtime, limited

    try:
        if threading.current_thread() is threading.main_thread():
            limited(PLOT_SECONDS, draw)
        else:
            draw()
        return None
    except (NotImplementedError, NameError):
        why = Text(
            f"No picture yet: `{exercise_id}` is not written, or its cell was not run.",
            f"`{exercise_id}` がまだ書かれていない（またはセルが実行されていない）ため、図は描けません。",
        )
    except Overtime:
        why = Text("No picture: the code did not finish.", "コードが終わらないため、図は描けません。")
    except ImportError as error:
        why = Text(
            f"No picture: {error.name} is not installed. Run %pip install {error.name}",
            f"{error.name} がないため、図は描けません。%pip install {error.name} を実行してください。",
        )
    except Exception as error:
        told = f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}"
        why = Text(
            f"No picture: {told.rstrip(': ')}. `%check {exercise_id}` explains what is wrong.",
            f"図を描けません（{told.rstrip(': ')}）。`%check {exercise_id}` で確かめましょう。",
        )
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")  # half a picture would be shown after the cell
    return Said(why, choose_language(lang))


@dataclass(frozen=True)
class _Line:
    names: tuple[str, ...]
    lang: str | None


def _parse(line: str) -> _Line:
    """``relu softmax --lang ja``."""
    try:
        words = shlex.split(line)
    except ValueError:
        words = line.split()
    names: list[str] = []
    lang: str | None = None
    while words:
        word = words.pop(0)
        if word == "--lang" and words:
            lang = words.pop(0)
        elif word.startswith("--lang="):
            lang = word.partition("=")[2]
        else:
            names.append(word)
    return _Line(tuple(names), lang)


def _check_magic(line: str, cell: str | None = None) -> None:
    """Run the visible checks of an exercise on the cells that were run: %check relu [--lang ja].

    As %%check relu in the first line of a cell: run the cell first.
    """
    if cell is not None:
        _shell().run_cell(cell, store_history=False)
    asked = _parse(line)
    _show(check(asked.names, asked.lang))


def _hint_magic(line: str) -> None:
    """Show the next hint of an exercise: %hint relu [--lang ja]."""
    asked = _parse(line)
    _show(hint(asked.names, asked.lang))


def _plot_magic(line: str, cell: str) -> None:
    """Draw a picture with the functions of an exercise; its variables stay its own: %%plot relu."""
    asked, shell = _parse(line), _shell()
    names = dict(shell.user_ns)
    code = compile(shell.transform_cell(cell), "<plot>", "exec")
    told = plot(" ".join(asked.names), lambda: exec(code, names), asked.lang)
    if told is not None:
        _show(told)


def _quiz_magic(line: str, cell: str | None = None) -> None:
    """Show the questions of a quiz: %quiz quiz_cnn [--student ID] [--lang ja].

    As %%quiz in the first line of a cell: take the answers below it, lines like ``item: answer``.
    """
    from .quizzing import quiz

    _show(quiz(line, cell))


_MAGICS: dict[str, tuple[str, Callable[..., None]]] = {
    "check": ("line_cell", _check_magic),
    "hint": ("line", _hint_magic),
    "plot": ("cell", _plot_magic),
    "quiz": ("line_cell", _quiz_magic),
}


def _show(shown: object) -> None:
    from IPython.display import display

    display(shown)  # type: ignore[no-untyped-call]


def _shell() -> Any:
    """The running IPython shell.

    Raises
    ------
    UsageError
        There is none.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        raise UsageError(
            Text(
                "autograder.check works in a notebook. In a terminal: autograder check",
                "autograder.check はノートブックの中で使います。ターミナルでは autograder check を実行してください。",
            )
        )
    return shell


def _executed() -> list[Executed]:
    return _history.executed if _history is not None else list(earlier(_shell()))


def _wanted(course: Course, names: tuple[str, ...], executed: list[Executed]) -> list[Exercise]:
    found = [e for name in names for e in course.find(name, Path.cwd())] if names else begun(course, executed)
    if not found:
        raise UsageError(
            Text(
                "Nothing to check yet: write a function in its cell, run the cell, then check again.",
                "確かめるものがまだありません。関数をセルに書いて実行してから、もう一度確かめてください。",
            )
        )
    return list({e.id: e for e in found}.values())


def _numbered(hints: tuple[Text, ...], total: int, exercise: Exercise) -> Text:
    en = [f"{i}/{total}  {h.en}" for i, h in enumerate(hints, 1)]
    ja = [f"{i}/{total}  {h.ja}" for i, h in enumerate(hints, 1)]
    if len(hints) < total:
        en.append(f"One more: %hint {exercise.id}")
        ja.append(f"次のヒント: %hint {exercise.id}")
    return Text("\n".join(en), "\n".join(ja))
