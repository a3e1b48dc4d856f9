"""Records to rows of a server and back: the SQL of one photo, its uses, its view and its features."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from provcheck.archive.digest import SetDigest
from provcheck.archive.entry import HASH_ALONE, PhotoRow, Record, UseRow
from provcheck.archive.kept import is_sound
from provcheck.archive.postgres.tables import band

if TYPE_CHECKING:
    import psycopg

COLUMNS: Final = "id, name, width, height, phash, dhash, pdq::text, quality"
VIEW: Final = "media_type, width, height, data"
USE: Final = "url, publisher, published, credit, licence"
WALK: Final = 500  # rows that a walk over all fetches at once


def key_of(sha256: str) -> bytes:
    """An identity as the 32 bytes that tables are keyed and partitioned by; 36 for a hash without its picture."""
    key = bytes.fromhex(sha256.removeprefix(HASH_ALONE))
    if len(key) != hashlib.sha256().digest_size:
        raise ValueError(f"{sha256[:20]!r} is no SHA-256")  # a file from elsewhere may call a photo anything
    return HASH_ALONE.encode() + key if sha256.startswith(HASH_ALONE) else key


def identity_of(key: bytes) -> str:
    return HASH_ALONE + key[len(HASH_ALONE) :].hex() if len(key) > hashlib.sha256().digest_size else key.hex()


def bits(pdq: bytes) -> str:
    """A hash as PostgreSQL writes a bit string, its first bit first."""
    return f"{int.from_bytes(pdq, 'big'):0{8 * len(pdq)}b}"


def put(connection: psycopg.Connection, record: Record, total: SetDigest) -> tuple[int, int, int]:
    """How many photos and uses the record added, and how many hashes without picture gave way to it, as `archive/stand_ins.py`
    has it; what is there already stays as it is."""
    key = key_of(record.sha256)
    alone = record.sha256.startswith(HASH_ALONE)
    shown = _shown(connection, record.photo[6]) if alone else []
    if shown:
        return 0, sum(_put_uses(connection, one, record.uses, total) for one in shown), 0
    photos = _insert_photo(connection, key, record.photo)
    if photos:
        total.add("photo", *record.photo)
    gone, taken_over = _given_up(connection, record.photo[6], total) if photos and not alone else (0, ())
    uses = _put_uses(connection, key, (*record.uses, *taken_over), total) - len(taken_over)
    if record.view and _insert(connection, "view VALUES (%s, %s, %s, %s, %s)", (key, *record.view)):
        total.add("view", record.sha256, *record.view)
    if record.features is not None:
        _insert(connection, "feature VALUES (%s, %s)", (key, record.features))
    return photos, uses, gone


def _put_uses(connection: psycopg.Connection, key: bytes, uses: tuple[UseRow, ...], total: SetDigest) -> int:
    """How many of them are new."""
    new = [use for use in uses if _insert_use(connection, key, use)]
    for use in new:
        total.add("use", identity_of(key), *use)
    return len(new)


def _shown(connection: psycopg.Connection, pdq: bytes) -> list[bytes]:
    """The photos of this very hash, held until the transaction ends."""
    if not any(pdq):  # what photos without a fingerprint have
        return []
    same = f"SELECT id FROM photo WHERE {band(0)} = %s AND pdq = %s::bit(256) AND length(id) = 32 ORDER BY id FOR KEY SHARE"
    return [row[0] for row in connection.execute(same, (int.from_bytes(pdq[:2], "big"), bits(pdq)))]


def _given_up(connection: psycopg.Connection, pdq: bytes, total: SetDigest) -> tuple[int, tuple[UseRow, ...]]:
    """Takes the hash without picture away that a photo has come for; its uses."""
    alone = HASH_ALONE + pdq.hex()
    uses = uses_of(connection, key_of(alone))
    gone, _ = take_away(connection, alone, total)
    return gone, uses


def take_away(connection: psycopg.Connection, sha256: str, total: SetDigest) -> tuple[int, int]:
    """Removes a photo with its uses, view and features; how many photos and uses that were."""
    key = key_of(sha256)
    photo = connection.execute(f"DELETE FROM photo WHERE id = %s RETURNING {COLUMNS}", (key,)).fetchone()
    if photo is None:
        return 0, 0
    total.remove("photo", *_photo(photo))
    uses = connection.execute(f"DELETE FROM use WHERE id = %s RETURNING {USE}", (key,)).fetchall()
    for use in uses:
        total.remove("use", sha256, *_use(use))
    view = f"DELETE FROM view WHERE id = %s RETURNING {VIEW}"
    for row in connection.execute(view, (key,)):
        total.remove("view", sha256, *row)
    connection.execute("DELETE FROM feature WHERE id = %s", (key,))
    return 1, len(uses)


def records(connection: psycopg.Connection) -> Iterator[Record]:
    """All that is kept, photo by photo, as it was at one moment."""
    with snapshot(connection):
        for batch in _batched(connection, f"SELECT {COLUMNS} FROM photo"):
            keys = [row[0] for row in batch]
            uses: dict[bytes, list[UseRow]] = {}
            for key, *use in connection.execute(f"SELECT id, {USE} FROM use WHERE id = ANY(%s)", (keys,)):
                uses.setdefault(key, []).append(_use(tuple(use)))
            views = f"SELECT id, {VIEW} FROM view WHERE id = ANY(%s)"
            view = {key: row for key, *row in connection.execute(views, (keys,))}
            kept = connection.execute("SELECT id, data FROM feature WHERE id = ANY(%s)", (keys,))
            features: dict[bytes, bytes] = dict(kept.fetchall())
            for row in batch:
                shown = tuple(view[row[0]]) if row[0] in view else None
                yield Record(_photo(row), tuple(uses.get(row[0], ())), shown, features.get(row[0]))


def counted(connection: psycopg.Connection) -> tuple[int, int, SetDigest]:
    """Photos, uses and digest as the rows themselves give them, in one walk over all."""
    total = SetDigest()
    photos = uses = 0
    for row in _walked(connection, f"SELECT {COLUMNS} FROM photo"):
        total.add("photo", *_photo(row))
        photos += 1
    for row in _walked(connection, f"SELECT id, {USE} FROM use"):
        total.add("use", identity_of(row[0]), *_use(row[1:]))
        uses += 1
    for row in _walked(connection, f"SELECT id, {VIEW} FROM view"):
        total.add("view", identity_of(row[0]), *row[1:])
    return photos, uses, total


def damaged(connection: psycopg.Connection) -> int:
    """Photos whose features are not as they were packed."""
    return sum(not is_sound(bytes(row[0])) for row in _walked(connection, "SELECT data FROM feature"))


def strays(connection: psycopg.Connection) -> int:
    """Uses, views and features of photos that are not there."""
    lost = " UNION ALL ".join(
        f"SELECT id FROM {table} t WHERE NOT EXISTS (SELECT FROM photo p WHERE p.id = t.id)" for table in ("use", "view", "feature")
    )
    row = connection.execute(f"SELECT count(*) FROM ({lost}) lost").fetchone()
    return int(row[0]) if row else 0


def uses_of(connection: psycopg.Connection, key: bytes) -> tuple[UseRow, ...]:
    """Earliest dated first, undated last, then by publisher."""
    order = "ORDER BY published NULLS LAST, publisher, url, digest"
    return tuple(map(_use, connection.execute(f"SELECT {USE} FROM use WHERE id = %s {order}", (key,))))


@contextmanager
def snapshot(connection: psycopg.Connection) -> Iterator[None]:
    """A transaction that sees one moment, whatever others commit meanwhile, and may walk over all."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL enable_seqscan = on")
        yield


