"""Is the stated position one that no camera measured, and was the sun up there?"""

from __future__ import annotations

from provcheck.checks.flags.seen import Seen, found
from provcheck.checks.flags.time import gps_vs_local, offset_vs_place
from provcheck.checks.sun import elevation

HORIZON = -0.833  # degrees: the sun's upper edge with ordinary refraction


def null_island(seen: Seen) -> bool:
    position = found(seen.stated.position)
    return position is not None and position.is_null


def sun_below_horizon(seen: Seen) -> bool:
    """A note for whoever claims daylight: by itself it says only that it was night.

    Where the clocks do not fit each other or the place, the moment is not known, and nothing is said of the sun.
    """
    if null_island(seen) or gps_vs_local(seen) or offset_vs_place(seen):
        return False
    position = found(seen.stated.position)
    captured, satellite = found(seen.stated.captured), found(seen.stated.satellite)
    clock = captured if captured and captured.offset_minutes is not None else satellite
    if clock is satellite and captured and satellite and captured.naive == satellite.naive:
        return False  # a program wrote the camera's clock into the satellite's place
    moment = clock.aware() if clock else None
    if position is None or moment is None:
        return False
    return elevation(moment, float(position.latitude), float(position.longitude)) < HORIZON
