"""TIFF structures: every count and offset of a stranger's block is bounded."""

from __future__ import annotations

import struct
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.readers.tiff import MAX_DIRECTORIES, read_tiff, text
from tests.readers.metadata_files import AKSAY, CAMERA, ORDINARY, TIMES, ascii_, rationals, tiff


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_byte_orders_give_the_same_values(order: str) -> None:
    read = read_tiff(tiff({0x010F: ascii_("Example"), 0x829A: rationals((1, 200), order=order)}, order=order))
    assert read is not None
    make, time = read.entry("IFD0", 0x010F), read.entry("IFD0", 0x829A)
    assert make
    assert time
    assert text(read.raw(make)) == "Example"
    assert read.numbers(time) == (Fraction(1, 200),)


def test_pointers_lead_to_exif_and_gps() -> None:
    read = read_tiff(ORDINARY)
    assert read is not None
    assert [directory.name for directory in read.directories] == ["IFD0", "Exif", "GPS"]
    assert not read.damage


def test_a_rational_over_zero_is_no_number() -> None:
    read = read_tiff(tiff({0x829A: rationals((1, 0))}))
    assert read is not None
    entry = read.entry("IFD0", 0x829A)
    assert entry
    assert read.numbers(entry) == (None,)


def test_a_value_out_of_reach_is_counted_as_damage_and_the_rest_is_read() -> None:
    whole = tiff({0x010F: ascii_("Example Camera Works"), 0x0112: (3, 1, b"\x06\x00")})
    read = read_tiff(whole[:-8])
    assert read is not None
    assert [fault.id for fault in read.damage] == ["metadata.values-out-of-reach"]
    orientation = read.entry("IFD0", 0x0112)
    assert orientation
    assert read.numbers(orientation) == (6,)


def test_a_directory_that_follows_itself_is_read_once() -> None:
    block = bytearray(tiff({0x0112: (3, 1, b"\x01\x00")}))
    struct.pack_into("<L", block, 8 + 2 + 12, 8)
    read = read_tiff(bytes(block))
    assert read is not None
    assert len(read.directories) == 1
    assert [fault.id for fault in read.damage] == ["metadata.directory-loop"]


def test_a_chain_of_ten_thousand_directories_ends_at_the_bound() -> None:
    empty = b"".join(struct.pack("<HL", 0, 8 + 6 * (i + 1)) for i in range(10_000))
    read = read_tiff(b"II*\x00\x08\x00\x00\x00" + empty)
    assert read is not None
    assert len(read.directories) == MAX_DIRECTORIES
    assert read.damage[-1].id == "metadata.too-many-directories"


def test_of_two_entries_with_one_tag_the_last_counts() -> None:
    entry = struct.pack("<HHLL", 0x0112, 3, 1, 1)
    block = b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", 2) + entry + entry[:-4] + b"\x06\x00\x00\x00" + b"\x00" * 4
    read = read_tiff(block)
    assert read is not None
    found = read.entry("IFD0", 0x0112)
    assert found
    assert read.numbers(found) == (6,)


def test_windows_cyrillic_is_told_by_its_rows_of_high_letters() -> None:
    assert text("Программа обработки".encode("cp1251")) == "Программа обработки"
    assert text("© Müller, Köln".encode("latin-1")) == "© Müller, Köln"


def test_text_is_utf_8_where_it_decodes_and_latin_1_where_not() -> None:
    assert text("Ölberg".encode()) == "Ölberg"
    assert text("Ölberg".encode("latin-1")) == "Ölberg"
    assert text(b"cut\x00here") == "cut"
    assert len(text(b"a" * 5000)) == 500


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_tiff(b"II*\x00" + data)
    read_tiff(b"MM\x00*" + data)


@given(st.integers(0, len(ORDINARY) - 1), st.binary(min_size=1, max_size=4))
def test_a_few_changed_bytes_never_break_the_reader(at: int, replacement: bytes) -> None:
    block = ORDINARY[:at] + replacement + ORDINARY[at + len(replacement) :]
    read = read_tiff(block)
    if read is not None:
        for directory in read.directories:
            for entry in directory.entries:
                read.numbers(entry)
                read.raw(entry)


def test_the_builder_of_these_tests_writes_what_it_says() -> None:
    assert len(tiff(CAMERA, TIMES, AKSAY)) == len(ORDINARY)
