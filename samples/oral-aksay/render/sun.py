"""Where the sun stands (NOAA's short formulae, good to about 0.1°)."""

from __future__ import annotations

from datetime import datetime
from math import asin, atan2, cos, degrees, pi, radians, sin

import numpy as np
import numpy.typing as npt


def elevation_and_azimuth(when: datetime, latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees; azimuth clockwise from north. `when` is aware."""
    offset = when.utcoffset()
    if offset is None:
        raise ValueError("the sun needs a time with its zone")
    hours = when.hour + when.minute / 60 - offset.total_seconds() / 3600
    g = 2 * pi / 365 * (when.timetuple().tm_yday - 1 + (hours - 12) / 24)
    equation = 229.18 * (0.000075 + 0.001868 * cos(g) - 0.032077 * sin(g) - 0.014615 * cos(2 * g) - 0.040849 * sin(2 * g))
    declination = 0.006918 - 0.399912 * cos(g) + 0.070257 * sin(g) - 0.006758 * cos(2 * g) + 0.000907 * sin(2 * g)
    declination += -0.002697 * cos(3 * g) + 0.00148 * sin(3 * g)
    hour_angle = radians((hours * 60 + equation + 4 * longitude) / 4 - 180)
    lat = radians(latitude)
    elevation = asin(sin(lat) * sin(declination) + cos(lat) * cos(declination) * cos(hour_angle))
    east = -cos(declination) * sin(hour_angle)
    north = sin(declination) * cos(lat) - cos(declination) * sin(lat) * cos(hour_angle)
    return degrees(elevation), degrees(atan2(east, north)) % 360


def direction(elevation: float, azimuth: float, road_bearing: float) -> npt.NDArray[np.float64]:
    """The unit vector to the sun in a frame whose x axis points along `road_bearing` (degrees from north) and whose z is up."""
    turn, height = radians(road_bearing - azimuth), radians(elevation)
    return np.array([cos(height) * cos(turn), cos(height) * sin(turn), sin(height)])
