"""The command line: a table of verbs, each imported only when it is called.

A command function parses, calls, prints. Options that every verb has are ``--lang``,
``--json`` and ``--help``; a verb that cannot print JSON simply ignores the flag.
Exit codes: 0 pass, 1 checks failed, 2 usage, 3 configuration, 4 grader or infrastructure,
130 interrupted.
"""

from __future__ import annotations

import difflib
import importlib
import itertools
import os
import sys
from dataclasses import dataclass
from typing import Any, cast

import click

from .. import __version__
from ..errors import AutograderError, reason
from ..i18n import LANGS, Lang, Text, choose_language
from ..text.clean import clean


@dataclass(frozen=True)
class Verb:
    """Where a verb's Click command lives, and one line about it."""

    target: str  # "module:attribute" below autograder.cli
    help: Text


VERBS: dict[str, Verb] = {
    # student
    "start": Verb("student:start", Text("show the next exercise and how to begin", "次の演習と始め方を表示する")),
    "list": Verb("student:list_", Text("list the exercises and your progress", "演習の一覧と進み具合を表示する")),
    "check": Verb("check:check", Text("run the visible checks", "公開テストを実行する")),
    "watch": Verb("student:watch", Text("check again each time you save", "保存のたびに公開テストを実行する")),
    "hint": Verb("student:hint", Text("show a hint, one at a time", "ヒントを 1 つずつ表示する")),
    "reset": Verb(
        "student:reset", Text("start an exercise over (keeps a backup)", "演習を最初の状態に戻す（控えを残す）")
    ),
    "quiz": Verb("quiz:quiz", Text("answer a quiz", "クイズに答える")),
    "submit": Verb("student:submit", Text("pack your work for handing in", "提出用ファイルを作る")),
    "doctor": Verb("doctor:doctor", Text("say what this machine can do", "この環境で使える機能を調べる")),
    # instructor
    "grade": Verb("grade:grade", Text("grade a class", "クラス全体を採点する")),
    "regrade": Verb("grade:regrade", Text("grade again what changed", "変わったものだけ採点し直す")),
    "report": Verb("report:report", Text("write the reports again", "レポートを作り直す")),
    "nbgrader": Verb("nbgrader:nbgrader", Text("make the course for nbgrader", "nbgrader 用の科目を作る")),
    "upload": Verb("upload:upload", Text("send scores to an LMS", "LMS に得点を登録する")),
    "export": Verb("export:export", Text("write the scores as a file for an LMS", "得点を LMS 用のファイルに書き出す")),
    "release": Verb("author:release", Text("pack what students get", "学生への配布物を作る")),
    "demo": Verb("demo:demo", Text("make a demo class and grade it", "見本のクラスを作って採点する")),
    # author
    "new": Verb("author:new", Text("make the skeleton of an exercise", "演習の雛形を作る")),
    "build": Verb("author:build", Text("make exercises/ from solutions/", "solutions/ から exercises/ を作る")),
    "validate": Verb("author:validate", Text("prove the course", "教材全体を検証する")),
}


@dataclass
class State:
    """What the options before the verb said."""

    lang: Lang = "en"
    json: bool = False


_spoken: Lang | None = None
_NEAR = Text("Did you mean {name!r}?", "{name!r} のことでしょうか。")
_NOT_INSTALLED = Text(
    "The Python package {module!r} is not installed in {python}.\n"
    "Is your environment active (source .venv/bin/activate; on Windows .venv\\Scripts\\activate)?\n"
    "If it is, install the package:  python -m pip install {what}\n"
    "'autograder doctor' says what else there is.",
    "Python のパッケージ {module!r} が {python} にありません。\n"
    "仮想環境は有効ですか（source .venv/bin/activate、Windows では .venv\\Scripts\\activate）。\n"
    "有効なら、次のコマンドでインストールしてください:  python -m pip install {what}\n"
    "ほかの状態は autograder doctor で確認できます。",
)
# What brings a module that is imported under another name, or belongs to an extra.
_STUDENTS = ("numpy", "pytest", "click")
_TRY = Text("Try 'autograder --help'.", "一覧は autograder --help で確認できます。")


def not_installed(module: str) -> Text:
    """What to type where a package is missing."""
    module = module.partition(".")[0]
    what = " ".join(_STUDENTS) if module in _STUDENTS else f"{module}, or -e '.[grade]' for all that grading needs"
    ja = " ".join(_STUDENTS) if module in _STUDENTS else f"{module}（採点に必要なものすべてなら -e '.[grade]'）"
    return _NOT_INSTALLED.format(module=module, python=sys.executable, what=Text(what, ja))


