"""Two slips are merged where they lie on different lines, and nowhere else."""

from __future__ import annotations

from autograder.author.doubled import doubled

RIGHT = "def f(x):\n    y = x + 1\n    z = y * 2\n    return z\n"
FIRST = "def f(x):\n    y = x - 1\n    z = y * 2\n    return z\n"
SECOND = "def f(x):\n    y = x + 1\n    z = y * 2\n    return -z\n"
SAME_LINE = "def f(x):\n    y = x\n    z = y * 2\n    return z\n"


def _run(code: str, x: int) -> int:
    module: dict[str, object] = {}
    exec(code, module)
    return module["f"](x)  # type: ignore[operator, no-any-return]


def test_slips_on_different_lines_are_both_in_the_program() -> None:
    (double,) = doubled([RIGHT], [FIRST, SECOND])
    assert (double.first, double.second) == (0, 1)
    assert _run(double.code, 5) == -((5 - 1) * 2)


def test_slips_on_one_line_are_not_merged() -> None:
    assert not list(doubled([RIGHT], [FIRST, SAME_LINE]))


def test_a_third_version_serves_as_the_base_and_its_own_slip_is_undone() -> None:
    third = "def f(x):\n    y = x + 1\n    z = y * 3\n    return z\n"
    other = "def f(q):\n    return (q + 1) * 2\n"  # the reference is written in another way
    found = [d.code for d in doubled([other], [FIRST, SECOND, third]) if (d.first, d.second) == (0, 1)]
    assert [_run(code, 5) for code in found] == [-((5 - 1) * 2)]


def test_a_program_in_which_a_name_is_bound_nowhere_is_left_out() -> None:
    renamed = "def f(x):\n    w = x + 1\n    z = w * 2\n    return z\n"
    assert not list(doubled([RIGHT], [renamed, "def f(x):\n    y = x + 1\n    z = y * 2\n    return z + y\n"]))
