"""TIFF and the camera makers' raw formats: those built on TIFF, and those that only hold one."""

from __future__ import annotations

from provcheck.domain.text import say
from provcheck.readers.container.blocks import Block, Container, Kind
from provcheck.readers.container.jpeg import SOI, walk_jpeg

TIFF_MAGIC = {b"II*\x00": "TIFF", b"MM\x00*": "TIFF", b"IIU\x00": "RW2", b"IIRO": "ORF", b"IIRS": "ORF", b"MMOR": "ORF"}
MAX_SECTIONS = 64  # of an X3F file
MAX_PREVIEWS = 4


def walk_raw(data: bytes) -> Container | None:
    if data.startswith(b"FUJIFILMCCD-RAW "):
        return _held("RAF", data, [(int.from_bytes(data[84:88], "big"), int.from_bytes(data[88:92], "big"))])
    if data[6:14] == b"HEAPCCDR":
        return Container("CRW", (Block(Kind.CIFF, data, 0),))
    if data.startswith(b"FOVb"):
        return _held("X3F", data, _x3f(data))
    if data.startswith(b"IIU\x00"):
        return _rw2(data)
    if data[:4] not in TIFF_MAGIC:
        return None
    format_ = "CR2" if data[8:10] == b"CR" else TIFF_MAGIC[data[:4]]
    return Container(format_, (Block(Kind.EXIF, data, 0),))


def _held(format_: str, data: bytes, places: list[tuple[int, int]]) -> Container:
    """The metadata blocks of the JPEG previews at `places`."""
    for start, length in places[:MAX_PREVIEWS]:
        if data[start : start + 2] != SOI:
            continue
        preview = walk_jpeg(data[start : start + length])
        blocks = tuple(Block(block.kind, block.data, block.offset + start if block.offset >= 0 else -1) for block in preview.blocks)
        if any(block.kind is Kind.EXIF for block in blocks):
            return Container(format_, blocks, preview.whole, preview.damage)
    return Container(format_, whole=False, damage=(say("metadata.no-preview", format=format_),))


def _x3f(data: bytes) -> list[tuple[int, int]]:
    """Image sections of a Sigma file; the last four bytes point to the directory."""
    at = int.from_bytes(data[-4:], "little")
    if data[at : at + 4] != b"SECd":
        return []
    count = min(int.from_bytes(data[at + 8 : at + 12], "little"), MAX_SECTIONS)
    rows = [data[at + 12 + 12 * i : at + 24 + 12 * i] for i in range(count)]
    places = [
        (int.from_bytes(row[:4], "little"), int.from_bytes(row[4:8], "little")) for row in rows if row[8:12] in (b"IMA2", b"IMAG")
    ]
    return [(start + 28, length - 28) for start, length in places if length > 28]


def _rw2(data: bytes) -> Container:
    """Panasonic: the EXIF of the preview, then the file's own directory, whose low tags mean other things."""
    at = int.from_bytes(data[4:8], "little")
    count = min(int.from_bytes(data[at : at + 2], "little"), 200)
    rows = [data[at + 2 + 12 * i : at + 14 + 12 * i] for i in range(count)]
    places = [(int.from_bytes(row[8:12], "little"), int.from_bytes(row[4:8], "little")) for row in rows if row[:2] == b"\x2e\x00"]
    held = _held("RW2", data, places)
    return Container("RW2", (*held.blocks, Block(Kind.EXIF, data, 0, "RW2")), held.whole, held.damage)
