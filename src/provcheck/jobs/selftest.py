"""Does examining work on this machine? A drawn picture goes through a cell in every format that Pillow can write here."""

from __future__ import annotations

import io
from dataclasses import dataclass

from provcheck.config import Settings
from provcheck.domain.photo import Outcome
from provcheck.domain.reading import Found
from provcheck.jobs.cell import Cell

WRITTEN = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "AVIF", "BMP", "JPEG2000")
SIDE = 256  # pixels: large enough to be fingerprinted


@dataclass(frozen=True, slots=True)
class SelfTest:
    """Each format, and whether a picture in it came back examined. HEIC has no writer here: whether its decoder loads."""

    formats: tuple[tuple[str, bool], ...]

    @property
    def works(self) -> bool:
        return all(works for _, works in self.formats)


def selftest() -> SelfTest:
    with Cell(Settings()) as cell:
        written = tuple((name, _examined(cell, name)) for name in WRITTEN)
    return SelfTest((*written, ("HEIC", _heic_loads())))


def _examined(cell: Cell, name: str) -> bool:
    try:
        data = _drawn(name)
    except (OSError, KeyError):  # this Pillow was built without the format
        return False
    answer = cell.run("look", data)
    return isinstance(answer, Found) and answer.value.outcome is Outcome.EXAMINED


def _drawn(name: str) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    # a gradient times a chequer: detail enough for every fingerprint
    picture = Image.radial_gradient("L").resize((SIDE, SIDE))
    picture.paste(Image.linear_gradient("L").resize((SIDE // 2, SIDE // 2)), (0, 0))
    picture.convert("RGB").save(file, name)
    return file.getvalue()


def _heic_loads() -> bool:
    try:
        import pi_heif
    except ImportError:
        return False
    return bool(pi_heif.libheif_version())
