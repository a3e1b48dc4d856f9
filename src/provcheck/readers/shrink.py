"""A large picture made small, strip by strip: at no time does a second copy of it in full lie in memory."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from PIL import Image

Rgb = npt.NDArray[np.uint8]
STRIP: Final = 4_000_000  # pixels of the large picture that are converted at once: 28 MB
MARGIN: Final = 2  # rows of the small picture that Pillow's filters reach beyond a strip, and one for rounding


def shrunk(image: Image.Image, size: tuple[int, int], filter_: Image.Resampling) -> Rgb:
    """The loaded `image` as RGB of `size`, which is no larger."""
    width, height = size
    small = np.empty((height, width, 3), np.uint8)
    scale = image.height / height
    rows = max(1, int(STRIP / (image.width * scale)))
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        first, last = max(0, floor((top - MARGIN) * scale)), min(image.height, ceil((bottom + MARGIN) * scale))
        box = (0, top * scale - first, image.width, min(bottom * scale, image.height) - first)
        strip = rgb(image.crop((0, first, image.width, last)))
        small[top:bottom] = np.asarray(strip.resize((width, bottom - top), filter_, box=box))
    return small


def pixels_of(image: Image.Image) -> Rgb:
    """All pixels of the loaded `image` as RGB, copied in strips: Pillow's own export holds the whole picture three times."""
    pixels = np.empty((image.height, image.width, 3), np.uint8)
    rows = max(1, STRIP // image.width)
    for top in range(0, image.height, rows):
        bottom = min(top + rows, image.height)
        pixels[top:bottom] = np.asarray(rgb(image.crop((0, top, image.width, bottom))))
    return pixels


def rgb(image: Image.Image) -> Image.Image:
    """8-bit RGB; transparency is laid on white, as a viewer shows it."""
    from PIL import Image as Pillow

    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        opaque = image.convert("RGBA")
        return Pillow.alpha_composite(Pillow.new("RGBA", opaque.size, "white"), opaque).convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def eight_bits(image: Image.Image) -> Image.Image:
    """Grey of more than eight bits as 0…255: by 16-bit range where it fits there, else by its own range. Others as they are."""
    from PIL import Image as Pillow

    if not (image.mode.startswith("I;16") or image.mode in ("I", "F")):
        return image
    strips = range(0, image.height, max(1, STRIP // image.width))
    ranges = [(float(part.min()), float(part.max())) for part in (_numbers(image, top, strips.step) for top in strips)]
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    if low >= 0 and 255 < high <= 65535:
        low, high = 0.0, 65535.0
    grey = np.empty((image.height, image.width), np.uint8)
    for top in strips:
        grey[top : top + strips.step] = (_numbers(image, top, strips.step) - low) * (255.0 / (high - low or 1.0))
    return Pillow.fromarray(grey)


def _numbers(image: Image.Image, top: int, rows: int) -> npt.NDArray[np.float64]:
    strip = image.crop((0, top, image.width, min(top + rows, image.height)))
    return np.asarray(np.nan_to_num(np.asarray(strip).astype(np.float64)), np.float64)
