"""Where photos are looked at and searched for: the cells and the open archives of one process, for its threads."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self, TypeVar

from provcheck.archive import Archive, open_archive, search_archives, search_parts
from provcheck.config import Settings
from provcheck.domain.archive import PartSearch, Search
from provcheck.domain.fingerprint import Features, Fingerprints
from provcheck.domain.reading import Found, Reading, Unreadable
from provcheck.jobs.alone import PlatesSeen, Query
from provcheck.jobs.batch.job import Brought, Job
from provcheck.jobs.cell import Cell
from provcheck.jobs.examine import exhibit_of
from provcheck.pipeline import Look
from provcheck.readers.intake import Submission, Taken, take

T = TypeVar("T")
Hits = tuple[Reading[Search], Reading[PartSearch]]
LOOK, PLATES, SEARCH = "look", "plates", "search"  # what was done for a photo, for the log
CELLS_A_SEARCHER = 6  # looking takes about six times as long as searching; each searcher holds the archives' index in memory


class Searcher:
    """The archives, opened and asked in one thread of their own: a database connection belongs to its thread."""

    def __init__(self, archives: tuple[str, ...]) -> None:
        with ExitStack() as undo:
            self._thread = undo.enter_context(ThreadPoolExecutor(1))
            self._archives = self._thread.submit(_opened, archives).result()
            undo.pop_all()

    def search(self, fingerprints: Reading[Fingerprints], features: Reading[Features]) -> Hits:
        """Whole copies, then parts: Absent where no archive holds any."""
        return self._thread.submit(self._search, fingerprints, features).result()

    def _search(self, fingerprints: Reading[Fingerprints], features: Reading[Features]) -> Hits:
        return search_archives(self._archives, fingerprints), search_parts(self._archives, features, fingerprints)

    def close(self) -> None:
        for archive in self._archives:
            self._thread.submit(archive.close).result()
        self._thread.shutdown()


def _opened(paths: tuple[str, ...]) -> tuple[Archive, ...]:
    with ExitStack() as stack:
        archives = tuple(stack.enter_context(open_archive(name)) for name in paths)
        stack.pop_all()
        return archives


class Station:
    """Serves as many threads as call it, each with a cell of its own; searchers are shared. Opened and closed as a context."""

    def __init__(self, settings: Settings, archives: tuple[str, ...], threads: int) -> None:
        self._settings = settings
        self._cells: SimpleQueue[Cell] = SimpleQueue()
        self._searchers: SimpleQueue[Searcher] = SimpleQueue()
        with ExitStack() as stack:
            for _ in range(threads):
                self._cells.put(stack.enter_context(Cell(settings)))
            for _ in range(-(-threads // CELLS_A_SEARCHER)):
                self._searchers.put(searcher := Searcher(archives))
                stack.callback(searcher.close)
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def examine(self, job: Job, taken: Found[Taken] | Unreadable | None = None) -> Brought:
        """Do what the job asks. The file's bytes are read here unless they are given."""
        submission = Submission(Path(job.path), job.name, job.walked, job.trouble)
        if taken is None:
            taken = Unreadable(job.trouble) if job.trouble else take(submission.path, self._settings.max_bytes)
        if isinstance(taken, Unreadable):
            return Brought("", exhibit_of(1, submission, taken, taken))
        if job.known == taken.value.sha256:
            return self._rest(job, submission, taken.value)
        answer: Found[Look] | Unreadable = self._ask("look", submission, taken.value)
        exhibit = exhibit_of(1, submission, taken, answer)
        if isinstance(answer, Unreadable) or exhibit.evidence is None:
            return Brought(taken.value.sha256, exhibit, did=(LOOK,))
        reuse, parts = self._find(exhibit.evidence.fingerprints, answer.value.features)
        return Brought(taken.value.sha256, replace(exhibit, reuse=reuse, parts=parts), did=(LOOK, SEARCH))

    def _rest(self, job: Job, submission: Submission, taken: Taken) -> Brought:
        """Of a photo that was looked at before: its plates anew, its searches anew, what its case needs, or nothing."""
        brought = Brought(taken.sha256, None)
        if job.plates:
            seen: Found[PlatesSeen] | Unreadable = self._ask("plates", submission, taken)
            plates = seen if isinstance(seen, Unreadable) else seen.value.plates
            brought = replace(brought, plates=plates, did=(PLATES,))
        if job.search:
            query: Found[Query] | Unreadable = self._ask("query", submission, taken)
            reuse, parts = (
                (query, query) if isinstance(query, Unreadable) else self._find(query.value.fingerprints, query.value.features)
            )
            brought = replace(brought, reuse=reuse, parts=parts, did=(*brought.did, SEARCH))
        if job.kin:
            sought: Found[Query] | Unreadable = self._ask("query_in_set", submission, taken)
            features, kept = (sought, sought) if isinstance(sought, Unreadable) else (sought.value.features, sought.value.kept)
            brought = replace(brought, features=features, kept=kept)
        return brought

    def _find(self, fingerprints: Reading[Fingerprints], features: Reading[Features]) -> Hits:
        with lent(self._searchers) as searcher:
            return searcher.search(fingerprints, features)

    def _ask(self, task: str, submission: Submission, taken: Taken) -> Found[Any] | Unreadable:
        with lent(self._cells) as cell:
            return cell.run(task, taken.data, submission.path.suffix.lower())


@contextmanager
def lent(things: SimpleQueue[T]) -> Iterator[T]:
    """One of them, waited for, and given back."""
    thing = things.get()
    try:
        yield thing
    finally:
        things.put(thing)
