"""The models of Moodle's and Canvas's CSV readers against recorded answers of PHP 8.2 and of Ruby's csv 3.2.

``fixtures/php_csv.php`` and ``fixtures/ruby_csv.rb`` made the records; where `php` or `ruby` is
installed, they are asked again about files that were not recorded.
"""

from __future__ import annotations

import base64
import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from autograder.lms.readback import Malformed, canvas_delimiter, canvas_reads, fgetcsv, fputcsv, moodle_reads, period

FIXTURES = Path(__file__).parent / "fixtures"
PHP = json.loads((FIXTURES / "php_csv.json").read_text(encoding="utf-8"))
RUBY = json.loads((FIXTURES / "ruby_csv.json").read_text(encoding="utf-8"))
PIECES = ['"', '"', "\\", ",", ",", ";", "\n", "\n", " ", "\t", "a", "1", "あ", '""', '\\"', '","', '"\n']


def test_there_are_many_records() -> None:
    assert len(PHP) > 600
    assert sum(record["rows"] is None for record in RUBY) > 300
    assert sum(record["rows"] is not None for record in RUBY) > 100


def test_fgetcsv_and_fputcsv_agree_with_php() -> None:
    for record in PHP:
        rows = list(fgetcsv(record["text"]))
        assert rows == record["rows"], record["text"]
        assert "".join(fputcsv(row) for row in rows if row is not None) == record["stored"]


def test_ruby_reads_what_the_model_reads() -> None:
    for record in RUBY:
        check_ruby(record["text"], record["delimiter"], record["rows"])


def check_ruby(text: str, delimiter: str | None, rows: list[list[str]] | None) -> None:
    try:
        read = canvas_reads(text)
    except Malformed:
        assert rows is None or "\r" in text  # with mixed line ends the model refuses more than Ruby does
        return
    assert rows is not None, text
    assert canvas_delimiter(text) == delimiter
    assert read == [[period(cell) for cell in row] for row in rows]


@pytest.mark.skipif(shutil.which("php") is None, reason="php is not installed")
def test_php_agrees_about_new_files() -> None:
    texts = files(2000, seed=7)
    asked = zip(texts, ask(["php", str(FIXTURES / "php_csv.php")], texts), strict=True)
    compared = 0
    for text, (rows, stored) in asked:
        try:
            mine = list(fgetcsv(text))
        except Malformed:
            continue
        compared += 1
        assert mine == rows, text
        assert "".join(fputcsv(row) for row in mine if row is not None) == stored
    assert compared > 1000


@pytest.mark.skipif(shutil.which("ruby") is None, reason="ruby is not installed")
def test_ruby_agrees_about_new_files() -> None:
    texts = files(2000, seed=8)
    for text, answer in zip(texts, ask(["ruby", str(FIXTURES / "ruby_csv.rb")], texts), strict=True):
        rows = answer and [["" if c is None else c for c in row] for row in answer[1] if row]
        check_ruby(text, answer and answer[0], rows)


def files(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choice(PIECES) for _ in range(chance.randint(1, 18))) for _ in range(count)]


def ask(command: list[str], texts: list[str]) -> list[Any]:
    lines = "\n".join(base64.b64encode(text.encode()).decode() for text in texts) + "\n"
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_leak_that_moodle_has_is_in_the_model() -> None:
    """A feedback that ends in a backslash swallows the next student's line, though fgetcsv alone reads it."""
    text = 'id,grade,feedback\n1,10,"see C:\\dir\\ "\n2,20,ok\n'
    assert moodle_reads(text) == [["id", "grade", "feedback"], ["1", "10", "see C:\\dir\\ "], ["2", "20", "ok"]]
    leaky = "id,grade,feedback\n1,10,ends in \\\n2,20,ok\n"
    try:
        read = moodle_reads(leaky)
    except Malformed:
        return
    assert ["2", "20", "ok"] not in read


@pytest.mark.parametrize(("cell", "read"), [("1,234", "1.234"), ("1.234,5", "1234.5"), ("9.5", "9.5"), ("007", "007")])
def test_canvas_takes_the_last_separator_for_the_decimal_point(cell: str, read: str) -> None:
    assert period(cell) == read
