"""What was changed: matched archived pictures laid over the submitted one, in a cell."""

from __future__ import annotations

from itertools import islice
from types import TracebackType
from typing import Final, Self

from provcheck.config import Settings
from provcheck.domain.archive import Laid, Match, Overlay, PartSearch, Relation, Search, Shared, Source
from provcheck.domain.reading import Found, Reading, Unreadable
from provcheck.domain.text import say
from provcheck.jobs.cell import Cell
from provcheck.jobs.originals import Originals
from provcheck.jobs.pair import Over, packed

MOST: Final = 2  # overlays a photo: each adds some 100 kB to the report


class Overlays:
    """Lays matches over submitted photos; its cell starts with the first match."""

    def __init__(self, settings: Settings, originals: Originals | None = None) -> None:
        self._settings = settings
        self._originals = originals
        self._cell: Cell | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._cell:
            self._cell.__exit__(kind, error, trace)

    def of(self, whole: Reading[Search], parts: Reading[PartSearch], data: bytes) -> tuple[Overlay, ...]:
        """The nearest copies that a picture is at hand of, over the photo whose file is `data`."""
        return tuple(islice(filter(None, (self._over(one, data) for one in _copies(whole, parts))), MOST))

    def _over(self, one: Match | Shared, data: bytes) -> Overlay | None:
        """The archived file over the photo, or the archive's view; None where neither was promised."""
        file = self._originals.data(one.sha256, one.name) if self._originals else None
        if file is not None:
            return Overlay(one.archive, one.sha256, self._laid(file, data), Source.FILE)
        source = Source.NO_FILE if self._originals else Source.VIEW
        if isinstance(one.view, Found):
            return Overlay(one.archive, one.sha256, self._laid(one.view.value.data, data), source)
        return Overlay(one.archive, one.sha256, Unreadable(say("overlay.no-file")), source) if self._originals else None

    def _laid(self, archived: bytes, submitted: bytes) -> Reading[Laid]:
        self._cell = self._cell or Cell(self._settings)
        answer = self._cell.run("lay", packed(archived, submitted))
        if isinstance(answer, Unreadable):
            return answer
        over: Over = answer.value
        return over.laid


def _copies(whole: Reading[Search], parts: Reading[PartSearch]) -> list[Match | Shared]:
    """Whole copies, then parts, each archived picture once. Another moment of a scene is not laid over: all of it differs."""
    copies: list[Match | Shared] = list(whole.value.matches) if isinstance(whole, Found) else []
    known = {(one.archive, one.sha256) for one in copies}
    shared = parts.value.shared if isinstance(parts, Found) else ()
    return copies + [one for one in shared if one.verdict is not Relation.SCENE and (one.archive, one.sha256) not in known]
