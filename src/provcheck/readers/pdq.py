"""PDQ: Meta's 256-bit perceptual hash, in its eight orientations, from the luma of a picture.

After the reference in C++ (facebook/ThreatExchange, pdq/cpp): two box-filter passes, 64 × 64 samples, the 16 × 16 lowest
cosine frequencies without the constant ones, one bit each for above the median. One transform serves all eight orientations.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.domain.fingerprint import Turn

Matrix = npt.NDArray[np.float32]

LUMA = np.array([[0.299, 0.587, 0.114]], dtype=np.float32)  # ITU-R BT.601, as in the reference
GRID = 64  # side of the reduced picture
KEPT = 16  # frequencies 1 to 16 on each axis give 256 bits
PASSES = 2  # two box passes make a tent filter
QUALITY_DIVISOR = 90  # the reference's scale: sums of significant gradients to about 0 … 100


def luma(rgb: npt.NDArray[np.uint8]) -> Matrix:
    """Brightness, unrounded."""
    return _floats(cv2.transform(rgb.astype(np.float32), LUMA))


def pdq(luma: Matrix) -> tuple[tuple[str, ...], int]:
    """Hex of the hash in every `Turn`, in that order, and the quality (0 to 100). `luma` is rows × columns, 0 to 255."""
    grid = _reduce(luma)
    cosines = _cosines()
    frequencies = _floats(cosines @ grid @ cosines.T)
    return tuple(_hex(turned) for turned in _orientations(frequencies)), _quality(grid)


def _orientations(frequencies: Matrix) -> list[Matrix]:
    """The picture's frequencies in the order of `Turn`: mirroring an axis flips the sign of its odd frequencies."""
    signs = np.where(np.arange(KEPT) % 2 == 0, -1, 1).astype(np.float32)  # index 0 is frequency 1
    turned = []
    for start in (frequencies, frequencies * signs):
        for _ in range(len(Turn) // 2):
            turned.append(start)
            start = start.T * signs  # a quarter turn clockwise: transpose, then mirror left-right
    return turned


def _hex(frequencies: Matrix) -> str:
    """Bit = above the lower median. The reference numbers bits by 16 × row + column and prints the highest first."""
    values = frequencies.ravel()
    median = np.partition(values, values.size // 2 - 1)[values.size // 2 - 1]
    return np.packbits(values[::-1] > median).tobytes().hex()


def _quality(grid: Matrix) -> int:
    """Sum of the steps between neighbours, each cut to whole percents of full scale so that noise counts nothing."""
    steps = sum(int(np.trunc(np.abs(np.diff(grid, axis=axis)) * 100 / 255).sum()) for axis in (0, 1))
    return min(100, steps // QUALITY_DIVISOR)


def _floats(values: npt.ArrayLike) -> Matrix:
    return np.asarray(values, dtype=np.float32)


@cache
def _cosines() -> Matrix:
    """KEPT × GRID rows of the DCT-II without the constant row."""
    frequency, sample = np.arange(1, KEPT + 1)[:, None], np.arange(GRID)[None, :]
    return _floats(np.sqrt(2 / GRID) * np.cos(np.pi / 2 / GRID * frequency * (2 * sample + 1)))


def _reduce(luma: Matrix) -> Matrix:
    """The tent filter and the sample at each cell's centre. Near the edges a window averages what is there."""
    rows, columns = luma.shape
    (before_y, height), (before_x, width) = _window(rows), _window(columns)
    for _ in range(PASSES):
        sums = cv2.boxFilter(
            luma, -1, (width, height), anchor=(before_x, before_y), normalize=False, borderType=cv2.BORDER_CONSTANT
        )
        luma = sums / np.outer(_count(rows, before_y, height), _count(columns, before_x, width))
    return _floats(luma[np.ix_(_centres(rows), _centres(columns))])


def _window(size: int) -> tuple[int, int]:
    """Pixels before the centre, and the width of the window; an even window reaches one further after than before."""
    width = (size + 2 * GRID - 1) // (2 * GRID)
    return (width - 1) // 2, width


def _count(size: int, before: int, width: int) -> Matrix:
    """How many pixels of an axis each window holds."""
    at = np.arange(size)
    return (np.minimum(size, at - before + width) - np.maximum(0, at - before)).astype(np.float32)


def _centres(size: int) -> npt.NDArray[np.intp]:
    return ((np.arange(GRID) + 0.5) * size / GRID).astype(np.intp)
