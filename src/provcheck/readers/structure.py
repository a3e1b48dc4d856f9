"""How is the file built? Its segments, tables and what trails it, in one value."""

from __future__ import annotations

from dataclasses import replace

from provcheck.domain.structure import Structure
from provcheck.domain.text import Text, say
from provcheck.readers.builds import builds_of
from provcheck.readers.container import Block, Container, Kind
from provcheck.readers.exif import Exif, orientation_of
from provcheck.readers.makernotes import MAKER_NOTE, vendor_of
from provcheck.readers.quantisation import nearest_quality
from provcheck.readers.tiff import read_tiff

OPENINGS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"PK\x03\x04", "ZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"%PDF", "PDF"),
    (b"<", "markup"),
)
SAMPLINGS = {(1, 1): "4:4:4", (2, 1): "4:2:2", (2, 2): "4:2:0", (1, 2): "4:4:0", (4, 1): "4:1:1"}
MPF_COUNT = 0xB001
PADDING = b"\x00\xff \r\n"
MAX_PADDING = 1 << 16  # bytes; cameras pad to a sector, not further
CAMERA_TRAILERS = frozenset({"MP4", "Samsung trailer"})  # what telephones append themselves


def read_structure(data: bytes, container: Container, exif: Exif, blocks: tuple[Block, ...], format_: str) -> Structure:
    quality = nearest_quality(container.tables)
    trailing = _trailing(data, container)
    note = exif.entry("Exif", MAKER_NOTE)
    built = Structure(
        format=format_,
        width=container.width,
        height=container.height,
        stated_width=_whole(exif, 0xA002),
        stated_height=_whole(exif, 0xA003),
        orientation=orientation_of(exif),
        progressive=container.process in (2, 6, 10, 14),
        quality=quality[0] if quality else None,
        standard_tables=bool(quality and quality[1]),
        sampling=SAMPLINGS.get(container.sampling[0], "") if len(container.sampling) >= 3 else "",
        trailing=len(trailing),
        trailing_kind=_opening(trailing),
        pictures=pictures(container),
        thumbnail=len(thumbnail_bytes(exif)),
        maker_note=note is not None,
        maker_note_of=vendor_of(note[0].raw(note[1])[:16]) if note else "",
        blocks=tuple(block.kind.value for block in blocks),
    )
    return replace(built, builds=builds_of(built, container))


def trailing_fault(structure: Structure) -> tuple[Text, ...]:
    """Bytes behind the picture that neither a telephone's own trailer nor an index of further pictures explains."""
    if not structure.trailing or structure.trailing_kind in CAMERA_TRAILERS or structure.pictures > 1:
        return ()
    return (say("metadata.trailing", bytes=structure.trailing, kind=structure.trailing_kind),)


def pictures(container: Container) -> int:
    """As the multi-picture index counts them; 1 without one."""
    index = container.first(Kind.MPF)
    structure = read_tiff(index.data) if index else None
    entry = structure.entry("IFD0", MPF_COUNT) if structure else None
    counts = structure.numbers(entry) if structure and entry else ()
    return max(1, counts[0]) if counts and isinstance(counts[0], int) else 1


def thumbnail_bytes(exif: Exif) -> bytes:
    """The JPEG thumbnail of EXIF's second directory, b"" where there is none in reach."""
    for structure in exif.structures:
        start, length = structure.entry("IFD1", 0x0201), structure.entry("IFD1", 0x0202)
        if start and length:
            where, size = structure.numbers(start), structure.numbers(length)
            if where and size and isinstance(where[0], int) and isinstance(size[0], int):
                piece = structure.data[where[0] : where[0] + size[0]]
                if piece.startswith(b"\xff\xd8"):
                    return piece
    return b""


def _whole(exif: Exif, tag: int) -> int:
    values = exif.numbers("Exif", tag)
    return int(values[0]) if values and isinstance(values[0], int) and values[0] > 0 else 0


def _trailing(data: bytes, container: Container) -> bytes:
    """What follows the end, unless it is a little padding."""
    rest = data[container.end :] if container.end else b""
    return rest if len(rest) > MAX_PADDING or rest.strip(PADDING) else b""


def _opening(trailing: bytes) -> str:
    if trailing[4:8] == b"ftyp" or b"ftyp" in trailing[:64]:
        return "MP4"
    if trailing.endswith(b"SEFT"):  # Samsung's telephones: capture times, motion photos
        return "Samsung trailer"
    head = trailing[:4] if trailing.startswith(b"\xff\xd8") else trailing[:4096].lstrip(PADDING)
    return next((kind for mark, kind in OPENINGS if head.startswith(mark)), "other" if trailing else "")
