"""Where in this picture do other pictures lie? The photos of a screenshot, a collage, a story or a page with a frame.

A recursive XY-cut (Nagy and Seth 1984): what surrounds pictures (a page, a bar, a gutter, a blurred background) changes little
along a whole row or column, so the picture is cut there, and each piece again. Lines of text are cut out in the same way, and
told from photos by having one colour behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Gray = npt.NDArray[np.uint8]

CHANGE: Final = (
    14  # of 255, from a pixel to the next but one: less is a ground, also a blurred one, and JPEG's ringing beside an edge
)
QUIET: Final = 0.015  # of a row or column may change more: dust, one stray letter
ROUNDS: Final = 4  # of cutting rows and columns in turn: a page holds a grid of pictures, not more
SHORTEST: Final = 90  # px; a smaller picture holds too little to be found
SMALLEST: Final = 0.03  # of the whole: an avatar, a button, an advertisement's stamp
LARGEST: Final = 0.9  # of the whole: a picture with a thin frame needs no search of its own
GROUND: Final = 0.5  # of a piece in one colour is a page with text or icons on it
NEAR: Final = 6  # of 255: one colour, after recompression
EDGE: Final = 0.6  # of a side along which the brightness steps at one straight line: nothing in a photo is cut so, but a photo is
REACH: Final = 3  # px; how far from a piece's first loud row that line may lie
MOST: Final = 6  # photos on a page that are looked at, largest first: more make a sheet of thumbnails


@dataclass(frozen=True, slots=True)
class Panel:
    """A photo on a page, in pixels of the page: left, top, right and bottom, the last two beyond it."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def area(self) -> int:
        return (self.x1 - self.x0) * (self.y1 - self.y0)


def panels(gray: Gray) -> tuple[Panel, ...]:
    """The photos within a picture of at most about 1,024 px a side; none where it is a single photo itself."""
    height, width = gray.shape
    pieces: list[Panel] = [Panel(0, 0, width, height)]
    for _ in range(ROUNDS):
        cut = [part for piece in pieces for part in _cut(gray, piece)]
        if cut == pieces:
            break
        pieces = cut
    found = [one for one in pieces if SMALLEST * gray.size <= one.area <= LARGEST * gray.size and _is_photo(gray, one)]
    found = [one for one in found if _is_cut_out(gray, one)]
    return tuple(sorted(found, key=lambda one: -one.area)[:MOST])


def _cut(gray: Gray, piece: Panel) -> list[Panel]:
    """By its quiet rows, then each part by its quiet columns; what is too small to hold a photo is left out."""
    found = []
    for top, bottom in _loud(gray[piece.y0 : piece.y1, piece.x0 : piece.x1]):
        part = gray[piece.y0 + top : piece.y0 + bottom, piece.x0 : piece.x1]
        for left, right in _loud(part.T):
            found.append(Panel(piece.x0 + left, piece.y0 + top, piece.x0 + right, piece.y0 + bottom))
    return found


def _loud(gray: Gray) -> list[tuple[int, int]]:
    """Runs of rows that change along themselves, long enough for a photo."""
    if min(gray.shape) < SHORTEST:
        return []
    steps = cv2.absdiff(gray[:, 2:], gray[:, :-2]) > CHANGE
    loud = np.concatenate(([False], steps.mean(axis=1) > QUIET, [False]))
    edges = np.flatnonzero(loud[1:] != loud[:-1]).reshape(-1, 2).tolist()
    return [(start, end) for start, end in edges if end - start >= SHORTEST]


def _is_photo(gray: Gray, piece: Panel) -> bool:
    values = gray[piece.y0 : piece.y1, piece.x0 : piece.x1]
    counts = np.bincount(values.ravel(), minlength=256)
    ground = np.convolve(counts, np.ones(2 * NEAR + 1), "same").max()
    return bool(ground < GROUND * values.size)


def _is_cut_out(gray: Gray, piece: Panel) -> bool:
    """Whether one of its sides is a straight edge: the sky above a photo's houses is a quiet band, too."""
    across, down = gray[piece.y0 : piece.y1], gray[:, piece.x0 : piece.x1]
    sides = ((down, piece.y0), (down, piece.y1), (across.T, piece.x0), (across.T, piece.x1))
    return any(_steps(rows, at) >= EDGE for rows, at in sides)


def _steps(rows: Gray, at: int) -> float:
    """The part of the row's length along which the brightness steps between the rows beside it, of the best row near `at`."""
    first, last = max(1, at - REACH), min(len(rows) - 1, at + REACH + 1)
    if last - first < REACH:  # the edge of the whole picture
        return 0.0
    return float((cv2.absdiff(rows[first + 1 : last + 1], rows[first - 1 : last - 1]) > CHANGE).mean(axis=1).max())
