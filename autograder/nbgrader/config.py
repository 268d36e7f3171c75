"""``nbgrader_config.py``: which of nbgrader's steps are ours, and which course they mean."""

from __future__ import annotations

import re

from ..author.stub import TODO
from ..course.load import LoadedCourse
from ..i18n import Lang, Text
from .where import VARIABLE

ROSTER = "roster.csv"

_TEXTS = {
    "about": Text(
        "Configuration of nbgrader for this course, written by 'autograder nbgrader init'.\n"
        "nbgrader reads it when it is run in this folder. Change what you like: init never overwrites it unasked.",
        "この科目の nbgrader の設定です。autograder nbgrader init が作りました。\n"
        "このフォルダーで nbgrader を実行すると読み込まれます。\n"
        "書き換えてもかまいません。init が断りなく上書きすることはありません。",
    ),
    "course": Text(
        "The course that all of this was made from: suites, points, due dates and late policy.",
        "もとになる教材です。テスト、配点、締切、遅延ポリシーはすべてここから読み込みます。",
    ),
    "exchange": Text(
        "nbgrader release_assignment and collect: the folder that instructors and students share.",
        "nbgrader release_assignment と collect が使う、教員と学生の共有フォルダーです。",
    ),
    "utc": Text(
        "Leave c.Exchange.timezone at UTC: nbgrader 0.9.6 reads '09:00 JST' as 09:00 UTC, nine hours late.",
        "c.Exchange.timezone は UTC のままにします。nbgrader 0.9.6 は「09:00 JST」を 09:00 UTC と読むため、\n"
        "# 9 時間の遅れになります。",
    ),
    "release": Text(
        "generate_assignment: what takes the place of a solution.", "generate_assignment: 解答の代わりに置くものです。"
    ),
    "autograde": Text(
        "autograde: notebooks are mended first, then graded in the sandbox. No kernel is started.",
        "autograde: ノートブックを整えてから、サンドボックスで採点します。カーネルは起動しません。",
    ),
    "feedback": Text(
        "generate_feedback: nothing of a hidden test.", "generate_feedback: 非公開テストの内容は出力しません。"
    ),
    "late": Text("The late policy of course.yaml.", "course.yaml の遅延ポリシーを適用します。"),
    "export": Text(
        "nbgrader export: quoted CSV, and no score that nobody gave.",
        "nbgrader export: 正しく引用符を付けた CSV です。採点されていないものを 0 点にしません。",
    ),
    "collect": Text(
        "zip_collect: the zip of Moodle or Canvas, put into downloaded/<assignment>/archive/.",
        "zip_collect: Moodle や Canvas の zip を downloaded/<課題>/archive/ に置いて実行します。",
    ),
}
_ANSWER = Text("*Replace this line with your answer.*", "*この行を消して、解答を書いてください。*")

_CONFIG = '''\
"""{about}
"""

import os

c = get_config()  # noqa: F821
here = os.path.dirname(os.path.abspath(__file__))

# {course}
os.environ["{variable}"] = {course_path!r}
os.environ.setdefault("AUTOGRADER_LANG", {lang!r})

c.CourseDirectory.root = here
c.CourseDirectory.course_id = {course_id!r}

# {exchange}
# {utc}
# c.Exchange.root = "/srv/nbgrader/exchange"

# {release}
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "autograder.nbgrader.stubs.ClearRegions",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.ClearSolutions.code_stub = {{"python": {code_stub!r}}}
c.ClearSolutions.text_stub = {text_stub!r}

# {autograde}
c.Autograde.exporter_class = "autograder.nbgrader.preprocessor.SoundNotebook"
c.Autograde.pre_convert_hook = "autograder.nbgrader.preprocessor.accept_renamed"
c.Autograde.sanitize_preprocessors = ["autograder.nbgrader.preprocessor.Mend"]
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader.preprocessor.SandboxedGrading",
    "autograder.nbgrader.preprocessor.SaveScores",
    "nbgrader.preprocessors.AssignLatePenalties",
]
c.SandboxedGrading.language = {lang!r}  # of what students read below each test cell; or "both"
c.OverwriteCells.add_missing_cells = True  # for those who put nbgrader's own sanitizers back

# {feedback}
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "autograder.nbgrader.feedback.HideTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# {late}
c.AssignLatePenalties.plugin_class = "autograder.nbgrader.late.CourseLatePolicy"

# {export}
c.ExportApp.plugin_class = "autograder.nbgrader.exporters.CsvExporter"

# {collect}
c.ZipCollectApp.extractor_plugin = "autograder.nbgrader.collectors.LmsExtractor"
c.ZipCollectApp.collector_plugin = "autograder.nbgrader.collectors.LmsCollector"
c.LmsCollector.roster = os.path.join(here, {roster!r})
'''


def config_text(course: LoadedCourse, course_id: str, lang: Lang) -> str:
    """The file's text."""
    texts = {name: text.get(lang) for name, text in _TEXTS.items()}
    first, last = TODO[0 if lang == "en" else 1], TODO[2]
    return _CONFIG.format(
        **texts,
        variable=VARIABLE,
        course_path=str(course.path),
        lang=lang,
        course_id=course_id,
        code_stub=f"{first}\n{last}",
        text_stub=_ANSWER.get(lang),
        roster=ROSTER,
    )


def course_id_of(name: str) -> str:
    """A folder's name as the id of a course: nbgrader makes a folder of it and forbids ``+`` and spaces."""
    return re.sub(r"[^\w-]+", "-", name).strip("-") or "course"
