"""Perceptual hashes of a picture, and the distance between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Turn(StrEnum):
    """The eight orientations of a picture (the dihedral group of the square): what was done to the archived picture.

    ROTATE_90 is a quarter turn clockwise. The MIRROR turns mirror left-right first, then rotate clockwise.
    """

    NONE = "none"
    ROTATE_90 = "rotate-90"
    ROTATE_180 = "rotate-180"
    ROTATE_270 = "rotate-270"
    MIRROR = "mirror"
    MIRROR_90 = "mirror-rotate-90"
    MIRROR_180 = "mirror-rotate-180"
    MIRROR_270 = "mirror-rotate-270"

    @property
    def mirrored(self) -> bool:
        return self.value.startswith("mirror")

    @property
    def rotation(self) -> int:
        """Degrees clockwise."""
        return int(self.value.rpartition("-")[2]) if self.value[-1] == "0" else 0


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """`phash` and `dhash` are ImageHash's, 16 hex digits. `pdq` are 64 hex digits for each `Turn`, in its order.

    pdq[0] is of the picture as it stands.

    `quality` is PDQ's gradient measure, 0 to 100; below 50 the picture is too flat for matches to mean much (its authors' advice).
    """

    phash: str
    dhash: str
    pdq: tuple[str, ...]
    quality: int


@dataclass(frozen=True, slots=True)
class Features:
    """Local features (SIFT) of a picture of `width` × `height`, for finding parts of it. `count` of them, strongest spread first.

    `points`: for each x, y (of the longest side, 65,535 its end), angle (65,536 a full turn, clockwise as y points down) and size
    (of the longest side), each 16 bits, little-endian. `descriptors`: for each 128 bytes, as OpenCV orders them.
    `gray`: the picture reduced to `gray_width` columns, one byte a pixel, row by row; empty where none was kept.
    `panels`: where the photos lie, left, top, right and bottom (as `points` count), if the picture is a page with photos on it.
    """

    width: int
    height: int
    count: int
    points: bytes
    descriptors: bytes
    gray_width: int = 0
    gray: bytes = b""
    panels: tuple[tuple[int, int, int, int], ...] = ()


def hamming(a: str, b: str) -> int:
    """Number of differing bits between two hashes of equal length, both hex."""
    return (int(a, 16) ^ int(b, 16)).bit_count()
