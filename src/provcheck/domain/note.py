"""What a person saw or found, in the person's own words: never graded, and always named as a person's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from provcheck.domain.claim import Part
from provcheck.domain.leaning import Leaning


@dataclass(frozen=True, slots=True)
class Held:
    """How a person holds a note against one claim."""

    claim: str
    leaning: Leaning


@dataclass(frozen=True, slots=True)
class Note:
    """One finding by a person. `exhibit` is None where it is about the whole case; without `held` it is a remark.

    `public` says that the person meant it for readers outside: only then does it stand in a public edition, without the name.
    """

    number: int
    by: str
    on: date
    text: str
    does_not_show: str = ""
    exhibit: int | None = None
    part: Part | None = None
    held: tuple[Held, ...] = ()
    public: bool = False
