r"""A small model of what Moodle does to a text before it is shown (4.5, with every filter that touches text on).

``format_string`` and the filters emoticon, mathjaxloader, tex, activitynames and multilang2, from their sources.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

EMOTICONS = [
    *(":-)", ":)", ":-D", ";-)", ":-/", "V-.", ":-P", ":-p", "B-)", "^-)", "8-)", ":o)", ":-(", ":(", "8-.", ":-I"),
    *(":-X", "8-o", "P-|", "8-[", "(grr)", "xx-P", "|-.", "}-]", "(h)", "(heart)", "(y)", "(n)", "(martin)", "( )"),
]
ACTIVITIES = ("relu", "softmax", "shape", "update", "step")
MATH = re.compile(r"\\\((?:.*?)\\\)|\\\[(?:.*?)\\\]|\$\$.*?\$\$|\[tex\].*?\[/tex\]", re.DOTALL)


def strip_tags(text: str) -> str:
    """PHP's: a ``<`` before anything but a blank begins a tag, which ends at ``>`` or with the text."""
    return re.sub(r"<(?=[^\s]).*?(?:>|$)", "", text, flags=re.DOTALL)


def format_string(text: str) -> str:
    """What a reader sees of a short text; links and tags are taken away."""
    return html.unescape(strip_tags(re.sub(r"&(?![a-zA-Z0-9#]{1,8};)", "&amp;", text)))


def format_text(text: str, lang: str = "en") -> str:
    """HTML of a long text after the filters."""
    text = multilang(text, lang)
    if re.search(r"\\[\[(]|\$\$", text):
        text = re.sub(r"\{([^}]+)\}", lambda m: m[0].replace("<", "&lt;").replace(">", "&gt;"), text)
        text = MATH.sub(lambda m: f'<span class="nolink">{m[0]}</span>', text)
    text = activity_names(text)
    return emoticons_of_old(emoticons(text))


def multilang(text: str, lang: str) -> str:
    return re.sub(r"\{mlang (\w+)\}(.*?)\{mlang\}", lambda m: m[2] if m[1] == lang else "", text, flags=re.DOTALL)


def activity_names(text: str) -> str:
    """Names become links, but in no link, no tag and no nolink span."""
    kept = re.compile(r'<a\s.*?</a>|<span class="nolink">(?:[^<]|<(?!/?span))*</span>|<[^>]*>', re.DOTALL)
    shown, at = [], 0
    for match in [*kept.finditer(text), None]:
        piece = text[at : match.start() if match else len(text)]
        shown.append(re.sub(rf"(?i)\b(?:{'|'.join(ACTIVITIES)})\b", r'<a href="#">\g<0></a>', piece))
        shown.append(match[0] if match else "")
        at = match.end() if match else at
    return "".join(shown)


def emoticons(text: str) -> str:
    """Everywhere but in ``pre`` and in nolink spans."""
    shown, outside = [], 0
    for part in re.split(r"(</?(?:span|script|pre)[^>]*>)", text):
        if outside == 0 and re.match(r'<pre|<script|<span[^>]+class="nolink', part):
            outside = 1
        elif outside and part.startswith(("<span", "<pre", "<script")):
            outside += 1
        elif outside and part.startswith("</"):
            outside -= 1
        elif outside == 0:
            part = emoticons_of_old(part)
        shown.append(part)
    return "".join(shown)


def emoticons_of_old(text: str) -> str:
    """Everywhere, as Moodle 3 did it."""
    for emoticon in EMOTICONS:
        text = text.replace(emoticon, '<img class="icon emoticon">')
    return text


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.code = 0

    def handle_starttag(self, tag, attrs):
        self.code += tag == "code"
        if tag in ("p", "li", "pre", "br", "td", "th"):
            self.parts.append("\n")
        if tag == "a" and self.code:
            self.parts.append("[LINK IN CODE]")
        if tag == "img":
            self.parts.append(f"[{dict(attrs).get('alt', 'PICTURE')}]")

    def handle_endtag(self, tag):
        self.code -= tag == "code"

    def handle_data(self, data):
        self.parts.append(data)


def seen(page: str) -> str:
    """What a reader sees of HTML: text, pictures, links where none should be; TeX as TeX."""
    parser = _Seen()
    parser.feed(page)
    parser.close()
    return "".join(parser.parts)
