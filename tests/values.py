"""Domain values for tests: an exhibit that shows nothing, and ways to give it something to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from provcheck.domain.archive import Match, PartSearch, Relation, Search, Searched, Shared, Use
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, DateRange
from provcheck.domain.clock import Clock, ZoneSource
from provcheck.domain.evidence import Evidence, Pixels
from provcheck.domain.fingerprint import Turn
from provcheck.domain.photo import Outcome, Photo
from provcheck.domain.place import Position
from provcheck.domain.reading import Absent, Found
from provcheck.pipeline import method_cards

AS_OF = date(2023, 8, 2)
NOTHING = Absent()
SILENT = Evidence(
    pixels=Found(Pixels(1600, 1067)),
    camera=Absent(),
    captured=Absent(),
    digitized=Absent(),
    modified=Absent(),
    satellite=Absent(),
    position=Absent(),
    whereabouts=Absent(),
    software=Absent(),
    fields=Absent(),
    structure=Absent(),
    history=Absent(),
    serials=Absent(),
    credentials=Absent(),
    thumbnail=Absent(),
    fingerprints=Absent(),
    plates=Absent(),
    view=Absent(),
)


def exhibit(*, reuse: Any = NOTHING, parts: Any = NOTHING, **evidence: Any) -> Exhibit:
    photo = Photo("photo.jpg", "ab" * 32, 1234, "JPEG", 1600, 1067)
    return Exhibit(1, photo, Outcome.EXAMINED, None, replace(SILENT, **evidence), reuse, parts)


def claim(letter: str = "A", **parts: Any) -> Claim:
    return Claim(letter, "a journalist", "Trucks on a road.", **parts)


def on(year: int, month: int, day: int) -> DateRange:
    return DateRange(date(year, month, day), date(year, month, day))


def case(shown: Exhibit, *claims: Claim) -> Case:
    return Case(AS_OF, claims, (shown,), method_cards())


def clock(text: str, offset_minutes: int | None = None) -> Clock:
    source = ZoneSource.NONE if offset_minutes is None else ZoneSource.STATED
    return Clock(datetime.fromisoformat(text), "EXIF DateTimeOriginal", offset_minutes, source)


def position(latitude: str, longitude: str, error_m: int | None = None) -> Position:
    return Position(Decimal(latitude), Decimal(longitude), "EXIF GPS", error_m)


def search(*matches: Match) -> Found[Search]:
    return Found(Search((Searched("old", 7, date(2023, 6, 1), "cd" * 32),), 31, matches))


def match(published: date | None, *, turn: Turn = Turn.NONE, credit: str = "") -> Match:
    use = Use("https://example.org/1", "a regional newspaper", published, credit, "CC BY 4.0")
    return Match("old", "convoy.jpg", "ef" * 32, 4, turn, (use,), Absent())


def shared(published: date | None, verdict: Relation = Relation.PART, *, mirrored: bool = False, credit: str = "") -> Shared:
    use = Use("https://example.org/2", "a regional newspaper", published, credit, "CC BY 4.0")
    corners = ((0, 0), (99, 0), (99, 99), (0, 99))
    return Shared("old", "gate.jpg", "12" * 32, verdict, 40, mirrored, 0, corners, corners, (use,), Absent())


def part_search(*found: Shared) -> Found[PartSearch]:
    return Found(PartSearch((Searched("old", 7, date(2023, 6, 1), "cd" * 32),), 7, found))
