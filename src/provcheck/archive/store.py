"""The archive file: SQLite, one file at rest, safe under kill and with several writers."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from provcheck.archive.digest import SetDigest
from provcheck.archive.entry import UNSAID, Added, Entry
from provcheck.archive.index import HammingIndex
from provcheck.archive.schema import VERSION, identify, is_sound, migrate
from provcheck.domain.archive import Match, Searched, Use
from provcheck.domain.errors import ArchiveError
from provcheck.domain.fingerprint import Fingerprints, Turn
from provcheck.domain.photo import Picture
from provcheck.domain.reading import Absent, Found, Reading

RADIUS: Final = 31  # of 256 bits: the threshold that PDQ's authors recommend
PATIENCE_S: Final = 60.0  # how long a writer waits for another's transaction
VIEW_TYPES: Final = ("image/jpeg", "image/png")
UNDONE: Final = {Turn.ROTATE_90: Turn.ROTATE_270, Turn.ROTATE_270: Turn.ROTATE_90}  # every other turn undoes itself


def create_archive(path: Path) -> None:
    """Makes an empty archive. Raises ArchiveError where something is at `path` already or nothing can be written there."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
    except FileExistsError:
        raise ArchiveError(
            f"{path}: exists already. Add to it with: provcheck archive add {path}; or choose another name."
        ) from None
    except OSError as refused:
        raise ArchiveError(
            f"{path}: cannot be created ({refused.strerror}). Choose a folder that exists and is writable."
        ) from None
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        migrate(connection)
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as fault:
        connection.close()
        path.unlink()
        raise ArchiveError(f"{path}: cannot be created ({fault}).") from fault
    connection.close()


def open_archive(path: Path, *, writable: bool = False) -> Archive:
    """Opens an archive to search it, or with `writable` to add to it. Raises ArchiveError with the remedy."""
    version = identify(path)
    if writable and not _may_write(path):
        raise ArchiveError(f"{path}: is read-only, or its folder is. Copy the archive to a place where you may write.")
    with _told(path):
        connection = _connect(path, writable)
        try:
            _prepare(connection, writable)
            if version < VERSION and not writable:
                raise ArchiveError(
                    f"{path}: has an older schema ({version}). Bring it up to date with: provcheck archive rebuild {path}"
                )
            migrate(connection)
            if not is_sound(connection):
                raise ArchiveError(f"{path}: holds other tables than a provcheck archive; it is not opened.")
        except BaseException:
            connection.close()
            raise
    return Archive(path, connection)


