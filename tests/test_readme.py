"""The README says what is true of the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.cli import VERBS, main

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "README.ja.md", ROOT / "CONTRIBUTING.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_verb_that_is_named_exists(page: Path) -> None:
    named = set(re.findall(r"(?:^|[\s`])autograder ([a-z]+)", page.read_text(encoding="utf-8")))
    assert named - set(VERBS) - {"finds"} == set()


def test_every_verb_can_be_imported_and_has_help() -> None:
    for name in VERBS:
        command = main.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.help or command.short_help, name


def test_both_readmes_have_the_same_parts() -> None:
    counts = [
        [
            len(re.findall(pattern, page.read_text(encoding="utf-8"), re.M))
            for pattern in (r"^## ", r"^### ", r"^```", r"^\|")
        ]
        for page in PAGES[:2]
    ]
    assert counts[0] == counts[1]
