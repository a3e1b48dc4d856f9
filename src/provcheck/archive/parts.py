"""Which archived photos share a part with this picture? An inverted file of visual words, then geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.archive.geometry import Placement, place
from provcheck.archive.kept import FORM, table_of, unpacked
from provcheck.archive.words import WORDS, Described, describe
from provcheck.domain.fingerprint import Features

Floats = npt.NDArray[np.floating]

PROBES: Final = 4  # nearest cells that a query's feature looks into
CLOSE: Final = 14  # of 64 signature bits; of unlike features one in 500 lies nearer
CROWDED: Final = 20.0  # words this many times fuller than the mean say little (edges of letters) and are passed over
SHORTLIST: Final = 30  # photos with most votes whose geometry is looked at, a side
LEAST: Final = 8  # cells that must agree; chance reached 7 once in 181,224 pairs of different photos


@dataclass(frozen=True)
class PartMatch:
    """Photo number in the index, mirrored or not, and where it lies in the query (in the mirrored query then)."""

    photo: int
    mirrored: bool
    placement: Placement
    points: npt.NDArray[np.floating]  # that agree, in the archived picture


class PartIndex:
    """An immutable inverted file over packed photos."""

    def __init__(self, packed: Sequence[bytes]) -> None:
        tables = [table_of(one) for one in packed]
        table = np.concatenate(tables) if tables else np.zeros(0, dtype=FORM)
        self._photos = len(packed)
        counts = np.array([len(one) for one in tables], dtype=np.intp)
        self._norms = np.sqrt(np.maximum(counts, 1))
        photo = np.repeat(np.arange(len(packed), dtype=np.uint32), counts)
        order = np.argsort(table["word"], kind="stable")
        self._photo, self._signature = photo[order], table["signature"][order]
        self._place, self._size = table["place"][order], table["size"][order]
        self._start = np.zeros(WORDS + 1, dtype=np.int64)
        np.cumsum(np.bincount(table["word"], minlength=WORDS), out=self._start[1:])

    def search(self, features: Features, least: int = LEAST) -> list[PartMatch]:
        """Every photo of the short lists whose features agree on one placement in at least `least` cells, best first."""
        if not self._photos:
            return []
        found: dict[int, PartMatch] = {}
        for mirrored in (False, True):
            for match in self._search(describe(features, PROBES, mirrored=mirrored), mirrored, least):
                if match.photo not in found or match.placement.cells > found[match.photo].placement.cells:
                    found[match.photo] = match
        return sorted(found.values(), key=lambda match: -match.placement.cells)

    def _search(self, query: Described, mirrored: bool, least: int) -> list[PartMatch]:
        feature, posting, distance = self._close(query)
        photo = self._photo[posting]
        order = np.lexsort((distance, photo))
        feature, posting, photo, distance = feature[order], posting[order], photo[order], distance[order]
        votes = self._votes(feature, photo, distance)
        matches = []
        for candidate in np.argsort(-votes)[:SHORTLIST]:
            first, last = np.searchsorted(photo, (candidate, candidate + 1))
            archived = self._places(posting[first:last])
            placement = place(query.places[feature[first:last]], archived, least)
            if placement:
                matches.append(PartMatch(int(candidate), mirrored, placement, archived[placement.inliers, :2]))
        return matches

    def _votes(self, feature: npt.NDArray[np.intp], photo: npt.NDArray[np.uint32], distance: npt.NDArray[np.uint8]) -> Floats:
        """A feature's vote is shared among all that it is close to, so that letters do not shout down the rest; a photo with many
        features gathers more by chance."""
        weights = (CLOSE + 1.0 - distance) ** 2 / np.bincount(feature)[feature]
        return np.bincount(photo, weights=weights, minlength=self._photos) / self._norms

    def _close(self, query: Described) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.uint8]]:
        """Pairs of a query's feature and a posting in one of its words whose signatures are close."""
        words = query.words.ravel().astype(np.intp)
        lengths = self._start[words + 1] - self._start[words]
        lengths[lengths > max(100, CROWDED * self._start[-1] / WORDS)] = 0
        feature = np.repeat(np.arange(len(words)) // query.words.shape[1], lengths)
        posting = np.repeat(self._start[words] - (lengths.cumsum() - lengths), lengths) + np.arange(lengths.sum())
        distance = np.bitwise_count(query.signatures[feature] ^ self._signature[posting])
        close = distance <= CLOSE
        return feature[close], posting[close], distance[close]

    def _places(self, posting: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
        return unpacked(self._place[posting], self._size[posting])
