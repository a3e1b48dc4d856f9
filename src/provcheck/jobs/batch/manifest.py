"""Which photos, and what is said about each? A folder, or a list as CSV or JSON lines, taken strictly: errors name line and key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from provcheck.domain.case import Received
from provcheck.domain.claim import Claim, DateRange, Place
from provcheck.domain.errors import ConfigError
from provcheck.domain.place import Position
from provcheck.domain.plate import HandReading
from provcheck.domain.since import since
from provcheck.domain.text import Text
from provcheck.jobs.batch.listing import KNOWN, Line, records, unfit
from provcheck.readers.claims import DEFAULT_RADIUS_KM, MAX_TEXT
from provcheck.readers.intake import printable, walk
from provcheck.readers.plates.by_hand import hand_reading

T = TypeVar("T")
SENDER = "the sender"  # a role, where the list names nobody
QUOTED = 40  # characters of what is wrong
POSITION = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """One photo to examine. `path` is absolute, `name` what reports call it; `extra` are columns that are carried through."""

    number: int  # from 1, in the manifest's order
    path: str
    name: str
    walked: bool = False
    photo_id: str = ""
    case_id: str = ""
    claim: Claim | None = None
    extra: tuple[tuple[str, str], ...] = ()
    trouble: Text | None = None  # it could not even be listed
    readings: tuple[HandReading, ...] = ()  # what a person reads in its plate-like regions
    received: Received | None = since("2", None)  # how it came, where no claim says that; the number is of the ledger's form


def read_rows(source: Path) -> Iterator[Row]:
    """The rows of a folder, a CSV or a JSON-lines file, as they are read. Raises ConfigError that names file, line and key."""
    if source.is_dir():
        for number, item in enumerate(walk((source,)), 1):
            yield Row(number, str(item.path.absolute()), item.name, item.walked, trouble=item.trouble)
        return
    number = 0
    for number, (at, record) in enumerate(records(source), 1):
        yield _row(number, at, record)
    if not number:  # a list that was cut off would otherwise empty the batch that stands
        raise ConfigError(f"{source}: lists no photo; give a manifest with a row a photo, or a folder")


def _row(number: int, at: Line, record: dict[str, str]) -> Row:
    value = {key: record.get(key, "").strip() for key in KNOWN}
    if not value["path"]:
        raise at.error("'path' must name a file")
    for key, text in record.items():
        if problem := unfit(text):
            raise at.error(f"{key!r}: {problem}")
        if len(text) > MAX_TEXT:
            raise at.error(f"{key!r} has {len(text)} characters; the limit is {MAX_TEXT}")
    folder = at.file.parent
    path = folder / value["path"]
    inside = path.is_relative_to(folder) and ".." not in path.parts
    name = printable(path.relative_to(folder) if inside else Path(path.name))
    claim = _claim(at, value)
    return Row(
        number=number,
        path=str(path.absolute()),
        name=name,
        photo_id=value["photo_id"],
        case_id=value["case_id"],
        claim=claim,
        extra=tuple((key, text) for key, text in record.items() if key not in KNOWN),
        readings=tuple(_readings(at, name, value["plate_reading"])),
        received=None if claim else _received(at, value),
    )


def _readings(at: Line, name: str, said: str) -> Iterator[HandReading]:
    """N=TEXT, several with semicolons between: what a person reads in plate-like region N of the photo."""
    for one in filter(None, map(str.strip, said.split(";"))):
        try:
            yield hand_reading(f"{name}:{one}")
        except ConfigError as error:
            raise at.error(f"'plate_reading' must be N=TEXT, such as 1=A123BC77, several with semicolons ({error})") from error


def _claim(at: Line, value: dict[str, str]) -> Claim | None:
    """What the row says about its photo; None where it says nothing."""
    if not any(value[key] for key in ("claim_date", "claim_place", "claim_text", "source_url", "credit")):
        return None
    return Claim(
        id="A",
        by=value["channel"] or SENDER,
        text=value["claim_text"],
        url=value["source_url"],
        received_at=_at(at, value),
        channel=value["channel"],
        taken_on=_said(
            at, value, "claim_date", _days, "a date with the year first, such as 2023-07-29, or two with a slash between"
        ),
        place=_said(at, value, "claim_place", _place, "a name, or a latitude and a longitude such as 51.2, 52.2"),
        credit=value["credit"],
    )


def _received(at: Line, value: dict[str, str]) -> Received | None:
    """How a photo came about which nothing is claimed."""
    moment = _at(at, value)
    return Received(SENDER, value["channel"], moment) if value["channel"] or moment else None


def _at(at: Line, value: dict[str, str]) -> datetime | None:
    return _said(at, value, "received_at", _moment, "a time with the year first and its zone, such as 2023-07-29T14:10:00+05:00")


def _said(at: Line, value: dict[str, str], key: str, parse: Callable[[str], T], form: str) -> T | None:
    if not value[key]:
        return None
    try:
        return parse(value[key])
    except ValueError as error:
        raise at.error(f"{key!r} must be {form}; it is {value[key][:QUOTED]!r}") from error


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no zone")
    return moment


def _days(text: str) -> DateRange:
    first, _, last = text.partition("/")
    days = DateRange(date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip()))
    if days.last < days.first:
        raise ValueError("ends before it begins")
    return days


def _place(text: str) -> Place:
    match = POSITION.fullmatch(text)
    if not match:
        if not any(map(str.isalpha, text)):  # 51,2; 52,2 is a position that nobody could look up as a name
            raise ValueError("neither a name nor a position")
        return Place(name=text)
    latitude, longitude = (round(Decimal(part), 6) for part in match.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValueError("out of range")
    return Place(position=Position(latitude, longitude, "claim"), radius_km=DEFAULT_RADIUS_KM)


def numbered(claims: tuple[Claim, ...], own: Claim | None) -> tuple[Claim, ...]:
    """The desk's claims, and the row's own as their rival under the next letter."""
    return claims if own is None else (*claims, replace(own, id=chr(ord("A") + len(claims))))
