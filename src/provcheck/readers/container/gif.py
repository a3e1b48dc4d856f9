"""GIF: the blocks of its first to last frame, with comments and XMP."""

from __future__ import annotations

from struct import unpack_from

from provcheck.domain.text import say
from provcheck.readers.container.blocks import Block, Container, Kind

MAX_BLOCKS = 50_000  # an animation of thousands of frames passes; a bomb does not
XMP = b"XMP DataXMP"
ICC = b"ICCRGBG1012"


def walk_gif(data: bytes) -> Container:
    width, height = unpack_from("<HH", data, 6) if len(data) >= 10 else (0, 0)
    blocks: list[Block] = []
    at = 13 + (3 << (data[10] & 7) + 1 if len(data) > 10 and data[10] & 0x80 else 0)
    whole = False
    for _ in range(MAX_BLOCKS):
        if at >= len(data):
            break
        if data[at] == 0x3B:
            whole = True
            at += 1
            break
        if data[at] == 0x2C and at + 10 <= len(data):
            flags = data[at + 9]
            at = _skip(data, at + 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0))
        elif data[at] == 0x21 and at + 2 <= len(data):
            at = _extension(data, at, blocks)
        else:
            break
    damage = () if whole else (say("metadata.cut-short", format="GIF", offset=at),)
    return Container("GIF", tuple(blocks), whole, damage, width, height, end=at if whole else 0)


def _extension(data: bytes, at: int, blocks: list[Block]) -> int:
    label, body = data[at + 1], at + 2
    if label == 0xFE:
        end = _skip(data, body)
        blocks.append(Block(Kind.COMMENT, _joined(data, body, end), body))
        return end
    if label == 0xFF and data[body : body + 1] == b"\x0b":
        name = data[body + 1 : body + 12]
        if name == XMP:  # the packet lies bare; a 258-byte trailer makes it skippable as sub-blocks
            end = _skip(data, body + 12)
            blocks.append(Block(Kind.XMP, data[body + 12 : max(body + 12, end - 258)], body + 12))
            return end
        if name == ICC:
            end = _skip(data, body + 12)
            blocks.append(Block(Kind.ICC, _joined(data, body + 12, end)))
            return end
    return _skip(data, body)


def _skip(data: bytes, at: int) -> int:
    """The position after a chain of sub-blocks; past the end where the chain is cut."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1


def _joined(data: bytes, at: int, end: int) -> bytes:
    pieces = []
    while at < end - 1 and at < len(data) and data[at]:
        pieces.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return b"".join(pieces)
