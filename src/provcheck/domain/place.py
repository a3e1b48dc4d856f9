"""Positions on the ground and the distance between them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


@dataclass(frozen=True, slots=True)
class Position:
    """WGS 84 degrees, rounded to six decimals (about 0.1 m); north and east are positive. `tag` says where it stood."""

    latitude: Decimal
    longitude: Decimal
    tag: str = ""
    error_m: int | None = None  # GPSHPositioningError


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What zone and country tables say of a position. `countries` are ISO 3166-1 alpha-2; several where the place is contested.

    `offset_minutes` is the zone's distance from UTC at the capture time; None where the file states no such time.
    """

    zone: str
    countries: tuple[str, ...]
    contested: bool
    source: str  # the table and its date
    offset_minutes: int | None = None


def distance_km(a: Position, b: Position) -> float:
    """Great-circle distance in kilometres on a sphere (haversine; at most 0.6 % off the ellipsoid)."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    half_lat = sin((lat_b - lat_a) / 2) ** 2
    half_lon = sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half_lat + cos(lat_a) * cos(lat_b) * half_lon)))
