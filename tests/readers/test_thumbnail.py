"""The embedded thumbnail: the same picture small, or another one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PIL import Image

from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.readers.thumbnail import read_thumbnail
from tests.pictures import saved, scene
from tests.readers.metadata_files import app1, jpeg, tiff

SAME, OTHER = Decimal("0.65"), Decimal("0.4")


def likeness(picture: Image.Image, thumbnail: Image.Image) -> Decimal:
    reading = read_thumbnail(jpeg(app1(tiff({}, thumbnail=saved(thumbnail, quality=60))), base=saved(picture)))
    assert isinstance(reading, Found)
    return reading.value.likeness


def test_a_thumbnail_of_the_same_picture_is_like_it() -> None:
    assert likeness(scene(640, 480), scene(640, 480).resize((160, 120))) > SAME


def test_bars_above_and_below_do_not_make_it_another_picture() -> None:
    padded = Image.new("RGB", (160, 120))
    padded.paste(scene(600, 400).resize((160, 107)), (0, 6))
    assert likeness(scene(600, 400), padded) > SAME


def test_a_picture_that_was_turned_and_not_its_thumbnail_is_like_it() -> None:
    assert likeness(scene(640, 480).transpose(Image.Transpose.ROTATE_90), scene(640, 480).resize((160, 120))) > SAME


def test_the_thumbnail_of_another_picture_is_not_like_it() -> None:
    assert likeness(scene(640, 480, 1), scene(640, 480, 9).resize((160, 120))) < OTHER


def test_a_crop_of_half_the_picture_is_not_like_its_old_thumbnail() -> None:
    whole = scene(640, 480)
    assert likeness(whole.crop((0, 0, 340, 255)), whole.resize((160, 120))) < OTHER


def test_a_flat_picture_says_nothing() -> None:
    flat = Image.new("RGB", (320, 240), (90, 90, 90))
    reading = read_thumbnail(jpeg(app1(tiff({}, thumbnail=saved(flat.resize((160, 120))))), base=saved(flat)))
    assert isinstance(reading, Unreadable)


def test_no_thumbnail_is_absent() -> None:
    assert read_thumbnail(saved(scene())) == Absent()


@pytest.mark.parametrize("broken", [b"\xff\xd8 no picture", saved(scene())[:200]])
def test_a_broken_thumbnail_is_unreadable(broken: bytes) -> None:
    assert isinstance(read_thumbnail(jpeg(app1(tiff({}, thumbnail=broken)))), Unreadable)
