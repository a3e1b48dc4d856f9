"""From a photo to its plates, on pictures rendered here: what is found, read, refused, and said."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from provcheck.domain.plate import PlateRegion, PlateText
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.readers.plates import find_plates
from provcheck.readers.plates.look import plates_of
from provcheck.readers.plates.network import ModelError, Networks, digests, listing, load_model

glyphs: Any = pytest.importorskip("training.glyphs")
russian: Any = pytest.importorskip("training.russian")
drawing: Any = pytest.importorskip("training.draw")
camera: Any = pytest.importorskip("training.camera")

needs_fonts = pytest.mark.skipif(not Path(glyphs.FONTS / glyphs.FACES[0]).exists(), reason="Debian's fonts are not on this machine")
Photo = npt.NDArray[np.uint8]
TURNS = {"plates.mirrored", "plates.upside-down", "plates.sideways"}


@cache
def photo(kind: str = "1", width: int = 200, seed: int = 4) -> tuple[Photo, str]:
    """A gray street with one dark vehicle that carries a plate of this kind, and the plate's text."""
    rng = random.Random(seed)
    plan = russian.RUSSIAN[kind][1](rng)
    plan.own = 1.0
    plate = drawing.draw(rng, plan)
    canvas = np.full((600, 800, 3), 120, np.float32)
    canvas += np.linspace(-30, 30, 600, dtype=np.float32)[:, None, None]
    cv2.rectangle(canvas, (180, 120), (620, 520), (60, 62, 70), -1)
    cv2.rectangle(canvas, (240, 160), (560, 280), (30, 32, 36), -1)
    height = width * plate.shape[0] / plate.shape[1]
    camera.paste(
        canvas, plate, np.array([[300, 380], [300 + width, 384], [300 + width, 384 + height], [300, 380 + height]], np.float32)
    )
    return cv2.GaussianBlur(canvas, (0, 0), 0.6).clip(0, 255).astype(np.uint8), plan.text


def found(rgb: Photo) -> tuple[PlateRegion, ...]:
    reading = find_plates(rgb)
    return reading.value if isinstance(reading, Found) else ()


def texts(rgb: Photo) -> list[str]:
    return [region.reading.value.text for region in found(rgb) if isinstance(region.reading, Found)]


def readings(rgb: Photo) -> list[PlateText]:
    return [region.reading.value for region in found(rgb) if isinstance(region.reading, Found)]


def on_a_screen(rgb: Photo) -> Photo:
    """The photo on a display with visible rows and subpixels, taken at a slant."""
    shown = rgb.astype(np.float32) * 0.8 + 20
    shown[::3] *= 0.75
    shown[:, ::3, 0] *= 1.15
    shown[:, 1::3, 2] *= 1.15
    high, wide = rgb.shape[:2]
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    seen = np.array([[120, 90], [1080, 60], [1100, 830], [90, 800]], np.float32)
    flat = cv2.warpPerspective(
        shown.clip(0, 255), cv2.getPerspectiveTransform(corners, seen), (1200, 900), borderValue=(30, 30, 30)
    )
    return cv2.GaussianBlur(flat, (0, 0), 0.7).clip(0, 255).astype(np.uint8)


def car_park(count: int) -> tuple[Photo, set[str]]:
    """Rows of cars seen from behind, and what stands on their plates."""
    rng = random.Random(9)
    canvas = np.full((1800, 2560, 3), 110, np.float32)
    expected = set()
    for at in range(count):
        x, y = 40 + at % 8 * 315, 40 + at // 8 * 350
        cv2.rectangle(canvas, (x, y), (x + 280, y + 300), tuple(rng.uniform(20, 220) for _ in range(3)), -1)
        cv2.rectangle(canvas, (x + 30, y + 20), (x + 250, y + 120), (40, 42, 46), -1)
        plan = russian.RUSSIAN["1"][1](rng)
        plan.own = 1.0
        expected.add(plan.text)
        left, top = x + 80.0, y + 200.0
        camera.paste(
            canvas,
            drawing.draw(rng, plan),
            np.array([[left, top], [left + 120, top], [left + 120, top + 26], [left, top + 26]], np.float32),
        )
    return cv2.GaussianBlur(canvas, (0, 0), 0.5).clip(0, 255).astype(np.uint8), expected


def notes(rgb: Photo) -> set[str]:
    return {text.id for region in found(rgb) if isinstance(region.reading, Found) for text in region.reading.value.decision}


@needs_fonts
def test_a_clear_plate_is_found_and_read() -> None:
    rgb, text = photo()
    assert texts(rgb) == [text]
    quad = found(rgb)[0].quad
    assert (
        np.abs(np.array(quad) - [[300, 380], [500, 384], [500, 427], [300, 423]]).max() <= 12
    )  # 6 % of the width: the ground around is plain


