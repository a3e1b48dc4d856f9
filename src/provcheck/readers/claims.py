"""What is claimed? claims.toml to Claims, strictly: an unknown key or a broken date is an error with its line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from provcheck.domain.claim import Claim, DateRange, Light, Place
from provcheck.domain.errors import ConfigError
from provcheck.domain.place import Position
from provcheck.domain.plate import folded

MAX_BYTES = 1_000_000  # several rival claims with long texts take under 50 kB
MAX_CLAIMS = 26  # they are lettered A to Z in the report
MAX_NAME = 1000  # characters of one pattern; file systems allow 255 a name
MAX_TEXT = 20_000  # characters of one quoted statement
MAX_LINE = 1000  # points of a road
DEFAULT_LINE_KM = 5  # a road drawn by hand with few points strays by kilometres from the true one
DEFAULT_RADIUS_KM = 10  # a place that is named with a position is a town or a stretch of road, about this wide


@dataclass(frozen=True, slots=True)
class Claims:
    """The rival claims of one file, the title that the desk gave the case, and whether its photos are rendered."""

    title: str
    claims: tuple[Claim, ...]
    rendered: bool = False


def read_claims(path: Path) -> Claims:
    """Raises ConfigError that names file, line and key."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_BYTES} bytes; shorten the quoted texts")
        source = path.read_text("utf-8-sig")
        table = tomllib.loads(source)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; give the path of a claims file") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _located(path, source, error) from error
    return _File(path, source).claims(table)


def _located(path: Path, source: str, error: Exception) -> ConfigError:
    """tomllib's complaint, with its line put first and the key that stands there."""
    message, _, where = str(error).partition(" (at line ")
    if not where:
        return ConfigError(f"{path}: {error}")
    line = int(where.partition(",")[0])
    key = re.match(r"\s*([\w-]+)\s*=", source.splitlines()[line - 1] if line <= source.count("\n") + 1 else "")
    return ConfigError(f"{path}, line {line}: {repr(key[1]) + ' ' if key else ''}{message}")


