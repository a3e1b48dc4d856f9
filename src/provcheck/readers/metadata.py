"""All that a file's metadata say, read without decoding a pixel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from provcheck.domain.clock import Clock
from provcheck.domain.metadata import Camera, Field, Software
from provcheck.domain.place import Position, Whereabouts
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import Text, say
from provcheck.readers import exif as exif_block
from provcheck.readers.container import Container, Kind, walk
from provcheck.readers.curated import curate
from provcheck.readers.exif import Exif, read_exif
from provcheck.readers.names import raw_fields
from provcheck.readers.place import whereabouts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The readings of one file. `damage` lists faults that did not stop the reading."""

    camera: Reading[Camera]
    captured: Reading[Clock]
    digitized: Reading[Clock]
    modified: Reading[Clock]
    satellite: Reading[Clock]
    position: Reading[Position]
    whereabouts: Reading[Whereabouts]
    software: Reading[tuple[Software, ...]]
    fields: Reading[tuple[Field, ...]]
    damage: tuple[Text, ...] = ()


def read_metadata(data: bytes) -> Metadata:
    """What the metadata of `data` say. Never raises on content: what is broken is Unreadable, with the reason."""
    container = walk(data)
    if container is None:
        unknown = Unreadable(say("metadata.unknown-format"))
        return Metadata(*(unknown,) * 9)
    exif = read_exif(container.all(Kind.EXIF))
    none = _none(container, exif)
    camera = exif_block.camera(exif)
    software = exif_block.software(exif)
    curated = curate(container, exif)
    fields = curated.fields + raw_fields(exif, container)
    position = _or(exif_block.position(exif), none)
    return Metadata(
        camera=Found(camera) if camera.make or camera.model else none,
        captured=_or(exif_block.clock(exif, exif_block.CAPTURED), none),
        digitized=_or(exif_block.clock(exif, exif_block.DIGITIZED), none),
        modified=_or(exif_block.clock(exif, exif_block.MODIFIED), none),
        satellite=_or(exif_block.satellite(exif), none),
        position=position,
        whereabouts=_whereabouts(position),
        software=Found(software) if software else none,
        fields=Found(fields) if fields else none,
        damage=container.damage + exif.damage + curated.damage,
    )


def orientation(data: bytes) -> int:
    """EXIF Orientation of the file, 1 to 8; 1 where none can be read."""
    container = walk(data)
    return 1 if container is None else exif_block.orientation_of(read_exif(container.all(Kind.EXIF)))


def _none(container: Container, exif: Exif) -> Absent | Unreadable:
    """What "nothing there" means for this file: nothing, or that damage hides it."""
    if not container.whole:
        return Unreadable(say("metadata.hidden-by-damage", damage=container.damage))
    if not exif.whole:
        return Unreadable(say("metadata.hidden-by-damage", damage=exif.damage))
    return Absent()


def _or(reading: Reading[T], none: Absent | Unreadable) -> Reading[T]:
    return none if isinstance(reading, Absent) else reading


def _whereabouts(position: Reading[Position]) -> Reading[Whereabouts]:
    return whereabouts(position.value) if isinstance(position, Found) else position
