"""Plates that read only in the mirror, upside down, or when the photo is turned: each says so about the photo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from provcheck.domain.text import Text, say
from provcheck.readers.plates import geometry, looks
from provcheck.readers.plates.belief import believed, joined_zeros
from provcheck.readers.plates.decode import merged_blanks
from provcheck.readers.plates.detect import Candidate, candidates
from provcheck.readers.plates.network import Networks
from provcheck.readers.plates.read import steps
from provcheck.readers.plates.refine import Plate
from provcheck.readers.plates.sighting import Sighting

UPRIGHT = 0.3  # a text of a known form this probable as it stands explains the plate: nothing is turned
WELL = 0.8  # so is one of no known form: of 249 rendered plates shown in the mirror, none read that well the wrong way round
PROMISING = 0.5  # of one turned strip, before all looks are taken
SURE = 0.95  # probability of a turned reading: signs that are their own mirror images make chance ones likely
LENGTH = 7
SIDEWAYS = 640  # longest side in which a photo without plates is searched once more, turned by 90 degrees
MIRROR, UPSIDE = [1, 0, 3, 2], [2, 3, 0, 1]  # the order in which the corners are then taken
Make = Callable[[Plate, float, looks.Reading], Sighting]


def tried(nets: Networks, gray: geometry.Image, seen: list[Sighting], make: Make) -> list[Sighting]:
    """The sightings, those replaced that do not read as they stand and do when they are turned."""
    doubtful = [at for at, item in enumerate(seen) if _doubtful(item)]
    turns = [(at, note, _taken(seen[at].plate, order)) for at in doubtful for order, note in _turns()]
    strips = [geometry.strip(gray, plate.quad, looks.has_two_rows(plate)) for _, _, plate in turns]
    out = list(seen)
    for (at, note, plate), logs in zip(turns, steps(nets.reader, strips), strict=True):
        belief = believed((merged_blanks(joined_zeros(logs)),), plate.fields, looks.has_two_rows(plate))
        if out[at] is seen[at] and belief and belief.best.forms and belief.best.mass >= PROMISING:
            whole = make(plate, seen[at].score, looks.read_all(nets, gray, [plate])[0])
            out[at] = _noted(whole, note) if _sure(whole) else seen[at]
    return out


def _turns() -> tuple[tuple[list[int], Text], ...]:
    return (MIRROR, say("plates.mirrored")), (UPSIDE, say("plates.upside-down"))


def _doubtful(seen: Sighting) -> bool:
    if seen.reading is None or seen.reading.certain:
        return False
    return seen.mass < (UPRIGHT if seen.reading.fits else WELL)


def _sure(seen: Sighting) -> bool:
    reading = seen.reading
    return reading is not None and reading.certain and float(reading.score) >= SURE and len(reading.text) >= LENGTH


def _taken(plate: Plate, order: list[int]) -> Plate:
    return replace(plate, quad=plate.quad[order], earlier=tuple(quad[order] for quad in plate.earlier))


def _noted(seen: Sighting, note: Text) -> Sighting:
    """With this note; one is enough: what is upside down in a picture turned by 90 degrees stands sideways."""
    if seen.reading is None:
        return seen
    kept = tuple(text for text in seen.reading.decision if text.id != "plates.upside-down")
    return replace(seen, reading=replace(seen.reading, decision=(*kept, note)))


def sideways_candidates(nets: Networks, rgb: geometry.Image, most: int) -> list[Candidate]:
    """Candidates of the picture turned by 90 degrees, as quads of the picture as it stands; upside-down strips cover 270."""
    height, width = rgb.shape[:2]
    scale = min(1.0, SIDEWAYS / max(height, width))
    if scale * min(height, width) < 1:  # a strip of 59,424 × 3 pixels: nothing is left of it
        return []
    small = np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8) if scale < 1 else rgb
    found = candidates(nets.detector, np.ascontiguousarray(np.rot90(small, -1)), nets.thresholds["candidate"], most)
    return [Candidate(_back(item.quad, small.shape[0]) / np.float32(scale), item.score) for item in found]


def _back(quad: geometry.Corners, height: int) -> geometry.Corners:
    return np.stack([quad[:, 1], height - quad[:, 0]], 1).astype(np.float32)


def sideways(found: list[Sighting]) -> list[Sighting]:
    """Only what is certain, with the note that it stands sideways."""
    return [_noted(item, say("plates.sideways")) for item in found if item.reading is not None and item.reading.certain]
