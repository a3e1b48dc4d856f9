"""The index finds exactly what measuring every pair finds."""

from __future__ import annotations

import numpy as np
import pytest

from provcheck.archive.index import SCAN, HammingIndex

RNG = np.random.default_rng(5)


def _hashes(count: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return RNG.integers(0, 256, (count, 32), dtype=np.uint8)


def _near(row: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], bits: int) -> bytes:
    spread = np.unpackbits(row)
    spread[RNG.choice(256, bits, replace=False)] ^= 1
    return np.packbits(spread).tobytes()


@pytest.mark.parametrize("distance", [0, 1, 15, 16, 30, 31])
def test_buckets_find_every_hash_that_a_scan_finds(distance: int) -> None:
    hashes = _hashes(SCAN + 5_000)
    index = HammingIndex(hashes.tobytes())
    for row in range(0, 400, 7):
        near = index.search([_near(hashes[row], distance)], 31)
        assert dict(zip(near.rows.tolist(), near.distances.tolist(), strict=True)) == {row: distance}


def test_crowded_buckets_give_the_same_as_a_scan() -> None:
    base = _hashes(1)[0]
    hashes = np.stack([np.frombuffer(_near(base, int(bits)), dtype=np.uint8) for bits in RNG.integers(0, 60, SCAN + 2_000)])
    index = HammingIndex(hashes.tobytes())
    expected = np.flatnonzero(np.unpackbits(hashes ^ base, axis=1).sum(axis=1) <= 31)
    assert index.search([base.tobytes()], 31).rows.tolist() == expected.tolist()


def test_an_empty_index_finds_nothing() -> None:
    assert HammingIndex(b"").search([bytes(32)], 31).rows.tolist() == []
