"""Find the course's ``exercises`` folder from inside a notebook."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import UsageError
from ..i18n import Text
from ..student.course import Course, find_course, load_course

VARIABLE = "AUTOGRADER_COURSE"


def course_here() -> Course:
    """The course of the working folder or above, of ``AUTOGRADER_COURSE``, or beside the package, in this order.

    Raises
    ------
    UsageError
        There is none; the message says where to get it.
    ConfigError
        Its manifest cannot be read.
    """
    try:
        return find_course(Path.cwd())
    except UsageError:
        pass
    folders = [Path(__file__).resolve().parent.parent.parent]
    if named := os.environ.get(VARIABLE):
        folders.insert(0, Path(named))
    for folder in folders:
        manifest = folder / "exercises" / "course.json"
        if manifest.is_file():
            return load_course(manifest)
    raise UsageError(
        Text(
            "The course's folder was not found: a check needs the folder `exercises`.\n"
            f"Looked in {Path.cwd()} and the folders above it.\n"
            "Get the course's zip from your instructor, unpack it, and put this notebook into that folder; "
            "on Colab, upload the zip (folder icon on the left) and run the first code cell again.\n"
            f"If the folder lies elsewhere: %env {VARIABLE}=/path/to/the/course",
            "教材のフォルダーが見つかりません。テストには `exercises` フォルダーが必要です。\n"
            f"{Path.cwd()} と、その上のフォルダーを探しました。\n"
            "担当教員から教材の zip を受け取って展開し、このノートブックをその中に置いてください。"
            "Colab では、左のフォルダーのアイコンから zip をアップロードし、最初のコードセルをもう一度実行します。\n"
            f"別の場所にある場合: %env {VARIABLE}=/教材のフォルダー",
        )
    )
