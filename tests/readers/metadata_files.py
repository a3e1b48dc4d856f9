"""Small files with metadata in them, built byte by byte, so that a test can break exactly one thing."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from tests.pictures import saved, scene

Value = tuple[int, int, bytes]  # TIFF type, count, bytes
FORMATS = ("JPEG", "PNG", "WebP", "TIFF", "HEIC", "JPEG XL")


def ascii_(text: str | bytes) -> Value:
    raw = (text.encode() if isinstance(text, str) else text) + b"\x00"
    return 2, len(raw), raw


def short(value: int, order: str = "<") -> Value:
    return 3, 1, struct.pack(f"{order}H", value)


def long(value: int, order: str = "<") -> Value:
    return 4, 1, struct.pack(f"{order}L", value)


def undefined(raw: bytes) -> Value:
    return 7, len(raw), raw


def rationals(*pairs: tuple[int, int], order: str = "<") -> Value:
    return 5, len(pairs), b"".join(struct.pack(f"{order}LL", *pair) for pair in pairs)


def directory(entries: Mapping[int, Value], at: int, following: int = 0, order: str = "<") -> bytes:
    """An IFD that will stand at offset `at`, with its values behind it."""
    tail = at + 2 + 12 * len(entries) + 4
    head, values = struct.pack(f"{order}H", len(entries)), b""
    for tag, (type_, count, raw) in sorted(entries.items()):
        head += struct.pack(f"{order}HHL", tag, type_, count)
        if len(raw) <= 4:
            head += raw.ljust(4, b"\x00")
        else:
            head += struct.pack(f"{order}L", tail + len(values))
            values += raw + b"\x00" * (len(raw) % 2)
    return head + struct.pack(f"{order}L", following) + values


def tiff(
    ifd0: Mapping[int, Value],
    exif: Mapping[int, Value] | None = None,
    gps: Mapping[int, Value] | None = None,
    thumbnail: bytes = b"",
    order: str = "<",
) -> bytes:
    """A TIFF structure: IFD0 with its Exif and GPS directories, and IFD1 with a thumbnail."""
    entries = dict(ifd0)
    if exif is not None:
        entries[0x8769] = long(0, order)
    if gps is not None:
        entries[0x8825] = long(0, order)
    at = 8 + len(directory(entries, 8, order=order))
    parts = b""
    for tag, inner in ((0x8769, exif), (0x8825, gps)):
        if inner is not None:
            entries[tag] = long(at + len(parts), order)
            parts += directory(inner, at + len(parts), order=order)
    following = 0
    if thumbnail:
        following = at + len(parts)
        size = len(directory({0x0201: long(0, order), 0x0202: long(0, order)}, 0, order=order))
        parts += (
            directory({0x0201: long(following + size, order), 0x0202: long(len(thumbnail), order)}, following, order=order)
            + thumbnail
        )
    mark = b"II*\x00" if order == "<" else b"MM\x00*"
    return mark + struct.pack(f"{order}L", 8) + directory(entries, 8, following, order) + parts


def picture(width: int = 64, height: int = 48, format_: str = "JPEG", seed: int = 0) -> bytes:
    """A picture with details, without metadata."""
    return saved(scene(width, height, seed), format_)


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(*segments: bytes, base: bytes | None = None) -> bytes:
    """A JPEG with `segments` before its own."""
    base = base if base is not None else picture()
    return base[:2] + b"".join(segments) + base[2:]


def app1(block: bytes) -> bytes:
    return segment(0xE1, b"Exif\x00\x00" + block)


def xmp_segment(packet: bytes) -> bytes:
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + packet)


def iptc_segment(*datasets: tuple[int, int, bytes]) -> bytes:
    raw = b"".join(struct.pack(">BBBH", 0x1C, record, number, len(value)) + value for record, number, value in datasets)
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">L", len(raw)) + raw + b"\x00" * (len(raw) % 2)
    return segment(0xED, b"Photoshop 3.0\x00" + resource)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))


def png(*chunks: bytes) -> bytes:
    base = picture(format_="PNG")
    return base[:33] + b"".join(chunks) + base[33:]


def webp(exif: bytes = b"", xmp: bytes = b"") -> bytes:
    body = b"WEBP" + b"VP8X" + struct.pack("<L", 10) + b"\x0c\x00\x00\x00" + b"\x3f\x00\x00\x2f\x00\x00"
    for name, block in ((b"EXIF", exif), (b"XMP ", xmp)):
        if block:
            body += name + struct.pack("<L", len(block)) + block + b"\x00" * (len(block) % 2)
    return b"RIFF" + struct.pack("<L", len(body)) + body


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body) + 8) + name + body


def heic(exif: bytes) -> bytes:
    """ftyp, and a meta box whose one item is EXIF in idat."""
    item = struct.pack(">L", 6) + b"Exif\x00\x00" + exif
    infe = box(b"infe", b"\x02\x00\x00\x00" + struct.pack(">HH", 1, 0) + b"Exif" + b"\x00")
    iinf = box(b"iinf", b"\x00\x00\x00\x00" + struct.pack(">H", 1) + infe)
    iloc = box(b"iloc", b"\x01\x00\x00\x00\x44\x00" + struct.pack(">HHHHHLL", 1, 1, 1, 0, 1, 0, len(item)))
    return box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic") + box(b"meta", b"\x00\x00\x00\x00" + iinf + iloc + box(b"idat", item))


def jxl(exif: bytes) -> bytes:
    item = struct.pack(">L", 0) + exif
    return (
        b"\x00\x00\x00\x0cJXL \r\n\x87\n"
        + box(b"ftyp", b"jxl \x00\x00\x00\x00jxl ")
        + box(b"Exif", item)
        + box(b"jxlc", b"\xff\x0a\x00")
    )


def with_exif(format_: str, block: bytes) -> bytes:
    """The block in any of FORMATS."""
    match format_:
        case "JPEG":
            return jpeg(app1(block))
        case "PNG":
            return png(chunk(b"eXIf", block))
        case "WebP":
            return webp(exif=block)
        case "TIFF":
            return block
        case "HEIC":
            return heic(block)
    return jxl(block)


def packet(properties: str) -> bytes:
    """An XMP packet; `properties` are the children of its one rdf:Description."""
    return f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">{properties}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


CAMERA = {0x010F: ascii_("Example"), 0x0110: ascii_("Model One"), 0x0132: ascii_("2023:07:29 10:00:05")}
TIMES = {0x9003: ascii_("2023:07:29 10:00:00"), 0x9004: ascii_("2023:07:29 10:00:00"), 0x9011: ascii_("+05:00")}
AKSAY = {  # a town on the road: 51.17 N, 53.0 E
    0x0001: ascii_("N"),
    0x0002: rationals((51, 1), (10, 1), (1200, 100)),
    0x0003: ascii_("E"),
    0x0004: rationals((53, 1), (0, 1), (0, 1)),
    0x0007: rationals((5, 1), (0, 1), (0, 1)),
    0x001D: ascii_("2023:07:29"),
}
ORDINARY = tiff(CAMERA, TIMES, AKSAY)
