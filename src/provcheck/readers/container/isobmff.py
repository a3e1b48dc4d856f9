"""ISO base media files: HEIC and AVIF items, JPEG XL and JPEG 2000 boxes, Canon CR3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.domain.text import Text, say
from provcheck.readers.container.blocks import Block, Container, Kind

MAX_BOXES = 4096  # in one file, nested ones included; HEIC grids have a few hundred
MAX_ITEMS = 2048
MAX_EXTENTS = 256
XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
EXIF_UUID = b"JpgTiffExif->JP2"  # JPEG 2000
IPTC_UUID = bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38")
CR3_UUID = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
CR3_PARTS = {b"CMT1": "IFD0", b"CMT2": "Exif", b"CMT3": "MakerNote", b"CMT4": "GPS"}
BRANDS = {b"avif": "AVIF", b"avis": "AVIF", b"crx ": "CR3", b"heic": "HEIC"}
PICTURED = frozenset({b"meta", b"moov", b"jp2h", b"jxlc", b"jxlp"})  # one of them stands in every picture of these formats
PACKED = {b"Exif": "EXIF", b"xml ": "XMP", b"jumb": "C2PA"}  # what a JPEG XL writer may compress
HEIF = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"mif2"})


@dataclass(frozen=True, slots=True)
class Box:
    name: bytes
    start: int  # of the body
    end: int


class _CutError(Exception):
    """A box that runs past its parent."""


class _Reader:
    """Counts boxes over the whole file, so that nesting cannot multiply the bound."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.left = MAX_BOXES

    def boxes(self, at: int, end: int) -> Iterator[Box]:
        while at + 8 <= end:
            self.left -= 1
            if self.left < 0:
                raise _CutError
            size, head = int.from_bytes(self.data[at : at + 4], "big"), 8
            name = self.data[at + 4 : at + 8]
            if size == 1:
                size, head = int.from_bytes(self.data[at + 8 : at + 16], "big"), 16
            elif size == 0:
                size = end - at
            if size < head or at + size > end:
                raise _CutError
            yield Box(name, at + head, at + size)
            at += size

    def number(self, at: int, size: int) -> int:
        return int.from_bytes(self.data[at : at + size], "big")


def walk_isobmff(data: bytes) -> Container:
    reader = _Reader(data)
    blocks: list[Block] = []
    damage: list[Text] = []
    format_, whole, pictured = _brand(data), True, False
    size = (0, 0)
    try:
        for box in reader.boxes(0, len(data)):
            pictured = pictured or box.name in PICTURED
            if box.name == b"meta":
                size = _meta(reader, box, blocks, damage) or size
            elif box.name == b"moov" and format_ == "CR3":
                _canon(reader, box, blocks)
            elif box.name == b"jp2h":
                size = _jp2_header(reader, box, blocks) or size
            elif box.name == b"brob" and data[box.start : box.start + 4] in PACKED:  # there, and not to be read without a decoder
                whole = False
                damage.append(say("metadata.broken-compression", block=f"Brotli {PACKED[data[box.start : box.start + 4]]}"))
            else:
                _flat(data, box, blocks, damage)
    except _CutError:
        whole = False
        damage.append(say("metadata.cut-short", format=format_, offset=len(data)))
    if whole and not pictured:
        whole = False
        damage.append(say("metadata.no-picture-box", format=format_))
    return Container(format_, tuple(blocks), whole, tuple(damage), *size)


def _brand(data: bytes) -> str:
    if data[4:8] == b"JXL ":
        return "JPEG XL"
    if data[4:8] == b"jP  ":
        return "JP2"
    end = min(int.from_bytes(data[:4], "big"), 256)
    major = data[8:12]
    if major in BRANDS:
        return BRANDS[major]
    others = {data[i : i + 4] for i in range(16, end, 4)}
    if others & {b"avif", b"avis"}:
        return "AVIF"
    return "HEIF" if major in HEIF or others & HEIF else "ISOBMFF"


