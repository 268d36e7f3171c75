"""The command line speaks both languages: help, usage errors, and the sentences that Click says itself."""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import re
import shutil
import string
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from autograder.cli import VERBS, main, speak
from autograder.cli.help_ja import CLICK, HELP
from autograder.cli.japanese import in_japanese, key
from autograder.errors import AutograderError, reason
from autograder.lms.formats import FORMATS
from autograder.sandbox import bubblewrap, seccomp
from autograder.sandbox.levels import NAMES, Protections
from autograder.text.align import columns
from autograder.worker import lockdown

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
# Said to whoever writes a command line wrongly, deprecates a part of it, or uses what ours does not.
NOT_OURS = {
    "Aborted!",
    "Argument {name!r} takes {nargs} values.",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Choice({choices})",
    "Confirm the action without prompting.",
    "Could not determine name for option with declarations {decls!r}",
    "Do you want to continue?",
    "Error: The two entered values do not match.",
    "Invalid start character for option ({option})",
    "Name '{name}' defined twice",
    "Press any key to continue...",
    "Repeat for confirmation",
    "Unknown color {colour!r}",
    "Value must be an iterable.",
    "deprecated",
    "{value!r} is not a valid UUID.",
}


@pytest.fixture(autouse=True)
def english_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AUTOGRADER_LANG", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield
    speak("en")


def walk(command: click.Command, name: str = "autograder") -> Iterator[tuple[str, click.Command]]:
    """A command and all below it."""
    yield name, command
    if isinstance(command, click.Group):
        ctx = command.context_class(command, info_name=name)
        for word in command.list_commands(ctx):
            found = command.get_command(ctx, word)
            assert found is not None
            yield from walk(found, f"{name} {word}")


def help_texts(root: click.Command) -> Iterator[tuple[str, str | None]]:
    for name, command in walk(root):
        yield name, command.help
        yield from ((f"{name} {p.opts[-1]}", p.help) for p in command.params if isinstance(p, click.Option))


def invoke(*args: str, **env: str) -> Result:
    return CliRunner().invoke(main, args, prog_name="autograder", env=env)


def test_every_verb_and_format_is_walked() -> None:
    names = [name for name, _ in walk(main)]
    assert {f"autograder {verb}" for verb in VERBS} <= set(names)
    assert {f"autograder export {form}" for form in FORMATS} <= set(names)
    assert {"autograder upload lti", "autograder nbgrader init", "autograder quiz lint"} <= set(names)


def test_every_command_and_option_says_what_it_is() -> None:
    speak("en")
    assert [name for name, text in help_texts(main) if not text] == []
    assert [name for name, text in help_texts(main) if text and JAPANESE.search(text)] == []


def test_every_help_text_has_japanese() -> None:
    speak("ja")
    assert [(name, text) for name, text in help_texts(in_japanese(main)) if not JAPANESE.search(text or "")] == []


def test_the_short_help_in_a_group_is_japanese_and_whole() -> None:
    speak("ja")
    short = {name: command.get_short_help_str(20) for name, command in walk(in_japanese(main))}
    assert [(name, text) for name, text in short.items() if not JAPANESE.search(text) or text.endswith("...")] == []


def test_no_japanese_help_text_is_left_over() -> None:
    speak("en")
    used = {key(text) for _, text in help_texts(main) if text}
    assert set(HELP) - used == set()


def test_the_catalogue_uses_japanese_punctuation() -> None:
    for text in (*HELP.values(), *CLICK.values()):
        assert not re.search(r"[ぁ-んァ-ヶ一-龠][,.?!()]", text), text


