"""Which container is this, and what does its walker see?"""

from __future__ import annotations

from provcheck.readers.container.blocks import Block, Container, Kind
from provcheck.readers.container.gif import walk_gif
from provcheck.readers.container.isobmff import walk_isobmff
from provcheck.readers.container.jpeg import SOI, walk_jpeg
from provcheck.readers.container.png import SIGNATURE, walk_png
from provcheck.readers.container.webp import walk_webp

TIFF_MAGIC = {b"II*\x00": "TIFF", b"MM\x00*": "TIFF", b"IIU\x00": "RW2", b"IIRO": "ORF", b"IIRS": "ORF", b"MMOR": "ORF"}
BOXED = frozenset({b"ftyp", b"jP  ", b"JXL "})


def walk(data: bytes) -> Container | None:
    """The container of `data`, or None where no walker knows its first bytes."""
    if data.startswith(SOI):
        return walk_jpeg(data)
    if data.startswith(SIGNATURE):
        return walk_png(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return walk_webp(data)
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return walk_gif(data)
    if data[4:8] in BOXED:
        return walk_isobmff(data)
    if data[:4] in TIFF_MAGIC:
        return Container(TIFF_MAGIC[data[:4]], (Block(Kind.EXIF, data, 0),))
    return _raf(data) if data.startswith(b"FUJIFILMCCD-RAW ") else None


def _raf(data: bytes) -> Container:
    """Fujifilm RAF: the metadata are those of the JPEG preview."""
    start, length = int.from_bytes(data[84:88], "big"), int.from_bytes(data[88:92], "big")
    preview = walk_jpeg(data[start : start + length]) if data[start : start + 2] == SOI else None
    if preview is None:
        return Container("RAF", whole=False)
    blocks = tuple(Block(block.kind, block.data, block.offset + start if block.offset >= 0 else -1) for block in preview.blocks)
    return Container("RAF", blocks, preview.whole, preview.damage)
