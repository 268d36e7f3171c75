# ruff: noqa: E501 - a row of the table of mistakes is one line
"""Whatever an author mistypes, a stub holds no line of the solution."""

import ast

import pytest

from autograder.author.stub import make_stub
from autograder.errors import ContentError

GOOD = '''\
"""Module."""

import numpy as np

EPS = 1e-12

### BEGIN SOLUTION
def helper(x):
    return x + 1
### END SOLUTION


def f(x, axis=-1):
    """Docstring."""
    ### BEGIN SOLUTION
    y = helper(x)
    return y * 2
    ### END SOLUTION


class Box:
    """A box."""

    size = 3

    def __init__(self, x):
        ### BEGIN SOLUTION
        self.x = x
        ### END SOLUTION

    def get(self):
        """Its content."""
        ### BEGIN SOLUTION
        return self.x
        ### END SOLUTION
'''
NAMES = ["f", "Box"]


def test_a_stub_keeps_signatures_docstrings_imports_and_constants(reference):
    stub = make_stub(reference(GOOD), NAMES)
    tree = ast.parse(stub)
    assert [type(n).__name__ for n in tree.body] == ["Expr", "Import", "Assign", "FunctionDef", "ClassDef"]
    assert 'def f(x, axis=-1):\n    """Docstring."""\n    # Write your code here' in stub
    assert stub.count("raise NotImplementedError") == 3
    assert "helper" not in stub
    assert "self.x" not in stub
    assert "SOLUTION" not in stub


def test_a_stub_raises_not_implemented_until_it_is_filled(reference):
    names: dict[str, object] = {}
    exec(make_stub(reference(GOOD), NAMES), names)
    with pytest.raises(NotImplementedError):
        names["f"](1)  # type: ignore[operator]


def test_a_marker_inside_a_string_is_text(reference):
    text = GOOD.replace('"""Docstring."""', '"""Docstring.\n\n    ### BEGIN SOLUTION\n    """')
    assert "### BEGIN SOLUTION" in make_stub(reference(text), NAMES)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("    ### BEGIN SOLUTION\n    y", "    y", 17, "without '### BEGIN SOLUTION'"),
        ("    return y * 2\n    ### END SOLUTION", "    return y * 2", 26, "inside the region that begins in line 15"),
        ("    y = helper(x)", "    ### BEGIN SOLUTION\n    y = helper(x)", 16, "inside the region"),
        ("        return self.x\n        ### END SOLUTION\n", "        return self.x\n", 33, "without '### END SOLUTION'"),
        ("    ### BEGIN SOLUTION\n    y", "    ## BEGIN SOLUTION\n    y", 15, "'## BEGIN SOLUTION' is no marker"),
        ("    ### BEGIN SOLUTION\n    y", "    ### BEGIN SOLUTON\n    y", 15, "write '### BEGIN SOLUTION'"),
        ("    ### BEGIN SOLUTION\n    y", "    ### begin solution\n    y", 15, "write '### BEGIN SOLUTION'"),
        ("    ### BEGIN SOLUTION\n    y", "    #BEGIN SOLUTIONS\n    y", 15, "write '### BEGIN SOLUTION'"),
        ("    ### END SOLUTION\n\n\nclass", "    ### END OF SOLUTION\n\n\nclass", 18, "write '### END SOLUTION'"),
        ("y * 2\n    ### END", "y * 2  ### END SOLUTION\n    ### END", 17, "a line of its own"),
        ("    y = helper(x)\n", "", 0, ""),
        ("    ### BEGIN SOLUTION\n    y", "    y = x\n    ### BEGIN SOLUTION\n    y", 15, "outside its solution region"),
        ("    ### END SOLUTION\n\n\nclass", "    ### END SOLUTION\n    return x\n\n\nclass", 19, "outside its solution region"),
        ("    return y * 2\n", "    ### END SOLUTION\n    ### BEGIN SOLUTION\n    return y * 2\n", 18, "a second region in 'f'"),
        ("### BEGIN SOLUTION\ndef helper(x):\n    return x + 1\n### END SOLUTION", "def helper(x):\n    return x + 1", 7, "'helper' is outside every solution region"),
        ("EPS = 1e-12", "W = np.eye(2)", 5, "outside every solution region"),
        ("EPS = 1e-12", "print(3)", 5, "outside every solution region"),
        ("    size = 3", "    size = len('abc')", 24, "code of 'Box' is outside"),
        ("def f(x, axis=-1):", "def g(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n\n\ndef f(x):", 13, "'g' is outside"),
        ("def f(x, axis=-1):", "def f(x, g=lambda v: v + 1):", 0, "a lambda is left"),
        ("def helper", "def f", 8, "'f' is wholly inside a region"),
        ("    y = helper(x)\n    return y * 2\n", "    pass_ = 1\n", 0, ""),
        ("    return y * 2", "    return y *", 17, "not valid Python"),
        ("EPS = 1e-12", "# return y * 2", 0, "repeats a solution line"),
        ("    ### BEGIN SOLUTION\n    y = helper(x)\n    return y * 2\n    ### END SOLUTION", "", 13, "'f' has no solution region"),
        ("    ### BEGIN SOLUTION\n    y = helper(x)\n    return y * 2\n    ### END SOLUTION", "    return x", 13, "'f' has no solution region"),
        ("### END SOLUTION\n\n\ndef f", "### END SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION\n\n\ndef f", 11, "encloses no function's code"),
    ],
)  # fmt: skip
def test_what_could_publish_an_answer_is_refused_with_its_line(reference, old, new, line, message):
    assert old in GOOD
    path = reference(GOOD.replace(old, new, 1))
    if not message:  # harmless changes of the solution itself
        assert "helper" not in make_stub(path, NAMES)
        return
    with pytest.raises(ContentError) as caught:
        make_stub(path, NAMES)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"{path}:{line}: " if line else f"{path}: ")
    assert caught.value.exit_code == 3


def test_a_listed_function_that_is_not_there_is_refused(reference):
    with pytest.raises(ContentError, match="no function 'missing'"):
        make_stub(reference(GOOD), [*NAMES, "missing"])


def test_a_function_that_is_not_listed_is_refused(reference):
    with pytest.raises(ContentError, match="'Box' is outside every solution region"):
        make_stub(reference(GOOD), ["f"])


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "f.py"
    path.write_bytes("# 解答".encode("cp932"))
    with pytest.raises(ContentError, match="not UTF-8"):
        make_stub(path, ["f"])
