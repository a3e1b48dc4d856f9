"""What a case holds, told from its events: title, claims, photos, notes, reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from provcheck.domain.dossier import Action, Event, Filed, Kept, Reported
from provcheck.domain.note import Note

ORIGINALS = "originals"
REPORTS = "reports"
RECORD = "report.json"


@dataclass(frozen=True, slots=True)
class Contents:
    """`claims` is the newest claims file, whose own title goes before `title`, with which the case was opened."""

    title: str
    claims: Kept | None
    photos: tuple[Filed, ...]
    notes: tuple[Note, ...]
    reports: tuple[Reported, ...]
    published: tuple[Reported, ...]


def contents(events: Iterable[Event]) -> Contents:
    events = tuple(events)
    claims = [event.files[0] for event in events if event.action is Action.CLAIMS and event.files]
    reports = [event.report for event in events if event.report and event.action is Action.REPORTED]
    published = [event.report for event in events if event.report and event.action is Action.PUBLISHED]
    return Contents(
        title=next((event.why for event in events if event.action is Action.OPENED), ""),
        claims=claims[-1] if claims else None,
        photos=tuple(event.photo for event in events if event.photo and event.action is Action.ADDED),
        notes=tuple(event.note for event in events if event.note),
        reports=tuple(reports),
        published=tuple(published),
    )


def record_path(number: int) -> str:
    """Where the record of a revision lies in `data`."""
    return f"{REPORTS}/r{number}/{RECORD}"
