"""WebP: the chunks of a RIFF file."""

from __future__ import annotations

from provcheck.domain.text import say
from provcheck.readers.container.blocks import Block, Container, Kind

KINDS = {b"EXIF": Kind.EXIF, b"XMP ": Kind.XMP, b"ICCP": Kind.ICC, b"C2PA": Kind.C2PA}
MAX_CHUNKS = 20_000  # one per frame of an animation, and some


def walk_webp(data: bytes) -> Container:
    blocks: list[Block] = []
    width = height = 0
    at, stated = 12, int.from_bytes(data[4:8], "little") + 8
    whole = stated <= len(data)
    for _ in range(MAX_CHUNKS):
        if at + 8 > min(len(data), stated):
            break
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = at + 8
        if body + length > len(data):
            whole = False
            break
        if name in KINDS:
            piece = data[body : body + length]
            skip = 6 if name == b"EXIF" and piece.startswith(b"Exif\x00\x00") else 0
            blocks.append(Block(KINDS[name], piece[skip:], body + skip))
        elif not width:
            width, height = _size(name, data[body : body + min(length, 16)])
        at = body + length + (length & 1)
    whole = whole and width > 0
    damage = () if whole else (say("metadata.cut-short", format="WebP", offset=at),)
    return Container("WEBP", tuple(blocks), whole, damage, width, height, end=min(stated, len(data)) if whole else 0)


def _size(name: bytes, body: bytes) -> tuple[int, int]:
    if name == b"VP8X" and len(body) >= 10:
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if name == b"VP8 " and body[3:6] == b"\x9d\x01\x2a" and len(body) >= 10:
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    if name == b"VP8L" and body[:1] == b"\x2f" and len(body) >= 5:
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return 0, 0
