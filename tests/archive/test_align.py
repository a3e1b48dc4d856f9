"""Two pictures are laid over one another, and only what was changed is outlined."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from provcheck.archive.align import Aligned, compare
from provcheck.domain.reading import Absent, Found
from provcheck.readers.features import SUBMITTED, read_features
from tests.archive.test_parts import Rgb, _features, _scene, _shrunk


def _compared(first: Rgb, second: Rgb) -> Aligned:
    reading = compare(first, second, _features(first, SUBMITTED), _features(second, SUBMITTED))
    assert isinstance(reading, Found)
    return reading.value


def _recompressed(rgb: Rgb, quality: int = 40) -> Rgb:
    return np.asarray(
        cv2.imdecode(cv2.imencode(".jpg", rgb, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR), dtype=np.uint8
    )


@pytest.fixture(scope="module")
def photo() -> Rgb:
    return np.asarray(cv2.GaussianBlur(_scene(3), (0, 0), 1.0), dtype=np.uint8)


def test_recompression_toning_and_shrinking_are_no_change(photo: Rgb) -> None:
    toned = np.clip(255 * (photo / 255.0) ** 0.8 * 0.9 + 8, 0, 255).astype(np.uint8)
    result = _compared(photo, _recompressed(_shrunk(toned, 0.7))).comparison
    assert result.changes == ()
    assert (result.mirrored, result.rotation) == (False, 0)
    assert 96 <= result.compared <= 100


def test_a_painted_box_is_outlined_where_it_is(photo: Rgb) -> None:
    painted = photo.copy()
    painted[300:340, 500:590] = (240, 240, 240)
    (change,) = _compared(photo, _recompressed(painted, 70)).comparison.changes
    (x0, y0), _, (x1, y1), _ = change.box
    assert abs(x0 - 500) <= 8
    assert abs(y0 - 300) <= 8
    assert abs(x1 - 590) <= 8
    assert abs(y1 - 340) <= 8


def test_a_change_in_a_mirrored_crop_is_found(photo: Rgb) -> None:
    painted = photo.copy()
    cv2.circle(painted, (420, 300), 30, (255, 0, 255), -1)
    second = np.ascontiguousarray(painted[120:520, 200:700][:, ::-1])
    result = _compared(photo, second).comparison
    assert result.mirrored
    (change,) = result.changes
    centre = np.array(change.box).mean(axis=0)
    assert np.allclose(centre, (500 - (420 - 200), 300 - 120), atol=6)


def test_nothing_is_said_of_what_the_first_does_not_cover(photo: Rgb) -> None:
    framed = np.full((800, 1200, 3), 30, dtype=np.uint8)
    framed[100:700, 200:1000] = photo
    result = _compared(photo, framed)
    assert result.comparison.changes == ()
    assert 48 <= result.comparison.compared <= 52
    assert not result.covered[50, 50]
    assert np.allclose(result.comparison.quad, [(200, 100), (1000, 100), (1000, 700), (200, 700)], atol=3)


def test_different_pictures_cannot_be_laid_over_one_another(photo: Rgb) -> None:
    other = _scene(90)
    assert compare(photo, other, _features(photo, SUBMITTED), _features(other, SUBMITTED)) == Absent()


def test_pictures_with_few_features_are_not_compared() -> None:
    assert not isinstance(read_features(np.zeros((100, 100, 3), dtype=np.uint8), SUBMITTED), Found)
