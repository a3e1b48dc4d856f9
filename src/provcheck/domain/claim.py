"""What somebody says about the photos. Claims about one case are rivals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fnmatch import fnmatchcase

from provcheck.domain.place import Position


class Part(StrEnum):
    """The parts of a claim that evidence can bear on. Each may be unsaid."""

    TAKEN_ON = "taken_on"
    PLACE = "place"
    PLATES = "plates"
    CREDIT = "credit"
    CAMERA = "camera"


@dataclass(frozen=True, slots=True)
class DateRange:
    """First and last day, both included, in the claim's own place."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Place:
    """A claimed place: any of a name, a position with a radius in km or a road as a line, a country (ISO 3166-1 alpha-2)."""

    name: str = ""
    position: Position | None = None
    radius_km: int = 0  # around the position; how far off the line a photo of the road may have been taken
    country: str = ""
    line: tuple[Position, ...] = ()  # two points or more, in order along the road

    @property
    def middle(self) -> Position | None:
        """The position, or the line's middle point."""
        return self.position or (self.line[len(self.line) // 2] if self.line else None)


class Light(StrEnum):
    """What a claim says of the light in the picture."""

    DAYLIGHT = "daylight"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class Claim:
    """One party's account. `id` names it in the report ("A", "B", …); all text is quoted from outside."""

    id: str
    by: str
    text: str
    published: date | None = None
    url: str = ""
    received_at: datetime | None = None
    channel: str = ""
    taken_on: DateRange | None = None
    place: Place | None = None
    plates: str = ""  # a format ("RU") or a plate's text
    credit: str = ""
    camera: str = ""
    photos: tuple[str, ...] = ()  # name patterns of the photos that the claim is about; empty: all of them
    taken_at: datetime | None = None  # aware; the moment, where the claim names it
    light: Light | None = None

    def concerns(self, photo: str) -> bool:
        """Whether the claim is about the photo of this name. One party's photos never speak against another's account."""
        last = photo.rpartition("/")[2]
        return not self.photos or any(fnmatchcase(photo, one) or fnmatchcase(last, one) for one in self.photos)

    def says(self, part: Part) -> bool:
        return bool(getattr(self, part.value))
