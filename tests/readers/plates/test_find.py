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

from provcheck.domain.plate import PlateRegion
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.readers.plates import find_plates
from provcheck.readers.plates.look import plates_of
from provcheck.readers.plates.network import ModelError, Networks, digests, listing, load_model

glyphs: Any = pytest.importorskip("training.glyphs")
layouts: Any = pytest.importorskip("training.layouts")
drawing: Any = pytest.importorskip("training.draw")
world: Any = pytest.importorskip("training.world")

needs_fonts = pytest.mark.skipif(not Path(glyphs.FONTS / glyphs.FACES[0]).exists(), reason="Debian's fonts are not on this machine")
Photo = npt.NDArray[np.uint8]


@cache
def photo(kind: str = "1", width: int = 200, seed: int = 4) -> tuple[Photo, str]:
    """A gray street with one dark vehicle that carries a plate of this kind, and the plate's text."""
    rng = random.Random(seed)
    plan = layouts.RUSSIAN[kind][1](rng)
    plan.own = 1.0
    plate = drawing.draw(rng, plan)
    canvas = np.full((600, 800, 3), 120, np.float32)
    canvas += np.linspace(-30, 30, 600, dtype=np.float32)[:, None, None]
    cv2.rectangle(canvas, (180, 120), (620, 520), (60, 62, 70), -1)
    cv2.rectangle(canvas, (240, 160), (560, 280), (30, 32, 36), -1)
    height = width * plate.shape[0] / plate.shape[1]
    world.paste(
        canvas, plate, np.array([[300, 380], [300 + width, 384], [300 + width, 384 + height], [300, 380 + height]], np.float32)
    )
    return cv2.GaussianBlur(canvas, (0, 0), 0.6).clip(0, 255).astype(np.uint8), plan.text


def found(rgb: Photo) -> tuple[PlateRegion, ...]:
    reading = find_plates(rgb)
    return reading.value if isinstance(reading, Found) else ()


def texts(rgb: Photo) -> list[str]:
    return [region.reading.value.text for region in found(rgb) if isinstance(region.reading, Found)]


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
def test_a_mirrored_photo_is_said_to_be_mirrored() -> None:
    rgb, text = photo()
    mirrored = np.ascontiguousarray(rgb[:, ::-1])
    assert texts(mirrored) in ([text], texts(mirrored))
    assert text not in texts(mirrored) or "plates.mirrored" in notes(mirrored)


@needs_fonts
@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_turned_photo_is_never_read_without_saying_so(quarter: int) -> None:
    rgb, text = photo()
    turned = np.ascontiguousarray(np.rot90(rgb, quarter))
    assert text not in texts(turned) or notes(turned) & {"plates.upside-down", "plates.sideways"}


@needs_fonts
def test_a_plate_cut_by_the_frame_is_not_certain() -> None:
    rgb, _ = photo()
    for region in found(np.ascontiguousarray(rgb[:, 380:])):
        assert not isinstance(region.reading, Found) or not region.reading.value.certain


@needs_fonts
def test_a_negative_is_not_called_russian() -> None:
    for region in found(255 - photo()[0]):
        assert not isinstance(region.reading, Found) or region.reading.value.format != "RU"


@needs_fonts
def test_a_tiny_plate_is_not_read() -> None:
    rgb, _ = photo(width=20)
    for region in found(rgb):
        assert not isinstance(region.reading, Found) or not region.reading.value.certain


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
