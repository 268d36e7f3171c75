"""Colour for people at a terminal, and never anywhere else."""

from __future__ import annotations

import os
import sys
from typing import Any


def paint(text: str, **style: Any) -> str:
    """The text in colour on a terminal, unless NO_COLOR says no (https://no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty():
        return text
    import click

    return click.style(text, **style)
