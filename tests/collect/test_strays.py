"""Work under odd names is read, an untouched copy loses, and what is not understood is never nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.collect import collect
from autograder.model import Submission

FUNCTIONS = {"relu": ["relu", "relu_grad"], "softmax": ["softmax"]}
SOLVED = "def relu(x):\n    return x * (x > 0)\n\n\ndef relu_grad(x):\n    return x > 0\n"
STUB = "def relu(x):\n    raise NotImplementedError\n\n\ndef relu_grad(x):\n    raise NotImplementedError\n"
HALF = "def relu(x):\n    return x * (x > 0)\n\n\ndef relu_grad(x):\n    raise NotImplementedError\n"
Make = Callable[..., Path]
Book = Callable[..., str]


def only(root: Path, **options: object) -> Submission:
    (submission,) = collect(root, list(FUNCTIONS), functions=FUNCTIONS, **options).submissions  # type: ignore[arg-type]
    return submission


def relu_of(submission: Submission) -> str:
    return "\n".join(text for _, text in submission.sources["relu"].cells)


def codes(submission: Submission) -> list[str]:
    return [n.code for n in submission.sources["relu"].notes]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("relu - コピー.py", "copy_name"),
        ("relu copy.py", "copy_name"),
        ("relu.py.py", "copy_name"),
        ("relu.py.txt", "copy_name"),
        ("relu.py のコピー", "copy_name"),
        (".ipynb_checkpoints/relu-checkpoint.py", "copy_name"),
        ("1230001_relu.py", "found_by_name"),
        ("relu_山田太郎_最終版.py", "found_by_name"),
        ("relu_v2_final.py", "found_by_name"),
        ("relu2.py", "found_by_content"),
        ("rleu.py", "found_by_content"),
        ("relu", "found_by_name"),
        ("relu.txt", "found_by_name"),
        ("kadai1.py", "found_by_content"),
        ("answers/main.py", "found_by_content"),
    ],
)
def test_work_under_another_name_is_read_and_the_name_is_told(folder: Make, name: str, code: str) -> None:
    submission = only(folder({f"s001/{name}": SOLVED}))
    assert (relu_of(submission), codes(submission)) == (SOLVED, [code])
    assert submission.may_be_in("softmax") == ()


@pytest.mark.parametrize("name", ["relu-1-1.py", "relu (1).py", "RELU.PY", "ｒｅｌｕ．ｐｙ", "relu_2.py"])
def test_a_number_or_another_case_is_nothing_to_tell(folder: Make, name: str) -> None:
    assert codes(only(folder({f"s001/{name}": SOLVED}))) == []


@pytest.mark.parametrize(("encoding", "end"), [("utf-16", "\n"), ("cp932", "\r\n"), ("utf-8-sig", "\r")])
def test_a_copy_in_another_encoding_is_read(folder: Make, encoding: str, end: str) -> None:
    text = "# 活性化関数\n" + SOLVED
    submission = only(folder({"s001/relu のコピー.py": text.replace("\n", end).encode(encoding)}))
    assert relu_of(submission) == text


def test_a_script_with_the_code_of_a_whole_unit_serves_every_exercise(folder: Make) -> None:
    both = SOLVED + "def softmax(x):\n    return x\n"
    assert sorted(only(folder({"s001/activations.py": both})).sources) == ["relu", "softmax"]


@pytest.mark.parametrize("name", ["relu.py", "relu - コピー.py", "unit.py"])
def test_a_notebook_that_was_renamed_to_a_script_is_read_as_a_notebook(folder: Make, notebook: Book, name: str) -> None:
    submission = only(folder({f"s001/{name}": notebook(SOLVED)}))
    assert submission.sources["relu"].is_notebook
    assert relu_of(submission) == SOLVED
    assert "other_kind_notebook" in codes(submission)


@pytest.mark.parametrize("name", ["unit.ipynb.txt", "unit.ipynb.json", "unit - コピー.ipynb", "unit.ipynb (1)"])
def test_a_notebook_whose_name_a_browser_changed_is_read(folder: Make, notebook: Book, name: str) -> None:
    assert relu_of(only(folder({f"s001/{name}": notebook(SOLVED)}))) == SOLVED


def test_a_script_that_was_renamed_to_a_notebook_is_read_as_a_script(folder: Make) -> None:
    submission = only(folder({"s001/relu.ipynb": SOLVED}))
    assert not submission.sources["relu"].is_notebook
    assert codes(submission) == ["other_kind_python"]


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        ("relu.py", "relu-1.py"),
        ("relu.py", "relu (2).py"),
        ("deep/relu.py", "relu.py"),
        ("relu - コピー.py", "relu.py"),
        ("relu_final.py", "relu.py"),
        ("main.py", "relu.py"),
    ],
)
@pytest.mark.parametrize("weak", [STUB, HALF, b"", b"\xff\xfe\x00"])
def test_what_is_written_wins_over_what_still_holds_the_stub(
    folder: Make, winner: str, loser: str, weak: str | bytes
) -> None:
    submission = only(folder({f"s001/{winner}": SOLVED, f"s001/{loser}": weak}))
    assert relu_of(submission) == SOLVED
    assert "duplicate_file" in codes(submission)


def test_an_untouched_copy_of_a_notebook_loses(folder: Make, notebook: Book) -> None:
    files = {"s001/unit-Copy1.ipynb": notebook(STUB), "s001/unit.ipynb": notebook(SOLVED)}
    submission = only(folder(files))
    assert submission.sources["relu"].path == "unit.ipynb"


def test_of_two_written_files_the_original_goes_before_its_copy(folder: Make) -> None:
    other = SOLVED.replace("x > 0", "x >= 0")
    submission = only(folder({"s001/relu - コピー (2).py": other, "s001/relu.py": SOLVED}))
    assert (relu_of(submission), codes(submission)) == (SOLVED, ["duplicate_file"])


def test_a_commented_out_stub_is_no_stub(folder: Make, notebook: Book) -> None:
    written = SOLVED + "    # raise NotImplementedError\n"
    submission = only(folder({"s001/relu.py": written, "s001/u.ipynb": notebook(SOLVED)}))
    assert submission.sources["relu"].path == "relu.py"


def test_a_helper_that_may_still_raise_is_no_stub(folder: Make) -> None:
    other = "def relu(x, mode='a'):\n    if mode != 'a':\n        raise NotImplementedError(mode)\n    return x\n"
    submission = only(folder({"s001/relu-1.py": other, "s001/relu.py": "def relu(x):\n    return 0\n"}))
    assert submission.sources["relu"].path == "relu-1.py"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("relu.docx", b"PK\x03\x04"),
        ("relu.pdf", b"%PDF"),
        ("work.rar", b"Rar!"),
        ("work.zip", b"not a zip"),
        ("onlinetext.html", "<p>def relu(x):<br>    return x</p>"),
        ("answer.txt", "My answer:\ndef relu(x):\n    return x\nThat is all."),
        ("unit.ipynb", "{"),
        ("relu_work.py", "class Relu:\n    pass\n"),
        ("relu.md", "```python\ndef relu(x): return x\n```"),
    ],
)
def test_what_may_hold_an_exercise_is_not_nothing(folder: Make, name: str, content: str | bytes) -> None:
    submission = only(folder({"s001/softmax.py": "def softmax(x): ...", f"s001/{name}": content}))
    assert submission.may_be_in("relu") == (name,)


@pytest.mark.parametrize("name", ["README.md", "plot.png", "data.csv", "helpers.py", "report.pdf", "notes.txt"])
def test_what_speaks_of_no_exercise_leaves_an_exercise_missing(folder: Make, name: str) -> None:
    submission = only(folder({"s001/softmax.py": "def softmax(x): ...", f"s001/{name}": "x = 1\n"}))
    assert (list(submission.sources), submission.may_be_in("relu")) == (["softmax"], ())


@pytest.mark.parametrize("name", ["report.pdf", "plot.png", "helpers.py", "README.md", "scratch.ipynb"])
def test_where_nothing_was_understood_everything_may_be_in_what_is_there(
    folder: Make, notebook: Book, name: str
) -> None:
    submission = only(folder({f"s001/{name}": notebook("x = 1") if name.endswith("b") else "x = 1\n"}))
    assert submission.sources == {}
    assert submission.may_be_in("relu") == submission.may_be_in("softmax") == (name,)


def test_an_empty_folder_and_what_was_handed_out_are_nothing(folder: Make) -> None:
    root = folder({"s001/": "", "s002/relu/test_visible.py": "x", "s003/__MACOSX/._relu.py": "x"})
    for submission in collect(root, list(FUNCTIONS), functions=FUNCTIONS).submissions:
        assert (submission.sources, submission.may_be_in("relu")) == ({}, ())


def test_a_file_of_another_exercise_of_the_course_is_understood(folder: Make) -> None:
    submission = only(folder({"s001/adam.py": "def adam(): ..."}), known=["adam"])
    assert (submission.sources, submission.may_be_in("relu")) == ({}, ())


def test_a_solution_in_a_cell_that_became_text_is_read_and_told(folder: Make, notebook: Book) -> None:
    for kind in ("markdown", "raw"):
        submission = only(folder({"s001/u.ipynb": notebook("import numpy as np", (kind, SOLVED))}))
        assert [text for _, text in submission.sources["relu"].cells] == ["import numpy as np", SOLVED]
        (note,) = submission.notes
        assert note.code == "cell_read_as_code"
        assert "cell 2" in note.text.en


def test_a_text_cell_that_is_no_python_is_named_and_its_exercise_is_not_missing(folder: Make, notebook: Book) -> None:
    text = notebook("def softmax(x): ...", ("markdown", "My solution is\n\ndef relu(x): return x\n\nas above."))
    submission = only(folder({"s001/u.ipynb": text}))
    assert list(submission.sources) == ["softmax"]
    assert submission.may_be_in("relu") == ("u.ipynb",)
    assert [n.code for n in submission.notes] == ["cell_not_code"]


def test_text_about_a_function_that_a_code_cell_has_is_text(folder: Make, notebook: Book) -> None:
    submission = only(folder({"s001/u.ipynb": notebook(("markdown", "def relu(x): ..."), SOLVED)}))
    assert relu_of(submission) == SOLVED
    assert submission.notes == ()


def test_a_cell_that_nbgrader_made_for_code_is_code_whatever_it_says(folder: Make, notebook: Book) -> None:
    tree = json.loads(notebook(("markdown", "def relu(x:\n    return x")))
    tree["cells"][0]["metadata"] = {"nbgrader": {"grade_id": "relu", "solution": True, "grade": False}}
    assert relu_of(only(folder({"s001/u.ipynb": json.dumps(tree)}))).startswith("def relu(x:")


@pytest.mark.parametrize(
    "outputs",
    [
        [{"output_type": "display_data", "data": {"image/png": "A" * 9_000_000}}],
        [{"output_type": "stream", "text": ["[]{}\"'\\\n"] * 700_000}],
        [{"output_type": "display_data", "data": {"application/json": [[i, {"a": []}] for i in range(200_000)]}}],
    ],
    ids=["image", "text", "table"],
)
def test_a_notebook_with_megabytes_of_outputs_is_read(folder: Make, notebook: Book, outputs: list[object]) -> None:
    tree = json.loads(notebook("plot()", SOLVED))
    tree["cells"][0]["outputs"] = outputs
    tree["cells"][1]["attachments"] = {"a.png": {"image/png": "B" * 9_000_000}}
    tree["metadata"] = {"widgets": {"state": {str(i): {"outputs": []} for i in range(200_000)}}}
    assert relu_of(only(folder({"s001/u.ipynb": json.dumps(tree)}))) == "plot()\n" + SOLVED


def test_a_notebook_that_is_too_large_without_its_outputs_says_how_to_mend_it(folder: Make, notebook: Book) -> None:
    submission = only(folder({"s001/relu.ipynb": notebook("x = '" + "y" * 9_000_000 + "'", SOLVED)}))
    problem = submission.sources["relu"].problem
    assert problem is not None
    assert "Clear the outputs" in problem.en
    assert "出力を消去" in problem.ja


@pytest.mark.parametrize("body", ["pass", "...", "return", "return None", '"""Doc."""', "# TODO\n    pass"])
def test_a_body_that_does_nothing_is_a_stub_too(folder: Make, notebook: Book, body: str) -> None:
    empty = STUB.replace("raise NotImplementedError", body)
    files = {"s001/relu.py": empty, "s001/relu (1).py": empty, "s001/u.ipynb": notebook(SOLVED)}
    assert relu_of(only(folder(files))) == SOLVED


def test_a_class_whose_constructor_does_nothing_is_finished(folder: Make) -> None:
    work = "class softmax:\n    def __init__(self):\n        pass\n    def __call__(self, x):\n        return x\n"
    submission = only(folder({"s001/softmax.py": work, "s001/work.rar": b"Rar!"}))
    assert list(submission.sources) == ["softmax"]


@pytest.mark.parametrize("other", ["relu.docx", "work.rar", "u.ipynb"])
def test_an_untouched_stub_beside_what_nobody_can_read_is_not_nothing(folder: Make, other: str) -> None:
    submission = only(
        folder({"s001/relu.py": STUB, "s001/softmax.py": "def softmax(x): return x", f"s001/{other}": "x"})
    )
    assert list(submission.sources) == ["softmax"]
    assert submission.may_be_in("relu") == (other,)


def test_work_that_was_begun_counts_beside_what_nobody_can_read(folder: Make) -> None:
    submission = only(folder({"s001/relu.py": HALF, "s001/relu.docx": "x"}))
    assert relu_of(submission) == HALF


def test_what_the_course_hands_out_is_no_doubt_about_its_stubs(folder: Make) -> None:
    page = "<pre>def relu(x): ...</pre>"
    submission = only(
        folder({"s001/relu.py": STUB, "s001/exercises/quizzes/quiz_a.html": page, "s001/conftest.py": ""})
    )
    assert (relu_of(submission), submission.may_be_in("relu"), submission.notes) == (STUB, (), ())


def test_the_work_is_found_behind_any_number_of_untouched_copies(folder: Make) -> None:
    stubs = {f"s001/relu ({n}).py": STUB for n in range(2, 12)}
    assert relu_of(only(folder({"s001/relu.py": SOLVED, **stubs}))) == SOLVED
