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
