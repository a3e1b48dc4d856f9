"""Which of N hashes of 256 bits lie within a small Hamming radius? Exact, in numpy.

Multi-index hashing (Norouzi, Punjani and Fleet 2012): cut into 16 bands of 16 bits, two hashes within 31 bits differ by at
most one bit in some band, so it suffices to look at 17 buckets a band and to measure what lies in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]  # N × 4
Numbers = npt.NDArray[np.uint32]

BANDS: Final = 16
WIDEST: Final = 2 * BANDS - 1  # up to this radius one band differs by at most one bit
SCAN: Final = 20_000  # below, measuring every hash is as fast as looking in buckets
FLIPS: Final = np.concatenate(([0], 1 << np.arange(16))).astype(np.uint16)  # a band itself, and its 16 neighbours


@dataclass(frozen=True)
class Nearby:
    """Rows of the index within the radius of a query (which of several), and their distances."""

    queries: npt.NDArray[np.intp]
    rows: npt.NDArray[np.intp]
    distances: npt.NDArray[np.intp]

    def best(self) -> dict[int, tuple[int, int]]:
        """Of each row its least distance, and to which query."""
        found: dict[int, tuple[int, int]] = {}
        for row, distance, query in zip(self.rows.tolist(), self.distances.tolist(), self.queries.tolist(), strict=True):
            found[row] = min(found.get(row, (distance, query)), (distance, query))
        return found


@dataclass(frozen=True)
class Buckets:
    """For every band the rows sorted by its value (BANDS × N), and where each value starts (BANDS × 65,537)."""

    starts: Numbers
    order: Numbers


class HammingIndex:
    """An immutable index over hashes of 32 bytes, laid end to end in `hashes`; its buckets are made unless they are given."""

    def __init__(self, hashes: bytes | npt.NDArray[np.uint8] | Words, buckets: Buckets | None = None) -> None:
        self.words: Words = np.frombuffer(hashes, dtype="<u8").reshape(-1, 4) if isinstance(hashes, bytes) else hashes.view("<u8")
        self._buckets = buckets or (made(self.words) if len(self) > SCAN else None)

    def __len__(self) -> int:
        return len(self.words)

    def search(self, queries: Sequence[bytes], radius: int) -> Nearby:
        """Every row within `radius` (at most 31, or at most 256 by scan) of one of the hashes in `queries`."""
        asked = np.frombuffer(b"".join(queries), dtype="<u8").reshape(-1, 4)
        if self._buckets is None or radius > WIDEST:
            return self.scan(queries, radius)
        query, rows = _candidates(asked, self._buckets)
        distances = _distances(self.words[rows], asked[query])
        near = np.flatnonzero(distances <= radius)
        _, first = np.unique(query[near] * len(self) + rows[near], return_index=True)  # a near hash lies in several of the buckets
        near = near[first]
        return Nearby(query[near], rows[near], distances[near].astype(np.intp))

    def scan(self, queries: Sequence[bytes], radius: int) -> Nearby:
        """The same by measuring every row."""
        found = []
        for number, query in enumerate(queries):
            distances = _distances(self.words, np.frombuffer(query, dtype="<u8"))
            near = np.flatnonzero(distances <= radius)
            found.append((np.full(len(near), number), near, distances[near].astype(np.intp)))
        queried, rows, near_by = (np.concatenate(column) for column in zip(*found, strict=True))
        return Nearby(queried, rows, near_by)


def made(words: Words) -> Buckets:
    """The buckets of N hashes: 64 bytes a hash, and 4 MB."""
    bands = words.view("<u2").reshape(-1, BANDS)
    starts = np.zeros((BANDS, 65537), dtype="<u4")
    order = np.empty((BANDS, len(words)), dtype="<u4")
    for band in range(BANDS):
        values = np.ascontiguousarray(bands[:, band])
        order[band] = np.argsort(values, kind="stable")  # a radix sort for 16-bit values
        np.cumsum(np.bincount(values, minlength=65536), out=starts[band, 1:])
    return Buckets(starts, order)


def erased(words: Words, buckets: Buckets, row: int) -> None:
    """Takes a hash out in place: another row of its bucket, or any row where it was alone, stands where it stood."""
    for band, value in enumerate(words[row].view("<u2")):
        first, last = buckets.starts[band, value], buckets.starts[band, int(value) + 1]
        bucket = buckets.order[band, first:last]
        others = bucket[bucket != row]
        bucket[bucket == row] = others[0] if len(others) else (row + 1) % len(words)
    words[row] = 0


def _candidates(asked: Words, buckets: Buckets) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Which query, and which row: everything in the buckets that a near hash could lie in."""
    keys = (asked.view("<u2").reshape(-1, BANDS, 1) ^ FLIPS).astype(np.intp)
    band = np.arange(BANDS)[None, :, None]
    first, last = buckets.starts[band, keys].ravel(), buckets.starts[band, keys + 1].ravel()
    filled = np.flatnonzero(last > first)
    lengths = (last[filled] - first[filled]).astype(np.intp)
    bucket = filled // len(FLIPS)  # counts queries and their bands
    start = bucket % BANDS * buckets.order.shape[1] + first[filled]
    at = np.repeat(start - (lengths.cumsum() - lengths), lengths) + np.arange(lengths.sum())
    rows = np.asarray(buckets.order).reshape(-1)[at].astype(np.intp)
    return np.repeat(bucket // BANDS, lengths), rows


def _distances(rows: Words, query: Words) -> npt.NDArray[np.uint16]:
    bits = np.bitwise_count(rows ^ query)
    return np.asarray(bits[:, 0].astype(np.uint16) + bits[:, 1] + bits[:, 2] + bits[:, 3], dtype=np.uint16)
