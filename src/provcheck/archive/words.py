"""Visual words and signatures: a SIFT descriptor as 14 bits that an index sorts by and 64 bits that tell a chance neighbour.

After Jégou, Douze and Schmid, Hamming embedding (2008) and Babenko and Lempitsky, the inverted multi-index (2012). The
code book is learned from rendered pictures alone (scripts/make_words.py).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.domain.fingerprint import Features

Floats = npt.NDArray[np.float32]

HALF: Final = 128  # words of each half; 128 × 128 cells
WORDS: Final = HALF * HALF
WORD_AXES: Final = 32  # leading principal axes that the words are cut from, even ones for the first half, odd for the second
NEAR: Final = 4  # nearest words of each half that a query's probes are combined from
DIRECTIONS: Final = 8  # of SIFT's histograms, 4 × 4 of them
_LAYOUT: Final = np.arange(128).reshape(4, 4, DIRECTIONS)
MIRRORED: Final = _LAYOUT[::-1][:, :, -np.arange(DIRECTIONS) % DIRECTIONS].ravel()  # the descriptor of the mirrored patch


@dataclass(frozen=True)
class Described:
    """`places`: N × 4 (x, y of the longest side; angle in radians; log2 of size). `words`: N × probes, nearest first."""

    places: Floats
    words: npt.NDArray[np.uint16]
    signatures: npt.NDArray[np.uint64]


def describe(features: Features, probes: int = 1, *, mirrored: bool = False) -> Described:
    """Words and signatures of a picture's features, or of its mirror image's: mirroring permutes a descriptor's bins."""
    places: Floats = np.frombuffer(features.points, dtype="<u2").reshape(-1, 4).astype(np.float32) / np.float32(65535)
    places[:, 2] *= 2 * np.pi
    places[:, 3] = np.log2(np.maximum(places[:, 3], 1e-4))
    if mirrored:
        places[:, 0] = features.width / max(features.width, features.height) - places[:, 0]
        places[:, 2] = (np.pi - places[:, 2]) % (2 * np.pi)
    book = _book()
    centred: Floats = roots(features, mirrored=mirrored) - book.mean
    signs = centred @ book.signs.T > book.medians
    axes: Floats = centred @ book.axes.T
    return Described(places, _words(axes, book, probes), np.packbits(signs, axis=1).view("<u8").ravel())


def roots(features: Features, *, mirrored: bool = False) -> Floats:
    """RootSIFT (Arandjelović and Zisserman 2012): N × 128, unit length."""
    counts: Floats = np.frombuffer(features.descriptors, dtype=np.uint8).reshape(-1, 128).astype(np.float32)
    if mirrored:
        counts = counts[:, MIRRORED]
    return np.asarray(np.sqrt(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)), dtype=np.float32)


def _words(axes: Floats, book: _Book, probes: int) -> npt.NDArray[np.uint16]:
    """The `probes` cells whose centres lie nearest, out of NEAR words of each half."""
    nearest, distances = [], []
    for half in (0, 1):
        part, centres = axes[:, half:WORD_AXES:2], book.words[half]
        distance = (centres**2).sum(axis=1) - 2 * part @ centres.T
        near = np.argpartition(distance, NEAR, axis=1)[:, :NEAR]
        nearest.append(near)
        distances.append(np.take_along_axis(distance, near, axis=1))
    both = (distances[0][:, :, None] + distances[1][:, None, :]).reshape(len(axes), -1)
    cells = (nearest[0][:, :, None] * HALF + nearest[1][:, None, :]).reshape(len(axes), -1)
    return np.take_along_axis(cells, np.argsort(both, axis=1)[:, :probes], axis=1).astype(np.uint16)


@dataclass(frozen=True)
class _Book:
    mean: Floats
    axes: Floats
    signs: Floats
    medians: Floats
    words: Floats


@cache
def _book() -> _Book:
    with np.load(io.BytesIO(files("provcheck.archive").joinpath("words.npz").read_bytes())) as data:
        return _Book(*(data[name].astype(np.float32) for name in ("mean", "axes", "signs", "medians", "words")))
