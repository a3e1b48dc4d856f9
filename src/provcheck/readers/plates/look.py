"""The whole way from a photo to its plates: candidates, corners, strips, texts, decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np

from provcheck.domain.plate import PlateRegion
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import say
from provcheck.readers.plates import geometry, looks, turned
from provcheck.readers.plates.decide import decided
from provcheck.readers.plates.detect import Candidate, candidates, overlaps
from provcheck.readers.plates.ground import ground
from provcheck.readers.plates.network import ModelError, Networks, networks
from provcheck.readers.plates.refine import Plate, refined
from provcheck.readers.plates.sighting import Sighting, region_of, too_small
from provcheck.readers.plates.whole import is_whole

MOST_CANDIDATES = 120  # a car park of forty cars, and as many grilles
MOST_PLATES = 60
ALONE = (1.1, 7.5)  # proportions of a picture that may be nothing but a plate
ALONE_WIDTH = 900  # wider ones are searched like any photo
SAME = 0.4  # refined quads whose boxes overlap more are one plate
Image = geometry.Image


def plates_of(rgb: Image, load: Callable[[], Networks] = networks) -> Reading[tuple[PlateRegion, ...]]:
    """See find_plates."""
    try:
        nets = load()
    except ModelError as wrong:
        return Unreadable(say("plates.model-digest", file=wrong.file))
    regions = tuple(region_of(rgb, item) for item in sightings(nets, rgb))
    return Found(regions) if regions else Absent()


def sightings(nets: Networks, rgb: Image) -> list[Sighting]:
    """Plates of a picture, best first; a picture without any is searched once more, turned by 90 degrees."""
    gray = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    found = examined(nets, rgb, gray, candidates(nets.detector, rgb, nets.thresholds["candidate"], MOST_CANDIDATES))
    alone = _alone(nets, rgb, gray)
    best = alone if _legibility(alone) > _legibility(found) else found
    return best or turned.sideways(examined(nets, rgb, gray, turned.sideways_candidates(nets, rgb, MOST_CANDIDATES)))


def examined(nets: Networks, rgb: Image, gray: Image, rough: Sequence[Candidate]) -> list[Sighting]:
    """The candidates that are plates, with their texts, best first."""
    limits = nets.thresholds
    plates = refined(nets.corners, rgb, [item.quad for item in rough])
    pairs = [(plate, item.score) for plate, item in zip(plates, rough, strict=True) if _believed(plate, item.score, limits)]
    return [item for item in _read(nets, rgb, gray, _distinct(pairs)[:MOST_PLATES]) if _plate_like(item, limits)]


def _legibility(seen: list[Sighting]) -> float:
    """The best reading of a known form: its probability times its length, since a quad that cuts signs off is sure of the rest."""
    return max((item.mass * len(item.reading.text) for item in seen if item.reading is not None and item.reading.fits), default=0.0)


def _plate_like(seen: Sighting, limits: Mapping[str, float]) -> bool:
    """Shop lettering looks like a plate, too: what does not read as one must look all the more like one."""
    reads = seen.reading is not None and bool(seen.reading.fits) and seen.mass >= limits["legible"]
    return reads or seen.score * seen.plate.p >= limits["unread"]


def _alone(nets: Networks, rgb: Image, gray: Image) -> list[Sighting]:
    """A picture of nothing but a plate: no surroundings for the detector, so the text itself must have a known form."""
    height, width = rgb.shape[:2]
    if width > ALONE_WIDTH or not ALONE[0] <= width / height <= ALONE[1]:
        return []
    plate = refined(nets.corners, rgb, [geometry.box_quad(0, 0, width, height)])[0]
    if not _believed(plate, 1.0, nets.thresholds):
        return []
    return [item for item in _read(nets, rgb, gray, [(plate, 1.0)]) if _plate_like(replace(item, score=0.0), nets.thresholds)]


def _believed(plate: Plate, score: float, limits: Mapping[str, float]) -> bool:
    wide, tall = geometry.sides(plate.quad)
    shape = tall > 3 and 0.9 < wide / tall < 8 and cv2.isContourConvex(np.round(plate.quad * 8).astype(np.int32))
    return bool(shape and plate.p >= limits["plate"] and score * plate.p >= limits["both"])


def _distinct(found: list[tuple[Plate, float]]) -> list[tuple[Plate, float]]:
    order = sorted(found, key=lambda item: -item[0].p * item[1])
    kept: list[tuple[Plate, float]] = []
    boxes = np.zeros((0, 4), np.float32)
    for plate, score in order:
        box = np.array([*plate.quad.min(0), *plate.quad.max(0)], np.float32)
        if len(boxes) and (overlaps(box, boxes) > SAME).any():
            continue
        kept.append((plate, score))
        boxes = np.vstack([boxes, box])
    return kept


def _read(nets: Networks, rgb: Image, gray: Image, found: list[tuple[Plate, float]]) -> list[Sighting]:
    plates = [replace(plate, fields=ground(rgb, plate.quad, plate.fields)) for plate, _ in found]
    seen = [
        _sighting(nets, rgb, plate, score, reading)
        for plate, (_, score), reading in zip(plates, found, looks.read_all(nets, gray, plates), strict=True)
    ]
    return turned.tried(nets, gray, seen, lambda plate, score, reading: _sighting(nets, rgb, plate, score, reading))


def _sighting(nets: Networks, rgb: Image, plate: Plate, score: float, reading: looks.Reading) -> Sighting:
    if reading.belief is None or too_small(plate):
        return Sighting(plate, score, None)
    whole = is_whole(plate.quad, rgb, reading.belief.best.text)
    text = decided(reading.looks, reading.belief, plate.fields, whole, nets.thresholds)
    return Sighting(plate, score, text, reading.belief.best.mass)
