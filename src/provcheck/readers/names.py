"""The raw fields of EXIF and text blocks, by their names."""

from __future__ import annotations

from functools import cache

from PIL.ExifTags import GPSTAGS, TAGS

from provcheck.domain.metadata import Field
from provcheck.readers.container import Container, Kind
from provcheck.readers.exif import Exif
from provcheck.readers.tiff import Entry, Tiff, text

SHOWN_VALUES = 16  # numbers of one tag that the dump writes out
MAX_FIELDS = 2000
LIMIT = 500  # characters of one value
WINDOWS_TEXTS = frozenset({0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F})  # XPTitle, -Comment, -Author, -Keywords, -Subject
VERSIONS = frozenset({0x9000, 0xA000, 0x0002})  # ExifVersion, FlashpixVersion, InteroperabilityVersion: four ASCII digits
VERSION = 4  # characters


def raw_fields(exif: Exif, container: Container) -> tuple[Field, ...]:
    """Every EXIF tag and text block, in file order, bounded."""
    fields = [
        Field("EXIF", name_of(directory.name, entry.tag), value_of(structure, entry))
        for structure in exif.structures
        for directory in structure.directories
        for entry in directory.entries
        if entry.start >= 0
    ]
    for block in container.all(Kind.TEXT):
        keyword, _, value = block.data.partition(b"\x00")
        fields.append(Field("PNG text", text(keyword), text(value)))
    fields.extend(Field("comment", "Comment", text(block.data)) for block in container.all(Kind.COMMENT))
    return tuple(fields[:MAX_FIELDS])


@cache
def name_of(directory: str, tag: int) -> str:
    table = GPSTAGS if directory == "GPS" else TAGS
    return f"{directory} {table.get(tag) or f'0x{tag:04x}'}"


def value_of(structure: Tiff, entry: Entry) -> str:
    """A value as people write it: text as it stands, numbers apart by spaces, binary data by its length."""
    if entry.type == 2 or (entry.type == 7 and entry.tag in VERSIONS and entry.size == VERSION):
        return text(structure.raw(entry), LIMIT)
    if entry.type in (1, 7) and entry.tag in WINDOWS_TEXTS:
        return structure.raw(entry)[: 2 * LIMIT].decode("utf-16-le", "replace").partition("\0")[0]
    if entry.type in (1, 6, 7, 129) and entry.size > SHOWN_VALUES:
        return f"({entry.size} bytes)"
    values = structure.numbers(entry)
    shown = " ".join("undefined" if value is None else str(value) for value in values[:SHOWN_VALUES])
    return f"{shown} …" if len(values) > SHOWN_VALUES else shown
