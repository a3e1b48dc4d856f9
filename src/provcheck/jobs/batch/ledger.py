"""The ledger: a SQLite file that knows of every photo whether it is done, by which methods, and who is at it."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Final, Self

from provcheck.domain.codec import decode, encode
from provcheck.jobs.batch.alive import is_alive, others
from provcheck.jobs.batch.folder import LEDGER, LedgerError, not_a_trap
from provcheck.jobs.batch.manifest import Row

FORM: Final = 2  # PRAGMA user_version
MARK: Final = 0x70766C67  # PRAGMA application_id: "pvlg"
PATIENCE_S: Final = 60.0  # for another's transaction: each takes milliseconds, enlisting a million rows seconds
LEASE_S: Final = 60.0  # renewed several times a minute; another machine's clock may be off by less than this
MOST_OF_A_ROW: Final = 64 << 20  # bytes, as of a report: a stranger's ledger may hold rows that fill the memory
SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS plan (one INTEGER PRIMARY KEY CHECK (one = 1), said TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS item (number INTEGER PRIMARY KEY, row TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting',"
    " runner TEXT NOT NULL DEFAULT '', until REAL NOT NULL DEFAULT 0, sha256 TEXT NOT NULL DEFAULT '',"
    " seen TEXT NOT NULL DEFAULT '', plates TEXT NOT NULL DEFAULT '', searched TEXT NOT NULL DEFAULT '',"
    " judged TEXT NOT NULL DEFAULT '', report TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '',"
    " code INTEGER NOT NULL DEFAULT 0, line TEXT NOT NULL DEFAULT '') STRICT",
    "CREATE TABLE IF NOT EXISTS kin (case_id TEXT PRIMARY KEY, key TEXT NOT NULL, line TEXT NOT NULL) STRICT",
    "CREATE INDEX IF NOT EXISTS item_state ON item (state, number)",
    "CREATE INDEX IF NOT EXISTS item_seen ON item (seen) WHERE seen != ''",
)
ENTRY: Final = "sha256, seen, plates, searched, judged, report, outcome, code, line"


@dataclass(frozen=True, slots=True)
class Done:
    """A photo's entry: the keys of what it was seen, searched and judged by, the digest of its report, and its line of results.

    An empty `seen` means that nothing was seen that could be used again.
    """

    sha256: str = ""
    seen: str = ""
    plates: str = ""
    searched: str = ""
    judged: str = ""
    report: str = ""
    outcome: str = ""
    code: int = 0  # the exit code that it earns
    line: str = ""


@dataclass(frozen=True, slots=True)
class Leased:
    """A photo that is this runner's to examine, and its entry from an earlier run."""

    row: Row
    before: Done


@dataclass(frozen=True, slots=True)
class Standing:
    """How many photos are where; `outcomes` of those that are done, by name."""

    total: int
    done: int
    leased: int
    outcomes: tuple[tuple[str, int], ...]

    @property
    def waiting(self) -> int:
        return self.total - self.done - self.leased

    @property
    def open(self) -> int:
        return self.total - self.done


