"""Does the picture's edge leave all of the plate?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from provcheck.readers.plates import geometry
from provcheck.readers.plates.whole import is_whole

PLATE = (520, 112)  # a Russian car's plate, a pixel for each millimetre
RUSSIAN, FOREIGN = "A123BC177", "RK565AV"
SIGNS = (40, 90, 140, 190, 240, 290)  # where the series' signs begin
CODE = (370, 410, 450)  # and those of a code of three digits, 34 wide, in the upper half


def street(at: tuple[int, int] = (60, 40), wide: float = 1.0) -> tuple[geometry.Image, geometry.Corners]:
    """A gray street with a plate at `at`, `wide` times as wide as it should be; RGB, and the plate's quad."""
    plate: geometry.Image = np.full((PLATE[1], PLATE[0], 3), 235, np.uint8)
    cv2.rectangle(plate, (1, 1), (PLATE[0] - 2, PLATE[1] - 2), (25, 25, 25), 3)
    for x in SIGNS:
        cv2.rectangle(plate, (x, 20), (x + 34, 90), (25, 25, 25), -1)
    for x in CODE:
        cv2.rectangle(plate, (x, 12), (x + 34, 68), (25, 25, 25), -1)
    plate = np.asarray(cv2.resize(plate, (round(PLATE[0] * wide), PLATE[1]), interpolation=cv2.INTER_AREA), np.uint8)
    picture = np.full((200, 700, 3), 90, np.uint8)
    picture[at[1] : at[1] + PLATE[1], at[0] : at[0] + plate.shape[1]] = plate
    return picture, geometry.box_quad(*at, plate.shape[1], PLATE[1])


def cut(x: int, wide: float = 1.0) -> tuple[geometry.Image, geometry.Corners]:
    """The street up to `x` millimetres of the plate, and the quad that a corner finder gives what is left of it."""
    picture, quad = street(wide=wide)
    edge = round(60 + x * wide)
    return np.ascontiguousarray(picture[:, :edge]), np.minimum(quad, np.array([edge, 1000], np.float32))


def test_a_plate_in_the_middle_of_a_photo_is_whole() -> None:
    picture, quad = street()
    assert is_whole(quad, picture, RUSSIAN)
    assert is_whole(quad, picture, FOREIGN)


@pytest.mark.parametrize("x", [447, 455, 465, 475])
def test_a_code_that_may_have_lost_a_digit_to_the_edge_is_not_whole(x: int) -> None:
    picture, quad = cut(x, wide=0.9)
    assert not is_whole(quad, picture, RUSSIAN)


def test_air_right_of_the_code_shows_that_it_is_whole() -> None:
    picture, quad = cut(514, wide=0.8)
    assert is_whole(quad, picture, RUSSIAN)


def test_a_plate_whose_first_sign_touches_the_edge_is_not_whole() -> None:
    picture, quad = street(wide=0.8)
    edge = 60 + round(0.8 * 50)
    assert not is_whole(np.maximum(quad - np.array([edge, 0], np.float32), 0), np.ascontiguousarray(picture[:, edge:]), RUSSIAN)


def test_a_plate_as_long_as_a_whole_one_is_whole_at_the_edge() -> None:
    picture, quad = cut(519)
    assert is_whole(quad, picture, RUSSIAN)


def test_a_plate_whose_corners_lie_beyond_the_edge_is_not_whole() -> None:
    picture, quad = street()
    assert not is_whole(quad + np.array([150, 0], np.float32), picture, FOREIGN)


def test_another_countrys_short_plate_that_runs_into_the_edge_is_not_whole() -> None:
    picture, quad = cut(400)
    assert not is_whole(quad, picture, FOREIGN)


def test_what_a_russian_plate_would_be_without_its_first_sign_is_not_whole_at_the_edge() -> None:
    picture, quad = street(wide=0.8)
    edge = 60 + round(0.8 * 80)
    left = np.maximum(quad - np.array([edge, 0], np.float32), 0), np.ascontiguousarray(picture[:, edge:])
    assert not is_whole(*left, "123BC177")
    assert is_whole(quad, picture, "123BC177")
