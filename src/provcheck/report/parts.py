"""The parts of a claim in words: their names, what a claim states of each, and what would settle it."""

from __future__ import annotations

from decimal import Decimal

from provcheck.domain.claim import Claim, DateRange, Part, Place
from provcheck.domain.text import Text, say
from provcheck.report.wording import joined

NAMES = {
    Part.TAKEN_ON: say("part.taken_on"),
    Part.PLACE: say("part.place"),
    Part.PLATES: say("part.plates"),
    Part.CREDIT: say("part.credit"),
    Part.CAMERA: say("part.camera"),
}

ADVICE = {
    Part.TAKEN_ON: say("part.taken_on.advice"),
    Part.PLACE: say("part.place.advice"),
    Part.PLATES: say("part.plates.advice"),
    Part.CREDIT: say("part.credit.advice"),
    Part.CAMERA: say("part.camera.advice"),
}


def stated(claim: Claim, part: Part) -> Text | None:
    """What `claim` says of `part`; None where it says nothing."""
    match getattr(claim, part.value):
        case DateRange() if claim.taken_at:
            return say("part.moment", moment=claim.taken_at.isoformat())
        case DateRange(first, last):
            one_day = say("part.day", day=first.isoformat())
            return one_day if first == last else say("part.days", first=first.isoformat(), last=last.isoformat())
        case Place() as place:
            return _place(place)
        case str() as untrusted_words if untrusted_words:
            return say("part.words", words=untrusted_words)
    return None


def _place(place: Place) -> Text:
    known = []
    if place.name:
        known.append(say("part.words", words=place.name))
    if place.position:
        at = {"latitude": degrees(place.position.latitude), "longitude": degrees(place.position.longitude)}
        known.append(say("part.within", km=place.radius_km, **at) if place.radius_km else say("part.at", **at))
    if place.line:
        known.append(say("part.road", points=len(place.line), km=place.radius_km))
    if place.country:
        known.append(say("part.country", code=place.country))
    return joined(tuple(known))


def degrees(value: Decimal) -> str:
    """A coordinate without its trailing zeros."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
