"""What is said about a failure, and in which order."""

from __future__ import annotations

import re

import numpy as np
import pytest

from autograder.i18n import Text
from autograder.model import Called, Cause, Place, Sentence, Table
from autograder.testing.bench import Bench, Call, Failed, LocalStudent
from autograder.testing.explain import error_message, visible_message
from autograder.testing.literals import format_call, format_value
from autograder.text.told import text_of

CALL = Call("relu", (np.array([-2.0, 0.0, 3.0]),))
FULL_WIDTH = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


class Student:
    last_call = CALL

    def relu(self, x):
        x[x < 0] = 0
        return x


def failure(check) -> Failed:
    with pytest.raises(Failed) as caught:
        check(Bench(Student(), None, "seed"))
    return caught.value


def explained(actual, expected, cause: Text | None = None) -> Text:
    why = Cause("a_cause", cause) if cause else None
    return text_of(visible_message(failure(lambda bench: bench.expect(actual, expected)), why))


def test_a_wrong_array_is_explained_in_the_order_in_which_a_person_looks():
    message = explained(np.array([2.0, 0.0, 3.5]), [0.0, 0.0, 3.0], Text("The sign.", "符号です。"))
    assert message.en.splitlines() == [
        "relu(array([-2., 0., 3.]))",
        "The result has 2 of 3 elements wrong; the first is at [0].",
        "Largest error: 2 absolute, 0.167 relative",
        "  index | yours | expected",
        "  ------|-------|---------",
        "  [0]   |     2 |        0",
        "  [2]   |   3.5 |        3",
        "Likely cause: The sign.",
    ]
    assert message.ja.splitlines() == [
        "relu(array([-2., 0., 3.]))",
        "戻り値の 3 個の要素のうち 2 個が違います。最初に違うのは [0] です。",
        "最大誤差: 絶対誤差 2、相対誤差 0.167",
        "  位置 | あなたの結果 | 正しい値",
        "  -----|--------------|---------",
        "  [0]  |            2 |        0",
        "  [2]  |          3.5 |        3",
        "考えられる原因: 符号です。",
    ]


def test_the_relative_error_is_left_out_where_everything_expected_is_zero():
    assert "relative" not in explained(np.ones(3), np.zeros(3)).en


def test_at_most_four_rows_are_shown_and_the_rest_counted():
    message = explained(np.ones((3, 4)), np.zeros((3, 4)))
    assert message.en.count("|") == 2 * 2 + 4 * 2
    assert "all 12 elements wrong" in message.en
    assert "(the first 4 of 12)" in message.en
    assert "違う 12 個のうち最初の 4 個" in message.ja


@pytest.mark.parametrize(
    ("actual", "expected", "en", "ja"),
    [
        (None, np.zeros(3), "The result is None; a number or an array was expected.", "戻り値が None です"),
        ("text", 1.0, "The result is a string; a number or an array was expected.", "戻り値が文字列です"),
        (1.0, {"W": 1.0}, "The result is a number; a dict was expected.", "戻り値が数です。正しくは辞書です"),
        (np.zeros((2, 3)), np.zeros((3, 2)), "has the shape (2, 3); (3, 2) was expected.", "形状が (2, 3) です"),
        (0.0, np.zeros(2), "has the shape () (a single number); (2,) was expected.", "()（1 つの数）"),
        ((1, 2), (1, 2, 3), "should have 3 parts, but has 2.", "3 個のはずですが、2 個です"),
        ({"W": 1.0}, {"W": 1.0, "b": 2.0}, "has the keys W; expected W, b.", "キーは W ですが"),
        ([[1.0], [1.0, 2.0]], np.zeros((2, 2)), "unequal lengths", "行の長さが不揃い"),
        (np.array([np.nan, 1.0]), np.ones(2), "The result contains nan or inf.", "nan か inf が含まれています"),
        (0.25, 0.5, "The result is 0.25; 0.5 was expected.", "戻り値は 0.25 ですが、正しくは 0.5 です"),
        ((1.0, [1.0, 3.0]), (1.0, [1.0, 2.0]), "result[1] has 1 of 2 elements wrong", "戻り値 result[1] の 2 個の要素"),
        ({"W": [1.0]}, {"W": [2.0]}, "result['W'] is 1; 2 was expected.", "戻り値 result['W'] は 1 ですが"),
    ],
)
def test_each_kind_of_difference_has_its_sentence(actual, expected, en, ja):
    message = explained(actual, expected)
    assert en in message.en
    assert ja in message.ja
    assert not FULL_WIDTH.search(message.en)
    assert FULL_WIDTH.search(message.ja)


