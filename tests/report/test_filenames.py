"""File names for students: safe, unique, and the same for the page and the links to it."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.report.filenames import FileNames, link, slug


@pytest.mark.parametrize(
    ("student", "name"),
    [
        ("s001", "s001"),
        ("2026-A_1.b", "2026-A_1.b"),
        ("山田太郎", "山田太郎"),
        ("山田 太郎", "山田%20太郎"),
        ("../x", "%2E.%2Fx"),
        (".", "%2E"),
        ("..", "%2E%2E"),
        ("a/b\\c:d", "a%2Fb%5Cc%3Ad"),
        ("100%", "100%25"),
        ("trailing.", "trailing%2E"),
        ("con", "%63on"),
        ("NUL.txt", "%4EUL.txt"),
        ("com1", "%63om1"),
        ("console", "console"),
        ("\0", "%00"),
        ("", "~"),
    ],
)
def test_what_is_not_a_letter_or_digit_is_percent_encoded(student, name):
    assert slug(student) == name


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_every_id_gives_a_name_that_every_system_takes(student):
    name = FileNames(".html").of(student)
    assert len(name.encode()) <= 160
    assert not set(name) & set('/\\:*?"<>|\0\n\r\t ')
    assert name not in (".html", "..html")
    assert not name.startswith(".")
    assert unquote(link(name)) == name


@given(st.lists(st.text(max_size=8), unique=True, max_size=30))
def test_no_two_students_share_a_file(students):
    names = FileNames(".html")
    found = [unicodedata.normalize("NFKC", names.of(s)).casefold() for s in students]
    assert len(set(found)) == len(students)
    assert [names.of(s) for s in students] == [names.of(s) for s in students]


def test_names_that_differ_only_in_case_or_composition_are_told_apart():
    names = FileNames(".html")
    found = {names.of(s).casefold() for s in ("Abe", "abe", "ABE", "がく", unicodedata.normalize("NFD", "がく"))}
    assert len(found) == 5
    assert names.of("Abe") == "Abe.html"


def test_long_ids_with_the_same_beginning_are_told_apart():
    names = FileNames(".html")
    assert names.of("x" * 300) != names.of("x" * 301)
    assert names.of("あ" * 300) != names.of("あ" * 301)
