"""A case: the photos with their evidence, the rival claims about them, and the methods that may judge them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from provcheck.domain.archive import Copy, Overlay, PartSearch, Search
from provcheck.domain.claim import Claim
from provcheck.domain.evidence import Evidence
from provcheck.domain.method import Grade, MethodCard
from provcheck.domain.note import Note
from provcheck.domain.photo import Outcome, Photo
from provcheck.domain.plate import PlateRegion
from provcheck.domain.reading import Absent, Found, Reading
from provcheck.domain.since import since
from provcheck.domain.text import Text

NOT_SEARCHED = Absent()


@dataclass(frozen=True, slots=True)
class Received:
    """How the desk came by a photo: from whom (a role), through which channel and when, as far as that was written down."""

    sender: str
    channel: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One submitted file and all that was seen of it. A refused file has a reason and no evidence."""

    number: int  # as the report numbers it, from 1
    photo: Photo
    outcome: Outcome
    reason: Text | None
    evidence: Evidence | None
    reuse: Reading[Search] = NOT_SEARCHED
    parts: Reading[PartSearch] = NOT_SEARCHED
    overlays: tuple[Overlay, ...] = ()  # of the nearest copies whose archive keeps a picture
    picture: bool = True  # False: a file in a walked folder that is no picture, and no failure
    received: Received | None = None
    again: tuple[Received, ...] = since("1.1.0", ())  # how its bytes came once more: two senders are no two witnesses then
    unmatched: Text | None = since("1.1.0", None)  # why its parts were not searched for in the other photos of its case

    @property
    def regions(self) -> tuple[PlateRegion, ...]:
        """Its plate-like regions, in the order in which a report numbers them; none also where they could not be looked for."""
        plates = self.evidence.plates if self.evidence else None
        return plates.value if isinstance(plates, Found) else ()


@dataclass(frozen=True, slots=True)
class Case:
    """Photos under claims. `as_of` is the only "now" that any check may use."""

    as_of: date
    claims: tuple[Claim, ...]
    exhibits: tuple[Exhibit, ...]
    methods: tuple[MethodCard, ...]
    title: str = ""
    notes: tuple[Note, ...] = ()
    copies: Reading[tuple[Copy, ...]] = NOT_SEARCHED  # among the photos; Absent where there is one photo alone
    rendered: bool = since("1.1.0", False)  # says the desk: its photos come from a computer, as a sample's or an exercise's do

    def about(self, exhibit: Exhibit) -> tuple[Claim, ...]:
        """The claims that are about this exhibit's photo."""
        return tuple(claim for claim in self.claims if claim.concerns(exhibit.photo.name))

    def grade(self, method: str) -> Grade | None:
        """The highest step that the method's card carries; None where its findings must stay neutral."""
        return next(card for card in self.methods if card.id == method).grade()
