"""Why a file cannot be compiled is named, whatever Python's own message is."""

from __future__ import annotations

import pytest

from autograder.course.causes import GENERIC
from autograder.course.syntax import cause_of_syntax

BROKEN = [
    ("def f（x）:\n    return x\n", "full_width"),
    ("def f(x):\n\u3000\u3000return x\n", "full_width"),
    ("def f(x):\n    return x，1\n", "full_width"),
    ("def f(x):\n    return x * １\n", "full_width"),
    ("def f(x):\n    return “x”\n", "full_width"),
    ("def f(x)：\n    return x\n", "full_width"),
    ("def f(x):\n    return x − 1\n", "full_width"),
    ("def f(x):\n\u00a0   return x\n", "full_width"),
    ("def f(x):\n    y = x\n\treturn y\n", "tabs_and_spaces"),
    ("def f(x):\n\tif x:\n        return 1\n\treturn 0\n", "tabs_and_spaces"),
    ("def f(x):\n    y = x\n  return y\n", "indentation"),
    ("def f(x):\nreturn x\n", "indentation"),
    ("def f(x):\n    y = x\n     z = y\n", "indentation"),
    ("def f(x)\n    return x\n", "colon_missing"),
    ("def f(x):\n    if x > 0\n        return x\n", "colon_missing"),
    ("def f(x):\n    return (x\n", "unbalanced"),
    ("def f(x):\n    return x)\n", "unbalanced"),
    ("def f(x):\n    return 'x\n", "unbalanced"),
    ("def f(x):\n    return [x)\n", "unbalanced"),
    ("def f(x):\n    return 2x\n", "comma_or_operator"),
    ("def f(x):\n    return g(x y)\n", "comma_or_operator"),
    ("def f(x):\n    if x = 0:\n        return x\n", "comparison_or_assignment"),
    ("def f(x):\n    x + 1 = y\n", "comparison_or_assignment"),
    ("def f(x):\n    pass\nreturn x\n", "return_outside"),
    (">>> import numpy as np\n", "pasted_prompt"),
    ("In [3]: import numpy as np\n", "pasted_prompt"),
    ("```python\nx = 1\n```\n", "pasted_prompt"),
    ("<<<<<<< HEAD\nx = 1\n", "pasted_prompt"),
    ("%matplotlib inline\n", "notebook_magic"),
    ("!pip install numpy\n", "notebook_magic"),
    ("def f(x):\n    return x +* 1\n", "syntax_error"),
]


@pytest.mark.parametrize(("source", "cause"), BROKEN)
def test_a_syntax_error_has_a_cause_of_its_own(source: str, cause: str) -> None:
    with pytest.raises(SyntaxError) as raised:
        compile(source, "f.py", "exec")
    error = raised.value
    line = source.splitlines()[(error.lineno or 1) - 1] if (error.lineno or 1) <= source.count("\n") else ""
    assert cause_of_syntax(type(error).__name__, error.msg, line) == cause
    assert cause in GENERIC
