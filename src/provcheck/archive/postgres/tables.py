"""The tables of an archive on a server: four that are partitioned by the photo, so that they spread, and the log of its sums.

No table refers to another and none has a key above its partitions: only so may a partition be a foreign table on another server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import psycopg

VERSION: Final = 1
BANDS: Final = 16  # of 16 bits: two hashes within 31 bits differ by at most one bit in some band
PARTITIONED: Final = {  # table: columns, key of a partition
    "photo": (
        "id bytea NOT NULL, name text NOT NULL, width integer NOT NULL, height integer NOT NULL, phash bytea NOT NULL, "
        "dhash bytea NOT NULL, pdq bit(256) NOT NULL, quality smallint NOT NULL",
        "id",
    ),
    "use": (
        "id bytea NOT NULL, digest bytea NOT NULL, url text NOT NULL, publisher text NOT NULL, published date, "
        "credit text NOT NULL, licence text NOT NULL",
        "id, digest",
    ),
    "view": (
        "id bytea NOT NULL, media_type text NOT NULL, width integer NOT NULL, height integer NOT NULL, data bytea NOT NULL",
        "id",
    ),
    "feature": ("id bytea NOT NULL, data bytea NOT NULL", "id"),
}


def band(number: int) -> str:
    """The expression of one band of a hash, as a number."""
    return f"(substring(pdq FROM {16 * number + 1} FOR 16)::bit(16)::integer)"


def statements(partitions: int) -> tuple[str, ...]:
    """What makes an empty archive in the schema of the search path."""
    made = [f"CREATE TABLE {table} ({columns}) PARTITION BY HASH (id)" for table, (columns, _) in PARTITIONED.items()]
    for number in range(partitions):
        made += partition(partitions, number)
    made.append(
        "CREATE TABLE change (id bigserial PRIMARY KEY, photos bigint NOT NULL, uses bigint NOT NULL, digest bytea NOT NULL)"
    )
    made.append("CREATE TABLE archive (version integer NOT NULL, partitions integer NOT NULL)")
    made.append(f"INSERT INTO archive VALUES ({VERSION}, {partitions})")
    return tuple(made)


def partition(partitions: int, number: int) -> list[str]:
    """One partition of every table, with its keys and the indexes of the sixteen bands."""
    made = []
    for table, (_, key) in PARTITIONED.items():
        name = f"{table}_{number}"
        values = f"FOR VALUES WITH (MODULUS {partitions}, REMAINDER {number})"
        made.append(f"CREATE TABLE {name} PARTITION OF {table} (PRIMARY KEY ({key})) {values}")
    made += [f"CREATE INDEX photo_{number}_band_{at} ON photo_{number} ({band(at)})" for at in range(BANDS)]
    made.append(f"CREATE INDEX use_{number}_published ON use_{number} (published)")
    made.append(f"ALTER TABLE view_{number} ALTER COLUMN data SET STORAGE EXTERNAL")  # JPEG does not shrink again
    return made


def found_version(connection: psycopg.Connection) -> int | None:
    """The schema version of the archive; None where there is none."""
    import psycopg

    try:
        row = connection.execute("SELECT version FROM archive").fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        return None
    return int(row[0]) if row else None
