"""What does the picture show? Decodes one photo to upright RGB, once, by the one plugin that its signature names."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log2
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from provcheck.domain.photo import Limits, Picture
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import say
from provcheck.readers.container import walk
from provcheck.readers.formats import RAW, Signature
from provcheck.readers.shrink import eight_bits, pixels_of, shrunk

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
MEGA: Final = 1_000_000
# Pixels in which plates are searched, and up to which the picture is kept in full: what 24-megapixel cameras make, which are the
# largest common ones. Phones make 48 and more on sensors whose colours are four times as coarse. It is 78 MB, and 5 s of search.
SEARCHED: Final = 26_000_000
WHOLE: Final = 64_000_000  # pixels up to which a JPEG is decoded in full (4 bytes each); above, its decoder halves it first
# Bytes a pixel that decoders take at their peak, measured; Pillow's own 4 for a colour picture included
TAKES: Final = {"WEBP": 16, "AVIF": 12, "HEIF": 8, "JPEG2000": 16}
ONE_BYTE: Final = ("1", "L", "P")  # modes that Pillow holds in one byte a pixel
DRAFT: Final = 800  # px; least longest side of what a decoder reduces: a submitted photo's features are looked for in that
REDUCED: Final = 1024  # longest side that fingerprints are computed from; PDQ itself reduces to 512
VIEW: Final = 960  # longest side of the picture in the report: sharp beside a text column, about 90 kB
VIEW_QUALITY: Final = 82
PREVIEWS: Final = 8  # embedded JPEGs of a RAW file that are tried, largest first; cameras write two or three
DRAWING_CHUNKS: Final = (b"IHDR", b"PLTE", b"tRNS", b"eXIf", b"IDAT", b"IEND")  # eXIf for the orientation
SMALLEST_PREVIEW: Final = 100  # pixels; raw files hold stubs of 8 × 8 that show nothing
ORIENTATION: Final = 0x0112
SIDEWAYS: Final = (5, 6, 7, 8)  # EXIF orientations that exchange width and height


@dataclass(frozen=True, slots=True)
class Bitmap:
    """One upright picture, RGB. `width` and `height` are the full picture's.

    `rgb`: rows × columns × 3, what plates are searched in, at most 26 megapixels; `reduced`: at most 1,024 px wide and high.
    """

    rgb: Rgb
    reduced: Rgb
    width: int
    height: int
    preview: bool = False


def decode(data: bytes, signature: Signature, limits: Limits, *, most: int = SEARCHED) -> Found[Bitmap] | Unreadable:
    """The upright picture. Size is checked before a pixel is decoded; a file that breaks off is Unreadable, not half a picture.

    `rgb` has at most `most` pixels: all of them for who publishes the picture; with 0 it is the reduced copy, which costs far less
    for a large picture.
    """
    if signature.format == RAW:
        return _preview(data, limits, most=most)
    if not signature.pillow:
        return Unreadable(say("pixels.no-decoder", format=signature.format))
    if signature.format == "PNG":
        data = _drawing_chunks(data)
    return _decode(data, signature.pillow, limits, preview=False, most=most)


def view(bitmap: Bitmap) -> Picture:
    """A small JPEG of the whole picture, without metadata."""
    from PIL import Image

    picture = Image.fromarray(bitmap.reduced)
    picture.thumbnail((VIEW, VIEW))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=VIEW_QUALITY)
    return Picture("image/jpeg", picture.width, picture.height, file.getvalue())


def _decode(data: bytes, plugin: str, limits: Limits, *, preview: bool, most: int) -> Found[Bitmap] | Unreadable:
    from PIL import Image, UnidentifiedImageError

    if plugin == "HEIF":
        import pi_heif

        pi_heif.register_heif_opener()
    if plugin == "WEBP" and (refusal := _over(*_canvas(data), TAKES[plugin], limits)) is not None:
        return refusal  # its plugin takes the memory when it opens the file
    Image.MAX_IMAGE_PIXELS = None  # our own limit below is stricter, and a refusal, not a warning
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of broken metadata, which is the metadata readers' to report
            with Image.open(io.BytesIO(data), formats=(plugin,)) as image:
                if (refusal := _over(*image.size, _each(image, plugin, most), limits)) is not None:
                    return refusal
                return Found(_bitmap(data, image, plugin, preview=preview, most=most))
    except UnidentifiedImageError:  # its own message holds a memory address
        return Unreadable(say("pixels.not-parsed", format=plugin))
    except BROKEN as error:
        return Unreadable(say("pixels.broken", reason=str(error) or type(error).__name__))


def _over(width: int, height: int, each: float, limits: Limits) -> Unreadable | None:
    """Why a picture of this size is not decoded here, if it is not; `each` pixel takes so many bytes."""
    if width * height > limits.pixels:
        return Unreadable(say("pixels.too-many", width=width, height=height, limit=limits.pixels // MEGA))
    needed = ceil((width * height * each + 3 * min(width * height, SEARCHED)) / MEGA)
    if needed <= limits.memory // MEGA:
        return None
    return Unreadable(say("pixels.too-much-memory", width=width, height=height, needed=needed, limit=limits.memory // MEGA))


def _each(image: Image.Image, plugin: str, most: int) -> float:
    """Bytes that a pixel of an opened picture takes while it is decoded."""
    pixels = image.width * image.height
    if plugin in ("JPEG", "MPO"):
        halved = 1 if pixels <= WHOLE or most >= pixels else 4
        return 4 / halved + (_coefficients(image) if image.info.get("progressive") else 0)
    if plugin == "JPEG2000" and pixels > SEARCHED and most < pixels:
        return TAKES[plugin] * SEARCHED / pixels
    return TAKES.get(plugin, 1 if image.mode in ONE_BYTE else 4)


def _coefficients(image: Image.Image) -> float:
    """Two bytes for each sample: a progressive JPEG's decoder holds them all until the last scan."""
    layers: list[tuple[int, int, int, int]] = getattr(image, "layer", [])
    factors = [across * down for _, across, down, _ in layers] or [1]
    return 2 * sum(factors) / max(factors)


