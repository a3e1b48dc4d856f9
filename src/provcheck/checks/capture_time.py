"""Do the clocks in the file fit the day that a claim says the photo was taken?"""

from __future__ import annotations

from datetime import date, timedelta

from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, DateRange, Part
from provcheck.domain.clock import Clock, ZoneSource
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import Text, say

ID = "capture-time"
SLACK = timedelta(days=1)  # a camera clock has no zone, and some people cross the date line
WESTMOST, EASTMOST = timedelta(hours=-12), timedelta(hours=14)  # the zones that people use


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    dated = [claim for claim in case.about(exhibit) if claim.taken_on]
    if not dated:
        return CannotSay(say("capture-time.unclaimed"), asked=False)
    clocks = _clocks(evidence)
    if isinstance(clocks, Unreadable):
        return CannotSay(say("capture-time.unreadable", why=clocks.reason), failed=True)
    if not clocks:
        return CannotSay(say("capture-time.absent"))
    return tuple(
        _finding(exhibit, case, claim, claim.taken_on, clock, clocks[:place])
        for claim in dated
        if claim.taken_on
        for place, clock in enumerate(clocks)
    )


def _clocks(evidence: Evidence) -> tuple[Clock, ...] | Unreadable:
    """The clocks that say when the shutter opened; Unreadable when none is found and one is damaged."""
    readings = (evidence.captured, evidence.satellite)
    found = tuple(reading.value for reading in readings if isinstance(reading, Found))
    damaged = [reading for reading in readings if isinstance(reading, Unreadable)]
    return damaged[0] if damaged and not found else found


def _finding(exhibit: Exhibit, case: Case, claim: Claim, days: DateRange, clock: Clock, told: tuple[Clock, ...]) -> Finding:
    """`told` are the clocks whose findings stand before this one."""
    earliest, latest = _possible_days(clock)
    stated = clock.naive.date()
    if days.first <= stated <= days.last:
        leaning, summary = Leaning.SUPPORTS, "fits"
    elif latest < days.first or earliest > days.last:
        leaning, summary = Leaning.CONTRADICTS, "before" if latest < days.first else "after"
    else:
        leaning, summary = Leaning.NEUTRAL, "within-slack"
    return lean(
        case,
        ID,
        About(exhibit.number, claim.id, Part.TAKEN_ON),
        leaning,
        summary=_agreeing(_summary(summary, clock, days), clock, told),
        because=_because(clock),
        does_not_show=say("capture-time.limit"),
    )


def _possible_days(clock: Clock) -> tuple[date, date]:
    """The first and last calendar day that the stated time can be, somewhere on Earth."""
    if clock.offset_minutes is None:
        return (clock.naive - SLACK).date(), (clock.naive + SLACK).date()
    utc = clock.naive - timedelta(minutes=clock.offset_minutes)
    return (utc + WESTMOST).date(), (utc + EASTMOST).date()


def _agreeing(summary: Text, clock: Clock, told: tuple[Clock, ...]) -> Text:
    """Says so where another clock shows the same minute in another zone: 09:52 (UTC+05:00) and 04:52 UTC were read as two times."""
    for other in told:
        if clock.offset_minutes != other.offset_minutes and _minute(clock) == _minute(other) is not None:
            return say("capture-time.same-moment", said=summary, other=_stated(other))
    return summary


def _minute(clock: Clock) -> str | None:
    """As a report prints it, in UTC; None where the clock has no zone."""
    if clock.offset_minutes is None:
        return None
    return (clock.naive - timedelta(minutes=clock.offset_minutes)).isoformat(timespec="minutes")


def _stated(clock: Clock) -> str:
    return (clock.aware() or clock.naive).isoformat(sep=" ", timespec="minutes")


def _summary(outcome: str, clock: Clock, days: DateRange) -> Text:
    stated, claimed = _stated(clock), _claimed(days)
    match outcome:
        case "fits":
            return say("capture-time.fits", clock=stated, tag=clock.tag, claimed=claimed)
        case "before":
            gap = (days.first - clock.naive.date()).days
            return say("capture-time.before", clock=stated, tag=clock.tag, claimed=claimed, count=gap)
        case "after":
            gap = (clock.naive.date() - days.last).days
            return say("capture-time.after", clock=stated, tag=clock.tag, claimed=claimed, count=gap)
    return say("capture-time.within-slack", clock=stated, tag=clock.tag, claimed=claimed)


def _claimed(days: DateRange) -> Text:
    if days.first == days.last:
        return say("capture-time.day", day=days.first.isoformat())
    return say("capture-time.days", first=days.first.isoformat(), last=days.last.isoformat())


def _because(clock: Clock) -> Text:
    match clock.zone_source:
        case ZoneSource.STATED:
            return say("capture-time.zone-stated", offset=_offset(clock.offset_minutes or 0))
        case ZoneSource.GPS:
            return say("capture-time.zone-gps")
    return say("capture-time.zone-none")


def _offset(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


CHECK = Check(ID, say("capture-time.question"), _answer)
