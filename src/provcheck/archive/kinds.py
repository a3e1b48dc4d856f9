"""The two indexes of an archive: hashes for whole copies, visual words for parts; in memory, and as arrays of an index file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.archive.index import SCAN, Buckets, HammingIndex, erased, made
from provcheck.archive.kept import table_of
from provcheck.archive.mapped import Array
from provcheck.archive.postings import Postings, postings
from provcheck.archive.segments import Kind, Rows


@dataclass(frozen=True)
class HashRun:
    """Hashes, and the archive's numbers of their photos."""

    ids: npt.NDArray[np.int64]
    index: HammingIndex


def hash_run(rows: Rows) -> HashRun:
    """In memory, without buckets where scanning is as fast."""
    pairs = list(rows)
    return HashRun(np.array([number for number, _ in pairs], dtype="<i8"), HammingIndex(b"".join(pdq for _, pdq in pairs)))


def _made_hashes(rows: Rows) -> dict[str, Array]:
    pairs = list(rows)
    words = np.frombuffer(b"".join(pdq for _, pdq in pairs), dtype="<u8").reshape(-1, 4)
    buckets = made(words)
    ids = np.array([number for number, _ in pairs], dtype="<i8")
    return {"ids": ids, "words": words, "starts": buckets.starts, "order": buckets.order}


def _opened_hashes(arrays: dict[str, Array]) -> HashRun:
    return HashRun(arrays["ids"], HammingIndex(arrays["words"], Buckets(arrays["starts"], arrays["order"])))


def _erased_hash(arrays: dict[str, Array], photo: int, _pdq: bytes) -> None:
    row = int(np.searchsorted(arrays["ids"], photo))
    if arrays["ids"][row] == photo:
        erased(arrays["words"], Buckets(arrays["starts"], arrays["order"]), row)


def _made_words(rows: Rows) -> dict[str, Array]:
    one = postings(rows)
    return {"ids": one.ids, "norm": one.norm, "start": one.start, "photo": one.photo, "signature": one.signature}


def _opened_words(arrays: dict[str, Array]) -> Postings:
    return Postings(*(arrays[name] for name in ("ids", "norm", "start", "photo", "signature")))


def _erased_words(arrays: dict[str, Array], photo: int, data: bytes) -> None:
    """Its postings become the first photo's, with signatures that are no feature's."""
    row = int(np.searchsorted(arrays["ids"], photo))
    if arrays["ids"][row] == photo:
        for word in table_of(data)["word"]:
            at = np.s_[arrays["start"][word] : arrays["start"][int(word) + 1]]
            gone = np.asarray(arrays["photo"][at]) == row
            arrays["signature"][at][gone] = 0
            arrays["photo"][at][gone] = 0


HASHES: Final = Kind(
    "hashes",
    "SELECT id, pdq FROM photo WHERE id BETWEEN ? AND ? ORDER BY id",
    SCAN,
    16_000_000,  # 1.6 GB on the disk
    _made_hashes,
    _opened_hashes,
    _erased_hash,
)
PARTS: Final = Kind(
    "parts",
    "SELECT photo, data FROM feature WHERE photo BETWEEN ? AND ? ORDER BY photo",
    2_000,  # are read and sorted in a third of a second
    100_000,  # 300 MB on the disk; while one is made it takes a gigabyte of memory
    _made_words,
    _opened_words,
    _erased_words,
)
