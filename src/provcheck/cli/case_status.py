"""provcheck case status: what is in a case and what was done to it, a line each."""

from __future__ import annotations

from collections.abc import Iterator

from provcheck.domain.case import Received
from provcheck.domain.dossier import Action
from provcheck.jobs.case.contents import Contents, contents
from provcheck.jobs.case.desk import claims_of
from provcheck.jobs.case.folder import Folder
from provcheck.report.untrusted import shown

SHORT = 12  # digits of a digest by which people know it again
LONGEST = 100  # characters of a note


def words(folder: Folder) -> Iterator[str]:
    held, said = contents(folder.events), claims_of(folder)
    yield shown(said.title or held.title or str(folder.path))
    for claim in said.claims:
        yield f"  claim {claim.id}, by {shown(claim.by)}"
    yield from _photos(folder, held)
    for note in held.notes:
        yield f"  note {note.number}, by {shown(note.by)}: {shown(note.text, LONGEST)}"
    for read in held.readings:
        yield f"  plate in {shown(read.photo)}, region {read.number}: {read.text}, read by {shown(read.by)}"
    if held.boxes:
        yield f"  boxes for publication: {held.boxes.path}"
    for report in held.reports:
        yield f"  report {report.number}  {report.digest[:SHORT]}"
    last = folder.events[-1].at.isoformat(timespec="seconds")
    yield f"  {len(folder.events)} events, the last {last}; head {folder.head[:SHORT]}"


def _photos(folder: Folder, held: Contents) -> Iterator[str]:
    for photo in held.photos:
        yield f"  photo {photo.number}  {shown(photo.name)}  {_came(photo.received)}"
    for again in held.again:
        yield f"  photo {again.number}  came again {_came(again.received)}"
    for event in folder.events:
        if event.photo and event.action is Action.WITHDRAWN:
            yield f"  photo {event.photo.number}  {shown(event.photo.name)}  withdrawn: {shown(event.why, LONGEST)}"


def _came(received: Received) -> str:
    when = f", {received.at.isoformat()}" if received.at else ""
    return f"from {shown(received.sender)}{when}"
