# ruff: noqa: E501 - a row of a table is one line
"""Content is tested like code: through the real judge, every false promise of an author is found."""

import json

import pytest

from autograder.author.build import apply, inspect
from autograder.author.new import new_exercise
from autograder.author.problems import shown
from autograder.author.validate import validate
from autograder.cli import main


def found(small, seeds=("1",)) -> list[str]:
    """Problems as ``level file: text``, without those about a stale build."""
    reports = validate(small.load(), seeds=seeds)
    problems = [p for r in reports for p in r.problems if "stale" not in p.text.en]
    return [f"{p.level} {shown(p.file, small.root)}: {p.text.en}" for p in problems]


def test_the_skeleton_is_proved_for_several_seeds(small):
    apply(inspect(small.load()))
    reports = validate(small.load(), seeds=("1", "2", "3"))
    assert [(r.id, r.ok, r.problems) for r in reports] == [("centre", True, []), ("course", True, [])]
    assert (reports[0].tests, reports[0].wrong, reports[0].right, reports[0].partial) == (8, 11, 4, 1)


def test_every_false_promise_is_found_in_one_run(small):
    small.edit("wrong/divided.py", "x / np.mean", "x - np.mean")  # passes everything
    small.edit("wrong/median_used.py", "# fails: test_rows", "# fails: test_row")
    small.edit("wrong/first_axis.py", "# cause: first_axis", "# cause: unheard_of")
    small.edit("right/moved_axis.py", "moved.mean(axis=0)", "moved.mean()")
    small.edit(
        "hints.yaml",
        "hints:\n",
        "hints:\n  - {en: One, ja: 一つ目}\n  - {en: Two, ja: 二つ目}\n  - {en: Three, ja: 三つ目}\n",
    )
    small.edit(
        "test_hidden.py",
        'def test_vector(agree, rng):\n    agree("centre", rng.uniform(1, 9, size=5))',
        "def test_vector(student):\n    student.centre([1.0, 2.0])",  # compares nothing
    )
    small.edit("test_hidden.py", 'en="a vector"', 'en="ベクトル"')
    for name in ("no_return", "in_place", "integer_result", "mean_returned"):
        (small.source / "wrong" / f"{name}.py").unlink()
    lines = found(small)
    base = "error solutions/centre/"
    for expected in (
        "wrong/divided.py: passes test_rows, which it declares to fail",
        "wrong/median_used.py: there is no hidden test 'test_row'",
        "wrong/first_axis.py: cause 'unheard_of' has no sentence in hints.yaml",
        "right/moved_axis.py: must get full marks, but test_rows failed (overall_mean)",
        "test_hidden.py: test_vector: title: Japanese in the English text: 'ベクトル'",
    ):
        assert base + expected in lines, (expected, lines)
    assert "warning solutions/centre/wrong: 7 wrong versions, at least 8 are usual" in lines
    assert "warning solutions/centre/hints.yaml: 6 hints, 3 to 5 are usual" in lines
    assert "warning solutions/centre/test_hidden.py: test_vector: no wrong version fails this test" in lines


def test_a_cause_that_is_not_shown_is_found(small):
    small.edit("wrong/opposite_sign.py", "# cause: opposite_sign", "# cause: transposed")
    small.edit("wrong/opposite_sign.py", "# cause: transposed", "# cause: transposed\n# run: no")
    assert found(small) == [
        "error solutions/centre/wrong/opposite_sign.py: test_rows shows the cause 'opposite_sign', not 'transposed' (failed)"
    ]


def test_a_stub_that_passes_a_test_is_found(small):
    small.edit(
        "test_hidden.py",
        'def test_vector(agree, rng):\n    agree("centre", rng.uniform(1, 9, size=5))',
        "def test_vector(student):\n    assert student",
    )
    assert any("the empty stub passes the hidden test test_vector" in line for line in found(small))


def test_a_version_that_loops_or_exits_is_graded_too(small):
    small.edit("exercise.yaml", "# limits: {seconds: 2.0, memory_mb: 256}", "limits: {seconds: 0.3}  #")
    code = "# fails: test_rows\n# cause: {}\n# run: no\nimport os\n\n\ndef centre(x, axis=-1):\n    {}\n"
    for name, cause, line in (("loops", "timeout", "while True: pass"), ("exits", "crashed", "os._exit(0)")):
        (small.source / "wrong" / f"{name}.py").write_text(code.format(cause, line))
    assert found(small) == []


