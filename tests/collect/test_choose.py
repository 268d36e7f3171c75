"""Which of several files counts, and that every loser is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.collect import collect
from autograder.collect.choose import digest
from autograder.model import Source, Submission

IDS = ["relu", "softmax"]
FUNCTIONS = {"relu": ["relu", "relu_grad"], "softmax": ["softmax"]}
Make = Callable[..., Path]


def only(root: Path) -> Submission:
    (submission,) = collect(root, IDS, functions=FUNCTIONS).submissions
    return submission


def text_of(source: Source) -> str:
    return "\n".join(text for _, text in source.cells)


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        ("relu-2.py", "relu-1.py"),
        ("relu (3).py", "relu-2.py"),
        ("deep/er/relu-1.py", "relu.py"),
        ("Relu.py", "sub/relu.py"),
        ("a/relu.py", "a/b/relu.py"),
    ],
)
def test_the_highest_upload_number_wins_then_the_shallowest(folder: Make, winner: str, loser: str) -> None:
    earlier, later = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    files = {f"s001/{loser}": "lose", f"s001/{winner}": "win"}
    source = only(folder(files, {f"s001/{winner}": earlier, f"s001/{loser}": later})).sources["relu"]
    assert (source.path, text_of(source)) == (winner, "win")
    (note,) = source.notes
    assert note.code == "duplicate_file"
    assert f"{winner} and {loser}" in note.text.en
    assert winner in note.text.ja
    assert loser in note.text.ja


def test_among_equals_the_newest_wins(folder: Make) -> None:
    files = {"s001/a/relu.py": "new", "s001/b/relu.py": "old"}
    old, new = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    root = folder(files, {"s001/a/relu.py": new, "s001/b/relu.py": old})
    assert text_of(only(root).sources["relu"]) == "new"
    folder(files, {"s001/a/relu.py": old, "s001/b/relu.py": new})
    assert text_of(only(root).sources["relu"]) == "old"


def test_identical_duplicates_need_no_note_even_across_line_ends(folder: Make) -> None:
    source = only(folder({"s001/relu.py": b"x = 1\r\n", "s001/relu-1.py": b"x = 1\n"})).sources["relu"]
    assert source.notes == ()


def test_many_versions_of_one_file_are_counted(folder: Make) -> None:
    source = only(folder({f"s001/relu-{i}.py": f"x = {i}" for i in range(9)})).sources["relu"]
    assert source.path == "relu-8.py"
    assert [n.code for n in source.notes] == ["duplicate_file"] * 4 + ["more_duplicates"]
    assert "4 more files" in source.notes[-1].text.en


def test_a_notebook_counts_for_each_exercise_whose_function_it_defines(
    folder: Make, notebook: Callable[..., str]
) -> None:
    text = notebook("import numpy as np", ("markdown", "# softmax = "), "def relu_grad(x):\n    return x > 0")
    submission = only(folder({"s001/unit 1.ipynb": text}))
    assert list(submission.sources) == ["relu"]
    source = submission.sources["relu"]
    assert source.is_notebook
    assert [label for label, _ in source.cells] == ["cell 1", "cell 2"]
    assert submission.notes == ()


def test_without_a_table_of_functions_the_id_is_the_function(folder: Make, notebook: Callable[..., str]) -> None:
    root = folder({"s001/u.ipynb": notebook("softmax = lambda x: x")})
    (submission,) = collect(root, IDS).submissions
    assert list(submission.sources) == ["softmax"]


def test_a_script_goes_before_a_notebook_and_both_are_named(folder: Make, notebook: Callable[..., str]) -> None:
    root = folder({"s001/relu.py": "def relu(x): return 0", "s001/u.ipynb": notebook("def relu(x): return 1")})
    source = only(root).sources["relu"]
    assert not source.is_notebook
    assert [n.code for n in source.notes] == ["py_over_notebook"]
    assert "u.ipynb" in source.notes[0].text.en


def test_an_untouched_stub_gives_way_to_a_solved_notebook(folder: Make, notebook: Callable[..., str]) -> None:
    stub = "def relu(x):\n    raise NotImplementedError\n"
    solved = notebook("def relu(x):\n    return x", "def softmax(x):\n    raise NotImplementedError")
    submission = only(folder({"s001/relu.py": stub, "s001/softmax.py": stub, "s001/u.ipynb": solved}))
    assert submission.sources["relu"].is_notebook
    assert [n.code for n in submission.sources["relu"].notes] == ["notebook_over_stub"]
    assert not submission.sources["softmax"].is_notebook


def test_of_two_notebooks_the_one_with_more_of_the_functions_wins(folder: Make, notebook: Callable[..., str]) -> None:
    full = notebook("def relu(x): return x", "def relu_grad(x): return x")
    part = notebook("def relu(x): return 0", "def softmax(x): return x")
    submission = only(folder({"s001/deep/a.ipynb": full, "s001/b.ipynb": part}))
    assert submission.sources["relu"].path == "deep/a.ipynb"
    assert [n.code for n in submission.sources["relu"].notes] == ["duplicate_file"]
    assert submission.sources["softmax"].path == "b.ipynb"


def test_a_notebook_that_defines_nothing_wanted_is_named(folder: Make, notebook: Callable[..., str]) -> None:
    submission = only(folder({"s001/u.ipynb": notebook("x = 1")}))
    assert (submission.sources, [n.code for n in submission.notes]) == ({}, ["unused_notebook"])


def test_a_broken_notebook_is_a_problem_where_its_functions_would_have_counted(
    folder: Make, notebook: Callable[..., str]
) -> None:
    text = notebook("def relu(x): return x")[:-9]
    submission = only(folder({"s001/u.ipynb": text, "s001/Softmax.ipynb": "", "s001/other.ipynb": "{}"}))
    assert {i: s.problem is not None for i, s in submission.sources.items()} == {"relu": True, "softmax": True}
    assert [n.code for n in submission.notes] == ["unreadable_notebook"]
    assert "nbformat 4" in submission.notes[0].text.en


def test_a_file_that_cannot_be_read_is_a_source_with_a_problem(folder: Make) -> None:
    submission = only(folder({"s001/relu.py": b"", "s001/softmax.py": b"a\0b"}))
    assert [s.problem is not None and s.cells == () for s in submission.sources.values()] == [True, True]
    assert submission.sources["relu"].sha256 != submission.sources["softmax"].sha256


def test_the_encoding_is_noted_with_the_way_out(folder: Make) -> None:
    source = only(folder({"s001/relu.py": "# 関数\n".encode("cp932")})).sources["relu"]
    assert text_of(source) == "# 関数\n"
    (note,) = source.notes
    assert (note.code, "Save with Encoding" in note.text.en, "エンコード付きで保存" in note.text.ja) == (
        "not_utf8",
        True,
        True,
    )


def test_a_submission_is_read_up_to_its_total_only(folder: Make, notebook: Callable[..., str]) -> None:
    big = notebook("def relu(x): pass #" + "x" * 7_000_000)
    files = {"s001/a.ipynb": big, "s001/d/b.ipynb": big, "s001/d/d/c.ipynb": big, "s001/softmax.py": "x = 1"}
    submission = only(folder(files))
    source = submission.sources["relu"]
    assert (source.path, source.problem) == ("a.ipynb", None)
    assert submission.sources["softmax"].problem is None
    (note,) = submission.notes
    assert note.text.en.startswith("d/d/c.ipynb: The submission is larger than 16 MiB")


def test_a_hash_stands_for_the_decoded_code_alone(folder: Make) -> None:
    def sha(name: str, data: bytes) -> tuple[str, str]:
        (submission,) = collect(folder({f"{name}/Relu.py": data}), IDS).entries[-1:]
        read = submission.read()
        return read.sources["relu"].sha256, read.sha256

    text = "# 関数\nx = 1\n"
    same = {sha("a", text.encode()), sha("b", text.encode("cp932")), sha("c", text.replace("\n", "\r\n").encode())}
    assert len(same) == 1
    assert sha("d", b"x = 2\n") not in same
    assert digest(["ab", "c"]) != digest(["a", "bc"])
