"""The elements of which QTI is made."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from .html import printable


def sub(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """A new child, with a text."""
    element = ET.SubElement(parent, tag, {k: printable(v) for k, v in attributes.items()})
    if text is not None:
        element.text = printable(text)
    return element


def field(parent: ET.Element, label: str, entry: str) -> None:
    """One entry of the metadata."""
    element = sub(parent, "qtimetadatafield")
    sub(element, "fieldlabel", label)
    sub(element, "fieldentry", entry)


def material(parent: ET.Element, text: str, html: bool = True) -> None:
    """Something to read."""
    sub(sub(parent, "material"), "mattext", text, texttype="text/html" if html else "text/plain")


def condition(go_on: bool, score: tuple[str, str] | None = None, feedback: str | None = None) -> ET.Element:
    """A ``respcondition`` whose first child, still empty, is its ``conditionvar``.

    Parameters
    ----------
    score
        ``("Set" or "Add", percent)``.
    feedback
        Identifier of the feedback to show.
    """
    element = ET.Element("respcondition", {"continue": "Yes" if go_on else "No"})
    sub(element, "conditionvar")
    if score:
        sub(element, "setvar", score[1], action=score[0], varname="SCORE")
    if feedback:
        sub(element, "displayfeedback", feedbacktype="Response", linkrefid=f"{feedback}_fb")
    return element


def equal(parent: ET.Element, value: str, response: str = "response1") -> None:
    """The response is this value."""
    sub(parent, "varequal", value, respident=response)
