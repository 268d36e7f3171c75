from __future__ import annotations

import codecs
import time

import pytest

from autograder.collect.decoding import MAX_BYTES, decode

TEXT = "# 活性化関数：髙﨑①\ndef relu(x):\n    return x\n"
PLAIN = "# 活性化関数\ndef relu(x):\n    return x\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "UTF-32"),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "UTF-32"),
        (TEXT.encode("cp932"), "Shift_JIS (cp932)"),
    ],
)
def test_text_survives_every_usual_encoding(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.problem) == (TEXT, encoding, None)
    assert decoded.is_utf8 == (encoding == "utf-8")


@pytest.mark.parametrize(
    ("cookie", "codec"),
    [("euc-jp", "euc_jp"), ("iso-2022-jp", "iso2022_jp"), ("shift_jis", "cp932"), ("euc-jp-unix", "euc_jp")],
)
def test_a_coding_comment_decides_even_where_the_bytes_are_ambiguous(cookie: str, codec: str) -> None:
    text = f"#!/usr/bin/env python\n# -*- coding: {cookie} -*-\n{PLAIN}"
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert not decoded.is_utf8


def test_a_shift_jis_comment_reads_the_characters_that_only_cp932_has() -> None:
    text = f"# coding: sjis\n{TEXT}"
    assert decode(text.encode("cp932")).text == text


def test_a_coding_comment_that_lies_is_named_and_disregarded() -> None:
    text = f"# coding: utf-8\n{PLAIN}"
    decoded = decode(text.encode("cp932"))
    assert (decoded.text, decoded.bad_cookie) == (text, "utf-8")
    decoded = decode(f"# coding: ascii\n{PLAIN}".encode())
    assert (decoded.is_utf8, decoded.bad_cookie) == (True, "ascii")


def test_a_coding_comment_counts_in_the_first_two_lines_only() -> None:
    assert decode(b"x = 1\n# coding: latin-1\ny = '\xc3\xa9'\n").text == "x = 1\n# coding: latin-1\ny = 'é'\n"
    assert decode(b"\n\n# coding: latin-1\ny = '\xc3\xa9'\n").is_utf8


def test_an_ascii_file_is_utf8_whatever_its_comment_says() -> None:
    decoded = decode(b"# coding: cp932\nx = 1\n")
    assert decoded.is_utf8
    assert decoded.bad_cookie is None


@pytest.mark.parametrize("name", ["punycode", "idna", "rot13", "zlib", "no-such-codec", "unicode_escape", "utf-7"])
def test_codecs_that_are_no_file_encodings_are_not_run(name: str) -> None:
    data = f"# coding: {name}\n".encode() + b"x" * 500_000 + "é-".encode() * 1000
    start = time.monotonic()
    decoded = decode(data)
    assert decoded.text == data.decode()
    assert decoded.bad_cookie == name
    assert time.monotonic() - start < 2


def test_line_ends_become_newlines() -> None:
    assert decode(b"a = 1\r\nb = 2\rc = 3\n").text == "a = 1\nb = 2\nc = 3\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (codecs.BOM_UTF16_LE, "empty"),
        (b"x = 1\0\n", "NUL"),
        ("x = 1\n".encode("utf-16-le"), "NUL"),
        (codecs.BOM_UTF16_LE + "x\0".encode("utf-16-le"), "NUL"),
        (b"\x81\xff\xfe\x80\x81", "not text"),
        (codecs.BOM_UTF8 + b"\xff\xff", "not text"),
        (codecs.BOM_UTF16_LE + b"a", "not text"),
        (b"#" * (MAX_BYTES + 1), "larger than 1 MiB"),
    ],
)
def test_what_is_no_text_says_so_in_both_languages(data: bytes, words: str) -> None:
    decoded = decode(data)
    assert decoded.text is None
    assert decoded.problem is not None
    assert words in decoded.problem.en
    assert decoded.problem.ja.endswith(("。", "）。"))


def test_a_file_of_exactly_the_limit_is_read() -> None:
    assert decode(b"#" * MAX_BYTES).text == "#" * MAX_BYTES
