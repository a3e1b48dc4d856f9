"""Where might plates be? A heat map over a pyramid of tiles; generous, because the corner finder looks again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.readers.plates.network import Floats, run

Image = npt.NDArray[np.uint8]
Corners = npt.NDArray[np.float32]

STRIDE = 8  # of the detector's output
GRAIN = 32  # its input's sides are multiples of this
FINEST = 0.75  # of full resolution: the detector was trained on plates from 26 px on, and readable ones are wider than 35
LARGEST = 10_200_000  # pixels of the finest level: 24 Mpx are searched at 0.65, where a plate of 40 px has those 26
SMALL = 960  # pixels: a smaller photo is also searched in full, plates in it may be small
STEP = 0.48  # between levels: trained widths reach from 26 to 140 px, so that every plate up to 1,750 px is in two levels
DEPTH = 4  # levels
TILE = 1536  # longest side of one pass: bounds the memory that a 100 Mpx photo takes
OVERLAP = 256  # no plate of a level falls between two tiles
LEAST_SIDE = 48  # pixels: a coarser level than this shows no plate
SAME = 0.35  # boxes that overlap more are one plate


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quad (4 x 2, pixels of the photo) and the heat map's score there."""

    quad: Corners
    score: float


def candidates(net: cv2.dnn.Net, rgb: Image, least: float, most: int) -> list[Candidate]:
    """The best `most` candidates that score at least `least`, merged over tiles and levels."""
    raw: list[Candidate] = []
    picture, at = rgb, 1.0
    for level in levels(rgb.shape[0], rgb.shape[1]):
        picture, at = _shrunk(picture, level / at), level  # each level out of the one before: the full picture is read once
        for x, y, tile in _tiles(picture):
            raw += [
                Candidate(np.asarray((item.quad + np.array([x, y])) / level, np.float32), item.score)
                for item in _peaks(net, tile, least)
            ]
    return merged(raw, most)


def _shrunk(picture: Image, scale: float) -> Image:
    if scale >= 1:
        return picture
    size = tuple(max(1, round(side * scale)) for side in (picture.shape[1], picture.shape[0]))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def levels(height: int, width: int) -> list[float]:
    """The scales at which a photo of this size is searched, finest first."""
    finest = 1.0 if max(height, width) <= SMALL else min(FINEST, (LARGEST / (height * width)) ** 0.5)
    scales = [finest * STEP**i for i in range(DEPTH)]
    return [scale for i, scale in enumerate(scales) if i == 0 or min(height, width) * scale >= LEAST_SIDE]


def _tiles(picture: Image) -> Iterator[tuple[int, int, Image]]:
    height, width = picture.shape[:2]
    for y in _starts(height):
        for x in _starts(width):
            yield x, y, picture[y : y + TILE, x : x + TILE]


def _starts(length: int) -> range | tuple[int, ...]:
    if length <= TILE:
        return (0,)
    return range(0, length - OVERLAP, TILE - OVERLAP)


def _peaks(net: cv2.dnn.Net, tile: Image, least: float) -> list[Candidate]:
    height, width = tile.shape[:2]
    padded = cv2.copyMakeBorder(tile, 0, -height % GRAIN, 0, -width % GRAIN, cv2.BORDER_REPLICATE)
    out = run(net, np.asarray(cv2.dnn.blobFromImage(padded, 1 / 255), np.float32))[0]
    heat = 1 / (1 + np.exp(-out[0]))
    ys, xs = np.nonzero(heat >= least)
    centres = np.stack([xs + 0.5, ys + 0.5], 1) * STRIDE
    quads = np.tile(centres, 4) + out[1:, ys, xs].T * STRIDE
    found = [
        Candidate(quad.reshape(4, 2).astype(np.float32), float(score)) for quad, score in zip(quads, heat[ys, xs], strict=True)
    ]
    return merged(found, len(found))


def merged(found: list[Candidate], most: int) -> list[Candidate]:
    """Non-maximum suppression; what is suppressed still votes on the corners, by its score."""
    if not found:
        return []
    order = sorted(found, key=lambda item: -item.score)[:600]  # a page of text has no more plates than this
    boxes = np.array([[*item.quad.min(0), *item.quad.max(0)] for item in order], np.float32)
    scores = np.array([item.score for item in order], np.float32)
    free = np.ones(len(order), bool)
    kept: list[Candidate] = []
    for i, best in enumerate(order):
        if not free[i] or len(kept) >= most:
            continue
        same = free & (overlaps(boxes[i], boxes) > SAME)
        same[i] = True
        free &= ~same
        weights = (scores * same) ** 2
        quad = np.tensordot(weights, np.array([item.quad for item in order]), 1) / weights.sum()
        kept.append(Candidate(quad.astype(np.float32), best.score))
    return kept


def overlaps(box: Floats, boxes: Floats) -> Floats:
    """Intersection over union of one upright box with many, each x0, y0, x1, y1."""
    low, high = np.maximum(box[:2], boxes[:, :2]), np.minimum(box[2:], boxes[:, 2:])
    inter = np.clip(high - low, 0, None).prod(1)
    area = np.clip(boxes[:, 2:] - boxes[:, :2], 0, None).prod(1)
    return np.asarray(inter / np.maximum(area + np.clip(box[2:] - box[:2], 0, None).prod() - inter, 1e-6), np.float32)
