"""The one form in which a photo leaves: a baseline JPEG of pixels alone, whose every other byte is known beforehand."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from provcheck.redact.solid import Rgb

QUALITY = 90  # by eye the same as the source; the file grows less than half over a phone's own
MOST_SIDE = 65_500  # pixels: libjpeg's own limit
SOI, EOI, SOS = b"\xff\xd8", b"\xff\xd9", 0xDA
RESTARTS = range(0xD0, 0xD8)


class FormError(ValueError):
    """Bytes that are no plain JPEG of ours."""


@dataclass(frozen=True, slots=True)
class Parts:
    """`frame` is all before the coded pixels, `coded` the pixels themselves."""

    frame: bytes
    coded: bytes


def encoded(rgb: Rgb) -> bytes:
    """No subsampling, so that a filled block stays solid; standard tables, so that the frame tells nothing of the picture."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(rgb).save(file, "JPEG", quality=QUALITY, subsampling=0, optimize=False, progressive=False)
    return file.getvalue()


@lru_cache(maxsize=8)
def frame(width: int, height: int) -> bytes:
    """All that a plain JPEG of this size holds but its coded pixels: from a black picture that this encoder wrote."""
    small = parts(encoded(np.zeros((8, 8, 3), np.uint8))).frame
    size = small.index(b"\xff\xc0") + 5  # marker, length, precision; then height and width
    return small[:size] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + small[size + 4 :]


def parts(data: bytes) -> Parts:
    """Raises FormError where `data` is more, or other, than one scan between a frame and the end marker."""
    if not data.startswith(SOI):
        raise FormError("no JPEG")
    at = 2
    while True:
        if len(data) < at + 4 or data[at] != 0xFF:
            raise FormError("broken frame")
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] == SOS:
            return Parts(data[:end], _coded(data, end))
        at = end


def _coded(data: bytes, start: int) -> bytes:
    """The coded pixels: no marker but restarts in them, and the end marker is the file's last word."""
    at = data.find(b"\xff", start)
    while at >= 0:
        following = data[at + 1] if at + 1 < len(data) else 0xFF
        if following == EOI[1]:
            break
        if following != 0 and following not in RESTARTS:
            raise FormError("a marker among the coded pixels")
        at = data.find(b"\xff", at + 2)
    if at < 0 or at + 2 != len(data):
        raise FormError("data behind the picture")
    return data[start:at]
