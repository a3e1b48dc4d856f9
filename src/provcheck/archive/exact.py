"""How exactly do the features that agree lie, and how many of those that should show do they make up?

Where a picture was copied, a feature comes again within a fraction of its own size; where a scene was seen again, things stand
a little elsewhere. Among the agreeing features some agree by chance and lie anywhere: they are told apart as a mixture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.archive.agree import EXACT, LOOKED_AT, Agreement, expected
from provcheck.archive.geometry import scale_of
from provcheck.archive.kept import Kept

Floats = npt.NDArray[np.float64]

PIXEL: Final = 0.25  # px of the query by which a small feature slips, …
OWN: Final = 0.02  # … and the share of its own size by which a large one does
ROUNDS: Final = 15
FEWEST: Final = 5


@dataclass(frozen=True)
class Exactness:
    """`slip`: how far the rightly agreeing features miss, in units of what is usual for a copy; `count` of them, which are `share`
    of those that should show."""

    slip: float
    count: float
    share: float


NONE: Final = Exactness(9.0, 0.0, 0.0)


def exactness(agreement: Agreement, kept: Kept, frame: tuple[float, float], longest: int) -> Exactness:
    """Of the features that agree."""
    there, miss = agreement.there, np.maximum(agreement.miss, 1e-6)
    if len(there) < FEWEST:
        return NONE
    side = scale_of(agreement.matrix) * min(longest, LOOKED_AT)
    usual = np.hypot(PIXEL / side, OWN * np.exp2(kept.places[there, 3]))
    slip, right = _mixture(miss / usual, float(np.median(EXACT / usual)))
    shown = expected(agreement.matrix, kept.places, frame, longest)
    shown[there] = True
    count = right * len(there)
    return Exactness(slip, count, count / float(shown.sum()))


def _mixture(miss: Floats, reach: float) -> tuple[float, float]:
    """Spread of those that lie right (a Rayleigh distribution) and their part, the others lying anywhere within `reach`."""
    spread, part = 1.5, 0.7
    for _ in range(ROUNDS):
        right = part * miss / spread**2 * np.exp(-(miss**2) / 2 / spread**2)
        belongs = right / (right + (1 - part) * 2 * miss / reach**2 + 1e-30)
        part = float(np.clip(belongs.mean(), 0.02, 0.999))
        spread = max(0.1, float(np.sqrt((belongs * miss**2).sum() / 2 / max(belongs.sum(), 1e-9))))
    return spread, part
