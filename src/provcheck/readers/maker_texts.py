"""Serial numbers out of maker notes that hold no directory: text, or fixed places in a row of bytes.

Places after ExifTool's tables, which are the only description that there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from provcheck.domain.metadata import Field
from provcheck.readers.exif import Exif
from provcheck.readers.makernotes import MAKER_NOTE
from provcheck.readers.tiff import text

MAX_NOTE = 1 << 16  # bytes that are searched
HP_TEXT = re.compile(rb"610[\x00-\x04]")  # HP E427; also BenQ, Mustek, Sanyo, Traveler, Vivitar
HP_FIXED = {b"IIII\x04\x00": 0x5C, b"IIII\x06\x00": 0x58}  # HP M627; M425, M525, M527
WORDED = re.compile(rb"SERIAL NUMBER:([^\x00]{1,12})")
NAMED = re.compile(rb"Serial Number:\s*([\x20-\x7f]+)", re.IGNORECASE)
KODAK = re.compile(rb"([CK][A-Z\d]{3} ?[A-Z\d]{1,2}\d{2}[A-Z\d]\d{4})[ \x00]")
RECONYX = re.compile(rb"\x01\xf1([\x02\x03]\x00)?")  # HyperFire; the version may be another where the maker is named
LIMIT = 60  # characters


def text_note_fields(exif: Exif) -> tuple[Field, ...]:
    """What the file's note says, where it is of one of these kinds."""
    entry = exif.entry("Exif", MAKER_NOTE)
    if entry is None or entry[1].start < 0:
        return ()
    note = entry[0].raw(entry[1])[:MAX_NOTE]
    found = next(_serials(note, exif.text("IFD0", 0x010F)), None)
    if found is None or not found[1].strip("0 "):
        return ()
    return (Field(f"{found[0]} maker note", "text", found[1].strip()[:LIMIT], "mn.serial"),)


def _serials(note: bytes, make: str) -> Iterator[tuple[str, str]]:
    """Maker and number."""
    if HP_TEXT.match(note) and (named := NAMED.search(note.partition(b"\xff\xd8\xff\xdb")[0])):
        yield "HP", text(named[1])
    place = HP_FIXED.get(note[:6])
    if place and (worded := WORDED.match(note, place)):
        yield "HP", text(worded[1])
    if "kodak" in make.lower() and (number := KODAK.match(note)):
        yield "Kodak", text(number[1])
    if note.startswith(b"RECONYXUF\x00"):
        yield "Reconyx", text(note[0x4B : 0x4B + 15])
    elif note.startswith(b"RECONYXH2\x00"):
        yield "Reconyx", note[0x7E : 0x7E + 30].decode("utf-16-le", "replace").partition("\x00")[0]
    elif (version := RECONYX.match(note)) and (version[1] or make == "RECONYX"):
        yield "Reconyx", note[0x2A : 0x2A + 30].decode("utf-16-le", "replace").partition("\x00")[0]
