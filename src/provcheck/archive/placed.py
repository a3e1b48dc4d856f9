"""What a placement says: the same picture, a part of it, or only the same scene."""

from __future__ import annotations

from math import atan2, degrees
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.archive.geometry import project
from provcheck.archive.parts import PartMatch
from provcheck.archive.verdict import is_copy
from provcheck.domain.archive import Relation, Shared, Use
from provcheck.domain.fingerprint import Features
from provcheck.domain.photo import Picture
from provcheck.domain.plate import Point, Quad
from provcheck.domain.reading import Reading

SMALLEST: Final = (
    80  # px, of either picture's shorter side: the prints of two number plates, cropped closely, agree like copies (the largest
)
# of 413 such crops that did had 66)
WHOLE: Final = 0.9  # overlap of the two frames, in each of them, from which on it is the same picture and not a part


def shared(
    match: PartMatch,
    query: Features,
    named: tuple[str, str, str],
    size: tuple[int, int],
    uses: tuple[Use, ...],
    view: Reading[Picture],
) -> Shared:
    """The match in pixels of both pictures; `named` is archive, name and SHA-256, `size` the archived picture's."""
    matrix = match.agreement.matrix
    there = _box(match.places[:, :2], size)
    here = project(matrix, np.array(there) / max(size)) * max(query.width, query.height)
    if match.mirrored:
        here[:, 0] = query.width - here[:, 0]
    turn = degrees(atan2(matrix[1, 0], matrix[0, 0]))
    return Shared(
        *named,
        verdict(match, query, size),
        match.agreement.cells,
        match.mirrored,
        round(-turn if match.mirrored else turn) % 360,
        _quad(here),
        _quad(np.array(there)),
        uses,
        view,
    )


def verdict(match: PartMatch, query: Features, size: tuple[int, int]) -> Relation:
    """A copy lies exactly where its original does and shows it all again; another moment or standpoint does not quite."""
    if not is_copy(match) or min(*size, query.width, query.height) < SMALLEST:
        return Relation.SCENE
    longest = max(query.width, query.height)
    corners = project(match.agreement.matrix, np.array(_corners(*size)) / max(size)) * longest
    low, high = np.maximum(corners.min(axis=0), 0), np.minimum(corners.max(axis=0), (query.width, query.height))
    both = float(np.prod(np.maximum(high - low, 0)))
    frame = float(np.prod(corners.max(axis=0) - corners.min(axis=0)))
    return Relation.SAME if both >= WHOLE * query.width * query.height and both >= WHOLE * frame else Relation.PART


def _box(points: npt.NDArray[np.floating], size: tuple[int, int]) -> list[Point]:
    """Corners of the box around the matched points of the archived picture, in its pixels."""
    low, high = points.min(axis=0) * max(size), points.max(axis=0) * max(size)
    return [(int(x), int(y)) for x, y in ((low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1]))]


def _corners(width: int, height: int) -> list[Point]:
    return [(0, 0), (width, 0), (width, height), (0, height)]


def _quad(points: npt.NDArray[np.floating] | npt.NDArray[np.int_]) -> Quad:
    a, b, c, d = ((round(float(x)), round(float(y))) for x, y in points)
    return a, b, c, d