def _insert_photo(connection: psycopg.Connection, key: bytes, photo: PhotoRow) -> int:
    """1 where it is new, 0 where it was there; held until the transaction ends, so that it is not removed under its uses."""
    _, name, width, height, phash, dhash, pdq, quality = photo
    values = (key, name, width, height, bytes.fromhex(phash), bytes.fromhex(dhash), bits(pdq), quality)
    hold = "SELECT FROM photo WHERE id = %s FOR KEY SHARE"
    while not _insert(connection, "photo VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", values):
        if connection.execute(hold, (key,)).fetchone() is not None:
            return 0
    return 1


def _insert_use(connection: psycopg.Connection, key: bytes, use: UseRow) -> bool:
    url, publisher, published, credit, licence = use
    digest = hashlib.sha256("\0".join(use).encode()).digest()[:16]  # long addresses do not fit an index
    day = date.fromisoformat(published) if published else None
    values = (key, digest, url, publisher, day, credit, licence)
    return _insert(connection, "use VALUES (%s, %s, %s, %s, %s, %s, %s)", values)


def _insert(connection: psycopg.Connection, into: str, values: tuple[object, ...]) -> bool:
    """Whether the row is new. Another writer's uncommitted row of the same key is waited for."""
    return connection.execute(f"INSERT INTO {into} ON CONFLICT DO NOTHING", values).rowcount == 1


def _walked(connection: psycopg.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    for batch in _batched(connection, query):
        yield from batch


def _batched(connection: psycopg.Connection, query: str) -> Iterator[list[tuple[Any, ...]]]:
    with connection.cursor(name="walk") as cursor:
        cursor.execute(query)
        while batch := cursor.fetchmany(WALK):
            yield batch


def _photo(row: tuple[Any, ...]) -> PhotoRow:
    key, name, width, height, phash, dhash, pdq, quality = row
    return identity_of(key), name, width, height, phash.hex(), dhash.hex(), int(pdq, 2).to_bytes(32, "big"), quality


def _use(row: tuple[Any, ...]) -> UseRow:
    url, publisher, published, credit, licence = row
    return url, publisher, published.isoformat() if published else "", credit, licence
