"""Lets plain ``pytest`` find what the tests use. Nothing here is for you to change."""

import sys
from pathlib import Path

try:
    import autograder  # noqa: F401
except ImportError:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from autograder.student.plain_pytest import pytest_runtest_makereport  # noqa: F401
from autograder.testing.fixtures import (  # noqa: F401
    agree,
    bench,
    expect,
    make_rng,
    reference,
    require,
    rng,
    student,
    unchanged,
)
