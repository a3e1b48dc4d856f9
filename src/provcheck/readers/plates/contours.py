"""Plate-like regions by morphology and contours, until a trained detector takes over. Reads nothing."""

from __future__ import annotations

from decimal import Decimal

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.domain.photo import Picture
from provcheck.domain.plate import PlateRegion, Quad
from provcheck.domain.reading import Unreadable
from provcheck.domain.text import say

WORKING_WIDTH = 1280  # plates are 70 to 350 px wide in photos of this size
ASPECTS = (3.0, 6.5)  # 520 x 112 mm is 4.64; perspective and loose contours widen the range
MOST = 8  # the contours of a fence are many; a person looks at a few
CROP_WIDTH = 320

Image = npt.NDArray[np.uint8]


def contour_plates(rgb: Image) -> tuple[PlateRegion, ...]:
    """Regions of bright, vertically striped texture with a plate's proportions, best filled first."""
    scale = min(1.0, WORKING_WIDTH / max(rgb.shape[:2]))
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else gray
    dark = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, cv2.getStructuringElement(cv2.MORPH_RECT, (15, 7)))
    _, mask = cv2.threshold(dark, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (17, 5)))
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (25, 7)))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = [(cv2.contourArea(contour), cv2.minAreaRect(contour)) for contour in contours]
    kept = [(_fill(area, box), box) for area, box in boxes if _plate_like(area, box)]
    kept.sort(key=lambda item: -item[0])
    return tuple(_region(rgb, box, fill, scale) for fill, box in kept[:MOST])


def _plate_like(area: float, box: cv2.typing.RotatedRect) -> bool:
    (_, (width, height), _) = box
    long, short = max(width, height), min(width, height)
    return short >= 8 and ASPECTS[0] <= long / short <= ASPECTS[1] and area >= 0.55 * width * height


def _fill(area: float, box: cv2.typing.RotatedRect) -> float:
    return area / max(1.0, box[1][0] * box[1][1])


def _region(rgb: Image, box: cv2.typing.RotatedRect, fill: float, scale: float) -> PlateRegion:
    corners = cv2.boxPoints(box) / scale
    order = np.argsort(corners[:, 0])
    left, right = (side[np.argsort(side[:, 1])] for side in (corners[order[:2]], corners[order[2:]]))
    ring = np.array([left[0], right[0], right[1], left[1]], np.float32)
    points = [(round(float(x)), round(float(y))) for x, y in ring]
    quad: Quad = (points[0], points[1], points[2], points[3])
    return PlateRegion(quad, Decimal(f"{min(1.0, fill):.2f}"), Unreadable(say("plates.not-read")), _crop(rgb, ring))


def _crop(rgb: Image, ring: npt.NDArray[np.float32]) -> Picture:
    width = min(CROP_WIDTH, max(16, round(float(np.linalg.norm(ring[1] - ring[0])))))
    height = max(8, round(width * 112 / 520))
    frame = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    flat = cv2.warpPerspective(rgb, cv2.getPerspectiveTransform(ring, frame), (width, height))
    _, data = cv2.imencode(".png", cv2.cvtColor(flat, cv2.COLOR_RGB2BGR))
    return Picture("image/png", width, height, data.tobytes())
