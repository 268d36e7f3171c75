"""What acts instead of being seen is spelled out; what people write stays as it is."""

from __future__ import annotations

import ast
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.text.clean import clean, clean_line

# Format characters that are seen: signs before numbers and for abbreviations, and joiners of hieroglyphs.
SEEN = {chr(c) for c in [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD]}
SEEN |= {chr(c) for c in range(0x13430, 0x13440)}


def acts(char: str) -> bool:
    return char not in SEEN | {"\n", "\t"} and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


@pytest.mark.parametrize("plane", range(17))
def test_every_character_that_acts_is_spelled_out_and_no_other_is(plane: int) -> None:
    line_ends = "\r\x85\u2028\u2029"
    for code in range(plane << 16, min((plane + 1) << 16, sys.maxunicode + 1)):
        char = chr(code)
        noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
        if plane and noncharacter:
            continue
        if char in line_ends:
            assert clean(char) == "\n"
        elif acts(char) or noncharacter:
            assert clean(char).isascii(), hex(code)
            assert ast.literal_eval(f'"{clean(char)}"') == char
        else:
            assert clean(char) == char, hex(code)


@pytest.mark.parametrize(
    "text",
    [
        "山田　太郎",
        "葛\U000e0100城市",
        "か\u3099く",
        "👩\u200d🔬 👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 🧑🏽\u200d💻 🏳\ufe0f\u200d🌈",
        "ValueError: shapes differ\n\t(3,) and (2,)",
        "e\u0301 ﷽ ½ ①",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("abc\u202edef", r"abc\u202edef"),
        ("a\u200bb", r"a\u200bb"),
        ("a\u200db", r"a\u200db"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_examples(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text(st.characters(exclude_categories=[])))
def test_a_clean_text_is_one_that_every_file_holds_and_stays(text: str) -> None:
    found = clean(text)
    assert not any(acts(c) for c in found if c != "\u200d")
    assert found.encode().decode() == found
    assert clean(found) == found
    assert "\n" not in clean_line(text)
    assert "\t" not in clean_line(text)
    assert clean_line(clean_line(text)) == clean_line(text)
