"""Does examining work on this machine, and does a cell hold? Drawn pictures go through one, and escapes are tried from inside."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from provcheck.config import Settings
from provcheck.domain.photo import Outcome
from provcheck.domain.reading import Found
from provcheck.jobs.cell import Cell
from provcheck.jobs.escape import Attempts
from provcheck.jobs.warm import drawn
from provcheck.report import sentence

WRITTEN = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "AVIF", "BMP", "JPEG2000")


@dataclass(frozen=True, slots=True)
class SelfTest:
    """Each format, and whether a picture in it came back examined. HEIC has no writer here: whether its decoder loads."""

    formats: tuple[tuple[str, bool], ...]
    escapes: Attempts

    @property
    def works(self) -> bool:
        return all(works for _, works in self.formats)


def selftest() -> SelfTest:
    with Cell(Settings()) as cell:
        written = tuple((name, _examined(cell, name)) for name in WRITTEN)
        escapes = try_escapes(cell)
    return SelfTest((*written, ("HEIC", _heic_loads())), escapes)


def try_escapes(cell: Cell) -> Attempts:
    """What a photo that had taken a process over could do here, tried in a folder of our own. It may spoil the cell."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "bait").write_bytes(b"bait")
        answer = cell.run("escape", os.fsencode(folder))
    return answer.value if isinstance(answer, Found) else Attempts((), (), sentence(answer.reason))


def _examined(cell: Cell, name: str) -> bool:
    try:
        data = drawn(name)
    except (OSError, KeyError):  # this Pillow was built without the format
        return False
    answer = cell.run("look", data)
    return isinstance(answer, Found) and answer.value.outcome is Outcome.EXAMINED


def _heic_loads() -> bool:
    try:
        import pi_heif
    except ImportError:
        return False
    return bool(pi_heif.libheif_version())
