"""The archive on a server: the same verbs, for many readers and writers at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from provcheck.archive.digest import SetDigest
from provcheck.archive.entry import Added, Entry, Hashes, Record
from provcheck.archive.placed import shared
from provcheck.archive.postgres import hamming, rows, tables
from provcheck.archive.postgres.address import Address, address_of
from provcheck.archive.postgres.parts import NO_PARTS, ServerParts, read_parts
from provcheck.archive.postgres.server import connect, retried, told
from provcheck.archive.rows import picture_of, record_of, use_of
from provcheck.archive.store import UNDONE
from provcheck.archive.verbs import RADIUS, Archive
from provcheck.domain.archive import Match, Relation, Searched, Shared, Use
from provcheck.domain.errors import ArchiveError, IntegrityError
from provcheck.domain.fingerprint import Features, Fingerprints, Turn
from provcheck.domain.photo import Picture
from provcheck.domain.reading import Reading

if TYPE_CHECKING:
    import psycopg

BATCH: Final = 200  # records a transaction when archives are merged
FOLD: Final = 64  # sums of single batches that are left lying before they are folded into one


def create_on_server(url: str, partitions: int) -> None:
    """Makes an empty archive in the database that `url` names. Raises ArchiveError where one is there already."""
    address = address_of(url)
    connection = connect(address, writable=True)
    with connection, told(address):
        if connection.execute("SELECT FROM pg_namespace WHERE nspname = %s", (address.schema,)).fetchone() is not None:
            raise ArchiveError(f"{address.shown}: exists already. Add to it, or choose another name behind the #.")
        with connection.transaction():
            connection.execute(f"CREATE SCHEMA {address.schema}")  # an identifier, as address_of has seen to
            for statement in tables.statements(partitions):
                connection.execute(statement)


def open_on_server(url: str, *, writable: bool = False) -> ServerArchive:
    """Opens an archive to search it, or with `writable` to add to it. Raises ArchiveError with the remedy."""
    address = address_of(url)
    with ExitStack() as undo:
        connection = undo.enter_context(closing(connect(address, writable=writable)))
        with told(address):
            version = tables.found_version(connection)
        if version is None:
            raise ArchiveError(
                f"{address.shown}: there is no such archive. Make one with: provcheck archive create {address.shown}"
            )
        if version > tables.VERSION:
            raise ArchiveError(f"{address.shown}: was made by a newer provcheck (tables {version}). Upgrade provcheck.")
        undo.pop_all()
    return ServerArchive(address, connection)


class ServerArchive:
    """An open archive on a server. What `Archive` says of the verbs holds."""

    def __init__(self, address: Address, connection: psycopg.Connection) -> None:
        self.name = address.name
        self._address = address
        self._connection = connection
        self._indexed: tuple[str, ServerParts] = ("", NO_PARTS)
        self._folder = ExitStack()  # of the index files

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()
        self._folder.close()

    def add(self, entries: Iterable[Entry]) -> Added:
        return self._enter([record_of(entry) for entry in entries])

    def merge(self, other: Archive) -> Added:
        """In transactions of a batch each: the other may be larger than memory. One that broke off is merged again."""
        photos = uses = known = 0
        waiting = iter(other.records())
        while batch := list(islice(waiting, BATCH)):
            added = self._enter(batch)
            photos, uses, known = photos + added.photos, uses + added.uses, known + added.known
        return Added(photos, uses, known)

    def _enter(self, batch: list[Record]) -> Added:
        """In the order of their keys: two writers that add the same photos wait for one another, and never crosswise."""
        ordered = sorted(batch, key=lambda record: record.sha256)

        def work() -> Added:
            total = SetDigest()
            photos = uses = gone = 0
            for record in ordered:
                new_photos, new_uses, given_up = rows.put(self._connection, record, total)
                photos, uses, gone = photos + new_photos, uses + new_uses, gone + given_up
            self._count(photos - gone, uses, total)
            return Added(photos, uses, len(ordered) - photos)

        with told(self._address):
            added = retried(self._connection, work)
            self._fold()
        return added

    def remove(self, sha256: str) -> bool:
        def work() -> bool:
            total = SetDigest()
            photos, uses = rows.take_away(self._connection, sha256, total)
            if photos:
                self._count(-photos, -uses, total)
            return bool(photos)

        with told(self._address):
            try:
                return retried(self._connection, work)
            except ValueError:  # no hexadecimal digits: no photo is called so
                return False

    def records(self) -> Iterator[Record]:
        with told(self._address):
            yield from rows.records(self._connection)

    def hashes(self) -> Iterator[Hashes]:
        ordered = "SELECT id, name, phash, dhash, pdq::text, quality FROM photo ORDER BY id"
        with told(self._address), rows.snapshot(self._connection), self._connection.cursor(name="hashes") as cursor:
            for key, name, phash, dhash, pdq, quality in cursor.execute(ordered):
                yield Hashes(rows.identity_of(key), name, phash.hex(), dhash.hex(), f"{int(pdq, 2):064x}", quality)

    def verify(self) -> Searched:
        with told(self._address), rows.snapshot(self._connection):
            photos, uses, total = rows.counted(self._connection)
            lost, spoilt = rows.strays(self._connection), rows.damaged(self._connection)
            stated = self._stated()
        if (photos, uses, total.state) != (stated[0], stated[1], stated[2].state):
            raise IntegrityError(f"{self._address.shown}: its entries do not match its digest; it was changed by another program.")
        if lost:
            raise IntegrityError(f"{self._address.shown}: {lost} rows belong to no photo; it was changed by another program.")
        if spoilt:
            raise IntegrityError(f"{self._address.shown}: the features of {spoilt} photos are damaged. Restore it from a copy.")
        return self.info()

    def rebuild(self) -> Searched:
        """Rewrites every table and index: also what was removed is then gone from the server's files."""
        with told(self._address):
            for table in tables.PARTITIONED:
                self._connection.execute(f"VACUUM (FULL, ANALYZE) {table}")
            self._fold(least=2)
        return self.info()

    def info(self) -> Searched:
        with told(self._address):
            photos, _, total = self._stated()
            row = self._connection.execute("SELECT max(published) FROM use").fetchone()
            latest: date | None = row[0] if row else None
            return Searched(self.name, photos, latest, total.sha256)

    @property
    def searchable_parts(self) -> int:
        return len(self._parts().keys)

    def search(self, fingerprints: Fingerprints, radius: int = RADIUS) -> tuple[Match, ...]:
        turns = tuple(Turn)
        with told(self._address):
            found = []
            for key, name, distance, order in hamming.near(self._connection, fingerprints.pdq, radius):
                uses, view = self._said(key)
                turn = UNDONE.get(turns[order], turns[order])
                found.append(Match(self.name, name, rows.identity_of(key), distance, turn, uses, view))
        return tuple(sorted(found, key=lambda match: (match.distance, match.name, match.sha256)))

    def search_parts(self, features: Features, fingerprints: Fingerprints | None = None) -> tuple[Shared, ...]:
        with told(self._address):
            found = []
            for key, match in self._parts().search(self._connection, features, fingerprints):
                row = self._connection.execute(
                    "SELECT name, width, height FROM photo WHERE id = %s",
                    (key,),
                ).fetchone()
                if row is None:  # removed since the index was read
                    continue
                name, width, height = row
                named = (self.name, name, rows.identity_of(key))
                found.append(shared(match, features, named, (width, height), *self._said(key)))
        return tuple(sorted(found, key=lambda one: (one.verdict is Relation.SCENE, -one.agreeing, one.name)))

    def _said(self, key: bytes) -> tuple[tuple[Use, ...], Reading[Picture]]:
        view = self._connection.execute(f"SELECT {rows.VIEW} FROM view WHERE id = %s", (key,)).fetchone()
        return tuple(map(use_of, rows.uses_of(self._connection, key))), picture_of(view)

    def _parts(self) -> ServerParts:
        """Read anew where something was added or removed since."""
        with told(self._address):
            state = self._stated()[2].sha256
            if self._indexed[0] != state:
                self._indexed = ("", NO_PARTS)
                self._folder.close()
                folder = TemporaryDirectory(prefix="provcheck-", ignore_cleanup_errors=True)  # Windows keeps a file that is mapped
                self._indexed = (state, read_parts(self._connection, Path(self._folder.enter_context(folder))))
        return self._indexed[1]

    def _stated(self) -> tuple[int, int, SetDigest]:
        """Photos, uses and digest as the writers counted them: each batch left its own sum, so that none waits for another."""
        total = SetDigest()
        photos = uses = 0
        for row in self._connection.execute("SELECT photos, uses, digest FROM change"):
            photos, uses = photos + row[0], uses + row[1]
            total.join(row[2])
        return photos, uses, total

    def _count(self, photos: int, uses: int, total: SetDigest) -> None:
        change = "INSERT INTO change (photos, uses, digest) VALUES (%s, %s, %s)"
        self._connection.execute(change, (photos, uses, total.state))

    def _fold(self, least: int = FOLD) -> None:
        """Many sums into one; what another writer is folding is left to it."""

        def work() -> None:
            change = "change"
            pick = (
                f"DELETE FROM {change} WHERE id IN (SELECT id FROM {change} FOR UPDATE SKIP LOCKED) RETURNING photos, uses, digest"
            )
            taken = self._connection.execute(pick).fetchall()
            total = SetDigest()
            for row in taken:
                total.join(row[2])
            if taken:
                self._count(sum(row[0] for row in taken), sum(row[1] for row in taken), total)

        row = self._connection.execute("SELECT count(*) FROM change").fetchone()
        if row and row[0] >= least:
            retried(self._connection, work)
