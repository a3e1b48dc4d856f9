"""Photos into an archive: decoded in cells, entered with the use that the desk gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from provcheck.archive import Archive, Entry
from provcheck.archive.entry import NO_PRINTS
from provcheck.archive.manifest import read_manifest
from provcheck.config import Settings
from provcheck.domain.archive import Use
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import Text
from provcheck.jobs.alone import Seen
from provcheck.jobs.examine import in_cells, no_picture
from provcheck.readers.intake import Submission, Taken, printable

T = TypeVar("T")
BATCH = 200  # photos a transaction: one commit's cost spread thin, and a broken-off run loses little


@dataclass(frozen=True, slots=True)
class Entered:
    """How many photos and uses were added, and how many files could not be."""

    photos: int
    uses: int
    refused: int


def listed(manifest: Path) -> list[tuple[Submission, Use]]:
    """What a CSV manifest lists. A photo is called by its path from the manifest's folder, by its name if it lies elsewhere."""
    folder = manifest.parent
    return [(Submission(row.path, _called(row.path, folder), walked=False), row.use) for row in read_manifest(manifest)]


def _called(path: Path, folder: Path) -> str:
    inside = path.is_relative_to(folder) and ".." not in path.parts
    return printable(path.relative_to(folder) if inside else Path(path.name))


def enter(
    archive: Archive,
    items: Iterable[tuple[Submission, Use]],
    settings: Settings,
    workers: int | None = None,
    told: Callable[[Submission, Text], None] = lambda _submission, _reason: None,
    *,
    views: bool = True,
) -> Entered:
    """Add what can be fingerprinted; `told` is called with each file that cannot, and why. `views`: keep small pictures too."""
    pairs = list(items)
    answers = in_cells((submission for submission, _ in pairs), "see", settings, workers)
    photos = uses = refused = 0
    for batch in _batches(zip(pairs, answers, strict=True)):
        entries = []
        for (submission, use), (_, taken, answer) in batch:
            entry = _entry(submission.name, use, taken, answer, views=views)
            if isinstance(entry, Entry):
                entries.append(entry)
            elif not no_picture(submission, entry.reason):
                refused += 1
                told(submission, entry.reason)
        added = archive.add(entries)
        photos, uses = photos + added.photos, uses + added.uses
    return Entered(photos, uses, refused)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Lists of at most `BATCH` items."""
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _entry(
    name: str, use: Use, taken: Found[Taken] | Unreadable, answer: Found[Any] | Unreadable, *, views: bool
) -> Entry | Unreadable:
    if isinstance(taken, Unreadable):
        return taken
    if isinstance(answer, Unreadable):
        return answer
    seen: Seen = answer.value
    view = seen.view.value if views and isinstance(seen.view, Found) else None
    features = seen.features.value if isinstance(seen.features, Found) else None
    if isinstance(seen.fingerprints, Found):
        prints = seen.fingerprints.value
    elif features:
        prints = NO_PRINTS
    else:
        return seen.fingerprints
    return Entry(taken.value.sha256, name, seen.width, seen.height, prints, use, view, features)
