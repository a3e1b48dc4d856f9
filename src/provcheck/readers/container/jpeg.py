"""JPEG: marker segments up to the first scan, then the end of the picture and what trails it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from struct import iter_unpack, unpack_from

from provcheck.domain.text import Text, say
from provcheck.readers.container.blocks import Block, Container, Kind

SOI = b"\xff\xd8"
EOI = b"\xff\xd9"
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # SOF markers; the others in the range are tables
MARKER = re.compile(rb"\xff[^\x00\x01\xff\xd0-\xd8]")  # those with a length, and the end of the picture
MAX_JUNK = 4096  # bytes between two segments; more is no JPEG any more
SOS, DQT, COM = 0xDA, 0xDB, 0xFE
EXIF = b"Exif\x00"
XMP = b"http://ns.adobe.com/xap/1.0/\x00"
EXTENDED = b"http://ns.adobe.com/xmp/extension/\x00"
PHOTOSHOP = b"Photoshop 3.0\x00"
ICC = b"ICC_PROFILE\x00"
MPF = b"MPF\x00"
FLIR = b"FLIR\x00"
UNICODE = b"UNICODE\x00"  # a comment in UCS-2, as PhotoStudio writes it
MAX_SEGMENTS = 100_000  # photos have a few hundred; this many empty ones take a tenth of a second
LEAST_BITS = {
    0: 2,
    1: 2,
    2: 1,
}  # for a block of 8 × 8, by process: one for its mean, and where scans hold whole blocks one for its end


@dataclass(slots=True)
class _Parts:
    """What the segments have given so far."""

    blocks: list[Block] = field(default_factory=list)
    icc: list[tuple[int, bytes]] = field(default_factory=list)
    extended: dict[bytes, dict[int, bytes]] = field(default_factory=dict)
    resources: list[bytes] = field(default_factory=list)
    flir: list[tuple[int, bytes]] = field(default_factory=list)
    jumbf: dict[bytes, list[tuple[int, bytes]]] = field(default_factory=dict)
    damage: list[Text] = field(default_factory=list)
    tables: dict[int, tuple[int, ...]] = field(default_factory=dict)
    frame: tuple[int, int, int] | None = None
    sampling: tuple[tuple[int, int], ...] = ()
    markers: list[int] = field(default_factory=list)


def walk_jpeg(data: bytes, start: int = 0) -> Container:
    """The segments of the JPEG at `start`."""
    parts = _Parts()
    at, whole = _segments(data, start + 2, parts)
    _join(parts)
    end = 0
    if whole:
        eoi = data.find(EOI, at)  # entropy-coded data stuffs every FF, so the first hit is the end
        end = eoi + 2 if eoi >= 0 else 0
        if eoi < 0:
            parts.damage.append(say("metadata.no-end", format="JPEG"))
        elif (least := _least_bytes(parts)) > eoi - at:
            parts.damage.append(say("metadata.picture-missing", least=least, bytes=eoi - at))
    else:
        parts.damage.append(say("metadata.cut-short", format="JPEG", offset=at))
    process, width, height = parts.frame or (None, 0, 0)
    tables = tuple(parts.tables[number] for number in sorted(parts.tables))
    damage, markers = tuple(parts.damage), tuple(parts.markers)
    return Container("JPEG", tuple(parts.blocks), whole, damage, width, height, process, end, tables, parts.sampling, markers)


def _least_bytes(parts: _Parts) -> int:
    """What Huffman-coded data of this size cannot be shorter than. Decoders fill what is missing with grey, and do not say so."""
    process, width, height = parts.frame or (-1, 0, 0)
    largest = max((across * down for across, down in parts.sampling), default=0)
    if not largest or process not in LEAST_BITS:
        return 0
    blocks = sum(width * height * across * down // (64 * largest) for across, down in parts.sampling)
    return blocks * LEAST_BITS[process] // 8


def _segments(data: bytes, at: int, parts: _Parts) -> tuple[int, bool]:
    """Reads segments from `at`; returns where it stopped and whether it reached the first scan (or a lone end)."""
    for _ in range(MAX_SEGMENTS):
        at, marker = _marker(data, at, parts)
        if marker == 0xD9:
            return at, parts.frame is not None
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if not marker or length < 2 or at + 2 + length > len(data):
            return at, False
        parts.markers.append(marker)
        _segment(marker, data[at + 4 : at + 2 + length], at + 4, parts)
        at += 2 + length
        if marker == SOS:
            return at, True
    return at, False


def _marker(data: bytes, at: int, parts: _Parts) -> tuple[int, int]:
    """Where the next marker with a body stands, and which it is; 0 where there is none. Skips junk, as decoders do."""
    match = MARKER.search(data, at, at + MAX_JUNK)
    if match is None:
        return at, 0
    if match.start() > at and data[at] != 0xFF:
        parts.damage.append(say("metadata.junk-between", offset=at, bytes=match.start() - at))
    return match.end() - 2, data[match.end() - 1]


def _segment(marker: int, body: bytes, offset: int, parts: _Parts) -> None:
    if 0xE0 <= marker <= 0xEF:
        _application(marker, body, offset, parts)
    elif marker in FRAMES:
        _frame(marker, body, parts)
    elif marker == DQT:
        _tables(body, parts)
    elif marker == COM:
        parts.blocks.append(Block(Kind.COMMENT, body, offset))


def _application(marker: int, body: bytes, offset: int, parts: _Parts) -> None:
    if marker == 0xE0 and body[6:10] == b"HEAP":
        parts.blocks.append(Block(Kind.CIFF, body, offset))
    elif marker == 0xE1:
        _app1(body, offset, parts)
    elif marker == 0xE2:
        _app2(body, offset, parts)
    elif marker == 0xEB:
        _app11(body, parts)
    elif marker == 0xEA and body.startswith(UNICODE):
        comment = body[len(UNICODE) :].decode("utf-16-be", "replace")
        parts.blocks.append(Block(Kind.COMMENT, comment.encode("utf-8", "replace"), -1))
    elif marker == 0xED and body.startswith(PHOTOSHOP):
        parts.resources.append(body[len(PHOTOSHOP) :])


def _app2(body: bytes, offset: int, parts: _Parts) -> None:
    if body.startswith(ICC) and len(body) > 14:
        parts.icc.append((body[12], body[14:]))
    elif body.startswith(MPF):
        parts.blocks.append(Block(Kind.MPF, body[4:], offset + 4))


def _app11(body: bytes, parts: _Parts) -> None:
    """JUMBF: "JP", box instance, packet number, and the box; each packet repeats the box's head."""
    if body[:2] == b"JP" and len(body) > 16:
        parts.jumbf.setdefault(body[2:4], []).append((int.from_bytes(body[4:8], "big"), body[8:]))
    else:
        parts.damage.append(say("metadata.broken-jumbf"))


