"""A picture from inside a file, decoded, made small and encoded anew: nothing of the stranger's bytes goes into a report."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from provcheck.domain.photo import Picture

if TYPE_CHECKING:
    from PIL import Image

SIDE = 320  # pixels of the longer side
MAX_PIXELS = 4_000_000  # thumbnails are far smaller; larger ones are bombs
QUALITY = 82


def small_picture(data: bytes) -> Picture | None:
    """The JPEG or PNG in `data` at most 320 px wide and high, None where it does not decode."""
    picture = opened(data, SIDE)
    if picture is None:
        return None
    picture.thumbnail((SIDE, SIDE))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=QUALITY)
    return Picture("image/jpeg", picture.width, picture.height, file.getvalue())


def opened(data: bytes, side: int = 0) -> Image.Image | None:
    """The decoded RGB picture, None where it does not decode or is too large for a thumbnail.

    With `side` a JPEG may come reduced, but no smaller than that.
    """
    if not data:
        return None
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
            if picture.width * picture.height > MAX_PIXELS:
                return None
            if side:
                picture.draft("RGB", (side, side))
            return picture.convert("RGB")
        except (OSError, SyntaxError, ValueError, RuntimeError, TypeError, EOFError, IndexError, KeyError):
            return None  # what Pillow raises on broken JPEG and PNG files
