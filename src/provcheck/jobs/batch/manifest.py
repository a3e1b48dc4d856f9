"""Which photos, and what is said about each? A folder, or a list as CSV or JSON lines, taken strictly: errors name line and key."""

from __future__ import annotations

import csv
import json
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TextIO, TypeVar

from provcheck.domain.claim import Claim, DateRange, Place
from provcheck.domain.errors import ConfigError
from provcheck.domain.place import Position
from provcheck.domain.plate import HandReading
from provcheck.domain.text import Text
from provcheck.readers.claims import DEFAULT_RADIUS_KM, MAX_TEXT
from provcheck.readers.intake import printable, walk
from provcheck.readers.plates.by_hand import hand_reading

MAX_LINE = 200_000  # characters of one row; a claim's text has at most 20,000
MAX_COLUMNS = 100  # a desk's own table has a dozen
T = TypeVar("T")

KNOWN = (
    *("path", "photo_id", "case_id", "claim_date", "claim_place", "claim_text"),
    *("source_url", "credit", "received_at", "channel", "plate_reading"),
)
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


def read_rows(source: Path) -> Iterator[Row]:
    """The rows of a folder, a CSV or a JSON-lines file, as they are read. Raises ConfigError that names file, line and key."""
    if source.is_dir():
        for number, item in enumerate(walk((source,)), 1):
            yield Row(number, str(item.path.absolute()), item.name, item.walked, trouble=item.trouble)
        return
    records = _json_lines(source) if source.suffix.lower() in (".jsonl", ".ndjson") else _csv_lines(source)
    number = 0
    for number, (line, record) in enumerate(records, 1):
        yield _row(number, _Line(source, line), record)
    if not number:  # a list that was cut off would otherwise empty the batch that stands
        raise ConfigError(f"{source}: lists no photo; give a manifest with a row a photo, or a folder")


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a row stands, for messages."""

    file: Path
    number: int

    def error(self, problem: str) -> ConfigError:
        return ConfigError(f"{self.file}, line {self.number}: {problem}")


def _lines(source: Path) -> Iterator[str]:
    """The lines of the file with their ends, each bounded."""
    try:
        with _regular(source) as file:
            number = 0
            while line := file.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    raise _Line(source, number).error(f"longer than {MAX_LINE} characters")
                yield line
    except OSError as error:
        raise ConfigError(f"{source}: {error.strerror}; give a manifest or a folder") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{source}: not UTF-8; save the manifest as UTF-8") from error


def _regular(source: Path) -> TextIO:
    """The file, opened; a pipe or a device is refused, and does not block."""
    descriptor = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ConfigError(f"{source}: not a regular file; give a manifest or a folder")
    return os.fdopen(descriptor, encoding="utf-8-sig", newline="")


def _json_lines(source: Path) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(_lines(source), 1):
        if not line.strip():
            continue
        at = _Line(source, number)
        try:
            record = json.loads(line, object_pairs_hook=_each_once)
        except (ValueError, RecursionError) as error:
            raise at.error(f"not JSON ({error})") from error
        if not isinstance(record, dict):
            raise at.error("must be one JSON object a line")
        for key, value in record.items():
            if not isinstance(value, (str, int)) or isinstance(value, bool):
                raise at.error(f"{key!r} must be text or a whole number")
        yield number, {key: str(value) for key, value in record.items()}


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Of two values under one key JSON's readers take the last, and people the first."""
    if len(found := dict(pairs)) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _csv_lines(source: Path) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(_lines(source), strict=True)
    header: list[str] = []
    try:
        for values in reader:
            at = _Line(source, reader.line_num)
            if not header:
                header = [value.strip() for value in values]
                if "path" not in header or len(set(header)) != len(header):
                    raise at.error(
                        "the first line must name the columns, each once, with commas between and 'path' among them;"
                        f" known are {', '.join(KNOWN)}"
                    )
            elif values:
                if len(values) != len(header):
                    raise at.error(f"has {len(values)} columns, the first line {len(header)}")
                yield at.number, dict(zip(header, values, strict=True))
    except csv.Error as error:
        raise _Line(source, reader.line_num).error(str(error)) from error


def _row(number: int, at: _Line, record: dict[str, str]) -> Row:
    if len(record) > MAX_COLUMNS:
        raise at.error(f"more than {MAX_COLUMNS} columns")
    value = {key: record.get(key, "").strip() for key in KNOWN}
    if not value["path"] or "\0" in value["path"]:
        raise at.error("'path' must name a file")
    for key, text in record.items():
        if len(text) > MAX_TEXT:
            raise at.error(f"{key!r} has {len(text)} characters; the limit is {MAX_TEXT}")
    folder = at.file.parent
    path = folder / value["path"]
    inside = path.is_relative_to(folder) and ".." not in path.parts
    name = printable(path.relative_to(folder) if inside else Path(path.name))
    return Row(
        number=number,
        path=str(path.absolute()),
        name=name,
        photo_id=value["photo_id"],
        case_id=value["case_id"],
        claim=_claim(at, value),
        extra=tuple((key, text) for key, text in record.items() if key not in KNOWN),
        readings=tuple(_readings(at, name, value["plate_reading"])),
    )


def _readings(at: _Line, name: str, said: str) -> Iterator[HandReading]:
    """N=TEXT, several with semicolons between: what a person reads in plate-like region N of the photo."""
    for one in filter(None, map(str.strip, said.split(";"))):
        try:
            yield hand_reading(f"{name}:{one}")
        except ConfigError as error:
            raise at.error(f"'plate_reading' must be N=TEXT, such as 1=A123BC77, several with semicolons ({error})") from error


def _claim(at: _Line, value: dict[str, str]) -> Claim | None:
    """What the row says about its photo; None where it says nothing."""
    if not any(value[key] for key in ("claim_date", "claim_place", "claim_text", "credit")):
        return None
    return Claim(
        id="A",
        by=value["channel"] or "the sender",
        text=value["claim_text"],
        url=value["source_url"],
        received_at=_said(at, value, "received_at", _moment, "a time with its zone, such as 2023-07-29T14:10:00+05:00"),
        channel=value["channel"],
        taken_on=_said(at, value, "claim_date", _days, "a date, such as 2023-07-29, or two with a slash between"),
        place=_said(at, value, "claim_place", _place, "a name, or a latitude and a longitude such as 51.2, 52.2"),
        credit=value["credit"],
    )


def _said(at: _Line, value: dict[str, str], key: str, parse: Callable[[str], T], form: str) -> T | None:
    if not value[key]:
        return None
    try:
        return parse(value[key])
    except ValueError as error:
        raise at.error(f"{key!r} must be {form}") from error


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
        return Place(name=text)
    latitude, longitude = (round(Decimal(part), 6) for part in match.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValueError("out of range")
    return Place(position=Position(latitude, longitude, "claim"), radius_km=DEFAULT_RADIUS_KM)


def numbered(claims: tuple[Claim, ...], own: Claim | None) -> tuple[Claim, ...]:
    """The desk's claims, and the row's own as their rival under the next letter."""
    return claims if own is None else (*claims, replace(own, id=chr(ord("A") + len(claims))))
