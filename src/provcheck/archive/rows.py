"""Entries to rows and back: the SQL of one photo, its uses, its view and its features."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Final

from provcheck.archive.digest import SetDigest
from provcheck.archive.entry import UNSAID, Entry
from provcheck.archive.parts import pack
from provcheck.archive.words import describe
from provcheck.domain.archive import Use
from provcheck.domain.photo import Picture
from provcheck.domain.reading import Absent, Found, Reading

VIEW_TYPES: Final = ("image/jpeg", "image/png")  # all that a report may embed
Values = tuple[str | int | bytes, ...]
PHOTO: Final = "SELECT sha256, name, width, height, phash, dhash, pdq, quality FROM photo"
USE: Final = "SELECT url, publisher, published, credit, licence FROM use WHERE photo = ?"


def put(connection: sqlite3.Connection, entry: Entry, total: SetDigest) -> tuple[int, int]:
    """How many photos and uses the entry added; what is there already stays as it is."""
    prints, use = entry.fingerprints, entry.use
    hashes = (prints.phash, prints.dhash, bytes.fromhex(prints.pdq[0]), prints.quality)
    photo, photos = _insert_photo(connection, (entry.sha256, _plain(entry.name), entry.width, entry.height, *hashes), total)
    uses = 0
    if use != UNSAID:
        day = use.published.isoformat() if use.published else ""
        said = (_plain(use.url), _plain(use.publisher), day, _plain(use.credit), _plain(use.licence))
        uses = _insert_use(connection, photo, entry.sha256, said, total)
    if entry.view:
        view = (entry.view.media_type, entry.view.width, entry.view.height, entry.view.data)
        _insert_view(connection, photo, entry.sha256, view, total)
    if entry.features:
        connection.execute("INSERT OR IGNORE INTO feature VALUES (?, ?)", (photo, pack(describe(entry.features))))
    return photos, uses


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
    return 1, len(uses)


def copy_photo(
    source: sqlite3.Connection, number: int, target: sqlite3.Connection, total: SetDigest, *, features: bool
) -> tuple[int, int]:
    """Copies a photo of another archive with all that is kept of it; how many photos and uses that added."""
    values = source.execute(f"{PHOTO} WHERE id = ?", (number,)).fetchone()
    photo, photos = _insert_photo(target, values, total)
    uses = sum(_insert_use(target, photo, values[0], use, total) for use in source.execute(USE, (number,)))
    for view in source.execute("SELECT media_type, width, height, data FROM view WHERE photo = ?", (number,)):
        _insert_view(target, photo, values[0], view, total)
    if features:
        for (data,) in source.execute("SELECT data FROM feature WHERE photo = ?", (number,)):
            target.execute("INSERT OR IGNORE INTO feature VALUES (?, ?)", (photo, data))
    return photos, uses


def _insert_photo(connection: sqlite3.Connection, values: Values, total: SetDigest) -> tuple[int, int]:
    """The row's id, and whether it is new."""
    known = connection.execute("SELECT id FROM photo WHERE sha256 = ?", (values[0],)).fetchone()
    if known:
        return known[0], 0
    cursor = connection.execute(
        "INSERT INTO photo (sha256, name, width, height, phash, dhash, pdq, quality) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values
    )
    total.add("photo", *values)
    return int(cursor.lastrowid or 0), 1


def _insert_use(connection: sqlite3.Connection, photo: int, sha256: str, values: tuple[str, ...], total: SetDigest) -> int:
    added = connection.execute(
        "INSERT OR IGNORE INTO use (photo, url, publisher, published, credit, licence) VALUES (?, ?, ?, ?, ?, ?)", (photo, *values)
    ).rowcount
    if added:
        total.add("use", sha256, *values)
    return added


def _insert_view(connection: sqlite3.Connection, photo: int, sha256: str, values: Values, total: SetDigest) -> None:
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


def uses_of(connection: sqlite3.Connection, photo: int) -> tuple[Use, ...]:
    """Earliest dated first, undated last."""
    rows = connection.execute(f"{USE} ORDER BY published = '', published, id", (photo,))
    return tuple(
        Use(url, who, date.fromisoformat(day) if day else None, credit, licence) for url, who, day, credit, licence in rows
    )


def view_of(connection: sqlite3.Connection, photo: int) -> Reading[Picture]:
    row = connection.execute("SELECT media_type, width, height, data FROM view WHERE photo = ?", (photo,)).fetchone()
    return Found(Picture(*row)) if row and row[0] in VIEW_TYPES else Absent()


def _plain(text: str) -> str:
    """File names may hold bytes that are no text; SQLite takes none."""
    return text.encode("utf-8", "replace").decode()
