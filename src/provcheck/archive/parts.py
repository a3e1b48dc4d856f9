"""Which archived photos share a part with this picture? A few are put forward by words; geometry and likeness decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

import numpy as np

from provcheck.archive.agree import Agreement, Side, agreement, side, spread
from provcheck.archive.exact import Exactness, exactness
from provcheck.archive.frame import Panel, goes_on, lies_in
from provcheck.archive.kept import Kept, unpack
from provcheck.archive.likeness import Gray, Likeness, likeness
from provcheck.archive.postings import Postings
from provcheck.archive.words import describe
from provcheck.domain.fingerprint import Features

PROBES: Final = 4  # nearest words that a query's feature looks into
SHORTLIST: Final = 30  # photos with most votes whose geometry is looked at, as they are or mirrored
LEAST_WEIGHT: Final = 20.0  # natural logarithms: below, chance may have made so many features agree
LEAST_CELLS: Final = 5  # independent places
LEAST_SPREAD: Final = 0.004  # of the square over the longest side: a publisher's mark or a line of caption, which pictures share,
# takes less even where chance adds a few places elsewhere; a crop by 70 % still spreads over four times as much

HELD: Final = 0.9  # of what agrees, in one photo on the page; a photo's plain edge may be taken for the page


@dataclass(frozen=True)
class PartMatch:
    """The photo's number in the archive, mirrored or not, where it lies in the query (in the mirrored query then), how exactly,
    how it looks there, and whether the query goes on beyond its frame."""

    photo: int
    mirrored: bool
    kept: Kept
    agreement: Agreement
    exact: Exactness
    likeness: Likeness
    goes_on: bool

    @property
    def places(self) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        """Of the archived features that agree."""
        return self.kept.places[self.agreement.there]


def related(
    features: Features, segments: Sequence[Postings], packed: Callable[[int], bytes | None], named: Iterable[int] = ()
) -> list[PartMatch]:
    """Photos whose features agree with the query's on one placement, best first. `packed` gives what is kept of a photo, None
    where it was removed; `named` are photos to look at whatever their votes."""
    found: dict[int, PartMatch] = {}
    also = tuple(named)
    queries, voted = [], []
    for mirrored in (False, True):
        described = describe(features, PROBES, mirrored=mirrored)
        one = side(described, features.width, features.height)
        queries.append((one, gray_of(features, mirrored=mirrored), panels_of(features, mirrored=mirrored)))
        for segment in segments:
            voted += [(votes, photo, mirrored) for votes, photo in segment.put_forward(described, SHORTLIST)]
    chosen = [(photo, mirrored) for _, photo, mirrored in nlargest(SHORTLIST, voted)]
    for photo, mirrored in dict.fromkeys(chosen + [(photo, mirrored) for photo in also for mirrored in (False, True)]):
        data = packed(photo)
        kept = unpack(data) if data else None
        query, gray, panels = queries[mirrored]
        agreed = agreement(query, kept) if kept else None
        if not (kept and agreed) or not is_enough(agreed, kept):
            continue
        if photo not in found or agreed.weight > found[photo].agreement.weight:
            found[photo] = _looked_at(photo, mirrored, kept, agreed, query, gray, panels)
    return sorted(found.values(), key=lambda match: -match.agreement.weight)


def is_enough(agreed: Agreement, kept: Kept) -> bool:
    """Whether so much agrees, and over so much of the picture, that it is looked at."""
    return agreed.weight >= LEAST_WEIGHT and agreed.cells >= LEAST_CELLS and spread(agreed, kept) >= LEAST_SPREAD


def _looked_at(
    photo: int, mirrored: bool, kept: Kept, agreed: Agreement, query: Side, gray: Gray, panels: Sequence[Panel]
) -> PartMatch:
    return PartMatch(
        photo,
        mirrored,
        kept,
        agreed,
        exactness(agreed, kept, query.frame, query.longest),
        likeness(kept.gray, gray, agreed.matrix),
        goes_on(kept.gray, gray, agreed.matrix, _holding(panels, query.described.places[agreed.here])),
    )


def gray_of(features: Features, *, mirrored: bool) -> Gray:
    """The small gray picture beside the features, or its mirror image; empty where there is none."""
    pixels = np.frombuffer(features.gray, dtype=np.uint8)
    gray = pixels.reshape(-1, features.gray_width) if features.gray_width else pixels.reshape(0, 0)
    return np.ascontiguousarray(gray[:, ::-1]) if mirrored else gray


def panels_of(features: Features, *, mirrored: bool) -> list[Panel]:
    """Where photos lie on the page, of its longest side, or on its mirror image."""
    panels = np.array(features.panels, dtype=np.float64).reshape(-1, 4) / 65535
    if mirrored:
        panels[:, (0, 2)] = features.width / max(features.width, features.height) - panels[:, (2, 0)]
    return list(panels)


def _holding(panels: Sequence[Panel], places: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> Panel | None:
    """The photo on the page that holds what agrees; none where that goes beyond it, so that it is no photo of its own."""
    return next((panel for panel in panels if lies_in(panel, places[:, :2]).mean() >= HELD), None)
