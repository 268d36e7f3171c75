"""Scores on their way to a learning management system: as files here, over the network in ``upload``.

`grade_rows` reads a gradebook; every format and every upload starts from its rows.
"""

from .rows import TOTAL, GradeRow, grade_rows

__all__ = ["TOTAL", "GradeRow", "grade_rows"]
