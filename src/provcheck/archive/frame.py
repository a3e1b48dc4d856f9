"""Does the query's picture go on beyond the archived one's frame? Then it is no copy of it, but another view of its scene.

A copy can show less than the archived picture (it was cropped), and other things beside it (a border, a page, another picture),
but where the archived picture ends, the copy's own picture must end too.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.archive.geometry import project
from provcheck.archive.likeness import Gray

Matrix = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float64]
Panel = npt.NDArray[np.float64]  # left, top, right, bottom, of the query's longest side

SAMPLES: Final = 40  # along each side of the frame
STEP: Final = 2.0  # px of 256 in the query: how far inside and outside of the frame is looked
AGREES: Final = 14.0  # of 255: the archived brightness, in the query's tones, against the query's just inside the frame
STEADY: Final = 6.0  # of 255: a step across the frame that is none, …
SLOPE: Final = 1.5  # … or this many times the step just inside
UNIFORM: Final = 1.2  # of 255, deviation along one side: a border of one colour goes on nowhere
SEEN: Final = 0.15  # of the frame along which the picture goes on …
MOST: Final = 0.5  # … and of what of the frame can be seen


def goes_on(archived: Gray, query: Gray, matrix: Matrix, panel: Panel | None = None) -> bool:
    """`matrix` takes archived to query coordinates, both of their longest side. Never where no gray picture was kept.

    Where the query is a page on which the archived picture was found in the `panel` of a photo, what lies beside it is the page.
    """
    if not archived.size or not query.size:
        return False
    tone = _tone(archived, query, matrix)
    seen, on = 0, 0
    for start, end, out in _sides(archived):
        valid, continued = _along(archived, query, matrix, tone, start, end, out, panel)
        seen, on = seen + valid, on + continued
    return on >= SEEN * 4 * SAMPLES and on >= MOST * seen


def _sides(archived: Gray) -> list[tuple[Floats, Floats, Floats]]:
    """Start, end and outward direction of each side, in shares of the longest side."""
    width, height = archived.shape[1] / max(archived.shape), archived.shape[0] / max(archived.shape)
    corners = [np.array(corner) for corner in ((0, 0), (width, 0), (width, height), (0, height))]
    out = [np.array(one) for one in ((0, -1), (1, 0), (0, 1), (-1, 0))]
    return [(corners[at], corners[(at + 1) % 4], out[at]) for at in range(4)]


def _along(
    archived: Gray,
    query: Gray,
    matrix: Matrix,
    tone: tuple[float, float],
    start: Floats,
    end: Floats,
    out: Floats,
    panel: Panel | None,
) -> tuple[int, int]:
    """Along one side: samples that lie well inside the query, and those across which its picture goes on."""
    along: Floats = np.asarray(start + np.linspace(0.04, 0.96, SAMPLES)[:, None] * (end - start), dtype=np.float64)
    here = project(matrix, along) * max(query.shape)
    ahead = project(matrix, along + 1e-3 * out) * max(query.shape) - here
    ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-9)
    deep, inside, outside, beyond = (_at(query, here + steps * STEP * ahead) for steps in (-3, -1, 1, 3))
    valid = np.isfinite(deep) & np.isfinite(inside) & np.isfinite(outside) & np.isfinite(beyond)
    if valid.sum() < 4 or np.std(outside[valid]) < UNIFORM:
        return 0, 0
    within: Floats = np.asarray((here - STEP * ahead) / max(query.shape), dtype=np.float64)
    back = project(np.asarray(np.linalg.inv(matrix), dtype=np.float64), within) * max(archived.shape)
    expected = tone[0] * _at(archived, np.clip(back, 0.5, np.array(archived.shape[::-1]) - 0.5)) + tone[1]
    step = np.abs(outside - inside)[valid]
    slope = (np.abs(inside - deep)[valid] + np.abs(beyond - outside)[valid]) / 2
    agrees = (np.abs(expected - inside) < AGREES)[valid]
    if panel is not None:
        agrees &= lies_in(panel * max(query.shape), here + STEP * ahead)[valid]
    if step.mean() <= SLOPE * slope.mean() + STEADY / 2:  # no edge along this side
        return int(valid.sum()), int(agrees.sum())
    return int(valid.sum()), int((agrees & (step <= np.maximum(STEADY, SLOPE * slope))).sum())


def lies_in(panel: Panel, points: npt.NDArray[np.floating]) -> npt.NDArray[np.bool_]:
    return np.asarray(((points >= panel[:2]) & (points < panel[2:])).all(axis=1))


def _at(gray: Gray, points: Floats) -> Floats:
    """Brightness at points in pixels, nan outside."""
    blurred = cv2.blur(gray, (3, 3)).astype(np.float64) if max(gray.shape) > 100 else gray.astype(np.float64)
    x, y = np.floor(points[:, 0]).astype(int), np.floor(points[:, 1]).astype(int)
    inside = (x >= 0) & (y >= 0) & (x < gray.shape[1]) & (y < gray.shape[0])
    values = blurred[np.clip(y, 0, gray.shape[0] - 1), np.clip(x, 0, gray.shape[1] - 1)]
    return np.where(inside, values, np.nan)


def _tone(archived: Gray, query: Gray, matrix: Matrix) -> tuple[float, float]:
    """Gain and offset from archived to query brightness, from the pixels that fit best."""
    y, x = np.mgrid[0 : archived.shape[0], 0 : archived.shape[1]].reshape(2, -1)
    there = project(matrix, np.column_stack((x + 0.5, y + 0.5)) / max(archived.shape)) * max(query.shape)
    values = _at(query, there)
    known = np.isfinite(values)
    one, two = archived.ravel()[known].astype(np.float64), values[known]
    gain, offset = 1.0, 0.0
    for _ in range(4):
        if len(one) < 8 or one.std() < 1:
            break
        gain, offset = (float(value) for value in np.polyfit(one, two, 1))
        miss = np.abs(gain * one + offset - two)
        kept = miss <= max(float(np.percentile(miss, 70)), 3.0)
        one, two = one[kept], two[kept]
    return gain, offset