def open_ledger(folder: Path, *, create: bool = False) -> Ledger:
    """The ledger of a batch's folder; raises LedgerError with the remedy."""
    path = folder / LEDGER
    if not create and not path.is_file():
        raise LedgerError(f"{folder}: holds no batch. Begin one with: provcheck batch run MANIFEST --out {folder}")
    if folder.exists() and not folder.is_dir():
        raise LedgerError(f"{folder}: is no folder. Choose another --out.")
    not_a_trap(folder)
    with _told(path), ExitStack() as undo:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        reading = not create and not os.access(folder, os.W_OK)  # of a read-only disk, what is done can still be told
        where = f"{path.absolute().as_uri()}?{'mode=ro&immutable=1' if reading else 'mode=rwc'}"
        connection = undo.enter_context(
            closing(sqlite3.connect(where, uri=True, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False))
        )
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_OF_A_ROW)
        if not reading:
            _prepare(connection, path)
        undo.pop_all()
    return Ledger(folder, connection)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """SQLite's switch to WAL ignores the busy timeout when two processes open a new file together: read the mode, try again."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as busy:
            if busy.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may undo the last photos, which are then done again
    connection.execute("BEGIN IMMEDIATE")
    mark, form = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    kinds = {kind for (kind,) in connection.execute("SELECT type FROM sqlite_schema")}
    if kinds and ((mark, form) != (MARK, FORM) or kinds & {"trigger", "view"}):
        connection.execute("ROLLBACK")
        raise LedgerError(f"{path}: is no ledger that this provcheck reads. Choose another --out.")
    for statement in (*SCHEMA, f"PRAGMA application_id = {MARK}", f"PRAGMA user_version = {FORM}"):
        connection.execute(statement)
    connection.execute("COMMIT")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """SQLite's and the system's complaints, as a sentence that names the file and what to do."""
    try:
        yield
    except sqlite3.OperationalError as fault:
        if fault.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            raise LedgerError(f"{path}: {fault}. Give a folder where you may write.") from fault
        raise LedgerError(f"{path}: {fault}. What is done is kept; go on with: provcheck batch resume {path.parent}") from fault
    except sqlite3.DatabaseError as fault:
        raise LedgerError(
            f"{path}: is damaged ({fault}). Take it away and run the batch again, or restore it from a copy."
        ) from fault
    except OSError as fault:
        raise LedgerError(f"{path}: {fault}. What is done is kept; go on with: provcheck batch resume {path.parent}") from fault


def _leased(path: Path, row: str, before: list[Any]) -> Leased:
    try:
        return Leased(decode(Row, json.loads(row)), Done(*before))
    except (ValueError, RecursionError) as broken:
        raise LedgerError(f"{path}: holds a row that is none. Take it away and run the batch again.") from broken


class Ledger:
    """An open ledger, for the threads of one runner. Several processes may share the file."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self._path = folder / LEDGER
        self._connection = connection
        self._turn = RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    @property
    def locks(self) -> Path:
        """Where runners hold their locks."""
        return self.folder / "runners"

    def plan(self) -> str:
        """The plan as it was said, as JSON; "" before there is one."""
        with _told(self._path):
            said = self._connection.execute("SELECT said FROM plan").fetchone()
        return str(said[0]) if said else ""

    def enlist(self, said: str, rows: Iterable[Row], me: str) -> None:
        """Enter a plan and its rows, all or nothing. Rows that stand there already keep their entries, but are looked at again."""
        with self._writing():
            joined = said == self.plan() and others(self.locks, me)
            self._connection.execute("INSERT INTO plan VALUES (1, ?) ON CONFLICT DO UPDATE SET said = excluded.said", (said,))
            count = 0
            for row in rows:
                count = row.number
                self._connection.execute(
                    "INSERT INTO item (number, row) VALUES (?, ?) ON CONFLICT DO UPDATE SET row = excluded.row, state = 'waiting'"
                    " WHERE row != excluded.row",
                    (row.number, json.dumps(encode(row))),
                )
            self._connection.execute("DELETE FROM item WHERE number > ?", (count,))
            if not joined:
                self._connection.execute("UPDATE item SET state = 'waiting', runner = '' WHERE state = 'done'")

    def lease(self, me: str, most: int) -> tuple[Leased, ...]:
        """At most `most` photos that nobody is at, now this runner's."""
        if most < 1:
            return ()
        with self._writing():
            found = self._connection.execute(
                f"SELECT number, row, {ENTRY} FROM item WHERE state = 'waiting' ORDER BY number LIMIT ?",  # noqa: S608  our own names
                (most,),
            ).fetchall()
            self._connection.executemany(
                "UPDATE item SET state = 'leased', runner = ?, until = ? WHERE number = ?",
                [(me, time.time() + LEASE_S, number) for number, *_ in found],
            )
        return tuple(_leased(self._path, row, before) for _, row, *before in found)

    def renew(self, me: str) -> None:
        """Say that this runner lives, and take back what dead ones hold."""
        with self._writing():
            now = time.time()
            self._connection.execute("UPDATE item SET until = ? WHERE state = 'leased' AND runner = ?", (now + LEASE_S, me))
            living = {me, *others(self.locks, me)}
            dead = [runner for runner in self._holders() if runner not in living]
            self._connection.executemany(
                "UPDATE item SET state = 'waiting' WHERE state = 'leased' AND runner = ?", [(runner,) for runner in dead]
            )
            self._connection.execute("UPDATE item SET state = 'waiting' WHERE state = 'leased' AND until < ?", (now,))

    def release(self, me: str) -> None:
        """Give back what this runner has not done."""
        with self._writing():
            self._connection.execute("UPDATE item SET state = 'waiting' WHERE state = 'leased' AND runner = ?", (me,))

    def finish(self, me: str, done: Iterable[tuple[int, Done]]) -> frozenset[int]:
        """Enter what this runner has done, in one transaction, and give the numbers that were entered.

        A photo that was taken from it meanwhile, because its lease ran out, is the other runner's to enter: each result once.
        """
        entered = set()
        with self._writing():
            for number, each in done:
                changed = self._connection.execute(
                    "UPDATE item SET state = 'done', sha256 = ?, seen = ?, plates = ?, searched = ?, judged = ?, report = ?,"
                    " outcome = ?, code = ?, line = ? WHERE number = ? AND state = 'leased' AND runner = ?",
                    (*astuple(each), number, me),
                )
                if changed.rowcount:
                    entered.add(number)
        return frozenset(entered)

    def seen(self, key: str) -> tuple[int, Done] | None:
        """A photo with the same bytes that was seen by the same methods: its number and entry."""
        with self._turn, _told(self._path):
            found = self._connection.execute(
                f"SELECT number, {ENTRY} FROM item WHERE seen = ? AND report != '' LIMIT 1",  # noqa: S608  our own names
                (key,),
            ).fetchone()
        return (int(found[0]), Done(*found[1:])) if found else None

    def standing(self) -> Standing:
        with self._turn, _told(self._path):
            states = dict(self._connection.execute("SELECT state, count(*) FROM item GROUP BY state").fetchall())
            outcomes = self._connection.execute(
                "SELECT outcome, count(*) FROM item WHERE state = 'done' GROUP BY outcome ORDER BY outcome"
            ).fetchall()
        return Standing(sum(states.values()), states.get("done", 0), states.get("leased", 0), tuple(outcomes))

    def at_work(self) -> int:
        """How many photos a living runner is at; those of one that was killed wait for the next."""
        living = {lock.stem for lock in self.locks.glob("*.lock") if is_alive(self.locks, lock.stem)}
        with self._turn, _told(self._path):
            held = self._connection.execute("SELECT runner, count(*) FROM item WHERE state = 'leased' GROUP BY runner").fetchall()
        return sum(count for runner, count in held if runner in living)

    def exit_code(self) -> int:
        """The worst of the exit codes that the photos earn."""
        with self._turn, _told(self._path):
            worst = self._connection.execute("SELECT max(code) FROM item WHERE state = 'done'").fetchone()[0]
        return int(worst or 0)

    def lines(self) -> Iterator[str]:
        """The results of all that is done, in the manifest's order."""
        with _told(self._path):
            for (line,) in self._connection.execute("SELECT line FROM item WHERE state = 'done' ORDER BY number"):
                yield line

    def done(self, numbers: Iterable[int]) -> tuple[Leased, ...]:
        """Done photos with their entries, in the order of `numbers`."""
        asked = f"SELECT row, {ENTRY} FROM item WHERE number = ? AND state = 'done'"  # noqa: S608  our own names
        with self._turn, _told(self._path):
            found = [self._connection.execute(asked, (number,)).fetchone() for number in numbers]
        return tuple(_leased(self._path, row, before) for row, *before in filter(None, found))

    def kin_keys(self) -> dict[str, str]:
        """The cases that were compared, each with the key of what it was compared by."""
        with self._turn, _told(self._path):
            return dict(self._connection.execute("SELECT case_id, key FROM kin").fetchall())

    def enter_kin(self, case: str, key: str, line: str) -> None:
        with self._writing():
            self._connection.execute("INSERT OR REPLACE INTO kin VALUES (?, ?, ?)", (case, key, line))

    def drop_kin(self, cases: Iterable[str]) -> None:
        """Forget cases that the list has no more."""
        with self._writing():
            self._connection.executemany("DELETE FROM kin WHERE case_id = ?", [(case,) for case in cases])

    def kin_lines(self) -> Iterator[str]:
        """The line of each case that was compared, by the case's name."""
        with _told(self._path):
            for (line,) in self._connection.execute("SELECT line FROM kin ORDER BY case_id"):
                yield line

    def _holders(self) -> list[str]:
        return [runner for (runner,) in self._connection.execute("SELECT DISTINCT runner FROM item WHERE state = 'leased'")]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._turn, _told(self._path), self._connection:  # commits at its end; what is raised rolls back
            self._connection.execute("BEGIN IMMEDIATE")
            yield
