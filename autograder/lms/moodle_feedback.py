"""``moodle-feedback``: each student's page as a feedback file, for Moodle's "Upload multiple feedback files in a zip".

Moodle finds the student by the name of the folder, which must be the one of the downloaded
submissions, and skips a folder that it does not know without a word.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from ..errors import UsageError, reason
from ..i18n import Text
from ..report.feedback import page
from ..report.studentview import student_view
from .export import Change, Format, Rendered, Request, Template, result_on
from .match import Entry, match
from .rows import GradeRow

_FOLDER = re.compile(r"(?P<name>.*)_(?P<number>\d+)_assignsubmission_(?P<plugin>[a-z]+)_?", re.DOTALL)
_BLIND = ("participant", "参加者")
FILE = "feedback.html"


def render(rows: Sequence[GradeRow], request: Request) -> Rendered:
    """A zip with a page for every folder of the submissions."""
    template = request.the_template()
    folders = _folders(template)
    entries = []
    for i, folder in enumerate(folders):
        found = _FOLDER.fullmatch(folder)
        assert found is not None
        name = found["name"]
        known = None if name.casefold().startswith(_BLIND) else name
        entries.append(Entry(i, f"{template.name}: {folder}", {"moodle": found["number"]}, known))
    matched = match([row for row in rows if not row.absent], entries, request)
    out = io.BytesIO()
    changes = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for row, entry in matched.pairs:
            result = result_on(row, request.columns)
            assert result is not None
            html = page(student_view(result, request.course), request.lang)
            path = f"{folders[entry.row]}/{FILE}"
            archive.writestr(zipfile.ZipInfo(path), html.encode(errors="replace"), zipfile.ZIP_DEFLATED)
            changes.append(Change(row.student, row.name, FILE, None, path, "feedback"))
    return Rendered({"moodle-feedback.zip": out.getvalue()}, tuple(changes), matched.notes)


def _folders(template: Template) -> list[str]:
    """One folder a student, of files rather than of a typed text where there are both."""
    names = template.folders or _in_zip(template)
    best: dict[str, str] = {}
    for folder in sorted(dict.fromkeys(names), key=lambda f: "_assignsubmission_file" not in f):
        found = _FOLDER.fullmatch(folder)
        if found:
            best.setdefault(found["number"], folder)
    if not best:
        raise UsageError(
            Text(
                f"{template.name}: no folder like 'Taro Yamada_4_assignsubmission_file'. Download the submissions with "
                "'Download submissions in folders'.",
                f"{template.name}: 「太郎 山田_4_assignsubmission_file」のような名前のフォルダーがありません。"
                "提出物をフォルダー形式でダウンロードしてください。",
            )
        )
    return [best[number] for number in sorted(best, key=int)]


def _in_zip(template: Template) -> tuple[str, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(template.data)) as archive:
            return tuple(name.split("/")[0] for name in archive.namelist() if "/" in name)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UsageError(
            Text(
                f"{template.name}: not a zip file: {reason(error).en}",
                f"{template.name}: zip として読めません（{reason(error).ja}）。",
            )
        ) from None


FORMAT = Format(
    render,
    template=Text("The zip (or folder) of the submissions.", "提出物の zip（またはフォルダー）。"),
    platform="moodle",
)