class _File:
    """One claims file while it is taken apart: knows the line of a key for its errors."""

    def __init__(self, path: Path, source: str) -> None:
        self._path, self._lines = path, source.splitlines()

    def claims(self, table: dict[str, Any]) -> Claims:
        self._known(table, ("title", "rendered", "claim"), 0)
        entries = table.get("claim", [])
        if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
            raise self._error("claim", 0, "must be one or more [[claim]] tables")
        if len(entries) > MAX_CLAIMS:
            raise self._error("claim", MAX_CLAIMS + 1, f"at most {MAX_CLAIMS} claims")
        claims = tuple(self._claim(entry, number) for number, entry in enumerate(entries, 1))
        for number, claim in enumerate(claims, 1):
            if claim.id in [other.id for other in claims[: number - 1]]:
                raise self._error("id", number, f"{claim.id!r} is used twice")
        rendered = table.get("rendered", False)
        if not isinstance(rendered, bool):
            raise self._error("rendered", 0, "must be true or false, without quotation marks")
        return Claims(self._text(table, "title", 0), claims, rendered)

    def _claim(self, entry: dict[str, Any], number: int) -> Claim:
        self._known(entry, tuple(FIELDS), number)
        for key in ("by", "text"):
            if key not in entry:
                raise self._error("", number, f"this claim lacks {key!r}")
        values = {key: getattr(self, FIELDS[key])(entry, key, number) for key in entry}
        if values.get("taken_at") and not values.get("taken_on"):
            day = values["taken_at"].date()
            values["taken_on"] = DateRange(day, day)
        return Claim(**{"id": chr(ord("A") + number - 1), **values})

    def _text(self, entry: dict[str, Any], key: str, number: int) -> str:
        value = entry.get(key, "")
        if not isinstance(value, str):
            raise self._error(key, number, "must be text in quotation marks")
        if len(value) > MAX_TEXT:
            raise self._error(key, number, f"has {len(value)} characters; the limit is {MAX_TEXT}")
        return value.strip()

    def _plates(self, entry: dict[str, Any], key: str, number: int) -> str:
        value = self._text(entry, key, number)
        plate = folded(value)
        if value and not (any(sign.isdigit() for sign in plate) or re.fullmatch("[A-Za-z]{2}", value)):
            raise self._error(key, number, 'must be a country\'s two letters, such as "RU", or the text of a plate')
        return value

    def _patterns(self, entry: dict[str, Any], key: str, number: int) -> tuple[str, ...]:
        value = entry[key]
        if not isinstance(value, list) or not all(isinstance(name, str) and 0 < len(name) <= MAX_NAME for name in value):
            raise self._error(key, number, 'must be a list of photo names or patterns, such as ["journalist-*.jpg"]')
        return tuple(value)

    def _day(self, entry: dict[str, Any], key: str, number: int) -> date:
        value = entry[key]
        if type(value) is not date:
            raise self._error(key, number, "must be a date without quotation marks, such as 2023-07-29")
        return value

    def _moment(self, entry: dict[str, Any], key: str, number: int) -> datetime:
        value = entry[key]
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise self._error(key, number, "must be a time with its zone, such as 2023-07-29T14:10:00+05:00")
        return value

    def _light(self, entry: dict[str, Any], key: str, number: int) -> Light:
        try:
            return Light(self._text(entry, key, number))
        except ValueError:
            raise self._error(key, number, 'must be "daylight" or "night"') from None

    def _days(self, entry: dict[str, Any], key: str, number: int) -> DateRange:
        value = entry[key]
        if not isinstance(value, dict):
            day = self._day(entry, key, number)
            return DateRange(day, day)
        self._known(value, ("first", "last"), number)
        if len(value) < 2:
            raise self._error(key, number, "must be a date, or { first = …, last = … }")
        days = DateRange(self._day(value, "first", number), self._day(value, "last", number))
        if days.last < days.first:
            raise self._error(key, number, "ends before it begins")
        return days

    def _place(self, entry: dict[str, Any], key: str, number: int) -> Place:
        value = entry[key]
        if isinstance(value, str):
            return Place(name=self._text(entry, key, number))
        if not isinstance(value, dict):
            raise self._error(
                key, number, 'must be a name, or { name = "…", position = [51.2, 52.2], radius_km = 60, country = "KZ" }'
            )
        self._known(value, ("name", "position", "line", "radius_km", "country"), number)
        country = self._text(value, "country", number)
        if country and not re.fullmatch("[A-Z]{2}", country):
            raise self._error("country", number, 'must be two capital letters of ISO 3166-1, such as "KZ"')
        if "position" in value and "line" in value:
            raise self._error("line", number, "stands beside a position; a place is a point with a radius or a line, not both")
        position = self._point(value["position"], "position", number) if "position" in value else None
        line = self._road(value, number) if "line" in value else ()
        radius = value.get("radius_km", DEFAULT_RADIUS_KM if position else DEFAULT_LINE_KM if line else 0)
        if type(radius) is not int or not 0 <= radius <= 20_000:
            raise self._error("radius_km", number, "must be a whole number of kilometres, at most 20000")
        return Place(self._text(value, "name", number), position, radius, country, line)

    def _road(self, value: dict[str, Any], number: int) -> tuple[Position, ...]:
        points = value["line"]
        if not isinstance(points, list) or not 2 <= len(points) <= MAX_LINE:
            raise self._error("line", number, f"must be 2 to {MAX_LINE} points along the road: [[51.2, 51.4], [51.2, 53.0]]")
        return tuple(self._point(point, "line", number) for point in points)

    def _point(self, pair: Any, key: str, number: int) -> Position:
        if not isinstance(pair, list) or len(pair) != 2 or not all(type(part) in (int, float) and isfinite(part) for part in pair):
            raise self._error(key, number, "must be [latitude, longitude] in degrees, such as [51.2, 52.2]")
        latitude, longitude = (round(Decimal(str(part)), 6) for part in pair)
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise self._error(key, number, "must be [latitude, longitude]: at most 90 and 180 degrees")
        return Position(latitude, longitude, "claim")

    def _known(self, table: dict[str, Any], known: tuple[str, ...], number: int) -> None:
        for key in table:
            if key not in known:
                raise self._error(key, number, f"unknown key; known here are {', '.join(known)}")

    def _error(self, key: str, number: int, problem: str) -> ConfigError:
        named = f"{key!r} " if key else ""
        return ConfigError(f"{self._path}, line {self._line(key, number)}: {named}{problem}")

    def _line(self, key: str, number: int) -> int:
        """The line where `key` stands in the `number`th claim (0: before the first); that claim's first line if it is not found."""
        claim, start = 0, 1
        for at, line in enumerate(self._lines, 1):
            if re.match(r"\s*\[\[\s*claim\s*\]\]", line):
                claim, start = claim + 1, at if claim + 1 == number else start
            if key and claim == number and re.search(rf"(^|[\s{{,]){re.escape(key)}[\"']?\s*=", line):
                return at
        return start


FIELDS: dict[str, str] = {
    "id": "_text",
    "by": "_text",
    "text": "_text",
    "published": "_day",
    "url": "_text",
    "received_at": "_moment",
    "channel": "_text",
    "taken_on": "_days",
    "taken_at": "_moment",
    "light": "_light",
    "place": "_place",
    "plates": "_plates",
    "credit": "_text",
    "camera": "_text",
    "photos": "_patterns",
}
