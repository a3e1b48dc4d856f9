"""Small sound files of every kind that our own parsers take apart, to be broken."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from provcheck.readers.nikon import opened
from provcheck.report import render_json
from tests.readers.metadata_files import (
    AKSAY,
    CAMERA,
    TIMES,
    Value,
    app1,
    ascii_,
    box,
    chunk,
    heic,
    iptc_segment,
    jpeg,
    jxl,
    long,
    packet,
    png,
    rationals,
    segment,
    short,
    tiff,
    undefined,
    webp,
    xmp_segment,
)
from tests.report import cases

LENS: dict[int, Value] = {
    0x0083: (1, 1, b"\x0e"),
    0x0084: rationals((18, 1), (105, 1), (35, 10), (56, 10), order=">"),
    0x0098: undefined(b"0204" + opened(bytes(8) + bytes.fromhex("9e402d6a2c3ca0") + bytes(16), 3001234, 4711)),
}
NUMBERS = {0x0001: undefined(b"0210"), 0x001D: ascii_("3001234"), 0x00A7: long(4711, ">")}
NIKON = b"Nikon\x00\x02\x10\x00\x00" + tiff(NUMBERS | LENS, order=">")
FLIR = b"FFF\x00" + bytes(16) + struct.pack(">LLL", 101, 64, 1).ljust(44, b"\x00") + struct.pack(">HHLLLL", 32, 1, 104, 1, 96, 448)
FLIR = FLIR.ljust(96, b"\x00") + b"470023842".rjust(0x10D, b"\x00").ljust(0x170, b"\x00") + b"FOL7".ljust(0x50, b"\x00")
CANON_DIRECTORY = struct.pack("<H", 1) + struct.pack("<HHL", 0x0006, 2, 20) + struct.pack("<L", 700) + struct.pack("<L", 0)
BLOCK = tiff(CAMERA | {0x0112: short(6)}, TIMES | {0x927C: undefined(NIKON)}, AKSAY, thumbnail=b"\xff\xd8\xff\xd9")
BIG_ENDIAN = tiff({0x010F: ascii_("Canon")}, {0x927C: undefined(CANON_DIRECTORY)}, order=">")
HISTORY = (
    "<xmpMM:History><rdf:Seq><rdf:li rdf:parseType='Resource'><stEvt:action>saved</stEvt:action>"
    "<stEvt:when>2023-07-29T10:00:00+05:00</stEvt:when><stEvt:softwareAgent>Editor</stEvt:softwareAgent></rdf:li></rdf:Seq></xmpMM:History>"
    "<exif:GPSLatitude>51,12.0N</exif:GPSLatitude><exif:GPSLongitude>53,1.0E</exif:GPSLongitude>"
    "<dc:creator><rdf:Seq><rdf:li>A. Nobody</rdf:li></rdf:Seq></dc:creator>"
)
PACKET = packet(HISTORY)
SHELL = b"\xff\xd8\xff\xdb\x00\x43\x00" + bytes(range(1, 65)) + b"\xff\xc0\x00\x0b\x08\x00\x08\x00\x08\x01\x01\x11\x00"
GIF_HEAD = b"GIF89a\x08\0\x08\0\x80\0\0\0\0\0\xff\xff\xff!\xff\x0bXMP DataXMP"
GIF_TAIL = b"\x01" + bytes(range(255, -1, -1)) + b"\0!\xfe\x04note\0,\0\0\0\0\x08\0\x08\0\0\2\x01D\0;"
EMPTY = zlib.compress(b"")
BARE = SHELL + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\x34\xff\x00\x56" + b"\xff\xd9"
JUMBF = box(b"jumb", box(b"jumd", b"c2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x00\x38\x9b\x71\x03c2pa\x00") + box(b"json", b"{}"))
IPTC = iptc_segment((1, 90, b"\x1b%G"), (2, 55, b"20230729"), (2, 60, b"100000+0500"), (2, 80, b"A. Nobody"), (2, 25, b"road"))
MPF = b"\xff\xe2" + struct.pack(">H", 2 + 4 + 26) + b"MPF\x00" + tiff({0xB001: long(2)})[:26]
PHOTOS = (
    jpeg(app1(BLOCK), xmp_segment(PACKET), IPTC, base=BARE),
    jpeg(b"\xff\xeb" + struct.pack(">H", 2 + 8 + len(JUMBF)) + b"JP\x00\x01\x00\x00\x00\x01" + JUMBF, MPF, base=BARE),
    jpeg(app1(BIG_ENDIAN), b"\xff\xed\x00\x20" + b"Photoshop 3.0\x00" + b"8BIM\x04\x25" + bytes(10), base=BARE),
    jpeg(segment(0xE1, b"FLIR\x00\x01\x00\x00" + FLIR), base=BARE),
    png(
        chunk(b"eXIf", BLOCK), chunk(b"iTXt", b"XML:com.adobe.xmp" + bytes(5) + PACKET), chunk(b"tIME", b"\x07\xe7\x07\x1d\x0a\0\0")
    ),
    png(
        chunk(b"tEXt", b"Raw profile type exif\0\nexif\n8\n45786966000049492a00"), chunk(b"zTXt", b"Comment\0\0x\x9c\x03\0\0\0\0\1")
    ),
    webp(exif=BLOCK, xmp=PACKET),
    GIF_HEAD + PACKET + GIF_TAIL,
    heic(BLOCK),
    jxl(BLOCK),
    BLOCK,
    b"FUJIFILMCCD-RAW 0201" + bytes(64) + struct.pack(">LL", 128, 900) + bytes(36) + jpeg(app1(BLOCK), base=BARE),
    b"II\x1a\0\0\0HEAPCCDR" + bytes(24) + struct.pack("<HLL", 1, 10, 16) + bytes(40),
    b"FOVb" + bytes(60) + PACKET[:200],
)
CLAIMS = b"""title = "A case"
[[claim]]
by = "a journalist"
text = "Trucks near Aksay"
taken_on = { first = 2023-07-27, last = 2023-07-29 }
taken_at = 2023-07-29T14:10:00+05:00
place = { name = "Aksay", position = [51.2, 53.0], radius_km = 60, country = "KZ" }
plates = "RU"
photos = ["journalist-*.jpg"]
[[claim]]
by = "the ministry"
text = "In transit"
place = "a road"
"""
BOXES = b"""[[photo]]
file = "a.jpg"
sha256 = "%s"
add = [[1, 2, 3, 4], [[0, 0], [9, 0], [9, 9]]]
undo = [[5, 6, 7, 8]]
""" % (b"0" * 64)
SETTINGS = b"max_megabytes = 200\nmax_megapixels = 220\nseconds = 30\nmemory_megabytes = 500\n"
USES = (
    b'path,url,publisher,published,credit,licence\na.jpg,https://example.org/1,a paper,2023-07-29,A. Nobody,CC0\n"b,c.jpg",,,,,\n'
)
HASHES = b"pdq,quality,phash,dhash,sha256,name\n%s,90,0123456789abcdef,0123456789abcdef,%s,a.jpg\n" % (b"0f" * 32, b"1a" * 32)
BARE_HASHES = b"0f" * 32 + b"\n" + b"f0" * 32 + b",90,b.jpg\n"
ROWS = b"path,photo_id,case_id,claim_date,claim_place,claim_text,received_at,x\n"
ROWS += b'a.jpg,1,2,2023-07-29,"51.2, 53.0",told,2023-07-29T14:10:00+05:00,y\n'
LINES = b'{"path": "a.jpg", "claim_date": "2023-07-27/2023-07-29", "claim_place": "Aksay", "photo_id": 7}\n{"path": "b.jpg"}\n'
RECORD = render_json(cases.one_claim()).encode()


def text_files() -> dict[str, bytes]:
    """Name of a file and what stands in it, by the parser that takes it."""
    return {
        "claims.toml": CLAIMS,
        "boxes.toml": BOXES,
        "provcheck.toml": SETTINGS,
        "uses.csv": USES,
        "hashes.csv": HASHES,
        "bare.txt": BARE_HASHES,
        "rows.csv": ROWS,
        "rows.jsonl": LINES,
    }


def folder_with(path: Path, name: str, data: bytes) -> Path:
    file = path / name
    file.write_bytes(data)
    return file
