"""A runner: takes photos from the ledger, has them looked at in cells, judges them, writes reports, and says so in the ledger."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from provcheck.domain.case import NOT_SEARCHED, Exhibit
from provcheck.domain.errors import ProvcheckError
from provcheck.domain.fingerprint import Features
from provcheck.domain.reading import Found, Reading, Unreadable
from provcheck.jobs.batch.alive import living, others
from provcheck.jobs.batch.ledger import Done, Leased, Ledger, LedgerError, Standing
from provcheck.jobs.batch.manifest import read_rows
from provcheck.jobs.batch.plan import Methods, Plan, methods_of, said
from provcheck.jobs.batch.results import export, line_of, report_path, sweep, write_whole
from provcheck.jobs.cell import Cell
from provcheck.jobs.examine import default_workers, exhibit_of, search
from provcheck.pipeline import judge
from provcheck.readers.intake import Submission, Taken, take
from provcheck.report import read_json, render_json

AHEAD = 3  # photos leased for each worker: enough that none waits for the ledger, few enough for other runners
RENEW_S = 10.0  # well inside a lease
PAUSE_S = 0.5  # between looks at the ledger while another runner finishes the rest


@dataclass(frozen=True, slots=True)
class Tick:
    """One photo done. `kept`: nothing had changed since it was done before."""

    number: int
    name: str
    outcome: str
    kept: bool
    standing: Standing


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a worker brings back: an exhibit, or the entry that still holds."""

    leased: Leased
    look: str
    exhibit: Exhibit | None
    features: Reading[Features] = NOT_SEARCHED


def run(
    ledger: Ledger,
    plan: Plan,
    *,
    again: bool,
    workers: int | None = None,
    told: Callable[[Tick], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Standing:
    """Work until all is done or `stop` says so, then write the results. With `again` the list is read anew."""
    with living(ledger.locks) as me, methods_of(plan) as methods:
        if again:
            ledger.enlist(said(plan), read_rows(Path(plan.source)), me)
        ledger.renew(me)
        try:
            with _pool(ledger, methods, workers or default_workers()) as submit:
                _work(ledger, methods, me, (workers or default_workers()) * AHEAD, submit, told, stop)
        finally:
            with suppress(LedgerError):  # a full disk: the lock is let go of below, and the next runner takes what was leased
                ledger.release(me)
        if not others(ledger.locks, me):
            sweep(ledger.folder)
        export(ledger, me)
        return ledger.standing()


def _work(
    ledger: Ledger,
    methods: Methods,
    me: str,
    most: int,
    submit: Callable[[Leased], Future[_Looked]],
    told: Callable[[Tick], None],
    stop: Callable[[], bool],
) -> None:
    pending: set[Future[_Looked]] = set()
    renewed = time.monotonic()
    while True:
        if stop():
            pending = {future for future in pending if not future.cancel()}
        else:
            pending |= {submit(leased) for leased in ledger.lease(me, most - len(pending))}
        if time.monotonic() - renewed > RENEW_S or not pending:
            ledger.renew(me)
            renewed = time.monotonic()
        if pending:
            finished, pending = wait(pending, timeout=RENEW_S / 2, return_when=FIRST_COMPLETED)
            _enter(ledger, [_judged(future.result(), methods, ledger.folder, me) for future in finished], told)
        elif stop() or not (standing := ledger.standing()).waiting + standing.leased:
            return
        elif not standing.waiting:
            time.sleep(PAUSE_S)


def _enter(ledger: Ledger, done: list[tuple[Leased, Done]], told: Callable[[Tick], None]) -> None:
    ledger.finish((leased.row.number, entry) for leased, entry in done)
    standing = ledger.standing()
    for leased, entry in done:
        told(Tick(leased.row.number, leased.row.name, entry.outcome, entry == leased.before, standing))


def _judged(looked: _Looked, methods: Methods, folder: Path, me: str) -> tuple[Leased, Done]:
    """The report, written, and the ledger's entry for it; the entry from before where nothing changed."""
    leased, row = looked.leased, looked.leased.row
    key = methods.judged(row, looked.look)
    if looked.exhibit is None:
        return leased, leased.before
    named = replace(looked.exhibit, photo=replace(looked.exhibit.photo, name=row.name))
    exhibit = search(named, methods.archives, looked.features)
    report = judge((exhibit,), methods.about(row), as_of=methods.as_of, settings=methods.settings, title=row.photo_id)
    write_whole(folder / report_path(row.number), [render_json(report)], me)
    look = (
        "" if exhibit.reason and exhibit.reason.id.startswith("cell.") else looked.look
    )  # a busy machine's timeout is tried again
    return leased, Done(exhibit.photo.sha256, look, key, exhibit.outcome.value, line_of(row, exhibit, report))


@contextmanager
def _pool(ledger: Ledger, methods: Methods, count: int) -> Iterator[Callable[[Leased], Future[_Looked]]]:
    """Threads with a cell each; what has not started when the block ends is dropped."""
    cells: SimpleQueue[Cell] = SimpleQueue()
    with ExitStack() as stack:
        for _ in range(count):
            cells.put(stack.enter_context(Cell(methods.settings)))
        pool = ThreadPoolExecutor(count)
        stack.callback(pool.shutdown, wait=True, cancel_futures=True)
        yield lambda leased: pool.submit(_look, leased, ledger, methods, cells)


def _look(leased: Leased, ledger: Ledger, methods: Methods, cells: SimpleQueue[Cell]) -> _Looked:
    """Look at a photo, unless the same bytes were looked at before by the same methods, here or under another name."""
    row = leased.row
    submission = Submission(Path(row.path), row.name, row.walked, row.trouble)
    taken = Unreadable(row.trouble) if row.trouble else take(submission.path, methods.settings.max_bytes)
    if isinstance(taken, Unreadable):
        return _Looked(leased, "", exhibit_of(1, submission, taken, taken))
    key = methods.look(row, taken.value.sha256)
    own = ledger.folder / report_path(row.number)
    if leased.before.judged == methods.judged(row, key) and own.is_file():
        return _Looked(leased, key, None)
    number = row.number if leased.before.look == key else ledger.seen(key)
    if number is not None and (exhibit := _exhibit_in(ledger.folder / report_path(number), taken.value.sha256)):
        return _Looked(
            leased, key, exhibit, _features(_answer(cells, taken, submission, "query")) if methods.archives else NOT_SEARCHED
        )
    answer = _answer(cells, taken, submission, "look")
    return _Looked(leased, key, exhibit_of(1, submission, taken, answer), _features(answer) if methods.archives else NOT_SEARCHED)


def _features(answer: Found[Any] | Unreadable) -> Reading[Features]:
    """What parts are searched by. A ledger keeps none: for a photo that was looked at before they are taken anew."""
    return answer.value.features if isinstance(answer, Found) else answer


def _answer(cells: SimpleQueue[Cell], taken: Found[Taken], submission: Submission, task: str) -> Found[Any] | Unreadable:
    cell = cells.get()
    try:
        return cell.run(task, taken.value.data, submission.path.suffix.lower())
    finally:
        cells.put(cell)


def _exhibit_in(path: Path, sha256: str) -> Exhibit | None:
    """The exhibit of a report that was written before; None where it is missing, damaged, or of other bytes."""
    try:
        exhibit = read_json(path.read_text("utf-8")).case.exhibits[0]
    except (OSError, UnicodeDecodeError, ProvcheckError, IndexError):
        return None
    return exhibit if exhibit.photo.sha256 == sha256 else None
