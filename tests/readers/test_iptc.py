"""IPTC: datasets in the character set that the envelope names, within bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provcheck.readers.iptc import datasets, iptc_fields, resources


def dataset(record: int, number: int, value: bytes) -> bytes:
    return bytes((0x1C, record, number)) + len(value).to_bytes(2, "big") + value


def city(*rows: bytes) -> str:
    read, _ = datasets(b"".join(rows))
    return next(field.value for field in iptc_fields(read) if field.key == "iptc.city")


def test_utf_8_is_read_with_and_without_its_mark() -> None:
    assert city(dataset(1, 90, b"\x1b%G"), dataset(2, 90, "Göteborg".encode())) == "Göteborg"
    assert city(dataset(2, 90, "Göteborg".encode())) == "Göteborg"


def test_what_is_no_utf_8_is_latin_1() -> None:
    assert city(dataset(2, 90, "Göteborg".encode("latin-1"))) == "Göteborg"


def test_cyrillic_is_read_in_the_set_that_the_envelope_names() -> None:
    assert city(dataset(1, 90, b"\x1b-L"), dataset(2, 90, "Аксай".encode("iso8859-5"))) == "Аксай"


def test_keywords_repeat_and_a_city_does_not() -> None:
    rows, whole = datasets(dataset(2, 25, b"a") + dataset(2, 25, b"b") + dataset(2, 90, b"x") + dataset(2, 90, b"y"))
    assert whole
    assert [field.value for field in iptc_fields(rows)] == ["a", "b", "x"]


def test_a_dataset_longer_than_its_block_breaks_off() -> None:
    rows, whole = datasets(dataset(2, 5, b"kept") + b"\x1c\x02\x19\x7f\xffshort")
    assert not whole
    assert [value for _, _, value in rows] == [b"kept"]


def test_an_extended_length_is_followed() -> None:
    rows, whole = datasets(b"\x1c\x02\x78\x80\x04" + (3).to_bytes(4, "big") + b"abc")
    assert whole
    assert rows == ((2, 120, b"abc"),)


@given(st.binary(max_size=200))
def test_any_bytes_are_walked(data: bytes) -> None:
    datasets(b"\x1c\x02" + data)
    resources(b"8BIM" + data)


def test_of_two_character_sets_the_last_holds() -> None:
    rows = ((1, 90, b"\x1b%5"), (1, 90, b"\x1b%G"), (2, 80, "© Ölberg".encode()))
    assert [(field.value, field.strict) for field in iptc_fields(rows)] == [("© Ölberg", "")]


def test_text_in_an_unknown_character_set_is_guessed_and_marked() -> None:
    rows = ((1, 90, b"\x1b%5"), (2, 80, "Ölberg".encode("latin-1")))
    assert [(field.value, field.strict) for field in iptc_fields(rows)] == [("Ölberg", "?lberg")]
