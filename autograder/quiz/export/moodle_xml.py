"""The elements of which a Moodle question consists."""

from __future__ import annotations

import base64
import xml.etree.ElementTree as ET
from fractions import Fraction
from pathlib import PurePosixPath

from ...i18n import Text
from .html import Writer, printable
from .model import Notes

# The fractions that Moodle knows, as question/engine/bank.php lists them; any other makes the import fail.
_PERCENT = (
    *("100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20"),
    *("16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0"),
)


DIGITS = (
    "Moodle: a number must be typed in half-width digits, as 0.25 or 2.5e-3; full-width digits, 1/4 and "
    "'about' count as wrong",
    "Moodle: 数値は 0.25 や 2.5e-3 のように半角で入力する必要があります。全角数字、1/4、「約」などは誤答になります",
)


def sub(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """A new child, with a text."""
    element = ET.SubElement(parent, tag, attributes)
    if text is not None:
        element.text = printable(text)
    return element


def text_element(parent: ET.Element | None, tag: str, text: str, html: bool = False, **attributes: str) -> ET.Element:
    """``<tag><text>...</text></tag>``, which is how Moodle writes everything that people read."""
    if html:
        attributes["format"] = "html"
    element = ET.Element(tag, attributes) if parent is None else ET.SubElement(parent, tag, attributes)
    sub(element, "text", text)
    return element


def file_element(src: str, content: bytes) -> ET.Element:
    """A file that belongs to the text it stands beside."""
    element = ET.Element("file", name=PurePosixPath(src).name, path="/", encoding="base64")
    element.text = base64.b64encode(content).decode("ascii")
    return element


def percent(credit: Fraction, item: str, notes: Notes) -> str:
    """A share of the points, -1 to 1, as the nearest fraction of Moodle."""
    nearest = min(_PERCENT, key=lambda p: abs(Fraction(p) - 100 * abs(credit)))
    if abs(Fraction(nearest) - 100 * abs(credit)) > Fraction(1, 1000):
        notes.add(
            item,
            f"Moodle: knows no fraction of {float(100 * abs(credit)):.4g} %; {nearest} % was taken",
            f"Moodle: {float(100 * abs(credit)):.4g}% という割合は使えないため、{nearest}% としました",
        )
    return f"-{nearest}" if credit < 0 and nearest != "0" else nearest


def answer(text: str, fraction: str, feedback: Text | None, writer: Writer, html: bool = False) -> ET.Element:
    """An answer with what it is worth."""
    element = text_element(None, "answer", text, fraction=fraction, format="html" if html else "moodle_auto_format")
    text_element(element, "feedback", writer.blocks(feedback) if feedback else "", html=True)
    return element