def test_numbers_are_shown_with_as_many_digits_as_tell_them_apart():
    message = explained(np.array([1.0, 1.00001]), np.array([1.0, 1.0]))
    assert "1.00001" in message.en
    message = explained(1.0000001, 1.0000021)
    assert "The result is 1.0000001; 1.0000021 was expected." in message.en


def test_an_argument_that_changed_is_shown_before_and_after():
    with pytest.raises(Failed) as caught:
        Bench(LocalStudent(Student()), None, "seed").unchanged("relu", np.array([-1.0, 2.0]))
    message = text_of(visible_message(caught.value))
    assert "before: array([-1., 2.])" in message.en
    assert "after:  array([0., 2.])" in message.en
    assert "引数が書き換えられました" in message.ja


def test_a_requirement_shows_what_was_measured():
    message = text_of(visible_message(failure(lambda bench: bench.require(False, observed=3.5))))
    assert message.en.endswith("measured: 3.5")
    assert message.ja.endswith("測定値: 3.5")


def test_an_exception_names_type_message_and_the_students_line():
    place = Place(Text.of("relu.py"), 14, "    return f(x)\n")
    message = text_of(error_message("TypeError", "\nbad\n thing\n", place, CALL))
    assert message.en.splitlines() == [
        "relu(array([-2., 0., 3.]))",
        "TypeError: bad",
        " thing",
        "relu.py, line 14: return f(x)",
    ]
    assert message.ja.splitlines()[-1] == "relu.py、14 行目: return f(x)"


def test_an_exception_without_a_message_is_its_type():
    assert text_of(error_message("KeyError", "")).en == "KeyError"


def test_a_long_exception_message_is_cut():
    assert len(text_of(error_message("ValueError", "\n".join(map(str, range(50))))).en.splitlines()) == 9


def test_a_wrong_array_is_data_a_call_sentences_and_a_table() -> None:
    message = visible_message(failure(lambda bench: bench.expect(np.array([2.0, 0.0, 3.5]), [0.0, 0.0, 3.0])))
    assert [type(block) for block in message] == [Called, Sentence, Sentence, Table]
    assert message[-1].rows == (("[0]", "2", "0"), ("[2]", "3.5", "3"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (np.array([-2.0, 0.5]), "array([-2., 0.5])"),
        (np.array([[1, 2], [3, 4]]), "array([[1, 2], [3, 4]])"),
        (np.array([1.0], dtype=np.float32), "array([1.], dtype=float32)"),
        (np.array([1e-9, np.nan, np.inf]), "array([1e-09, nan, inf])"),
        (np.zeros((0, 3)), "array([], shape=(0, 3))"),
        (np.arange(100.0), "array([0., 1., 2., ...], shape=(100,))"),
        (np.float64(0.5), "0.5"),
        (list(range(100)), "[0, 1, 2, ...]"),
        ((1,), "(1,)"),
        ({"W1": np.ones(2)}, "{'W1': array([1., 1.])}"),
        (np.random.default_rng(0), "rng"),
        (np.tanh, "tanh"),
        (None, "None"),
        (object(), "<object>"),
    ],
)
def test_values_are_written_as_python_would(value, shown):
    assert format_value(value) == shown


def test_a_long_call_is_cut_to_a_line_and_small_arguments_stay_whole():
    images = np.zeros((2, 3, 28, 28))
    shown = format_call(Call("conv2d", (images, np.zeros((4, 3, 3, 3)), [1.0, 2.0]), {"stride": 2}))
    assert len(shown) <= 100
    assert shown.endswith("[1.0, 2.0], stride=2)")
    assert "shape=(2, 3, 28, 28)" in shown


def test_an_error_in_the_fifth_digit_is_not_taken_for_a_pattern() -> None:
    expected = np.array([1.0, 2.0, 3.0])
    text = explained(expected * (1 + 2e-5), expected)
    with pytest.raises(Failed) as caught:
        Bench(Student(), None, "seed").expect(expected * (1 + 2e-5), expected)
    assert caught.value.cause == "few_digits"
    assert "same factor" not in text.en
