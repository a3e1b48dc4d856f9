"""What a case holds, told from its events: title, claims, photos, notes, what was read and drawn by hand, reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from provcheck.domain.dossier import Action, Event, Filed, Kept, Reported
from provcheck.domain.note import Note
from provcheck.domain.plate import HandReading, Quad

ORIGINALS = "originals"
REPORTS = "reports"
RECORD = "report.json"


@dataclass(frozen=True, slots=True)
class Contents:
    """`claims` is the newest claims file, whose own title goes before `title`, with which the case was opened.

    `photos` are those that reports are made of, `withdrawn` the others; `again` are arrivals of bytes that were there. `boxes` is
    the newest boxes file; of several readings of one region the newest is in `readings`.
    """

    title: str
    claims: Kept | None
    photos: tuple[Filed, ...]
    withdrawn: tuple[Filed, ...]
    again: tuple[Filed, ...]
    notes: tuple[Note, ...]
    reports: tuple[Reported, ...]
    published: tuple[Reported, ...]
    readings: tuple[HandReading, ...]
    boxes: Kept | None


def contents(events: Iterable[Event]) -> Contents:
    events = tuple(events)
    claims = [event.files[0] for event in events if event.action is Action.CLAIMS and event.files]
    boxes = [event.files[0] for event in events if event.action is Action.DRAWN and event.files]
    withdrawn = tuple(event.photo for event in events if event.photo and event.action is Action.WITHDRAWN)
    gone = {photo.number for photo in withdrawn}
    added = [event.photo for event in events if event.photo and event.action is Action.ADDED]
    reports = [event.report for event in events if event.report and event.action is Action.REPORTED]
    published = [event.report for event in events if event.report and event.action is Action.PUBLISHED]
    return Contents(
        title=next((event.why for event in events if event.action is Action.OPENED), ""),
        claims=claims[-1] if claims else None,
        photos=tuple(photo for photo in added if photo.number not in gone),
        withdrawn=withdrawn,
        again=tuple(event.photo for event in events if event.photo and event.action is Action.CAME_AGAIN),
        notes=tuple(event.note for event in events if event.note),
        reports=tuple(reports),
        published=tuple(published),
        readings=_newest(event.reading for event in events if event.reading),
        boxes=boxes[-1] if boxes else None,
    )


def _newest(readings: Iterable[HandReading]) -> tuple[HandReading, ...]:
    """The last reading of each region, in the order in which they came; one without text was taken back."""
    last: dict[tuple[str, int, Quad | None], HandReading] = {}
    for reading in readings:
        key = (reading.photo, reading.number, reading.quad)
        last.pop(key, None)
        last[key] = reading
    return tuple(reading for reading in last.values() if reading.text)


def record_path(number: int) -> str:
    """Where the record of a revision lies in `data`."""
    return f"{REPORTS}/r{number}/{RECORD}"
