"""``--help`` of every command works where nothing but Click is installed.

That of one format of `export` still needs what grading needs: it is in the module of the format.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = '''
import sys

class Absent:
    """As if none of these were installed."""
    NAMES = {"yaml", "pydantic", "rich", "nbformat", "jupytext", "jinja2", "openpyxl", "markdown_it", "msgpack",
             "numpy", "pytest", "IPython", "ipykernel", "charset_normalizer", "lxml", "nbgrader"}
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.NAMES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
import click
from click.testing import CliRunner
from autograder.cli import main

def paths(command, path=()):
    yield path
    if isinstance(command, click.Group) and path != ("export",):
        with click.Context(command) as context:
            names = command.list_commands(context)
            below = [(name, command.get_command(context, name)) for name in names]
        for name, sub in below:
            yield from paths(sub, (*path, name))

seen = 0
for path in paths(main):
    done = CliRunner().invoke(main, ["--lang", sys.argv[1], *path, "--help"])
    seen += 1
    if done.exit_code or "Usage" not in done.output and "使い方" not in done.output:
        print(path, done.exit_code, repr(done.exception), done.output[-300:])
print("commands:", seen)
'''


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_help_of_every_command_needs_no_extra(lang: str) -> None:
    root = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", PROGRAM, lang]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    (only,) = done.stdout.splitlines()
    assert int(only.removeprefix("commands: ")) > 25
