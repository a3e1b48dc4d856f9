"""The archive file: SQLite, one file at rest, safe under kill and with several writers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from heapq import nsmallest
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from provcheck.archive.connection import connect, told, transaction
from provcheck.archive.digest import SetDigest
from provcheck.archive.entry import Added, Entry, Hashes, Record
from provcheck.archive.growth import Growth
from provcheck.archive.kinds import HASHES, PARTS, HashRun, hash_run
from provcheck.archive.parts import related
from provcheck.archive.placed import shared
from provcheck.archive.postings import Postings, postings
from provcheck.archive.rows import counted, damaged, put, record_of, records, take_away, uses_of, view_of
from provcheck.archive.schema import WITH_FEATURES, WITH_SEGMENTS
from provcheck.archive.segments import Kind, Rows, drop, erase, grow
from provcheck.archive.stand_ins import give_up
from provcheck.archive.standing import Standing, standing
from provcheck.archive.verbs import ALIKE, MOST_ALIKE, RADIUS, Archive
from provcheck.domain.archive import Match, Relation, Searched, Shared
from provcheck.domain.errors import IntegrityError
from provcheck.domain.fingerprint import Features, Fingerprints, Turn

T = TypeVar("T")
UNDONE: Final = {Turn.ROTATE_90: Turn.ROTATE_270, Turn.ROTATE_270: Turn.ROTATE_90}  # every other turn undoes itself


def open_file(path: Path, *, writable: bool = False) -> FileArchive:
    """Opens an archive file to search it, or with `writable` to add to it. Raises ArchiveError with the remedy."""
    connection, version = connect(path, writable=writable)
    return FileArchive(path, connection, version)


class FileArchive:
    """An open archive file. Every photo is there once, by its bytes, with all its uses."""

    def __init__(self, path: Path, connection: sqlite3.Connection, version: int) -> None:
        self.name = path.stem  # what reports print: never the path
        self._path = path
        self._connection = connection
        self._version = version
        self._whole: Standing[HashRun] | None = None
        self._words: Standing[Postings] | None = None
        self._growth = Growth(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """The last one to close leaves a single file: SQLite folds its write-ahead log back into it."""
        self._growth.finish()
        self._connection.close()

    def add(self, entries: Iterable[Entry]) -> Added:
        """Adds a batch in one transaction: all of it or nothing. Bytes that are known gain a use, not a second photo."""
        return self._enter([record_of(entry) for entry in entries])  # before the lock: the caller may be decoding as it yields

    def merge(self, other: Archive) -> Added:
        """Adds every photo and use of another archive, in one transaction."""
        return self._enter(other.records())

    def records(self) -> Iterator[Record]:
        """All that is kept of every photo: what another archive takes over."""
        with told(self._path):
            yield from records(self._connection, features=self._version >= WITH_FEATURES)

    def _enter(self, batch: Iterable[Record]) -> Added:
        photos = uses = seen = 0
        with told(self._path), transaction(self._connection):
            total = self._total()
            (last,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM photo").fetchone()
            for record in batch:
                new_photos, new_uses = put(self._connection, record, total)
                photos, uses, seen = photos + new_photos, uses + new_uses, seen + 1
            given_up = give_up(self._connection, last, total)
            self._count(photos - len(given_up.gone), uses + given_up.uses, total)
        for number, pdq in given_up.gone:
            erase(HASHES, self._path, number, pdq)
        self._growth.added(photos)
        return Added(photos - given_up.new, uses + given_up.uses, seen - photos + given_up.new)

    def hashes(self) -> Iterator[Hashes]:
        """The hashes of every photo in the order of its SHA-256, for lists that other tools read."""
        with told(self._path):
            for sha256, name, phash, dhash, pdq, quality in self._connection.execute(
                "SELECT sha256, name, phash, dhash, pdq, quality FROM photo ORDER BY sha256"
            ):
                yield Hashes(sha256, name, phash, dhash, pdq.hex(), quality)

    def remove(self, sha256: str) -> bool:
        """Takes a photo away, with its uses, thumbnail and features, overwritten in the file; False where it is not there."""
        with told(self._path), transaction(self._connection):
            row = self._connection.execute("SELECT id FROM photo WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None:
                return False
            total = self._total()
            pdq, data = self._connection.execute(
                "SELECT pdq, data FROM photo LEFT JOIN feature ON photo = id WHERE id = ?", (row[0],)
            ).fetchone()
            photos, uses = take_away(self._connection, row[0], total)
            self._count(-photos, -uses, total)
        self._forget()
        erase(HASHES, self._path, row[0], pdq)
        if data:
            erase(PARTS, self._path, row[0], data)
        with told(self._path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log still held the removed pages
        return True

    def verify(self) -> Searched:
        """Reads every page and row; raises IntegrityError where the file is damaged or was changed by another program."""
        with told(self._path):
            faults = [row[0] for row in self._connection.execute("PRAGMA integrity_check")]
            photos, uses, total = counted(self._connection)
            stated = self._connection.execute("SELECT photos, uses, digest FROM total").fetchone()
            spoilt = damaged(self._connection) if self._version >= WITH_FEATURES else 0
        if faults != ["ok"]:
            raise IntegrityError(f"{self._path}: is damaged ({faults[0]}). Restore it from a copy.")
        if (photos, uses, total.state) != stated:
            raise IntegrityError(f"{self._path}: its entries do not match its digest; it was changed by another program.")
        if spoilt:
            raise IntegrityError(f"{self._path}: the features of {spoilt} photos are damaged. Restore it from a copy.")
        return self.info()

    def info(self) -> Searched:
        """What a search of this archive rests on."""
        with told(self._path):
            photos, state = self._connection.execute("SELECT photos, digest FROM total").fetchone()
            (latest,) = self._connection.execute("SELECT max(published) FROM use").fetchone()
            return Searched(self.name, photos, date.fromisoformat(latest) if latest else None, SetDigest(state).sha256)

    def rebuild(self) -> Searched:
        """Makes everything that is derived from the entries anew; the entries stay as they are."""
        with told(self._path):
            self._connection.execute("REINDEX")
            drop(self._path)
            self._forget()
            self._grow()
        return self.info()

    @property
    def searchable_parts(self) -> int:
        """How many of its photos hold local features."""
        if self._version < WITH_FEATURES:
            return 0
        with told(self._path):
            return int(self._connection.execute("SELECT count(*) FROM feature").fetchone()[0])

    def search(self, fingerprints: Fingerprints, radius: int = RADIUS) -> tuple[Match, ...]:
        """Every photo within `radius` bits of the picture in one of its eight orientations, nearest first, then by name."""
        turns = tuple(Turn)
        with told(self._path):
            near = self._near(fingerprints, radius)
            found = [self._match(photo, distance, turns[order]) for photo, (distance, order) in near.items()]
        return tuple(sorted((match for match in found if match), key=lambda match: (match.distance, match.name, match.sha256)))

    def search_parts(self, features: Features, fingerprints: Fingerprints | None = None) -> tuple[Shared, ...]:
        """As `Archive` says."""
        with told(self._path):
            found = []
            for match in related(features, self._parts, self._packed, self._alike(fingerprints)):
                sha256, name, width, height = self._connection.execute(
                    "SELECT sha256, name, width, height FROM photo WHERE id = ?", (match.photo,)
                ).fetchone()
                uses, view = uses_of(self._connection, match.photo), view_of(self._connection, match.photo)
                found.append(shared(match, features, (self.name, name, sha256), (width, height), uses, view))
        return tuple(sorted(found, key=lambda one: (one.verdict is Relation.SCENE, -one.agreeing, one.name)))

    def _near(self, fingerprints: Fingerprints, radius: int) -> dict[int, tuple[int, int]]:
        """Photos within the radius: their distance, and in which orientation of the picture they are nearest to it."""
        queries = [bytes.fromhex(pdq) for pdq in fingerprints.pdq]
        found = ((run.ids, run.index.search(queries, radius).best()) for run in self._hashes)
        return {int(ids[row]): near for ids, best in found for row, near in best.items()}

    def _alike(self, fingerprints: Fingerprints | None) -> list[int]:
        near = self._near(fingerprints, ALIKE) if fingerprints else {}
        return nsmallest(MOST_ALIKE, near, key=near.__getitem__)

    def _packed(self, photo: int) -> bytes | None:
        row = self._connection.execute("SELECT data FROM feature WHERE photo = ?", (photo,)).fetchone()
        return row[0] if row else None

    def _match(self, photo: int, distance: int, orientation: Turn) -> Match | None:
        """None where an index file still names a photo that was removed."""
        row = self._connection.execute("SELECT sha256, name FROM photo WHERE id = ?", (photo,)).fetchone()
        if row is None:
            return None
        sha256, name = row
        uses, view = uses_of(self._connection, photo), view_of(self._connection, photo)
        return Match(self.name, name, sha256, distance, UNDONE.get(orientation, orientation), uses, view)

    @property
    def _hashes(self) -> list[HashRun]:
        self._whole = self._standing(self._whole, HASHES, hash_run)
        return self._whole.at(self._connection)

    @property
    def _parts(self) -> list[Postings]:
        if self._version < WITH_FEATURES:
            return []
        self._words = self._standing(self._words, PARTS, postings)
        return self._words.at(self._connection)

    def _standing(self, known: Standing[T] | None, kind: Kind[T], made: Callable[[Rows], T]) -> Standing[T]:
        """What is known, until so much came since that it makes a file, and while this archive's own thread makes it."""
        if known and (self._growth.runs or not known.is_long):
            return known
        return standing(kind, made, self._path if self._indexed else None, self._connection)

    @property
    def _indexed(self) -> bool:
        """Whether index files may lie beside it; brings them up to date first, where there is enough to index."""
        if self._version < WITH_SEGMENTS:
            return False
        self._grow()
        return True

    def _grow(self) -> None:
        grow(HASHES, self._path, self._connection)
        grow(PARTS, self._path, self._connection)

    def _total(self) -> SetDigest:
        return SetDigest(self._connection.execute("SELECT digest FROM total").fetchone()[0])

    def _count(self, photos: int, uses: int, total: SetDigest) -> None:
        self._connection.execute("UPDATE total SET photos = photos + ?, uses = uses + ?, digest = ?", (photos, uses, total.state))

    def _forget(self) -> None:
        self._whole = self._words = None
