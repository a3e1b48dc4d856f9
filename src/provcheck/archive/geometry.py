"""Do matched features of two pictures agree on one placement? A similarity from single matches, then a finer map through all."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Matrix = npt.NDArray[np.float64]

GUESSES: Final = 40  # matches that each propose a placement, best signatures first; one right one suffices
LOOSE: Final = 0.04  # of the archived picture's longest side: a proposal from one feature's angle and size is rough
TURN: Final = 0.5  # radians between a match's own turn and the proposal's
OCTAVES: Final = 0.8  # between a match's own scale and the proposal's
SMALLEST, LARGEST = 0.1, 10.0  # scale: below a tenth nothing of 480 px would be left to match
FLATTEST: Final = 0.45  # ratio of the axes: a picture on a screen is not seen more askance
SIMILARITY, AFFINE, HOMOGRAPHY = 4, 6, 8  # parameters
SIMILAR, AFFINE_ENDS = 8, 20  # fewer matches than these carry a similarity, or an affine map; more carry a homography
ROUNDS: Final = 3  # of weighing the points anew by how far they miss
GRID: Final = 24  # agreeing features are counted in cells of a 24th of the archived picture, so that one motif counts once


def propose(query: Floats, archived: Floats) -> npt.NDArray[np.bool_]:
    """Each match (x, y, angle, log2 of size) has a turn and a scale of its own, and so proposes a similarity; the one that most
    others follow."""
    octaves = query[:, 3] - archived[:, 3]
    turns = query[:, 2] - archived[:, 2]
    zoom = np.exp2(octaves[:GUESSES]) * np.exp(np.complex64(1j) * turns[:GUESSES])
    start, end = (places[:, 0] + np.complex64(1j) * places[:, 1] for places in (archived, query))
    miss = np.abs(zoom[:, None] * (start[None, :] - start[:GUESSES, None]) + end[:GUESSES, None] - end[None, :])
    turned = np.abs((turns[None, :] - turns[:GUESSES, None] + np.pi) % (2 * np.pi) - np.pi)
    agree = (
        (miss < LOOSE * np.abs(zoom)[:, None]) & (turned < TURN) & (np.abs(octaves[None, :] - octaves[:GUESSES, None]) < OCTAVES)
    )
    return np.asarray(agree[agree.sum(axis=1).argmax()])


def fitted(source: Floats, target: Floats, reach: float, most: int = HOMOGRAPHY) -> Matrix | None:
    """The map (3 × 3) from source to target places that so many points carry; None where it folds the picture.

    `reach` is how far a right point may miss, in source places: what misses by more counts less and less. `most` is the number
    of parameters that the map may have.
    """
    carried = SIMILARITY if len(source) < SIMILAR else AFFINE if len(source) < AFFINE_ENDS else HOMOGRAPHY
    fit = FITS[min(carried, most)]
    start, end, weights = source[:, :2].astype(np.float64), target[:, :2].astype(np.float64), np.ones(len(source))
    matrix = None
    for _ in range(ROUNDS):
        matrix = fit(start, end, weights) if len(source) > 1 else None
        if matrix is None or _folds(matrix):
            return None
        miss = np.hypot(*(project(matrix, start) - end).T) / scale_of(matrix)
        weights = 1 / (1 + (miss / (reach / 4)) ** 2) ** 2
    return matrix


def scale_of(matrix: Matrix) -> float:
    return float(abs(np.linalg.det(matrix[:2, :2])) ** 0.5)


def _folds(matrix: Matrix) -> bool:
    """Whether it mirrors, flattens or shrinks beyond what a photo of a picture can."""
    (a, b), (c, d) = matrix[:2, :2]
    area, sides = a * d - b * c, a * a + b * b + c * c + d * d  # product, and sum of squares, of the two stretches
    if not (area > 0 and SMALLEST < area**0.5 < LARGEST):
        return True
    ratio = sides / area / 2  # (r + 1/r) / 2 of the stretches' ratio r
    return bool(ratio > (FLATTEST + 1 / FLATTEST) / 2)


def project(matrix: Matrix, points: npt.NDArray[np.floating]) -> Matrix:
    """N × 2 points through a 3 × 3 homography."""
    ahead = np.column_stack((points, np.ones(len(points)))) @ matrix.T
    return np.asarray(ahead[:, :2] / ahead[:, 2:])


def cells(query: Floats, archived: Floats, scale: float) -> int:
    """Distinct cells on both sides; the smaller count."""
    there, here = (archived[:, :2] * GRID).astype(int), (query[:, :2] * GRID / scale).astype(int)
    return min(len({(x, y) for x, y in there.tolist()}), len({(x, y) for x, y in here.tolist()}))


def _similarity(source: Matrix, target: Matrix, weights: Matrix) -> Matrix | None:
    start, end = source[:, 0] + 1j * source[:, 1], target[:, 0] + 1j * target[:, 1]
    middle, centre = (weights @ start) / weights.sum(), (weights @ end) / weights.sum()
    spread = float(weights @ np.abs(start - middle) ** 2)
    if spread == 0:
        return None
    zoom = complex((weights * np.conj(start - middle)) @ (end - centre)) / spread
    shift = centre - zoom * middle
    return np.array([[zoom.real, -zoom.imag, shift.real], [zoom.imag, zoom.real, shift.imag], [0, 0, 1]])


def _affine(source: Matrix, target: Matrix, weights: Matrix) -> Matrix | None:
    rows = np.column_stack((source, np.ones(len(source))))
    solved = _solved((rows * weights[:, None]).T @ rows, (rows * weights[:, None]).T @ target)
    return None if solved is None else np.vstack((solved.T, (0.0, 0.0, 1.0)))


def _homography(source: Matrix, target: Matrix, weights: Matrix) -> Matrix | None:
    """Eight parameters, with the ninth 1: the archived picture never vanishes at its own origin."""
    (x, y), (u, v) = source.T, target.T
    one, none = np.ones_like(x), np.zeros_like(x)
    across = np.column_stack((x, y, one, none, none, none, -u * x, -u * y))
    down = np.column_stack((none, none, none, x, y, one, -v * x, -v * y))
    rows, twice = np.vstack((across, down)), np.concatenate((weights, weights))[:, None]
    solved = _solved((rows * twice).T @ rows, (rows * twice).T @ np.concatenate((u, v)))
    return None if solved is None else np.append(solved, 1.0).reshape(3, 3)


def _solved(normal: Matrix, right: Matrix) -> Matrix | None:
    try:
        return np.asarray(np.linalg.solve(normal, right))
    except np.linalg.LinAlgError:
        return None


FITS: Final = {SIMILARITY: _similarity, AFFINE: _affine, HOMOGRAPHY: _homography}
