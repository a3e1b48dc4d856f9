"""What metadata states about camera and editing, and the raw fields behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Camera:
    """The camera as the file names it. Empty strings where a tag is missing; every string is untrusted."""

    make: str = ""
    model: str = ""
    lens: str = ""
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Software:
    """A program that the file names as having written or edited it. The string is untrusted."""

    name: str
    tag: str  # "EXIF Software", "XMP CreatorTool"


@dataclass(frozen=True, slots=True)
class Field:
    """One metadata value: `source` is the block it stood in ("EXIF", "PNG text"), `value` is untrusted and bounded.

    `key` is the name that every source shares for a curated value ("exif.make", "xmp.creator_tool"), "" for the raw rest.
    A key that stands several times is a list.
    """

    source: str
    name: str
    value: str
    key: str = ""
