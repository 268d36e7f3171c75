from __future__ import annotations

from autograder.i18n import Text
from autograder.model import Place
from autograder.notebook.history import Executed
from autograder.notebook.program import Program, is_begun, program
from autograder.text.told import text_of


def made(*sources: str, functions: tuple[str, ...] = ("f",)) -> Program:
    found = program([Executed(i, s) for i, s in enumerate(sources, 1)], functions)
    assert found is not None
    return found


def test_no_cell_defines_the_function() -> None:
    assert program([Executed(1, "x = 1")], ["f"]) is None


def test_imports_and_helpers_of_other_cells_come_along_and_the_rest_does_not() -> None:
    found = made(
        "import numpy as np",
        "train = slow()",
        "def helper(a):\n    return np.sum(a)",
        "def f(x):\n    return helper(x)",
        "f(3)",
    )
    assert found.numbers == (1, 3, 4)


def test_a_local_name_is_no_reason_to_run_another_cell() -> None:
    assert made("x = slow()", "def f(x):\n    y = x\n    return [x for x in y]", "y = slow()").numbers == (2,)


def test_a_star_import_always_comes_along() -> None:
    assert made("from numpy import *", "def f(x):\n    return maximum(x, 0)").numbers == (1, 2)


def test_of_two_definitions_the_one_run_last_counts() -> None:
    cells = [Executed(7, "def f(x):\n    return 7"), Executed(3, "def f(x):\n    return 3")]
    found = program(cells, ["f"])
    assert found is not None
    assert found.numbers == (7,)


def test_names_bound_in_blocks_and_by_any_statement_are_found() -> None:
    found = made(
        "try:\n    import a as np\nexcept ImportError:\n    np = None",
        "for k in []:\n    pass",
        "with open as h:\n    pass",
        "def f():\n    return np, k, h",
    )
    assert found.numbers == (1, 2, 3, 4)


def test_other_exercises_magics_and_other_languages_are_left_out() -> None:
    found = made(
        "%load_ext autograder", "%%bash\ndef f", "%%plot f\nf = 1", "%%time\ndef f(x):\n    return x", "%check f"
    )
    assert found.numbers == (4,)


def test_a_cell_under_check_counts() -> None:
    assert made("%%check relu\ndef f(x):\n    return x").numbers == (1,)


def test_lines_are_told_as_lines_of_cells() -> None:
    found = made("import a\nimport b", "%%check f\ndef f(x):\n    return b")
    line = found.text.splitlines().index("    return b") + 1
    assert found.where(line) == (2, 3)
    told = text_of(found.in_cells((Place(Text.of("f.py"), line, "return b"),)))
    assert told == Text("cell [2], line 3: return b", "セル [2]、3 行目: return b")
    assert found.output_in_cells(f"f.py:{line}: RuntimeWarning: overflow", "f.py") == "[2]:3: RuntimeWarning: overflow"


def test_a_syntax_error_keeps_the_cell_that_was_meant() -> None:
    found = made("def f(x):\n    return 1", "def f(x)\n    return 2")
    assert found.numbers == (2,)


def test_a_future_import_stays_first() -> None:
    found = made("x = 1\nfrom __future__ import annotations\nT = x", "def f(a: T):\n    return a")
    compile(found.text, "f.py", "exec")
    assert found.where(found.text.splitlines().index("T = x") + 1) == (1, 3)


def test_a_stub_is_not_begun_and_anything_else_is() -> None:
    stub = 'def f(x):\n    """Doc."""\n    # code\n    raise NotImplementedError'
    assert not is_begun([Executed(1, stub)], ["f"])
    assert not is_begun([], ["f"])
    assert is_begun([Executed(1, stub.replace("raise NotImplementedError", "return x"))], ["f"])
    assert is_begun([Executed(1, "f = lambda x: x")], ["f"])
    assert is_begun([Executed(1, "def f(x)")], ["f"])
    klass = "class C:\n    size = 1\n    def g(self):\n        raise NotImplementedError"
    assert not is_begun([Executed(1, klass)], ["C"])


def test_a_name_used_at_once_comes_from_what_ran_before_even_if_a_later_cell_has_it_too() -> None:
    found = made("import numpy as np", "EPS = np.float64(1)\ndef f():\n    return np", "import numpy as np")
    assert found.numbers == (1, 2, 3)