def _flat(data: bytes, box: Box, blocks: list[Block], damage: list[Text]) -> None:
    """Boxes that stand at the top of a JPEG XL, JPEG 2000 or HEIF file."""
    if box.name == b"Exif":
        _exif(data[box.start : box.end], box.start, blocks, damage)
    elif box.name in (b"xml ", b"XML "):
        blocks.append(Block(Kind.XMP, data[box.start : box.end], box.start))
    elif box.name == b"jumb":
        blocks.append(Block(Kind.C2PA, data[box.start - 8 : box.end], box.start - 8))
    elif box.name == b"uuid":
        _uuid(data, box, blocks)


def _uuid(data: bytes, box: Box, blocks: list[Block]) -> None:
    kind, start = data[box.start : box.start + 16], box.start + 16
    body = data[start : box.end]
    if kind == XMP_UUID:
        blocks.append(Block(Kind.XMP, body, start))
    elif kind == EXIF_UUID:
        blocks.append(Block(Kind.EXIF, body, start))
    elif kind == IPTC_UUID:
        blocks.append(Block(Kind.IPTC, body, start))
    elif kind == C2PA_UUID:
        blocks.append(Block(Kind.C2PA, body, start))


def _exif(body: bytes, start: int, blocks: list[Block], damage: list[Text]) -> None:
    """An Exif item opens with the distance to its TIFF header; files that get it wrong are common."""
    skip = 4 + int.from_bytes(body[:4], "big")
    if body[skip : skip + 2] not in (b"II", b"MM"):
        near = next((at for at in (4, 10, 0, 6) if body[at : at + 4] in (b"II*\x00", b"MM\x00*")), None)
        if near is None:
            damage.append(say("metadata.exif-no-header"))
            near = min(skip, len(body))
        skip = near
    blocks.append(Block(Kind.EXIF, body[skip:], start + skip))


def _jp2_header(reader: _Reader, box: Box, blocks: list[Block]) -> tuple[int, int] | None:
    size = None
    for inner in reader.boxes(box.start, box.end):
        if inner.name == b"ihdr":
            size = reader.number(inner.start + 4, 4), reader.number(inner.start, 4)
        elif inner.name == b"colr" and reader.data[inner.start : inner.start + 1] in (b"\x02", b"\x03"):
            blocks.append(Block(Kind.ICC, reader.data[inner.start + 3 : inner.end], inner.start + 3))
    return size


def _canon(reader: _Reader, moov: Box, blocks: list[Block]) -> None:
    """CR3 keeps its EXIF parts as four TIFF structures: IFD0, Exif, maker note, GPS."""
    for box in reader.boxes(moov.start, moov.end):
        if box.name == b"uuid" and reader.data[box.start : box.start + 16] == CR3_UUID:
            blocks.extend(
                Block(Kind.EXIF, reader.data[part.start : part.end], part.start, CR3_PARTS[part.name])
                for part in reader.boxes(box.start + 16, box.end)
                if part.name in CR3_PARTS
            )


def _meta(reader: _Reader, meta: Box, blocks: list[Block], damage: list[Text]) -> tuple[int, int] | None:
    inner = {box.name: box for box in reader.boxes(meta.start + 4, meta.end)}
    types = _item_types(reader, inner[b"iinf"]) if b"iinf" in inner else {}
    places = _item_places(reader, inner[b"iloc"]) if b"iloc" in inner else {}
    idat = inner.get(b"idat")
    for number, (type_, content) in types.items():
        wanted = type_ == b"Exif" or (type_ == b"mime" and content in (b"application/rdf+xml", b"application/c2pa"))
        if not wanted:
            continue
        body, offset = _item_bytes(reader.data, places.get(number), idat)
        if body is None:
            damage.append(say("metadata.item-out-of-reach", item=type_.decode("latin-1")))
        elif type_ == b"Exif":
            _exif(body, offset, blocks, damage)
        else:
            blocks.append(Block(Kind.XMP if content == b"application/rdf+xml" else Kind.C2PA, body, offset))
    return _properties(reader, inner, blocks)


def _item_bytes(data: bytes, place: tuple[tuple[tuple[int, int], ...], bool] | None, idat: Box | None) -> tuple[bytes | None, int]:
    if place is None or not place[0]:
        return None, -1
    extents, inside = place
    base, end = (idat.start, idat.end) if inside and idat else (0, len(data))
    pieces = []
    for offset, length in extents:
        length = length or end - base - offset
        if length < 0 or base + offset + length > end:
            return None, -1
        pieces.append(data[base + offset : base + offset + length])
    return b"".join(pieces), base + extents[0][0] if len(extents) == 1 else -1


