"""Is anything of this in there? Thousands of needles in megabytes of coded pixels, at every byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

WINDOW = 16  # bytes: a run of 31 bytes of a removed block holds a whole one, and chance never does
KEY = 8  # bytes that are compared first
CHUNK = 1 << 20  # offsets compared at once: bounds the memory
SHORTEST = 6  # bytes: in 5 MB of coded pixels a given run of five stands by chance once in 200,000 files, of six once in 56 million
MOST_WINDOWS = 200_000  # of one file, spread evenly: 3.2 MB
PERIOD = 8  # bytes; flat areas of any JPEG repeat within this, whatever they show
LEAST_CHANGE = 0.5  # of a window's bytes differ from those a period before: in detail nearly all do, at the edge of a flat area few
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1", "cp1251")


def windows(blocks: Iterable[bytes]) -> bytes:
    """Runs of 16 bytes out of `blocks`, without those that repeat themselves, wholly or for the most part."""
    joined = b"".join(block[: len(block) - len(block) % WINDOW] for block in blocks)
    rows = np.frombuffer(joined, np.uint8).reshape(-1, WINDOW)
    telling = np.ones(len(rows), np.bool_)
    for period in range(1, PERIOD + 1):
        telling &= (rows[:, period:] != rows[:, :-period]).sum(axis=1) >= LEAST_CHANGE * (WINDOW - period)
    rows = np.unique(rows[telling], axis=0) if telling.any() else rows[:0]
    step = -(-len(rows) // MOST_WINDOWS) or 1
    return rows[::step].tobytes()


def spellings(text: str) -> tuple[bytes, ...]:
    """`text` as bytes in every coding that metadata use, where it is long enough to stand for itself."""
    if len(set(text)) < 2:  # "0000000000" is a number that was never set
        return ()
    found = []
    for name in ENCODINGS:
        try:
            found.append(text.encode(name))
        except UnicodeEncodeError:
            continue
    return tuple(dict.fromkeys(one for one in found if len(one) >= SHORTEST))


def first_found(data: bytes, needles: Sequence[bytes]) -> bytes | None:
    """The first of `needles`, each at least 6 bytes, that stands anywhere in `data`."""
    short = [needle for needle in needles if len(needle) < KEY]
    found = next((needle for needle in short if needle in data), None)
    if found is not None or len(data) < KEY:
        return found
    by_key: dict[bytes, list[bytes]] = {}
    for needle in needles:
        if len(needle) >= KEY:
            by_key.setdefault(needle[:KEY], []).append(needle)
    keys = np.sort(np.frombuffer(b"".join(by_key), "<u8"))
    for start in range(0, len(data) - KEY + 1, CHUNK):
        for at in _hits(data, start, keys):
            for needle in by_key[data[at : at + KEY]]:
                if data.startswith(needle, at):
                    return needle
    return None


def _hits(data: bytes, start: int, keys: npt.NDArray[np.uint64]) -> list[int]:
    """Offsets from `start` on, one chunk of them, where any key stands."""
    if not len(keys):
        return []
    count = min(CHUNK, len(data) - KEY + 1 - start)
    words = np.ndarray((count,), "<u8", data, start, (1,))
    places = np.minimum(np.searchsorted(keys, words), len(keys) - 1)
    return [start + int(at) for at in np.flatnonzero(keys[places] == words)]
