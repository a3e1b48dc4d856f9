"""Photos seen before: who used one and when, and what a search among them found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from provcheck.domain.fingerprint import Turn
from provcheck.domain.photo import Picture
from provcheck.domain.plate import Quad
from provcheck.domain.reading import Reading
from provcheck.domain.since import since


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


class Relation(StrEnum):
    """How a submitted picture and an archived one that share local features are related."""

    SAME = "same"  # the archived picture fills the submitted one
    PART = "part"  # a part of the archived picture lies in the submitted one, or the whole of it in a part
    SCENE = "scene"  # the same place or thing, seen at another moment or from elsewhere: not a copy


@dataclass(frozen=True, slots=True)
class Shared:
    """An archived photo that shares local features with the submitted picture.

    `agreeing` counts independent places that lie right; `mirrored` and then `rotation` (degrees clockwise) were done to the
    archived picture. The quads bound what matched, in pixels of each picture.
    """

    archive: str
    name: str
    sha256: str
    verdict: Relation
    agreeing: int
    mirrored: bool
    rotation: int
    quad_in_query: Quad
    quad_in_archived: Quad
    uses: tuple[Use, ...]
    view: Reading[Picture]


@dataclass(frozen=True, slots=True)
class PartSearch:
    """The result of one search by local features. `photos` of the archives hold features; the others could not be searched so."""

    archives: tuple[Searched, ...]
    photos: int
    shared: tuple[Shared, ...]  # copies first, each kind by agreeing places


@dataclass(frozen=True, slots=True)
class Change:
    """A region where two aligned pictures differ beyond recompression. `box` is in pixels of the second; `strength` is the
    mean difference in it, of 255."""

    box: Quad
    strength: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the second of two pictures was made from the first, or shows the same: where the first lies in it, and what differs.

    `compared` is the share of the second picture, in percent, that the first covers; nothing is said of the rest.
    """

    agreeing: int
    mirrored: bool
    rotation: int
    quad: Quad  # the first picture's frame, in pixels of the second
    compared: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """An archived picture laid over the submitted one, in its colours: as it lies in it, and how they differ (bright: much).

    Both pictures are JPEG files of one size, which shows all of the submitted picture; `comparison` is in pixels of the full one.
    """

    comparison: Comparison
    archived: Picture
    difference: Picture


class Source(StrEnum):
    """From where the archived picture came that was laid over a photo."""

    VIEW = "view"  # the small one that the archive keeps
    FILE = "file"  # the archived file itself, from the folder that was named for them
    NO_FILE = "no-file"  # it was looked for there in vain: the view, where there is one


@dataclass(frozen=True, slots=True)
class Overlay:
    """What came of laying one matched archived picture over the submitted one."""

    archive: str
    sha256: str
    laid: Reading[Laid]
    source: Source = since("1.1.0", Source.VIEW)


@dataclass(frozen=True, slots=True)
class Copy:
    """Two submitted photos of one picture, by their numbers: `mirrored` and then `rotation` (degrees clockwise) were done to the
    first to give the second.

    `distance` is None where only parts agree, `agreeing` where only the whole was compared; `identical` are the same bytes.
    """

    first: int
    second: int
    verdict: Relation
    identical: bool
    distance: int | None
    agreeing: int | None
    mirrored: bool
    rotation: int
