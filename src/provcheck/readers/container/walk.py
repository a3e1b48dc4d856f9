"""Which container is this, and what does its walker see?"""

from __future__ import annotations

from provcheck.readers.container.blocks import Container
from provcheck.readers.container.gif import walk_gif
from provcheck.readers.container.isobmff import walk_isobmff
from provcheck.readers.container.jpeg import SOI, walk_jpeg
from provcheck.readers.container.png import SIGNATURE, walk_png
from provcheck.readers.container.raw import walk_raw
from provcheck.readers.container.webp import walk_webp

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
    if data.startswith(b"\xff\x0a"):
        return Container("JPEG XL")  # a bare codestream, without boxes for metadata
    if data.startswith(b"BM"):
        return Container("BMP")  # has no place for metadata
    return walk_raw(data)
