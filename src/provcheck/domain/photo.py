"""A photo as it arrived. Its identity is its bytes, never its name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How far a photo could be examined."""

    EXAMINED = "examined"
    PARTIAL = "partial"  # pixels or metadata, not both
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Photo:
    """One submitted file. `width` and `height` are pixels of the upright picture."""

    name: str  # relative to the folder given; untrusted
    sha256: str  # hex, of the very bytes that were parsed; "" when they could not be read
    bytes: int
    format: str = ""  # "JPEG", "PNG", …; "" when it was refused before that was known
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A derived picture (thumbnail, crop) that travels inside the report. RGB, `data` is a JPEG or PNG file."""

    media_type: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What decoding one photo may take: pixels of the picture, and bytes of memory."""

    pixels: int
    memory: int
