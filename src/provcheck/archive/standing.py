"""An index of everything in an archive, kept while it is open: files, what no file covers, and what came since, run by run.

A set that is added to photo by photo is searched after each. Were all of it read anew each time, two thousand photos would be
read two million times; the runs of what came since grow by merging, so that each photo is read a few times.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from provcheck.archive.segments import GROWTH, Kind, Rows, rest, runs

T = TypeVar("T")


@dataclass
class Standing(Generic[T]):
    """What `at` gives stands for the photos numbered up to `last`. `made` lays an index out in memory."""

    kind: Kind[T]
    made: Callable[[Rows], T]
    last: int
    before: list[T]
    since: list[tuple[int, int, T]] = field(default_factory=list)  # first and last number

    def at(self, connection: sqlite3.Connection) -> list[T]:
        """All runs, with what was added meanwhile, by whomever."""
        (newest,) = connection.execute("SELECT coalesce(max(id), 0) FROM photo").fetchone()
        if newest > self.last:
            first = self.last + 1
            while self.since and self.since[-1][1] - self.since[-1][0] + 1 < GROWTH * (newest - first + 1):
                first = self.since.pop()[0]
            self.since.append((first, newest, self.made(connection.execute(self.kind.rows, (first, newest)))))
            self.last = newest
        return [*self.before, *(index for _, _, index in self.since)]

    @property
    def is_long(self) -> bool:
        """Whether so much came since that it makes a file."""
        return bool(self.since) and self.last - self.since[0][0] >= self.kind.limit


def standing(kind: Kind[T], made: Callable[[Rows], T], archive: Path | None, connection: sqlite3.Connection) -> Standing[T]:
    """As the archive is now; without `archive` no files are looked for."""
    (newest,) = connection.execute("SELECT coalesce(max(id), 0) FROM photo").fetchone()
    covered = runs(kind, archive, connection) if archive else []
    return Standing(kind, made, newest, [*(run.index for run in covered), made(rest(kind, connection, covered))])
