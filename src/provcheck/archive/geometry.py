"""Do matched features of two pictures agree on one placement? An affine map, found from single matches and refined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Matrix = npt.NDArray[np.float64]

GUESSES: Final = 120  # matches that each propose a placement, best signatures first; one right one suffices
LOOSE: Final = 0.04  # of the archived picture's longest side: a proposal from one feature's angle and size is rough
TIGHT: Final = (0.03, 0.02)  # after each affine least-squares step
TURN: Final = 0.5  # radians between a match's own turn and the proposal's
OCTAVES: Final = 0.8  # between a match's own scale and the proposal's
SMALLEST, LARGEST = 0.1, 10.0  # scale: below a tenth nothing of 480 px would be left to match
FLATTEST: Final = 0.45  # ratio of the axes: a picture on a screen is not seen more askance
PERSPECTIVE: Final = (0.012, 0.008)  # the same for the homography that follows: screens are photographed askance
GRID: Final = 24  # inliers are counted in cells of a 24th of the archived picture, so that one motif counts once


@dataclass(frozen=True)
class Placement:
    """`matrix` (3 × 3, a homography) takes archived to query coordinates, both of their longest side.

    `cells` counts the independent places that agree, `miss` is by how much their median misses, in the archived picture.
    """

    matrix: Matrix
    inliers: npt.NDArray[np.bool_]
    cells: int
    miss: float


def place(query: Floats, archived: Floats, least: int) -> Placement | None:
    """The placement that most matches agree on; rows are matches, columns x, y, angle, log2 of size. None below `least` cells."""
    if len(query) < least:
        return None
    inliers = _propose(query, archived)
    source: Matrix = np.column_stack((archived[:, :2], np.ones(len(archived)))).astype(np.float64)
    matrix: Matrix = np.zeros((2, 3))
    for tolerance in TIGHT:
        if _cells(query, archived, inliers, 1.0) < least:
            return None
        matrix = np.asarray(np.linalg.lstsq(source[inliers], query[inliers, :2], rcond=None)[0].T, dtype=np.float64)
        stretch = np.linalg.svd(matrix[:, :2], compute_uv=False)
        scale = float(np.sqrt(stretch[0] * stretch[1]))
        if np.linalg.det(matrix[:, :2]) <= 0 or not SMALLEST < scale < LARGEST or stretch[1] < FLATTEST * stretch[0]:
            return None
        miss = np.linalg.norm(source @ matrix.T - query[:, :2], axis=1)
        inliers = (miss < tolerance * scale) & (abs(query[:, 3] - archived[:, 3] - np.log2(scale)) < OCTAVES)
    for tolerance in PERSPECTIVE:
        if _cells(query, archived, inliers, scale) < least:
            return None
        matrix = _homography(archived[inliers, :2], query[inliers, :2])
        miss = np.linalg.norm(project(matrix, archived[:, :2]) - query[:, :2], axis=1) / scale
        inliers = (miss < tolerance) & (abs(query[:, 3] - archived[:, 3] - np.log2(scale)) < OCTAVES)
    cells = _cells(query, archived, inliers, scale)
    if cells < least:
        return None
    return Placement(matrix, inliers, cells, float(np.median(miss[inliers])))


def project(matrix: Matrix, points: npt.NDArray[np.floating]) -> Matrix:
    """N × 2 points through a 3 × 3 homography."""
    ahead = np.column_stack((points, np.ones(len(points)))) @ matrix.T
    return np.asarray(ahead[:, :2] / ahead[:, 2:])


def _homography(source: Floats, target: Floats) -> Matrix:
    """Least squares of the eight parameters, with the ninth 1: the archived picture never vanishes at its own origin."""
    x, y, u, v = source[:, 0], source[:, 1], target[:, 0], target[:, 1]
    one, none = np.ones_like(x), np.zeros_like(x)
    across = np.column_stack((x, y, one, none, none, none, -u * x, -u * y))
    down = np.column_stack((none, none, none, x, y, one, -v * x, -v * y))
    rows = np.vstack((across, down))
    return np.append(np.linalg.lstsq(rows.astype(np.float64), np.concatenate((u, v)), rcond=None)[0], 1.0).reshape(3, 3)


def _propose(query: Floats, archived: Floats) -> npt.NDArray[np.bool_]:
    """Each match has a turn and a scale of its own, and so proposes a similarity; the one that most others follow."""
    octaves = query[:, 3] - archived[:, 3]
    turns = query[:, 2] - archived[:, 2]
    zoom = np.exp2(octaves[:GUESSES]) * np.exp(1j * turns[:GUESSES])
    start, end = archived[:, 0] + 1j * archived[:, 1], query[:, 0] + 1j * query[:, 1]
    miss = np.abs(zoom[:, None] * (start[None, :] - start[:GUESSES, None]) + end[:GUESSES, None] - end[None, :])
    turned = np.abs((turns[None, :] - turns[:GUESSES, None] + np.pi) % (2 * np.pi) - np.pi)
    agree = (
        (miss < LOOSE * np.abs(zoom)[:, None]) & (turned < TURN) & (np.abs(octaves[None, :] - octaves[:GUESSES, None]) < OCTAVES)
    )
    return np.asarray(agree[agree.sum(axis=1).argmax()])


def _cells(query: Floats, archived: Floats, inliers: npt.NDArray[np.bool_], scale: float) -> int:
    """Distinct cells on both sides; the smaller count."""
    there, here = (archived[inliers, :2] * GRID).astype(int), (query[inliers, :2] * GRID / scale).astype(int)
    return min(len({(x, y) for x, y in there.tolist()}), len({(x, y) for x, y in here.tolist()}))