def _item_types(reader: _Reader, box: Box) -> dict[int, tuple[bytes, bytes]]:
    version = reader.data[box.start]
    start = box.start + (6 if version == 0 else 8)
    found: dict[int, tuple[bytes, bytes]] = {}
    for entry in reader.boxes(start, box.end):
        if entry.name != b"infe" or len(found) >= MAX_ITEMS:
            continue
        wide = 4 if reader.data[entry.start] >= 3 else 2
        at = entry.start + 4
        number, type_ = reader.number(at, wide), reader.data[at + wide + 2 : at + wide + 6]
        strings = reader.data[at + wide + 6 : entry.end].split(b"\x00")
        found[number] = type_, strings[1] if len(strings) > 1 else b""
    return found


def _item_places(reader: _Reader, box: Box) -> dict[int, tuple[tuple[tuple[int, int], ...], bool]]:
    version, at = reader.data[box.start], box.start + 4
    sizes = reader.number(at, 2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version >= 2 else 2
    count, at = reader.number(at + 2, wide), at + 2 + wide
    places: dict[int, tuple[tuple[tuple[int, int], ...], bool]] = {}
    for _ in range(min(count, MAX_ITEMS)):
        number, at = reader.number(at, wide), at + wide
        inside = False
        if version in (1, 2):
            inside, at = reader.number(at, 2) & 15 == 1, at + 2
        base, at = reader.number(at + 2, base_size), at + 2 + base_size
        extent_count, at = reader.number(at, 2), at + 2
        if extent_count > MAX_EXTENTS or at >= box.end:
            raise _CutError
        extents = []
        for _ in range(extent_count):
            at += index_size if version in (1, 2) else 0
            extents.append((base + reader.number(at, offset_size), reader.number(at + offset_size, length_size)))
            at += offset_size + length_size
        places[number] = tuple(extents), inside
    return places


def _properties(reader: _Reader, inner: dict[bytes, Box], blocks: list[Block]) -> tuple[int, int] | None:
    """Size and colour profile: those of the primary item where the associations name it, else the largest."""
    if b"iprp" not in inner:
        return None
    boxes = {box.name: box for box in reader.boxes(inner[b"iprp"].start, inner[b"iprp"].end)}
    if b"ipco" not in boxes:
        return None
    properties = list(reader.boxes(boxes[b"ipco"].start, boxes[b"ipco"].end))
    primary = _primary(reader, inner)
    mine = _associated(reader, boxes[b"ipma"], primary) if b"ipma" in boxes and primary is not None else None
    own = [properties[i - 1] for i in mine if 0 < i <= len(properties)] if mine else properties
    sizes = [(reader.number(box.start + 4, 4), reader.number(box.start + 8, 4)) for box in own if box.name == b"ispe"]
    for box in own:
        if box.name == b"colr" and reader.data[box.start : box.start + 4] in (b"prof", b"rICC"):
            blocks.append(Block(Kind.ICC, reader.data[box.start + 4 : box.end], box.start + 4))
            break
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


def _primary(reader: _Reader, inner: dict[bytes, Box]) -> int | None:
    if b"pitm" not in inner:
        return None
    start = inner[b"pitm"].start
    return reader.number(start + 4, 2 if reader.data[start] == 0 else 4)


def _associated(reader: _Reader, box: Box, wanted: int) -> list[int] | None:
    version, flags = reader.data[box.start], reader.number(box.start + 1, 3)
    at, wide, each = box.start + 8, 2 if version == 0 else 4, 2 if flags & 1 else 1
    for _ in range(min(reader.number(box.start + 4, 4), MAX_ITEMS)):
        number, count = reader.number(at, wide), reader.number(at + wide, 1)
        at += wide + 1
        if at > box.end:
            return None
        if number == wanted:
            mask = 0x7FFF if each == 2 else 0x7F
            return [reader.number(at + each * i, each) & mask for i in range(count)]
        at += each * count
    return None
