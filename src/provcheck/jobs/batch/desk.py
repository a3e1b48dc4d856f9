"""One photo's way through a batch: what is still due, the examination, the verdictless judging, the report, the entry."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from provcheck.domain.case import Exhibit
from provcheck.domain.codec import decode
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import say
from provcheck.jobs.batch.folder import LedgerError
from provcheck.jobs.batch.job import Brought, Job
from provcheck.jobs.batch.ledger import Done, Leased, Ledger
from provcheck.jobs.batch.manifest import Row
from provcheck.jobs.batch.plan import Methods
from provcheck.jobs.batch.results import line_of, report_path, write_whole
from provcheck.jobs.exits import exit_code
from provcheck.jobs.plate_readings import with_hand_readings, without_hand_readings
from provcheck.pipeline import judge
from provcheck.readers.intake import Taken, take
from provcheck.report import render_json

JUDGE: Final = "judge"
MOST_OF_A_REPORT: Final = 64_000_000  # bytes; one photo's record with forty plates stays under 2 MB
Bytes = Found[Taken] | Unreadable


@dataclass(frozen=True, slots=True)
class Examiner:
    """What looks at photos, here or on other machines: `capacity` of them at once, asked by at most `threads`.

    `reads`: the bytes are read on this side.
    """

    examine: Callable[[Job, Bytes | None], Brought]
    capacity: Callable[[], int]
    threads: int
    reads: bool


Opener = Callable[[Methods], AbstractContextManager[Examiner]]  # opens one for as long as a run lasts


@dataclass(frozen=True, slots=True)
class Entry:
    """A photo that was done, its entry, and the work that it took."""

    leased: Leased
    done: Done
    did: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """An exhibit that lies in a report of before, with the entry that says what it was made by."""

    exhibit: Exhibit
    entry: Done


@dataclass(frozen=True, slots=True)
class Desk:
    """Does one photo after another, for several threads."""

    ledger: Ledger
    methods: Methods
    me: str
    examiner: Examiner

    def do(self, leased: Leased) -> Entry:
        row, before, methods = leased.row, leased.before, self.methods
        taken = self._taken(row) if self.examiner.reads or row.trouble else None
        sha256 = before.sha256 if taken is None else taken.value.sha256 if isinstance(taken, Found) else ""
        seen = methods.seen(row, sha256) if sha256 else ""
        kept = bool(seen) and before.judged == methods.judged(row, seen) and self._report(row.number, before) is not None
        if kept and taken is not None:
            return Entry(leased, before, ())
        known = self._known(seen, row.number, before) if seen and not kept else None
        brought = self.examiner.examine(self._job(row, sha256 if kept or known else "", known), taken)
        if kept and brought.exhibit is None:
            return Entry(leased, before, ())
        return self._judged(leased, brought.upon(known.exhibit if known else None), brought.did)

    def exhibit(self, number: int, entry: Done) -> Exhibit:
        """A done photo as its report has it. Raises LedgerError where the report is not the one that was entered."""
        data = self._report(number, entry)
        exhibit = _exhibit_in(data) if data else None
        if exhibit is None:
            raise LedgerError(f"{self.ledger.folder / report_path(number)}: is not as it was written. Run the batch again.")
        return exhibit

    def features(self, row: Row, sha256: str) -> Brought:
        """What a done photo is searched by in its case; the reason without a digest where its file is gone or changed by now."""
        job = Job(row.path, row.name, row.walked, row.trouble, known=sha256, kin=True)
        brought = self.examiner.examine(job, self._taken(row) if self.examiner.reads else None)
        if brought.exhibit is None:
            return brought
        gone = brought.exhibit.reason if not brought.sha256 else None
        return Brought("", None, features=Unreadable(gone or say("set-copies.changed")))

    def _job(self, row: Row, sha256: str, known: _Known | None) -> Job:
        job = Job(row.path, row.name, row.walked, row.trouble, known=sha256)
        if known is None:
            return job
        entry = known.entry
        return replace(job, plates=entry.plates != self.methods.versions.plates, search=entry.searched != self.methods.searched)

    def _taken(self, row: Row) -> Bytes:
        return Unreadable(row.trouble) if row.trouble else take(Path(row.path), self.methods.settings.max_bytes)

    def _known(self, seen: str, number: int, before: Done) -> _Known | None:
        """The exhibit of the same bytes as the same methods saw them, here or under another name."""
        found = (number, before) if before.seen == seen else self.ledger.seen(seen)
        if found is None:
            return None
        data = self._report(*found)
        exhibit = _exhibit_in(data) if data else None
        return _Known(exhibit, found[1]) if exhibit and exhibit.photo.sha256 == found[1].sha256 else None

    def _report(self, number: int, entry: Done) -> bytes | None:
        """The report that was entered; None where it is missing, or holds other bytes than were entered."""
        taken = take(self.ledger.folder / report_path(number), MOST_OF_A_REPORT)
        return taken.value.data if isinstance(taken, Found) and taken.value.sha256 == entry.report else None

    def _judged(self, leased: Leased, exhibit: Exhibit, did: tuple[str, ...]) -> Entry:
        """The report, written, and the ledger's entry for it."""
        row, methods = leased.row, self.methods
        exhibit = replace(exhibit, photo=replace(exhibit.photo, name=row.name), received=row.received)
        exhibit = with_hand_readings(without_hand_readings(exhibit), row.readings)
        report = judge((exhibit,), methods.about(row), as_of=methods.as_of, settings=methods.settings, title=row.photo_id)
        text = render_json(report)
        write_whole(self.ledger.folder / report_path(row.number), [text], self.me)
        seen = methods.seen(row, exhibit.photo.sha256) if exhibit.photo.sha256 and not _by_chance(exhibit) else ""
        done = Done(
            sha256=exhibit.photo.sha256,
            seen=seen,
            plates=methods.versions.plates,
            searched=methods.searched,
            judged=methods.judged(row, seen),
            report=hashlib.sha256(text.encode()).hexdigest(),
            outcome=exhibit.outcome.value,
            code=exit_code(report),
            line=line_of(row, exhibit, report, methods.lang),
        )
        return Entry(leased, done, (*did, JUDGE))


def _exhibit_in(data: bytes) -> Exhibit | None:
    """The exhibit of a record that has the digest which was entered; None where this provcheck gives exhibits another form.

    Only the exhibit is read: a release that adds to the rest of a record looks at no photo again.
    """
    try:
        return decode(Exhibit, json.loads(data)["report"]["case"]["exhibits"][0])
    except (ValueError, LookupError, TypeError):
        return None


def _by_chance(exhibit: Exhibit) -> bool:
    """A time limit on a busy machine, a crash: another run may see the photo, so this one's sight of it is not kept."""
    return bool(exhibit.reason and exhibit.reason.id.startswith("cell."))
