"""Do the parts of the file fit each other: clocks, satellites, place, maker, thumbnail, size?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from provcheck.checks.flags import Seen, device, image, place, time
from provcheck.checks.flags.seen import found
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.clock import Clock
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import Text, say

ID = "consistency"


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    seen = Seen(exhibit.photo.name, evidence, case.as_of, evidence.thumbnail)
    findings = tuple(
        _finding(exhibit, case, summary, because) for rule, tell in RULES if rule(seen) for summary, because in [tell(seen)]
    )
    if findings:
        return findings
    readings = (evidence.captured, evidence.camera, evidence.position, evidence.thumbnail)
    if any(isinstance(reading, Found) for reading in readings):
        return (_finding(exhibit, case, say("consistency.none"), say("consistency.none-because", parts=tuple(_parts(evidence)))),)
    broken = next((reading for reading in readings if isinstance(reading, Unreadable)), None)
    if broken:
        return CannotSay(say("consistency.unreadable", why=broken.reason), failed=True)
    return CannotSay(say("consistency.absent"), asked=False)


def _parts(evidence: Evidence) -> Iterator[Text]:
    """What there was to compare."""
    if isinstance(evidence.captured, Found):
        yield say("consistency.part-clock")
    if isinstance(evidence.satellite, Found):
        yield say("consistency.part-satellite")
    if isinstance(evidence.whereabouts, Found):
        yield say("consistency.part-zone")
    if isinstance(evidence.camera, Found):
        yield say("consistency.part-camera")
    if isinstance(evidence.thumbnail, Found):
        yield say("consistency.part-thumbnail")


def _gps(seen: Seen) -> tuple[Text, Text]:
    captured, satellite = found(seen.stated.captured), found(seen.stated.satellite)
    return say("consistency.gps", captured=_written(captured), satellite=_written(satellite)), say("consistency.gps-because")


def _zone(seen: Seen) -> tuple[Text, Text]:
    captured, whereabouts = found(seen.stated.captured), found(seen.stated.whereabouts)
    zone = whereabouts.zone if whereabouts else ""
    there = _offset(whereabouts.offset_minutes if whereabouts else None)
    summary = say("consistency.zone", stated=_offset(captured.offset_minutes if captured else None), zone=zone, there=there)
    return summary, say("consistency.zone-because", source=whereabouts.source if whereabouts else "")


def _future(seen: Seen) -> tuple[Text, Text]:
    clocks = [
        found(reading) for reading in (seen.stated.captured, seen.stated.digitized, seen.stated.modified, seen.stated.satellite)
    ]
    latest = max((clock for clock in clocks if clock), key=lambda clock: clock.naive)
    return say("consistency.future", clock=_written(latest), tag=latest.tag, as_of=seen.as_of.isoformat()), say(
        "consistency.clock-because"
    )


def _model(seen: Seen) -> tuple[Text, Text]:
    camera, captured = found(seen.stated.camera), found(seen.stated.captured)
    return say("consistency.model", model=camera.model if camera else "", captured=_written(captured)), say(
        "consistency.model-because"
    )


def _null(_: Seen) -> tuple[Text, Text]:
    return say("consistency.null"), say("consistency.null-because")


def _note(seen: Seen) -> tuple[Text, Text]:
    camera, structure = found(seen.stated.camera), found(seen.stated.structure)
    because = say("consistency.note-because", note=structure.maker_note_of) if structure and structure.maker_note_of else None
    return say("consistency.note", make=camera.make if camera else ""), because or say("consistency.note-unnamed")


def _thumbnail(seen: Seen) -> tuple[Text, Text]:
    thumbnail = found(seen.thumbnail)
    return say("consistency.thumbnail"), say("consistency.thumbnail-because", likeness=str(thumbnail.likeness if thumbnail else ""))


def _size(seen: Seen) -> tuple[Text, Text]:
    structure = found(seen.stated.structure)
    sizes = (structure.width, structure.height, structure.stated_width, structure.stated_height) if structure else (0, 0, 0, 0)
    width, height, stated_width, stated_height = sizes
    summary = say("consistency.size", width=width, height=height, stated_width=stated_width, stated_height=stated_height)
    return summary, say("consistency.size-because")


def _tables(seen: Seen) -> tuple[Text, Text]:
    structure = found(seen.stated.structure)
    return say("consistency.tables", quality=structure.quality or 0 if structure else 0), say("consistency.tables-because")


RULES: tuple[tuple[Callable[[Seen], bool], Callable[[Seen], tuple[Text, Text]]], ...] = (
    (time.gps_vs_local, _gps),
    (time.offset_vs_place, _zone),
    (time.future, _future),
    (time.before_model, _model),
    (place.null_island, _null),
    (device.make_vs_makernote, _note),
    (image.thumbnail_differs, _thumbnail),
    (image.size_vs_exif, _size),
    (image.quant_tables_not_camera, _tables),
)


def _written(clock: Clock | None) -> str:
    if clock is None:
        return ""
    naive = clock.naive.isoformat(sep=" ", timespec="seconds")
    return naive if clock.offset_minutes is None else f"{naive} {_offset(clock.offset_minutes)}"


def _offset(minutes: int | None) -> str:
    if minutes is None:
        return ""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"


def _finding(exhibit: Exhibit, case: Case, summary: Text, because: Text) -> Finding:
    about = About(exhibit.number)
    return lean(case, ID, about, Leaning.NEUTRAL, summary=summary, because=because, does_not_show=say("consistency.limit"))


CHECK = Check(ID, say("consistency.question"), _answer)
