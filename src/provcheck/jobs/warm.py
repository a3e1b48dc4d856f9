"""What is loaded before the first photo comes: every decoder, table and network, by looking at a picture drawn here."""

from __future__ import annotations

import io
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from provcheck.config import Settings
from provcheck.pipeline import look

SIDE = 256  # pixels: large enough to be fingerprinted
OPTIONAL = ("pi_heif", "c2pa", "timezonefinder", "resource", "encodings.idna", "encodings.cp1251", "encodings.utf_16")
WHEN = "2023:07:29 10:00:00"


def warm() -> None:
    """Load. OpenCV is kept to one thread: a process with several cannot fork safely, and the pool has a process a core."""
    import cv2
    from PIL import Image

    cv2.setNumThreads(1)
    Image.init()
    for name in OPTIONAL:
        if find_spec(name.partition(".")[0]):
            import_module(name)
    for name in ("JPEG", "PNG"):
        look(drawn(name), "." + name.lower(), Settings())


def drawn(name: str) -> bytes:
    """A picture in the format that Pillow calls `name`, with a time and a place. OSError or KeyError where it writes none."""
    from PIL import Image

    file = io.BytesIO()
    # a gradient times a chequer: detail enough for every fingerprint
    picture = Image.radial_gradient("L").resize((SIDE, SIDE))
    picture.paste(Image.linear_gradient("L").resize((SIDE // 2, SIDE // 2)), (0, 0))
    options: dict[str, Any] = {"exif": _exif()} if name in ("JPEG", "PNG") else {}
    picture.convert("RGB").save(file, name, **options)
    return file.getvalue()


def _exif() -> bytes:
    """So that the tables of zones and places are read too."""
    from PIL import ExifTags, Image

    block = Image.Exif()
    block[ExifTags.Base.Make] = "none"
    inner = block.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal], inner[ExifTags.Base.OffsetTimeOriginal] = WHEN, "+05:00"
    place = block.get_ifd(ExifTags.IFD.GPSInfo)
    place.update({1: "N", 2: (51.0, 12.0, 0.0), 3: "E", 4: (52.0, 12.0, 0.0)})
    return block.tobytes()
