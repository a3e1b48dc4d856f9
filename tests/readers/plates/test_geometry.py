"""The homography that training and inference share."""

from __future__ import annotations

import numpy as np
import pytest

from provcheck.readers.plates import geometry


def ramp(width: int, height: int) -> geometry.Image:
    """A picture whose red grows with x and whose green grows with y."""
    xs, ys = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    return np.stack([xs, ys, np.zeros_like(xs)], 2).astype(np.uint8)


def test_an_upright_box_is_cut_as_it_stands() -> None:
    picture = ramp(400, 200)
    cut = geometry.rectify(picture, geometry.box_quad(100, 50, 200, 100), (200, 100))
    assert np.abs(cut.astype(int) - picture[50:150, 100:300]).max() <= 1


def test_a_large_plate_is_shrunk_without_aliasing() -> None:
    stripes = np.zeros((1000, 4000), np.uint8)
    stripes[:, ::2] = 255
    cut = geometry.rectify(stripes, geometry.box_quad(0, 0, 4000, 900), geometry.STRIP)
    assert np.abs(cut[2:-2, 2:-2].astype(int) - 127).max() < 20


def test_a_quad_wholly_outside_gives_a_picture_and_no_error() -> None:
    cut = geometry.rectify(ramp(50, 50), geometry.box_quad(-300, -200, 100, 20), geometry.STRIP)
    assert cut.shape == (32, 160, 3)


def test_frame_coordinates_come_back() -> None:
    quad = np.array([[10, 12], [200, 30], [205, 80], [8, 60]], np.float32)
    outer = geometry.frame_quad(quad)
    assert geometry.from_frame(geometry.to_frame(quad, outer), outer) == pytest.approx(quad, abs=1e-2)


def test_rows_are_told_by_proportion() -> None:
    assert not geometry.has_two_rows(geometry.box_quad(0, 0, 520, 112), 0.9)
    assert geometry.has_two_rows(geometry.box_quad(0, 0, 290, 170), 0.1)


def test_between_the_proportions_the_network_decides() -> None:
    slanted = geometry.box_quad(0, 0, 240, 100)
    assert geometry.has_two_rows(slanted, 0.8)
    assert not geometry.has_two_rows(slanted, 0.2)


def test_two_rows_stand_side_by_side_in_the_strip() -> None:
    picture = np.zeros((100, 170), np.uint8)
    picture[50:] = 200
    strip = geometry.strip(picture, geometry.box_quad(0, 0, 170, 100), True)
    assert strip.shape == (32, 160)
    assert strip[:, :80].mean() < 30 < 170 < strip[:, 80:].mean()
