"""On paper: a booklet for each variant, without answers, and one key for whoever marks them.

Each file is a page of HTML that stands alone: pictures are in it, formulas are MathML, and a
browser prints it or saves it as PDF. Booklet k takes the k-th variant of each item, beginning
again where an item has fewer. A booklet is written from sealed questions, which have no field
that could hold an answer.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Iterable
from html import escape
from typing import assert_never

from ...i18n import Lang, Text
from ...text.markup import BROWSER
from ..answer.numbers import show_answer
from ..draw.replica import Body, Choices, Cloze, Match, Number, Order, Replica, Shape, Words, WrongLine
from ..page.sealed import AskChoices, AskGaps, AskLine, AskMatch, AskNumber, AskOrder, AskShape, AskText, Question, seal
from ..proof.solve import shown_answer
from .html import Writer, printable
from .model import ExportQuiz, Notes

_STYLE = """
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-center { content: counter(page); font-size: 9pt; } }
body { font: 10.5pt/1.6 "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", sans-serif;
  max-width: 46em; margin: 0 auto; padding: 1em; color: #111; }
header { border-bottom: 1.5pt solid #111; margin-bottom: 1.2em; }
h1 { font-size: 15pt; margin: 0 0 .3em; } h1 small { font-weight: normal; font-size: 11pt; float: right; }
.who { display: flex; gap: 2em; margin: .8em 0; } .who span { flex: 1; border-bottom: .6pt solid #111; }
section { break-inside: avoid; margin: 0 0 1.3em; } section > h2 { font-size: 11pt; margin: 0; }
h2 small { font-weight: normal; color: #444; } p { margin: .35em 0; }
pre { background: #f4f4f4; border: .6pt solid #bbb; padding: .5em .8em; margin: .5em 0; font-size: 9.5pt;
  line-height: 1.4; white-space: pre-wrap; } code, pre { font-family: "DejaVu Sans Mono", Consolas, monospace; }
li pre { display: inline-block; vertical-align: top; margin: 0; } img { max-width: 75%; }
ol.choices { list-style: none; padding: 0; } ol.choices > li { margin: .2em 0 .2em 1.8em; text-indent: -1.8em; }
ol.choices > li > * { text-indent: 0; } .box { display: inline-block; border: .8pt solid #111; min-width: 9em;
  height: 1.7em; vertical-align: middle; } .line { display: block; border-bottom: .6pt solid #888; height: 2em; }
.gap { display: inline-block; min-width: 5em; border-bottom: .8pt solid #111; text-align: center; }
.pairs { display: flex; gap: 3em; } .pairs ol { flex: 1; padding-left: 1.6em; }
table { border-collapse: collapse; width: 100%; } th, td { border: .6pt solid #999; padding: .25em .5em;
  text-align: left; vertical-align: top; } tr { break-inside: avoid; } .warn { border: 1pt solid #111; padding: .4em; }
"""
_NUMBER = Text("No.", "問")
_WHO = Text("Student id", "学籍番号"), Text("Name", "氏名")


def render(quiz: ExportQuiz, lang: Lang = "en", booklets: int = 1) -> tuple[dict[str, bytes], list[Text]]:
    """`booklets` different booklets and the key to all of them, as HTML.

    Raises
    ------
    ValueError
        There are no more than so many different booklets.
    """
    most = max(len(variants) for variants in quiz.items)
    if not 1 <= booklets <= most:
        raise ValueError(most)
    writer = Writer(lang, dialect=BROWSER)
    notes = Notes()
    for variants in quiz.items:
        if 1 < len(variants) < booklets:
            notes.add(
                variants[0].item,
                "Print: has fewer variants than there are booklets; some booklets share one",
                "印刷: 冊子の数より問題の種類が少ないため、同じ問題が複数の冊子に載ります",
            )
    drawn = [[variants[k % len(variants)] for variants in quiz.items] for k in range(booklets)]
    files = {f"{quiz.id}-{k}.html": _booklet(quiz, k, drawn[k - 1], writer) for k in range(1, booklets + 1)}
    files[f"{quiz.id}-key.html"] = _key(quiz, drawn, writer)
    return files, notes.all()


def _page(title: str, lang: Lang, body: str) -> bytes:
    text = (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n{body}\n</body>\n</html>\n"
    )
    return printable(text).encode()


def _booklet(quiz: ExportQuiz, number: int, replicas: list[Replica], writer: Writer) -> bytes:
    lang = writer.lang
    title = quiz.title.get(lang)
    who = "".join(f"{text.get(lang)}<span></span>" for text in _WHO)
    intro = writer.blocks(quiz.intro) if quiz.intro else ""
    mark = Text(f"Booklet {number}", f"冊子 {number}").get(lang)
    head = f'<header><h1>{escape(title)} <small>{mark}</small></h1><div class="who">{who}</div>{intro}</header>'
    questions = (_question(i, seal(r), quiz, writer) for i, r in enumerate(replicas, 1))
    return _page(f"{title} ({mark})", lang, head + "\n".join(questions))


def _question(number: int, question: Question, quiz: ExportQuiz, writer: Writer) -> str:
    points = f"{float(question.points):g}"
    worth = Text(f"({points} point{'' if points == '1' else 's'})", f"（{points} 点）").get(writer.lang)
    units = _units(question, writer)
    stem = re.sub(
        r"\[\[([\w-]+)\]\]",
        lambda m: f'<span class="gap">({m[1]})</span>{units.get(m[1], "")}',
        writer.blocks(question.stem),
    )
    parts = [f"<h2>{_NUMBER.get(writer.lang)} {number} <small>{worth}</small></h2>", stem]
    if question.code:
        parts.append(writer.program(question.code, numbered=question.kind == "find_the_error"))
    if question.image:
        kind = mimetypes.guess_type(question.image.src)[0] or "image/png"
        data = base64.b64encode(quiz.images[question.image.src]).decode("ascii")
        parts.append(f'<p><img src="data:{kind};base64,{data}" alt="{writer.label(question.image.alt)}"></p>')
    parts.append(_space(question, writer))
    return f"<section>{''.join(parts)}</section>"


def _units(question: Question, writer: Writer) -> dict[str, str]:
    """What stands behind the gaps that have a unit."""
    gaps = question.ask.gaps if isinstance(question.ask, AskGaps) else ()
    found = {g.name: g.ask.unit for g in gaps if isinstance(g.ask, AskNumber)}
    return {name: f" {writer.inline(unit)}" for name, unit in found.items() if unit}


def _space(question: Question, writer: Writer) -> str:
    """Where the answer goes."""
    box = '<span class="box"></span>'
    answer = Text("Answer", "解答").get(writer.lang)
    match question.ask:
        case AskChoices() as ask:
            return _options(ask.choices, question.kind == "output", writer, "□ " if ask.several else "○ ")
        case AskMatch() as ask:
            lefts = "".join(f"<li>{writer.inline(t)} → <span class='gap'></span></li>" for _, t in ask.lefts)
            rights = "".join(f"<li>{writer.inline(t)}</li>" for _, t in ask.rights)
            return f'<div class="pairs"><ol type="a">{lefts}</ol><ol>{rights}</ol></div>'
        case AskOrder() as ask:
            arrows = " → ".join('<span class="gap" style="min-width:2em"></span>' for _ in ask.steps)
            return _options(ask.steps, False, writer, "") + f"<p>{answer}: {arrows}</p>"
        case AskNumber() as ask:
            unit = f" {writer.inline(ask.unit)}" if ask.unit else ""
            return f"<p>{answer}: {box}{unit}</p>"
        case AskLine():
            line = Text("Number of the wrong line", "誤りのある行の番号").get(writer.lang)
            return f"<p>{line}: {box}</p>"
        case AskShape():
            return f"<p>{answer}: {box}</p>"
        case AskText() as ask:
            return f"<p>{answer}: {'<span class=line></span>' * (5 if ask.printed else 1)}</p>"
        case AskGaps() as ask:
            menus = [
                f"<li>({gap.name}) {_options(gap.ask.choices, False, writer, '○ ')}</li>"
                for gap in ask.gaps
                if isinstance(gap.ask, AskChoices)
            ]
            return f"<ul>{''.join(menus)}</ul>" if menus else ""
        case _:
            assert_never(question.ask)


def _options(choices: Iterable[tuple[str, Text]], verbatim: bool, writer: Writer, mark: str) -> str:
    write = writer.verbatim if verbatim else writer.inline
    return '<ol class="choices">' + "".join(f"<li>{mark}{i}. {write(text)}</li>" for i, text in choices) + "</ol>"


def _key(quiz: ExportQuiz, drawn: list[list[Replica]], writer: Writer) -> bytes:
    lang = writer.lang
    title = Text(f"{quiz.title.en}: key", f"{quiz.title.ja} 解答").get(lang)
    warning = Text("Answers: not for students.", "解答です。学生に配布しないでください。").get(lang)
    parts = [f"<header><h1>{escape(title)}</h1><p class='warn'>{warning}</p></header>"]
    heads = [_NUMBER, Text("Points", "配点"), Text("Answer", "解答"), Text("Why", "解説")]
    row = "".join(f"<th>{h.get(lang)}</th>" for h in heads)
    for k, replicas in enumerate(drawn, 1):
        rows = "".join(
            f"<tr><td>{i}</td><td>{float(r.points):g}</td><td>{_right(r, writer)}</td>"
            f"<td>{writer.blocks(r.solution) if r.solution else ''}</td></tr>"
            for i, r in enumerate(replicas, 1)
        )
        mark = Text(f"Booklet {k}", f"冊子 {k}").get(lang)
        parts.append(f"<h2>{mark}</h2><table><thead><tr>{row}</tr></thead><tbody>{rows}</tbody></table>")
    return _page(title, lang, "\n".join(parts))


def _right(replica: Replica, writer: Writer) -> str:
    """The answer in the letters and numbers of the booklet, with the words where they help."""
    body: Body = replica.body
    match body:
        case Match():
            return escape(", ".join(f"{left} → {right}" for left, right in _equal(body)))
        case Order():
            return " → ".join(body.solution)
        case Choices() if replica.kind != "output":
            return "<br>".join(f"{c.id}. {writer.inline(c.text)}" for c in body.choices if c.correct)
        case Cloze():
            return "<br>".join(f"({gap.name}) {_gap(gap.body, writer)}" for gap in body.gaps)
        case Number():
            return _gap(body, writer)
        case Choices() | Shape() | Words() | WrongLine():
            return f"<code style='white-space:pre-wrap'>{escape(shown_answer(replica, writer.lang))}</code>"
        case _:
            assert_never(body)


def _gap(body: Choices | Number | Words, writer: Writer) -> str:
    match body:
        case Number():
            unit = f" {writer.inline(body.unit)}" if body.unit else ""
            wide = body.tolerance()
            near = f" (± {wide:.2g})" if wide else ""
            return f"<code>{show_answer(body.value, wide)}</code>{unit}{near}"
        case Choices():
            return "; ".join(f"{c.id}. {writer.inline(c.text)}" for c in body.choices if c.correct)
        case Words():
            return escape(body.shown.get(writer.lang))
        case _:
            assert_never(body)


def _equal(body: Match) -> list[tuple[str, str]]:
    """For each left its number; all of them, where several rights read the same."""
    return [(left, "/".join(str(n) for n in sorted(body.same[number - 1]))) for left, number in body.key]
