"""What an export shows before it writes: no id, name or number is ever cut."""

from __future__ import annotations

import pytest

from autograder.lms.diff import _rich

HEADER = ["student", "name", *(f"exercise number {i}" for i in range(9)), "total"]
ROWS = [[f"s00{i}2345678", f"山田 太郎 {i}", *(f"{i}.{k}5" for k in range(9)), f"1{i}.25"] for i in range(3)]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_every_cell_is_whole_however_narrow_the_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    text = "\n".join(_rich(HEADER, ROWS, [i > 1 for i in range(len(HEADER))]))
    assert "…" not in text
    for cell in [*HEADER, *(c for row in ROWS for c in row)]:
        assert cell in text


def test_columns_that_do_not_fit_go_into_a_table_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = _rich(HEADER, ROWS, [i > 1 for i in range(len(HEADER))])
    assert max(map(len, lines)) <= 80
    assert sum("student" in line for line in lines) > 1
