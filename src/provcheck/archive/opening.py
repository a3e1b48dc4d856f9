"""An archive by its name: a file, or a database server that a postgresql:// address names."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from provcheck.archive.connection import create
from provcheck.archive.store import open_file
from provcheck.archive.verbs import Archive

SERVER: Final = ("postgresql:", "postgres:")  # whatever follows: a mistyped address is no file name, and may hold a password
PARTITIONS: Final = 4  # of a new archive on a server: as many servers as it can spread over


def is_server(name: str | Path) -> bool:
    """Whether an archive's name is the address of a database server."""
    return str(name).lower().startswith(SERVER)


def create_archive(name: str | Path, *, partitions: int = PARTITIONS) -> None:
    """Makes an empty archive. Raises ArchiveError where one is there already or nothing can be written there."""
    if is_server(name):
        from provcheck.archive.postgres import create_on_server

        create_on_server(str(name), partitions)
    else:
        create(Path(name))


def open_archive(name: str | Path, *, writable: bool = False) -> Archive:
    """Opens an archive to search it, or with `writable` to add to it. Raises ArchiveError with the remedy."""
    if is_server(name):
        from provcheck.archive.postgres import open_on_server

        return open_on_server(str(name), writable=writable)
    return open_file(Path(name), writable=writable)


def shown(name: str | Path) -> str:
    """The name as a message may print it: an address without user and password."""
    if not is_server(name):
        return str(name)
    from provcheck.archive.postgres import address_of

    return address_of(str(name)).shown


def kept_name(name: str | Path) -> str:
    """The name as a batch's plan keeps it: a path made absolute, an address without its password."""
    if not is_server(name):
        return str(Path(name).absolute())
    from provcheck.archive.postgres import address_of

    return address_of(str(name)).kept
