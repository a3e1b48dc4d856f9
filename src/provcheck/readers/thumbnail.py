"""Does the thumbnail that the camera embedded show the same picture as the file?

Both are made small and grey, and what remains after a blur is taken away is correlated: two outdoor pictures share a
bright sky, but not their details. A camera pads or crops its thumbnail to 4:3, and some programs turn the picture and
not the thumbnail: the best fit over those framings and quarter turns counts.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from provcheck.domain.metadata import Thumbnail
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import say
from provcheck.readers.container import Kind, walk
from provcheck.readers.exif import read_exif
from provcheck.readers.small_picture import opened, small_picture
from provcheck.readers.structure import thumbnail_bytes

if TYPE_CHECKING:
    from PIL import Image

Grey = npt.NDArray[np.float64]
Rgb = npt.NDArray[np.uint8]
SOI = b"\xff\xd8"
SIDE = 48  # pixels that are compared, each way: finer than this, sharpening and noise decide
BLUR = 4.0  # pixels; what is coarser than about a tenth of the side is taken away
SMALLEST = 16  # pixels; a smaller picture has no details
MAX_PIXELS = 26_000_000  # a larger picture is not decoded for this, unless its decoder reduces it on the way
MAX_REDUCED = 250_000_000  # pixels of a JPEG, which comes reduced by eight each way
SAME_ASPECT = 0.02  # relative; 160 × 120 for 640 × 480 is exact, 160 × 107 for 3:2 is not quite
FLAT = 2.0  # grey levels of standard deviation; below, there is nothing to correlate


def read_thumbnail(data: bytes, reduced: Rgb | None = None) -> Reading[Thumbnail]:
    """The thumbnail of `data` and its likeness to the picture; decodes both.

    `reduced` is the picture, upright, where it is decoded already. A JPEG is decoded again, small and as it is stored: its
    orientation may be a mirrored one.
    """
    container = walk(data)
    if container is None:
        return Unreadable(say("metadata.unknown-format"))
    embedded = thumbnail_bytes(read_exif(container.all(Kind.EXIF)))
    if not embedded:
        return Absent()
    thumbnail, shown = opened(embedded), small_picture(embedded)
    if thumbnail is None or shown is None:
        return Unreadable(say("metadata.broken-thumbnail"))
    picture = _picture(data, reduced)
    if picture is None:
        return Unreadable(say("metadata.thumbnail-alone"))
    likeness = compare(picture, thumbnail)
    if likeness is None:
        return Unreadable(say("metadata.thumbnail-flat"))
    return Found(Thumbnail(shown, likeness))


def compare(picture: Image.Image, thumbnail: Image.Image) -> Decimal | None:
    """The best correlation over framings and turns, two decimals; None where one of them is flat."""
    best: float | None = None
    for a, b in _framings(picture, thumbnail):
        one, other = _details(a), _details(b)
        if one.std() < FLAT or other.std() < FLAT:
            continue
        for turns in range(4):
            value = float(np.corrcoef(one.ravel(), np.rot90(other, turns).ravel())[0, 1])
            best = value if best is None else max(best, value)
    return None if best is None else Decimal(best).quantize(Decimal("0.01"))


def _framings(picture: Image.Image, thumbnail: Image.Image) -> Iterator[tuple[Image.Image, Image.Image]]:
    yield picture, thumbnail
    wanted, held = picture.width / picture.height, thumbnail.width / thumbnail.height
    if abs(wanted / held - 1) > SAME_ASPECT:
        yield picture, _centre(thumbnail, wanted)  # bars around the picture in the thumbnail
        yield _centre(picture, held), thumbnail  # sides of the picture cut off in the thumbnail


def _centre(picture: Image.Image, aspect: float) -> Image.Image:
    width = min(picture.width, round(picture.height * aspect))
    height = min(picture.height, round(picture.width / aspect))
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + max(1, width), top + max(1, height)))


def _details(picture: Image.Image) -> Grey:
    """Brightness less its own blur, 48 × 48; all zero for a picture that is too small."""
    from PIL import Image, ImageFilter

    if min(picture.size) < SMALLEST:
        return np.zeros((SIDE, SIDE))
    grey = picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(grey, np.float64) - np.asarray(grey.filter(ImageFilter.GaussianBlur(BLUR)), np.float64)


def _picture(data: bytes, reduced: Rgb | None) -> Image.Image | None:
    """The picture, as stored and as small as its decoder can make it."""
    from PIL import Image

    if reduced is not None and not data.startswith(SOI):
        return Image.fromarray(reduced)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "MPO", "PNG", "WEBP", "TIFF", "AVIF"))
            if picture.width * picture.height > (MAX_REDUCED if data.startswith(SOI) else MAX_PIXELS):
                return None
            picture.draft("RGB", (SIDE * 4, SIDE * 4))
            return picture.convert("RGB")
        except Image.DecompressionBombError:
            return None
        except (OSError, SyntaxError, ValueError, RuntimeError, TypeError, EOFError, IndexError, KeyError):
            return None  # what Pillow raises on broken files
