"""Names that real files hold reach the question whose name stands on the picture."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from provcheck.checks import credit
from provcheck.domain.finding import Leaning
from provcheck.readers.metadata import read_metadata
from tests.values import case, claim, exhibit

ARTIST, COPYRIGHT, XP_AUTHOR = 0x013B, 0x8298, 0x9C9D


def photo(tag: int, value: str | bytes) -> bytes:
    exif, file = Image.Exif(), io.BytesIO()
    exif[tag] = value
    Image.new("RGB", (64, 48)).save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.mark.parametrize(
    ("tag", "value"), [(ARTIST, "A Reader"), (COPYRIGHT, "(c) A Reader 2023"), (XP_AUTHOR, "A Reader\0".encode("utf-16-le"))]
)
def test_a_name_in_the_file_is_found_where_a_claim_names_it(tag: int, value: str | bytes) -> None:
    seen = exhibit(fields=read_metadata(photo(tag, value)).fields)
    assert seen.evidence is not None
    answer = credit.CHECK.answer(seen, seen.evidence, case(seen, claim(credit="a reader")))
    assert isinstance(answer, tuple)
    assert [finding.leaning for finding in answer] == [Leaning.SUPPORTS]