def test_every_sentence_of_click_that_can_be_met_has_japanese() -> None:
    said = set()
    for name in ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types"):
        tree = ast.parse(inspect.getsource(importlib.import_module(f"click.{name}")))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("_", "ngettext"):
                said |= {a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    # Multi-valued options, File streams and formats of dates: this command line has none.
    met = {s for s in said if not re.search("Deprecat|No options defined|values are required|match the format", s)}
    assert met - set(CLICK) - NOT_OURS - {"file", "directory", "path"} == set()


def test_japanese_sentences_fill_in_nothing_that_click_does_not_give() -> None:
    for english, japanese in CLICK.items():
        fields = [{f for _, f, _, _ in string.Formatter().parse(s) if f} for s in (english, japanese)]
        assert fields[1] <= fields[0], english


@pytest.mark.parametrize(
    "args",
    [
        ("--lang", "ja", "check", "--help"),
        ("check", "--lang", "ja", "--help"),
        ("check", "--help", "--lang", "ja"),
        ("check", "--help", "--lang=ja"),
        ("--lang", "en", "check", "--help", "--lang", "ja"),
    ],
)
def test_lang_counts_wherever_it_stands(args: tuple[str, ...]) -> None:
    said = invoke(*args).output
    assert said.startswith("使い方: autograder check [オプション] [ID]...")
    assert not re.search("Show|exercise is", said)


@pytest.mark.parametrize("name", ["AUTOGRADER_LANG", "LC_ALL", "LANG"])
def test_the_environment_chooses_too(name: str) -> None:
    assert "使い方:" in invoke("grade", "--help", **{name: "ja_JP.UTF-8"}).output
    assert "Usage:" in invoke("grade", "--help", "--lang", "en", **{name: "ja_JP.UTF-8"}).output


def test_main_help_is_japanese_even_where_lang_comes_last() -> None:
    said = invoke("--help", "--lang", "ja").output
    assert "クラス全体を採点する" in said
    assert "この説明を表示する。" in said
    assert not re.search(r"Usage|Options|Commands|COMMAND", said)


def test_english_comes_back_in_the_same_process() -> None:
    before = invoke("grade", "--help").output
    invoke("grade", "--help", "--lang", "ja")
    assert invoke("grade", "--help").output == before
    assert "Error: No such option" in invoke("check", "--nonsense").output


def test_no_help_page_is_wider_than_a_terminal() -> None:
    speak("ja")
    for name, command in walk(in_japanese(main)):
        page = command.get_help(command.context_class(command, info_name=name))
        assert max(columns(line) for line in page.splitlines()) <= 80, name


def test_help_is_japanese_down_to_subcommands() -> None:
    for args in (("upload", "lti"), ("export", "canvas-csv"), ("export", "gradescope"), ("nbgrader", "init")):
        said = invoke(*args, "--help", "--lang", "ja").output
        assert not re.search(r"\b(the|Show|Write|Exercise|OPTIONS|TEXT|PATH|default|required)\b", said), said


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["gra"], "エラー: 'gra' というコマンドはありません。'grade' のことでしょうか。"),
        (["check", "--nonsense"], "エラー: '--nonsense' というオプションはありません。"),
        (["demo", "--students", "0"], "エラー: '--students' の値が正しくありません: 0 は範囲 1<=x<=5000"),
        (["demo", "--students", "x"], "エラー: '--students' の値が正しくありません: 'x' は数として正しくありません。"),
        (["build", "--course", "/nowhere"], "エラー: '--course' の値が正しくありません: '/nowhere' がありません。"),
        (["list", "more"], "エラー: 余分な引数があります（more）。"),
        (["regrade", "x"], "エラー: '--out' を指定してください。"),
        (["grade"], "エラー: SUBMISSIONS（または --nbgrader DIR）を指定してください。"),
        (["upload", "canvas"], "エラー: '--assignment' を指定してください。"),
        (["upload", "canvas", "--absent", "no"], "'no' は使えません。次のいずれかを指定してください: 'skip', 'zero'"),
        (["export", "csv", "--gradebook"], "エラー: オプション '--gradebook' には値が必要です。"),
        (["export", "cvs"], "エラー: 'cvs' という形式はありません。'csv' のことでしょうか。"),
        (["report", "x", "--run", "1", "--all-runs"], "エラー: --run と --all-runs は同時に指定できません。"),
    ],
)
def test_a_wrong_call_is_told_in_japanese(args: list[str], said: str) -> None:
    result = invoke(*args, AUTOGRADER_LANG="ja")
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.startswith(("使い方: ", "エラー: "))
    assert not re.search(r"Usage|Error|Try|Missing|Invalid", result.stderr)


def test_the_same_wrong_calls_are_told_in_english() -> None:
    assert "Error: No such command 'gra'. Did you mean 'grade'?" in invoke("gra").stderr
    assert "Error: Missing option '--out'." in invoke("regrade", "x").stderr


def test_english_does_not_load_the_catalogue() -> None:
    code = (
        "import sys; sys.argv = ['autograder', '--help']\n"
        "from autograder.cli import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "sys.exit('autograder.cli.japanese' in sys.modules)"
    )
    env = {k: v for k, v in os.environ.items() if k not in ("AUTOGRADER_LANG", "LC_ALL", "LANG")}
    assert subprocess.run([sys.executable, "-c", code], env=env, capture_output=True).returncode == 0


