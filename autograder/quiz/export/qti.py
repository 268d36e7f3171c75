"""QTI 1.2 for Canvas: a zip with the quiz, one random variant of each item.

Theory of operation
-------------------
Canvas reads QTI 1.2 in the dialect that it writes: the type of a question stands in its
metadata (``question_type``), scores run from 0 to 100, and an item group is a section that
picks one of its items. text2qti's output is of this dialect as well, and the tests compare
ours with it; `qti_types` adds what Canvas has beyond (matching, several blanks), after its own
export (``lib/cc/qti/qti_items.rb``) and import (``gems/plugins/qti_exporter``).

An identifier is a running number: Canvas takes the first digits of an identifier for the id
of an answer, so these must differ.
"""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from fractions import Fraction
from pathlib import PurePosixPath
from urllib.parse import quote

from ...i18n import Lang, Text
from ...text.markup import Dialect
from ..draw.replica import Replica
from .html import Writer, delimited
from .model import ExportQuiz, Notes
from .qti_package import manifest, meta
from .qti_types import Numbers, Question, build, rich
from .qti_xml import field, material, sub

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_DATE = (1980, 1, 1, 0, 0, 0)  # the same bytes for the same quiz


def render(quiz: ExportQuiz, lang: Lang = "en") -> tuple[dict[str, bytes], list[Text]]:
    """The zip to import at Settings > Import Course Content > QTI .zip file."""
    notes = Notes()
    _general_notes(quiz, notes)
    writer = Writer(lang, dialect=Dialect(delimited, paragraph=f'<p lang="{lang}">'))
    tree, points = assessment(quiz, writer, notes)
    ident = f"{quiz.id}_assessment"
    images = {src: f"images/{_image_name(src)}" for src in quiz.images}
    files = {
        "imsmanifest.xml": _xml(manifest(quiz, ident, images.values())),
        f"{ident}/assessment_meta.xml": _xml(meta(quiz, lang, ident, points)),
        f"{ident}/{ident}.xml": _xml(tree),
        **{images[src]: content for src, content in quiz.images.items()},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return {f"{quiz.id}.qti.zip": stream.getvalue()}, notes.all()


def assessment(quiz: ExportQuiz, writer: Writer, notes: Notes) -> tuple[ET.Element, Fraction]:
    """The document with the questions, and the points of the whole."""
    root = ET.Element("questestinterop", xmlns=NAMESPACE)
    body = sub(root, "assessment", ident=f"{quiz.id}_assessment", title=quiz.title.get(writer.lang))
    field(sub(body, "qtimetadata"), "cc_maxattempts", "1")
    section = sub(body, "section", ident="root_section")
    numbers = Numbers()
    points = Fraction(0)
    for variants in quiz.items:
        questions = [(r, q) for r in variants if (q := build(r, writer, notes, quiz.spellings, numbers)) is not None]
        if not questions:
            continue
        points += variants[0].points
        parent = section
        if len(questions) > 1:
            parent = _group(section, variants[0])
        for replica, question in questions:
            parent.append(_item(replica, question, writer))
    return root, points


def _group(section: ET.Element, first: Replica) -> ET.Element:
    """A section that picks one of its items."""
    group = sub(section, "section", ident=f"group_{first.item}", title=first.item)
    selection = sub(sub(group, "selection_ordering"), "selection")
    sub(selection, "selection_number", "1")
    sub(sub(selection, "selection_extension"), "points_per_item", f"{float(first.points):g}")
    return group


def _item(replica: Replica, question: Question, writer: Writer) -> ET.Element:
    name = f"{replica.item}-{replica.number + 1}"
    item = ET.Element("item", ident=f"item_{name}", title=name)
    data = sub(sub(item, "itemmetadata"), "qtimetadata")
    field(data, "question_type", question.kind)
    field(data, "points_possible", f"{float(replica.points):g}")
    field(data, "original_answer_ids", ",".join(question.answers))
    field(data, "assessment_question_identifierref", f"question_{name}")
    presentation = sub(item, "presentation")
    material(presentation, _stem(replica, question, writer))
    presentation.extend(question.responses)
    processing = sub(item, "resprocessing")
    sub(sub(processing, "outcomes"), "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    if replica.solution:
        shown = sub(processing, "respcondition", **{"continue": "Yes"})
        sub(sub(shown, "conditionvar"), "other")
        sub(shown, "displayfeedback", feedbacktype="Response", linkrefid="general_fb")
    processing.extend(question.conditions)
    if replica.solution:
        _feedback(item, "general_fb", rich(replica.solution, writer))
    for ident, html in question.feedback.items():
        _feedback(item, f"{ident}_fb", html)
    return item


def _feedback(item: ET.Element, ident: str, html: str) -> None:
    material(sub(sub(item, "itemfeedback", ident=ident), "flow_mat"), html)


def _stem(replica: Replica, question: Question, writer: Writer) -> str:
    parts = [writer.blocks(replica.stem) if question.stem is None else question.stem]
    if replica.code:
        parts.append(writer.program(replica.code, numbered=replica.kind == "find_the_error"))
    if replica.image:
        source = f"%24IMS-CC-FILEBASE%24/images/{quote(_image_name(replica.image.src))}"
        parts.append(f'<p><img src="{source}" alt="{writer.label(replica.image.alt)}" /></p>')
    return "".join([*parts, question.after])


def _image_name(src: str) -> str:
    return PurePosixPath(src).name


def _xml(root: ET.Element) -> bytes:
    ET.indent(root, "  ")
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _general_notes(quiz: ExportQuiz, notes: Notes) -> None:
    notes.add(
        "",
        "Canvas: who gets which variant is drawn by Canvas, not by the student id as here",
        "Canvas: どの学生にどの問題が出るかは Canvas が抽選します（この講座のように学籍番号では決まりません）",
    )
    notes.add(
        "",
        "Canvas: import it as a Classic Quiz; New Quizzes may change the types of questions",
        "Canvas: クラシッククイズとして取り込んでください。New Quizzes では問題の形式が変わることがあります",
    )
