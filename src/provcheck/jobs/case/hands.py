"""What people do to a case's photos by hand: read a plate that the machine read otherwise, draw boxes for publication."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from provcheck.domain.dossier import Action, Event
from provcheck.domain.errors import ConfigError
from provcheck.domain.plate import HandReading, PlateRegion
from provcheck.domain.redaction import Drawn
from provcheck.jobs.case.contents import contents
from provcheck.jobs.case.folder import Folder
from provcheck.jobs.case.revise import last_record
from provcheck.readers.plates.by_hand import signs
from provcheck.redact.boxes import read_boxes


def read_plate(
    folder: Folder, photo: int, number: int, untrusted_text: str, *, by: str, at: datetime
) -> tuple[Folder, HandReading]:
    """A person's reading of a region, as the last report numbers it; the next report has it. An empty text takes it back.

    The region's place is kept with it: another detector may number regions otherwise.
    """
    if not by.strip():
        raise ConfigError("a reading needs a name or a role (--by)")
    name, region = _region(folder, photo, number)
    text = signs(untrusted_text) if untrusted_text.strip() else ""
    made = HandReading(name, number, text, by.strip(), region.quad)
    return folder.with_event(Event(0, at, Action.READ, by.strip(), reading=made)), made


def _region(folder: Folder, photo: int, number: int) -> tuple[str, PlateRegion]:
    """The photo's name, and the region as the last report has it."""
    report = last_record(folder)
    if report is None:
        raise ConfigError(f"plate-like regions are numbered in a report; make one first with: provcheck case report {folder.path}")
    if photo in [gone.number for gone in contents(folder.events).withdrawn]:
        raise ConfigError(f"photo {photo} was withdrawn from this case")
    exhibit = next((one for one in report.case.exhibits if one.number == photo), None)
    if exhibit is None:
        raise ConfigError(f"the last report has no photo {photo}; it has {len(report.case.exhibits)}")
    regions = exhibit.regions
    if not 1 <= number <= len(regions):
        raise ConfigError(
            f"photo {photo} has no region {number}; the last report numbers plate-like regions in it up to {len(regions)}"
        )
    return exhibit.photo.name, regions[number - 1]


def take_boxes(folder: Folder, file: Path, *, by: str, at: datetime) -> tuple[Folder, tuple[Drawn, ...]]:
    """A boxes file for the case's photos, read strictly first. The ones before stay in the case; the newest counts."""
    drawn = read_boxes(file)
    known = {photo.name: photo.sha256 for photo in contents(folder.events).photos}
    for one in drawn:
        if one.file not in known:
            raise ConfigError(f"{file}: {one.file!r} is no photo of this case; its photos are called as in its reports")
        if one.sha256 and one.sha256 != known[one.file]:
            raise ConfigError(f"{file}: {one.file!r}: the boxes hold for other bytes (sha256) than the case's photo")
    number = sum(event.action is Action.DRAWN for event in folder.events) + 1
    kept = folder.keep(f"boxes-{number}.toml", file.read_bytes())
    return folder.with_event(Event(0, at, Action.DRAWN, by.strip(), files=(kept,))), drawn


def boxes_of(folder: Folder) -> tuple[Drawn, ...]:
    """The newest boxes of the case's photos. Raises IntegrityError where their file is not as it was taken in."""
    inside = contents(folder.events)
    gone = {photo.name for photo in inside.withdrawn}
    drawn = read_boxes(folder.whole(inside.boxes.path)) if inside.boxes else ()
    return tuple(one for one in drawn if one.file not in gone)
