"""What is this picture's fingerprint? ImageHash's phash and dhash for exchange with other tools, PDQ for our own search."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.domain.fingerprint import Fingerprints
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import say

SMALLEST: Final = 32  # px; phash stretches the picture to 32 × 32 and PDQ to 64 × 64: below, most samples would be inventions
FLAT: Final = 50  # PDQ's own advice; 27 of 1,175 pictures lay below it, and JPEG quality 30 changed 64 of their 256 bits (median)


def read_fingerprints(rgb: npt.NDArray[np.uint8]) -> Found[Fingerprints] | Unreadable:
    """Hashes of an upright picture (rows × columns × RGB) of at most about 1,024 px a side.

    The reference tool shrinks to 512 × 512 by nearest neighbour first; we do not: from 1,024 px our PDQ is 1.4 bits from the
    reference on the full picture, by way of 512 it would be 8.8 (mean of 53 photos).
    """
    from provcheck.readers.pdq import luma, pdq

    height, width = rgb.shape[:2]
    if min(height, width) < SMALLEST:
        return Unreadable(say("reuse.too-small", width=width, height=height, least=SMALLEST))
    hashes, quality = pdq(luma(rgb))
    if quality < FLAT:
        return Unreadable(say("reuse.too-flat", quality=quality, least=FLAT))
    phash, dhash = _imagehashes(rgb)
    return Found(Fingerprints(phash, dhash, hashes, quality))


def _imagehashes(rgb: npt.NDArray[np.uint8]) -> tuple[str, str]:
    import imagehash  # brings scipy: 0.3 s
    from PIL import Image

    picture = Image.fromarray(rgb).convert("L")  # as both do first
    return str(imagehash.phash(picture)), str(imagehash.dhash(picture))
