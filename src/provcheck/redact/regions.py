"""Which detected regions are covered, which a person took back, and which still show something."""

from __future__ import annotations

from provcheck.domain.plate import PlateRegion
from provcheck.domain.reading import Found
from provcheck.domain.redaction import Outline
from provcheck.redact.solid import Mask, pixels_of, share

INSIDE = 0.9  # a black block may look like a black plate: what lies in the fill so far and cannot be read shows nothing
TAKEN_BACK = 0.5  # of a region's pixels in a box that undoes: such a box is drawn by hand round one plate


def shows(region: PlateRegion, covered: Mask) -> bool:
    """Whether a region shows anything: it can be read, or lies in part outside of the fill."""
    return isinstance(region.reading, Found) or share(region.quad, covered) < INSIDE


def taken_back(outline: Outline, undo: tuple[Outline, ...], shape: tuple[int, ...]) -> bool:
    """Whether one of the boxes that undo holds this region. `shape` is the picture's: height, width."""
    return any(share(outline, pixels_of(box, shape)) >= TAKEN_BACK for box in undo)
