"""How an archive file is made and opened: read-only places, several writers, and SQLite's errors in plain words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from provcheck.archive.schema import VERSION, identify, is_sound, migrate
from provcheck.domain.errors import ArchiveError

PATIENCE_S: Final = 60.0  # how long a writer waits for another's transaction


def create(path: Path) -> None:
    """Makes an empty archive file. Raises ArchiveError where something is there already or nothing can be written."""
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


def connect(path: Path, *, writable: bool) -> tuple[sqlite3.Connection, int]:
    """An open connection, and its schema version. A writer brings the schema up to date; a reader takes an older one."""
    version = identify(path)
    if writable and not _may_write(path):
        raise ArchiveError(f"{path}: is read-only, or its folder is. Copy the archive to a place where you may write.")
    with told(path), ExitStack() as undo:
        connection = undo.enter_context(closing(_connect(path, writable)))
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is removed is gone from the file, too
        if not is_sound(connection, version):
            raise ArchiveError(f"{path}: holds other tables than a provcheck archive; it is not opened.")
        if writable:
            migrate(connection)
            version = VERSION
        else:
            connection.execute("PRAGMA query_only = ON")
        undo.pop_all()
    return connection, version


@contextmanager
def told(path: Path) -> Iterator[None]:
    """SQLite's errors as ArchiveErrors with the file and what to do."""
    try:
        yield
    except sqlite3.OperationalError as fault:
        raise ArchiveError(
            f"{path}: {fault}. Check free space, permissions, and whether another program holds the file."
        ) from fault
    except IndexError as fault:  # its rows are SQLite's to check; only index files hold numbers that can point nowhere
        raise ArchiveError(
            f"{path}: its index files are damaged. The archive itself may be sound: provcheck archive rebuild {path}"
        ) from fault
    except (sqlite3.DatabaseError, ValueError) as fault:
        raise ArchiveError(f"{path}: is damaged ({fault}). Restore it from a copy.") from fault


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing."""
    with connection:  # commits at its end, and rolls back what is open when anything is raised
        connection.execute("BEGIN IMMEDIATE")
        yield


def _connect(path: Path, writable: bool) -> sqlite3.Connection:
    """A read-only place gets an immutable connection. Elsewhere a reader, too, opens read-write: only such a connection sees
    other writers' commits safely and takes its -wal and -shm files away again when it closes."""
    mode = "mode=rw" if writable or _may_write(path) else "mode=ro" if _has_log(path) else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None, timeout=PATIENCE_S)


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0
