"""The tables of an archive file, the steps from one version to the next, and how such a file is told from others."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from provcheck.domain.errors import ArchiveError

APPLICATION_ID: Final = 0x50564B41  # "PVKA", at byte 68 of the file
MAGIC: Final = b"SQLite format 3\0"
MIGRATIONS: Final = (
    """
    CREATE TABLE photo (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        phash TEXT NOT NULL,
        dhash TEXT NOT NULL,
        pdq BLOB NOT NULL CHECK (length(pdq) = 32),
        quality INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE use (
        id INTEGER PRIMARY KEY,
        photo INTEGER NOT NULL REFERENCES photo ON DELETE CASCADE,
        url TEXT NOT NULL,
        publisher TEXT NOT NULL,
        published TEXT NOT NULL,
        credit TEXT NOT NULL,
        licence TEXT NOT NULL,
        UNIQUE (photo, url, publisher, published, credit, licence)
    ) STRICT;
    CREATE INDEX use_published ON use (published);
    CREATE TABLE view (
        photo INTEGER PRIMARY KEY REFERENCES photo ON DELETE CASCADE,
        media_type TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        data BLOB NOT NULL
    ) STRICT;
    CREATE TABLE total (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        photos INTEGER NOT NULL,
        uses INTEGER NOT NULL,
        digest BLOB NOT NULL
    ) STRICT;
    INSERT INTO total VALUES (1, 0, 0, zeroblob(2048));
    """,
    """
    CREATE TABLE feature (
        photo INTEGER PRIMARY KEY REFERENCES photo ON DELETE CASCADE,
        data BLOB NOT NULL CHECK (length(data) % 15 = 0)
    ) STRICT;
    """,
    """
    CREATE TABLE removed (photo INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE identity (one INTEGER PRIMARY KEY CHECK (one = 1), key BLOB NOT NULL) STRICT;
    INSERT INTO identity VALUES (1, randomblob(16));
    """,
)
VERSION: Final = len(MIGRATIONS)
WITH_FEATURES: Final = 2  # the first version that keeps local features
WITH_SEGMENTS: Final = 3  # … and what index files beside the archive need: a key that ties them to it, and the numbers of
# removed photos, which are never given again


def identify(path: Path) -> int:
    """The schema version of the archive at `path`, from the file's first 100 bytes alone. Raises ArchiveError."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise ArchiveError(f"{path}: there is no such archive. Make one with: provcheck archive create {path}") from None
    except OSError as refused:
        raise ArchiveError(
            f"{path}: cannot be read ({refused.strerror}). Check that it is a file and that you may read it."
        ) from None
    if not header.startswith(MAGIC) or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise ArchiveError(f"{path}: is not a provcheck archive. Name one, or make a new one with: provcheck archive create")
    version = int.from_bytes(header[60:64], "big")
    if version > VERSION:
        raise ArchiveError(
            f"{path}: was made by a newer provcheck (schema {version}, this one reads up to {VERSION}). Upgrade provcheck."
        )
    return version


def migrate(connection: sqlite3.Connection, to: int = VERSION) -> None:
    """Brings the tables to version `to`, one transaction a step; does nothing where another process has done it."""
    while (version := connection.execute("PRAGMA user_version").fetchone()[0]) < to:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] == version:
            for statement in MIGRATIONS[version].split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.execute("COMMIT")


def is_sound(connection: sqlite3.Connection, version: int) -> bool:
    """Are the tables exactly those of `version`? A file from elsewhere could hold triggers or views under our names."""
    expected = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(expected, version)
        return _tables(connection) == _tables(expected)
    finally:
        expected.close()


def _tables(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    return set(connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema"))
