"""Where the sun stands at a place and a time.

The low-precision formulae of the Astronomical Almanac (page C5): 0.01° in the sun's position between 1950 and 2050.
Refraction is left out; near the horizon it lifts the sun by half a degree.
"""

from __future__ import annotations

from datetime import UTC, datetime
from math import asin, atan2, cos, degrees, radians, sin

J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)


def elevation(moment: datetime, latitude: float, longitude: float) -> float:
    """Degrees of the sun's centre above the horizon; negative below."""
    return position(moment, latitude, longitude)[0]


def position(moment: datetime, latitude: float, longitude: float) -> tuple[float, float]:
    """Elevation and azimuth in degrees, the azimuth clockwise from north. `moment` is aware."""
    days = (moment - J2000).total_seconds() / 86400
    anomaly = radians((357.528 + 0.9856003 * days) % 360)
    ecliptic = radians((280.460 + 0.9856474 * days + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly)) % 360)
    tilt = radians(23.439 - 0.0000004 * days)
    right_ascension = atan2(cos(tilt) * sin(ecliptic), cos(ecliptic))
    declination = asin(sin(tilt) * sin(ecliptic))
    sidereal = radians((280.46061837 + 360.98564736629 * days + longitude) % 360)
    hour_angle = sidereal - right_ascension
    here = radians(latitude)
    height = asin(sin(here) * sin(declination) + cos(here) * cos(declination) * cos(hour_angle))
    azimuth = atan2(-sin(hour_angle), cos(here) * sin(declination) / cos(declination) - sin(here) * cos(hour_angle))
    return degrees(height), degrees(azimuth) % 360