def test_doctor_speaks_the_language_in_every_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine where nothing is installed but Python, so that each line says what to do."""
    from autograder.cli import doctor

    monkeypatch.setattr(doctor.shutil, "which", lambda _: None)
    monkeypatch.setattr(doctor, "import_module", lambda name: __import__("no_module_of_this_name"))
    monkeypatch.setattr(bubblewrap, "available", lambda: False)
    monkeypatch.setattr(seccomp, "available", lambda: False)
    monkeypatch.setattr(lockdown, "landlock_abi", lambda: 0)
    english, japanese = invoke("doctor", "--lang", "en"), invoke("doctor", "--lang", "ja")
    assert not JAPANESE.search(english.output)
    assert "レベル C（無効な保護: 名前空間、ネットワーク" in japanese.output
    words = re.findall(r"[a-z]{3,}(?: [a-z]{3,})+", japanese.output.replace("pip install numpy pytest click", ""))
    assert set(words) <= {"apt install bubblewrap", "pip install"}


def test_doctor_tells_a_package_that_is_there_and_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    from autograder.cli import doctor

    def broken(name: str) -> None:
        raise ImportError("numpy.core.multiarray failed to import\nlong story")

    monkeypatch.setattr(doctor, "import_module", broken)
    found = doctor._package("numpy", "student")
    assert not found.ok
    assert found.detail.ja == "読み込めません: numpy.core.multiarray failed to import"


def test_every_protection_has_a_name_in_both_languages() -> None:
    assert list(NAMES) == list(Protections.__dataclass_fields__)
    assert all(JAPANESE.search(name.ja) for name in NAMES.values())


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(2, "No such file or directory"), "ファイルまたはフォルダーがありません"),
        (OSError(28, "No space left on device"), "ディスクの空き容量がありません"),
        (zipfile.BadZipFile("File is not a zip file"), "zip 形式のファイルではありません"),
        (OSError(9999, "strange"), "strange"),
        (OSError("no number"), "no number"),
        (ValueError(), "ValueError"),
    ],
)
def test_what_the_system_refused_has_japanese_and_keeps_its_own_words(error: Exception, said: str) -> None:
    found = reason(error)
    assert found.ja == said
    assert found.en in (getattr(error, "strerror", None), str(error), type(error).__name__)


def test_a_verb_that_lacks_a_package_says_so_without_a_traceback(tmp_path: Path) -> None:
    """As in a student's installation, which has neither PyYAML nor pydantic."""
    code = (
        "import sys; sys.modules['pydantic'] = None; sys.argv = ['autograder', '--lang', 'ja', 'demo']\n"
        "from autograder.cli import run; run()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 4
    assert "Python のパッケージ 'pydantic' が" in done.stderr
    assert "仮想環境は有効ですか" in done.stderr
    assert "python -m pip install pydantic" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("module", ["numpy", "pytest"])
def test_a_check_without_numpy_or_pytest_says_what_to_type(tmp_path: Path, module: str) -> None:
    exercises = Path(__file__).resolve().parents[1] / "exercises"
    shutil.copytree(exercises / "relu", tmp_path / "exercises" / "relu")
    shutil.copyfile(exercises / "course.json", tmp_path / "exercises" / "course.json")
    code = (
        f"import sys; sys.modules[{module!r}] = None; sys.argv = ['autograder', 'check', 'relu']\n"
        "import importlib.util as u; real = u.find_spec\n"
        f"u.find_spec = lambda name, *a: None if name == {module!r} else real(name, *a)\n"
        "from autograder.cli import run; run()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 4, done.stdout + done.stderr
    assert "python -m pip install numpy pytest click" in done.stderr
    assert "Is your environment active" in done.stderr
    assert "instructor" not in done.stderr


def test_a_missing_file_is_told_in_japanese(tmp_path: Path) -> None:
    env = {**os.environ, "AUTOGRADER_LANG": "ja"}
    command = [sys.executable, "-m", "autograder", "grade", str(tmp_path / "none"), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    assert done.stderr.endswith("none: 開けません（ファイルまたはフォルダーがありません）\n")


def test_lang_may_stand_between_quiz_and_its_word(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert invoke("quiz", "--lang", "ja", "--help").output.startswith("使い方: autograder quiz [オプション] コマンド")
    assert invoke("quiz", "--lang=ja", "lint", "--help").output.startswith("使い方: autograder quiz lint [オプション]")
    monkeypatch.chdir(tmp_path)
    refused = invoke("quiz", "--json", "--lang", "ja", "quiz_relu").exception
    assert isinstance(refused, AutograderError)
    assert "教材がありません" in refused.text.ja
