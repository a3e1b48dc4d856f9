"""Which archived photos hold features like these? An inverted file of visual words, from which a few photos are put forward."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.archive.kept import table_of
from provcheck.archive.words import WORDS, Described

Ids = npt.NDArray[np.intp]

CLOSE: Final = 14  # of 64 signature bits; of unlike features one in 500 lies nearer
CROWDED: Final = 20.0  # words this many times fuller than the mean say little (edges of letters) and are passed over
LOOKED_UP: Final = 4_000_000  # postings read for a query: its strongest features first, all of them in an archive of 30,000 photos


class Postings:
    """An immutable inverted file over photos. `start` (WORDS + 1) bounds each word's run of `photo` and `signature`; `photo` counts
    in `ids`, the archive's own numbers; `norm` is the root of each photo's number of features."""

    def __init__(
        self,
        ids: npt.NDArray[np.int64],
        norm: npt.NDArray[np.float32],
        start: npt.NDArray[np.int64],
        photo: npt.NDArray[np.uint32],
        signature: npt.NDArray[np.uint64],
    ) -> None:
        self.ids, self.norm, self.start, self.photo, self.signature = ids, norm, start, photo, signature

    def __len__(self) -> int:
        return len(self.ids)

    def put_forward(self, query: Described, most: int) -> list[tuple[float, int]]:
        """Votes and numbers of the photos with most votes, a few."""
        if not len(self):
            return []
        feature, posting, distance = self._close(query)
        weights = (CLOSE + 1.0 - distance) ** 2 / np.bincount(feature)[feature] if len(feature) else np.zeros(0)
        # a feature's vote is shared among all that it is close to, so that letters do not shout down the rest
        votes = np.bincount(self.photo[posting], weights=weights, minlength=len(self)) / self.norm
        best = np.argpartition(-votes, min(most, len(votes) - 1))[:most]
        return [(float(votes[at]), int(self.ids[at])) for at in best if votes[at] > 0]

    def _close(self, query: Described) -> tuple[Ids, Ids, npt.NDArray[np.uint8]]:
        """Pairs of a query's feature and a posting in one of its words whose signatures are close."""
        words = query.words.ravel().astype(np.intp)
        first, lengths = self.start[words], self.start[words + 1] - self.start[words]
        lengths[lengths > max(100, CROWDED * self.start[-1] / WORDS)] = 0
        lengths[lengths.cumsum() > LOOKED_UP] = 0
        feature = np.repeat(np.arange(len(words)) // query.words.shape[1], lengths)
        posting = np.repeat(first - (lengths.cumsum() - lengths), lengths) + np.arange(lengths.sum())
        distance = np.bitwise_count(query.signatures[feature] ^ self.signature[posting])
        close = np.flatnonzero(distance <= CLOSE)
        return feature[close], posting[close], distance[close]


def postings(photos: Iterable[tuple[int, bytes]]) -> Postings:
    """The inverted file of photos, each its number and its packed features."""
    columns = [_columns(number, data) for number, data in photos]
    ids = np.array([number for number, _, _ in columns], dtype=np.int64)
    counts = np.array([len(word) for _, word, _ in columns], dtype=np.intp)
    words = np.concatenate([word for _, word, _ in columns]) if columns else np.zeros(0, np.uint16)
    signatures = np.concatenate([signature for _, _, signature in columns]) if columns else np.zeros(0, np.uint64)
    order = np.argsort(words, kind="stable")  # a radix sort for 16-bit values
    start = np.zeros(WORDS + 1, dtype=np.int64)
    np.cumsum(np.bincount(words, minlength=WORDS), out=start[1:])
    photo = np.repeat(np.arange(len(columns), dtype=np.uint32), counts)[order]
    return Postings(ids, np.sqrt(np.maximum(counts, 1)).astype(np.float32), start, photo, signatures[order])


def _columns(number: int, data: bytes) -> tuple[int, npt.NDArray[np.uint16], npt.NDArray[np.uint64]]:
    """Copied, so that the packed features are let go: they are twice as much."""
    table = table_of(data)
    return number, table["word"].copy(), table["signature"].copy()
