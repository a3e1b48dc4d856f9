"""CIFF: the heap of Canon's oldest raw files, and of JPEGs of the same years."""

from __future__ import annotations

from datetime import UTC, datetime
from struct import unpack_from

from provcheck.domain.metadata import Field
from provcheck.readers.tiff import text

MAX_DEPTH = 6
MAX_RECORDS = 200  # in one heap
MAKE_MODEL, OWNER, SERIAL, TIMESTAMP = 0x080A, 0x0810, 0x180B, 0x180E


def ciff_fields(data: bytes) -> tuple[Field, ...]:
    """Camera, owner, serial number and capture time of the heap in `data`, whose first bytes are its header."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 30:
        return ()
    (start,) = unpack_from(f"{order}L", data, 2)
    records: dict[int, bytes] = {}
    _heap(data, order, start, len(data) - start, records, 0)
    make, _, model = records.get(MAKE_MODEL, b"").partition(b"\x00")
    found = [
        ("exif.make", MAKE_MODEL, text(make)),
        ("exif.model", MAKE_MODEL, text(model)),
        ("mn.owner", OWNER, text(records.get(OWNER, b""))),
    ]
    if len(serial := records.get(SERIAL, b"")) >= 4:
        found.append(("mn.serial", SERIAL, str(unpack_from(f"{order}L", serial)[0])))
    if len(stamp := records.get(TIMESTAMP, b"")) >= 4:
        moment = datetime.fromtimestamp(
            unpack_from(f"{order}L", stamp)[0], UTC
        )  # seconds of the camera's own clock, whatever its zone
        found.append(("exif.datetime_original", TIMESTAMP, f"{moment:%Y:%m:%d %H:%M:%S}"))
    return tuple(Field("CIFF", f"0x{tag:04x}", value, key) for key, tag, value in found if value.strip("0"))


def _heap(data: bytes, order: str, start: int, length: int, records: dict[int, bytes], depth: int) -> None:
    """The last four bytes of a heap point to its directory: a count, then ten bytes a record."""
    if depth > MAX_DEPTH or length < 6 or start + length > len(data):
        return
    directory = start + unpack_from(f"{order}L", data, start + length - 4)[0]
    if directory + 2 > len(data):
        return
    (count,) = unpack_from(f"{order}H", data, directory)
    for at in range(directory + 2, min(directory + 2 + 10 * min(count, MAX_RECORDS), len(data) - 9), 10):
        tag, size, offset = unpack_from(f"{order}HLL", data, at)
        if tag & 0x4000:  # eight bytes of value stand in the record itself
            records.setdefault(tag & 0x3FFF, data[at + 2 : at + 10])
        elif tag & 0x3800 in (0x2800, 0x3000):
            _heap(data, order, start + offset, size, records, depth + 1)
        else:
            records.setdefault(tag & 0x3FFF, data[start + offset : start + offset + min(size, 4096)])
