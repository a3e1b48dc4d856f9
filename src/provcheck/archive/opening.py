"""An archive by its name."""

from __future__ import annotations

from pathlib import Path

from provcheck.archive.connection import create
from provcheck.archive.store import open_file
from provcheck.archive.verbs import Archive


def create_archive(path: Path) -> None:
    """Makes an empty archive. Raises ArchiveError where one is there already or nothing can be written there."""
    create(path)


def open_archive(path: Path, *, writable: bool = False) -> Archive:
    """Opens an archive to search it, or with `writable` to add to it. Raises ArchiveError with the remedy."""
    return open_file(path, writable=writable)
