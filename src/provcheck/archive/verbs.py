"""What every archive can do, whether one file keeps it or a database server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Final, Protocol, Self

from provcheck.archive.entry import Added, Entry, Hashes, Record
from provcheck.domain.archive import Match, Searched, Shared
from provcheck.domain.fingerprint import Features, Fingerprints

RADIUS: Final = 31  # of 256 bits: the threshold that PDQ's authors recommend
ALIKE: Final = 90  # bits: pictures of different scenes come nearer once in some 100,000 pairs; features decide what is alike
MOST_ALIKE: Final = 8  # photos, the nearest: each costs as much as one that was put forward by its features


class Archive(Protocol):
    """An open archive; a context manager. Every photo is there once, by its bytes, with all its uses.

    Every verb raises ArchiveError with the remedy where the archive cannot be read or written.
    """

    name: str  # what reports print: never a path or an address

    def add(self, entries: Iterable[Entry]) -> Added:
        """A batch is one transaction: all of it or nothing. Bytes that are known gain a use, not a second photo."""

    def merge(self, other: Archive) -> Added:
        """Every photo and use of another archive."""

    def records(self) -> Iterator[Record]:
        """All that is kept of every photo."""

    def hashes(self) -> Iterator[Hashes]:
        """The hashes of every photo in the order of its SHA-256."""

    def remove(self, sha256: str) -> bool:
        """Takes a photo away with its uses, thumbnail and features; False where it is not there."""

    def verify(self) -> Searched:
        """Reads every entry; raises IntegrityError where they do not match the archive's digest."""

    def rebuild(self) -> Searched:
        """Makes everything that is derived from the entries anew."""

    def info(self) -> Searched:
        """What a search of this archive rests on."""

    @property
    def searchable_parts(self) -> int:
        """How many of its photos hold local features."""

    def search(self, fingerprints: Fingerprints, radius: int = RADIUS) -> tuple[Match, ...]:
        """Every photo within `radius` bits of the picture in one of its eight orientations, nearest first, then by name."""

    def search_parts(self, features: Features, fingerprints: Fingerprints | None = None) -> tuple[Shared, ...]:
        """Every photo that shares a part, or its scene, with the picture that `features` (of budget SUBMITTED) were read from.

        Its `fingerprints` put photos forward too: the MOST_ALIKE nearest within ALIKE bits. Features decide about them as well.
        """

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...
