"""Index files made while an archive is added to, in a thread with a connection of its own: neither adding nor a search waits."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

from provcheck.archive.connection import connect, told
from provcheck.archive.kinds import HASHES, PARTS
from provcheck.archive.segments import grow
from provcheck.domain.errors import ArchiveError


class Growth:
    """At most one thread of an open archive. What it cannot make, the next search makes, and says why where that fails too."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self._added = 0
        self._thread: Thread | None = None

    def added(self, photos: int) -> None:
        """So many photos are committed; begins where that may be enough for a file."""
        self._added += photos
        if self._added >= PARTS.limit and not self.runs:
            self._added = 0
            self._thread = Thread(target=_grow, args=(self._archive,), name="provcheck-index", daemon=True)
            self._thread.start()

    @property
    def runs(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def finish(self) -> None:
        """Waits for the thread, if one runs."""
        if self._thread:
            self._thread.join()


def _grow(archive: Path) -> None:
    with suppress(ArchiveError):
        connection, _ = connect(archive, writable=False)
        with closing(connection), told(archive):
            grow(HASHES, archive, connection)
            grow(PARTS, archive, connection)
