"""Does the small gray picture that an archive keeps look like the place in the query where it should lie?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.archive.geometry import scale_of

T = TypeVar("T", bound=np.generic)
Gray = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Matrix = npt.NDArray[np.float64]

BLOCK: Final = 6  # px of 48: coarse enough that a slip of the alignment does not matter
FLAT: Final = 2.0  # of 255, standard deviation: a block without a structure of its own says nothing
ALIKE: Final = 0.7  # correlation of two blocks
GRID: Final = 32
LOW: Final = 13  # frequencies 1 to 12 on each axis: what 48 pixels hold, without the brightness
SOLID: Final = 0.98  # of a pixel that the query covers


@dataclass(frozen=True)
class Likeness:
    """Of `blocks` that hold a structure and lie inside the query, `alike` correlate. `visible` is the part of the archived picture
    that lies inside the query; of the low frequencies' signs `unlike` are others there, as a share (PDQ of the aligned region)."""

    blocks: int
    alike: int
    visible: float
    unlike: float

    @property
    def share(self) -> float:
        return self.alike / self.blocks if self.blocks else 0.0


NOTHING: Final = Likeness(0, 0, 0.0, 1.0)  # no picture was kept, or nothing of it is visible


def likeness(archived: Gray, query: Gray, matrix: Matrix) -> Likeness:
    """`matrix` takes archived to query coordinates, both of their longest side."""
    if not archived.size or not query.size:
        return NOTHING
    one, two = max(archived.shape), max(query.shape)
    pixels = np.diag([two, two, 1.0]) @ matrix @ np.diag([1 / one, 1 / one, 1.0])
    laid, inside = _laid(query, pixels, archived.shape)
    if inside.sum() < 2 * BLOCK**2:
        return NOTHING
    first = archived.astype(np.float32)
    return _compared(first, laid, inside)


def _laid(query: Gray, pixels: Matrix, shape: tuple[int, ...]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """The query as it lies on the archived picture, shrunk to its grain first; and where there is any."""
    scale = max(1.0, scale_of(pixels))
    size = (max(1, round(query.shape[1] / scale)), max(1, round(query.shape[0] / scale)))
    small = cv2.resize(query, size, interpolation=cv2.INTER_AREA)
    shrink = np.diag([size[0] / query.shape[1], size[1] / query.shape[0], 1.0])
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])  # cv2 counts from pixel centres
    lies = np.linalg.inv(half) @ shrink @ pixels @ half
    width, height, how = shape[1], shape[0], cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpPerspective(small.astype(np.float32), lies, (width, height), flags=how)
    solid = cv2.warpPerspective(np.ones(small.shape, np.float32), lies, (width, height), flags=how)
    return np.asarray(laid, dtype=np.float32), np.asarray(solid) > SOLID


def _compared(one: Floats, two: Floats, inside: npt.NDArray[np.bool_]) -> Likeness:
    first, second = _blocks(one), _blocks(two)
    first, second = first - first.mean(axis=1, keepdims=True), second - second.mean(axis=1, keepdims=True)
    within, spread = _blocks(inside).all(axis=1), (first**2).mean(axis=1) ** 0.5
    told = within & (spread >= FLAT)
    norms = np.sqrt((first**2).sum(axis=1) * (second**2).sum(axis=1))
    correlations = ((first * second).sum(axis=1) / np.maximum(norms, 1e-3))[told]
    return Likeness(int(told.sum()), int((correlations >= ALIKE).sum()), float(inside.mean()), _unlike(one, two, inside))


def _unlike(one: Floats, two: Floats, inside: npt.NDArray[np.bool_]) -> float:
    """What is not visible is taken to be alike."""
    gain, offset = np.polyfit(one[inside], two[inside], 1) if one[inside].std() > 0 else (1.0, 0.0)
    filled = np.where(inside, two, gain * one + offset)
    first, second = (_frequencies(picture) for picture in (one, np.asarray(filled, dtype=np.float32)))
    return float((first != second).mean())


def _frequencies(picture: Floats) -> npt.NDArray[np.bool_]:
    smooth = cv2.INTER_AREA if min(picture.shape) >= GRID else cv2.INTER_LINEAR
    low = np.asarray(cv2.dct(cv2.resize(picture, (GRID, GRID), interpolation=smooth)))[1:LOW, 1:LOW]
    return np.asarray(low > np.median(low))


def _blocks(values: npt.NDArray[T]) -> npt.NDArray[T]:
    """Every second overlapping block as a row."""
    size = min(BLOCK, *values.shape)
    windows = np.lib.stride_tricks.sliding_window_view(values, (size, size))[:: BLOCK // 2, :: BLOCK // 2]
    return windows.reshape(-1, size * size)
