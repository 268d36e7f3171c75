"""What a student's text does to the grader's own side: parsers, pages and files."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.collect.alone import Separable
from autograder.collect.files import Top
from autograder.collect.lms.blackboard import readings
from autograder.collect.names import ExerciseNames, is_copy
from autograder.collect.notebook import read_notebook
from autograder.i18n import Text
from autograder.model import Place, Raised, Sentence
from autograder.text.told import text_of
from autograder.text.told_html import told_html
from autograder.quiz.answer.answers import read_answers
from autograder.quiz.answer.score import gap_answers
from autograder.testing.own_code import OwnCode
from autograder.collect.scope import MAX_ANALYSED as MAX_CELL
from autograder.collect.scope import read_scope
from autograder.worker.namespace import python_of


MEMORY = 2 * 2**30


def ends_within(seconds: float, work: Callable[..., object], *args: object) -> bool:
    """Whether a call returns in time and in bounded memory; in a process that can be ended if it does not."""
    process = multiprocessing.get_context("fork").Process(target=limited, args=(work, *args))
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    return process.exitcode == 0


def limited(work: Callable[..., object], *args: object) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    work(*args)


def shown(error: str) -> None:
    for block in (Raised(error), Sentence(Text.of(error)), Place(Text.of(error), 1, error)):
        text_of((block,))
        told_html((block,), "en")


def test_an_exception_that_looks_almost_like_a_table_stops_no_report() -> None:
    assert ends_within(5, shown, "a\n" + "--|" * 60 + "x" + "`" * 9000)


def explain_many(source: str, raised: str) -> None:
    code = OwnCode([("relu.py", source)])
    lines = source.count("\n")
    for i in range(40):
        cause = code.of_error("NameError", raised, lines - i, "relu.py", None)
        code.detail(cause, lines - i, "relu.py", "relu")
        code.of_missing("relu")


@pytest.mark.parametrize(
    ("source", "raised"),
    [
        ("def f():\n" + ("  x = [" + "0," * 60 + "]\n") * 5_000, "nowhere"),
        ("x = [\n" + "nowhere(0),\n" * 50_000 + "]\n", "nowhere"),
        ("\n".join(f"{'a' * 150}{i} = 1" for i in range(4_000)) + "\n", "a" * 150),
    ],
    ids=["many statements", "one long statement", "many long names"],
)
def test_a_long_file_is_explained_in_time(source: str, raised: str) -> None:
    assert ends_within(15, explain_many, source, f"name '{raised}' is not defined")


DEEP = "[" * 600 + "]" * 600
BLANKS = " " * 1900


@pytest.mark.parametrize(
    "text",
    [
        '{"answers": {"relu-01": ' + DEEP + "}}",
        '{"answers": ' + '{"a": ' * 600 + "1" + "}" * 601,
        "answers:\n  relu-01: " + DEEP,
        "relu-01: {variant: 1, answer: " + BLANKS + "x" + BLANKS,
        "\n".join(["[", *(f"relu-{i}: x{BLANKS}x" for i in range(60))]),
        "[\nrelu-01:\n" + " x\n" * 60_000,
        "{" + ",".join(f'"{"x" * 200}{i}": 1' for i in range(1_200)) + "}",
    ],
    ids=["json-lists", "json-objects", "yaml", "flow", "blanks", "lines", "keys"],
)
def test_no_answer_file_takes_long_or_raises(text: str) -> None:
    assert ends_within(5, read_answers, text)


@pytest.mark.parametrize(
    "text",
    [
        '"' + '\\"' * 3_000_000 + "\\",
        '{"nbformat": 4, "cells": [{"cell_type": "code", "outputs": "' + '\\"' * 3_000_000,
        '{"nbformat": 4, "cells": ' + "[" * 200_000,
        '{"nbformat": 4, "cells": [' + '{"cell_type": "code", "source": ""},' * 100_000 + "{}]}",
    ],
    ids=["quotes", "outputs", "brackets", "cells"],
)
def test_no_notebook_takes_long_or_raises(text: str) -> None:
    assert ends_within(10, read_notebook, text.encode())


def test_no_name_in_a_zip_takes_long() -> None:
    for name in ("a_" * 32_000, "a_attempt_" * 6_000, " " * 65_000 + "x", "relu" + " -" * 30_000, "(copy" * 13_000):
        assert ends_within(5, readings, Top(name, False)), name[:20]
        assert ends_within(5, is_copy, name + ".py"), name[:20]
        assert ends_within(5, ExerciseNames(["relu", "adam"]).mentioned, name + ".py"), name[:20]


def test_a_notebook_whose_metadata_are_nested_deep_is_shown_by_nbgrader() -> None:
    mend = pytest.importorskip("autograder.nbgrader.mend", reason="nbgrader is not installed")
    cell = '{"cell_type": "code", "source": "x = 1", "metadata": {"nbgrader": {"grade_id": "a", "x": ' + DEEP + "}}}"
    nb = mend.sound(('{"nbformat": 4, "cells": [' + cell + "]}").encode())
    assert nb.cells[0].source == "x = 1"
    assert nb.cells[0].metadata.nbgrader == {"grade_id": "a"}


def test_no_time_of_arrival_takes_long(tmp_path: Path) -> None:
    batch_course = pytest.importorskip("autograder.nbgrader.batch_course", reason="nbgrader is not installed")
    (tmp_path / "timestamp.txt").write_text("(1 " * 3_000_000)
    assert ends_within(3, batch_course.timestamp, tmp_path)


def test_no_answer_to_a_gap_takes_long() -> None:
    assert ends_within(5, gap_answers, "1: " + " " * 5_000 + "x" + " " * 5_000 + "x", ["1", "2"])


@pytest.mark.parametrize(
    "cell",
    [
        "y = " + "-" * 100_000 + "1",
        "y = " + "lambda: " * 3_000 + "1",
        "%%time\n" * 2_000 + "x = 1",
        "%%time\n" * 1_000_000,
        "(" * 50_000,
        "x = (" + "1," * 3_900_000 + ")",
        "f = " + "f(" * 150 + ")" * 150,
        "x" + ".x" * 100_000,
        "%x\n" + "a" + " " * 200_000 + "b",
        "%x\n" + ">>>" + " " * 200_000,
        "%x\n" + "f(" + "1, " * 60_000,
        "%x\n" + '"' + '\\"' * 100_000 + "\\",
        "%%writefile" + " " * 200_000,
        "%time " + "-s " * 60_000 + "'",
        "%run " + "a" * 200_000,
        "%x\n" + "\\\n" * 60_000 + "(",
    ],
)
@pytest.mark.parametrize("read", [python_of, read_scope])
def test_no_cell_takes_long_or_raises(read: Callable[[str], object], cell: str) -> None:
    if read is python_of and len(cell) > MAX_CELL:
        pytest.skip("the grader itself analyses no cell of this length; the sandbox has limits of its own")
    assert ends_within(10, read, cell)


def test_cells_that_hang_together_are_told_apart_in_linear_time() -> None:
    chain = ["def softmax(): return 1", "h1 = softmax()", *(f"h{i} = h{i - 1}" for i in range(2, 1_500))]
    sources = [*chain, "def backprop(): pass"]
    cells = tuple((f"cell {i}", source) for i, source in enumerate(sources, 1))
    assert ends_within(8, Separable(cells).alone, {"backprop"}, {"softmax"})
    everywhere = tuple((f"cell {i}", "x = 1" if i % 2 else "x") for i in range(20_000))
    assert ends_within(15, Separable((("", "def backprop(): x"), *everywhere)).alone, {"backprop"}, set())
