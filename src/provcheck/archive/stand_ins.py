"""A hash that came without its picture stands in for it: where an archive file holds a photo of that very hash, that is it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from provcheck.archive.digest import SetDigest
from provcheck.archive.entry import HASH_ALONE
from provcheck.archive.rows import USE, insert_use, take_away

PAIR: Final = "SELECT alone.id, shown.id, alone.sha256, shown.sha256, alone.pdq FROM photo alone JOIN photo shown ON"
IS_ALONE: Final = f"GLOB '{HASH_ALONE}*'"
PAIRS: Final = (
    f"{PAIR} alone.sha256 = '{HASH_ALONE}' || lower(hex(shown.pdq)) WHERE shown.id > ? AND NOT shown.sha256 {IS_ALONE}",
    f"{PAIR} shown.pdq = alone.pdq AND NOT shown.sha256 {IS_ALONE} WHERE alone.id > ? AND alone.sha256 {IS_ALONE}"
    " AND alone.pdq != zeroblob(32)",  # what photos without a fingerprint have
)  # where the photo is new, and where the hash is


@dataclass(frozen=True, slots=True)
class GivenUp:
    """`gone`: number and hash of entries that were taken away, of which `new` had come in this transaction; `uses`: by how many
    their number changed."""

    gone: tuple[tuple[int, bytes], ...]
    new: int
    uses: int


def give_up(connection: sqlite3.Connection, last: int, total: SetDigest) -> GivenUp:
    """For what came after number `last`: a photo takes the place of its hash, and a hash that comes later gives it its uses."""
    pairs = {row[:2]: row for query in PAIRS for row in connection.execute(query, (last,)).fetchall()}
    uses, gone = 0, {}
    for alone, shown, _, sha256, pdq in pairs.values():
        for use in connection.execute(USE, (alone,)).fetchall():
            uses += insert_use(connection, shown, sha256, use, total)
        gone[alone] = pdq
    for alone in gone:
        uses -= take_away(connection, alone, total)[1]
    return GivenUp(tuple(gone.items()), sum(alone > last for alone in gone), uses)
