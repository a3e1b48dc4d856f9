"""Many photos, one cell a worker: exhibits in the order of the submissions, whatever finishes first."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from itertools import count as counting
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from provcheck.archive import Archive, search_archives, search_parts
from provcheck.config import Settings
from provcheck.domain.archive import Copy
from provcheck.domain.case import NOT_SEARCHED, Exhibit
from provcheck.domain.claim import Claim
from provcheck.domain.fingerprint import Features
from provcheck.domain.photo import Outcome, Photo
from provcheck.domain.plate import HandReading
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.report import Report
from provcheck.domain.text import Text
from provcheck.jobs.cell import Cell
from provcheck.jobs.kin import Kin, marked
from provcheck.jobs.originals import Originals
from provcheck.jobs.overlay import Overlays
from provcheck.jobs.plate_readings import all_named, with_hand_readings
from provcheck.jobs.run import today
from provcheck.pipeline import Look, judge
from provcheck.readers.formats import PICTURE_SUFFIXES
from provcheck.readers.intake import Submission, Taken, take, walk

S = TypeVar("S")
T = TypeVar("T")
DEFAULTS = Settings()
AHEAD = 4  # photos in flight for each worker: enough that a slow one does not idle the others


def default_workers() -> int:
    """One cell a core that this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def in_cells(
    submissions: Iterable[Submission], task: str, settings: Settings, workers: int | None = None
) -> Iterator[tuple[Submission, Found[Taken] | Unreadable, Found[Any] | Unreadable]]:
    """Run one task on every submission: what was submitted, its bytes or the refusal, and what the cell answered."""

    def work(submission: Submission, cell: Cell) -> tuple[Submission, Found[Taken] | Unreadable, Found[Any] | Unreadable]:
        taken = Unreadable(submission.trouble) if submission.trouble else take(submission.path, settings.max_bytes)
        if isinstance(taken, Unreadable):
            return submission, taken, taken
        return submission, taken, cell.run(task, taken.value.data, submission.path.suffix.lower())

    return with_cells(work, submissions, settings, workers)


def with_cells(work: Callable[[S, Cell], T], items: Iterable[S], settings: Settings, workers: int | None = None) -> Iterator[T]:
    """`work` on every item, each with a cell that no other has meanwhile; in the items' order."""

    def lent(item: S) -> T:
        cell = cells.get()
        try:
            return work(item, cell)
        finally:
            cells.put(cell)

    count = workers or default_workers()
    cells: SimpleQueue[Cell] = SimpleQueue()
    with ExitStack() as stack:
        for _ in range(count):
            cells.put(stack.enter_context(Cell(settings)))
        pool = stack.enter_context(ThreadPoolExecutor(count))
        yield from in_order(pool, lent, items, count * AHEAD)


