"""Raw EXIF fields read as people write them, and what EXIF calls software."""

from __future__ import annotations

import io

from PIL import Image

from provcheck.domain.metadata import Software
from provcheck.domain.reading import Found
from provcheck.readers.metadata import read_metadata

XP_COMMENT, MODEL, SOFTWARE, HOST = 0x9C9C, 0x0110, 0x0131, 0x013C
LONG = "снято у дороги, " * 60


def photo(tags: dict[int, str | bytes]) -> bytes:
    exif, file = Image.Exif(), io.BytesIO()
    for tag, value in tags.items():
        exif[tag] = value
    Image.new("RGB", (8, 8)).save(file, "JPEG", exif=exif)
    return file.getvalue()


def raw(tag: int, value: bytes) -> dict[str, str]:
    fields = read_metadata(photo({tag: value})).fields
    assert isinstance(fields, Found)
    return {field.name: field.value for field in fields.value if not field.key}


def test_what_windows_wrote_is_text() -> None:
    assert raw(XP_COMMENT, "Oral, дорога\0\0".encode("utf-16-le"))["IFD0 XPComment"] == "Oral, дорога"


def test_text_of_windows_that_breaks_off_or_runs_on_is_shown_as_far_as_it_goes() -> None:
    assert raw(XP_COMMENT, "Oral".encode("utf-16-le")[:-1])["IFD0 XPComment"] == "Ora\ufffd"
    assert raw(XP_COMMENT, LONG.encode("utf-16-le"))["IFD0 XPComment"] == LONG[:500]


def test_a_telephone_that_is_its_own_host_computer_is_no_software() -> None:
    named = read_metadata(photo({MODEL: "iPhone XS", HOST: "iPhone XS", SOFTWARE: "14.6"})).software
    assert named == Found((Software("14.6", "EXIF Software"),))
    assert read_metadata(photo({MODEL: "D70", HOST: "Mac OS X 10.4"})).software == Found(
        (Software("Mac OS X 10.4", "EXIF HostComputer"),)
    )
