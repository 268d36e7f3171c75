"""One word for one thing: no text of the course or the program uses a word that the glossary refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY: dict[str, list[str]] = yaml.safe_load((ROOT / "tests" / "glossary.yaml").read_text(encoding="utf-8"))
READ = {".md", ".py", ".yaml", ".html", ".js"}


def _texts() -> list[Path]:
    """What people read, and where it comes from."""
    found = [p for folder in ("solutions", "autograder", "docs") for p in sorted((ROOT / folder).rglob("*"))]
    return [
        ROOT / "README.ja.md",
        ROOT / "CONTRIBUTING.ja.md",
        *(p for p in found if p.suffix in READ and "__pycache__" not in p.parts),
    ]


@pytest.mark.parametrize("word", GLOSSARY)
def test_no_text_uses_another_word_for_it(word: str) -> None:
    refused = re.compile("|".join(GLOSSARY[word]))
    used = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in _texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if refused.search(line)
    ]
    assert not used, f"write {word}:\n" + "\n".join(used)


@pytest.mark.parametrize(("page", "lang"), [("README.md", "en"), ("README.ja.md", "ja")])
def test_the_course_has_one_title(page: str, lang: str) -> None:
    title = yaml.safe_load((ROOT / "course.yaml").read_text(encoding="utf-8"))["title"][lang]
    assert (ROOT / page).read_text(encoding="utf-8").splitlines()[0] == f"# {title}"
