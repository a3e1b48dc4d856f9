"""Does the position in the file lie where a claim says the photo was taken?"""

from __future__ import annotations

from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, Part, Place
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.place import Position, Whereabouts, distance_km, distance_to_line_km
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import Arg, Text, say

ID = "position"
SHORT_KM = 10  # below, a tenth of a kilometre is worth printing


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    placed = [claim for claim in case.about(exhibit) if claim.place]
    if not placed:
        return CannotSay(say("position.unclaimed"), asked=False)
    match evidence.position:
        case Found(position):
            places = [(claim, claim.place) for claim in placed if claim.place]
            return tuple(_finding(exhibit, case, claim, place, position, evidence.whereabouts) for claim, place in places)
        case Absent():
            return CannotSay(say("position.absent"))
        case Unreadable(reason):
            return CannotSay(say("position.unreadable", why=reason), failed=True)


def _finding(
    exhibit: Exhibit, case: Case, claim: Claim, place: Place, position: Position, whereabouts: Reading[Whereabouts]
) -> Finding:
    leaning, summary, because = _compare(place, position, whereabouts)
    return lean(
        case,
        ID,
        About(exhibit.number, claim.id, Part.PLACE),
        leaning,
        summary=summary,
        because=because,
        does_not_show=say("position.limit"),
    )


def _compare(place: Place, position: Position, whereabouts: Reading[Whereabouts]) -> tuple[Leaning, Text, Text]:
    if position.is_null:
        return Leaning.NEUTRAL, say("consistency.null"), say("consistency.null-because")
    if place.line:
        return _by_line(place, position)
    if place.position:
        return _by_distance(place, place.position, position)
    if place.country:
        return _by_country(place, position, whereabouts)
    return Leaning.NEUTRAL, say("position.name-only", place=place.name), say("position.stated", **_stated(position))


def _by_distance(place: Place, claimed: Position, position: Position) -> tuple[Leaning, Text, Text]:
    distance = distance_km(claimed, position)
    km, because = _km(distance), say("position.stated", **_stated(position))
    if distance <= place.radius_km:
        return Leaning.SUPPORTS, say("position.inside", km=km, radius=place.radius_km, place=place.name), because
    if distance <= place.radius_km + position.error_km:
        return Leaning.NEUTRAL, say("position.edge", km=km, radius=place.radius_km, place=place.name), because
    return Leaning.CONTRADICTS, say("position.outside", km=km, radius=place.radius_km, place=place.name), because


def _by_line(place: Place, position: Position) -> tuple[Leaning, Text, Text]:
    """A road: how far from its nearest stretch."""
    distance = distance_to_line_km(position, place.line)
    args: dict[str, Arg] = {
        "km": _km(distance),
        "radius": place.radius_km,
        "place": place.name,
    }
    because = say("position.line-because", points=len(place.line), **_stated(position))
    if distance <= place.radius_km:
        return Leaning.SUPPORTS, say("position.on-line", **args), because
    if distance <= place.radius_km + position.error_km:
        return Leaning.NEUTRAL, say("position.line-edge", **args), because
    return Leaning.CONTRADICTS, say("position.off-line", **args), because


def _km(distance: float) -> str:
    return f"{distance:.1f}" if distance < SHORT_KM else f"{distance:.0f}"


def _by_country(place: Place, position: Position, whereabouts: Reading[Whereabouts]) -> tuple[Leaning, Text, Text]:
    match whereabouts:
        case Found(found) if found.countries:
            countries = ", ".join(found.countries)
            because = say("position.country-source", source=found.source, **_stated(position))
            if found.contested:
                return Leaning.NEUTRAL, say("position.contested", countries=countries), because
            if place.country in found.countries and place.name:
                return Leaning.SUPPORTS, say("position.in-country-only", claimed=place.country, place=place.name), because
            if place.country in found.countries:
                return Leaning.SUPPORTS, say("position.in-country", claimed=place.country), because
            if place.country in found.near:
                args = {"countries": countries, "claimed": place.country, "km": _km(position.error_km)}
                return Leaning.NEUTRAL, say("position.near-country", **args), because
            return Leaning.CONTRADICTS, say("position.other-country", claimed=place.country, countries=countries), because
        case Unreadable(reason):
            return Leaning.NEUTRAL, say("position.country-unknown", why=reason), say("position.stated", **_stated(position))
        case Found() | Absent():  # at sea, where a beach and a harbour may lie by the table too
            return Leaning.NEUTRAL, say("position.no-country"), say("position.stated", **_stated(position))


def _stated(position: Position) -> dict[str, str]:
    return {**position.written(), "tag": position.tag}


CHECK = Check(ID, say("position.question"), _answer)
