"""Solid fill: outlines become black blocks of pixels, and nothing of what was under them reaches the new file."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.domain.redaction import Outline

Rgb = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

BLOCK = 8  # pixels of a JPEG block: filled whole, so that no coded block mixes what is covered with what is not
FILL = 0  # black in all three channels: the one colour that JPEG gives back exactly
# The detector's corners cut plates a little short, and its frame and screws tell the country: a tenth of each side more.
AIR = 0.1
LEAST_AIR = 2  # pixels


def mask(width: int, height: int, outlines: Iterable[Outline]) -> Mask:
    """The pixels (height × width) of all blocks that an outline's convex hull touches."""
    drawn = np.zeros((height, width), np.uint8)
    for outline in outlines:
        hull = cv2.convexHull(np.array(outline, np.int32).reshape(-1, 1, 2))
        cv2.fillPoly(drawn, [hull], 1)
    return _whole_blocks(drawn)


def _whole_blocks(drawn: Rgb) -> Mask:
    height, width = drawn.shape
    padded = np.pad(drawn, ((0, -height % BLOCK), (0, -width % BLOCK)))
    rows, columns = padded.shape[0] // BLOCK, padded.shape[1] // BLOCK
    touched = padded.reshape(rows, BLOCK, columns, BLOCK).any(axis=(1, 3))
    return np.asarray(touched.repeat(BLOCK, 0).repeat(BLOCK, 1)[:height, :width], np.bool_)


def fill(rgb: Rgb, covered: Mask) -> Rgb:
    """A copy with the covered pixels black."""
    filled = rgb.copy()
    filled[covered] = FILL
    return filled


def grown(outline: Outline) -> Outline:
    """A detected outline with air around it."""
    points = np.array(outline, np.float64)
    centre = points.mean(0)
    reach = points - centre
    wider = centre + reach * (1 + 2 * AIR) + np.sign(reach) * LEAST_AIR
    return tuple((round(float(x)), round(float(y))) for x, y in wider)


def share(outline: Outline, covered: Mask) -> float:
    """How much of an outline's own pixels are covered, 0 to 1; 1 for an outline outside of the picture."""
    own = pixels_of(outline, covered.shape)
    area = int(own.sum())
    return float((own & covered).sum()) / area if area else 1.0


def pixels_of(outline: Outline, shape: tuple[int, ...]) -> Mask:
    """The very pixels inside an outline, no block beyond."""
    drawn = np.zeros(shape[:2], np.uint8)
    cv2.fillPoly(drawn, [cv2.convexHull(np.array(outline, np.int32).reshape(-1, 1, 2))], 1)
    return np.asarray(drawn > 0, np.bool_)
