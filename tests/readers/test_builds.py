"""Builds of services: what fits the table of public facts, and what keeps a file from fitting."""

from __future__ import annotations

import io
from importlib.resources import files

import pytest
from PIL import Image

from provcheck.domain.reading import Found
from provcheck.domain.structure import Build
from provcheck.readers.metadata import read_metadata
from tests.readers.metadata_files import app1, ascii_, iptc_segment, jpeg, packet, tiff, xmp_segment

INSTRUCTIONS = 40  # IPTC dataset 2:40


def saved(width: int, height: int, quality: int, *, progressive: bool = False) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((width, height), 40).convert("RGB").save(stream, "JPEG", quality=quality, progressive=progressive)
    return stream.getvalue()


def services(data: bytes) -> list[str]:
    return [build.service for build in builds(data)]


def builds(data: bytes) -> tuple[Build, ...]:
    structure = read_metadata(data, second_opinion=False).structure
    assert isinstance(structure, Found)
    return structure.value.builds


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (saved(1280, 720, 87), ["Telegram"]),
        (saved(720, 1280, 87, progressive=True), ["Telegram", "Telegram"]),
        (saved(1280, 960, 80), ["Telegram"]),
        (saved(1600, 1200, 70), ["Signal", "WhatsApp"]),
        (saved(1600, 1200, 83, progressive=True), ["WhatsApp"]),
        (saved(2048, 100, 75), ["Signal"]),
        (saved(960, 540, 71, progressive=True), ["Facebook"]),
        (saved(1200, 675, 85), ["X"]),
        (saved(1280, 720, 86), []),
        (saved(1281, 720, 87), []),
        (saved(640, 480, 87), []),
        (saved(960, 540, 71), []),
    ],
)
def test_size_quality_and_coding_are_held_against_what_is_published(data: bytes, expected: list[str]) -> None:
    assert services(data) == expected


def test_a_file_that_still_holds_metadata_fits_no_build() -> None:
    base = saved(1280, 720, 87)
    assert services(jpeg(app1(tiff(ifd0={0x010F: ascii_("Maker")})), base=base)) == []
    assert services(jpeg(xmp_segment(packet('xmp:CreatorTool="A program"')), base=base)) == []
    assert services(jpeg(iptc_segment((2, 80, b"A desk")), base=base)) == []


def test_facebooks_own_string_is_no_metadata_that_speaks_against_facebook() -> None:
    base = saved(720, 540, 65, progressive=True)
    assert services(jpeg(iptc_segment((2, INSTRUCTIONS, b"FBMD0f000770010000")), base=base)) == ["Facebook"]


def test_segments_in_another_order_are_not_libjpegs() -> None:
    base = saved(1280, 720, 87)
    start = base.index(b"\xff\xc0")
    length = 2 + int.from_bytes(base[start + 2 : start + 4], "big")
    frame, rest = base[start : start + length], base[:start] + base[start + length :]
    scan = rest.index(b"\xff\xda")
    assert services(rest[:scan] + frame + rest[scan:]) == []


def test_every_row_of_the_table_has_a_public_source() -> None:
    lines = files("provcheck.readers").joinpath("builds.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) >= 9
    assert all(len(row) == 8 and row[-1].startswith("https://") for row in rows)
