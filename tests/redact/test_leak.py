"""The self-test finds what it is there for: each kind of leak is planted, and found; a clean file has none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from provcheck.domain.photo import Picture
from provcheck.domain.plate import PlateRegion, PlateText, Quad
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.redaction import Removed, Trial
from provcheck.domain.text import say
from provcheck.redact.leak import byte_leaks, pixel_leaks
from provcheck.redact.plain_jpeg import FormError, encoded, frame, parts
from provcheck.redact.search import first_found, spellings, windows
from provcheck.redact.solid import fill, grown, mask, share
from tests.pictures import exif, saved, scene

RGB = np.asarray(scene(321, 243), np.uint8)
PLAIN = encoded(RGB)
NOTHING = Removed((), b"")
QUAD: Quad = ((100, 60), (160, 60), (160, 80), (100, 80))
TEXT = PlateText("A000AA163", True, Decimal("0.9"), "RU")


def kinds(jpeg: bytes, removed: Removed = NOTHING, width: int = 321, height: int = 243) -> list[str]:
    return [text.id for text in byte_leaks(jpeg, width, height, removed)]


def test_a_plain_file_has_no_leak_and_its_frame_is_that_of_any_picture_of_its_size() -> None:
    assert kinds(PLAIN) == []
    assert parts(PLAIN).frame == frame(321, 243) == parts(encoded(RGB[::-1])).frame


@pytest.mark.parametrize(
    "options",
    [{"comment": b"by Anna"}, {"exif": exif(Make="Maker")}, {"icc_profile": b"profile"}, {"dpi": (300, 300)}, {"optimize": True}],
)
def test_whatever_stands_beside_the_pixels_is_a_leak(options: dict[str, Any]) -> None:
    assert kinds(saved(scene(321, 243), quality=90, subsampling=0, **options)) == ["redact.leak.frame"]


@pytest.mark.parametrize(
    "broken", [PLAIN + b"tail", PLAIN[:-2], b"", b"\xff\xd8", PLAIN[:400], PLAIN[:900] + b"\xff\xe1" + PLAIN[900:]]
)
def test_bytes_behind_or_amid_the_picture_are_a_leak(broken: bytes) -> None:
    assert kinds(broken) == ["redact.leak.form"]


def test_a_progressive_file_is_not_plain() -> None:
    with pytest.raises(FormError):
        parts(saved(scene(), progressive=True))


@pytest.mark.parametrize("size", [(1, 1), (8, 8), (9, 4000), (3000, 7)])
def test_the_frame_is_known_for_every_size(size: tuple[int, int]) -> None:
    width, height = size
    assert kinds(encoded(np.zeros((height, width, 3), np.uint8)), NOTHING, width, height) == []


def planted(data: bytes) -> bytes:
    """The picture with `data` in the middle of its coded pixels."""
    middle = len(PLAIN) // 2
    assert b"\xff" not in data
    return PLAIN[:middle] + data + PLAIN[middle + len(data) :]


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "cp1251"])
def test_a_string_of_the_source_is_found_in_every_coding(coding: str) -> None:
    name = "Анна Б. 012345678901"
    assert kinds(planted(name.encode(coding)), Removed(("x", "1", name), b"")) == ["redact.leak.string"]


def test_a_run_of_a_removed_block_is_found_wherever_it_begins() -> None:
    block = np.random.default_rng(3).integers(0, 255, 4000, np.uint8).tobytes()
    for start in (0, 7, 1001, 3969):
        assert kinds(planted(block[start : start + 31]), Removed((), windows([block]))) == ["redact.leak.block"], start


def test_what_repeats_itself_tells_nothing_and_is_not_searched_for() -> None:
    assert windows([b"\x28\xa2\x8a" * 400, b"abcdefg" * 100, bytes(999)]) == b""
    assert (
        windows([b"\x82\x82" + b"\x80\x0a\x00\x28\x00\xa0\x02" * 2]) == b""
    )  # the edge of a sky, as a camera's thumbnail codes it
    assert spellings("000000000") == ()


def test_short_words_are_not_looked_for_among_coded_pixels() -> None:
    assert spellings("Canon") == ("Canon".encode("utf-16-le"), "Canon".encode("utf-16-be"))


def test_a_needle_is_found_at_every_place() -> None:
    hay = bytes(range(200)) * 3
    for at in range(len(hay) - 20):
        assert first_found(hay[at:], [b"nowhere-at-all", hay[at : at + 20]]) == hay[at : at + 20]
    assert first_found(hay, [b"nowhere-at-all"]) is None
    assert first_found(b"", [b"nowhere-at-all"]) is None


def region(quad: Quad = QUAD, read: bool = False) -> PlateRegion:
    reading = Found(TEXT) if read else Unreadable(say("plates.not-read"))
    return PlateRegion(quad, Decimal("0.9"), reading, Picture("image/jpeg", 1, 1, b""))


def looked(*regions: PlateRegion, undo: tuple[Quad, ...] = (), filled: bool = True) -> list[str]:
    rgb = fill(RGB, mask(321, 243, (QUAD,))) if filled else RGB
    seen = Found(regions) if regions else Absent()
    return [text.id for text in pixel_leaks(rgb, Trial(True, (QUAD,), undo), seen).found]


def test_a_covered_place_that_shows_anything_is_a_leak() -> None:
    assert looked() == []
    assert looked(filled=False) == ["redact.leak.pixels"]


def test_a_plate_that_is_still_visible_is_a_leak_unless_a_person_took_it_back() -> None:
    other = ((10, 200), (60, 200), (60, 215), (10, 215))
    assert looked(region(other)) == ["redact.leak.plate"]
    assert looked(region(other), undo=(((5, 190), (70, 190), (70, 220), (5, 220)),)) == []


def test_the_black_block_itself_is_no_leak_and_a_readable_one_is() -> None:
    assert looked(region()) == []
    assert looked(region(read=True)) == ["redact.leak.plate"]


def test_a_detector_that_could_not_look_is_a_leak() -> None:
    broken = Unreadable(say("plates.model-digest", file="detector.onnx"))
    leaks = pixel_leaks(fill(RGB, mask(321, 243, (QUAD,))), Trial(True, (QUAD,), ()), broken)
    assert [text.id for text in leaks.found] == ["redact.leak.unsearched"]


def test_a_filled_block_is_solid_after_encoding_and_covers_the_outline_whole() -> None:
    from io import BytesIO

    from PIL import Image

    outline = ((33, 21), (150, 40), (140, 77), (30, 61))
    covered = mask(321, 243, (outline,))
    back = np.asarray(Image.open(BytesIO(encoded(fill(RGB, covered)))).convert("RGB"))
    assert (back[covered] == 0).all()
    assert share(outline, covered) == 1.0
    assert not covered[:, 200:].any()


def test_a_bow_tie_and_a_dent_are_filled_as_their_hull() -> None:
    bow = ((0, 0), (80, 80), (80, 0), (0, 80))
    assert mask(96, 96, (bow,))[:80, :80].all()


def test_a_detected_outline_grows_on_every_side() -> None:
    assert grown(((100, 100), (200, 100), (200, 120), (100, 120))) == ((88, 96), (212, 96), (212, 124), (88, 124))
