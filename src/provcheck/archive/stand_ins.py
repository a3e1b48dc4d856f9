"""A hash that came without its picture stands in for it: where an archive file holds a photo of that very hash, that is it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from provcheck.archive.digest import SetDigest
from provcheck.archive.entry import HASH_ALONE
from provcheck.archive.rows import USE, insert_use, take_away

IS_ALONE: Final = f"GLOB '{HASH_ALONE}*'"
BOTH: Final = "SELECT alone.id, shown.id, shown.sha256, alone.pdq FROM photo shown JOIN photo alone"
PAIR: Final = f"{BOTH} ON alone.sha256 = '{HASH_ALONE}' || lower(hex(shown.pdq)) WHERE NOT shown.sha256 {IS_ALONE} AND"
NEW_PHOTO: Final = f"{PAIR} shown.id > ?"
NEW: Final = f"FROM photo WHERE id > ? AND sha256 {IS_ALONE} AND pdq != zeroblob(32)"  # zeros: of a photo without a fingerprint
NEW_HASH: Final = f"{PAIR} shown.pdq IN (SELECT pdq {NEW})"  # reads every hash: 0.1 s for a million


@dataclass(frozen=True, slots=True)
class GivenUp:
    """`gone`: number and hash of entries that were taken away, of which `new` had come in this transaction; `uses`: by how many
    their number changed."""

    gone: tuple[tuple[int, bytes], ...]
    new: int
    uses: int


def give_up(connection: sqlite3.Connection, last: int, total: SetDigest) -> GivenUp:
    """For what came after number `last`: a photo takes the place of its hash, and a hash that comes later gives it its uses."""
    listed = connection.execute(f"SELECT EXISTS (SELECT 1 {NEW})", (last,)).fetchone()[0]
    queries = (NEW_PHOTO, NEW_HASH) if listed else (NEW_PHOTO,)
    pairs = {row for query in queries for row in connection.execute(query, (last,))}
    uses, gone = 0, {}
    for alone, shown, sha256, pdq in sorted(pairs):
        for use in connection.execute(USE, (alone,)).fetchall():
            uses += insert_use(connection, shown, sha256, use, total)
        gone[alone] = pdq
    for alone in gone:
        uses -= take_away(connection, alone, total)[1]
    return GivenUp(tuple(gone.items()), sum(alone > last for alone in gone), uses)
