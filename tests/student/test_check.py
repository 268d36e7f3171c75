"""``autograder check`` on real student files, run as a student runs it."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.text.align import columns

from .conftest import ABS, RIGHT, Tree


def statuses(report: dict) -> dict[str, str]:
    return {t["name"]: t["status"] for t in report["tests"]}


def messages(report: dict, lang: str = "en") -> str:
    return "\n".join(t["message"][lang] for t in report["tests"])


def test_a_right_solution_passes_and_leads_to_the_next_exercise(tree: Tree):
    tree.write(RIGHT)
    ran = tree.run("check", "relu")
    assert ran.code == 0
    assert ran.out.count("[ok]") == 4
    assert "All 4 checks passed." in ran.out
    assert "autograder start softmax" in ran.out
    assert ran.err == ""


def test_a_misconception_is_named_without_the_wrong_version(tree: Tree):
    report = tree.check(ABS)
    first = report["tests"][0]
    assert first["status"] == "failed"
    assert first["cause"] == "absolute_value"
    assert first["message"]["ja"].endswith("考えられる原因: 負の入力が絶対値になっています。")


def test_the_screen_shows_call_table_and_cause_in_the_chosen_language(tree: Tree):
    tree.write(ABS)
    out = tree.run("check", "relu", lang="ja").out
    assert "  [NG] 負、0、正\n       relu(array([-2., -1., 0., 1., 2.]))" in out
    assert "         位置 | あなたの結果 | 正しい値\n" in out
    assert "4 個のテストのうち 2 個に合格しました。" in out
    assert tree.run("check", "relu", "--lang", "en", lang="ja").out.count("[NG]") == 2


@pytest.mark.parametrize("name", ["relu", "exercises/relu", "exercises/relu/", "exercises/relu/relu.py", "relu.py"])
def test_an_exercise_may_be_named_by_id_or_path(tree: Tree, name: str):
    tree.write(RIGHT)
    assert tree.run("check", name, "--json").data["exercises"][0]["id"] == "relu"


def test_inside_the_folder_a_dot_is_enough(tree: Tree):
    tree.write(RIGHT)
    ran = tree.run("check", ".", "--json", cwd=tree.root / "exercises" / "relu")
    assert [e["id"] for e in ran.data["exercises"]] == ["relu"]


def test_a_unit_checks_all_its_exercises(tree: Tree):
    tree.write(RIGHT)
    data = tree.run("check", "activations", "--json").data
    assert [(e["id"], e["state"]) for e in data["exercises"]] == [("relu", "passed"), ("softmax", "not_begun")]
    assert data["passed"] is False


def test_without_a_name_what_was_begun_is_checked(tree: Tree):
    tree.write(RIGHT)
    assert [e["id"] for e in tree.run("check", "--json").data["exercises"]] == ["relu"]


def test_an_unknown_name_is_a_usage_error_with_a_suggestion(tree: Tree):
    ran = tree.run("check", "softmx")
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean 'softmax'?" in ran.err
    assert "のことでしょうか" in tree.run("check", "softmx", lang="ja").err


def test_an_untouched_stub_is_not_begun_rather_than_failing(tree: Tree):
    ran = tree.run("check", "relu")
    assert ran.code == 1
    assert "not begun" in ran.out
    assert "[NG]" not in ran.out


def test_outside_a_course_the_message_says_where_to_go(tree: Tree):
    ran = tree.run("check", cwd=tree.root.parent)
    assert ran.code == 2
    assert "exercises/course.json" in ran.err


def test_a_damaged_manifest_is_a_configuration_error(tree: Tree):
    (tree.root / "exercises" / "course.json").write_text("{", encoding="utf-8")
    ran = tree.run("list")
    assert ran.code == 3
    assert "course.json" in ran.err


def test_parameters_plain_asserts_and_generators_work(tree: Tree):
    tree.write("import numpy as np\n\ndef softmax(x):\n    return np.exp(x)\n", "softmax")
    report = tree.run("check", "softmax", "--json").data["exercises"][0]
    assert report["tests"][0]["title"] == {"en": "equal scores [2]", "ja": "等しい得点 [2]"}
    assert [t["name"] for t in report["tests"]] == ["test_equal_scores[2]", "test_equal_scores[4]", "test_sums_to_one"]
    assert "assert abs(np.sum(" in report["tests"][2]["message"]["en"]
    assert "test_visible.py, line" in report["tests"][2]["message"]["en"]


# ---------------------------------------------------------------- code that does not behave


def test_an_endless_loop_is_stopped_at_its_line_and_other_tests_go_on(tree: Tree):
    text = RIGHT.replace("return np.maximum(np.asarray(x), 0)", "while True:\n        x = x + 1")
    began = time.monotonic()
    report = tree.check(text)
    assert time.monotonic() - began < 15
    assert statuses(report)["test_gradient"] == "passed"
    assert statuses(report)["test_five_values"] == "timeout"
    line = next(i for i, source in enumerate(text.splitlines(), 1) if "while True" in source)
    assert f"relu.py, line {line}" in messages(report) or f"relu.py, line {line + 1}" in messages(report)
    assert "Not tried again" in messages(report)


def test_a_loop_that_swallows_everything_ends_too(tree: Tree):
    body = """while True:
        try:
            while True:
                pass
        except BaseException:
            pass"""
    report = tree.check(RIGHT.replace("return np.maximum(np.asarray(x), 0)", body))
    assert statuses(report)["test_five_values"] == "timeout"


def test_a_call_that_never_leaves_c_ends_too_and_the_rest_is_tried(tree: Tree):
    text = RIGHT.replace("return np.where(", "import itertools\n    return sum(itertools.count()) + np.where(")
    report = tree.check(text)
    assert statuses(report) == {
        "test_five_values": "passed",
        "test_keeps_shape": "passed",
        "test_argument_stays": "passed",
        "test_gradient": "timeout",
    }
    assert "did not react" in messages(report)


def test_an_endless_loop_while_loading_is_named(tree: Tree):
    report = tree.check("while True:\n    pass\n")
    assert report["state"] == "broken"
    assert report["cause"] == "timeout"
    assert "relu.py, line" in report["problem"]["en"]


def test_a_syntax_error_shows_the_students_line_with_a_caret(tree: Tree):
    tree.write('def relu(x):\n    y = "あ" + max(x, 0\n')
    ran = tree.run("check", "relu")
    assert ran.code == 1
    lines = ran.out.splitlines()
    at = next(i for i, line in enumerate(lines) if 'y = "あ" + max(x, 0' in line)
    assert "relu.py, line 2:" in lines[at - 1]
    assert lines[at + 1].index("^") == columns(lines[at][: lines[at].index("(")])


@pytest.mark.parametrize(
    ("data", "cause"), [(b"x = '\xff\xfe'\n", "not_utf8"), (b"x = 1\x00\n", "syntax_error")], ids=["bytes", "nul"]
)
def test_a_file_that_is_not_text_is_a_problem_of_that_file(tree: Tree, data: bytes, cause: str):
    tree.file().write_bytes(data)
    report = tree.run("check", "relu", "--json").data["exercises"][0]
    assert report["cause"] == cause
    assert "relu.py" in report["problem"]["en"]


def test_exit_is_an_error_of_that_test_only(tree: Tree):
    report = tree.check(RIGHT.replace("return np.where(", "raise SystemExit(0)\n    return np.where("))
    assert statuses(report)["test_five_values"] == "passed"
    assert report["tests"][3]["cause"] == "exited"


def test_a_process_that_ends_itself_costs_one_test(tree: Tree):
    body = "import os\n    os._exit(0)\n    return np.maximum(np.asarray(x), 0)"
    report = tree.check(RIGHT.replace("return np.where(", "import os\n    os._exit(0)\n    return np.where("))
    assert statuses(report)["test_gradient"] == "crashed"
    assert statuses(report)["test_five_values"] == "passed"
    report = tree.check(RIGHT.replace("return np.maximum(np.asarray(x), 0)", body))
    assert list(statuses(report).values()) == ["crashed", "crashed", "not_run", "not_run"]


def test_endless_recursion_names_its_line(tree: Tree):
    report = tree.check(RIGHT.replace("return np.maximum(np.asarray(x), 0)", "return relu(x)"))
    assert report["tests"][0]["cause"] == "recursion"
    assert "return relu(x)" in report["tests"][0]["message"]["en"]


def test_a_renamed_function_is_missing_and_the_near_name_is_shown(tree: Tree):
    report = tree.check(RIGHT.replace("def relu_grad", "def relu_gard"))
    assert report["tests"][3]["cause"] == "function_missing"
    assert "no function 'relu_grad'. There is 'relu_gard'" in report["tests"][3]["message"]["en"]


def test_a_module_that_is_not_there_is_named_with_its_line(tree: Tree):
    report = tree.check("import torch_of_nobody\n")
    assert report["cause"] == "missing_module"
    assert "relu.py, line 1: import torch_of_nobody" in report["problem"]["en"]


def test_a_part_that_is_still_the_stub_is_said_in_one_sentence(tree: Tree):
    report = tree.check(RIGHT.replace("return np.where(np.asarray(x) > 0, 1.0, 0.0)", "raise NotImplementedError"))
    assert report["tests"][3]["cause"] == "not_implemented"
    assert report["tests"][3]["status"] == "error"


def test_prints_are_shown_under_their_test_and_cut(tree: Tree):
    tree.write(
        "print('loading')\n" + RIGHT.replace("return np.where(", "print('\\n'.join('row' * 40))\n    return np.where(")
    )
    ran = tree.run("check", "relu")
    assert ran.out.index("| loading") < ran.out.index("[ok] negative")
    assert ran.out.index("[ok] slope") < ran.out.index("| r\n")
    assert ran.out.count("       | ") == 1 + 20 + 1
    assert "| ... (+100)" in ran.out


def test_a_warning_of_numpy_names_the_students_line(tree: Tree):
    report = tree.check(RIGHT.replace("return np.where(", "np.log(np.zeros(1))\n    return np.where("))
    assert any("relu.py:" in line and "RuntimeWarning" in line for line in report["tests"][3]["output"])


def test_input_has_nobody_to_ask(tree: Tree):
    report = tree.check(RIGHT.replace("return np.where(", "input()\n    return np.where("))
    assert "input() cannot be used here" in report["tests"][3]["message"]["en"]


def test_the_same_error_is_told_once(tree: Tree):
    tree.write(RIGHT.replace("return np.maximum(np.asarray(x), 0)", "return undefined_name"))
    out = tree.run("check", "relu").out
    assert out.count("NameError") == 1
    assert out.count("(the same as above)") == 2


def test_json_is_only_json_even_when_the_code_writes_to_the_terminal_itself(tree: Tree):
    report = tree.check("import os\nos.write(1, b'x')\nos.system('echo y')\n" + RIGHT)
    assert report["state"] == "passed"


def test_a_broken_test_file_is_the_graders_fault(tree: Tree):
    tree.write(RIGHT)
    (tree.root / "exercises" / "relu" / "test_visible.py").write_text("import nothing_at_all\n", encoding="utf-8")
    ran = tree.run("check", "relu")
    assert ran.code == 4
    assert "nothing_at_all" in ran.err


def test_no_bytecode_is_left_so_what_was_saved_is_what_runs(tree: Tree):
    tree.check(RIGHT)
    assert not [p for p in (tree.root / "exercises" / "relu").rglob("*.pyc") if p.name.startswith("relu.")]


@pytest.mark.skipif(sys.platform != "linux", reason="finds the child in /proc")
def _alive(pids: list[str], seconds: float = 5) -> list[str]:
    """Who is not gone after so long; one that only waits to be reaped by its new parent is gone."""
    end = time.monotonic() + seconds
    while True:
        left = []
        for pid in pids:
            with contextlib.suppress(OSError):
                if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX":
                    left.append(pid)
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.05)


def test_ctrl_c_ends_the_check_and_its_child(tree: Tree):
    tree.write("while True:\n    pass\n")
    command = [sys.executable, "-m", "autograder", "check", "relu"]
    process = subprocess.Popen(command, cwd=tree.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not (pids := children.read_text().split()):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
    assert _alive(pids) == []


@pytest.mark.parametrize(("encoding", "name"), [("cp932", "cp932"), ("euc_jp", "EUC-JP"), ("utf-16", "UTF-16")])
def test_the_encoding_of_a_file_that_is_not_utf8_is_named(tree: Tree, encoding: str, name: str):
    tree.file().write_bytes(RIGHT.replace("import numpy", "# 活性化関数です。\nimport numpy", 1).encode(encoding))
    report = tree.run("check", "relu", "--json").data["exercises"][0]
    assert report["cause"] == "not_utf8"
    assert name in report["problem"]["en"]
    assert name in report["problem"]["ja"]
    assert "Error" not in report["problem"]["en"]


BEGINNERS = {
    "unknown_module_name": ("np.maximum(", "np.maximun("),
    "numpy_not_imported": ("import numpy as np", "import math"),
    "misspelled_name": ("np.maximum(np.asarray(x)", "np.maximum(np.asarray(X)"),
    "removed_numpy_name": ("np.asarray(x), 0)", "np.asarray(x), np.float(0))"),
    "printed_not_returned": ("return np.maximum(np.asarray(x), 0)", "print(np.maximum(np.asarray(x), 0))"),
    "nothing_returned": ("return np.maximum(", "np.maximum("),
    "unbound_local": (
        "return np.maximum(np.asarray(x), 0)",
        "if x is None:\n        y = 0\n    return np.maximum(np.asarray(x), y)",
    ),
    "array_as_axis": ("np.maximum(np.asarray(x), 0)", "np.max(0, np.asarray(x))"),
}


@pytest.mark.parametrize("cause", BEGINNERS)
def test_a_beginners_slip_is_named(tree: Tree, cause: str):
    old, new = BEGINNERS[cause]
    assert old in RIGHT
    report = tree.check(RIGHT.replace(old, new, 1))
    assert report["tests"][0]["cause"] == cause


def test_a_function_that_became_a_value_is_named(tree: Tree):
    report = tree.check(RIGHT + "\n\nrelu = relu(np.array([1.0, -1.0]))\n")
    assert report["tests"][0]["cause"] == "function_overwritten"


def test_a_function_below_the_main_guard_is_named(tree: Tree):
    head, body = RIGHT.split("def ", 1)
    guarded = "".join(f"    {line}\n" if line else "\n" for line in ("def " + body).splitlines())
    report = tree.check(f'{head}if __name__ == "__main__":\n{guarded}')
    assert report["tests"][0]["cause"] == "under_main"


def test_none_where_an_array_is_meant_is_told_of_an_array(tree: Tree):
    message = tree.check(RIGHT.replace("return np.maximum(", "np.maximum(", 1))["tests"][0]["message"]
    assert "an array was expected" in message["en"]
    assert "正しくは配列です" in message["ja"]
