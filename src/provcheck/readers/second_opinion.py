"""Do exifread and Pillow read the deciding EXIF values as we do?

They are asked only about blocks whose every count and offset our own walk has checked: exifread can be made to loop
for minutes by a broken maker note, and both say nothing where they cannot read.
"""

from __future__ import annotations

import io
import logging
import struct
import warnings
from collections.abc import Iterator
from typing import Any

from provcheck.domain.text import Text, say
from provcheck.readers.container import Block
from provcheck.readers.exif import Exif

TAGS = (  # directory, tag, exifread's name
    ("IFD0", 0x010F, "Image Make"),
    ("IFD0", 0x0110, "Image Model"),
    ("IFD0", 0x0131, "Image Software"),
    ("IFD0", 0x0132, "Image DateTime"),
    ("Exif", 0x9003, "EXIF DateTimeOriginal"),
    ("Exif", 0x9004, "EXIF DateTimeDigitized"),
    ("GPS", 0x0001, "GPS GPSLatitudeRef"),
    ("GPS", 0x0003, "GPS GPSLongitudeRef"),
    ("GPS", 0x001D, "GPS GPSDate"),
)
POINTERS = {"Exif": 0x8769, "GPS": 0x8825}
MAX_BLOCK = 1 << 20  # bytes; EXIF in pictures ends at 64 KiB, raw files are not asked about
BROKEN = (  # what the two raise on broken blocks, as measured over 4,700 hostile files
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    EOFError,
    ArithmeticError,
    struct.error,
)


def disagreements(blocks: tuple[Block, ...], exif: Exif) -> tuple[Text, ...]:
    """One sentence for each deciding value that another reader gives differently."""
    if not exif.whole or len(blocks) != 1 or len(blocks[0].data) > MAX_BLOCK:
        return ()
    block = blocks[0].data
    return tuple(_differing("exifread", _exifread(block), exif)) + tuple(_differing("Pillow", _pillow(block), exif))


def _differing(reader: str, theirs: dict[tuple[str, int], str], exif: Exif) -> Iterator[Text]:
    for directory, tag, name in TAGS:
        ours, other = _plain(exif.text(directory, tag)), theirs.get((directory, tag))
        if other is not None and ours.isascii() and _plain(other) != ours:  # exifread reads UTF-8 as Latin-1
            yield say("metadata.readers-disagree", tag=name, ours=ours[:80], theirs=_plain(other)[:80], reader=reader)


def _plain(value: str) -> str:
    return " ".join(value.partition("\x00")[0].split())


def _exifread(block: bytes) -> dict[tuple[str, int], str]:
    import exifread

    logging.getLogger("exifread").setLevel(logging.CRITICAL)  # its warnings quote the file
    try:
        tags: dict[str, Any] = exifread.process_file(io.BytesIO(block), details=False, extract_thumbnail=False)
    except BROKEN:
        return {}
    return {
        (directory, tag): str(tags[name].values)
        for directory, tag, name in TAGS
        if name in tags and isinstance(tags[name].values, str)
    }


def _pillow(block: bytes) -> dict[tuple[str, int], str]:
    from PIL.Image import Exif as PillowExif

    found: dict[tuple[str, int], str] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            read = PillowExif()
            read.load(b"Exif\x00\x00" + block)
            for directory, tag, _ in TAGS:
                held = read if directory == "IFD0" else read.get_ifd(POINTERS[directory])
                if isinstance(value := held.get(tag), str):
                    found[directory, tag] = value
        except BROKEN:
            return {}
    return found
