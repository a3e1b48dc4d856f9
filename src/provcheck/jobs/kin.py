"""Copies within a submitted set: each photo is searched in an archive of those that came before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from provcheck.archive import Entry, create_archive, open_archive, search_archives, search_parts
from provcheck.domain.archive import Copy, Relation
from provcheck.domain.case import Exhibit
from provcheck.domain.fingerprint import Features, Fingerprints
from provcheck.domain.reading import Found, Reading, Unreadable

MOST = 30  # copies of one photo among those before it: more than a report names


def marked(exhibit: Exhibit, features: Reading[Features]) -> Exhibit:
    """The exhibit, saying so where its parts could not be searched for."""
    if exhibit.evidence is None or not isinstance(features, Unreadable):
        return exhibit
    return replace(exhibit, unmatched=features.reason)


class Kin:
    """A set that grows; its archive lies in a folder of its own and goes with it."""

    def __init__(self) -> None:
        with ExitStack() as stack:
            path = Path(stack.enter_context(TemporaryDirectory(prefix="provcheck-"))) / "set"
            create_archive(path)
            self._archive = stack.enter_context(open_archive(path, writable=True))
            self._stack = stack.pop_all()
        self._numbers: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def join(self, exhibit: Exhibit, features: Reading[Features], kept: Reading[Features]) -> tuple[Copy, ...]:
        """The photos before it that show the same picture, or share a part with it; then it is one of those before."""
        if exhibit.evidence is None:
            return ()
        photo, prints = exhibit.photo, exhibit.evidence.fingerprints
        if photo.sha256 in self._numbers:
            return (Copy(self._numbers[photo.sha256], exhibit.number, Relation.SAME, True, 0, None, False, 0),)
        copies = tuple(islice(self._found(exhibit.number, prints, features), MOST))
        if isinstance(prints, Found):
            own = kept.value if isinstance(kept, Found) else None
            self._archive.add([Entry(photo.sha256, photo.name, photo.width, photo.height, prints.value, features=own)])
            self._numbers[photo.sha256] = exhibit.number
        return copies

    def _found(self, second: int, prints: Reading[Fingerprints], features: Reading[Features]) -> Iterator[Copy]:
        """One for each photo, by the whole picture and by its parts together."""
        whole = search_archives([self._archive], prints)
        parts = search_parts([self._archive], features, prints)
        matches = {match.sha256: match for match in whole.value.matches} if isinstance(whole, Found) else {}
        shared = {one.sha256: one for one in parts.value.shared} if isinstance(parts, Found) else {}
        for sha256, first in self._numbers.items():
            match, part = matches.get(sha256), shared.get(sha256)
            agreeing = part.agreeing if part else None
            if match:
                turn = match.turn
                yield Copy(first, second, Relation.SAME, False, match.distance, agreeing, turn.mirrored, turn.rotation)
            elif part and part.verdict is not Relation.SCENE:
                yield Copy(first, second, part.verdict, False, None, agreeing, part.mirrored, part.rotation)
