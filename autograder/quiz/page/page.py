"""A quiz as one web page: ``exercises/quizzes/<quiz id>.html``, for a browser, a phone, no network.

The page is a file that holds everything: the questions of all variants in both languages, the
pictures, the style and the script. The script decides the student's variants as `variant` does,
keeps the answers in the browser, and writes the same answer file as the terminal. A practice
quiz carries its keys and is scored in the page by the rules of `score`; of a graded one the page
is made from sealed questions, so it has nothing to hide.

Markdown and TeX become HTML and MathML here, when the page is built. Scripts run only if their
hash is the one in the page's policy; an answer that somebody types is never read as HTML.
"""

from __future__ import annotations

import base64
import hashlib
import json
import mimetypes
import re
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from ...codec import encode
from ...errors import ContentError
from ...i18n import LANGS, Text
from ...text.markup import html
from ..draw.replica import Replica
from ..shown import one_line
from .public import PublicItem, PublicQuiz
from .sealed import AskGaps, Question
from .shown_html import answer_html, choice_html

ENDING = ".html"
_ASSETS = Path(__file__).parent / "assets"
_PLACE = re.compile("@([A-Z]+)@")
# Fields of a body that are only shown; the page has them as HTML in the question.
_SHOWN = {"text", "shown", "fix", "solution"}
_PAIRED = {"lefts", "rights", "steps"}  # (letter, text)


def page(quiz: PublicQuiz, image: Callable[[str], bytes]) -> str:
    """The page's HTML.

    Parameters
    ----------
    image
        The bytes of a picture by its path below the quiz folder.

    Raises
    ------
    ContentError
        A picture is not of a kind that browsers show.
    """
    data = {
        "id": quiz.id,
        "mode": "graded" if quiz.graded else "practice",
        "title": quiz.title.as_dict(),
        **({"intro": _html(quiz.intro)} if quiz.intro else {}),
        "images": {src: _embedded(src, image(src)) for src in quiz.images},
        "items": [_item(item) for item in quiz.items],
    }
    scripts = {"SCORE": _asset("score.js"), "SCRIPT": _asset("words.js") + _asset("page.js")}
    values = {
        **scripts,
        "HASHES": " ".join(_hash(source) for source in scripts.values()),
        "CSS": _asset("page.css"),
        "TITLE": escape(quiz.title.en),
        "ID": quiz.id,
        "DATA": json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
    }
    return _PLACE.sub(lambda m: values[m[1]], _asset("page.html"))


def _item(item: PublicItem) -> dict[str, Any]:
    keys: Mapping[int, Replica] = {r.number: r for r in item.replicas}
    return {
        "id": item.id,
        "points": str(item.points),
        "variants": [_question(q) | (_key(keys[q.number]) if q.number in keys else {}) for q in item.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "number": question.number,
        "kind": question.kind,
        "stem": _html(question.stem, _gap if isinstance(question.ask, AskGaps) else None),
        "ask": _ask(encode(question.ask), question),
        **({"code": question.code} if question.code is not None else {}),
        **({"image": encode(question.image)} if question.image else {}),
    }


def _gap(name: str) -> str:
    return f'<span data-gap="{escape(name)}"></span>'


def _ask(value: Any, question: Question, name: str = "") -> Any:
    """The question's own texts as HTML; a unit stays what it is."""
    if isinstance(value, dict) and value.keys() == set(LANGS):
        if name == "unit":
            return value
        if isinstance(question.ask, AskGaps):  # an option of a select is plain text
            return {lang: escape(words) for lang, words in one_line(Text.of(value)).as_dict().items()}
        return choice_html(Text.of(value), question.kind).as_dict()
    if isinstance(value, dict):
        return {k: _ask(v, question, k) for k, v in value.items()}
    return [_ask(v, question, name) for v in value] if isinstance(value, list) else value


def _key(replica: Replica) -> dict[str, Any]:
    """What the page scores by and explains with."""
    return {
        "body": _body(encode(replica.body)),
        "answer": answer_html(replica).as_dict(),
        **({"solution": _html(replica.solution)} if replica.solution else {}),
    }


def _body(value: Any, name: str = "") -> Any:
    if isinstance(value, dict) and value.keys() == set(LANGS):
        return value if name == "unit" else _html(Text.of(value))
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k not in _SHOWN}
        return {k: [pair[:1] for pair in v] if k in _PAIRED else _body(v, k) for k, v in kept.items()}
    return [_body(v, name) for v in value] if isinstance(value, list) else value


def _html(text: Text, gap: Callable[[str], str] | None = None) -> dict[str, str]:
    return {lang: html(text.get(lang), gap) for lang in LANGS}


def _embedded(src: str, data: bytes) -> str:
    kind = mimetypes.guess_type(src)[0] or ""
    if not kind.startswith("image/"):
        raise ContentError(
            Text(f"{src}: not a picture for a web page", f"{src}: Web ページで表示できる画像ではありません")
        )
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
