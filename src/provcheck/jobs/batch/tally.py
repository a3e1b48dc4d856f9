"""How far is the batch? Counted from the ledger now and then, and kept up with what this runner finishes in between."""

from __future__ import annotations

import time
from collections import Counter

from provcheck.jobs.batch.ledger import Ledger, Standing

SHARE = 50  # a count of the whole ledger may take one part in fifty of the time: it grows with the ledger
LEAST_S = 1.0


class Tally:
    """The standing of a ledger, without a count of all of it for each photo."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._next = 0.0
        self.standing = self.count()

    def count(self) -> Standing:
        """As the ledger has it now."""
        began = time.monotonic()
        self.standing = self._ledger.standing()
        now = time.monotonic()
        self._next = now + max(LEAST_S, SHARE * (now - began))
        return self.standing

    def add(self, outcomes: list[str]) -> Standing:
        """After photos with these outcomes were finished."""
        if time.monotonic() >= self._next:
            return self.count()
        before, more = self.standing, Counter(outcomes)
        summed = Counter(dict(before.outcomes)) + more
        self.standing = Standing(
            before.total, before.done + len(outcomes), max(0, before.leased - len(outcomes)), tuple(sorted(summed.items()))
        )
        return self.standing
