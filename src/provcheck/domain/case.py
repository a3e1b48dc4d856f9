"""A case: the photos with their evidence, and the rival claims about them."""

from __future__ import annotations

from dataclasses import dataclass

from provcheck.domain.archive import Search
from provcheck.domain.claim import Claim
from provcheck.domain.evidence import Evidence
from provcheck.domain.photo import Outcome, Photo
from provcheck.domain.reading import Absent, Reading
from provcheck.domain.text import Text


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One submitted file and all that was seen of it. A refused file has a reason and no evidence."""

    number: int  # as the report numbers it, from 1
    photo: Photo
    outcome: Outcome
    reason: Text | None
    evidence: Evidence | None
    reuse: Reading[Search] = Absent()


@dataclass(frozen=True, slots=True)
class Case:
    """Photos under claims. `as_of` in the report is the only "now"."""

    claims: tuple[Claim, ...]
    exhibits: tuple[Exhibit, ...]
