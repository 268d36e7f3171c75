"""What the documents say is true of the program: links, commands, options, output, examples."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from autograder.cli import VERBS, main
from autograder.quiz.proof.lint import lint, load_bank
from autograder.quiz.source.items import load_quiz
from autograder.quiz.source.kinds import TYPES

ROOT = Path(__file__).resolve().parent.parent
READMES = [ROOT / "README.md", ROOT / "README.ja.md"]
CONTRIBUTING = [ROOT / "CONTRIBUTING.md", ROOT / "CONTRIBUTING.ja.md"]
QUIZ_FORMAT = [ROOT / "docs" / "quiz-format.md", ROOT / "docs" / "quiz-format.ja.md"]
PAGES = [*READMES, *CONTRIBUTING, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
both_languages = pytest.mark.parametrize("lang", ["en", "ja"])

_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.M | re.S)


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _slugs(page: Path) -> set[str]:
    """Anchors that a page's headings have on the web."""
    headings = re.findall(r"^#+ +(.+)$", _FENCE.sub("", _text(page)), re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@every_page
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", _text(page)):
        name, _, anchor = link.partition("#")
        if "://" in link:
            continue
        target = page.parent / name if name else page
        assert target.exists(), link
        assert not anchor or anchor in _slugs(target), link


def _commands(page: Path) -> list[list[str]]:
    """Every ``autograder ...`` of a page, in a listing or within a sentence."""
    text = _text(page)
    listed = [line for _, body in _FENCE.findall(text) for line in body.splitlines()]
    quoted = re.findall(r"`([^`\n]+)`", _FENCE.sub("", text))
    found = []
    for code in [*listed, *quoted]:
        code = re.sub(r"^\s*\$ ", "", code).strip().split("#")[0]
        if re.match(r"autograder [a-z]", code):
            found.append(shlex.split(code)[1:])
    return found


@every_page
def test_every_command_and_option_that_is_shown_exists(page: Path) -> None:
    for words in _commands(page):
        command: click.Command = main
        known = {option for p in main.params for option in p.opts}
        while isinstance(command, click.Group) and words:
            group = command.name
            with click.Context(command) as context:
                found = command.get_command(context, words[0])
            if found is None and group == "quiz":  # the id of a quiz
                found = command.commands["answer"]
            elif words[0].startswith("-") or words[0].isupper():  # no verb, or a placeholder
                break
            else:
                words = words[1:]
            assert found is not None, f"{group}: {words}"
            command = found
            known |= {option for p in command.params for option in p.opts}
        given = {w.split("=")[0] for w in words if w.startswith("--")}
        assert given <= known, f"{command.name}: {given - known}"


def test_commands_are_found_in_the_pages() -> None:
    assert all(_commands(p) for p in [*READMES, *CONTRIBUTING])


def test_every_verb_can_be_imported_and_has_help() -> None:
    for name in VERBS:
        command = main.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.help or command.short_help, name


def test_both_readmes_have_the_same_parts() -> None:
    counts = [
        [len(re.findall(pattern, _text(page), re.M)) for pattern in (r"^## ", r"^### ", r"^```", r"^\|")]
        for page in READMES
    ]
    assert counts[0] == counts[1]


def test_both_readmes_name_the_same_commands() -> None:
    en, ja = (
        sorted([w for w in words if re.fullmatch(r"[a-z][\w-]*|--[a-z-]+", w) and w not in ("--lang", "ja")])
        for words in ([word for command in _commands(page) for word in command] for page in READMES)
    )
    assert en == ja


def test_both_sides_of_contributing_say_the_same_things() -> None:
    """The same commands, listings but for their comments, steps, and in each row of the table the same code."""
    en, ja = map(_text, CONTRIBUTING)
    assert sorted(_commands(CONTRIBUTING[0])) == sorted(_commands(CONTRIBUTING[1]))
    for pattern in (r"^## ", r"^\*\*", r"^\d\. ", r"^- "):
        assert len(re.findall(pattern, en, re.M)) == len(re.findall(pattern, ja, re.M)), pattern
    assert _code_of(en, r"^\|.*$") == _code_of(ja, r"^\|.*$")
    listings = [[re.sub(r" {2,}#.*", "", body) for _, body in _FENCE.findall(page)] for page in (en, ja)]
    assert listings[0] == listings[1]


def _code_of(text: str, line: str) -> list[list[str]]:
    return [sorted(re.findall(r"`([^`]+)`", row)) for row in re.findall(line, text, re.M)]


@pytest.mark.parametrize("page", READMES, ids=lambda p: p.name)
def test_every_extra_to_install_exists(page: Path) -> None:
    extras = tomllib.loads(_text(ROOT / "pyproject.toml"))["project"]["optional-dependencies"]
    named = {name for found in re.findall(r"\.\[([\w,]+)\]", _text(page)) for name in found.split(",")}
    assert len(named) > 3
    assert named <= set(extras)


@pytest.mark.parametrize("page", [*READMES, *CONTRIBUTING], ids=lambda p: p.name)
def test_every_file_of_the_program_that_is_named_is_there(page: Path) -> None:
    named = re.findall(r"`((?:autograder|tests|solutions|docs|benchmarks)/[\w./-]+)`", _text(page))
    assert [name for name in named if not (ROOT / name).exists()] == []


# The output that the READMEs show -----------------------------------------------------------------


@pytest.fixture(scope="module")
def student(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A student's folder in which relu is written as the absolute value."""
    folder = tmp_path_factory.mktemp("student")
    shutil.copytree(ROOT / "exercises", folder / "exercises", ignore=shutil.ignore_patterns("*.yaml", ".autograder"))
    path = folder / "exercises" / "relu" / "relu.py"
    stub = r"(?:    #.*\n)*    raise NotImplementedError\n"
    wrong = re.sub(stub, "    return np.abs(x)\n", _text(path), count=1)
    path.write_text(re.sub(stub, "    return np.where(np.asarray(x) > 0, 1.0, 0.0)\n", wrong), encoding="utf-8")
    return folder


def _shown(lang: str, begin: str) -> tuple[list[str], str]:
    """The command of the listing that begins so, and its output."""
    page = READMES[lang == "ja"]
    body = next(body for _, body in _FENCE.findall(_text(page)) if body.startswith(f"$ {begin}"))
    command, _, output = body.partition("\n")
    return shlex.split(command)[2:], output


def _run(student: Path, words: list[str], typed: str = "") -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "90", "NO_COLOR": "1", "AUTOGRADER_LANG": "en"}
    command = [sys.executable, "-m", "autograder", *words]
    done = subprocess.run(command, cwd=student, env=environment, input=typed.encode(), capture_output=True, check=False)
    return done.stdout.decode()


def _in_order(shown: str, real: str) -> None:
    """What is shown stands in the real output, in this order; lines may be broken and parts left out."""
    rest = re.sub(r"\s+", "", real)
    for line in shown.splitlines():
        wanted = re.sub(r"\s+", "", line)
        assert wanted in rest, line
        rest = rest[rest.index(wanted) + len(wanted) :]


@both_languages
def test_a_check_prints_what_the_readme_shows(student: Path, lang: str) -> None:
    words, shown = _shown(lang, "autograder check")
    _in_order(shown, _run(student, words))


@both_languages
def test_a_quiz_says_what_the_readme_shows(student: Path, lang: str) -> None:
    words, shown = _shown(lang, "autograder quiz quiz_cnn")
    typed = "".join(f"{line[2:]}\n" for line in shown.splitlines() if line.startswith("> "))
    real = _run(student, words, typed)
    (student / "exercises" / "quizzes" / "quiz_cnn.yaml").unlink(missing_ok=True)
    _in_order(shown, real)


@both_languages
def test_lint_prints_what_the_readme_shows(lang: str) -> None:
    words, shown = _shown(lang, "autograder quiz lint")
    _in_order(shown.splitlines()[0], _run(ROOT, words))


# The examples of quiz-format.md --------------------------------------------------------------------


def _example(page: Path, folder: Path) -> Path:
    """All examples of a page as one quiz."""
    blocks = [body for kind, body in _FENCE.findall(_text(page)) if kind == "yaml"]
    head = next(b for b in blocks if not b.startswith("- id:")).replace("items: []", "items:")
    items = ["  " + b.replace("\n", "\n  ").rstrip(" ") for b in blocks if b.startswith("- id:")]
    path = folder / "quiz_relu.yaml"
    path.write_text(re.sub(r"^items:.*$", "items:", head, flags=re.M) + "".join(items), encoding="utf-8")
    return path


@pytest.mark.parametrize("page", QUIZ_FORMAT, ids=lambda p: p.name)
def test_the_examples_of_quizzes_are_proved(page: Path, tmp_path: Path) -> None:
    _example(page, tmp_path)
    quizzes, problems = load_bank(tmp_path)
    findings = [*problems, *lint(quizzes, ROOT / "solutions")]
    assert [f.text.en for f in findings] == []


def test_there_is_an_example_of_every_type_of_question(tmp_path: Path) -> None:
    for page in QUIZ_FORMAT:
        quiz = load_quiz(_example(page, tmp_path))
        assert {item.type for item in quiz.items} == set(TYPES)
    table = set(re.findall(r"^\| `(\w+)` \|", _text(QUIZ_FORMAT[1]), re.M))
    assert table == set(TYPES)
