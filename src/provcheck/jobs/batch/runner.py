"""A runner: takes photos from the ledger, has them examined, and enters what was done. Several may share one ledger."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from provcheck.jobs.batch.alive import living, others, turn
from provcheck.jobs.batch.desk import Desk, Entry, Examiner, Opener
from provcheck.jobs.batch.folder import LedgerError
from provcheck.jobs.batch.kinship import Kinship
from provcheck.jobs.batch.ledger import Ledger, Standing
from provcheck.jobs.batch.manifest import read_rows
from provcheck.jobs.batch.plan import Methods, Plan, methods_of, said
from provcheck.jobs.batch.results import sweep
from provcheck.jobs.batch.station import Station
from provcheck.jobs.batch.summary import leave
from provcheck.jobs.batch.tally import Tally
from provcheck.jobs.batch.versions import Versions, versions
from provcheck.jobs.examine import default_workers

AHEAD = 3  # photos leased for each worker: enough that none waits for the ledger, few enough for other runners
THREADS = 2  # for each cell: while one waits for its cell, the other reads, judges and writes
RENEW_S = 10.0  # well inside a lease
PAUSE_S = 0.5  # between looks at the ledger while another runner finishes the rest


@dataclass(frozen=True, slots=True)
class Tick:
    """One photo done. `did` names the work; `kept`: nothing had changed since it was done before."""

    number: int
    name: str
    outcome: str
    did: tuple[str, ...]
    kept: bool
    standing: Standing


def run(
    ledger: Ledger,
    plan: Plan,
    *,
    again: bool,
    examiner: Opener,
    told: Callable[[Tick], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    now: Versions | None = None,
) -> Standing:
    """Work until all is done or `stop` says so, and write the results when all is done. With `again` the list is read anew.

    `examiner` opens what looks at the photos: `here` or a cluster. `now` are the methods' versions, unless this installation's.
    """
    with living(ledger.locks) as me:
        methods = methods_of(plan, now or versions())
        if again:
            ledger.enlist(said(plan), read_rows(Path(plan.source)), me)
        ledger.renew(me)
        try:
            with examiner(methods) as opened:
                desk = Desk(ledger, methods, me, opened)
                _Shift(ledger, desk, told, stop).work()
                compared = False
                if not ledger.standing().open:
                    with turn(ledger.locks):
                        compared = Kinship(desk, stop).compare()
        finally:
            with suppress(LedgerError):  # a full disk: the lock is let go of below, and the next runner takes what was leased
                ledger.release(me)
        if not others(ledger.locks, me):
            sweep(ledger.folder)
        standing = ledger.standing()
        if compared and not standing.open:  # a stopped run ends at once; `batch export` writes what it has done
            leave(ledger, plan.as_of, me, plan.lang)
        return standing


def here(workers: int | None) -> Opener:
    """Photos are examined in cells of this machine, `workers` at once; one a core unless said."""
    count = workers or default_workers()

    @contextmanager
    def opened(methods: Methods) -> Iterator[Examiner]:
        with Station(methods.settings, methods.archives, count) as station:
            yield Examiner(station.examine, lambda: count, threads=THREADS * count, reads=True)

    return opened


class _Shift:
    """One runner at work: leases, waits, enters, until nothing is left or it is told to stop."""

    def __init__(self, ledger: Ledger, desk: Desk, told: Callable[[Tick], None], stop: Callable[[], bool]) -> None:
        self._ledger, self._desk, self._told, self._stop = ledger, desk, told, stop
        self._tally = Tally(ledger)
        self._pending: set[Future[Entry]] = set()
        self._renewed = time.monotonic()

    def work(self) -> None:
        pool = ThreadPoolExecutor(self._desk.examiner.threads)
        try:
            while self._step(pool):
                pass
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _step(self, pool: ThreadPoolExecutor) -> bool:
        """Whether there is more to do."""
        stopping = self._stop()
        if stopping:
            self._pending = {future for future in self._pending if not future.cancel()}
        else:
            room = self._desk.examiner.capacity() * AHEAD - len(self._pending)
            self._pending |= {pool.submit(self._desk.do, leased) for leased in self._ledger.lease(self._desk.me, room)}
        if time.monotonic() - self._renewed > RENEW_S or not self._pending:
            self._ledger.renew(self._desk.me)
            self._renewed = time.monotonic()
        if self._pending:
            finished, self._pending = wait(self._pending, timeout=RENEW_S / 2, return_when=FIRST_COMPLETED)
            self._enter([future.result() for future in finished])
            return True
        standing = self._tally.count()
        if stopping or not standing.waiting + standing.leased:
            return False
        if not standing.waiting:
            time.sleep(PAUSE_S)  # another runner is at the last ones; if it dies they are ours
        return True

    def _enter(self, done: list[Entry]) -> None:
        entered = self._ledger.finish(self._desk.me, [(each.leased.row.number, each.done) for each in done])
        ours = [each for each in done if each.leased.row.number in entered]
        standing = self._tally.add([each.done.outcome for each in ours])
        for each in ours:
            row = each.leased.row
            self._told(Tick(row.number, row.name, each.done.outcome, each.did, each.done == each.leased.before, standing))
