"""All that a file's metadata say, read without decoding a pixel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from provcheck.domain.clock import Clock
from provcheck.domain.credentials import Credentials, TrustList, Verdict
from provcheck.domain.metadata import Camera, Field, Serials, Software, Step
from provcheck.domain.place import Position, Whereabouts
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.structure import Structure
from provcheck.domain.text import Text, say
from provcheck.readers import exif as exif_block
from provcheck.readers import statements
from provcheck.readers.container import Container, Kind, walk
from provcheck.readers.credentials import read_credentials
from provcheck.readers.curated import Curated, curate, embedded, format_of
from provcheck.readers.exif import Exif, read_exif
from provcheck.readers.maker_fields import LENS_IDENTITY, LENS_RANGE, UNSHARED
from provcheck.readers.names import raw_fields
from provcheck.readers.place import whereabouts
from provcheck.readers.second_opinion import disagreements
from provcheck.readers.structure import read_structure, trailing_fault

T = TypeVar("T")
NO_FAULT = ("metadata.clock-not-set", "metadata.satellite-time-incomplete")  # cameras of every age write such


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
    structure: Reading[Structure]
    history: Reading[tuple[Step, ...]]
    serials: Reading[Serials]
    credentials: Reading[Credentials]
    damage: tuple[Text, ...] = ()


def read_metadata(data: bytes, *, second_opinion: bool = True, pictures: bool = True, trust: TrustList | None = None) -> Metadata:
    """What the metadata of `data` say. Never raises on content: what is broken is Unreadable, with the reason.

    `second_opinion` has exifread and Pillow read the deciding EXIF values too; it takes longer than all the rest.
    `pictures` has the thumbnails of a manifest's ingredients decoded: of all metadata the only ones that are pictures.
    `trust` is the list in which the signer of Content Credentials is looked up.
    """
    container = walk(data)
    if container is None:
        unknown = Unreadable(say("metadata.unknown-format"))
        return Metadata(*(unknown,) * 13)
    exif = read_exif(container.all(Kind.EXIF))
    curated = curate(container, exif)
    blocks = container.blocks + embedded(exif)
    none = _none(container, exif, curated)
    captured = _first(
        none,
        exif_block.clock(exif, exif_block.CAPTURED),
        statements.xmp_clock(curated.packets, statements.CAPTURED),
        statements.iptc_clock(curated.fields),
    )
    digitized = _clock(none, exif, curated, exif_block.DIGITIZED, statements.DIGITIZED)
    modified = _clock(none, exif, curated, exif_block.MODIFIED, statements.MODIFIED)
    satellite = _first(none, exif_block.satellite(exif))
    position = _first(none, exif_block.position(exif), statements.xmp_position(curated.packets))
    camera = _camera(exif, curated.fields)
    software = tuple(dict.fromkeys(exif_block.software(exif) + statements.programs(curated.packets, curated.fields)))
    history = statements.steps(curated.packets)
    serials = statements.serials(curated.fields)
    structure = read_structure(data, container, exif, blocks, format_of(container, exif))
    credentials = read_credentials(data, container.format, blocks, curated.packets, none, trust, pictures=pictures)
    others = disagreements(container.all(Kind.EXIF), exif) if second_opinion else ()
    faults = (
        *_broken(none, captured, digitized, modified, satellite, position),
        *trailing_fault(structure),
        *_sealed(credentials),
        *others,
    )
    return Metadata(
        camera=Found(camera) if camera.make or camera.model else none,
        captured=captured,
        digitized=digitized,
        modified=modified,
        satellite=satellite,
        position=position,
        whereabouts=_whereabouts(position, captured),
        software=Found(software) if software else none,
        fields=Found(curated.fields + raw_fields(exif, container)),
        structure=Found(structure),
        history=Found(history) if history else none,
        serials=none if serials == Serials() else Found(serials),
        credentials=credentials,
        damage=tuple(dict.fromkeys(container.damage + exif.damage + curated.damage + faults)),
    )


def orientation(data: bytes) -> int:
    """EXIF Orientation of the file, 1 to 8; 1 where none can be read."""
    container = walk(data)
    return 1 if container is None else exif_block.orientation_of(read_exif(container.all(Kind.EXIF)))


def _whereabouts(position: Reading[Position], captured: Reading[Clock]) -> Reading[Whereabouts]:
    if not isinstance(position, Found):
        return position
    return whereabouts(position.value, captured.value.naive if isinstance(captured, Found) else None)


def _camera(exif: Exif, fields: tuple[Field, ...]) -> Camera:
    """EXIF's camera; where it names none, what CIFF or XMP copied. Lens and serial from the maker note where EXIF has none."""
    stated = exif_block.camera(exif)

    def value(*keys: str) -> str:
        return next((field.value.strip() for key in keys for field in fields if field.key == key), "")

    return Camera(
        make=stated.make or value("exif.make", "xmp.tiff_make"),
        model=stated.model or value("exif.model", "xmp.tiff_model"),
        lens=stated.lens or value("mn.lens_model", "xmp.aux_lens") or _lens(fields),
        serial=stated.serial or value("exif.body_serial", "mn.serial", "xmp.aux_serial"),
    )


def _lens(fields: tuple[Field, ...]) -> str:
    """A lens that a note tells by its range and by the number under which lists have it: "18-105 mm f/3.5-5.6, id 9E 40 …"."""
    told = {key: field.value for field in fields for key in UNSHARED if field.name.endswith(key)}
    identity = f"id {told[LENS_IDENTITY]}" if LENS_IDENTITY in told else ""
    return ", ".join(part for part in (told.get(LENS_RANGE, ""), identity) if part)


def _clock(
    none: Absent | Unreadable, exif: Exif, curated: Curated, tags: exif_block.ClockTags, names: tuple[str, ...]
) -> Reading[Clock]:
    return _first(none, exif_block.clock(exif, tags), statements.xmp_clock(curated.packets, names))


def _broken(none: Absent | Unreadable, *readings: Reading[Clock] | Reading[Position]) -> Iterator[Text]:
    """Why readings of the file's own values failed."""
    for reading in readings:
        if isinstance(reading, Unreadable) and reading != none and reading.reason.id not in NO_FAULT:
            yield reading.reason


def _sealed(credentials: Reading[Credentials]) -> Iterator[Text]:
    if isinstance(credentials, Found) and credentials.value.verdict is Verdict.UNREADABLE and credentials.value.reason:
        yield credentials.value.reason


def _none(container: Container, exif: Exif, curated: Curated) -> Absent | Unreadable:
    """What "nothing there" means for this file: nothing, or that damage hides it."""
    if not container.whole:
        return Unreadable(say("metadata.hidden-by-damage", damage=container.damage))
    if not exif.whole:
        return Unreadable(say("metadata.hidden-by-damage", damage=exif.damage))
    if curated.damage:
        return Unreadable(say("metadata.hidden-by-damage", damage=curated.damage))
    return Absent()


def _first(none: Absent | Unreadable, *readings: Reading[T]) -> Reading[T]:
    """The first that found something; else the first that could not read; else `none`."""
    for kind in (Found, Unreadable):
        for reading in readings:
            if isinstance(reading, kind):
                return reading
    return none
