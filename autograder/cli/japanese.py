"""The command line in Japanese: help pages, and Click's own messages.

Theory of operation. Commands are written with English help, once, where they live. Whoever asks
for Japanese gets a *twin* of each command: a copy that parses and runs like the original, whose
help strings went through the catalogue in `help_ja`. Groups hand out twins too, so the language
goes down to every subcommand, and nothing that a command owns is changed. A twin's context uses
a formatter of ours because Click counts characters, and a Japanese character takes two columns.

Click says its own sentences ("No such option ...") through gettext, with names that each of its
modules imported. gettext itself finds translations only in compiled files named by environment
variables, which students' processes would inherit; so `speak` binds those names to the catalogue
instead. In English nothing of this is imported.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Iterable
from gettext import NullTranslations
from typing import TYPE_CHECKING, TypeVar, cast

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

from ..text.align import columns, pad, wrap
from .help_ja import CLICK, HELP, METAVARS

if TYPE_CHECKING:
    from ..i18n import Lang


_AnyCommand = TypeVar("_AnyCommand", bound=click.Command)


class _Catalogue(NullTranslations):
    """Click's sentences in the language that was chosen last."""

    lang: Lang = "en"

    def gettext(self, message: str) -> str:
        return CLICK.get(message, message) if self.lang == "ja" else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


_catalogue = _Catalogue()


def speak(lang: Lang) -> None:
    """Let Click's own messages be in `lang` from now on."""
    _catalogue.lang = lang
    for module in (core, decorators, exceptions, formatting, parser, termui, types):
        for name, bound in (("_", _catalogue.gettext), ("ngettext", _catalogue.ngettext)):
            if hasattr(module, name):
                setattr(module, name, bound)


class _Formatter(click.HelpFormatter):
    """Click's layout, measured in columns and broken where Japanese may be broken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        start = f"{prefix or CLICK['Usage:'] + ' '}{prog} "
        self._hang(start, args)

    def write_text(self, text: str) -> None:
        paragraphs = [" ".join(block.split("\n")) for block in text.split("\n\n")]
        indent = " " * self.current_indent
        lines = [[indent + line for line in wrap(p, self.width - self.current_indent)] for p in paragraphs]
        self.write("\n\n".join("\n".join(found) for found in lines) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        found = list(rows)
        first = min(max(columns(term) for term, _ in found), col_max) + col_spacing
        for term, text in found:
            indent = " " * self.current_indent
            if columns(term) > first - col_spacing:
                self.write(f"{indent}{term}\n")
                term = ""
            self._hang(indent + pad(term, first), text)

    def _hang(self, start: str, text: str) -> None:
        """`text` after `start`, its further lines below its first."""
        room = max(self.width - columns(start), 10)
        lines = wrap(text, room)
        self.write((start + ("\n" + " " * columns(start)).join(lines)).rstrip() + "\n")


class _Context(click.Context):
    formatter_class = _Formatter


def in_japanese(command: _AnyCommand) -> _AnyCommand:
    """A copy of `command` that does the same and explains itself in Japanese."""
    twin = copy.copy(command)
    twin.context_class = _Context
    twin.options_metavar = METAVARS["[OPTIONS]"]
    twin.help = _translated(command.help)
    # The first sentence: Click would look for an ASCII full stop and for blanks between words.
    twin.short_help = twin.help.split("。")[0].split("\n")[0] if twin.help else None
    twin.params = [_parameter(param) for param in command.params]
    twin._help_option = None  # made anew, by a Click that speaks Japanese
    if isinstance(command, click.Group):
        original = command.get_command

        def get_command(ctx: click.Context, name: str) -> click.Command | None:
            found = original(ctx, name)
            return in_japanese(found) if found else None

        group = cast(click.Group, twin)
        group.subcommand_metavar = METAVARS["COMMAND [ARGS]..."]
        group.get_command = get_command  # type: ignore[assignment, method-assign]  # of this one object
    return twin


def _parameter(param: click.Parameter) -> click.Parameter:
    if not isinstance(param, click.Option):
        return param
    twin = copy.copy(param)
    twin.help = _translated(param.help)
    if twin.metavar is None and not isinstance(param.type, click.Choice):
        twin.metavar = METAVARS.get(param.type.name.upper())
    return twin


def _translated(text: str | None) -> str | None:
    """The catalogue's entry; what has none (a text that was made in Japanese already) stays."""
    return text and HELP.get(key(text), text)


def key(text: str) -> str:
    """How the catalogue names a help text: its paragraphs, each on one line."""
    return "\n\n".join(" ".join(block.split()) for block in inspect.cleandoc(text).split("\n\n"))


def in_full(error: click.ClickException) -> click.ClickException:
    """`error` as one Japanese sentence, where Click would put one together of English parts."""
    if not isinstance(error, click.MissingParameter) or error.param is None:
        return error
    message = f"{error.param.get_error_hint(error.ctx or click.Context(click.Command(None)))} を指定してください。"
    if isinstance(error.param.type, click.Choice):
        message += f"使えるのは {'、'.join(map(str, error.param.type.choices))} です。"
    return click.UsageError(message, error.ctx)
