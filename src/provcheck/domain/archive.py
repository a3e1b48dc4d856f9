"""Photos seen before: who used one and when, and what a search among them found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from provcheck.domain.fingerprint import Turn
from provcheck.domain.photo import Picture
from provcheck.domain.reading import Reading


@dataclass(frozen=True, slots=True)
class Use:
    """One publication of an archived photo. `published` is None where the archive has no date; all text is untrusted."""

    url: str = ""
    publisher: str = ""
    published: date | None = None
    credit: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """An archived photo within the radius. `turn` is what was done to it to give the submitted picture."""

    archive: str
    name: str
    sha256: str
    distance: int  # Hamming distance of 256 bits
    turn: Turn
    uses: tuple[Use, ...]  # earliest dated first, undated last
    view: Reading[Picture]

    @property
    def earliest(self) -> date | None:
        return next((use.published for use in self.uses if use.published), None)


@dataclass(frozen=True, slots=True)
class Searched:
    """One archive as it was when it was searched: what a "no match" rests on."""

    name: str
    photos: int
    latest: date | None  # publication date of the newest entry
    digest: str  # SHA-256 over its entries, independent of file layout


@dataclass(frozen=True, slots=True)
class Search:
    """The result of one search. `matches` are nearest first; empty means searched and not found."""

    archives: tuple[Searched, ...]
    radius: int
    matches: tuple[Match, ...]
