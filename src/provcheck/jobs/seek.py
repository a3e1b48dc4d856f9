"""Photos looked for in one archive: what `provcheck archive search` tells of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from provcheck.archive import Archive, search_archives, search_parts
from provcheck.config import Settings
from provcheck.domain.archive import Overlay, PartSearch, Search
from provcheck.domain.reading import Found, Reading, Unreadable
from provcheck.jobs.alone import Query
from provcheck.jobs.examine import in_cells
from provcheck.jobs.originals import Originals
from provcheck.jobs.overlay import Overlays
from provcheck.readers.intake import Submission, Taken


@dataclass(frozen=True, slots=True)
class Sought:
    """What the archive holds of one photo, and, where its pictures are at hand as files, how the nearest copies lie over it."""

    whole: Reading[Search]
    parts: Reading[PartSearch]
    overlays: tuple[Overlay, ...] = ()


def seek(
    archive: Archive,
    submissions: Iterable[Submission],
    settings: Settings,
    workers: int | None = None,
    originals: Path | None = None,
) -> Iterator[tuple[Submission, Found[Taken] | Unreadable, Found[Sought] | Unreadable]]:
    """One a submission, in order. Nothing is laid over a photo unless `originals`, a folder of archived pictures, is given."""
    kept = Originals(originals, settings) if originals else None
    with Overlays(settings, kept) as overlays:
        for submission, taken, answer in in_cells(submissions, "query", settings, workers):
            if isinstance(answer, Unreadable):
                yield submission, taken, answer
                continue
            seen: Query = answer.value
            whole = search_archives([archive], seen.fingerprints)
            parts = search_parts([archive], seen.features, seen.fingerprints)
            laid = overlays.of(whole, parts, taken.value.data) if kept and isinstance(taken, Found) else ()
            yield submission, taken, Found(Sought(whole, parts, laid))
