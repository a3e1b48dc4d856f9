"""A draft for a person to look at: every covered place numbered and outlined, and a line that no reader overlooks."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from provcheck.domain.redaction import Outline
from provcheck.redact.solid import Rgb

LINE = "DRAFT - NOT REVIEWED - NOT FOR PUBLICATION"  # on the picture itself, in letters that OpenCV's font has
MARK = (230, 40, 40)  # RGB
BAND = 0.05  # of the picture's width: large enough to be read on a small screen
LEAST_BAND = 28  # pixels
FONT = cv2.FONT_HERSHEY_SIMPLEX


def drafted(filled: Rgb, outlines: Sequence[Outline]) -> Rgb:
    """The filled picture with marks, and a band below it, so that every pixel keeps its place."""
    height, width = filled.shape[:2]
    band = max(LEAST_BAND, round(width * BAND))
    picture = np.zeros((height + band, width, 3), np.uint8)
    picture[:height] = filled
    picture[height:] = MARK
    thickness = max(1, width // 600)
    for number, outline in enumerate(outlines, 1):
        hull = cv2.convexHull(np.array(outline, np.int32).reshape(-1, 1, 2))
        cv2.polylines(picture[:height], [hull], True, MARK, 2 * thickness)
        x, y = hull.reshape(-1, 2).min(0)
        at = (int(np.clip(x, 0, width - 1)), int(np.clip(y - 3 * thickness, 20, height - 1)))
        cv2.putText(picture[:height], str(number), at, FONT, max(0.6, width / 1200), MARK, 2 * thickness, cv2.LINE_AA)
    (across, down), _ = cv2.getTextSize(LINE, FONT, 1.0, 2)
    scale = min(0.6 * band / down, 0.96 * width / across)
    cv2.putText(
        picture, LINE, (width // 50, height + band * 3 // 4), FONT, scale, (255, 255, 255), max(1, round(2 * scale)), cv2.LINE_AA
    )
    return picture
