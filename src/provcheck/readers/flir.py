"""FLIR's own record in the JPEGs of thermal cameras: which camera and which lens, in fixed places of one block.

Layout after ExifTool's FLIR.pm: a header with the place of a directory, 32 bytes an entry, and text in the camera's block.
"""

from __future__ import annotations

from struct import unpack_from

from provcheck.domain.metadata import Field
from provcheck.readers.tiff import text

HEADER, ENTRY, MAX_ENTRIES = 0x40, 0x20, 64  # bytes; files seen hold fewer than twenty
VERSIONS = range(100, 200)  # by which the byte order is told
CAMERA = 0x20  # type of the block
PLACES = (("mn.serial", 0x104, 16), ("mn.lens_model", 0x170, 32), ("mn.lens_serial", 0x1A0, 16))


def flir_fields(data: bytes) -> tuple[Field, ...] | None:
    """Serial number of the camera, model and serial number of the lens; None where the record is broken."""
    order = _order(data)
    if order is None:
        return None
    start, count = unpack_from(f"{order}LL", data, 0x18)
    end = start + ENTRY * min(count, MAX_ENTRIES)
    if end > len(data):
        return None
    found: list[Field] = []
    for at in range(start, end, ENTRY):
        (kind,) = unpack_from(f"{order}H", data, at)
        place, length = unpack_from(f"{order}LL", data, at + 0x0C)
        if kind == CAMERA and place + length > len(data):
            return None
        if kind == CAMERA:
            found.extend(_camera(data[place : place + length]))
    return tuple(dict.fromkeys(found))


def _order(data: bytes) -> str | None:
    if len(data) < HEADER or data[:4] != b"FFF\x00":
        return None
    return next((order for order in "><" if unpack_from(f"{order}L", data, 0x14)[0] in VERSIONS), None)


def _camera(block: bytes) -> list[Field]:
    values = [(key, place, text(block[place : place + size])) for key, place, size in PLACES]
    return [Field("FLIR record", f"0x{place:04x}", value.strip(), key) for key, place, value in values if value.strip("0 ")]