class Archive:
    """An open archive; a context manager. Every photo is there once, by its bytes, with all its uses."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.name = path.stem  # what reports print: never the path
        self._path = path
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """The last one to close leaves a single file: SQLite folds its write-ahead log back into it."""
        self._connection.close()

    def add(self, entries: Iterable[Entry]) -> Added:
        """Adds a batch in one transaction: all of it or nothing. Bytes that are known gain a use, not a second photo."""
        batch = tuple(entries)  # before the lock: the caller may be decoding as it yields
        with _told(self._path), self._writing() as total:
            photos = uses = 0
            for entry in batch:
                photo, new = self._put_photo(entry, total)
                photos += new
                uses += self._put_use(photo, entry, total)
                self._put_view(photo, entry, total)
            self._connection.execute(
                "UPDATE total SET photos = photos + ?, uses = uses + ?, digest = ?", (photos, uses, total.state)
            )
        self.__dict__.pop("_index", None)
        return Added(photos, uses, len(batch) - photos)

    def info(self) -> Searched:
        """What a search of this archive rests on."""
        with _told(self._path):
            photos, state = self._connection.execute("SELECT photos, digest FROM total").fetchone()
            (latest,) = self._connection.execute("SELECT max(published) FROM use").fetchone()
            return Searched(self.name, photos, date.fromisoformat(latest) if latest else None, SetDigest(state).sha256)

    def search(self, fingerprints: Fingerprints, radius: int = RADIUS) -> tuple[Match, ...]:
        """Every photo within `radius` bits of the picture in one of its eight orientations, nearest first, then by name."""
        with _told(self._path):
            ids, index = self._index
            best: dict[int, tuple[int, int]] = {}
            for order, pdq in enumerate(fingerprints.pdq):
                near = index.search(bytes.fromhex(pdq), radius)
                for row, distance in zip(near.rows.tolist(), near.distances.tolist(), strict=True):
                    best[row] = min(best.get(row, (distance, order)), (distance, order))
            turns = tuple(Turn)
            found = [
                self._match(ids[row], distance, UNDONE.get(turns[order], turns[order])) for row, (distance, order) in best.items()
            ]
        return tuple(sorted(found, key=lambda match: (match.distance, match.name, match.sha256)))

    @cached_property
    def _index(self) -> tuple[tuple[int, ...], HammingIndex]:
        rows = self._connection.execute("SELECT id, pdq FROM photo ORDER BY id").fetchall()
        return tuple(row[0] for row in rows), HammingIndex(b"".join(row[1] for row in rows))

    def _match(self, photo: int, distance: int, turn: Turn) -> Match:
        sha256, name = self._connection.execute("SELECT sha256, name FROM photo WHERE id = ?", (photo,)).fetchone()
        uses = self._connection.execute(
            "SELECT url, publisher, published, credit, licence FROM use WHERE photo = ? ORDER BY published = '', published, id",
            (photo,),
        )
        return Match(
            self.name,
            name,
            sha256,
            distance,
            turn,
            tuple(
                Use(url, publisher, date.fromisoformat(published) if published else None, credit, licence)
                for url, publisher, published, credit, licence in uses
            ),
            self._view(photo),
        )

    def _view(self, photo: int) -> Reading[Picture]:
        row = self._connection.execute("SELECT media_type, width, height, data FROM view WHERE photo = ?", (photo,)).fetchone()
        return Found(Picture(*row)) if row and row[0] in VIEW_TYPES else Absent()

    @contextmanager
    def _writing(self) -> Iterator[SetDigest]:
        """A write transaction, and the digest to carry along."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield SetDigest(self._connection.execute("SELECT digest FROM total").fetchone()[0])
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _put_photo(self, entry: Entry, total: SetDigest) -> tuple[int, bool]:
        known = self._connection.execute("SELECT id FROM photo WHERE sha256 = ?", (entry.sha256,)).fetchone()
        if known:
            return known[0], False
        prints = entry.fingerprints
        values = (
            entry.sha256,
            _plain(entry.name),
            entry.width,
            entry.height,
            prints.phash,
            prints.dhash,
            bytes.fromhex(prints.pdq[0]),
            prints.quality,
        )
        cursor = self._connection.execute(
            "INSERT INTO photo (sha256, name, width, height, phash, dhash, pdq, quality) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values
        )
        total.add("photo", *values)
        return int(cursor.lastrowid or 0), True

    def _put_use(self, photo: int, entry: Entry, total: SetDigest) -> int:
        if entry.use == UNSAID:
            return 0
        use = entry.use
        day = use.published.isoformat() if use.published else ""
        values = (_plain(use.url), _plain(use.publisher), day, _plain(use.credit), _plain(use.licence))
        added = self._connection.execute(
            "INSERT OR IGNORE INTO use (photo, url, publisher, published, credit, licence) VALUES (?, ?, ?, ?, ?, ?)",
            (photo, *values),
        ).rowcount
        if added:
            total.add("use", entry.sha256, *values)
        return added

    def _put_view(self, photo: int, entry: Entry, total: SetDigest) -> None:
        if entry.view is None:
            return
        values = (entry.view.media_type, entry.view.width, entry.view.height, entry.view.data)
        added = self._connection.execute("INSERT OR IGNORE INTO view VALUES (?, ?, ?, ?, ?)", (photo, *values)).rowcount
        if added:
            total.add("view", entry.sha256, *values)


def _connect(path: Path, writable: bool) -> sqlite3.Connection:
    """A read-only place gets an immutable connection. Elsewhere a reader, too, opens read-write: only such a connection sees
    other writers' commits safely and takes its -wal and -shm files away again when it closes."""
    mode = "mode=rw" if writable or _may_write(path) else "mode=ro" if _has_log(path) else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None, timeout=PATIENCE_S)


def _prepare(connection: sqlite3.Connection, writable: bool) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    if not writable:
        connection.execute("PRAGMA query_only = ON")


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _plain(text: str) -> str:
    """File names may hold bytes that are no text; SQLite takes none."""
    return text.encode("utf-8", "replace").decode()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """SQLite's errors as ArchiveErrors with the file and what to do."""
    try:
        yield
    except sqlite3.OperationalError as fault:
        raise ArchiveError(
            f"{path}: {fault}. Check free space, permissions, and whether another program holds the file."
        ) from fault
    except (sqlite3.DatabaseError, ValueError, TypeError) as fault:
        raise ArchiveError(f"{path}: is damaged ({fault}). Restore it from a copy.") from fault
