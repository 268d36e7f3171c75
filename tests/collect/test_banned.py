"""A ready-made function is reported under whatever name it was imported."""

from __future__ import annotations

import pytest

from autograder.collect.banned import shortcuts_used
from autograder.model import Source

BANNED = ["scipy.special.softmax", "numpy.convolve"]


def used(text: str) -> list[str]:
    notes = shortcuts_used(Source("a.py", (("a.py", text),), ""), BANNED)
    assert all(n.text.ja != n.text.en for n in notes)
    return [n.text.en for n in notes]


@pytest.mark.parametrize(
    "text",
    [
        "from scipy.special import softmax",
        "from scipy.special import softmax as mine",
        "import scipy.special\nscipy.special.softmax(1)",
        "import scipy.special as sp\nsp.softmax(1)",
        "from scipy import special\nspecial.softmax(1)",
        "import numpy as np\nnp.convolve([1], [1])",
    ],
)
def test_a_shortcut_is_named_with_its_line(text: str) -> None:
    (note,) = used(text)
    assert f"a.py:{text.count(chr(10)) + 1}" in note


@pytest.mark.parametrize("text", ["def softmax(x): ...", "x.softmax()", "import numpy as np\nnp.exp(1)", "def f(:", ""])
def test_own_code_is_not_reported(text: str) -> None:
    assert used(text) == []
