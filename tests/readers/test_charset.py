"""Where nobody states a character set, the guess is for people and the strict reading for comparing."""

from __future__ import annotations

import pytest

from provcheck.domain.metadata import Field
from provcheck.readers.charset import latin, unstated
from provcheck.readers.row import guesses, row_of


@pytest.mark.parametrize("read", [latin, unstated])
def test_ascii_has_one_reading(read: object) -> None:
    assert callable(read)
    assert read(b"Oral\x00tail", 100) == ("Oral", "")


def test_bytes_that_are_no_utf_8_are_marked_in_the_strict_reading() -> None:
    assert unstated("Wördehoff".encode("latin-1"), 100) == ("Wördehoff", "W?rdehoff")
    assert unstated("Wördehoff".encode(), 100) == ("Wördehoff", "")


def test_cyrillic_windows_text_is_guessed_and_marked() -> None:
    assert unstated("Уральск".encode("cp1251"), 100) == ("Уральск", "???????")


def test_utf_8_where_latin_1_is_prescribed_has_both_readings() -> None:
    assert latin("Île".encode(), 100) == ("Île", "ÃŽle")
    assert latin("Île".encode("latin-1"), 100) == ("Île", "")


def test_rows_hold_the_strict_reading_and_guesses_the_other() -> None:
    fields = (Field("IPTC", "2:95", "Île", "iptc.state", "ÃŽle"), Field("PNG text", "Author", "Ö", "png.text", "Ã–"))
    assert row_of(fields) == {"iptc.state": "ÃŽle", "png.text": {"Author": "Ã–"}}
    assert guesses(fields) == {"iptc.state": "Île", "png.text Author": "Ö"}


def test_of_several_comments_the_first_counts() -> None:
    fields = (Field("comment", "Comment", "one", "file.comment"), Field("comment", "Comment", "two", "file.comment"))
    assert row_of(fields) == {"file.comment": "one"}
