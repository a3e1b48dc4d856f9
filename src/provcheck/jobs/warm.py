"""What is loaded before the first photo comes: every decoder, table and network, by looking at a picture drawn here."""

from __future__ import annotations

import io
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from provcheck.config import Settings
from provcheck.jobs.alone import see_metadata
from provcheck.pipeline import look
from provcheck.readers.place import every_zone
from provcheck.readers.plates.formats import fitting, lacks_russian_signs
from provcheck.readers.plates.regions import regions

PLATE = "A000AA163"  # a text of a plate's form, of a serial that is never issued
SIDE = 256  # pixels: large enough to be fingerprinted
OPTIONAL = (
    *("pi_heif", "c2pa", "cryptography.x509", "timezonefinder", "resource", "PIL.ImageCms", "PIL.ImageFilter"),
    *(f"encodings.{name}" for name in ("idna", "cp1251", "utf_16", "utf_16_be", "utf_16_le")),
)
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
    see_metadata(drawn("JPEG", bare=True), ".jpg", Settings())  # the builds of messengers, which write no metadata
    lacks_russian_signs(PLATE)
    fitting(PLATE, 1)
    regions()


def warm_whole() -> None:
    """Load also what a photo's own content would ask for: where the walls let no file be opened behind them."""
    every_zone()


def drawn(name: str, *, bare: bool = False) -> bytes:
    """A picture in the format that Pillow calls `name`, with time and place unless `bare`.

    OSError or KeyError where it writes none.
    """
    from PIL import Image

    file = io.BytesIO()
    # a gradient times a chequer: detail enough for every fingerprint
    picture = Image.radial_gradient("L").resize((SIDE, SIDE))
    picture.paste(Image.linear_gradient("L").resize((SIDE // 2, SIDE // 2)), (0, 0))
    options: dict[str, Any] = {"exif": _exif()} if name in ("JPEG", "PNG") and not bare else {}
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
