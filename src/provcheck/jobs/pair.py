"""Two pictures in one cell: decoded, laid over one another, and drawn side by side with their difference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from provcheck.config import Settings
from provcheck.domain.archive import Comparison, Laid
from provcheck.domain.photo import Picture
from provcheck.domain.plate import Quad
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.pipeline import bitmap_of
from provcheck.readers.features import SUBMITTED, read_features
from provcheck.readers.pixels import Bitmap

if TYPE_CHECKING:
    from provcheck.archive.align import Aligned

Rgb = npt.NDArray[np.uint8]
LENGTH = 8  # bytes that hold the length of the first file
OUTLINE = (200, 30, 30)  # RGB
GAIN = 3  # the difference is drawn this much brighter: what matters is often faint
LONGEST = 720  # px of pictures that go into a report
QUALITY = 70


@dataclass(frozen=True, slots=True)
class Pair:
    """How the first lies in the second, in pixels of the upright second; drawn: the first in place, the second, the difference."""

    comparison: Reading[Comparison]
    picture: Reading[Picture]


@dataclass(frozen=True, slots=True)
class Over:
    """The first laid over the second, as a report shows it."""

    laid: Reading[Laid]


def packed(first: bytes, second: bytes) -> bytes:
    """Two files as the bytes of one request."""
    return len(first).to_bytes(LENGTH, "big") + first + second


def see_pair(data: bytes, _suffix: str, settings: Settings) -> Pair:
    """The comparison of two packed files."""
    match _both(data, settings):
        case Found((aligned, second)):
            picture = _drawn(aligned.first, second.reduced, aligned.difference, aligned.comparison)
            return Pair(Found(_full_size(aligned.comparison, second)), Found(picture))
        case Absent() | Unreadable() as none:
            return Pair(none, none)


def lay_over(data: bytes, _suffix: str, settings: Settings) -> Over:
    """The first of two packed files as it lies in the second."""
    match _both(data, settings):
        case Found((aligned, second)):
            bright = np.clip(aligned.difference.astype(np.uint16) * GAIN, 0, 255).astype(np.uint8)
            return Over(Found(Laid(_full_size(aligned.comparison, second), _small(aligned.first), _small(bright))))
        case Absent() | Unreadable() as none:
            return Over(none)


def _both(data: bytes, settings: Settings) -> Reading[tuple[Aligned, Bitmap]]:
    """The second picture, and the first as it lies in it; the first in full, since the second may be a small part of it."""
    from provcheck.archive.align import compare

    end = LENGTH + int.from_bytes(data[:LENGTH], "big")
    first, second = bitmap_of(data[LENGTH:end], settings), bitmap_of(data[end:], settings, most=0)
    if isinstance(first, Unreadable):
        return first
    if isinstance(second, Unreadable):
        return second
    height, width = first.value.rgb.shape[:2]
    here, there = read_features(first.value.reduced, SUBMITTED, (width, height)), read_features(second.value.reduced, SUBMITTED)
    if not isinstance(here, Found):
        return here
    if not isinstance(there, Found):
        return there
    aligned = compare(first.value.rgb, second.value.reduced, here.value, there.value)
    return Found((aligned.value, second.value)) if isinstance(aligned, Found) else aligned


def _full_size(comparison: Comparison, second: Bitmap) -> Comparison:
    """The same in pixels of the full second picture: it was compared at most 1,024 px wide."""
    scale = second.width / second.reduced.shape[1]
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


def _small(pixels: npt.NDArray[np.uint8]) -> Picture:
    """A picture for the report, gray or RGB."""
    import cv2

    scale = LONGEST / max(pixels.shape[:2])
    if scale < 1:
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    ordered = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    _, file = cv2.imencode(".jpg", ordered, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return Picture("image/jpeg", pixels.shape[1], pixels.shape[0], file.tobytes())
