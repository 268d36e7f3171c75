from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.i18n import Text
from autograder.model import Blocks, Called, Cause, Place, Sentence, Table
from autograder.notebook.checking import Checked
from autograder.notebook.result import CheckOutcome, Said
from autograder.student.course import Exercise
from autograder.student.results import CheckResult, ExerciseReport

TITLE = Text("ReLU & co", "ReLU など")
HINTS = (Text("First `np.where`.", "最初は `np.where` です。"), Text("Second.", "2 番目です。"))
MESSAGE = (
    Called("relu(array([-2., 1.]))"),
    Sentence(Text("The result has 1 of 2 elements wrong; the first is at [0].", "2 個の要素のうち 1 個が違います。")),
    Table((Text("index", "位置"), Text("yours", "あなたの結果"), Text("expected", "正しい値")), (("[0]", "2", "0"),)),
    Place(Text("cell [3]", "セル [3]"), 2, "return abs(x)"),
    Cause(
        "absolute_value",
        Text("Negative <inputs> came out positive. See `np.abs`.", "負の入力が正になっています。"),
    ),
)


class Structure(HTMLParser):
    """Fails where tags do not nest; gathers text and tags."""

    VOID = frozenset({"br"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data + "\n"


def outcome(*tests: CheckResult, lang: str = "en", **report: object) -> CheckOutcome:
    exercise = Exercise("relu", "activations", TITLE, Path("relu"))
    found = ExerciseReport("relu", tests, **report)  # type: ignore[arg-type]
    return CheckOutcome((Checked(exercise, found, (3,), HINTS),), lang)  # type: ignore[arg-type]


def failed(message: Blocks = MESSAGE, output: tuple[str, ...] = ()) -> CheckResult:
    return CheckResult("test_a", Text("negative <and> zero", "負と 0"), "failed", message, "absolute_value", output)


def test_values_stand_in_a_table_and_nothing_in_pre() -> None:
    page = Structure(outcome(failed())._repr_html_())
    assert "pre" not in page.tags
    assert page.tags.count("table") == 2
    assert {"index", "yours", "expected", "[0]", "2", "0"} <= set(page.text.split("\n"))


def test_what_the_student_wrote_is_escaped() -> None:
    html = outcome(failed(output=("<script>alert(1)</script>",)))._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;inputs&gt;" in html


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ["Failed", "0 of 1 checks passed"]), ("ja", ["不合格", "1 個のテストのうち 0 個に合格"])]
)
def test_a_status_is_a_word_in_the_readers_language(lang: str, words: list[str]) -> None:
    text = Structure(outcome(failed(), lang=lang)._repr_html_()).text
    assert all(word in text for word in words)


def test_the_cause_is_told_once_and_code_in_it_is_set_as_code() -> None:
    html = outcome(failed())._repr_html_()
    assert html.count("Negative") == 1
    assert re.search(r"<code [^>]*>np\.abs</code>", html)


def test_hints_unfold_one_inside_the_other_while_something_fails() -> None:
    html = outcome(failed())._repr_html_()
    assert html.count("<details") == 2
    assert html.index("Hint 1 of 2") < html.index("np.where") < html.index("Hint 2 of 2") < html.index("Second.")
    passed = CheckResult("test_a", Text.of("a"), "passed")
    assert "<details" not in outcome(passed)._repr_html_()


def test_no_style_sheet_or_script_is_needed() -> None:
    tags = set(Structure(outcome(failed())._repr_html_()).tags)
    assert not tags & {"style", "script", "link", "img"}


def test_plain_text_goes_along() -> None:
    found = outcome(failed())
    bundle = found._repr_mimebundle_()
    assert bundle["text/plain"] == repr(found)
    assert "[NG] negative <and> zero" in bundle["text/plain"]
    assert "relu.py" not in bundle["text/plain"]


def test_passed_is_true_only_if_everything_passed() -> None:
    good = CheckResult("test_a", Text.of("a"), "passed")
    assert outcome(good).passed
    assert not outcome(good, failed()).passed
    assert not outcome(begun=False).passed
    assert not CheckOutcome((), "en").passed
    assert not Said(Text.of("x"), "en").passed


def test_a_message_keeps_its_lines() -> None:
    page = Structure(Said(Text("one\ntwo <b>", "一\n二"), "en", TITLE)._repr_html_())
    assert [line for line in page.text.splitlines() if line] == ["ReLU & co", "one", "two <b>"]
