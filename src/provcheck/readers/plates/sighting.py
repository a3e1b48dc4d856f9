"""A plate with its reading, and as the domain keeps it: corners, score, text, and a straightened crop."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import cv2
import numpy as np

from provcheck.domain.photo import Picture
from provcheck.domain.plate import PlateRegion, PlateText, Quad
from provcheck.domain.reading import Found, Reading, Unreadable
from provcheck.domain.text import say
from provcheck.readers.plates import geometry
from provcheck.readers.plates.looks import has_two_rows
from provcheck.readers.plates.refine import Plate

LEAST_WIDTH = 28  # pixels a one-row plate must have before its signs are more than two pixels wide
LEAST_WIDTH_TWO_ROWS = 17  # six tenths of it: so much narrower are two-row plates with signs of the same size
CUT = 0.04  # part of a plate's width that may lie outside a picture of nothing but a plate: corners are not exact
EDGE = 0.015  # part of its width that must lie between a plate and the edge of a photo, else some of it may be beyond the edge
ALONE = 0.6  # of the picture's width: a plate that fills more of it was cut out as a plate
SHORT = 4.0  # aspect: a one-row plate of 4.64 that lost a sign, a seventh of it, has less than this; so have slanted ones
NEAR = 0.06  # parts of a plate's width between it and the picture's edge: a sign cut off leaves less
OPEN = (
    0.2  # share of pixels as light as the ground, where the plate meets the edge: a plate's border or a vehicle's paint leaves few
)
CROP_WIDTH = 320


@dataclass(frozen=True, slots=True)
class Sighting:
    """A refined plate, its detector score, and its reading; None where it is too small or shows too few signs."""

    plate: Plate
    score: float
    reading: PlateText | None
    mass: float = 0.0  # of the text, before its form is weighed: how much the strip looks like that text


def too_small(plate: Plate) -> bool:
    wide, _ = geometry.sides(plate.quad)
    return wide < (LEAST_WIDTH_TWO_ROWS if has_two_rows(plate) else LEAST_WIDTH)


def is_whole(quad: geometry.Corners, picture: geometry.Image) -> bool:
    """Whether the picture's edge leaves all of the plate: its corners lie inside, and no short plate runs on into the edge."""
    wide, tall = geometry.sides(quad)
    slack = CUT * wide
    limit = (picture.shape[1] + slack, picture.shape[0] + slack)
    inside = bool((quad >= -slack).all() and (quad <= limit).all())
    return inside and not (geometry.TWO_ROWS[1] * tall < wide < SHORT * tall and _runs_on(quad, picture))


def _runs_on(quad: geometry.Corners, picture: geometry.Image) -> bool:
    """Whether the plate's ground reaches the left or right edge of the picture."""
    wide, _ = geometry.sides(quad)
    width = picture.shape[1]
    ends = (
        (quad[[0, 3]], quad[[0, 3], 0].mean(), slice(0, 2)),
        (quad[[1, 2]], width - quad[[1, 2], 0].mean(), slice(width - 2, width)),
    )
    return any(gap < NEAR * wide and _has_ground(quad, picture, side[:, 1], columns) for side, gap, columns in ends)


def _has_ground(quad: geometry.Corners, picture: geometry.Image, rows: geometry.Corners, columns: slice) -> bool:
    """Whether these columns, in the middle of the plate's height, are as light as its ground."""
    flat = np.asarray(
        cv2.cvtColor(geometry.rectify(picture, quad, (96, 20), (0.03, 0.15, 0.97, 0.85)), cv2.COLOR_RGB2GRAY), np.uint8
    )
    cut, _ = cv2.threshold(flat, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    low, high = float(rows.min()), float(rows.max())
    fifth = 0.2 * (high - low)
    band = picture[max(0, int(low + fifth)) : max(1, int(high - fifth)), columns]
    if not band.size:
        return False
    light = np.asarray(cv2.cvtColor(np.ascontiguousarray(band), cv2.COLOR_RGB2GRAY)) > cut
    return bool((light == bool((flat > cut).mean() >= 0.5)).mean() > OPEN)


def region_of(rgb: geometry.Image, seen: Sighting) -> PlateRegion:
    reading: Reading[PlateText] = (
        Found(seen.reading)
        if seen.reading
        else Unreadable(say("plates.too-small") if too_small(seen.plate) else say("plates.not-read"))
    )
    score = Decimal(f"{min(1.0, seen.score * seen.plate.p):.3f}")
    return PlateRegion(_quad(seen.plate.quad), score, reading, _crop(rgb, seen.plate))


def _quad(corners: geometry.Corners) -> Quad:
    a, b, c, d = ((round(float(x)), round(float(y))) for x, y in corners)
    return a, b, c, d


def _crop(rgb: geometry.Image, plate: Plate) -> Picture:
    """The plate straightened with a little air, in its own proportions, at most CROP_WIDTH wide."""
    wide, _ = geometry.sides(plate.quad)
    aspect = 1.6 if has_two_rows(plate) else 520 / 112
    width = min(CROP_WIDTH, max(24, round(wide)))
    height = max(12, round(width / aspect))
    flat = geometry.rectify(rgb, plate.quad, (width, height), (-0.03, -0.08, 1.03, 1.08))
    _, data = cv2.imencode(".jpg", cv2.cvtColor(flat, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 88])
    return Picture("image/jpeg", width, height, np.asarray(data).tobytes())
