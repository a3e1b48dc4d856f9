"""One photo's evidence in words: a label and a value for everything the readers saw, missed or could not read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from provcheck.domain.archive import Search, Searched
from provcheck.domain.clock import Clock, ZoneSource
from provcheck.domain.evidence import Evidence, Pixels
from provcheck.domain.fingerprint import Turn
from provcheck.domain.metadata import Camera, Software
from provcheck.domain.photo import Outcome
from provcheck.domain.place import Position, Whereabouts
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import Text, say
from provcheck.report.parts import degrees
from provcheck.report.wording import joined

T = TypeVar("T")

OUTCOMES = {
    Outcome.EXAMINED: say("report.photo.examined"),
    Outcome.PARTIAL: say("report.photo.partial"),
    Outcome.REFUSED: say("report.photo.refused"),
}
TURNS = {
    Turn.NONE: say("report.turn.none"),
    Turn.ROTATE_90: say("report.turn.rotate-90"),
    Turn.ROTATE_180: say("report.turn.rotate-180"),
    Turn.ROTATE_270: say("report.turn.rotate-270"),
    Turn.MIRROR: say("report.turn.mirror"),
    Turn.MIRROR_90: say("report.turn.mirror-90"),
    Turn.MIRROR_180: say("report.turn.mirror-180"),
    Turn.MIRROR_270: say("report.turn.mirror-270"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """`there` is False for what the reader looked for and did not find."""

    label: Text
    value: Text
    there: bool = True


def facts(evidence: Evidence) -> tuple[Fact, ...]:
    """What the metadata states or could not be read of it."""
    return tuple(fact for fact in _metadata(evidence) if fact.there)


def missing(evidence: Evidence) -> tuple[Text, ...]:
    """The labels of what was looked for and is not in the file."""
    return tuple(fact.label for fact in _metadata(evidence) if not fact.there)


def searched(search: Search) -> tuple[Text, ...]:
    """What a match, or no match, rests on: each archive with its size and the date of its latest entry."""
    return tuple(_archive(archive, say("report.archive.size", count=archive.photos)) for archive in search.archives)


def _archive(archive: Searched, size: Text) -> Text:
    if archive.latest is None:
        return say("report.archive.undated", name=archive.name, size=size)
    return say("report.archive.dated", name=archive.name, size=size, day=archive.latest.isoformat())


def _metadata(evidence: Evidence) -> tuple[Fact, ...]:
    """In the order an editor asks: when, where, with what, changed by what."""
    return (
        _fact(say("report.photo.captured"), evidence.captured, _clock),
        _fact(say("report.photo.digitized"), evidence.digitized, _clock),
        _fact(say("report.photo.modified"), evidence.modified, _clock),
        _fact(say("report.photo.satellite"), evidence.satellite, _clock),
        _fact(say("report.photo.position"), evidence.position, _position),
        _fact(say("report.photo.whereabouts"), evidence.whereabouts, _whereabouts),
        _fact(say("report.photo.camera"), evidence.camera, _camera),
        _fact(say("report.photo.software"), evidence.software, _software),
    )


def pixels(evidence: Evidence) -> Fact:
    return _fact(say("report.photo.pixels"), evidence.pixels, _pixels)


def _fact(label: Text, reading: Reading[T], words: Callable[[T], Text]) -> Fact:
    match reading:
        case Found(value):
            return Fact(label, words(value))
        case Absent():
            return Fact(label, say("report.photo.absent"), there=False)
        case Unreadable(reason):
            return Fact(label, say("report.photo.unreadable", reason=reason))


def _clock(clock: Clock) -> Text:
    moment = clock.aware()
    time = (moment or clock.naive).isoformat()
    match clock.zone_source:
        case ZoneSource.STATED:
            return say("report.clock.stated", time=time, tag=clock.tag)
        case ZoneSource.GPS:
            return say("report.clock.gps", time=time, tag=clock.tag)
        case ZoneSource.NONE:
            return say("report.clock.none", time=time, tag=clock.tag)


def _position(position: Position) -> Text:
    at = {"latitude": degrees(position.latitude), "longitude": degrees(position.longitude), "tag": position.tag}
    if position.error_m is None:
        return say("report.position", **at)
    return say("report.position-error", metres=position.error_m, **at)


def _whereabouts(place: Whereabouts) -> Text:
    countries = tuple(say("part.code", code=code) for code in place.countries)
    if place.contested:
        return say("report.contested", countries=countries, zone=place.zone, source=place.source)
    return say("report.country", countries=countries, zone=place.zone, source=place.source)


def _camera(camera: Camera) -> Text:
    known = [say("report.camera.name", make=camera.make, model=camera.model)] if camera.make or camera.model else []
    if camera.lens:
        known.append(say("report.camera.lens", lens=camera.lens))
    if camera.serial:
        known.append(say("report.camera.serial", serial=camera.serial))
    return joined(tuple(known) or (say("report.photo.absent"),))


def _software(programs: tuple[Software, ...]) -> Text:
    return joined(tuple(say("report.software", name=program.name, tag=program.tag) for program in programs))


def _pixels(pixels: Pixels) -> Text:
    size = {"width": str(pixels.width), "height": str(pixels.height)}
    return say("report.pixels.preview", **size) if pixels.preview else say("report.pixels", **size)
