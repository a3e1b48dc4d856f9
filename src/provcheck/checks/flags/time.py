"""Do the clocks in the file fit each other, the satellites, the place and the calendar?"""

from __future__ import annotations

from datetime import timedelta

from provcheck.checks.flags.device import make_vs_makernote
from provcheck.checks.flags.releases import earliest
from provcheck.checks.flags.seen import Seen, found
from provcheck.domain.clock import Clock

STALE = timedelta(minutes=30)  # a telephone indoors repeats the last fix it had
WIDEST = timedelta(hours=15)  # no zone lies further from UTC than 14 hours
SAME_INSTANT = timedelta(seconds=1)  # writers round differently
HALF_HOUR = 30  # minutes; a wrong zone is off by at least that much
ONE_DAY = timedelta(days=1)  # the date line


def modify_before_original(seen: Seen) -> bool:
    """1.5 % of unedited photos; the commonest harmless cause is a clock that was set later."""
    modified, captured = found(seen.stated.modified), found(seen.stated.captured)
    return modified is not None and captured is not None and comes_before(modified, captured)


def digitized_before_original(seen: Seen) -> bool:
    digitized, captured = found(seen.stated.digitized), found(seen.stated.captured)
    return digitized is not None and captured is not None and comes_before(digitized, captured)


def comes_before(later: Clock, earlier: Clock) -> bool:
    """Whether a time that should come later comes earlier, under every zone that either may be in."""
    return gap(earlier, later) < -max(SAME_INSTANT, zone_slack(earlier, later))


def gap(first: Clock, last: Clock) -> timedelta:
    """From one to the other: by moments where both zones are known, else by the clocks' faces."""
    start, end = first.aware(), last.aware()
    return end - start if start and end else last.naive - first.naive


def zone_slack(one: Clock, other: Clock) -> timedelta:
    """By how much a gap may be wrong for want of a zone: two clocks without one are the same camera's."""
    return ONE_DAY if (one.offset_minutes is None) != (other.offset_minutes is None) else timedelta(0)


def gps_vs_local(seen: Seen) -> bool:
    """Satellite time against the camera's clock with its stated offset; without one, only what no zone explains."""
    satellite, captured = found(seen.stated.satellite), found(seen.stated.captured)
    if satellite is None or captured is None:
        return False
    if captured.offset_minutes is None:
        return abs(captured.naive - satellite.naive) > WIDEST
    utc = captured.naive - timedelta(minutes=captured.offset_minutes)
    return abs(utc - satellite.naive) > STALE


def offset_vs_place(seen: Seen) -> bool:
    """The stated offset against the zone of the stated place at that time."""
    captured, whereabouts = found(seen.stated.captured), found(seen.stated.whereabouts)
    if captured is None or whereabouts is None or captured.offset_minutes is None or whereabouts.offset_minutes is None:
        return False
    if whereabouts.contested or whereabouts.zone.startswith("Etc/"):  # two zones are in use; at sea ships keep their own
        return False
    return abs(captured.offset_minutes - whereabouts.offset_minutes) >= HALF_HOUR


def future(seen: Seen) -> bool:
    clocks = (seen.stated.captured, seen.stated.digitized, seen.stated.modified, seen.stated.satellite)
    return any(clock.naive.date() > seen.as_of + ONE_DAY for reading in clocks if (clock := found(reading)))


def before_model(seen: Seen) -> bool:
    """The capture time against the day the model was announced, for the models in the lists.

    Where the maker note speaks against the named maker the name is in doubt already, and nothing follows from it for the clock.
    """
    if make_vs_makernote(seen):
        return False
    camera, captured = found(seen.stated.camera), found(seen.stated.captured)
    if camera is None or captured is None:
        return False
    first = earliest(camera.model)
    return first is not None and captured.naive.date() < first
