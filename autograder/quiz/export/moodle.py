"""Moodle XML: a category for each item, its variants as questions in it.

Theory of operation
-------------------
Moodle has no quiz in this format, only a question bank. Each item becomes the category
``quiz title/item id``; a quiz then takes one *random question* from each category, which an
instructor adds by hand. A question is built as an element tree, so that escaping is the
writer's business, and the tree is what the tests read back. `moodle_types` says what each type
becomes, `cloze` writes the notation of embedded answers.

What is imported was read in the importer of Moodle (``question/format/xml/format.php``): a
fraction must be one of Moodle's own, and answers are tried in the order in which they stand.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import PurePosixPath

from ...i18n import Lang, Text
from ..draw.replica import Replica
from .html import Writer
from .model import ExportQuiz, Notes
from .moodle_text import MOODLE
from .moodle_types import Built, build
from .moodle_xml import file_element, sub, text_element

_NO_TAGS = str.maketrans("<>", "＜＞")  # a tag of Moodle cannot hold them


def render(
    quiz: ExportQuiz, lang: Lang = "en", multilang: bool = False, ordering: bool = True
) -> tuple[dict[str, bytes], list[Text]]:
    """The file to import at Question bank > Import > Moodle XML format.

    Parameters
    ----------
    multilang
        Both languages in every text, for the filter `multilang2`; else `lang` alone.
    ordering
        Whether this Moodle has ordering questions; one without them refuses the whole file.
    """
    writer = Writer(lang, multilang, MOODLE)
    notes = Notes()
    _general_notes(quiz, multilang, notes)
    root = ET.Element("quiz")
    # A category is found again by its name: with two languages in it, it would be another one.
    title = Writer(lang, dialect=MOODLE).label(quiz.title)
    for variants in quiz.items:
        root.append(_category(title, variants[0].item))
        for replica in variants:
            found = build(replica, writer, notes, quiz.spellings, ordering)
            if found is not None:
                root.append(_question(replica, found, writer, quiz))
    ET.indent(root, " ")
    data = ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    return {f"{quiz.id}.moodle.xml": data}, notes.all()


def _category(title: str, item: str) -> ET.Element:
    question = ET.Element("question", type="category")
    path = "/".join(part.replace("/", "//") for part in (" ".join(title.split()), item))
    sub(sub(question, "category"), "text", f"$course$/top/{path}")
    return question


def _question(replica: Replica, built: Built, writer: Writer, quiz: ExportQuiz) -> ET.Element:
    question = ET.Element("question", type=built.kind)
    text_element(question, "name", f"{replica.item} #{replica.number + 1}")
    stem = text_element(question, "questiontext", _stem(replica, built, writer), html=True)
    if replica.image:
        stem.append(file_element(replica.image.src, quiz.images[replica.image.src]))
    solution = writer.blocks(replica.solution) if replica.solution else ""
    text_element(question, "generalfeedback", solution, html=True)
    sub(question, "defaultgrade", f"{float(replica.points):.7f}")
    sub(question, "penalty", "0.3333333")
    sub(question, "hidden", "0")
    sub(question, "idnumber", f"{replica.item}.{replica.number + 1}")
    question.extend(built.elements)
    tags = sub(question, "tags")
    for tag in replica.tags:
        text_element(tags, "tag", tag.translate(_NO_TAGS))
    return question


def _stem(replica: Replica, built: Built, writer: Writer) -> str:
    parts = [writer.blocks(replica.stem) if built.stem is None else built.stem]
    if replica.code:
        parts.append(writer.program(replica.code, numbered=replica.kind == "find_the_error"))
    if replica.image:
        name = PurePosixPath(replica.image.src).name
        alt = writer.label(replica.image.alt)
        parts.append(f'<p><img src="@@PLUGINFILE@@/{name}" alt="{alt}" /></p>')
    return "".join([*parts, built.after])


def _general_notes(quiz: ExportQuiz, multilang: bool, notes: Notes) -> None:
    notes.add(
        "",
        f"Moodle: each of the {len(quiz.items)} items is a category of its own; add one random question from each "
        "to the quiz, and set its marks there",
        f"Moodle: {len(quiz.items)} 問はそれぞれ 1 つのカテゴリになります。小テストには各カテゴリからランダム問題を"
        " 1 問ずつ追加し、配点もそこで設定してください",
    )
    notes.add(
        "",
        "Moodle: who gets which variant is drawn by Moodle, not by the student id as here",
        "Moodle: どの学生にどの問題が出るかは Moodle が抽選します（この講座のように学籍番号では決まりません）",
    )
    if multilang:
        notes.add(
            "",
            "Moodle: both languages need the filter 'Multi-Language Content (v2)' (filter_multilang2), "
            "switched on for content and headings",
            "Moodle: 2 言語の表示にはフィルタ「Multi-Language Content (v2)」（filter_multilang2）が必要です。"
            "「コンテンツおよび見出し」に対して有効にしてください",
        )