@needs_fonts
def test_the_crop_is_a_small_jpeg_of_the_straightened_plate() -> None:
    crop = found(photo()[0])[0].crop
    assert (crop.media_type, crop.data[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert crop.width <= 320
    assert 3.5 < crop.width / crop.height < 6


@needs_fonts
@pytest.mark.parametrize("kind", ["1", "1А", "1Б", "2", "5", "15", "20"])
def test_each_ordinary_kind_is_read_and_called_what_it_is(kind: str) -> None:
    rgb, text = photo(kind)
    assert [(read.text, read.format, read.kind) for read in readings(rgb)] == [(text, "RU", kind)]


@needs_fonts
def test_a_mirrored_photo_is_said_to_be_mirrored() -> None:
    rgb, text = photo()
    mirrored = np.ascontiguousarray(rgb[:, ::-1])
    assert texts(mirrored) == [text]
    assert notes(mirrored) & TURNS == {"plates.mirrored"}
    assert not notes(rgb) & TURNS


@needs_fonts
@pytest.mark.parametrize(("quarter", "note"), [(1, "plates.sideways"), (2, "plates.upside-down"), (3, "plates.sideways")])
def test_a_turned_photo_is_read_and_said_to_be_turned(quarter: int, note: str) -> None:
    rgb, text = photo()
    turned = np.ascontiguousarray(np.rot90(rgb, quarter))
    assert texts(turned) == [text]
    assert notes(turned) & TURNS == {note}
    quad = np.array(found(turned)[0].quad, float)
    first = np.array([[300, 380], [500, 384], [500, 427], [300, 423]], float)
    for width in (800, 600, 800)[:quarter]:  # where rot90 puts a point of a picture of this width
        first = np.stack([first[:, 1], width - first[:, 0]], 1)
    assert np.abs(quad - first).max() <= 14


@needs_fonts
@pytest.mark.parametrize("left", [330, 380, 430])
def test_a_plate_cut_by_the_frame_is_never_certain(left: int) -> None:
    rgb, _ = photo()
    assert not any(read.certain for read in readings(np.ascontiguousarray(rgb[:, left:])))


@needs_fonts
@pytest.mark.parametrize("kind", ["1", "2", "5", "20"])
def test_a_negative_is_not_called_russian_unless_it_is_said_that_it_may_be_one(kind: str) -> None:
    for read in readings(255 - photo(kind)[0]):
        said = {text.id for text in read.decision}
        assert read.format != "RU" or "plates.or-negative" in said


@needs_fonts
def test_a_picture_of_a_screen_is_read_or_left_uncertain() -> None:
    rgb, text = photo()
    assert all(read.text == text or not read.certain for read in readings(on_a_screen(rgb)))


@needs_fonts
def test_a_plate_of_20_by_5_pixels_is_not_read() -> None:
    for region in found(photo(width=20)[0]):
        assert isinstance(region.reading, Unreadable) or not region.reading.value.certain  # type: ignore[union-attr]


@needs_fonts
def test_in_a_photo_of_forty_cars_every_plate_has_its_own_text() -> None:
    rgb, expected = car_park(40)
    read = [(read.text, read.certain) for read in readings(rgb)]
    assert sum(text in expected for text, _ in read) >= 36
    assert all(text in expected for text, certain in read if certain)
    assert len({text for text, _ in read}) == len(read)


@needs_fonts
def test_a_plate_of_40_pixels_in_24_megapixels_is_found() -> None:
    rgb, _ = photo(width=40)
    large = np.tile(np.full((1, 1, 3), 120, np.uint8), (4000, 6000, 1))
    large[2000:2600, 3000:3800] = rgb
    assert any(abs(region.quad[0][0] - 3300) < 10 and abs(region.quad[0][1] - 2380) < 10 for region in found(large))


@pytest.mark.parametrize("shape", [(1, 1), (5, 20), (20, 5), (3, 4000), (4000, 3), (48, 48), (31, 33)])
def test_odd_shapes_are_looked_at_without_error(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (*shape, 3), np.uint8)
    assert all(not isinstance(region.reading, Found) or not region.reading.value.certain for region in found(noise))


def test_a_plain_picture_has_no_plates() -> None:
    assert isinstance(find_plates(np.full((480, 640, 3), 90, np.uint8)), Absent)


def test_a_model_with_another_digest_stops_all_reading() -> None:
    def load() -> Networks:
        load_model("reader.onnx", "0" * 64)
        raise AssertionError("a wrong digest was accepted")

    reading = plates_of(np.zeros((100, 100, 3), np.uint8), load)
    assert isinstance(reading, Unreadable)
    assert reading.reason.id == "plates.model-digest"


def test_a_missing_model_is_named() -> None:
    with pytest.raises(ModelError, match=r"absent\.onnx"):
        load_model("absent.onnx", "0" * 64)


def test_the_models_together_stay_small() -> None:
    assert sum(model["bytes"] for model in listing()["model"]) <= 6_000_000
    assert {file for file, _ in digests()} == {"detector.onnx", "corners.onnx", "reader.onnx"}
