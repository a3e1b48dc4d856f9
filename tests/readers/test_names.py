"""Raw EXIF fields read as people write them."""

from __future__ import annotations

import io

from PIL import Image

from provcheck.domain.reading import Found
from provcheck.readers.metadata import read_metadata

XP_COMMENT = 0x9C9C
LONG = "снято у дороги, " * 60


def raw(tag: int, value: bytes) -> dict[str, str]:
    exif, file = Image.Exif(), io.BytesIO()
    exif[tag] = value
    Image.new("RGB", (8, 8)).save(file, "JPEG", exif=exif)
    fields = read_metadata(file.getvalue()).fields
    assert isinstance(fields, Found)
    return {field.name: field.value for field in fields.value if not field.key}


def test_what_windows_wrote_is_text() -> None:
    assert raw(XP_COMMENT, "Oral, дорога\0\0".encode("utf-16-le"))["IFD0 XPComment"] == "Oral, дорога"


def test_text_of_windows_that_breaks_off_or_runs_on_is_shown_as_far_as_it_goes() -> None:
    assert raw(XP_COMMENT, "Oral".encode("utf-16-le")[:-1])["IFD0 XPComment"] == "Ora\ufffd"
    assert raw(XP_COMMENT, LONG.encode("utf-16-le"))["IFD0 XPComment"] == LONG[:500]
