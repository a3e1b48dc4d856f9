"""The next report of a case: photos examined anew, the person's notes beside the tool's findings, what changed, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from provcheck.archive import Archive
from provcheck.config import Settings
from provcheck.domain.archive import Copy
from provcheck.domain.case import Exhibit
from provcheck.domain.dossier import Action, Event, Filed, Reported
from provcheck.domain.errors import ConfigError, IntegrityError
from provcheck.domain.note import Note
from provcheck.domain.reading import Reading
from provcheck.domain.report import Report, Revision, Run
from provcheck.domain.text import Text, say
from provcheck.jobs.case.contents import ORIGINALS, REPORTS, Contents, contents, record_path
from provcheck.jobs.case.desk import claims_of
from provcheck.jobs.case.folder import Folder
from provcheck.jobs.examine import together
from provcheck.pipeline import judge
from provcheck.readers.intake import Submission
from provcheck.report import read_json, render_html, render_json
from provcheck.report.record import RecordError, digest
from provcheck.report.revision import changes


@dataclass(frozen=True, slots=True)
class Terms:
    """What a revision rests on beside the case itself."""

    archives: Sequence[Archive]
    as_of: date
    reason: str
    settings: Settings
    workers: int | None = None


def revised(folder: Folder, terms: Terms, seen: Callable[[Exhibit], None] = lambda _: None) -> Report:
    """The next report, not written yet. The same folder and terms give the same bytes."""
    inside = contents(folder.events)
    if not inside.photos:
        raise ConfigError(f"{folder.path}: no photo is in this case; take some in with: provcheck case add {folder.path} PHOTO...")
    said = claims_of(folder)
    exhibits, copies = _examined(folder, inside, terms, seen)
    title = said.title or inside.title
    report = judge(
        exhibits,
        said.claims,
        as_of=terms.as_of,
        settings=terms.settings,
        title=title,
        rendered=said.rendered,
        copies=copies,
    )
    numbers = {exhibit.number for exhibit in exhibits}
    notes = tuple(note for note in inside.notes if note.exhibit is None or note.exhibit in numbers)
    number = len(inside.reports) + 1
    parent = inside.reports[-1].digest if inside.reports else ""
    return replace(
        report,
        case=replace(report.case, notes=notes),
        custody=replace(report.custody, log=folder.head),
        revision=Revision(number, terms.reason, parent, _changed(folder, report, notes) if parent else ()),
    )


def _changed(folder: Folder, report: Report, notes: tuple[Note, ...]) -> tuple[Text, ...]:
    """What changed since the last report, as far as this version can read that one."""
    try:
        before = last_record(folder)
    except RecordError:
        return (say("revision.unread"),)
    return changes(before, report, notes) if before else ()


def last_record(folder: Folder) -> Report | None:
    """The report that was made last; raises IntegrityError where its record is damaged."""
    reports = contents(folder.events).reports
    return read_json(folder.whole(record_path(reports[-1].number)).read_text("utf-8")) if reports else None


def _examined(
    folder: Folder, inside: Contents, terms: Terms, seen: Callable[[Exhibit], None]
) -> tuple[tuple[Exhibit, ...], Reading[tuple[Copy, ...]]]:
    """The photos of the case as `provcheck check` examines those of a folder. Raises IntegrityError where one was changed."""
    exhibits, copies = together(
        originals(folder, inside.photos),
        terms.archives,
        terms.settings,
        terms.workers,
        seen,
        several=len(inside.photos) > 1,
        readings=inside.readings,
        numbers=[photo.number for photo in inside.photos],
    )
    for photo, exhibit in zip(inside.photos, exhibits, strict=True):
        same_bytes(folder, photo, exhibit.photo.sha256)
    arrived = tuple(_arrived(photo, one, inside) for photo, one in zip(inside.photos, exhibits, strict=True))
    return arrived, copies


def _arrived(photo: Filed, exhibit: Exhibit, inside: Contents) -> Exhibit:
    """The exhibit with how its bytes came, each time."""
    again = tuple(one.received for one in inside.again if one.number == photo.number)
    return replace(exhibit, received=photo.received, again=again)


def originals(folder: Folder, photos: tuple[Filed, ...]) -> list[Submission]:
    """The kept photos, under the names that reports give them. Raises IntegrityError where one is gone."""
    paths = [folder.data / ORIGINALS / Path(*photo.name.split("/")) for photo in photos]
    gone = next((path for path in paths if path.is_symlink() or not path.is_file()), None)
    if gone is not None:
        raise IntegrityError(f"{gone}: it is missing, or a link. See: provcheck verify {folder.path}")
    return [Submission(path, photo.name, walked=False, trouble=None) for path, photo in zip(paths, photos, strict=True)]


def same_bytes(folder: Folder, photo: Filed, sha256: str) -> None:
    """Raises IntegrityError unless these are the bytes that came; a photo that was not read at all says so elsewhere."""
    if sha256 and sha256 != photo.sha256:
        raise IntegrityError(f"{photo.name}: it was changed since it came in. See: provcheck verify {folder.path}")


def store(folder: Folder, report: Report, run: Run, *, by: str, at: datetime, lang: str = "en") -> Folder:
    """Write a revision: record, page (in `lang`), and the event."""
    number = report.revision.number if report.revision else 1
    record = render_json(report, run).encode("utf-8")
    files = (
        folder.keep(record_path(number), record, anew=True),
        folder.keep(f"{REPORTS}/r{number}/report.html", render_html(report, lang).encode("utf-8"), anew=True),
    )
    reported = Reported(number, digest(report))
    why = report.revision.reason if report.revision else ""
    return folder.with_event(Event(0, at, Action.REPORTED, by, why, files, report=reported))
