"""The whole way from a photo to its plates: candidates, corners, strips, texts, decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import cv2
import numpy as np

from provcheck.domain.photo import Picture
from provcheck.domain.plate import PlateRegion, PlateText, Quad
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import Text, say
from provcheck.readers.plates import geometry
from provcheck.readers.plates.decide import decided
from provcheck.readers.plates.detect import candidates, overlaps
from provcheck.readers.plates.ground import ground
from provcheck.readers.plates.network import ModelError, Networks, networks
from provcheck.readers.plates.read import Look, clearest
from provcheck.readers.plates.refine import Plate, refined

MOST_CANDIDATES = 120  # a car park of forty cars, and as many grilles
MOST_PLATES = 60
ALONE = (1.1, 7.5)  # proportions of a picture that may be nothing but a plate
ALONE_WIDTH = 900  # wider ones are searched like any photo
LEAST_WIDTH = 28  # pixels a one-row plate must have before its signs are more than two pixels wide
CUT = 0.04  # part of a plate's width that may lie outside the picture: corners are not exact
SAME = 0.4  # refined quads whose boxes overlap more are one plate
CROP_WIDTH = 320
TURNED = 0.95  # probability of a mirrored or upside-down reading: signs that are their own mirror images make chance ones likely
TURNED_LENGTH = 7
SIDEWAYS = 800  # longest side in which a photo without plates is searched once more, turned by 90 degrees
Image = geometry.Image


@dataclass(frozen=True, slots=True)
class Sighting:
    """A refined plate, its detector score, and its reading."""

    plate: Plate
    score: float
    reading: PlateText | None
    note: Text | None = None


def plates_of(rgb: Image, load: Callable[[], Networks] = networks) -> Reading[tuple[PlateRegion, ...]]:
    """See find_plates."""
    try:
        nets = load()
    except ModelError as wrong:
        return Unreadable(say("plates.model-digest", file=wrong.file))
    found = sightings(nets, rgb) or _sideways(nets, rgb)
    regions = tuple(_region(rgb, item) for item in found)
    return Found(regions) if regions else Absent()


def sightings(nets: Networks, rgb: Image) -> list[Sighting]:
    """Plates of a picture as it stands, best first."""
    limits = nets.thresholds
    rough = candidates(nets.detector, rgb, limits["candidate"], MOST_CANDIDATES)
    plates = refined(nets.corners, rgb, [item.quad for item in rough])
    pairs = [(plate, item.score) for plate, item in zip(plates, rough, strict=True)]
    kept = _distinct([(plate, score) for plate, score in pairs if _believed(plate, score, limits)])
    seen = [item for item in _read(nets, rgb, kept[:MOST_PLATES]) if _plate_like(item, limits)]
    alone = _alone(nets, rgb)
    return alone if _legibility(alone) > _legibility(seen) else seen


def _legibility(seen: list[Sighting]) -> float:
    """The best reading of a known form: its probability times its length, since a quad that cuts signs off is sure of the rest."""
    readings = [item.reading for item in seen if item.reading is not None and item.reading.fits]
    return max((float(reading.score) * len(reading.text) for reading in readings), default=0.0)


def _plate_like(seen: Sighting, limits: Mapping[str, float]) -> bool:
    """Shop lettering looks like a plate, too: what does not read as one must look all the more like one."""
    reads = seen.reading is not None and bool(seen.reading.fits) and float(seen.reading.score) >= limits["legible"]
    return reads or seen.score * seen.plate.p >= limits["unread"]


def _alone(nets: Networks, rgb: Image) -> list[Sighting]:
    """A picture of nothing but a plate: no surroundings for the detector, so the text itself must have a known form."""
    height, width = rgb.shape[:2]
    if width > ALONE_WIDTH or not ALONE[0] <= width / height <= ALONE[1]:
        return []
    plate = refined(nets.corners, rgb, [geometry.box_quad(0, 0, width, height)])[0]
    if not _believed(plate, 1.0, nets.thresholds):
        return []
    return [item for item in _read(nets, rgb, [(plate, 1.0)]) if _plate_like(replace(item, score=0.0), nets.thresholds)]


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


def _read(nets: Networks, rgb: Image, found: list[tuple[Plate, float]]) -> list[Sighting]:
    gray = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    out = []
    for rough, score in found:
        plate = replace(rough, fields=ground(rgb, rough.quad, rough.fields))
        seen = clearest(
            nets.reader, gray, [plate.quad, *reversed(plate.earlier)], geometry.has_two_rows(plate.quad, plate.two_rows)
        )
        out.append(_turned(nets, gray, Sighting(plate, score, _text(plate, seen, rgb, nets.thresholds))))
    return out


def _text(plate: Plate, seen: Look, rgb: Image, limits: Mapping[str, float]) -> PlateText | None:
    if geometry.sides(plate.quad)[0] < LEAST_WIDTH * (0.6 if geometry.has_two_rows(plate.quad, plate.two_rows) else 1):
        return None
    return decided(
        seen.logs, plate.fields, geometry.has_two_rows(plate.quad, plate.two_rows), seen.agreed, _whole(plate.quad, rgb), limits
    )


def _whole(quad: geometry.Corners, rgb: Image) -> bool:
    slack = CUT * geometry.sides(quad)[0]
    limit = (rgb.shape[1] + slack, rgb.shape[0] + slack)
    return bool((quad >= -slack).all() and (quad <= limit).all())


def _turned(nets: Networks, gray: Image, seen: Sighting) -> Sighting:
    """A plate that reads only in the mirror, or upside down, says so about the photo."""
    if seen.reading is None or seen.reading.certain:
        return seen
    quad = seen.plate.quad
    two = geometry.has_two_rows(quad, seen.plate.two_rows)
    mirror, upside = quad[[1, 0, 3, 2]], quad[[2, 3, 0, 1]]
    for turn, note in ((mirror, say("plates.mirrored")), (upside, say("plates.upside-down"))):
        plate = replace(seen.plate, quad=turn.astype(np.float32))
        reading = _text(plate, clearest(nets.reader, gray, [plate.quad], two), gray, nets.thresholds)
        if reading is not None and reading.certain and float(reading.score) >= TURNED and len(reading.text) >= TURNED_LENGTH:
            return Sighting(plate, seen.score, replace(reading, decision=(*reading.decision, note)), note)
    return seen


def _sideways(nets: Networks, rgb: Image) -> list[Sighting]:
    """One more look at a photo without plates, turned by 90 degrees; upside-down strips cover 270. Only certain readings count."""
    scale = min(1.0, SIDEWAYS / max(rgb.shape[:2]))
    if scale * min(rgb.shape[:2]) < 1:  # a strip of 59,424 × 3 pixels: nothing is left of it
        return []
    small = rgb if scale == 1 else np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    turned = np.ascontiguousarray(np.rot90(small, -1))
    high = small.shape[0]
    found = []
    for item in sightings(nets, turned):
        if item.reading is not None and item.reading.certain:
            quad = np.stack([item.plate.quad[:, 1], high - item.plate.quad[:, 0]], 1) / scale
            note = say("plates.sideways")
            found.append(
                Sighting(
                    replace(item.plate, quad=quad.astype(np.float32)),
                    item.score,
                    replace(item.reading, decision=(*item.reading.decision, note)),
                    note,
                )
            )
    return found


def _region(rgb: Image, seen: Sighting) -> PlateRegion:
    wide, _ = geometry.sides(seen.plate.quad)
    reading: Reading[PlateText] = (
        Found(seen.reading)
        if seen.reading
        else Unreadable(say("plates.too-small") if wide < LEAST_WIDTH else say("plates.not-read"))
    )
    return PlateRegion(
        _quad(seen.plate.quad), Decimal(f"{min(1.0, seen.score * seen.plate.p):.3f}"), reading, _crop(rgb, seen.plate)
    )


def _quad(corners: geometry.Corners) -> Quad:
    a, b, c, d = ((round(float(x)), round(float(y))) for x, y in corners)
    return a, b, c, d


def _crop(rgb: Image, plate: Plate) -> Picture:
    """The plate straightened with a little air, in its own proportions, at most CROP_WIDTH wide."""
    wide, _ = geometry.sides(plate.quad)
    aspect = 520 / 112 if not geometry.has_two_rows(plate.quad, plate.two_rows) else 1.6
    width = min(CROP_WIDTH, max(24, round(wide)))
    height = max(12, round(width / aspect))
    flat = geometry.rectify(rgb, plate.quad, (width, height), (-0.03, -0.08, 1.03, 1.08))
    _, data = cv2.imencode(".jpg", cv2.cvtColor(flat, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 88])
    return Picture("image/jpeg", width, height, data.tobytes())
