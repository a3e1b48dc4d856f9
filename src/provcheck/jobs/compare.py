"""Two files compared in one cell: what `provcheck compare` calls."""

from __future__ import annotations

from pathlib import Path

from provcheck.config import Settings
from provcheck.domain.reading import Found, Unreadable
from provcheck.jobs.cell import Cell
from provcheck.jobs.pair import Pair, packed
from provcheck.readers.intake import take


def compare(first: Path, second: Path, settings: Settings) -> Found[Pair] | Unreadable:
    """The first laid over the second, or why a file could not be taken or decoded."""
    here, there = take(first, settings.max_bytes), take(second, settings.max_bytes)
    if isinstance(here, Unreadable):
        return here
    if isinstance(there, Unreadable):
        return there
    with Cell(settings) as cell:
        return cell.run("pair", packed(here.value.data, there.value.data))
