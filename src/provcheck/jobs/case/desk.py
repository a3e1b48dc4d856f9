"""What a desk does with a case: open it, take claims and photos in, note what a person found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from provcheck.config import Settings
from provcheck.domain.case import Received
from provcheck.domain.claim import Part
from provcheck.domain.dossier import Action, Event, Filed
from provcheck.domain.errors import ConfigError
from provcheck.domain.note import Held, Note
from provcheck.domain.reading import Unreadable
from provcheck.domain.text import Text
from provcheck.jobs.case.contents import ORIGINALS, contents
from provcheck.jobs.case.folder import Folder, create
from provcheck.jobs.case.names import clean, unused
from provcheck.readers.claims import Claims, read_claims
from provcheck.readers.intake import Submission, take, walk

LONGEST_NOTE = 5000  # characters
UNNAMED = "unnamed"  # where a role or a file's name holds no letter


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: the photo it is, or why it was refused. `again` where its bytes were there already."""

    submission: Submission
    photo: Filed | None
    again: bool = False
    reason: Text | None = None


def open_case(path: Path, *, title: str, by: str, at: datetime) -> Folder:
    """A new case."""
    return create(path).with_event(Event(0, at, Action.OPENED, by, title))


def take_claims(folder: Folder, file: Path, *, by: str, at: datetime) -> tuple[Folder, Claims]:
    """A claims file, read strictly first; the files before it stay."""
    said = read_claims(file)
    number = sum(event.action is Action.CLAIMS for event in folder.events) + 1
    kept = folder.keep(f"claims-{number}.toml", file.read_bytes())
    return folder.with_event(Event(0, at, Action.CLAIMS, by, files=(kept,))), said


def add(
    folder: Folder,
    paths: Sequence[Path],
    received: Received,
    *,
    by: str,
    at: datetime,
    settings: Settings,
    told: Callable[[Taken], None] = lambda _: None,
) -> Folder:
    """Take photos in: each is read once, hashed, and kept read-only before anything decodes it."""
    for submission in walk(tuple(paths)):
        taken = Unreadable(submission.trouble) if submission.trouble else take(submission.path, settings.max_bytes)
        if isinstance(taken, Unreadable):
            told(Taken(submission, None, reason=taken.reason))
            continue
        known = next((photo for photo in contents(folder.events).photos if photo.sha256 == taken.value.sha256), None)
        photo = known or _filed(folder, submission, taken.value.sha256, received)
        if known is None:
            file = folder.keep(f"{ORIGINALS}/{photo.name}", taken.value.data)
            folder = folder.with_event(Event(0, at, Action.ADDED, by, files=(file,), photo=photo))
        else:
            again = Filed(known.number, known.name, submission.name, known.sha256, received)
            folder = folder.with_event(Event(0, at, Action.CAME_AGAIN, by, photo=again))
        told(Taken(submission, photo, again=known is not None))
    return folder


def _filed(folder: Folder, submission: Submission, sha256: str, received: Received) -> Filed:
    inside = contents(folder.events)
    photos = (*inside.photos, *inside.withdrawn)  # numbers and names are given once
    wanted = f"{clean(received.sender, UNNAMED)}/{clean(submission.name, UNNAMED)}"
    return Filed(len(photos) + 1, unused(wanted, [photo.name for photo in photos]), submission.name, sha256, received)


def note(
    folder: Folder,
    text: str,
    *,
    by: str,
    at: datetime,
    on: date,
    photo: int | None = None,
    part: Part | None = None,
    held: tuple[Held, ...] = (),
    does_not_show: str = "",
    public: bool = False,
) -> tuple[Folder, Note]:
    """A finding or a remark by a person. Raises ConfigError where it is about nothing in the case, or leans without its limit."""
    inside = contents(folder.events)
    if not by.strip() or not text.strip() or len(text) > LONGEST_NOTE:
        raise ConfigError(f"a note needs a name or a role (--by) and a text of at most {LONGEST_NOTE} characters")
    if photo is not None and photo not in [filed.number for filed in inside.photos]:
        raise ConfigError(f"there is no photo {photo} in this case; it has {len(inside.photos)}")
    claims = [claim.id for claim in claims_of(folder).claims]
    unknown = next((one.claim for one in held if one.claim not in claims), None)
    if unknown is not None:
        raise ConfigError(f"there is no claim {unknown!r} in this case; it has {', '.join(claims) or 'none'}")
    if len({one.claim for one in held}) < len(held):
        raise ConfigError("a note leans one way for one claim; make two notes")
    if held and not does_not_show.strip():
        raise ConfigError("a note that is held against a claim must say what it does not show (--does-not-show)")
    made = Note(len(inside.notes) + 1, by.strip(), on, text.strip(), does_not_show.strip(), photo, part, held, public)
    return folder.with_event(Event(0, at, Action.NOTED, by.strip(), note=made)), made


def withdraw(folder: Folder, number: int, why: str, *, by: str, at: datetime) -> tuple[Folder, Filed]:
    """A photo that came by mistake goes into no report and no publication from now on; its bytes and its number stay."""
    photo = next((filed for filed in contents(folder.events).photos if filed.number == number), None)
    if photo is None:
        raise ConfigError(f"there is no photo {number} in this case, or it was withdrawn; see: provcheck case status {folder.path}")
    return folder.with_event(Event(0, at, Action.WITHDRAWN, by, why, photo=photo)), photo


def claims_of(folder: Folder) -> Claims:
    """The newest claims of the case. Raises IntegrityError where their file is not as it was taken in."""
    inside = contents(folder.events)
    return read_claims(folder.whole(inside.claims.path)) if inside.claims else Claims(inside.title, ())