def in_order(pool: ThreadPoolExecutor, work: Callable[[S], T], items: Iterable[S], ahead: int) -> Iterator[T]:
    """`map` that starts at most `ahead` items before the first of them is taken; what has not started is dropped on exit."""
    waiting: deque[Future[T]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def examine(
    paths: Sequence[Path], *, archives: Sequence[Archive] = (), settings: Settings = DEFAULTS, workers: int | None = None
) -> Iterator[Exhibit]:
    """Look at every file under `paths` and search the archives for it; one exhibit a file, in sorted order."""
    for number, (submission, taken, answer) in enumerate(in_cells(walk(tuple(paths)), "look", settings, workers), 1):
        features = answer.value.features if isinstance(answer, Found) else answer
        yield search(exhibit_of(number, submission, taken, answer), archives, features)


def exhibit_of(number: int, submission: Submission, taken: Found[Taken] | Unreadable, answer: Found[Look] | Unreadable) -> Exhibit:
    if isinstance(taken, Unreadable):
        return _refused(number, Photo(submission.name, "", 0), taken.reason)
    photo = Photo(submission.name, taken.value.sha256, len(taken.value.data))
    if isinstance(answer, Unreadable):
        return _refused(number, photo, answer.reason)
    seen = answer.value
    photo = replace(photo, format=seen.format, width=seen.width, height=seen.height)
    picture = seen.picture or not submission.walked
    return Exhibit(number, photo, seen.outcome, seen.reason, seen.evidence, picture=picture)


def no_picture(submission: Submission, reason: Text) -> bool:
    """A file in a walked folder that is no picture by content or by name: no failure, only not for us."""
    other = submission.path.suffix.lower() not in PICTURE_SUFFIXES
    return submission.walked and other and reason.id in ("intake.unknown-format", "intake.no-picture")


def _refused(number: int, photo: Photo, reason: Text) -> Exhibit:
    return Exhibit(number, photo, Outcome.REFUSED, reason, None)


def search(exhibit: Exhibit, archives: Sequence[Archive], features: Reading[Features] = NOT_SEARCHED) -> Exhibit:
    """The exhibit with what the archives hold of it: whole, and by its local features where those were taken."""
    fingerprints = exhibit.evidence.fingerprints if exhibit.evidence else Absent()
    if isinstance(fingerprints, Absent):
        return exhibit
    return replace(exhibit, reuse=search_archives(archives, fingerprints), parts=search_parts(archives, features, fingerprints))


def check(
    paths: Sequence[Path],
    *,
    claims: tuple[Claim, ...] = (),
    archives: Sequence[Archive] = (),
    settings: Settings = DEFAULTS,
    as_of: date | None = None,
    workers: int | None = None,
    title: str = "",
    rendered: bool = False,
    seen: Callable[[Exhibit], None] = lambda _: None,
    plate_readings: tuple[HandReading, ...] = (),
    originals: Path | None = None,
) -> Report:
    """Examine photos under claims. `seen` is called with each exhibit as it is done; `as_of` is today unless given; `originals`
    is a folder with archived pictures, which are laid over their copies in place of the archive's small views.

    Raises ConfigError where a plate reading names no photo, or a region that the photo does not have, or `originals` no folder.
    """
    several = len(paths) > 1 or any(path.is_dir() for path in paths)
    kept = Originals(originals, settings) if originals else None
    exhibits, copies = together(
        walk(tuple(paths)), archives, settings, workers, seen, several=several, readings=plate_readings, originals=kept
    )
    all_named(exhibits, plate_readings)
    day = as_of or today()
    return judge(exhibits, claims, as_of=day, settings=settings, title=title, rendered=rendered, copies=copies)


def together(
    submissions: Iterable[Submission],
    archives: Sequence[Archive],
    settings: Settings,
    workers: int | None = None,
    seen: Callable[[Exhibit], None] = lambda _: None,
    *,
    several: bool,
    readings: tuple[HandReading, ...] = (),
    originals: Originals | None = None,
    numbers: Iterable[int] | None = None,
) -> tuple[tuple[Exhibit, ...], Reading[tuple[Copy, ...]]]:
    """The exhibits of one case, and the copies among them; Absent where there is one photo alone.

    `numbers` are the exhibits' own, 1, 2, 3, … unless given.
    """
    exhibits: list[Exhibit] = []
    copies: list[Copy] = []
    with ExitStack() as stack:
        kin = stack.enter_context(Kin()) if several else None
        overlays = stack.enter_context(Overlays(settings, originals))
        answers = in_cells(submissions, "look_in_set" if kin else "look", settings, workers)
        for (submission, taken, answer), number in zip(answers, counting(1) if numbers is None else numbers, strict=False):
            features, kept = (answer.value.features, answer.value.kept) if isinstance(answer, Found) else (answer, answer)
            exhibit = with_hand_readings(search(exhibit_of(number, submission, taken, answer), archives, features), readings)
            if isinstance(taken, Found):
                exhibit = replace(exhibit, overlays=overlays.of(exhibit.reuse, exhibit.parts, taken.value.data))
            if kin:
                copies += kin.join(exhibit, features, kept)
                exhibit = marked(exhibit, features)
            exhibits.append(exhibit)
            seen(exhibit)
    alone = sum(exhibit.picture for exhibit in exhibits) < 2
    return tuple(exhibits), NOT_SEARCHED if alone else Found(tuple(copies))
