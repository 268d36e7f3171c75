"""The two files around a QTI document: what the zip holds, and Canvas's settings of the quiz."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from fractions import Fraction

from ...i18n import Lang
from .html import Writer
from .model import ExportQuiz
from .qti_xml import sub

_MANIFEST = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"


def manifest(quiz: ExportQuiz, ident: str, images: Iterable[str]) -> ET.Element:
    """``imsmanifest.xml``."""
    settings = f"{quiz.id}_settings"
    root = ET.Element("manifest", {"identifier": f"{quiz.id}_manifest", "xmlns": _MANIFEST})
    metadata = sub(root, "metadata")
    sub(metadata, "schema", "IMS Content")
    sub(metadata, "schemaversion", "1.1.3")
    sub(root, "organizations")
    resources = sub(root, "resources")
    assessment = sub(resources, "resource", identifier=ident, type="imsqti_xmlv1p2")
    sub(assessment, "file", href=f"{ident}/{ident}.xml")
    sub(assessment, "dependency", identifierref=settings)
    about = f"{ident}/assessment_meta.xml"
    kind = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    sub(sub(resources, "resource", identifier=settings, type=kind, href=about), "file", href=about)
    for i, path in enumerate(images, 1):
        image = sub(resources, "resource", identifier=f"{quiz.id}_image_{i}", type="webcontent", href=path)
        sub(image, "file", href=path)
    return root


def meta(quiz: ExportQuiz, lang: Lang, ident: str, points: Fraction) -> ET.Element:
    """``assessment_meta.xml``: a graded quiz does not show its answers, and stays unpublished."""
    root = ET.Element("quiz", {"identifier": ident, "xmlns": _CANVAS})
    settings = {
        "title": quiz.title.get(lang),
        "description": Writer(lang).blocks(quiz.intro) if quiz.intro else "",
        "shuffle_answers": "false",
        "scoring_policy": "keep_highest",
        "hide_results": "always" if quiz.graded else "",
        "quiz_type": "assignment" if quiz.graded else "practice_quiz",
        "points_possible": f"{float(points):.1f}",
        "show_correct_answers": "false" if quiz.graded else "true",
        "allowed_attempts": "1" if quiz.graded else "-1",
        "one_question_at_a_time": "false",
        "cant_go_back": "false",
        "available": "false",
    }
    for tag, text in settings.items():
        sub(root, tag, text)
    if quiz.graded:
        assignment = sub(root, "assignment", identifier=f"{quiz.id}_assignment")
        sub(assignment, "title", quiz.title.get(lang))
        sub(assignment, "workflow_state", "unpublished")
        sub(assignment, "quiz_identifierref", ident)
        sub(assignment, "points_possible", f"{float(points):.1f}")
        sub(assignment, "grading_type", "points")
        sub(assignment, "submission_types", "online_quiz")
    return root
