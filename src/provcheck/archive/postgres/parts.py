"""The features of an archive on a server, indexed on this machine: what is kept of a photo is fetched when it is looked at.

The index lies in files of a temporary folder, 2.8 kB a photo; of an archive that one file would hold it is kept in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from provcheck.archive.index import HammingIndex
from provcheck.archive.kinds import PARTS
from provcheck.archive.mapped import read, write
from provcheck.archive.parts import PartMatch, related
from provcheck.archive.postgres.rows import snapshot
from provcheck.archive.postings import Postings
from provcheck.archive.segments import Rows
from provcheck.archive.verbs import ALIKE, MOST_ALIKE
from provcheck.domain.fingerprint import Features, Fingerprints

if TYPE_CHECKING:
    import psycopg

A_FILE: Final = 20_000  # photos: while a file of them is made it takes 170 MB of memory


@dataclass(frozen=True, slots=True)
class ServerParts:
    """Photos that hold features, as of one moment: their keys, and in the same order their visual words and their hashes."""

    keys: tuple[bytes, ...]
    words: tuple[Postings, ...]
    hashes: HammingIndex

    def search(
        self, connection: psycopg.Connection, features: Features, prints: Fingerprints | None
    ) -> list[tuple[bytes, PartMatch]]:
        """Key and match, best first; a photo that was removed meanwhile is passed over."""

        def packed(number: int) -> bytes | None:
            row = connection.execute("SELECT data FROM feature WHERE id = %s", (self.keys[number],)).fetchone()
            return row[0] if row else None

        found = related(features, self.words, packed, self._alike(prints))
        return [(self.keys[match.photo], match) for match in found]

    def _alike(self, prints: Fingerprints | None) -> list[int]:
        if prints is None or not self.keys:
            return []
        near = self.hashes.search([bytes.fromhex(pdq) for pdq in prints.pdq], ALIKE).best()
        return nsmallest(MOST_ALIKE, near, key=near.__getitem__)


NO_PARTS = ServerParts((), (), HammingIndex(b""))


def read_parts(connection: psycopg.Connection, folder: Path) -> ServerParts:
    """Row by row: the features of no more than A_FILE photos are held at once. `folder` takes the files."""
    keys: list[bytes] = []
    hashes = bytearray()

    def rows() -> Rows:
        chosen = "SELECT id, data, pdq::text FROM feature JOIN photo USING (id) ORDER BY id"
        for number, (key, data, pdq) in enumerate(cursor.execute(chosen)):
            keys.append(key)
            hashes.extend(int(pdq, 2).to_bytes(32, "big"))
            yield number, data

    with snapshot(connection), connection.cursor(name="features") as cursor:
        words = tuple(_indexed(rows(), folder))
    return ServerParts(tuple(keys), words, HammingIndex(bytes(hashes)))


def _indexed(rows: Rows, folder: Path) -> Iterator[Postings]:
    """One after another: the last rows in memory, those before in files, which the system reads as they are needed."""
    for number in count():
        arrays = PARTS.made(islice(rows, A_FILE))
        if len(arrays["ids"]) == A_FILE:
            path = folder / f"parts-{number}.seg"
            write(path, {}, arrays)
            arrays = read(path).arrays
        yield PARTS.opened(arrays)
        if len(arrays["ids"]) < A_FILE:
            return
