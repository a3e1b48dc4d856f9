"""One photo's evidence in words: a label and a value for everything the readers saw, missed or could not read."""

from __future__ import annotations

from provcheck.domain.archive import Searched
from provcheck.domain.clock import Clock, ZoneSource
from provcheck.domain.evidence import Evidence, Pixels
from provcheck.domain.metadata import Camera, Serials, Software, Stated, Step
from provcheck.domain.photo import Outcome
from provcheck.domain.place import Position, Whereabouts
from provcheck.domain.structure import Structure
from provcheck.domain.text import Text, say
from provcheck.report.fact import Fact, fact
from provcheck.report.own_words import own_words
from provcheck.report.parts import degrees
from provcheck.report.wording import joined, spaced

STEPS = 8  # of an edit history in the page; some editors write hundreds
OUTCOMES = {
    Outcome.EXAMINED: say("report.photo.examined"),
    Outcome.PARTIAL: say("report.photo.partial"),
    Outcome.REFUSED: say("report.photo.refused"),
}


def facts(evidence: Stated) -> tuple[Fact, ...]:
    """What the metadata states or could not be read of it."""
    return (*(fact for fact in _metadata(evidence) if fact.there), *own_words(evidence))


def missing(evidence: Stated) -> tuple[Text, ...]:
    """The labels of what was looked for and is not in the file."""
    return tuple(fact.label for fact in _metadata(evidence) if not fact.there)


def searched(archives: tuple[Searched, ...]) -> tuple[Text, ...]:
    """What a match, or no match, rests on: each archive with its size and the date of its latest entry."""
    return tuple(_archive(archive, say("report.archive.size", count=archive.photos)) for archive in archives)


def _archive(archive: Searched, size: Text) -> Text:
    if archive.latest is None:
        return say("report.archive.undated", name=archive.name, size=size)
    return say("report.archive.dated", name=archive.name, size=size, day=archive.latest.isoformat())


def _metadata(evidence: Stated) -> tuple[Fact, ...]:
    """In the order an editor asks: when, where, with what, changed by what."""
    return (
        fact(say("report.photo.captured"), evidence.captured, _clock),
        fact(say("report.photo.digitized"), evidence.digitized, _clock),
        fact(say("report.photo.modified"), evidence.modified, _clock),
        fact(say("report.photo.satellite"), evidence.satellite, _clock),
        fact(say("report.photo.position"), evidence.position, _position),
        fact(say("report.photo.whereabouts"), evidence.whereabouts, _whereabouts),
        fact(say("report.photo.camera"), evidence.camera, _camera),
        fact(say("report.photo.software"), evidence.software, _software),
        fact(say("report.photo.history"), evidence.history, _history),
        fact(say("report.photo.serials"), evidence.serials, _serials),
    )


def build(evidence: Evidence) -> tuple[Fact, ...]:
    """How the file is built: its picture, and what its container tells."""
    return (
        fact(say("report.photo.pixels"), evidence.pixels, _pixels),
        fact(say("report.photo.structure"), evidence.structure, _structure),
    )


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
    if not place.countries:
        return say("report.no-country", zone=place.zone, source=place.source)
    countries = tuple(say("part.code", code=code) for code in place.countries)
    if place.contested:
        return say("report.contested", countries=countries, zone=place.zone, source=place.source)
    return say("report.country", countries=countries, zone=place.zone, source=place.source)


def _camera(camera: Camera) -> Text:
    known = [say("report.camera.name", make=camera.make, model=camera.model)] if camera.make or camera.model else []
    if camera.lens:
        known.append(say("report.camera.lens", lens=camera.lens))
    return joined(tuple(known) or (say("report.photo.absent"),))


def _software(programs: tuple[Software, ...]) -> Text:
    """Each program once, with every tag that names it."""
    tags: dict[str, list[str]] = {}
    for program in programs:
        tags.setdefault(program.name, []).append(program.tag)
    return joined(tuple(say("report.software", name=name, tag=", ".join(named)) for name, named in tags.items()))


def _pixels(pixels: Pixels) -> Text:
    size = {"width": str(pixels.width), "height": str(pixels.height)}
    shown = say("report.pixels.preview", **size) if pixels.preview else say("report.pixels", **size)
    if not 0 < pixels.searched_width < pixels.width:
        return shown
    return spaced((shown, say("report.pixels.searched", share=100 * pixels.searched_width // pixels.width)))


def _history(steps: tuple[Step, ...]) -> Text:
    """The first steps; the record holds them all."""
    known = tuple(step(one.action, one.program, one.when) for one in steps[:STEPS])
    more = len(steps) - len(known)
    return joined((*known, say("report.photo.history.more", count=more)) if more else known)


def step(action: str, program: str, when: str) -> Text:
    """One step of an edit history, in the file's own words."""
    known = [say("report.photo.step", action=action)]
    if program:
        known.append(say("report.photo.step.program", program=program))
    if when:
        known.append(say("report.photo.step.when", when=when))
    return spaced(tuple(known))


def _serials(serials: Serials) -> Text:
    known = [say("report.serials.body", serial=serial) for serial in serials.body]
    known += [say("report.serials.lens", serial=serial) for serial in serials.lens]
    if serials.owner:
        known.append(say("report.serials.owner", owner=serials.owner))
    if serials.shutter_count is not None:
        known.append(say("report.serials.shutter", count=serials.shutter_count))
    if serials.image_id:
        known.append(say("report.serials.image", id=serials.image_id))
    return joined(tuple(known) or (say("report.photo.absent"),))


def _structure(built: Structure) -> Text:
    known = [say("report.structure.progressive") if built.progressive else say("report.structure.plain", format=built.format)]
    if built.quality is not None:
        known.append(say("report.structure.quality", quality=built.quality))
    if built.sampling:
        known.append(say("report.structure.sampling", sampling=built.sampling))
    if built.orientation != 1:
        known.append(say("report.structure.orientation", orientation=built.orientation))
    if built.pictures > 1:
        known.append(say("report.structure.pictures", count=built.pictures))
    if built.trailing:
        known.append(say("report.structure.trailing", size=say("report.photo.bytes", count=built.trailing)))
    if built.trailing_kind:
        known.append(say("report.structure.trailing-kind", kind=built.trailing_kind))
    return joined(tuple(known))
