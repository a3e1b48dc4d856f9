"""How far a method can be trusted: its card, and the grade that its error rates have earned."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import exp, lgamma, log
from typing import Final


class Grade(StrEnum):
    """Verbal steps for likelihood ratios, after the ENFSI guideline for evaluative reporting."""

    WEAK = "weak"  # 2 to 10, and whatever is not calibrated
    MODERATE = "moderate"  # 10 to 100
    MODERATELY_STRONG = "moderately strong"  # 100 to 1,000
    STRONG = "strong"  # 1,000 to 10,000; nothing is called more than this


STEPS: Final = ((1000.0, Grade.STRONG), (100.0, Grade.MODERATELY_STRONG), (10.0, Grade.MODERATE), (2.0, Grade.WEAK))
CONFIDENCE: Final = 0.95  # one-sided, for the hit rate and for the false-alarm rate


@dataclass(frozen=True, slots=True)
class MethodCard:
    """A method's measured errors. Counts are of independent scenes, never of pairs or edits of one photo.

    A card without counts (`positives` 0 or `negatives` 0) is uncalibrated: its findings stay weak, and say so.
    """

    id: str
    version: str
    what: str  # one line: what a hit and a false alarm are
    positives: int = 0
    hits: int = 0
    negatives: int = 0
    false_alarms: int = 0
    data: str = ""  # name and SHA-256 of the data set
    date: str = ""
    command: str = ""  # the one command that measures it again

    @property
    def calibrated(self) -> bool:
        return self.positives > 0 and self.negatives > 0

    def likelihood_ratio(self) -> float:
        """Lower 95 % bound of (hit rate / false-alarm rate); 0 when uncalibrated."""
        if not self.calibrated:
            return 0.0
        return self.hit_rate_at_least() / self.false_alarm_rate_at_most()

    def hit_rate_at_least(self) -> float:
        """Lower 95 % bound; the card must be calibrated."""
        return 1.0 - _upper(self.positives - self.hits, self.positives)

    def false_alarm_rate_at_most(self) -> float:
        """Upper 95 % bound; the card must be calibrated."""
        return _upper(self.false_alarms, self.negatives)

    def grade(self) -> Grade | None:
        """The highest step that the card carries; None where the ratio is under 2 and the finding must stay neutral."""
        if not self.calibrated:
            return Grade.WEAK
        ratio = self.likelihood_ratio()
        return next((grade for least, grade in STEPS if ratio >= least), None)


@lru_cache(maxsize=1024)  # every finding asks its card, and a bound is a sum over as many terms as there were errors
def _upper(k: int, n: int) -> float:
    """Upper one-sided Clopper-Pearson bound for a rate of k in n, by bisection on the binomial tail."""
    if k >= n:
        return 1.0
    low, high = k / n, 1.0
    for _ in range(60):  # halves the interval below double precision
        mid = (low + high) / 2
        low, high = (mid, high) if _at_most(k, n, mid) > 1 - CONFIDENCE else (low, mid)
    return high


def _at_most(k: int, n: int, p: float) -> float:
    """P(X <= k) for X ~ Binomial(n, p), 0 < p < 1."""
    return sum(exp(_log_choose(n, i) + i * log(p) + (n - i) * log(1 - p)) for i in range(k + 1))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
