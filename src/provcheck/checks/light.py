"""Was the sun up at the claimed place and time, where a claim speaks of daylight or of night? A note, never more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from provcheck.checks.sun import position as sun_position
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, Light, Part
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.place import Position
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import Arg, Text, say

ID = "light"
HORIZON = -0.833  # degrees: the sun's upper edge with ordinary refraction
DARK = -6.0  # degrees: the end of civil twilight, after which a picture without lamps is dark
POINTS = (
    say("light.point.n"),
    say("light.point.ne"),
    say("light.point.e"),
    say("light.point.se"),
    say("light.point.s"),
    say("light.point.sw"),
    say("light.point.w"),
    say("light.point.nw"),
)
ONE_DAY = timedelta(days=1)  # between the clock's zone and the place's
STEP = timedelta(minutes=5)  # of a search over a day; the sun moves by a degree


@dataclass(frozen=True, slots=True)
class Moment:
    """An aware time and whose it is: the claim's, or a clock's in the file."""

    at: datetime
    source: Text


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    claims = [claim for claim in case.about(exhibit) if claim.light]
    if not claims:
        return CannotSay(say("light.unclaimed"), asked=False)
    findings = tuple(found for claim in claims for found in _findings(exhibit, evidence, case, claim))
    if findings:
        return findings
    readings = (evidence.position, evidence.captured, evidence.satellite)
    broken = next((reading for reading in readings if isinstance(reading, Unreadable)), None)
    return CannotSay(say("light.unreadable", why=broken.reason), failed=True) if broken else CannotSay(say("light.nowhere"))


def _findings(exhibit: Exhibit, evidence: Evidence, case: Case, claim: Claim) -> tuple[Finding, ...]:
    where = _where(claim, evidence)
    if where is None:
        return ()
    place, whose = where
    moment = _moment(claim, evidence)
    if moment:
        return (_finding(exhibit, case, claim, *_at(claim, moment, place, whose)),)
    if claim.taken_on and claim.taken_on.first == claim.taken_on.last:
        return (_finding(exhibit, case, claim, *_over(claim, claim.taken_on.first, place, whose)),)
    return ()


def _where(claim: Claim, evidence: Evidence) -> tuple[Position, Text] | None:
    claimed = claim.place.middle if claim.place else None
    if claimed:
        return claimed, say("light.claimed-place")
    stated = evidence.position.value if isinstance(evidence.position, Found) else None
    return (stated, say("light.file-place")) if stated and not stated.is_null else None


def _moment(claim: Claim, evidence: Evidence) -> Moment | None:
    """The claimed moment; else the file's clock, where it has a zone and is on the claimed day; else satellite time."""
    if claim.taken_at:
        return Moment(claim.taken_at, say("light.claimed-time"))
    for reading in (evidence.captured, evidence.satellite):
        if isinstance(reading, Found) and (at := reading.value.aware()) and _on_claimed_day(claim, at):
            return Moment(at, say("light.file-time", tag=reading.value.tag))
    return None


def _on_claimed_day(claim: Claim, at: datetime) -> bool:
    days = claim.taken_on
    return days is None or days.first - ONE_DAY <= at.date() <= days.last + ONE_DAY


def _at(claim: Claim, moment: Moment, place: Position, whose: Text) -> tuple[Text, Text]:
    height, azimuth = sun_position(moment.at, float(place.latitude), float(place.longitude))
    args: dict[str, Arg] = {"height": f"{height:.0f}", "azimuth": f"{azimuth:.0f}", "point": _point(azimuth)}
    summary = _against(claim, height, args)
    at = moment.at.isoformat(timespec="seconds")
    return summary, say("light.because", time=at, source=moment.source, whose=whose, **place.written())


def _against(claim: Claim, height: float, args: dict[str, Arg]) -> Text:
    """The sun up, in twilight, or down, against what is claimed."""
    if DARK < height < HORIZON:
        return say("light.twilight", claimed=_claimed(claim), **args)
    match height >= HORIZON, claim.light is Light.DAYLIGHT:
        case True, True:
            return say("light.up-fits", claimed=_claimed(claim), **args)
        case True, False:
            return say("light.up-differs", claimed=_claimed(claim), **args)
        case False, True:
            return say("light.down-differs", claimed=_claimed(claim), **args)
    return say("light.down-fits", claimed=_claimed(claim), **args)


def _over(claim: Claim, day: date, place: Position, whose: Text) -> tuple[Text, Text]:
    """Only a day is claimed: when on it the sun was up, over the 24 hours around the place's own noon."""
    noon = datetime.combine(day, time(12), UTC) - timedelta(minutes=4 * float(place.longitude))
    heights = [
        (at, sun_position(at, float(place.latitude), float(place.longitude))[0])
        for at in (noon + i * STEP for i in range(-144, 144))
    ]
    up = [at for at, height in heights if height >= HORIZON]
    because = say("light.day-because", whose=whose, **place.written())
    if not up:
        return say("light.no-day", day=day.isoformat(), claimed=_claimed(claim)), because
    if len(up) == len(heights):
        return say("light.no-night", day=day.isoformat(), claimed=_claimed(claim)), because
    rise, fall = (at.isoformat() for at in (up[0], up[-1]))
    return say("light.day", day=day.isoformat(), claimed=_claimed(claim), rise=rise, fall=fall), because


def _claimed(claim: Claim) -> Text:
    return say("light.daylight") if claim.light is Light.DAYLIGHT else say("light.night")


def _point(azimuth: float) -> Text:
    """The nearest of eight points of the compass."""
    return POINTS[round(azimuth / 45) % 8]


def _finding(exhibit: Exhibit, case: Case, claim: Claim, summary: Text, because: Text) -> Finding:
    part = Part.TAKEN_ON if claim.taken_on else Part.PLACE if claim.place else None
    about = About(exhibit.number, claim.id, part)
    return lean(case, ID, about, Leaning.NEUTRAL, summary=summary, because=because, does_not_show=say("light.limit"))


CHECK = Check(ID, say("light.question"), _answer)
