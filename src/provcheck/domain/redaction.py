"""What is to be covered in a photo, what was, and whether anything of it is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from provcheck.domain.plate import Point
from provcheck.domain.text import Text

Outline = tuple[Point, ...]  # x, y in pixels of the upright photo; what is covered is its convex hull

NOTHING: tuple[Outline, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A person's boxes for one photo. `sha256` is empty, or the digest of the very bytes that the boxes hold for."""

    file: str
    sha256: str = ""
    add: tuple[Outline, ...] = NOTHING
    undo: tuple[Outline, ...] = NOTHING  # what the detector marks and the person wants to stay visible


@dataclass(frozen=True, slots=True)
class Marked:
    """A region that the detector takes for a plate, and what was read in it; `undone` where a person took it back."""

    outline: Outline
    score: Decimal
    text: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """What is asked of one photo: the detector's plates or not, and a person's boxes."""

    plates: bool
    add: tuple[Outline, ...] = NOTHING
    undo: tuple[Outline, ...] = NOTHING
    draft: bool = False  # with numbers and a line that says so, for a person to look at


@dataclass(frozen=True, slots=True)
class Removed:
    """What must not be in the new file. `windows` are runs of 16 bytes out of metadata blocks, thumbnails and trailing data."""

    strings: tuple[str, ...]
    windows: bytes


@dataclass(frozen=True, slots=True)
class Covered:
    """The new file and what was done to make it. `outside` and `idle` number the drawn and undone boxes that hit nothing."""

    jpeg: bytes
    width: int
    height: int
    marked: tuple[Marked, ...]
    covered: tuple[Outline, ...]
    outside: tuple[int, ...]
    idle: tuple[int, ...]
    removed: Removed


@dataclass(frozen=True, slots=True)
class Trial:
    """What the pixels of a new file are tried for."""

    plates: bool
    covered: tuple[Outline, ...]
    undo: tuple[Outline, ...]


@dataclass(frozen=True, slots=True)
class Leaks:
    """Everything that was found and should be gone; empty where nothing was."""

    found: tuple[Text, ...]