def _app1(body: bytes, offset: int, parts: _Parts) -> None:
    if body[:4].lower() == b"exif":
        parts.blocks.append(Block(Kind.EXIF, body[6:], offset + 6))
    elif body.startswith(XMP):
        parts.blocks.append(Block(Kind.XMP, body[len(XMP) :], offset + len(XMP)))
    elif body.startswith(FLIR) and len(body) > 8:
        parts.flir.append((body[6], body[8:]))
    elif body.startswith(EXTENDED) and len(body) >= len(EXTENDED) + 40:
        head = len(EXTENDED)
        guid, where = body[head : head + 32], int.from_bytes(body[head + 36 : head + 40], "big")
        parts.extended.setdefault(guid, {})[where] = body[head + 40 :]
    elif b"<x:xmpmeta" in body[:500] or b"<?xpacket" in body[:100]:  # writers that garble the name; damage enough to be found by
        start = min(at for at in (body.find(b"<x:xmpmeta"), body.find(b"<?xpacket")) if at >= 0)
        parts.blocks.append(Block(Kind.XMP, body[start:], offset + start))


def _frame(marker: int, body: bytes, parts: _Parts) -> None:
    if parts.frame is None and len(body) >= 6:
        height, width = unpack_from(">HH", body, 1)
        parts.frame = (marker - 0xC0, width, height)
        parts.sampling = tuple(
            (factors >> 4, factors & 15)
            for _, factors, _ in iter_unpack("BBB", body[6 : 6 + 3 * min(body[5], (len(body) - 6) // 3)])
        )


def _tables(body: bytes, parts: _Parts) -> None:
    at = 0
    while at < len(body):
        wide, number = body[at] >> 4, body[at] & 15
        size = 128 if wide else 64
        values = body[at + 1 : at + 1 + size]
        if len(values) < size:
            return
        parts.tables.setdefault(number, unpack_from(">64H", values) if wide else tuple(values))
        at += 1 + size


def _join(parts: _Parts) -> None:
    """Puts together what was split over several segments."""
    if parts.icc:
        parts.blocks.append(Block(Kind.ICC, b"".join(piece for _, piece in sorted(parts.icc, key=lambda pair: pair[0]))))
    if parts.flir:
        parts.blocks.append(Block(Kind.FLIR, b"".join(piece for _, piece in sorted(parts.flir, key=lambda pair: pair[0]))))
    if parts.resources:
        parts.blocks.append(Block(Kind.RESOURCES, b"".join(parts.resources)))
    for packets in parts.jumbf.values():
        packets.sort(key=lambda packet: packet[0])
        parts.blocks.append(Block(Kind.C2PA, b"".join(body if not i else body[8:] for i, (_, body) in enumerate(packets))))
    for pieces in parts.extended.values():
        joined, sound = b"", True
        for where in sorted(pieces):
            sound = sound and where == len(joined)
            joined += pieces[where]
        if sound:
            parts.blocks.append(Block(Kind.EXTENDED_XMP, joined))
        else:
            parts.damage.append(say("metadata.extended-xmp-gap"))
