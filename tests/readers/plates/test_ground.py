"""The colour of a plate's ground, by network and by pixels."""

from __future__ import annotations

import numpy as np
import pytest

from provcheck.readers.plates.geometry import box_quad
from provcheck.readers.plates.ground import ground
from provcheck.readers.plates.refine import FIELDS

EVEN = (0.2, 0.2, 0.2, 0.2, 0.2)
PAINT = {"white": (230, 232, 228), "yellow": (240, 190, 30), "black": (25, 25, 28), "blue": (22, 60, 160), "red": (180, 24, 28)}


@pytest.mark.parametrize("name", FIELDS)
def test_a_clean_plate_has_the_colour_of_its_paint(name: str) -> None:
    plate = np.zeros((112, 520, 3), np.uint8)
    plate[:] = PAINT[name]
    ink = (230, 230, 230) if name in ("black", "blue", "red") else (20, 20, 22)
    for x in range(40, 480, 60):
        plate[25:90, x : x + 18] = ink
    found = ground(plate, box_quad(0, 0, 520, 112), EVEN)
    assert FIELDS[int(np.argmax(found))] == name
    assert sum(found) == pytest.approx(1.0)


def test_a_white_plate_with_dark_signs_is_not_called_black_by_the_network_alone() -> None:
    plate = np.full((112, 520, 3), 225, np.uint8)
    plate[25:90, 100:118] = 20
    black = FIELDS.index("black")
    doubtful = tuple(0.5 if name == "black" else 0.125 for name in FIELDS)
    assert ground(plate, box_quad(0, 0, 520, 112), doubtful)[black] < 0.5


def test_a_bluish_black_is_black_beside_its_light_signs() -> None:
    plate = np.zeros((112, 520, 3), np.uint8)
    plate[:] = (20, 28, 40)
    for x in range(40, 480, 60):
        plate[25:90, x : x + 18] = 225
    found = ground(plate, box_quad(0, 0, 520, 112), EVEN)
    assert found[FIELDS.index("black")] > 0.8


def test_a_plain_patch_tells_nothing() -> None:
    assert ground(np.full((50, 200, 3), 128, np.uint8), box_quad(0, 0, 200, 50), EVEN)[0] > 0.0
