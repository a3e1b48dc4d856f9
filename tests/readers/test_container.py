"""Containers: blocks are found in every format, and a walk that breaks off says so."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from provcheck.readers.container import Kind, walk
from tests.pictures import saved
from tests.readers.metadata_files import (
    FORMATS,
    ORDINARY,
    app1,
    box,
    chunk,
    heic,
    jpeg,
    jxl,
    packet,
    picture,
    png,
    segment,
    webp,
    with_exif,
    xmp_segment,
)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_exif_block_is_found_in_every_format(format_: str) -> None:
    container = walk(with_exif(format_, ORDINARY))
    assert container is not None
    assert container.whole
    assert [block.data for block in container.all(Kind.EXIF)] == [ORDINARY]


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WebP", "HEIC", "JPEG XL"])
def test_a_file_cut_in_its_header_is_not_whole(format_: str) -> None:
    data = with_exif(format_, ORDINARY)
    cut = walk(data[: data.index(ORDINARY) + 20])
    assert cut is not None
    assert not cut.whole
    assert cut.damage


def test_a_jpeg_cut_in_its_picture_still_has_all_its_metadata() -> None:
    data = jpeg(app1(ORDINARY))
    container = walk(data[:-20])
    assert container is not None
    assert container.whole
    assert [fault.id for fault in container.damage] == ["metadata.no-end"]


def test_extended_xmp_is_joined_by_its_offsets() -> None:
    guid, whole = b"0" * 32, b"x" * 50 + b"y" * 30
    head = b"http://ns.adobe.com/xmp/extension/\x00" + guid + struct.pack(">L", 80)
    parts = [head + struct.pack(">L", 50) + whole[50:], head + struct.pack(">L", 0) + whole[:50]]
    container = walk(jpeg(*(segment(0xE1, part) for part in parts)))
    assert container is not None
    assert [block.data for block in container.all(Kind.EXTENDED_XMP)] == [whole]


def test_an_extended_packet_that_opens_as_a_packet_is_still_extended() -> None:
    """As Pixel telephones write it: the first piece begins with the packet's own root."""
    whole = packet("xmp:Label='long'")
    piece = b"http://ns.adobe.com/xmp/extension/\x00" + b"A" * 32 + struct.pack(">LL", len(whole), 0) + whole
    container = walk(jpeg(xmp_segment(packet("xmp:Label='short'")), segment(0xE1, piece)))
    assert container is not None
    assert [block.data for block in container.all(Kind.EXTENDED_XMP)] == [whole]
    assert len(container.all(Kind.XMP)) == 1
    assert container.damage == ()


def test_extended_xmp_with_a_gap_is_damage() -> None:
    head = b"http://ns.adobe.com/xmp/extension/\x00" + b"0" * 32 + struct.pack(">L", 80)
    container = walk(jpeg(segment(0xE1, head + struct.pack(">L", 40) + b"y" * 40)))
    assert container is not None
    assert [fault.id for fault in container.damage] == ["metadata.extended-xmp-gap"]


def test_size_progression_and_tables_are_read_from_the_frame() -> None:
    container = walk(picture(80, 56))
    assert container is not None
    assert (container.width, container.height, container.process) == (80, 56, 0)
    assert len(container.tables) == 2
    assert container.sampling[0] == (2, 2)


def test_compressed_png_text_unpacks_within_a_bound() -> None:
    bomb = chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"a" * (32 << 20)))
    container = walk(png(bomb, bomb))
    assert container is not None
    assert sum(len(block.data) for block in container.blocks) < 9 << 20
    assert "metadata.broken-compression" in [fault.id for fault in container.damage]


def test_png_text_says_that_the_standard_wants_latin_1() -> None:
    container = walk(png(chunk(b"tEXt", "Author\x00Ölberg".encode()), chunk(b"tEXt", "Title\x00Ölberg".encode("latin-1"))))
    assert container is not None
    texts = container.all(Kind.TEXT)
    assert [block.data for block in texts] == ["Author\x00Ölberg".encode(), "Title\x00Ölberg".encode("latin-1")]
    assert all(block.latin for block in texts)


