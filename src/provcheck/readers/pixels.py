"""What does the picture show? Decodes one photo to upright RGB, once, by the one plugin that its signature names."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from provcheck.domain.photo import Picture
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import say
from provcheck.readers.formats import RAW, Signature

if TYPE_CHECKING:
    from PIL import Image

Rgb = npt.NDArray[np.uint8]

# What Pillow raises on broken files, as measured over 4,700 of them; DecompressionBombError derives from bare Exception
BROKEN: Final = (
    OSError,
    SyntaxError,
    ValueError,
    RuntimeError,
    TypeError,
    EOFError,
    IndexError,
    KeyError,
    OverflowError,
    struct.error,
)
STRIP: Final = 256  # rows that are copied at once
REDUCED: Final = 1024  # longest side that fingerprints are computed from; PDQ itself reduces to 512
VIEW: Final = 960  # longest side of the picture in the report: sharp beside a text column, about 90 kB
VIEW_QUALITY: Final = 82
PREVIEWS: Final = 8  # embedded JPEGs of a RAW file that are tried, largest first; cameras write two or three
DRAWING_CHUNKS: Final = (b"IHDR", b"PLTE", b"tRNS", b"eXIf", b"IDAT", b"IEND")  # eXIf for the orientation
SMALLEST_PREVIEW: Final = 100  # pixels; raw files hold stubs of 8 × 8 that show nothing
ORIENTATION: Final = 0x0112
TURNS: Final = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}  # EXIF orientation to PIL.Image.Transpose


@dataclass(frozen=True, slots=True)
class Bitmap:
    """`rgb`: height × width × 3, RGB, upright; `reduced` is the same at most 1,024 px wide and high."""

    rgb: Rgb
    reduced: Rgb
    preview: bool = False

    @property
    def width(self) -> int:
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        return int(self.rgb.shape[0])


def decode(data: bytes, signature: Signature, max_pixels: int) -> Found[Bitmap] | Unreadable:
    """The upright picture. Size is checked before a pixel is decoded; a file that breaks off is Unreadable, not half a picture."""
    if signature.format == RAW:
        return _preview(data, max_pixels)
    if signature.format == "PNG":
        data = _drawing_chunks(data)
    return _decode(data, signature.pillow, max_pixels, preview=False)


def view(bitmap: Bitmap) -> Picture:
    """A small JPEG of the whole picture, without metadata."""
    from PIL import Image

    picture = Image.fromarray(bitmap.reduced)
    picture.thumbnail((VIEW, VIEW))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=VIEW_QUALITY)
    return Picture("image/jpeg", picture.width, picture.height, file.getvalue())


def _decode(data: bytes, plugin: str, max_pixels: int, *, preview: bool) -> Found[Bitmap] | Unreadable:
    from PIL import Image, UnidentifiedImageError

    if plugin == "HEIF":
        import pi_heif

        pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # our own limit below is stricter, and a refusal, not a warning
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of broken metadata, which is the metadata readers' to report
            with Image.open(io.BytesIO(data), formats=(plugin,)) as image:
                if image.width * image.height > max_pixels:
                    return _too_many_pixels(image.width, image.height, max_pixels)
                image.load()
                return Found(_bitmap(image, preview=preview))
    except UnidentifiedImageError:  # its own message holds a memory address
        return Unreadable(say("pixels.not-parsed", format=plugin))
    except BROKEN as error:
        return Unreadable(say("pixels.broken", reason=str(error) or type(error).__name__))


def _drawing_chunks(data: bytes) -> bytes:
    """The PNG without text and profile chunks: Pillow gives up the pixels when one of those is damaged or a bomb."""
    kept, at = [data[:8]], 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] in DRAWING_CHUNKS:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


def _too_many_pixels(width: int, height: int, max_pixels: int) -> Unreadable:
    return Unreadable(say("pixels.too-many", width=width, height=height, limit=max_pixels // 1_000_000))


def _bitmap(image: Image.Image, *, preview: bool) -> Bitmap:
    from PIL import Image as Pillow

    upright = _rgb(image)
    turn = _orientation(image)
    if turn in TURNS:
        upright = upright.transpose(Pillow.Transpose(TURNS[turn]))
    size = _fitted(upright.width, upright.height)
    reduced = upright if size == upright.size else upright.resize(size, Pillow.Resampling.BOX)
    return Bitmap(_array(upright), _array(reduced), preview)


def _fitted(width: int, height: int) -> tuple[int, int]:
    """At most REDUCED on the longest side, in proportion, as Pillow's own `thumbnail` rounds it."""
    longest = max(width, height)
    if longest <= REDUCED:
        return width, height
    aspect = width / height
    short = REDUCED / aspect if width >= height else REDUCED * aspect

    def miss(side: int) -> float:
        if width >= height:
            return abs(aspect - REDUCED / side) if side else 0.0
        return abs(aspect - side / REDUCED)

    side = max(min(floor(short), ceil(short), key=miss), 1)
    return (REDUCED, side) if width >= height else (side, REDUCED)


def _array(image: Image.Image) -> Rgb:
    """An RGB picture's pixels, copied in strips: Pillow's own export holds the whole picture three times."""
    pixels = np.empty((image.height, image.width, 3), np.uint8)
    for top in range(0, image.height, STRIP):
        bottom = min(top + STRIP, image.height)
        pixels[top:bottom] = np.asarray(image.crop((0, top, image.width, bottom)))
    return pixels


def _orientation(image: Image.Image) -> object:
    """The EXIF orientation as Pillow reads it (TIFF and HEIF plugins have turned the picture already and say 1)."""
    try:
        return image.getexif().get(ORIENTATION, 1)
    except BROKEN:
        return 1  # the metadata readers report the broken block


def _rgb(image: Image.Image) -> Image.Image:
    """8-bit RGB: 16-bit grey is scaled, transparency laid on white, as a viewer shows it."""
    from PIL import Image as Pillow

    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return Pillow.fromarray(_eight_bits(np.asarray(image))).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        opaque = image.convert("RGBA")
        return Pillow.alpha_composite(Pillow.new("RGBA", opaque.size, "white"), opaque).convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def _eight_bits(grey: npt.NDArray[np.generic]) -> Rgb:
    """Grey of any depth to 0…255: by 16-bit range where it fits there, else by its own range."""
    values = np.nan_to_num(grey.astype(np.float64))
    low, high = (0.0, 65535.0) if values.min() >= 0 and 255 < values.max() <= 65535 else (float(values.min()), float(values.max()))
    return ((values - low) * (255.0 / (high - low or 1.0))).astype(np.uint8)


def _preview(data: bytes, max_pixels: int) -> Found[Bitmap] | Unreadable:
    """The largest embedded JPEG that decodes: cameras put one into every raw file."""
    starts = list(_find_all(data, b"\xff\xd8\xff"))
    by_size = sorted(pairwise([*starts, len(data)]), key=lambda span: span[0] - span[1])
    previews = (_decode(data[start:], "JPEG", max_pixels, preview=True) for start, _ in by_size[:PREVIEWS])
    found = [preview for preview in previews if isinstance(preview, Found) and preview.value.width >= SMALLEST_PREVIEW]
    if not found:
        return Unreadable(say("pixels.no-preview"))
    return max(found, key=lambda preview: preview.value.width * preview.value.height)


def _find_all(data: bytes, mark: bytes) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)
