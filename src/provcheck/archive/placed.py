"""What a placement says: the same picture, a part of it, or only the same scene."""

from __future__ import annotations

from math import atan2, degrees
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.archive.geometry import project
from provcheck.archive.kept import unpack
from provcheck.archive.parts import PartMatch
from provcheck.domain.archive import Relation, Shared, Use
from provcheck.domain.fingerprint import Features
from provcheck.domain.photo import Picture
from provcheck.domain.plate import Point, Quad
from provcheck.domain.reading import Reading

COPY_CELLS: Final = 16  # agreeing places; different photos of one and the same thing on a table reached 15
COPY_MISS: Final = 0.0006  # of the archived picture's longest side, a third of a pixel of 480, …
COPY_PIXELS: Final = 0.2  # … and this of the submitted picture's pixels, which blur the places in a small copy
COPY_SHARE: Final = (
    0.45  # of the archived features that should be seen: where fewer come again, they must lie more exactly, by its square.
)
# One camera's background comes again between two moments, but grain and light let fewer features through: 12 to 28 % at a
# gate, missing by 6 to 12 ten-thousandths; copies show 38 to 76 %, and under large letters 26 to 49 % that miss by 2 to 5
EDGE: Final = 0.02  # of the longest side: features so near the frame of the submitted picture may be cut
SEEN: Final = 3.0  # px; smaller in the submitted picture, a feature is not expected
LOOKED_AT: Final = 800  # px; the submitted picture's longest side when its features are read
WHOLE: Final = 0.9  # overlap of the two frames, in each of them, from which on it is the same picture and not a part


def shared(
    match: PartMatch,
    kept: bytes,
    query: Features,
    named: tuple[str, str, str],
    size: tuple[int, int],
    uses: tuple[Use, ...],
    view: Reading[Picture],
) -> Shared:
    """The match in pixels of both pictures; `named` is archive, name and SHA-256, `size` the archived picture's,
    `kept` its packed features."""
    placement = match.placement
    there = _box(match.points, size)
    here = project(placement.matrix, np.array(there) / max(size)) * max(query.width, query.height)
    if match.mirrored:
        here[:, 0] = query.width - here[:, 0]
    turn = degrees(atan2(placement.matrix[1, 0], placement.matrix[0, 0]))
    return Shared(
        *named,
        verdict(match, kept, query, size),
        placement.cells,
        match.mirrored,
        round(-turn if match.mirrored else turn) % 360,
        _quad(here),
        _quad(np.array(there)),
        uses,
        view,
    )


def verdict(match: PartMatch, kept: bytes, query: Features, size: tuple[int, int]) -> Relation:
    """A copy lies exactly where its original does and shows it all again; another moment or standpoint does not quite."""
    placement, longest = match.placement, max(query.width, query.height)
    side = min(longest, LOOKED_AT) * abs(float(np.linalg.det(placement.matrix[:2, :2]))) ** 0.5
    again = min(1.0, _share(match, kept, query, side) / COPY_SHARE) ** 2
    if placement.cells < COPY_CELLS or placement.miss > again * (COPY_MISS + COPY_PIXELS / side):
        return Relation.SCENE
    corners = project(placement.matrix, np.array(_corners(*size)) / max(size)) * longest
    low, high = np.maximum(corners.min(axis=0), 0), np.minimum(corners.max(axis=0), (query.width, query.height))
    both = float(np.prod(np.maximum(high - low, 0)))
    frame = float(np.prod(corners.max(axis=0) - corners.min(axis=0)))
    return Relation.SAME if both >= WHOLE * query.width * query.height and both >= WHOLE * frame else Relation.PART


def _share(match: PartMatch, kept: bytes, query: Features, side: float) -> float:
    """How many of the archived features that should show in the submitted picture agree."""
    places, longest = unpack(kept).places, max(query.width, query.height)
    there = project(match.placement.matrix, places[:, :2])
    end = np.array((query.width, query.height)) / longest - EDGE
    expected = (there > EDGE).all(axis=1) & (there < end).all(axis=1) & (np.exp2(places[:, 3]) * side > SEEN)
    return len(np.unique(match.points, axis=0)) / max(1, int(expected.sum()))


def _box(points: npt.NDArray[np.floating], size: tuple[int, int]) -> list[Point]:
    """Corners of the box around the matched points of the archived picture, in its pixels."""
    low, high = points.min(axis=0) * max(size), points.max(axis=0) * max(size)
    return [(int(x), int(y)) for x, y in ((low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1]))]


def _corners(width: int, height: int) -> list[Point]:
    return [(0, 0), (width, 0), (width, height), (0, height)]


def _quad(points: npt.NDArray[np.floating] | npt.NDArray[np.int_]) -> Quad:
    a, b, c, d = ((round(float(x)), round(float(y))) for x, y in points)
    return a, b, c, d
