"""Scores are held against what the author says of each version, through the real judge."""

import json

import pytest

from autograder.author.build import apply, inspect
from autograder.author.called import functions_called
from autograder.author.problems import shown
from autograder.author.validate import validate
from autograder.cli import main
from autograder.course.exercise import load_exercise

HALF = "import numpy as np\n\n\ndef centre(x, axis=-1):\n    "


@pytest.fixture
def found(small):
    """Problems of the exercise as ``file: text``."""

    def _found(seeds=("1",)) -> list[str]:
        report = validate(small.load(), ["centre"], seeds)[0]
        return [f"{shown(p.file, small.source)}: {p.text.en}" for p in report.problems]

    return _found


def write(small, name: str, header: str, body: str) -> None:
    (small.source / name).write_text(header + HALF + body + "\n", encoding="utf-8")


def test_a_half_right_version_loses_what_it_may_and_no_more(small, found):
    write(small, "partial/rows.py", "# may lose: inputs\n", "return x - np.mean(x, axis=-1, keepdims=True)")
    lines = found()
    assert "partial/rows.py: fails test_columns of the group 'values', which it may not lose (axis_ignored)" in lines
    assert all("partial/rows.py: fails" in line for line in lines)


def test_a_half_right_version_that_loses_nothing_is_no_half(small, found):
    small.edit("partial/arrays_only.py", "x.mean(", "np.asarray(x).mean(")
    assert found() == ["partial/arrays_only.py: passes every hidden test; if it is right, move it to right/"]


def test_a_textbook_version_that_loses_much_is_found(small, found):
    write(small, "partial/rows.py", "# may lose: values\n# textbook\n", "return x - np.mean(x, -1, keepdims=True)")
    assert found() == [
        "partial/rows.py: is right on ordinary arrays, but loses 42% of its function's points; at most 20% is fair"
    ]


def test_better_code_that_scores_less_is_found(small, found):
    small.edit("wrong/overall_mean.py", "# cause", "# better than: integer_result, arrays_only\n# cause")
    assert found() == [
        "wrong/overall_mean.py: is better than wrong/integer_result, but scores 0.140, less than 0.900",
        "wrong/overall_mean.py: is better than partial/arrays_only, but scores 0.140, less than 0.900",
    ]


def test_a_version_that_is_not_there_is_named(small, found):
    write(small, "partial/in_place.py", "# may lose: inputs\n# better than: unheard_of\n", "return list(x)")
    small.edit("wrong/overall_mean.py", "# cause", "# better than: in_place\n# cause")
    lines = [line for line in found() if "better than" in line or "meant" in line]
    assert "partial/in_place.py" in lines[1]
    assert "better than 'unheard_of', but there is no such version" in lines[1]
    assert lines[0].endswith("which 'in_place' is meant? Write one of wrong/in_place, partial/in_place")


def test_a_score_that_the_seed_decides_is_found(small, found):
    body = "x = np.asarray(x, dtype=float)\n    return x - np.mean(x, axis=axis, keepdims=True) + (x.flat[0] % 1 > 0.5)"
    write(small, "partial/by_chance.py", "# may lose: values, inputs\n", body)
    lines = [line for line in found(("1", "2", "3", "4")) if "the seed decides" in line]
    assert len(lines) == 1
    assert lines[0].startswith("partial/by_chance.py: the seed decides on ")


def test_a_group_of_two_functions_is_mentioned(small, found):
    small.edit("exercise.yaml", "[centre]", "[centre, spread]")
    doc = '"""The largest minus the smallest.\n\n    ---\n    最大と最小の差を返します。\n    """'
    body = "### BEGIN SOLUTION\n    return np.ptp(x)\n    ### END SOLUTION"
    with (small.source / "centre.py").open("a", encoding="utf-8") as file:
        file.write(f"\n\ndef spread(x):\n    {doc}\n    {body}\n")
    with (small.source / "test_hidden.py").open("a", encoding="utf-8") as file:
        file.write('\n\n@case("inputs", en="the range", ja="範囲")\ndef test_spread(agree):\n')
        file.write('    agree("spread", np.array([1.0, 4.0]))\n')
    said = "test_hidden.py: the tests of the group 'inputs' call different functions (centre; spread)"
    assert [line for line in found() if "different functions" in line] == [f"{said}: one group, one function"]
    called = functions_called(load_exercise(small.source))
    assert called["test_spread"] == {"spread"}
    assert called["test_rows"] == {"centre"}


def test_the_profile_says_what_each_version_loses_and_why(small, capsys):
    apply(inspect(small.load()))
    command = ["validate", "centre", "--profile", "--course", str(small.root)]
    assert main([*command, "--json"], standalone_mode=False) == 0
    versions = {v["name"]: v for v in json.loads(capsys.readouterr().out)["reports"][0]["versions"]}
    assert versions["partial/arrays_only"] == {
        "name": "partial/arrays_only",
        "role": "partial",
        "textbook": True,
        "score": 0.9,
        "lost_by_function": {"centre": 0.1},
        "visible": {"passed": 2, "tests": 3},
        "lost": {"inputs": [{"cause": "list_argument", "tests": 1}]},
    }
    assert versions["right/moved_axis"]["lost"] == {}
    assert versions["wrong/overall_mean"]["lost"]["values"] == [{"cause": "overall_mean", "tests": 4}]
    assert main([*command, "--lang", "ja"], standalone_mode=False) == 0
    lines = capsys.readouterr().out.splitlines()
    row = next(line for line in lines if line.startswith("partial/arrays_only"))
    assert row.split() == [
        "partial/arrays_only",
        "(教科書)",
        "0.900",
        "centre",
        "10%",
        "2/3",
        "inputs",
        "(list_argument:",
        "1)",
    ]
