"""Photos on a page are told from the page, and a photo is not taken apart."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from provcheck.domain.reading import Found
from provcheck.readers.features import ARCHIVED, SUBMITTED, read_features
from provcheck.readers.layout import MOST, Gray, Panel, panels
from tests.archive.test_parts import _scene

SLACK = 12  # px; a photo's plain edge may be left out


def _gray(seed: int, width: int, height: int) -> Gray:
    """Drawn, with grain everywhere, as a photo has."""
    noise = np.random.default_rng(seed).normal(0, 12, (height, width))
    drawn = cv2.cvtColor(_scene(seed, width, height), cv2.COLOR_RGB2GRAY)
    return np.asarray((drawn * 0.8 + 20 + noise).clip(0, 255), dtype=np.uint8)


def _page(width: int, height: int, ground: int, *placed: tuple[int, int, Gray]) -> Gray:
    page = np.full((height, width), ground, dtype=np.uint8)
    for x, y, photo in placed:
        page[y : y + photo.shape[0], x : x + photo.shape[1]] = photo
    _, file = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 80])
    return np.asarray(cv2.imdecode(file, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def _near(found: Panel, x: int, y: int, photo: Gray) -> bool:
    edges = (x, y, x + photo.shape[1], y + photo.shape[0])
    return all(abs(a - b) <= SLACK for a, b in zip((found.x0, found.y0, found.x1, found.y1), edges, strict=True))


@pytest.mark.parametrize("ground", [18, 255])
def test_a_photo_in_a_screenshot_is_found_and_its_lettering_is_not(ground: int) -> None:
    photo = _gray(3, 470, 320)
    page = _page(470, 1000, ground, (0, 200, photo))
    for y in (60, 110, 160, 600, 660, 720, 780):
        cv2.putText(page, "Happening right now", (20, y), cv2.FONT_HERSHEY_SIMPLEX, 1, 255 - ground, 2, cv2.LINE_AA)
    (found,) = panels(page)
    assert _near(found, 0, 200, photo)


def test_each_photo_of_a_collage_is_found() -> None:
    photos = [_gray(seed, 480, 360) for seed in range(4)]
    places = [(4, 4), (488, 4), (4, 368), (488, 368)]
    found = panels(_page(972, 732, 255, *((x, y, photo) for (x, y), photo in zip(places, photos, strict=True))))
    assert len(found) == 4
    for (x, y), photo in zip(places, photos, strict=True):
        assert any(_near(one, x, y, photo) for one in found)


def test_a_photo_on_its_own_blurred_self_is_found() -> None:
    photo = _gray(5, 576, 380)
    page = cv2.GaussianBlur(cv2.resize(photo, (576, 1024)), (0, 0), 25)
    page[320:700] = photo
    assert any(_near(one, 0, 320, photo) for one in panels(np.asarray(page, dtype=np.uint8)))


def test_a_photo_is_not_taken_apart_at_its_sky() -> None:
    photo = _gray(6, 900, 600)
    photo[:200] = np.linspace(235, 200, 200, dtype=np.uint8)[:, None]
    photo[190:200] = cv2.blur(photo[180:210], (1, 9))[10:20]
    smooth = cv2.GaussianBlur(photo, (0, 0), 2.5)
    assert panels(np.asarray(smooth, dtype=np.uint8)) == ()
    assert panels(_gray(7, 900, 600)) == ()


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (900, 3), (89, 89), (1024, 1024)])
def test_a_picture_of_one_colour_or_no_size_has_no_photos(shape: tuple[int, int]) -> None:
    assert panels(np.full(shape, 128, dtype=np.uint8)) == ()


def test_a_sheet_of_thumbnails_costs_no_more_than_a_few_photos() -> None:
    small = [_gray(seed, 190, 190) for seed in range(25)]
    sheet = _page(1000, 1000, 255, *((4 + at % 5 * 200, 4 + at // 5 * 200, one) for at, one in enumerate(small)))
    assert len(panels(sheet)) <= MOST


def test_features_of_a_photo_on_a_page_come_first_and_lie_on_it() -> None:
    photo = _gray(8, 300, 220)
    page = _page(1000, 760, 250, (600, 420, photo))
    for y in range(60, 400, 40):
        cv2.putText(page, "You will not believe what happened here", (20, y), cv2.FONT_HERSHEY_SIMPLEX, 1.3, 10, 2, cv2.LINE_AA)
    found = read_features(np.dstack([page] * 3), SUBMITTED)
    assert isinstance(found, Found)
    places = np.frombuffer(found.value.points, dtype="<u2").reshape(-1, 4)[:, :2] / 65535 * 1000
    on_it = np.all([places >= (600, 420), places < (900, 640)], axis=(0, 2))
    assert on_it.sum() > ARCHIVED.most
    assert on_it[: on_it.sum()].all()
    ((left, top, right, bottom),) = found.value.panels
    assert np.allclose(np.array((left, top, right, bottom)) / 65.535, (600, 420, 900, 640), atol=SLACK)
