"""What was changed between two pictures? They are laid over one another, matched in colour, and the difference is outlined."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.archive.agree import Agreement, agreement, side
from provcheck.archive.geometry import project
from provcheck.archive.kept import pack, unpack
from provcheck.archive.likeness import likeness
from provcheck.archive.parts import PROBES, gray_of, is_enough
from provcheck.archive.verdict import is_sure
from provcheck.archive.words import describe
from provcheck.domain.archive import Change, Comparison
from provcheck.domain.fingerprint import Features
from provcheck.domain.plate import Quad
from provcheck.domain.reading import Absent, Found, Reading

Rgb = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

LEAST: Final = 8  # agreeing places: more than an archive asks, since no other check follows
SHRUNK: Final = 0.8  # scale below which the first picture is shrunk before it is warped
SMOOTH: Final = 1.6  # px; takes away the grain of recompression
SLIP: Final = 1.0  # px that the alignment may be off by: a difference that a slope explains is none
STEP: Final = 26  # of 255, below which a difference is toning or grain …
NOISES: Final = 6.0  # … or this many times the picture's own typical difference, where that is more
SMALLEST: Final = 0.0004  # of the frame: a plate in a wide view covers more
GAP: Final = 9  # px; strokes of one caption are one region
MOST: Final = 40  # regions listed, largest first
ROUNDS: Final = 4  # of refitting the colours without what differs
BASIS: Final = 22  # what the colours are mixed from: see _basis
CLIPPED: Final = 5  # of 255: nearer to black or white, a colour may have been cut off
SAMPLE: Final = 30_000  # pixels that the colours are fitted on
RIDGE: Final = 1e-6  # of the sample: keeps a gray picture's equations solvable


@dataclass(frozen=True)
class Aligned:
    """`first` as it lies in the second, in its colours, black where not `covered`; `difference` is 0 to 255."""

    comparison: Comparison
    first: Rgb
    covered: npt.NDArray[np.bool_]
    difference: npt.NDArray[np.uint8]


def compare(first: Rgb, second: Rgb, first_features: Features, second_features: Features) -> Reading[Aligned]:
    """Aligns `first` to `second` (both rows × columns × RGB, of the size that their features are told in).

    Absent where the two share too little to be laid over one another: that they are different pictures is not shown by it.
    """
    plain, mirror = (_placement(first_features, second_features, mirrored=mirrored) for mirrored in (False, True))
    mirrored = (mirror.cells if mirror else 0) > (plain.cells if plain else 0)
    placement = mirror if mirrored else plain
    if placement is None:
        return Absent()
    matrix = _in_pixels(placement.matrix, first_features, second_features, mirrored)
    height, width = second.shape[:2]
    warped, solid = _laid(first, matrix, width, height)
    covered = cv2.erode(solid, np.ones((5, 5), np.uint8)) > 0
    toned, difference = _difference(warped, second, covered)
    turn = degrees(atan2(placement.matrix[1, 0], placement.matrix[0, 0]))
    frame = project(matrix, np.array([(0, 0), (first.shape[1], 0), (first.shape[1], first.shape[0]), (0, first.shape[0])]))
    comparison = Comparison(
        placement.cells,
        mirrored,
        round(-turn if mirrored else turn) % 360,
        _quad(frame),
        round(100 * float(covered.mean())),
        _changes(difference, covered),
    )
    return Found(Aligned(comparison, toned, covered, np.clip(difference, 0, 255).astype(np.uint8)))


def _placement(first: Features, second: Features, *, mirrored: bool) -> Agreement | None:
    """Where the first lies in the second, or in its mirror image, when enough features agree on it."""
    kept = unpack(pack(first))
    agreed = agreement(side(describe(second, PROBES, mirrored=mirrored), second.width, second.height), kept)
    if agreed is None or agreed.cells < LEAST or not is_enough(agreed, kept):
        return None
    seen = likeness(kept.gray, gray_of(second, mirrored=mirrored), agreed.matrix)
    return agreed if is_sure(agreed, seen) else None


def _in_pixels(matrix: npt.NDArray[np.float64], first: Features, second: Features, mirrored: bool) -> npt.NDArray[np.float64]:
    """From pixels of the first to pixels of the second, which was mirrored for the placement."""
    one, two = max(first.width, first.height), max(second.width, second.height)
    whole = np.diag([two, two, 1.0]) @ matrix @ np.diag([1 / one, 1 / one, 1.0])
    return np.array([[-1.0, 0, second.width], [0, 1, 0], [0, 0, 1]]) @ whole if mirrored else whole


def _laid(first: Rgb, matrix: npt.NDArray[np.float64], width: int, height: int) -> tuple[Rgb, Rgb]:
    """The first picture and its extent as they lie in the second; shrunk before, since warping alone would skip pixels."""
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    if scale < SHRUNK:
        small = cv2.resize(first, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        matrix = matrix @ np.diag([first.shape[1] / small.shape[1], first.shape[0] / small.shape[0], 1.0])
        first = np.asarray(small, dtype=np.uint8)
    solid = np.full(first.shape[:2], 255, dtype=np.uint8)
    laid = cv2.warpPerspective(first, matrix, (width, height), flags=cv2.INTER_LINEAR)
    extent = cv2.warpPerspective(solid, matrix, (width, height), flags=cv2.INTER_NEAREST)
    return np.asarray(laid, dtype=np.uint8), np.asarray(extent, dtype=np.uint8)


def _difference(first: Rgb, second: Rgb, covered: npt.NDArray[np.bool_]) -> tuple[Rgb, Floats]:
    """`first` in the colours of `second`, and how far they differ beyond a slip of the alignment."""
    one, two = _smoothed(first), _smoothed(second)
    toned: Floats = np.clip(np.dot(_basis(one), _tone(one, two, covered)), 0, 255).astype(np.float32)  # past white is white
    slopes = [np.hypot(cv2.Sobel(p, cv2.CV_32F, 1, 0), cv2.Sobel(p, cv2.CV_32F, 0, 1)).max(axis=2) / 8 for p in (toned, two)]
    difference = np.abs(toned - two).max(axis=2) - SLIP * np.maximum(*slopes)
    shown = np.where(covered[:, :, None], toned, 0).astype(np.uint8)
    return shown, np.where(covered, np.maximum(difference, 0), 0).astype(np.float32)


def _smoothed(picture: Rgb) -> Floats:
    return np.asarray(cv2.GaussianBlur(picture.astype(np.float32), (0, 0), SMOOTH), dtype=np.float32)


def _tone(one: Floats, two: Floats, covered: npt.NDArray[np.bool_]) -> Floats:
    """The mix of `_basis` that gives the second picture's colours, fitted to what agrees; what is clipped says nothing."""
    open_ = covered & (two > CLIPPED).all(axis=2) & (two < 255 - CLIPPED).all(axis=2)
    seen = open_ if open_.sum() > covered.sum() // 10 else covered
    sample = np.flatnonzero(seen)[:: max(1, int(seen.sum()) // SAMPLE)]
    x, y = _basis(one).reshape(-1, BASIS)[sample], two.reshape(-1, 3)[sample]
    kept = np.ones(len(sample), dtype=bool)
    tone = np.zeros((BASIS, 3), dtype=np.float32)
    for _ in range(ROUNDS):
        normal = x[kept].T @ x[kept] + np.eye(BASIS, dtype=np.float32) * RIDGE * kept.sum()
        tone = np.linalg.solve(normal, x[kept].T @ y[kept]).astype(np.float32)
        miss = np.abs(x @ tone - y).max(axis=1)
        kept = miss <= max(float(np.percentile(miss, 70)), 4.0)
    return tone


def _basis(picture: Floats) -> Floats:
    """Of each pixel: its colours, their squares and roots for gamma, and its colours by its place for a vignette; shares of 1."""
    height, width = picture.shape[:2]
    down, across = (np.linspace(-1, 1, size, dtype=np.float32) for size in (height, width))
    colour = picture / np.float32(255)
    v, u = down[:, None, None], across[None, :, None]
    placed = [colour * place for place in (u, v, u * u, v * v)]
    return np.concatenate((colour, colour**2, np.sqrt(np.maximum(colour, 0)), *placed, np.ones_like(colour[:, :, :1])), axis=2)


def _changes(difference: Floats, covered: npt.NDArray[np.bool_]) -> tuple[Change, ...]:
    """Boxes around what differs by more than the rest of the picture does, largest first."""
    if not covered.any():
        return ()
    step = max(float(STEP), NOISES * float(np.median(difference[covered])))
    marked = cv2.morphologyEx((difference > step).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((GAP, GAP), np.uint8))
    marked = cv2.morphologyEx(marked, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(marked)
    found = []
    for label in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[label])
        if area >= SMALLEST * difference.size:
            strength = round(float(difference[labels == label].mean()))
            found.append(
                (area, Change(_quad(np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])), strength))
            )
    return tuple(change for _, change in sorted(found, key=lambda one: -one[0])[:MOST])


def _quad(points: npt.NDArray[np.floating] | npt.NDArray[np.int_]) -> Quad:
    a, b, c, d = ((round(float(x)), round(float(y))) for x, y in points)
    return a, b, c, d
