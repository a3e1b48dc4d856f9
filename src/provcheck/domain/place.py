"""Positions on the ground and the distance between them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import asin, ceil, cos, radians, sin, sqrt

from provcheck.domain.since import since

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
NEAR_NULL = Decimal("0.001")  # degrees
DEFAULT_ERROR_KM = 1  # phones without GPSHPositioningError: a fix from cell towers is often this far off


@dataclass(frozen=True, slots=True)
class Position:
    """WGS 84 degrees, rounded to six decimals (about 0.1 m); north and east are positive. `tag` says where it stood."""

    latitude: Decimal
    longitude: Decimal
    tag: str = ""
    error_m: int | None = None  # GPSHPositioningError

    @property
    def error_km(self) -> float:
        """How far off it may be."""
        return self.error_m / 1000 if self.error_m else DEFAULT_ERROR_KM

    @property
    def is_null(self) -> bool:
        """Whether it is 0° latitude, 0° longitude, which programs and telephones write for "not known"."""
        return abs(self.latitude) <= NEAR_NULL and abs(self.longitude) <= NEAR_NULL

    def written(self) -> dict[str, str]:
        """Both coordinates as text, without trailing zeros: arguments of a sentence."""
        return {name: f"{getattr(self, name).normalize():f}" for name in ("latitude", "longitude")}


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
    near: tuple[str, ...] = since("1.1.0", ())  # other countries within the position's error


PIECE_KM = 20.0  # a road's straight pieces are cut to this length: so long the ground is as good as flat


def distance_to_line_km(position: Position, line: tuple[Position, ...]) -> float:
    """The least distance in kilometres from `position` to the line through the points of `line`; at most 0.7 % off."""
    if len(line) < 2:
        return distance_km(position, line[0])
    return min(_to_stretch(position, a, b) for a, b in pairwise(line))


def _to_stretch(position: Position, a: Position, b: Position) -> float:
    """In a plane that touches the ground at each piece in turn: east is shortened by the latitude."""
    east = _wrapped(float(b.longitude - a.longitude))
    north = float(b.latitude - a.latitude)
    pieces = max(1, ceil(distance_km(a, b) / PIECE_KM))
    steps = [(float(a.latitude) + north * i / pieces, float(a.longitude) + east * i / pieces) for i in range(pieces + 1)]
    return min(_to_piece(position, one, other) for one, other in pairwise(steps))


def _to_piece(position: Position, a: tuple[float, float], b: tuple[float, float]) -> float:
    here = radians(float(position.latitude))
    ends = [
        (radians(_wrapped(lon - float(position.longitude))) * cos((here + radians(lat)) / 2), radians(lat) - here)
        for lat, lon in (a, b)
    ]
    (ax, ay), (bx, by) = ends
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = max(0.0, min(1.0, -(ax * (bx - ax) + ay * (by - ay)) / length)) if length else 0.0
    nearest = Position(Decimal(a[0] + (b[0] - a[0]) * along), Decimal(_wrapped(a[1] + _wrapped(b[1] - a[1]) * along)), position.tag)
    return distance_km(position, nearest)


def _wrapped(degrees: float) -> float:
    """A difference of longitudes, -180 to 180."""
    return (degrees + 180) % 360 - 180


def distance_km(a: Position, b: Position) -> float:
    """Great-circle distance in kilometres on a sphere (haversine; at most 0.6 % off the ellipsoid)."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    half_lat = sin((lat_b - lat_a) / 2) ** 2
    half_lon = sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half_lat + cos(lat_a) * cos(lat_b) * half_lon)))
