"""The index files beside an archive: derived from it, each over a run of photos, made when the rest outgrows a limit.

`old.pvx.index/hashes-1-1000000.seg` covers the photos numbered 1 to 1,000,000. A photo never changes and its number is never
given again, so a file stays true until a photo of it is removed: what the archive no longer holds is passed over, and erased
from the file. Where files overlap the longest one counts, so that merging is: write the longer, then delete the shorter ones.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from provcheck.archive.mapped import Array, Mapped, read, write

T = TypeVar("T")
GROWTH: Final = 4  # a run is merged with the one before it unless that is this many times longer: few runs, each copied seldom
SAMPLES: Final = 8  # photos of a run that are held against the archive: a file left by another archive of this name is passed over
LEFT_S: Final = 3600  # a half-written file changes all the time; one that has not for so long is a killed process's
HELD: Final = "SELECT count(*) FROM photo WHERE id BETWEEN ? AND ?"

Rows = Iterator[tuple[int, bytes]]


@dataclass(frozen=True)
class Kind(Generic[T]):
    """One of the two indexes. `rows` selects number and blob of the photos from … to; `made` lays them out, `opened` uses that."""

    name: str
    rows: str
    limit: int  # photos outside every run before one is made of them
    longest: int  # photos in a run
    made: Callable[[Rows], dict[str, Array]]
    opened: Callable[[dict[str, Array]], T]
    erased: Callable[[dict[str, Array], int, bytes], None]


@dataclass(frozen=True)
class Run(Generic[T]):
    first: int
    last: int
    path: Path
    index: T


def runs(kind: Kind[T], archive: Path, connection: sqlite3.Connection) -> list[Run[T]]:
    """The usable files that cover most, in order; what is broken or of another archive is as if it were not there."""
    found: list[Run[T]] = []
    for first, last, path in sorted(_named(kind, archive), key=lambda one: (one[0], -one[1])):
        if found and first <= found[-1].last:
            continue
        with suppress(OSError, ValueError, KeyError):
            mapped = read(path)
            if _is_of(mapped, connection):
                found.append(Run(first, last, path, kind.opened(mapped.arrays)))
    return found


def rest(kind: Kind[T], connection: sqlite3.Connection, covered: list[Run[T]]) -> Rows:
    """The photos that no run covers."""
    start = 1
    for run in [*covered, None]:
        yield from connection.execute(kind.rows, (start, run.first - 1 if run else 1 << 62))
        start = run.last + 1 if run else start


def grow(kind: Kind[T], archive: Path, connection: sqlite3.Connection) -> None:
    """Makes a run of what follows the last one, when that is more than the limit, and merges runs that are too short."""
    covered = runs(kind, archive, connection)
    start = covered[-1].last + 1 if covered else 1
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM photo").fetchone()
    if last - start < kind.limit:
        return
    while covered and covered[-1].last - covered[-1].first + 1 < GROWTH * (last - start + 1):
        if last - covered[-1].first + 1 > kind.longest:
            break
        start = covered.pop().first
    while start <= last:
        end = min(last, start + kind.longest - 1)
        _make(kind, archive, connection, start, end)
        start = end + 1


def erase(kind: Kind[T], archive: Path, photo: int, blob: bytes) -> None:
    """Takes a removed photo out of the files that cover it; a file that cannot be changed is deleted."""
    for first, last, path in list(_named(kind, archive)):
        if first <= photo <= last:
            try:
                kind.erased(read(path, writable=True).arrays, photo, blob)
            except (OSError, ValueError, KeyError, IndexError):
                path.unlink(missing_ok=True)


def drop(archive: Path) -> None:
    """Deletes all index files."""
    folder = _folder(archive)
    for path in folder.glob("*.seg*"):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def _make(kind: Kind[T], archive: Path, connection: sqlite3.Connection, first: int, last: int) -> None:
    """A place where nothing may be written has no index files: every search then reads the archive itself."""
    facts: dict[str, str | int] = {"key": _key(connection), **_samples(connection, first, last)}
    with suppress(OSError):
        _folder(archive).mkdir(exist_ok=True)
        _sweep(_folder(archive))
        path = _folder(archive) / f"{kind.name}-{first}-{last}.seg"
        while True:
            there = connection.execute(HELD, (first, last)).fetchone()
            write(path, facts, kind.made(iter(connection.execute(kind.rows, (first, last)))))
            if connection.execute(HELD, (first, last)).fetchone() == there:
                break  # else a photo was removed meanwhile, before there was a file to erase it from
        for start, end, shorter in list(_named(kind, archive)):
            if first <= start and end <= last and shorter != path:
                with suppress(OSError):  # some systems keep a file that a reader has mapped; it is passed over then
                    shorter.unlink()


def _sweep(folder: Path) -> None:
    for left in folder.glob("*.seg.*.new"):
        with suppress(OSError):  # another process took it, or finished it
            if time.time() - left.stat().st_mtime > LEFT_S:
                left.unlink()


def _named(kind: Kind[T], archive: Path) -> Iterator[tuple[int, int, Path]]:
    with suppress(OSError):
        for path in _folder(archive).glob(f"{kind.name}-*.seg"):
            first, _, last = path.stem.removeprefix(f"{kind.name}-").partition("-")
            if first.isdecimal() and last.isdecimal():
                yield int(first), int(last), path


def _is_of(mapped: Mapped, connection: sqlite3.Connection) -> bool:
    """Whether the file was made from this archive: its key, and the photos sampled then, as far as they are still there."""
    if mapped.facts["key"] != _key(connection):
        return False
    for number, sha256 in mapped.facts.items():
        if number.isdecimal():
            row = connection.execute("SELECT sha256 FROM photo WHERE id = ?", (int(number),)).fetchone()
            if row and row[0] != sha256:
                return False
    return True


def _samples(connection: sqlite3.Connection, first: int, last: int) -> dict[str, str]:
    step = max(1, (last - first) // (SAMPLES - 1))
    at = {*range(first, last + 1, step), last}
    found = (connection.execute("SELECT id, sha256 FROM photo WHERE id = ?", (one,)).fetchone() for one in sorted(at))
    return {str(row[0]): row[1] for row in found if row}


def _key(connection: sqlite3.Connection) -> str:
    return str(connection.execute("SELECT hex(key) FROM identity").fetchone()[0])


def _folder(archive: Path) -> Path:
    return archive.with_name(archive.name + ".index")
