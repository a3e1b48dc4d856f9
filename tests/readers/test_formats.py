"""Formats are told by their first bytes, never by a name."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.readers.formats import RAW, sniff
from tests.pictures import saved, scene


@pytest.mark.parametrize(
    ("written", "format_"),
    [
        ("JPEG", "JPEG"),
        ("PNG", "PNG"),
        ("TIFF", "TIFF"),
        ("WEBP", "WebP"),
        ("GIF", "GIF"),
        ("AVIF", "AVIF"),
        ("BMP", "BMP"),
        ("JPEG2000", "JPEG 2000"),
    ],
)
def test_what_pillow_writes_is_known(written: str, format_: str) -> None:
    signature = sniff(saved(scene(32, 32), written))
    assert signature is not None
    assert signature.format == format_


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"hello", b"PK\x03\x04", b"%PDF-1.4", b"<svg/>", b"8BPS\0\1", b"MZ", b"%!PS-Adobe", bytes(4096)]
)
def test_other_files_are_not_pictures(data: bytes) -> None:
    assert sniff(data) is None


def heif(major: bytes, *compatible: bytes) -> bytes:
    body = major + bytes(4) + b"".join(compatible)
    return struct.pack(">I", 8 + len(body)) + b"ftyp" + body


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (heif(b"heic", b"mif1"), "HEIC"),
        (heif(b"mif1", b"mif1", b"heic"), "HEIC"),
        (heif(b"mif1", b"avif"), "AVIF"),
        (heif(b"mif1"), "HEIF"),
        (heif(b"crx ", b"isom"), RAW),
    ],
)
def test_the_most_specific_brand_names_the_format(data: bytes, format_: str) -> None:
    signature = sniff(data)
    assert signature is not None
    assert signature.format == format_


def test_a_video_is_not_a_picture() -> None:
    assert sniff(heif(b"isom", b"mp42")) is None


def tiff(*entries: tuple[int, int, int]) -> bytes:
    """A little-endian TIFF whose first directory holds (tag, type, value) entries."""
    body = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in sorted(entries))
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + body + bytes(4)


@pytest.mark.parametrize(
    ("entries", "raw"),
    [
        ([(0x0100, 4, 640), (0x010F, 2, 0)], False),  # a scan that names its scanner
        ([(0xC612, 1, 0x0401)], True),  # DNGVersion
        ([(0x00FE, 4, 1), (0x010F, 2, 0), (0x014A, 4, 99)], True),  # NEF: a small picture first, the raw one in a sub-directory
        ([(0x0103, 3, 6), (0x010F, 2, 0)], True),  # ARW
    ],
)
def test_camera_raw_is_told_from_a_saved_tiff(entries: list[tuple[int, int, int]], raw: bool) -> None:
    signature = sniff(tiff(*entries))
    assert signature is not None
    assert (signature.format == RAW) is raw


@given(st.binary(max_size=64), st.sampled_from([b"II*\0", b"MM\0*", b"\0\0\0\x18ftyp", b"RIFF", b"\xff\xd8\xff"]))
def test_no_bytes_make_it_raise(tail: bytes, head: bytes) -> None:
    sniff(head + tail)