def spoken() -> Lang:
    """The language of this call of the command line."""
    return _spoken or choose_language()


def speak(option: str | None) -> Lang:
    """Settle the language, of Click's own messages as well."""
    global _spoken
    _spoken = choose_language(option)
    if _spoken == "ja" or "autograder.cli.japanese" in sys.modules:  # which English has no need to import
        from .japanese import speak as say

        say(_spoken)
    return _spoken


def _option(args: list[str]) -> str | None:
    """What ``--lang`` says last, before or after the verb."""
    args = args[: args.index("--")] if "--" in args else args
    given = [b for a, b in itertools.pairwise(args) if a == "--lang"]
    given = [a.removeprefix("--lang=") for a in args if a.startswith("--lang=")] + given
    return next((lang for lang in reversed(given) if lang in LANGS), None)


def misuse(text: Text) -> click.UsageError:
    """A wrong call of the command in hand, said in the language of this call below its usage."""
    return click.UsageError(text.get(spoken()), click.get_current_context(silent=True))


class _Verbs(click.Group):
    def make_context(self, info_name: Any, args: list[str], parent: Any = None, **extra: Any) -> click.Context:
        """Choose the language before anything is parsed: help and errors come from the parsing itself."""
        command: click.Group = self
        if speak(_option(args)) == "ja":
            from .japanese import in_japanese

            command = in_japanese(self)
        return click.Group.make_context(command, info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return click.Group.invoke(cast(click.Group, ctx.command), ctx)
        except click.MissingParameter as error:
            if _spoken != "ja":
                raise
            from .japanese import in_full

            raise in_full(error) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        verb = VERBS.get(name)
        if verb is None:
            return None
        module, attribute = verb.target.split(":")
        command: click.Command = getattr(importlib.import_module(f".{module}", __package__), attribute)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in VERBS:
            near = difflib.get_close_matches(args[0], VERBS, 1, 0.5)
            hint = _NEAR.format(name=near[0]) if near else _TRY
            raise misuse(
                Text(f"No such command {args[0]!r}. {hint.en}", f"{args[0]!r} というコマンドはありません。{hint.ja}")
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(Text("Commands", "コマンド").get(spoken())):
            formatter.write_dl([(name, verb.help.get(spoken())) for name, verb in VERBS.items()])


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(["en", "ja"]), is_eager=True, help="Language of messages.")
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")
@click.version_option(__version__, prog_name="autograder")
@click.pass_context
def main(ctx: click.Context, lang: str | None, as_json: bool) -> None:
    """Deep learning from scratch with NumPy: exercises, checks and grading."""
    ctx.obj = State(spoken(), as_json)


def common(command: Any) -> Any:
    """Give a verb ``--lang`` and ``--json`` after its name too; they change ``ctx.obj``."""

    def set_lang(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        if value:
            ctx.ensure_object(State).lang = choose_language(value)

    def set_json(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            ctx.ensure_object(State).json = True

    command = click.option("--json", is_flag=True, expose_value=False, callback=set_json, help="Print JSON.")(command)
    return click.option(
        "--lang", type=click.Choice(["en", "ja"]), expose_value=False, callback=set_lang, help="Language of messages."
    )(command)


def run() -> None:
    """Entry point: run the command line and turn our errors into their exit codes."""
    _open_streams()
    try:
        code = main(standalone_mode=False)
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        said = Text("Interrupted. What is done is kept.", "中断しました。済んだ分は保存されています。")
        click.echo(said.get(spoken()), err=True)
        code = 130
    except AutograderError as error:
        click.echo(clean(error.text.get(spoken())), err=True)
        code = error.exit_code
    except ModuleNotFoundError as error:  # a student's installation has not what grading needs
        if (error.name or "autograder").startswith("autograder"):
            raise
        click.echo(not_installed(error.name or "").get(spoken()), err=True)
        code = 4
    except BrokenPipeError:  # `autograder list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 4
    except OSError as error:  # a full or read-only disk, a file where a folder should be
        name = f"{error.filename}: " if error.filename else ""
        click.echo(name + reason(error).get(spoken()), err=True)
        code = 4
    sys.exit(code if isinstance(code, int) else 0)


def _open_streams() -> None:
    """Open what cron or a service closed, or the next file opened would take its number and its output."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
