"""The self-test: what was covered, named or embedded in the source must be nowhere in the new file."""

from __future__ import annotations

import numpy as np

from provcheck.domain.plate import PlateRegion
from provcheck.domain.reading import Found, Reading, Unreadable
from provcheck.domain.redaction import Leaks, Removed, Trial
from provcheck.domain.text import Text, say
from provcheck.redact.plain_jpeg import FormError, frame, parts
from provcheck.redact.regions import shows, taken_back
from provcheck.redact.search import WINDOW, first_found, spellings
from provcheck.redact.solid import FILL, Mask, Rgb, mask

TOLERANCE = 2  # grey levels: decoders round differently


def byte_leaks(jpeg: bytes, width: int, height: int, removed: Removed) -> tuple[Text, ...]:
    """Whether the file holds anything but coded pixels, and anything of the source's own bytes among those."""
    try:
        held = parts(jpeg)
    except FormError as broken:
        return (say("redact.leak.form", why=str(broken)),)
    if held.frame != frame(width, height):
        return (say("redact.leak.frame"),)
    needles = [spelt for text in removed.strings for spelt in spellings(text)]
    if first_found(held.coded, needles) is not None:
        return (say("redact.leak.string"),)
    runs = [removed.windows[at : at + WINDOW] for at in range(0, len(removed.windows), WINDOW)]
    return (say("redact.leak.block"),) if first_found(held.coded, runs) is not None else ()


def pixel_leaks(rgb: Rgb, trial: Trial, seen: Reading[tuple[PlateRegion, ...]]) -> Leaks:
    """Whether every covered pixel is solid, and what the detector still sees outside. `seen` is its look at the new file."""
    height, width = rgb.shape[:2]
    covered = mask(width, height, trial.covered)
    found: list[Text] = []
    if (np.abs(rgb[covered].astype(np.int16) - FILL) > TOLERANCE).any():
        found.append(say("redact.leak.pixels"))
    if trial.plates:
        found += _plates(seen, trial, covered)
    return Leaks(tuple(found))


def _plates(seen: Reading[tuple[PlateRegion, ...]], trial: Trial, covered: Mask) -> list[Text]:
    if isinstance(seen, Unreadable):
        return [say("redact.leak.unsearched", why=seen.reason)]
    regions = seen.value if isinstance(seen, Found) else ()
    left = [region for region in regions if shows(region, covered) and not taken_back(region.quad, trial.undo, covered.shape)]
    return [say("redact.leak.plate", x=region.quad[0][0], y=region.quad[0][1]) for region in left]
