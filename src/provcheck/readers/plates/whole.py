"""Does the picture's edge leave all of the plate? A sign beyond the edge makes another plate's text, and nothing shows that."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.readers.plates import geometry
from provcheck.readers.plates.formats import is_russian, lacks_russian_signs

CUT = 0.04  # part of a plate's width that may lie outside a picture of nothing but a plate: corners are not exact
SHORT = 4.0  # aspect: a one-row plate of 4.64 that lost a sign, a seventh of it, has less than this; so have slanted ones
LONG = 4.5  # aspect: a Russian plate of 4.64 that lost a visible part of its last digit has less than this
NEAR = 0.06  # parts of a plate's width between it and the picture's edge: a sign cut off leaves less
AT_EDGE = 0.02  # the same, for Russian texts: of 61 rendered plates that the edge cuts none was found further from it than 0.015
OPEN = (
    0.2  # share of pixels as light as the ground, where the plate meets the edge: a plate's border or a vehicle's paint leaves few
)
FLAT = (260, 56)  # width, height of a straightened plate
ENDS = (
    (0.62, 0.8),
    (0.12, 0.36),
)  # of a Russian plate's height: where its first sign, its code's last have ink and bolts have none
BORDER = 0.025  # of the width: a plate's border at its very end is thinner
AIR = 0.025  # of the width between sign and border, over 22 mm of 520 by the standard; between a code's digits are 6 mm, 0.012
INK = 0.15  # share of a column of ENDS: the bar of a 7 covers more


def is_whole(quad: geometry.Corners, picture: geometry.Image, text: str) -> bool:
    """Whether the picture's edge leaves all of the plate with this text (every O written as 0).

    A Russian code of three digits that lost one is a code of two: at the edge such a plate must show air beside its outer signs.
    What would be a Russian text with signs beyond the edge is no other country's for certain. Of others the proportions decide.
    """
    if not _lies_inside(quad, picture):
        return False
    wide, tall = geometry.sides(quad)
    if wide < geometry.TWO_ROWS[1] * tall:
        return True
    at_edge = [end for end, gap in enumerate(_gaps(quad, picture)) if gap <= AT_EDGE * wide]
    if is_russian(text):
        return wide >= LONG * tall or all(_has_air(quad, picture, end) for end in at_edge)
    if lacks_russian_signs(text) and at_edge and wide < LONG * tall:
        return False
    return wide >= SHORT * tall or not _runs_on(quad, picture)


def _gaps(quad: geometry.Corners, picture: geometry.Image) -> tuple[float, float]:
    """Pixels between the plate and the picture's left edge, and its right one."""
    return float(quad[[0, 3], 0].min()), float(picture.shape[1] - quad[[1, 2], 0].max())


def _lies_inside(quad: geometry.Corners, picture: geometry.Image) -> bool:
    """Whether all corners lie in the picture, or hardly beyond it."""
    slack = CUT * geometry.sides(quad)[0]
    limit = (picture.shape[1] + slack, picture.shape[0] + slack)
    return bool((quad >= -slack).all() and (quad <= limit).all())


def _has_air(quad: geometry.Corners, picture: geometry.Image, end: int) -> bool:
    """Whether a one-row Russian plate shows the air beside its outer sign; `end` 0 is its first, 1 its last."""
    flat = _gray(geometry.rectify(picture, quad, FLAT))
    cut, light = _ground(flat)
    high, low = ENDS[end]
    rows = flat[round(high * FLAT[1]) : round(low * FLAT[1])]
    ink = ((rows > cut) != light).mean(0) > INK
    inward = np.flatnonzero((ink[::-1] if end else ink)[round(BORDER * FLAT[0]) :])
    return bool(len(inward)) and int(inward[0]) >= AIR * FLAT[0]


def _runs_on(quad: geometry.Corners, picture: geometry.Image) -> bool:
    """Whether the plate's ground reaches the left or right edge of the picture."""
    width, near = picture.shape[1], NEAR * geometry.sides(quad)[0]
    ends = (
        (quad[[0, 3]], quad[[0, 3], 0].mean(), slice(0, 2)),
        (quad[[1, 2]], width - quad[[1, 2], 0].mean(), slice(width - 2, width)),
    )
    return any(gap < near and _has_ground(quad, picture, side[:, 1], columns) for side, gap, columns in ends)


def _has_ground(quad: geometry.Corners, picture: geometry.Image, rows: geometry.Corners, columns: slice) -> bool:
    """Whether these columns, in the middle of the plate's height, are as light as its ground."""
    cut, light = _ground(_gray(geometry.rectify(picture, quad, (96, 20), (0.03, 0.15, 0.97, 0.85))))
    top, bottom = float(rows.min()), float(rows.max())
    fifth = 0.2 * (bottom - top)
    band = picture[max(0, int(top + fifth)) : max(1, int(bottom - fifth)), columns]
    return bool(band.size) and bool(((_gray(np.ascontiguousarray(band)) > cut) == light).mean() > OPEN)


def _ground(flat: npt.NDArray[np.uint8]) -> tuple[float, bool]:
    """Otsu's threshold of a straightened plate, and whether its ground, the larger part, is above it."""
    cut, _ = cv2.threshold(flat, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return cut, bool((flat > cut).mean() >= 0.5)


def _gray(rgb: geometry.Image) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
