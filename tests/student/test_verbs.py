"""``start``, ``list``, ``hint``, ``reset``, ``submit`` and ``watch`` on a real course folder."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from autograder.text.align import columns

from .conftest import ABS, RIGHT, Tree


def test_start_shows_statement_file_and_commands(tree: Tree):
    ran = tree.run("start")
    assert ran.code == 0
    assert ran.out.startswith("ReLU and its gradient\n=====")
    assert "exercises/relu/relu.py" in ran.out
    assert "autograder check relu" in ran.out
    assert "ファイル:  exercises/relu/relu.py" in tree.run("start", lang="ja").out


def test_start_goes_on_after_a_pass_and_back_to_what_is_begun(tree: Tree):
    tree.write(RIGHT)
    tree.run("check", "relu")
    assert tree.run("start", "--json").data["id"] == "softmax"
    tree.write(ABS)
    assert tree.run("start", "--json").data["id"] == "relu"


def test_list_follows_begun_passed_edited(tree: Tree):
    def state() -> str:
        return next(e["state"] for e in tree.run("list", "--json").data["exercises"] if e["id"] == "relu")

    assert state() == "not_begun"
    tree.write(RIGHT)
    assert state() == "begun"
    tree.run("check", "relu")
    assert state() == "passed"
    tree.write(RIGHT + "\n\n# a thought\n")
    assert state() == "edited"
    tree.write(RIGHT)
    assert state() == "passed"


def test_list_is_aligned_with_full_width_titles(tree: Tree):
    tree.write(RIGHT)
    tree.run("check", "relu")
    out = tree.run("list", lang="ja").out
    relu, softmax = (next(line for line in out.splitlines() if name in line) for name in ("relu ", "softmax"))
    assert columns(relu[: relu.index("1 点")]) == columns(softmax[: softmax.index("1 点")])
    assert "締切 2026-10-01 23:59" in relu
    assert "[###############---------------] 2 題中 1 題に合格" in out


def test_damaged_progress_is_no_obstacle(tree: Tree):
    (tree.root / ".autograder").mkdir()
    (tree.root / ".autograder" / "progress.json").write_text('{"exercises": [1]}', encoding="utf-8")
    assert tree.run("list").code == 0


def test_hints_come_one_at_a_time_and_are_remembered(tree: Tree):
    first, second, third = (tree.run("hint", "relu").out for _ in range(3))
    assert "1/2\n       Hint number 1." in first
    assert "Hint number 2." not in first
    assert "2/2\n       Hint number 2." in second
    assert third == second
    assert tree.run("hint", "relu", "--all", lang="ja").out.count("番目のヒント") == 2


def test_reset_asks_and_keeps_what_was_written(tree: Tree):
    stub = tree.file().read_bytes()
    tree.write(ABS)
    refused = tree.run("reset", "relu", stdin="n\n")
    assert refused.code == 1
    assert tree.file().read_text(encoding="utf-8") == ABS
    for text in (ABS, RIGHT):
        tree.write(text)
        assert tree.run("reset", "relu", "--yes").code == 0
        assert tree.file().read_bytes() == stub
    backups = [p.read_text(encoding="utf-8") for p in sorted(tree.file().parent.glob("relu.py.bak-*"))]
    assert sorted(backups) == sorted([ABS, RIGHT])


def test_reset_brings_back_a_deleted_file(tree: Tree):
    tree.file().unlink()
    assert "autograder reset relu" in tree.run("check", "relu").out
    assert tree.run("reset", "relu", "--yes").code == 0
    assert tree.file().is_file()


def test_submit_packs_what_is_begun_and_says_what_is_not(tree: Tree):
    tree.write(ABS)
    ran = tree.run("submit")
    assert ran.code == 0
    assert "relu.py  some visible checks fail" in ran.out
    assert "softmax" in ran.out.split("not packed:")[1]
    with zipfile.ZipFile(tree.root / "submission.zip") as archive:
        assert archive.namelist() == ["relu.py"]
        assert archive.read("relu.py") == ABS.encode()


def test_the_same_files_give_the_same_zip(tree: Tree):
    tree.write(RIGHT)
    hashes = set()
    for name in ("a.zip", "b.zip"):
        os.utime(tree.file(), (len(hashes) * 1e9 + 1e9,) * 2)
        assert tree.run("submit", "--out", name).code == 0
        hashes.add(hashlib.sha256((tree.root / name).read_bytes()).hexdigest())
    assert len(hashes) == 1


def test_submit_refuses_a_syntax_error_unless_forced(tree: Tree):
    tree.write("def relu(x:\n")
    ran = tree.run("submit")
    assert ran.code == 1
    assert "relu.py, line 1" in ran.err
    assert not (tree.root / "submission.zip").exists()
    assert tree.run("submit", "--force").code == 0
    assert (tree.root / "submission.zip").exists()


def test_submit_with_nothing_begun_is_a_usage_error(tree: Tree):
    ran = tree.run("submit", lang="ja")
    assert ran.code == 2
    assert "まだどの演習もノートブックもクイズも始めていません" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_watch_checks_again_on_every_save_until_ctrl_c(tree: Tree):
    tree.write(ABS)
    command = [sys.executable, "-m", "autograder", "watch", "relu", "--interval", "0.05"]
    log = tree.root / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=tree.root, stdout=out, stderr=subprocess.STDOUT)

        def wait_for(text: str) -> None:
            end = time.monotonic() + 20
            while text not in log.read_text(encoding="utf-8"):
                assert time.monotonic() < end
                time.sleep(0.05)

        wait_for("2 of 4 checks passed")
        wait_for("Waiting for you to save")
        tree.write(RIGHT)
        wait_for("All 4 checks passed")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130


@pytest.mark.parametrize("verb", ["list", "start", "hint", "submit"])
def test_verbs_that_run_nothing_import_neither_numpy_nor_pytest(tree: Tree, verb: str):
    code = (
        "import sys; from autograder.cli import main\n"
        f"try: main(['{verb}'], standalone_mode=False)\n"
        "except Exception: pass\n"
        "print([m for m in ('numpy', 'pytest', 'pydantic', 'yaml', 'rich') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=tree.root, capture_output=True, encoding="utf-8")
    assert ran.stdout.splitlines()[-1] == "[]"


def test_progress_is_keyed_by_the_content(tree: Tree):
    tree.write(RIGHT)
    tree.run("check")
    progress = json.loads((tree.root / ".autograder" / "progress.json").read_text(encoding="utf-8"))
    assert len(progress["exercises"]["relu"]["passed"]) == 64
    tree.write(RIGHT.replace("\n", "\r\n"))
    assert tree.run("list", "--json").data["passed"] == 1
