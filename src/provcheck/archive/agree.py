"""Which features of two pictures agree on one placement? Proposed by matches of one word, then looked for where they should lie."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, log, log2, pi
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.archive.geometry import AFFINE, HOMOGRAPHY, LOOSE, SIMILARITY, cells, fitted, project, propose, scale_of
from provcheck.archive.kept import Kept
from provcheck.archive.words import Described

Matrix = npt.NDArray[np.float64]
Ids = npt.NDArray[np.intp]

CLOSE: Final = 16  # of 64 signature bits, in one word: of unlike features one in 250 lies nearer
GUIDED: Final = 22  # … where place, size and angle are right already
MOST_JOINED: Final = 300  # closest pairs that are looked at: letters match letters by the thousand
STEPS: Final = (
    (0.03, 16, SIMILARITY),
    (0.02, 18, AFFINE),
    (0.012, 22, HOMOGRAPHY),
)  # how far off a feature may lie, of the archived picture's longest side; bits that may differ; parameters of the map then fitted
EXACT: Final = 0.008  # … and in the end
TURN: Final = 0.4  # radians
OCTAVES: Final = 0.7
PROMISING: Final = 5.0  # natural logarithms: what a placement must reach at each step; chance seldom does
SEEDS: Final = 3  # matches of one word that may propose a placement
EDGE: Final = 0.02  # of the longest side: features so near the frame of the submitted picture may be cut
SEEN: Final = 3.0  # px; smaller in the submitted picture, a feature is not expected
LOOKED_AT: Final = 800  # px; the submitted picture's longest side when its features are read


@dataclass(frozen=True)
class Side:
    """A submitted picture's features (or its mirror image's), laid out for joining. `frame`: width and height, of the
    longest side."""

    described: Described
    frame: tuple[float, float]
    longest: int
    words: npt.NDArray[np.uint16]  # sorted, …
    owners: Ids  # … and the features that they are of
    by_x: Ids  # features from left to right, …
    xs: npt.NDArray[np.float32]  # … and their places
    ys: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Agreement:
    """`matrix` (3 × 3) takes archived to query coordinates, both of their longest side. `there` and `here` are the features that
    agree, `miss` by how much each misses (of the archived longest side), `chance` how many would agree by chance."""

    matrix: Matrix
    there: Ids
    here: Ids
    miss: npt.NDArray[np.float64]
    chance: float
    cells: int

    @property
    def weight(self) -> float:
        """How improbable so many are by chance: natural logarithms of a Poisson tail."""
        return _weight(len(self.there), self.chance)


def _weight(count: int, chance: float) -> float:
    return count * log(count / chance) - count + chance if count > chance else 0.0


def side(described: Described, width: int, height: int) -> Side:
    words = described.words.ravel()
    order = np.argsort(words, kind="stable")
    longest = max(width, height)
    by_x = np.argsort(described.places[:, 0], kind="stable")
    return Side(
        described,
        (width / longest, height / longest),
        longest,
        words[order],
        order // described.words.shape[1],
        by_x,
        np.ascontiguousarray(described.places[by_x, 0]),
        np.ascontiguousarray(described.places[by_x, 1]),
    )


def spread(agreed: Agreement, kept: Kept) -> float:
    """The box around the middle half of the archived features that agree, as a share of the square over the longest side."""
    if not len(agreed.there):
        return 0.0
    low, high = np.percentile(kept.places[agreed.there][:, :2], (25, 75), axis=0)
    return float(np.prod(high - low))


def agreement(query: Side, kept: Kept, guess: Matrix | None = None) -> Agreement | None:
    """The placement that most features agree on, from their own matches or from a `guess`."""
    guess = _guess(query, kept) if guess is None else guess
    if guess is None:
        return None
    for tolerance, bits, parameters in STEPS:
        here, there, chance = _guided(query, kept, guess, tolerance, bits)
        if len(here) < SEEDS or _weight(len(here), max(chance, 0.5)) < PROMISING:
            return None
        better = fitted(kept.places[there], query.described.places[here], tolerance, parameters)
        guess = guess if better is None else better
    return _measured(query, kept, guess)


def _guess(query: Side, kept: Kept) -> Matrix | None:
    here, there = _joined(query, kept)
    if len(here) < SEEDS:
        return None
    one, two = query.described.places[here], kept.places[there]
    inliers = propose(one, two)
    return fitted(two[inliers], one[inliers], LOOSE, SIMILARITY) if inliers.sum() >= SEEDS else None


def _joined(query: Side, kept: Kept) -> tuple[Ids, Ids]:
    """Pairs of features in one word whose signatures are close, closest first."""
    first, last = np.searchsorted(query.words, kept.words, "left"), np.searchsorted(query.words, kept.words, "right")
    there, at = _spans(first, last)
    here = query.owners[at]
    distance = np.bitwise_count(query.described.signatures[here] ^ kept.signatures[there])
    order = np.argsort(distance, kind="stable")
    order = order[: min(MOST_JOINED, int((distance <= CLOSE).sum()))]
    return here[order], there[order]


def _guided(query: Side, kept: Kept, matrix: Matrix, tolerance: float, bits: int) -> tuple[Ids, Ids, float]:
    """The closest query feature near where each archived one should lie, of the right size and angle; and how many pairs of
    unlike features would have been close enough."""
    places, scale, turn = query.described.places, scale_of(matrix), atan2(matrix[1, 0], matrix[0, 0])
    target = project(matrix, kept.places[:, :2])
    reach = tolerance * scale
    there, at = _spans(np.searchsorted(query.xs, target[:, 0] - reach), np.searchsorted(query.xs, target[:, 0] + reach))
    level = np.flatnonzero(np.abs(query.ys[at] - target[there, 1]) < reach)
    there, here = there[level], query.by_x[at[level]]
    apart = np.hypot(*(places[here, :2] - target[there]).T)
    turned = (places[here, 2] - kept.places[there, 2] - turn + pi) % (2 * pi) - pi
    octaves = places[here, 3] - kept.places[there, 3] - log2(scale)
    near = np.flatnonzero((apart < reach) & (np.abs(turned) < TURN) & (np.abs(octaves) < OCTAVES))
    here, there, apart = here[near], there[near], apart[near]
    distance = np.bitwise_count(query.described.signatures[here] ^ kept.signatures[there])
    chance = float((1 - (1 - LIKE[bits]) ** np.bincount(there, minlength=1)).sum()) if len(there) else 0.0
    order = np.lexsort((apart, distance))
    order = order[distance[order] <= bits]
    order = order[np.sort(np.unique(there[order], return_index=True)[1])]
    order = order[np.sort(np.unique(here[order], return_index=True)[1])]
    return here[order], there[order], chance


LIKE: Final = {16: 0.01, 18: 0.02, 22: 0.06}  # of unlike features of like size and angle lie within so many bits


def _measured(query: Side, kept: Kept, matrix: Matrix) -> Agreement | None:
    here, there, chance = _guided(query, kept, matrix, EXACT, GUIDED)
    if len(here) < SEEDS:
        return None
    scale = scale_of(matrix)
    target = project(matrix, kept.places[there, :2])
    miss = np.hypot(*(target - query.described.places[here, :2]).T) / scale
    count = cells(query.described.places[here], kept.places[there], scale)
    return Agreement(matrix, there, here, miss, max(chance, 0.5), count)


def expected(matrix: Matrix, places: npt.NDArray[np.float32], frame: tuple[float, float], longest: int) -> npt.NDArray[np.bool_]:
    """Which archived features should show in a picture of that `frame` and `longest` side."""
    target, end = project(matrix, places[:, :2]), np.array(frame) - EDGE
    large = np.exp2(places[:, 3]) * scale_of(matrix) * min(longest, LOOKED_AT) > SEEN
    return np.asarray((target > EDGE).all(axis=1) & (target < end).all(axis=1) & large)


def _spans(first: Ids, last: Ids) -> tuple[Ids, Ids]:
    """For each row its span of positions: the rows, repeated, and the positions."""
    lengths = np.maximum(last - first, 0)
    rows = np.repeat(np.arange(len(first)), lengths)
    return rows, np.arange(int(lengths.sum())) - np.repeat(lengths.cumsum() - lengths - first, lengths)
