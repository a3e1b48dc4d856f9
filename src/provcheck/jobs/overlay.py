"""What was changed: matched archived pictures laid over the submitted one, in a cell."""

from __future__ import annotations

from types import TracebackType
from typing import Final, Self

from provcheck.config import Settings
from provcheck.domain.archive import Laid, Match, Overlay, Relation, Shared
from provcheck.domain.case import Exhibit
from provcheck.domain.reading import Found, Reading, Unreadable
from provcheck.jobs.cell import Cell
from provcheck.jobs.pair import Over, packed

MOST: Final = 2  # overlays a photo: each adds some 100 kB to the report


class Overlays:
    """Lays matches over submitted photos; its cell starts with the first match."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cell: Cell | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._cell:
            self._cell.__exit__(kind, error, trace)

    def of(self, exhibit: Exhibit, data: bytes) -> tuple[Overlay, ...]:
        """The nearest copies that the archives keep a picture of, over the photo whose file is `data`."""
        shown = [(one, one.view.value) for one in _copies(exhibit) if isinstance(one.view, Found)]
        return tuple(Overlay(one.archive, one.sha256, self._laid(view.data, data)) for one, view in shown[:MOST])

    def _laid(self, archived: bytes, submitted: bytes) -> Reading[Laid]:
        self._cell = self._cell or Cell(self._settings)
        answer = self._cell.run("lay", packed(archived, submitted))
        if isinstance(answer, Unreadable):
            return answer
        over: Over = answer.value
        return over.laid


def _copies(exhibit: Exhibit) -> list[Match | Shared]:
    """Whole copies, then parts, each archived picture once. Another moment of a scene is not laid over: all of it differs."""
    whole: list[Match | Shared] = list(exhibit.reuse.value.matches) if isinstance(exhibit.reuse, Found) else []
    known = {(one.archive, one.sha256) for one in whole}
    shared = exhibit.parts.value.shared if isinstance(exhibit.parts, Found) else ()
    return whole + [one for one in shared if one.verdict is not Relation.SCENE and (one.archive, one.sha256) not in known]
