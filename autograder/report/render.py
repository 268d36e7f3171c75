"""The templates: one environment, escaping on, and a text in both languages at once.

Each page carries both languages. ``t`` writes a text twice, each in a ``<span lang>``, and the
style sheet shows the one whose radio button at the top is on; the page needs no script.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from ..i18n import LANGS, Text
from ..model import Blocks, TestStatus
from ..text.told_html import prose, told_html
from .filenames import link
from .formatting import duration, plain

_TEMPLATES = Path(__file__).parent / "templates"
STATES: dict[TestStatus, Text] = {
    "passed": Text("Passed", "合格"),
    "failed": Text("Failed", "不合格"),
    "error": Text("Error", "エラー"),
    "timeout": Text("Timed out", "時間切れ"),
    "crashed": Text("Crashed", "異常終了"),
    "not_run": Text("Not run", "未実行"),
}
# Said of a test whose failure has no one likely cause.
UNEXPLAINED: dict[TestStatus, Text] = {
    "failed": Text(
        "The result is not what the statement asks for. No single cause stands out.",
        "結果が問題文の求めるものと違います。原因は 1 つに絞れませんでした。",
    ),
    "error": Text("Your code raised an error here.", "ここでコードがエラーを送出しました。"),
}


@lru_cache(maxsize=8192)
def bilingual(text: Text) -> Markup:
    """Both languages of a text; what is the same in both is written once."""
    en, ja = Markup(prose(text.en)), Markup(prose(text.ja))  # both are escaped
    return en if en == ja else Markup('<span lang="en">{}</span><span lang="ja">{}</span>').format(en, ja)


def said(message: Blocks) -> Markup:
    """A message in both languages; once where they say the same."""
    en, ja = (Markup(told_html(message, lang)) for lang in LANGS)
    if en == ja:
        return Markup('<div class="said">{}</div>').format(en)
    return Markup('<div class="said" lang="en">{}</div><div class="said" lang="ja">{}</div>').format(en, ja)


def t(en: str | Text, ja: str = "", **values: object) -> Markup:
    """A template's own words, or a `Text`; values (a `Text`, too) are put in by name, then all is escaped."""
    text = en if isinstance(en, Text) else Text(en, ja)
    if values:
        text = Text(
            text.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in values.items()}),
            text.ja.format(**{k: v.ja if isinstance(v, Text) else v for k, v in values.items()}),
        )
    return bilingual(text)


def percent(part: Fraction, whole: Fraction) -> int:
    """A whole percentage that says 100 only of all, and 0 only of nothing."""
    if not whole or not part:
        return 0
    return 100 if part >= whole else min(99, max(1, round(100 * part / whole)))


def moment(value: datetime) -> str:
    """``2026-05-31 17:00 +09:00``: with the offset, so that nobody has to guess."""
    shown = f"{value:%Y-%m-%d %H:%M}"
    offset = value.strftime("%z")
    return f"{shown} {offset[:3]}:{offset[3:5]}" if offset else shown


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The one environment; templates are compiled once."""
    env = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # The style sheet is a trusted file of ours.
    css = Markup((_TEMPLATES / "style.css").read_text(encoding="utf-8"))
    env.globals.update(
        t=t, css=css, said=said, duration=duration, percent=percent, states=STATES, unexplained=UNEXPLAINED
    )
    env.filters.update(points=plain, moment=moment, link=link)
    return env


def template(name: str) -> Template:
    """A compiled template."""
    return environment().get_template(name)