def test_a_suite_that_its_own_reference_fails_cannot_be_graded(small):
    small.edit(
        "test_hidden.py",
        "def test_vector(agree, rng):\n    agree",
        "def test_vector(expect, rng):\n    expect(1, 2)\n    agree = print\n    agree",
    )
    lines = found(small)
    assert len(lines) == 1
    assert "cannot be graded" in lines[0]
    assert "test_vector" in lines[0]


def test_an_incomplete_exercise_does_not_stop_the_others(small):
    (small.source.parent / "half").mkdir()
    path = small.root / "course.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("[{id: centre}]", "[{id: half}, {id: centre}]"), encoding="utf-8"
    )
    reports = validate(small.load())
    assert [(r.id, r.ok) for r in reports] == [("half", False), ("centre", True), ("course", False)]
    assert "not complete yet, missing exercise.yaml" in reports[0].problems[0].text.en


def test_an_exercise_that_no_student_gets_is_mentioned(small):
    new_exercise(small.load(), "momentum")
    assert found(small) == ["warning solutions/momentum: not listed in course.yaml"]


@pytest.mark.parametrize("where", ["exercises/centre/hints.json", "exercises/notes.txt"])
def test_a_leak_is_found_in_the_files_as_they_lie_there(small, where):
    apply(inspect(small.load()))
    (small.root / where).write_bytes((small.source / "centre.py").read_bytes())
    lines = found(small)
    assert f"error exercises: {where}: contains centre/centre.py: centre" in lines


def test_the_command_exits_1_on_a_problem_and_prints_json(small, capsys):
    command = ["validate", "centre", "--course", str(small.root)]
    assert main([*command, "--json"], standalone_mode=False) == 1  # never built
    data = json.loads(capsys.readouterr().out)
    assert (data["ok"], [r["id"] for r in data["reports"]]) == (False, ["centre", "course"])
    assert main(["build", "--course", str(small.root)], standalone_mode=False) == 0
    assert main(["build", "--check", "--course", str(small.root)], standalone_mode=False) == 0
    capsys.readouterr()
    assert main([*command, "--lang", "ja"], standalone_mode=False) == 0
    assert capsys.readouterr().out.splitlines() == [
        "centre  ok  テスト 8 個、誤答例 11 個、部分正解 1 個、別解 4 個",
        "course  ok",
        "エラー（!）0 件、警告（?）0 件",
    ]


def test_a_test_that_pays_for_spoilt_arguments_is_found(small):
    small.edit(
        "test_hidden.py",
        'def test_vector(agree, rng):\n    agree("centre", rng.uniform(1, 9, size=5))',
        "def test_vector(student, require, rng):\n    require(student.centre(rng.uniform(1, 9, size=5)) is not None)",
    )
    assert any("test_vector pays a version that wipes its arguments" in line for line in found(small))


def test_a_small_exercise_is_warned_of_and_passes(small):
    small.edit("test_visible.py", "test_", "not_a_test_")
    for name in ("moved_axis",):
        (small.source / "right" / f"{name}.py").unlink()
    lines = found(small)
    assert "warning solutions/centre/right: 3 right versions, at least 4 are usual" in lines
    assert any(line.startswith("warning solutions/centre/test_visible.py: ") for line in lines), lines
    assert not [line for line in lines if line.startswith("error solutions")]


def test_an_exercise_that_shows_no_test_at_all_fails(small):
    text = (small.source / "test_visible.py").read_text(encoding="utf-8").replace("def test_", "def not_a_test_")
    (small.source / "test_visible.py").write_text(text, encoding="utf-8")
    lines = found(small)
    assert any(line.startswith("error") and "test_visible.py" in line for line in lines), lines


def test_a_visible_test_that_tells_another_versions_cause_is_found(small):
    text = (small.source / "test_visible.py").read_text(encoding="utf-8")
    named = text.replace("])\n", '], cause="overall_mean")\n', 1)
    assert named != text
    (small.source / "test_visible.py").write_text(named, encoding="utf-8")
    lines = found(small)
    assert any("tells the cause 'overall_mean', not " in line for line in lines), lines
