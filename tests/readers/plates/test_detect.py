"""Levels, merging and overlaps of candidates."""

from __future__ import annotations

import numpy as np
import pytest

from provcheck.readers.plates.detect import Candidate, levels, merged, overlaps
from provcheck.readers.plates.geometry import box_quad


def test_a_small_photo_is_searched_in_full_and_a_large_one_at_three_quarters() -> None:
    assert levels(480, 640)[0] == 1.0
    assert levels(3000, 4000)[0] == 0.75


def test_of_a_very_large_photo_no_more_pixels_are_searched_than_of_24_million() -> None:
    assert levels(6000, 8000)[0] ** 2 * 48e6 == pytest.approx(levels(4000, 6000)[0] ** 2 * 24e6)


@pytest.mark.parametrize("width", [40, 120, 400, 1200])
def test_a_plate_of_any_width_in_a_large_photo_has_the_trained_size_on_some_level(width: int) -> None:
    assert any(26 <= width * level <= 140 for level in levels(4000, 6000))


def test_every_photo_has_a_level() -> None:
    assert levels(1, 1) == [1.0]
    assert levels(3, 40_000)[0] == 0.75


def test_overlap_is_intersection_over_union() -> None:
    box = np.array([0, 0, 10, 10], np.float32)
    others = np.array([[0, 0, 10, 10], [5, 0, 15, 10], [20, 20, 30, 30]], np.float32)
    assert overlaps(box, others) == pytest.approx([1.0, 1 / 3, 0.0], abs=1e-5)


def test_neighbouring_candidates_are_one_plate_with_averaged_corners() -> None:
    found = [
        Candidate(box_quad(0, 0, 100, 20), 0.9),
        Candidate(box_quad(2, 0, 100, 20), 0.9),
        Candidate(box_quad(500, 0, 100, 20), 0.5),
    ]
    kept = merged(found, 10)
    assert [item.score for item in kept] == [0.9, 0.5]
    assert kept[0].quad[0, 0] == pytest.approx(1.0)


def test_no_more_candidates_than_asked_for() -> None:
    found = [Candidate(box_quad(200 * i, 0, 100, 20), 0.5) for i in range(9)]
    assert len(merged(found, 4)) == 4
    assert merged([], 4) == []
