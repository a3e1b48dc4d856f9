"""Which of N hashes of 256 bits lie within a small Hamming radius? Exact, in numpy.

Multi-index hashing (Norouzi, Punjani and Fleet 2012): cut into 16 bands of 16 bits, two hashes within 31 bits differ by at
most one bit in some band, so it suffices to look at 17 buckets a band and to measure what lies in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]  # N × 4
Bands = npt.NDArray[np.uint16]  # N × 16

BANDS: Final = 16
WIDEST: Final = 2 * BANDS - 1  # up to this radius one band differs by at most one bit
SCAN: Final = 20_000  # below, measuring every hash is as fast as looking in buckets
FLIPS: Final = np.concatenate(([0], 1 << np.arange(16))).astype(np.uint16)  # a band itself, and its 16 neighbours


@dataclass(frozen=True)
class Nearby:
    """Rows of the index within the radius of one query, and their distances."""

    rows: npt.NDArray[np.intp]
    distances: npt.NDArray[np.intp]


class HammingIndex:
    """An immutable index over hashes of 32 bytes, laid end to end in `hashes`."""

    def __init__(self, hashes: bytes | npt.NDArray[np.uint8]) -> None:
        self.words: Words = np.frombuffer(hashes, dtype="<u8").reshape(-1, 4)

    def __len__(self) -> int:
        return len(self.words)

    def search(self, query: bytes, radius: int) -> Nearby:
        """Every row within `radius` (at most 31, or at most 256 by scan) of the hash `query`."""
        if len(self) <= SCAN or radius > WIDEST:
            return self.scan(query, radius)
        return self._measure(query, radius, self._candidates(query))

    def scan(self, query: bytes, radius: int) -> Nearby:
        """The same by measuring every row."""
        return self._measure(query, radius, None)

    def _measure(self, query: bytes, radius: int, rows: npt.NDArray[np.intp] | None) -> Nearby:
        words = self.words if rows is None else self.words[rows]
        bits = np.bitwise_count(words ^ np.frombuffer(query, dtype="<u8")).astype(np.uint16)
        distances = bits[:, 0] + bits[:, 1] + bits[:, 2] + bits[:, 3]
        near = np.flatnonzero(distances <= radius)
        if rows is None:
            return Nearby(near, distances[near].astype(np.intp))
        once, first = np.unique(rows[near], return_index=True)  # a near hash lies in several of the buckets
        return Nearby(once, distances[near][first].astype(np.intp))

    def _candidates(self, query: bytes) -> npt.NDArray[np.intp]:
        starts, order = self._buckets
        keys = np.frombuffer(query, dtype="<u2")[:, None] ^ FLIPS[None, :]
        band = np.arange(BANDS)[:, None]
        first, last = starts[band, keys].ravel(), starts[band, keys.astype(np.intp) + 1].ravel()
        filled = np.flatnonzero(last > first)
        offsets = (np.arange(BANDS).repeat(len(FLIPS)) * len(self))[filled]
        lengths = (last - first)[filled].astype(np.intp)
        at = np.repeat(offsets + first[filled] - (lengths.cumsum() - lengths), lengths) + np.arange(lengths.sum())
        rows: npt.NDArray[np.intp] = order.ravel()[at].astype(np.intp)
        return rows

    @cached_property
    def _buckets(self) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
        """For every band the rows sorted by its value, and where each value starts."""
        bands: Bands = self.words.view("<u2").reshape(-1, BANDS)
        starts = np.zeros((BANDS, 65537), dtype=np.uint32)
        order = np.empty((BANDS, len(self)), dtype=np.uint32)
        for band in range(BANDS):
            values = np.ascontiguousarray(bands[:, band])
            order[band] = np.argsort(values, kind="stable")  # a radix sort for 16-bit values
            np.cumsum(np.bincount(values, minlength=65536), out=starts[band, 1:])
        return starts, order
