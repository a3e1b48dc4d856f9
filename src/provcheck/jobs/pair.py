"""Two pictures in one cell: decoded, laid over one another, and drawn side by side with their difference."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from provcheck.config import Settings
from provcheck.domain.archive import Comparison
from provcheck.domain.photo import Picture
from provcheck.domain.plate import Quad
from provcheck.domain.reading import Found, Reading, Unreadable
from provcheck.pipeline import bitmap_of
from provcheck.readers.features import SUBMITTED, read_features
from provcheck.readers.pixels import Bitmap

Rgb = npt.NDArray[np.uint8]
LENGTH = 8  # bytes that hold the length of the first file
OUTLINE = (200, 30, 30)  # RGB
GAIN = 3  # the difference is drawn this much brighter: what matters is often faint


@dataclass(frozen=True, slots=True)
class Pair:
    """How the first lies in the second, in pixels of the upright second; drawn: the first in place, the second, the difference."""

    comparison: Reading[Comparison]
    picture: Reading[Picture]


def packed(first: bytes, second: bytes) -> bytes:
    """Two files as the bytes of one request."""
    return len(first).to_bytes(LENGTH, "big") + first + second


def see_pair(data: bytes, _suffix: str, settings: Settings) -> Pair:
    """The comparison of two packed files."""
    end = LENGTH + int.from_bytes(data[:LENGTH], "big")
    first, second = bitmap_of(data[LENGTH:end], settings, most=0), bitmap_of(data[end:], settings, most=0)
    if isinstance(first, Unreadable):
        return Pair(first, first)
    if isinstance(second, Unreadable):
        return Pair(second, second)
    return _laid(first.value, second.value)


def _laid(first: Bitmap, second: Bitmap) -> Pair:
    from provcheck.archive.align import compare

    here, there = read_features(first.reduced, SUBMITTED), read_features(second.reduced, SUBMITTED)
    if not isinstance(here, Found):
        return Pair(here, here)
    if not isinstance(there, Found):
        return Pair(there, there)
    aligned = compare(first.reduced, second.reduced, here.value, there.value)
    if not isinstance(aligned, Found):
        return Pair(aligned, aligned)
    found = aligned.value
    picture = _drawn(found.first, second.reduced, found.difference, found.comparison)
    return Pair(Found(_full_size(found.comparison, second.width / second.reduced.shape[1])), Found(picture))


def _full_size(comparison: Comparison, scale: float) -> Comparison:
    """The same in pixels of the full second picture: it was compared at most 1,024 px wide."""
    changes = tuple(replace(change, box=_scaled(change.box, scale)) for change in comparison.changes)
    return replace(comparison, quad=_scaled(comparison.quad, scale), changes=changes)


def _scaled(quad: Quad, scale: float) -> Quad:
    a, b, c, d = ((round(x * scale), round(y * scale)) for x, y in quad)
    return a, b, c, d


def _drawn(first: Rgb, second: Rgb, difference: Rgb, comparison: Comparison) -> Picture:
    """Three panels side by side, what differs outlined in each."""
    import cv2

    bright = np.clip(difference.astype(np.uint16) * GAIN, 0, 255).astype(np.uint8)
    panels = [first.copy(), second.copy(), cv2.cvtColor(bright, cv2.COLOR_GRAY2RGB)]
    for panel in panels:
        for change in comparison.changes:
            cv2.polylines(panel, [np.array(change.box, dtype=np.int32)], isClosed=True, color=OUTLINE, thickness=2)
    whole = np.concatenate(panels, axis=1)
    _, file = cv2.imencode(".png", cv2.cvtColor(whole, cv2.COLOR_RGB2BGR))
    return Picture("image/png", whole.shape[1], whole.shape[0], file.tobytes())
