"""The gradebook: every grade that was ever given, in one SQLite file.

`Gradebook` writes and reads it; `CourseInfo` is what a run remembers of the course, so that
the reports can be written again without it.
"""

from .info import AnswerInfo, CourseInfo, ExerciseInfo, ItemInfo, RunInfo
from .store import Gradebook

__all__ = ["AnswerInfo", "CourseInfo", "ExerciseInfo", "Gradebook", "ItemInfo", "RunInfo"]