def _canvas(data: bytes) -> tuple[int, int]:
    """The size that a WebP states; 0, 0 where it states none."""
    container = walk(data)
    return (container.width, container.height) if container else (0, 0)


def _drawing_chunks(data: bytes) -> bytes:
    """The PNG without text and profile chunks: Pillow gives up the pixels when one of those is damaged or a bomb."""
    kept, at = [data[:8]], 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] in DRAWING_CHUNKS:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


def _bitmap(data: bytes, image: Image.Image, plugin: str, *, preview: bool, most: int) -> Bitmap:
    """Of an opened picture. Of a large one two reduced copies, and never the whole where its decoder can reduce."""
    width, height = image.size
    large = width * height > SEARCHED
    if large and plugin in ("JPEG", "MPO") and most < width * height:
        small = _fitted(width, height)
        image.draft(None, (2 * small[0], 2 * small[1]))
        reduced = _reduced(_loaded(image), width, height)
        found = _at_most(_again(data, plugin, width, height), width, height, most) if most else reduced
    else:
        if large and plugin == "JPEG2000" and most < width * height:
            setattr(image, "reduce", ceil(log2((width * height / SEARCHED) ** 0.5)))  # noqa: B010  Pillow's types take it for the method
        draft = _drafted(data, plugin, width, height)
        whole = draft if draft and not most else _loaded(image)
        if plugin != "JPEG2000":
            width, height = image.size  # a TIFF is turned while it is decoded
        reduced = _reduced(draft, *draft.size) if draft else _reduced(whole, width, height)
        found = _at_most(whole, width, height, most) if most else reduced
    turn = _orientation(image)
    if turn in SIDEWAYS:
        width, height = height, width
    return Bitmap(_turned(found, turn), _turned(reduced, turn), width, height, preview)


def _drafted(data: bytes, plugin: str, width: int, height: int) -> Image.Image | None:
    """A JPEG reduced by its decoder: a fraction of the cost, and 3 bits of 256 in its PDQ. Also where the whole is decoded, since
    one file has one fingerprint. None where it is too small for that."""
    from PIL import Image

    least = DRAFT / max(width, height)
    if plugin not in ("JPEG", "MPO") or least > 0.5:
        return None
    with Image.open(io.BytesIO(data), formats=(plugin,)) as image:
        image.draft(None, (ceil(width * least), ceil(height * least)))
        return _loaded(image)


def _again(data: bytes, plugin: str, width: int, height: int) -> Image.Image:
    """The large JPEG once more, for the search for plates: in full, or halved by its decoder."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=(plugin,)) as image:
        if width * height > WHOLE:
            image.draft(None, (width // 2, height // 2))
        return _loaded(image)


def _loaded(image: Image.Image) -> Image.Image:
    image.load()
    return eight_bits(image)


def _reduced(image: Image.Image, width: int, height: int) -> Rgb:
    from PIL import Image as Pillow

    size = _fitted(width, height)
    if image.mode == "RGB":  # Pillow's own way, to the bit; it takes 4 kB a row of the large picture
        return pixels_of(image if size == image.size else image.resize(size, Pillow.Resampling.BOX))
    return pixels_of(image) if size == image.size else shrunk(image, size, Pillow.Resampling.BOX)


def _at_most(image: Image.Image, width: int, height: int, most: int) -> Rgb:
    from PIL import Image as Pillow

    part = min(1.0, (most / (width * height)) ** 0.5)
    size = max(1, min(image.width, int(width * part))), max(1, min(image.height, int(height * part)))
    return pixels_of(image) if size == image.size else shrunk(image, size, Pillow.Resampling.HAMMING)


def _turned(pixels: Rgb, turn: object) -> Rgb:
    """Upright, by EXIF orientation."""
    if turn in SIDEWAYS:
        pixels = pixels.transpose(1, 0, 2)
    if turn in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if turn in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)


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


def _orientation(image: Image.Image) -> object:
    """The EXIF orientation as Pillow reads it (TIFF and HEIF plugins have turned the picture already and say 1)."""
    try:
        return image.getexif().get(ORIENTATION, 1)
    except BROKEN:
        return 1  # the metadata readers report the broken block


def _preview(data: bytes, limits: Limits, *, most: int) -> Found[Bitmap] | Unreadable:
    """The embedded JPEG with the most pixels that decodes: cameras put one into every raw file."""
    starts = list(_find_all(data, b"\xff\xd8\xff"))
    by_size = sorted(pairwise([*starts, len(data)]), key=lambda span: span[0] - span[1])
    previews = [(_stated_size(data[start:]), start) for start, _ in by_size[:PREVIEWS]]
    for size, start in sorted(previews, key=lambda preview: -preview[0][0] * preview[0][1]):
        if size[0] < SMALLEST_PREVIEW:
            continue
        preview = _decode(data[start:], "JPEG", limits, preview=True, most=most)
        if isinstance(preview, Found):
            return preview
    return Unreadable(say("pixels.no-preview"))


def _stated_size(data: bytes) -> tuple[int, int]:
    """Width and height by the head of a JPEG; 0, 0 where that is broken."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            return image.size
    except BROKEN:
        return 0, 0


def _find_all(data: bytes, mark: bytes) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)