def test_imagemagicks_hexadecimal_profile_gives_the_exif_block() -> None:
    body = b"\nexif\n" + str(len(ORDINARY)).encode() + b"\n" + ORDINARY.hex().encode()
    container = walk(png(chunk(b"tEXt", b"Raw profile type exif\x00" + body)))
    assert container is not None
    assert container.first(Kind.EXIF)


def test_webp_and_heic_hold_what_they_state() -> None:
    container = walk(webp(exif=ORDINARY, xmp=packet("")))
    assert container is not None
    assert (container.width, container.height) == (64, 48)
    assert container.first(Kind.XMP)
    assert walk(heic(ORDINARY)[:-1]) is not None


def test_a_heic_file_of_a_million_empty_boxes_ends_at_the_bound() -> None:
    container = walk(box(b"ftyp", b"heic\x00\x00\x00\x00") + box(b"free", b"") * 100_000)
    assert container is not None
    assert not container.whole


def test_a_heic_file_without_a_meta_box_hides_its_metadata() -> None:
    container = walk(box(b"ftyp", b"heic\x00\x00\x00\x00"))
    assert container is not None
    assert not container.whole


def test_an_unknown_signature_has_no_container() -> None:
    assert walk(b"hello, world") is None


@given(st.sampled_from(FORMATS), st.integers(2, 600), st.binary(min_size=1, max_size=6))
def test_a_few_changed_bytes_never_break_a_walk(format_: str, at: int, replacement: bytes) -> None:
    data = with_exif(format_, ORDINARY)
    walk(data[:at] + replacement + data[at + len(replacement) :])


@given(st.sampled_from(FORMATS), st.integers(0, 900))
def test_a_file_cut_anywhere_is_walked(format_: str, length: int) -> None:
    walk(with_exif(format_, ORDINARY)[:length])


def test_the_xmp_segment_loses_its_name() -> None:
    container = walk(jpeg(xmp_segment(packet(""))))
    assert container is not None
    assert container.all(Kind.XMP)[0].data == packet("")


def test_a_jpeg_with_less_data_than_any_picture_of_its_size_takes_is_damaged() -> None:
    """A decoder fills 12,000 x 12,000 pixels with grey and calls the file sound."""
    data = picture()
    at = data.index(b"\xff\xc0") + 5
    assert walk(data).damage == ()  # type: ignore[union-attr]
    claimed = data[:at] + struct.pack(">HH", 12000, 12000) + data[at + 4 :]
    (damage,) = walk(claimed).damage  # type: ignore[union-attr]
    assert damage.id == "metadata.picture-missing"


@pytest.mark.parametrize("options", [{"quality": 1}, {"quality": 1, "progressive": True}, {"quality": 1, "optimize": True}])
def test_the_emptiest_pictures_hold_data_enough(options: dict[str, int]) -> None:
    for mode in ("L", "RGB", "CMYK"):
        assert walk(saved(Image.new(mode, (4000, 3000)), "JPEG", **options)).damage == ()  # type: ignore[union-attr]


def test_a_jpeg_xl_block_that_is_packed_with_brotli_is_told_and_nothing_is_called_absent() -> None:
    whole = jxl(ORDINARY)
    container = walk(whole + box(b"brob", b"Exifpacked!!"))
    assert container is not None
    assert not container.whole
    assert [fault.id for fault in container.damage] == ["metadata.broken-compression"]


def test_a_bare_jpeg_xl_codestream_has_no_place_for_metadata() -> None:
    container = walk(b"\xff\x0a" + bytes(20))
    assert container is not None
    assert (container.format, container.whole, container.blocks) == ("JPEG XL", True, ())
