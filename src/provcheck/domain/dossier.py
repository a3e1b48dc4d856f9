"""What was done to a case: events, one after the other. Photos, notes and reports of a case are read from them alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from provcheck.domain.case import Received
from provcheck.domain.note import Note
from provcheck.domain.plate import HandReading
from provcheck.domain.since import since


class Action(StrEnum):
    """What an event did."""

    OPENED = "opened"
    CLAIMS = "claims"
    ADDED = "added"
    CAME_AGAIN = "came again"  # the very bytes of a photo that is there
    WITHDRAWN = "withdrawn"  # it came by mistake: kept, and in no report from now on
    NOTED = "noted"
    READ = "plate read"
    DRAWN = "boxes drawn"
    REPORTED = "reported"
    PUBLISHED = "published"
    REDACTED = "photos redacted"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the case: its path in the bag's `data`, with forward slashes, and its digest. Files are never changed."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Filed:
    """A photo of the case. `name` is what reports call it, `untrusted_name` what it was called when it came."""

    number: int
    name: str
    untrusted_name: str
    sha256: str
    received: Received


@dataclass(frozen=True, slots=True)
class Reported:
    """A revision of the report, or (with `commitment` and `salt`) a public edition of one."""

    number: int
    digest: str
    commitment: str = ""
    salt: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done, by whom and why, as far as that was said.

    `files` lie in the case; `out` were written elsewhere, for publication, and are known by their digests alone.
    """

    number: int
    at: datetime
    action: Action
    by: str = ""
    why: str = ""
    files: tuple[Kept, ...] = ()
    photo: Filed | None = None
    note: Note | None = None
    report: Reported | None = None
    reading: HandReading | None = since("1.1.0", None)
    out: tuple[Kept, ...] = since("1.1.0", ())


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in the log: `previous` is the digest of the entry before it, `digest` is that of this event and `previous`."""

    event: Event
    previous: str
    digest: str
