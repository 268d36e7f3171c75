"""The step of ``generate_feedback`` that keeps hidden tests out of what students read.

`SandboxedGrading` leaves nothing to hide. With nbgrader's own Execute the hidden lines stand in
the autograded notebook, and the traceback of a failed one quotes them and their values (nbgrader
#917, #1363), so both go. nbgrader's ClearHiddenTests is no help: it leaves the traceback,
and a student who writes its marker into a comment stops it with an error.
"""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import List

from .mend import without_hidden


class HideTests(NbGraderPreprocessor):  # type: ignore[misc]
    """``c.GenerateFeedback.preprocessors``: after GetGrades."""

    # nbconvert's HTML exporter configures this for every step, and warns of one that has no such option.
    display_data_priority: Any = List().tag(config=True)

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Cut hidden regions, and from a test cell whatever code printed or raised."""
        if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
            cell.source = without_hidden(cell.source)
            cell.outputs = [o for o in cell.outputs if o.output_type in ("execute_result", "display_data")]
        return cell, resources
