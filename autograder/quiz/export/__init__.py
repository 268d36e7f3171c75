"""Quizzes for elsewhere: Moodle XML, QTI for Canvas, paper.

Each target is a pure function of an `ExportQuiz` that returns files and, as notes, all that the
target cannot carry: a rule, a tolerance, a remark. Nothing is lost without a word.
"""

from .model import ExportQuiz, Notes, load_export

__all__ = ["ExportQuiz", "Notes", "load_export"]
