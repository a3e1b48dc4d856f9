"""A case's photos on their way out: the kept originals, and a line in the log for what was published of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from provcheck.config import Settings
from provcheck.domain.dossier import Action, Event, Kept
from provcheck.domain.reading import Found
from provcheck.jobs.case.contents import contents
from provcheck.jobs.case.folder import Folder
from provcheck.jobs.case.revise import originals, same_bytes
from provcheck.jobs.redact import Redacted
from provcheck.readers.intake import Submission, take


def outgoing(folder: Folder, settings: Settings) -> list[Submission]:
    """The photos under the names of the reports. Raises IntegrityError where one is gone or is not as it came."""
    photos = contents(folder.events).photos
    submissions = originals(folder, photos)
    for photo, submission in zip(photos, submissions, strict=True):
        taken = take(submission.path, settings.max_bytes)
        if isinstance(taken, Found):
            same_bytes(folder, photo, taken.value.sha256)
    return submissions


def note_redacted(folder: Folder, done: Iterable[Redacted], out: Path, *, by: str, why: str, at: datetime) -> Folder:
    """What was written for publication, by name and digest, and who had looked at it."""
    files = tuple(Kept(one.file, one.new_sha256, (out / one.file).stat().st_size) for one in done if one.file)
    return folder.with_event(Event(0, at, Action.REDACTED, by, why, out=files))
