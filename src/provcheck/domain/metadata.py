"""What metadata states about camera and editing, and the raw fields behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from provcheck.domain.clock import Clock
from provcheck.domain.credentials import Credentials
from provcheck.domain.photo import Picture
from provcheck.domain.place import Position, Whereabouts
from provcheck.domain.reading import Reading
from provcheck.domain.structure import Structure


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
    A key that stands several times is a list. `strict` is what the format's own character set makes of the bytes, where
    `value` is our guess at another; "" where the two are the same.
    """

    source: str
    name: str
    value: str
    key: str = ""
    strict: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of an edit history. All text is untrusted; `when` is as written."""

    action: str
    program: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Serials:
    """Numbers that tie a photo to one camera body. Empty where missing; every string is untrusted."""

    body: tuple[str, ...] = ()
    lens: tuple[str, ...] = ()
    owner: str = ""
    shutter_count: int | None = None
    image_id: str = ""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The embedded thumbnail. `likeness` is its correlation of brightness with the picture, -1 to 1, both fitted to one frame."""

    picture: Picture
    likeness: Decimal


class Stated(Protocol):
    """Whatever holds the readings of a file's metadata: `Evidence`, and the readers' own `Metadata`."""

    @property
    def camera(self) -> Reading[Camera]: ...
    @property
    def captured(self) -> Reading[Clock]: ...
    @property
    def digitized(self) -> Reading[Clock]: ...
    @property
    def modified(self) -> Reading[Clock]: ...
    @property
    def satellite(self) -> Reading[Clock]: ...
    @property
    def position(self) -> Reading[Position]: ...
    @property
    def whereabouts(self) -> Reading[Whereabouts]: ...
    @property
    def software(self) -> Reading[tuple[Software, ...]]: ...
    @property
    def fields(self) -> Reading[tuple[Field, ...]]: ...
    @property
    def structure(self) -> Reading[Structure]: ...
    @property
    def history(self) -> Reading[tuple[Step, ...]]: ...
    @property
    def serials(self) -> Reading[Serials]: ...
    @property
    def credentials(self) -> Reading[Credentials]: ...
