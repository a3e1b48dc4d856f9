"""Drawn pictures and the files they are saved as: everything that tests decode was made here."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image


def scene(width: int = 320, height: int = 240, seed: int = 0) -> Image.Image:
    """A picture with detail at every scale: smooth waves, a bright rectangle in one corner, and a little noise."""
    noise = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    waves = [127 + 90 * np.sin(x / (9.0 + 7 * i + seed) + i) * np.cos(y / (13.0 + 5 * i)) for i in range(3)]
    rgb = np.stack(waves, -1) + noise.normal(0, 6, (height, width, 3))
    rgb[: height // 4, : width // 3] += 60
    return Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8))


def saved(image: Image.Image, format_: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, format_, **options)
    return file.getvalue()


def exif(**tags: Any) -> bytes:
    """An EXIF block with the given tags of IFD0 by name, `DateTimeOriginal` and such going to the Exif IFD."""
    from PIL import ExifTags

    block = Image.Exif()
    inner = block.get_ifd(ExifTags.IFD.Exif)
    for name, value in tags.items():
        tag = ExifTags.Base[name]
        if name.startswith(("DateTimeOrig", "DateTimeDig", "OffsetTime", "LensModel")):
            inner[tag] = value
        else:
            block[tag] = value
    return block.tobytes()
