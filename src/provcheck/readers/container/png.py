"""PNG: chunks in order, with the text ones unpacked within bounds."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from struct import unpack_from

from provcheck.domain.text import Text, say
from provcheck.readers.container.blocks import Block, Container, Kind

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_CHUNKS = 20_000  # pictures written in small IDAT chunks have thousands
MAX_UNPACKED = 8 << 20  # bytes in all; no file of the corpus passes 1 MiB, a bomb does
XMP = b"XML:com.adobe.xmp"
RAW_PROFILE = b"Raw profile type "  # ImageMagick's hexadecimal EXIF, IPTC and XMP


@dataclass(slots=True)
class Budget:
    """Bytes that may still be unpacked, over all chunks of the file."""

    left: int


def walk_png(data: bytes) -> Container:
    blocks: list[Block] = []
    damage: list[Text] = []
    width = height = end = 0
    budget = Budget(MAX_UNPACKED)
    at = len(SIGNATURE)
    for _ in range(MAX_CHUNKS):
        if at + 8 > len(data):
            break
        length = int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        if at + 12 + length > len(data):
            break
        if name == b"IEND":
            end = at + 12 + length
            break
        if name == b"IHDR" and length >= 8:
            width, height = unpack_from(">II", data, at + 8)
        elif name != b"IDAT":
            _chunk(name, data[at + 8 : at + 8 + length], at + 8, blocks, damage, budget)
        at += 12 + length
    if not end:
        damage.append(say("metadata.cut-short", format="PNG", offset=at))
    return Container("PNG", tuple(blocks), bool(end), tuple(damage), width, height, end=end)


def _chunk(name: bytes, body: bytes, offset: int, blocks: list[Block], damage: list[Text], budget: Budget) -> None:
    if name in (b"eXIf", b"exIf"):
        blocks.append(Block(Kind.EXIF, body.removeprefix(b"Exif\x00\x00"), offset + (6 if body.startswith(b"Exif\x00\x00") else 0)))
    elif name == b"tIME":
        blocks.append(Block(Kind.TIME, body, offset))
    elif name == b"caBX":
        blocks.append(Block(Kind.C2PA, body, offset))
    elif name == b"iCCP":
        _, _, rest = body.partition(b"\x00")
        _unpacked(Kind.ICC, b"", rest[1:], blocks, damage, budget)
    elif name == b"tEXt":
        keyword, _, value = body.partition(b"\x00")
        _text(keyword, value, blocks, damage, latin=True)
    elif name == b"zTXt":
        keyword, _, rest = body.partition(b"\x00")
        _unpacked(Kind.TEXT, keyword, rest[1:], blocks, damage, budget)
    elif name == b"iTXt":
        _international(body, blocks, damage, budget)


def _international(body: bytes, blocks: list[Block], damage: list[Text], budget: Budget) -> None:
    keyword, _, rest = body.partition(b"\x00")
    packed, rest = rest[:1] == b"\x01", rest[2:]
    language, _, rest = rest.partition(b"\x00")
    _, _, value = rest.partition(b"\x00")
    if language and language.lower() != b"x-default":
        keyword += b"-" + language
    if packed:
        _unpacked(Kind.TEXT, keyword, value, blocks, damage, budget, latin=False)
    else:
        _text(keyword, value, blocks, damage)


def _unpacked(
    kind: Kind, keyword: bytes, packed: bytes, blocks: list[Block], damage: list[Text], budget: Budget, *, latin: bool = True
) -> None:
    opener = zlib.decompressobj()
    try:
        value = opener.decompress(packed, budget.left)
    except zlib.error:
        damage.append(say("metadata.broken-compression", block=kind.value))
        return
    budget.left = max(1, budget.left - len(value))  # 0 would mean no limit
    if not opener.eof:
        damage.append(say("metadata.broken-compression", block=kind.value))
    if kind is Kind.TEXT:
        _text(keyword, value, blocks, damage, latin=latin)
    else:
        blocks.append(Block(kind, value))


def _text(keyword: bytes, value: bytes, blocks: list[Block], damage: list[Text], *, latin: bool = False) -> None:
    if keyword == XMP:
        blocks.append(Block(Kind.XMP, value))
    elif keyword.startswith(RAW_PROFILE):
        _profile(keyword[len(RAW_PROFILE) :], value, blocks, damage)
    else:
        blocks.append(Block(Kind.TEXT, keyword + b"\x00" + value, latin=latin))


def _profile(name: bytes, value: bytes, blocks: list[Block], damage: list[Text]) -> None:
    """ImageMagick's form: a newline, the name, the length in decimal, then hexadecimal digits."""
    lines = value.strip().split(b"\n", 2)
    try:
        body = bytes.fromhex(b"".join(lines[2].split()).decode("ascii")) if len(lines) == 3 else b""
    except ValueError:
        body = b""
    if not body:
        damage.append(say("metadata.broken-profile", name=name.decode("latin-1")[:40]))
    elif body.startswith(b"Exif\x00\x00"):
        blocks.append(Block(Kind.EXIF, body[6:]))
    elif name == b"exif":
        blocks.append(Block(Kind.EXIF, body))
    elif name in (b"iptc", b"8bim"):
        blocks.append(Block(Kind.RESOURCES if body.startswith(b"8BIM") else Kind.IPTC, body))
    elif name == b"xmp" or body.startswith(b"http://ns.adobe.com/xap/1.0/\x00"):
        blocks.append(Block(Kind.XMP, body.removeprefix(b"http://ns.adobe.com/xap/1.0/\x00")))
    elif name in (b"icc", b"icm"):
        blocks.append(Block(Kind.ICC, body))
