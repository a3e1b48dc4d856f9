"""Entries to rows and back: the SQL of one photo, its uses, its view and its features."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Final

from provcheck.archive.digest import SetDigest
from provcheck.archive.entry import UNSAID, Entry, PhotoRow, Record, UseRow, ViewRow
from provcheck.archive.kept import is_sound, pack
from provcheck.domain.archive import Use
from provcheck.domain.photo import Picture
from provcheck.domain.reading import Absent, Found, Reading

VIEW_TYPES: Final = ("image/jpeg", "image/png")  # all that a report may embed
PHOTO: Final = "SELECT sha256, name, width, height, phash, dhash, pdq, quality FROM photo"
NEXT: Final = "SELECT 1 + max((SELECT coalesce(max(id), 0) FROM photo), (SELECT coalesce(max(photo), 0) FROM removed))"
USE: Final = "SELECT url, publisher, published, credit, licence FROM use WHERE photo = ?"


def record_of(entry: Entry) -> Record:
    """An entry as the rows that keep it."""
    prints, use, view = entry.fingerprints, entry.use, entry.view
    photo = (entry.sha256, _plain(entry.name), entry.width, entry.height)
    hashes = (prints.phash, prints.dhash, bytes.fromhex(prints.pdq[0]), prints.quality)
    day = use.published.isoformat() if use.published else ""
    said = (_plain(use.url), _plain(use.publisher), day, _plain(use.credit), _plain(use.licence))
    return Record(
        (*photo, *hashes),
        () if use == UNSAID else (said,),
        (view.media_type, view.width, view.height, view.data) if view else None,
        pack(entry.features) if entry.features else None,
    )


def put(connection: sqlite3.Connection, record: Record, total: SetDigest) -> tuple[int, int]:
    """How many photos and uses the record added; what is there already stays as it is."""
    photo, photos = _insert_photo(connection, record.photo, total)
    uses = sum(insert_use(connection, photo, record.sha256, use, total) for use in record.uses)
    if record.view:
        _insert_view(connection, photo, record.sha256, record.view, total)
    if record.features is not None:
        connection.execute("INSERT OR IGNORE INTO feature VALUES (?, ?)", (photo, record.features))
    return photos, uses


def records(connection: sqlite3.Connection, *, features: bool) -> Iterator[Record]:
    """All that is kept, photo by photo."""
    for (number,) in connection.execute("SELECT id FROM photo ORDER BY id").fetchall():
        kept = "SELECT data FROM feature WHERE photo = ?"
        data = connection.execute(kept, (number,)).fetchone() if features else None
        yield Record(
            connection.execute(f"{PHOTO} WHERE id = ?", (number,)).fetchone(),
            tuple(connection.execute(USE, (number,))),
            connection.execute("SELECT media_type, width, height, data FROM view WHERE photo = ?", (number,)).fetchone(),
            data[0] if data else None,
        )


def take_away(connection: sqlite3.Connection, photo: int, total: SetDigest) -> tuple[int, int]:
    """Removes a photo with its uses, view and features; how many photos and uses that were."""
    values = connection.execute(f"{PHOTO} WHERE id = ?", (photo,)).fetchone()
    total.remove("photo", *values)
    uses = connection.execute(USE, (photo,)).fetchall()
    for use in uses:
        total.remove("use", values[0], *use)
    for view in connection.execute("SELECT media_type, width, height, data FROM view WHERE photo = ?", (photo,)):
        total.remove("view", values[0], *view)
    connection.execute("DELETE FROM photo WHERE id = ?", (photo,))
    connection.execute("INSERT INTO removed VALUES (?)", (photo,))
    return 1, len(uses)


def _insert_photo(connection: sqlite3.Connection, values: PhotoRow, total: SetDigest) -> tuple[int, int]:
    """The row's id, and whether it is new."""
    known = connection.execute("SELECT id FROM photo WHERE sha256 = ?", (values[0],)).fetchone()
    if known:
        return known[0], 0
    (number,) = connection.execute(NEXT).fetchone()
    connection.execute("INSERT INTO photo VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *values))
    total.add("photo", *values)
    return int(number), 1


def insert_use(connection: sqlite3.Connection, photo: int, sha256: str, values: UseRow, total: SetDigest) -> int:
    added = connection.execute(
        "INSERT OR IGNORE INTO use (photo, url, publisher, published, credit, licence) VALUES (?, ?, ?, ?, ?, ?)", (photo, *values)
    ).rowcount
    if added:
        total.add("use", sha256, *values)
    return added


def _insert_view(connection: sqlite3.Connection, photo: int, sha256: str, values: ViewRow, total: SetDigest) -> None:
    if connection.execute("INSERT OR IGNORE INTO view VALUES (?, ?, ?, ?, ?)", (photo, *values)).rowcount:
        total.add("view", sha256, *values)


def counted(connection: sqlite3.Connection) -> tuple[int, int, SetDigest]:
    """Photos, uses and digest as the rows themselves give them, in one walk over all."""
    total = SetDigest()
    photos = uses = 0
    for values in connection.execute(PHOTO):
        total.add("photo", *values)
        photos += 1
    for values in connection.execute(
        "SELECT sha256, url, publisher, published, credit, licence FROM use JOIN photo ON photo.id = use.photo"
    ):
        total.add("use", *values)
        uses += 1
    for values in connection.execute(
        "SELECT sha256, media_type, v.width, v.height, data FROM view v JOIN photo ON photo.id = v.photo"
    ):
        total.add("view", *values)
    return photos, uses, total


def damaged(connection: sqlite3.Connection) -> int:
    """Photos whose features are not as they were packed: the digest is of what people read, and leaves them out."""
    return sum(not is_sound(data) for (data,) in connection.execute("SELECT data FROM feature"))


def uses_of(connection: sqlite3.Connection, photo: int) -> tuple[Use, ...]:
    """Earliest dated first, undated last."""
    return tuple(map(use_of, connection.execute(f"{USE} ORDER BY published = '', published, id", (photo,))))


def use_of(row: UseRow) -> Use:
    url, publisher, day, credit, licence = row
    return Use(url, publisher, date.fromisoformat(day) if day else None, credit, licence)


def view_of(connection: sqlite3.Connection, photo: int) -> Reading[Picture]:
    return picture_of(connection.execute("SELECT media_type, width, height, data FROM view WHERE photo = ?", (photo,)).fetchone())


def picture_of(row: ViewRow | None) -> Reading[Picture]:
    return Found(Picture(*row)) if row and row[0] in VIEW_TYPES else Absent()


def _plain(text: str) -> str:
    """File names may hold bytes that are no text, and lists a NUL; no database takes both."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
