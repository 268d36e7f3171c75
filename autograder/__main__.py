"""``python -m autograder``."""

from .cli import run

run()
