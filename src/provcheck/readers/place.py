"""Zone and country of a position, from tables that lie on this machine."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from math import cos, pi, radians, sin
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from provcheck.domain.place import Position, Whereabouts
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import say

KM_PER_DEGREE = 111.2  # of latitude, on the mean sphere
WAYS = tuple(pi / 4 * step for step in range(8))


def whereabouts(position: Position, naive: datetime | None = None) -> Reading[Whereabouts]:
    """What the zone tables say of `position`, and of the wall-clock time `naive` there."""
    finder = _finder()
    if finder is None:
        return Unreadable(say("metadata.no-zone-table"))
    zone = finder.timezone_at(lng=float(position.longitude), lat=float(position.latitude))
    if not zone:
        return Absent()
    countries, contested = _countries().get(zone, ((), False))
    claimed = _claimed(zone, position)
    if claimed:
        countries, contested = claimed, True
    return Found(Whereabouts(zone, countries, contested, _source(), _offset(zone, naive), _near(finder, position, countries)))


def _near(finder: Any, position: Position, here: tuple[str, ...]) -> tuple[str, ...]:
    """Other countries as far away as the position may be off, in eight directions."""
    north = position.error_km / KM_PER_DEGREE
    east = north / max(0.01, cos(radians(float(position.latitude))))
    around = [(float(position.latitude) + north * cos(way), float(position.longitude) + east * sin(way)) for way in WAYS]
    zones = {finder.timezone_at(lng=(lon + 180) % 360 - 180, lat=max(-90.0, min(90.0, lat))) for lat, lon in around}
    return tuple(sorted({country for zone in zones for country in _countries().get(zone, ((), False))[0]} - {*here}))


def _offset(zone: str, naive: datetime | None) -> int | None:
    if naive is None:
        return None
    try:
        offset = naive.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OverflowError):  # no tables on this machine; the first and last day of the calendar
        return None
    return None if offset is None else round(offset.total_seconds() / 60)


@cache
def every_zone() -> tuple[ZoneInfo, ...]:
    """All zones of the tables, read now and kept: for a process that may open no file later."""
    finder = _finder()
    return tuple(filter(None, map(_zone, sorted({*_countries(), *(finder.timezone_names if finder else ())}))))


def _zone(name: str) -> ZoneInfo | None:
    with suppress(ZoneInfoNotFoundError):
        return ZoneInfo(name)
    return None


@cache
def _finder() -> Any:
    try:
        from timezonefinder import TimezoneFinder
    except ImportError:
        return None
    return TimezoneFinder()


@cache
def _source() -> str:
    try:
        return f"timezonefinder-data {version('timezonefinder-data')}"
    except PackageNotFoundError:
        return f"timezonefinder {version('timezonefinder')}"


def _claimed(zone: str, position: Position) -> tuple[str, ...]:
    """The countries of the contested place that `position` lies in or near, () where there is none."""
    here = (position.latitude, position.longitude)
    for zones, south, west, north, east, countries in _contested():
        if zone in zones and south <= here[0] <= north and west <= here[1] <= east:
            return countries
    return ()


@cache
def _contested() -> tuple[tuple[tuple[str, ...], Decimal, Decimal, Decimal, Decimal, tuple[str, ...]], ...]:
    """Boxes of contested.tsv: zones, south, west, north, east, countries."""
    rows = []
    for line in files("provcheck.readers").joinpath("contested.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            _, zones, south, west, north, east, countries = line.split("\t")
            rows.append(
                (tuple(zones.split(",")), Decimal(south), Decimal(west), Decimal(north), Decimal(east), tuple(countries.split(",")))
            )
    return tuple(rows)


@cache
def _countries() -> dict[str, tuple[tuple[str, ...], bool]]:
    """Zone to countries and whether the place is contested, from zones.tsv beside this file."""
    table = {}
    for line in files("provcheck.readers").joinpath("zones.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            zone, countries, contested = line.split("\t")
            table[zone] = tuple(countries.split(",")), contested == "contested"
    return table
