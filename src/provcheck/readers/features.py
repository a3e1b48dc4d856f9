"""Which small patterns does this picture hold? SIFT features, by which parts of a picture are found in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.domain.fingerprint import Features
from provcheck.domain.reading import Found, Reading, Unreadable
from provcheck.domain.text import say


@dataclass(frozen=True, slots=True)
class Budget:
    """How long the longest side is when features are looked for, how many of them are kept at most, and how long the longest
    side of the small gray picture is that goes with them."""

    side: int
    most: int
    gray: int


ARCHIVED: Final = Budget(480, 232, 48)  # a photo in an archive: 8 kB with its part of the index; there are millions
SUBMITTED: Final = Budget(800, 2000, 256)  # a photo in question: the archived one may fill a small part of it
LEAST: Final = 8  # fewer can never carry a match
CONTRAST: Final = 0.002  # a twentieth of OpenCV's default: a fork on a plain table has 60 features above 0.01, and 1,400 above
# this; where there are many the strongest are taken anyway
CELLS: Final = 8  # a picture is cut in 8 × 8 cells, and no cell takes more than four times its share before all had theirs
SHARES: Final = 4


def read_features(rgb: npt.NDArray[np.uint8], budget: Budget, size: tuple[int, int] | None = None) -> Reading[Features]:
    """Features of an upright picture (rows × columns × RGB) of at most about 1,024 px a side.

    `size` is the full picture's width and height where `rgb` is reduced: what is found is then told in its pixels.
    """
    height, width = rgb.shape[:2]
    gray: npt.NDArray[np.uint8] = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    gray = _small(gray, budget.side)
    sift = cv2.SIFT.create(contrastThreshold=CONTRAST)
    found = sift.detect(gray, None)
    if len(found) < LEAST:
        return Unreadable(say("reuse.too-few-features", count=len(found), least=LEAST))
    places = np.array([(*point.pt, point.response) for point in found], dtype=np.float32)
    chosen = _spread(places, gray.shape[1], gray.shape[0], budget.most)
    points, descriptors = sift.compute(gray, [found[at] for at in chosen])
    longest = max(gray.shape)
    table = np.array([(p.pt[0] / longest, p.pt[1] / longest, (p.angle % 360) / 360, p.size / longest) for p in points])
    packed = np.clip(np.round(table * 65535), 0, 65535).astype("<u2")
    small = _small(gray, budget.gray)
    width, height = size or (width, height)
    described = np.clip(descriptors, 0, 255).astype(np.uint8).tobytes()
    return Found(Features(width, height, len(points), packed.tobytes(), described, small.shape[1], small.tobytes()))


def _small(gray: npt.NDArray[np.uint8], side: int) -> npt.NDArray[np.uint8]:
    """At most `side` pixels wide and high, each the mean of what it covers."""
    scale = side / max(gray.shape)
    size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), dtype=np.uint8) if scale < 1 else gray


def _spread(places: npt.NDArray[np.float32], width: int, height: int, most: int) -> npt.NDArray[np.intp]:
    """Strongest first, but a busy corner must not take what the rest of the picture needs: a crop may lack the corner."""
    cell = (places[:, 0] * CELLS / width).astype(int) * CELLS + (places[:, 1] * CELLS / height).astype(int)
    order = np.lexsort((-places[:, 2], cell))
    first = np.searchsorted(cell[order], cell[order])
    rank = np.empty(len(places), dtype=np.intp)
    rank[order] = np.arange(len(places)) - first
    late = rank >= SHARES * most // CELLS**2
    return np.lexsort((-places[:, 2], late))[:most]
