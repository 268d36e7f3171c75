r"""What leaves the grader is clean: characters that act instead of being seen are spelled out.

A student's code chooses the texts of its exceptions, and a student chooses names of files and
answers. Raw in a page, a table or on a terminal, such a text could move the cursor, turn a line
around, or hide a part of itself. So each of these characters becomes its spelling in Python
(ESC becomes ``\x1b``, a zero-width space ``\u200b``):

- C0 and C1 controls, but for line feed and tab; every kind of line end is a line feed;
- bidirectional marks, embeddings, overrides and isolates;
- zero-width and other invisible format characters, with U+2028, U+2029, byte order mark and tags;
- halves of surrogate pairs and noncharacters, which no file can hold.

Left alone are all letters and signs, the full-width blank U+3000, combining marks, variation
selectors (the forms of kanji in names), and the zero-width joiner between two emoji.

The borders where this is called: what is told of a result when it is made (`pipeline.score`);
what is read from a gradebook to be written or sent (`report.write`, `lms.rows`), since it holds
ids as they are, and an older version may have filled it; cells for an LMS (`lms.cellhtml`);
and what the commands print.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..i18n import Text
from ..model import ExerciseResult, Note, SubmissionResult, TestResult
from .told import mapped

_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_ACTING = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\ufdd0-\ufdef"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
    f"|(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])"
)
_IN_A_LINE = re.compile(f"[\t\n]|{_ACTING.pattern}")
_LINE_END = re.compile("\r\n?|\x85|\u2028|\u2029")


def clean(text: str) -> str:
    """A text of several lines, where only line feeds and tabs act."""
    return _ACTING.sub(_spelled, _LINE_END.sub("\n", text))


def clean_line(text: str) -> str:
    """A name, an id or a cell: in one line, where nothing acts."""
    return _IN_A_LINE.sub(_spelled, text)


def clean_text(text: Text) -> Text:
    """Both languages of a text."""
    en, ja = clean(text.en), clean(text.ja)
    return text if (en, ja) == (text.en, text.ja) else Text(en, ja)


def clean_result(result: SubmissionResult) -> SubmissionResult:
    """All that is told of a student's work."""
    return replace(
        result,
        student=clean_line(result.student),
        extra={kind: clean_line(value) for kind, value in result.extra.items()},
        exercises=tuple(map(_clean_exercise, result.exercises)),
        name=None if result.name is None else clean_line(result.name),
        notes=_clean_notes(result.notes),
    )


def _clean_exercise(result: ExerciseResult) -> ExerciseResult:
    return replace(result, tests=tuple(map(_clean_test, result.tests)), notes=_clean_notes(result.notes))


def _clean_test(test: TestResult) -> TestResult:
    response = None if test.response is None else clean(test.response)
    message = mapped(test.message, clean)
    same = message is test.message and response == test.response
    return test if same else replace(test, message=message, response=response)


def _clean_notes(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    return tuple(Note(note.code, clean_text(note.text)) for note in notes)


def _spelled(match: re.Match[str]) -> str:
    if short := {"\t": "\\t", "\n": "\\n", "\r": "\\r"}.get(match[0]):
        return short
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
