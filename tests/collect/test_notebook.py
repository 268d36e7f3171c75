from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from autograder.collect.notebook import MAX_BYTES, defined_names, read_notebook


def test_code_cells_come_in_order_with_their_magics_and_their_number(notebook: Callable[..., str]) -> None:
    text = notebook("%matplotlib inline\nx = 1", ("markdown", "# def relu(x)"), "!pip list\n", ("raw", "y"), "z = 3")
    read = read_notebook(text.encode())
    assert read.problem is None
    assert read.cells == (("cell 1", "%matplotlib inline\nx = 1"), ("cell 2", "!pip list\n"), ("cell 3", "z = 3"))
    assert read.names == {"x", "z"}


def test_a_source_may_be_one_string_and_half_a_surrogate_pair_does_no_harm() -> None:
    cell = {"cell_type": "code", "source": "s = '\ud800'\r\n"}
    read = read_notebook(
        json.dumps({"nbformat": 4, "cells": [cell, "junk", {"cell_type": "code", "source": 3}]}).encode()
    )
    assert read.cells == (("cell 1", "s = '\ufffd'\n"),)
    read.cells[0][1].encode()


def test_a_notebook_with_a_byte_order_mark_or_in_utf16_is_read(notebook: Callable[..., str]) -> None:
    for codec in ("utf-8-sig", "utf-16"):
        assert read_notebook(notebook("日本 = 1").encode(codec)).names == {"日本"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"{", "not valid JSON"),
        (b"[" * 200_000, "not valid JSON"),
        (b'{"nbformat": 4, "cells": [' + b"{}," * 400_000 + b"{}]}", "not valid JSON"),
        (b'{"a": ' + b"1" * 100_000 + b"}", "not valid JSON"),
        (b'{"nbformat": 3, "worksheets": []}', "nbformat 4"),
        (b'{"nbformat": 4, "cells": {}}', "nbformat 4"),
        (b'{"nbformat": 4, "cells": [' + b'{"cell_type": "code"},' * 5_000 + b"{}]}", "more than 5000 cells"),
        (b"[1, 2]", "nbformat 4"),
        (b'{"nbformat": 4, "cells": []}', "no code cells"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "a\\u0000"}]}', "NUL"),
        (b'{"s": "' + b"a" * MAX_BYTES, "larger than 8 MiB"),
    ],
)
def test_a_broken_notebook_says_what_is_wrong(data: bytes, words: str) -> None:
    read = read_notebook(data)
    assert read.cells == ()
    assert read.problem is not None
    assert words in read.problem.en


def test_a_cut_off_notebook_still_tells_which_functions_it_held(notebook: Callable[..., str]) -> None:
    text = notebook("def relu(x):\n    return x\n", "class ReplayBuffer:\n    pass\n")
    assert read_notebook(text[:-20].encode()).names == {"relu", "ReplayBuffer"}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def relu(x): pass", {"relu"}),
        ("if True:\n    async def relu(x): pass", {"relu"}),
        ("class ReplayBuffer(object):\n  pass", {"ReplayBuffer"}),
        ("relu = lambda x: x", {"relu"}),
        ("relu: object = f", {"relu"}),
        ("relu, relu_grad = f, g", {"relu", "relu_grad"}),
        ("relu == 1\nprint(relu)\n# def relu\nrelu(x)", set()),
    ],
)
def test_definitions_are_defs_classes_and_assignments(source: str, names: set[str]) -> None:
    assert defined_names(source) == names


@pytest.mark.parametrize("piece", [" ", "a ", "a,", "a:", "\t\n", "def "])
def test_finding_definitions_takes_linear_time(piece: str) -> None:
    start = time.monotonic()
    defined_names(piece * (2**20 // len(piece)))
    assert time.monotonic() - start < 5
