"""The blocks of metadata that a container holds, and what the walk had to put up with."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from provcheck.domain.text import Text


class Kind(Enum):
    """What a block holds. Its bytes are as a parser of that kind wants them, stripped of the container's own header."""

    EXIF = "EXIF"  # a TIFF structure
    XMP = "XMP"  # an XML packet
    EXTENDED_XMP = "extended XMP"  # a joined packet that belongs to the main one
    IPTC = "IPTC"  # IIM datasets
    RESOURCES = "Photoshop resources"  # image resource blocks, which may hold IIM
    ICC = "ICC"
    C2PA = "C2PA"
    MPF = "MPF"  # a TIFF structure with the index of further pictures
    COMMENT = "comment"
    TEXT = "PNG text"  # keyword, NUL, text in UTF-8 unless the block says Latin-1
    TIME = "PNG time"
    CIFF = "CIFF"  # a Canon heap, in CRW files and old JPEGs
    FLIR = "FLIR record"  # a thermal camera's own, with its header


@dataclass(frozen=True, slots=True)
class Block:
    """One metadata block. `offset` is where `data` starts in the file, or -1 where it was put together or unpacked."""

    kind: Kind
    data: bytes = field(repr=False)
    offset: int = -1
    directory: str = "IFD0"  # what the first directory of a TIFF structure is; CR3 keeps its parts apart
    latin: bool = False  # text that the format says is Latin-1; writers often mean UTF-8


@dataclass(frozen=True, slots=True)
class Container:
    """What the walk saw. `whole` says that every place where metadata may stand was reached: only then is "none" an answer."""

    format: str
    blocks: tuple[Block, ...] = ()
    whole: bool = True
    damage: tuple[Text, ...] = ()
    width: int = 0
    height: int = 0
    process: int | None = None  # number of the JPEG frame header: 0 baseline, 1 extended, 2 progressive
    end: int = 0  # where the picture's own data ends; 0 where the walk does not know
    tables: tuple[tuple[int, ...], ...] = ()  # JPEG quantisation tables in zigzag order, luminance first
    sampling: tuple[tuple[int, int], ...] = ()  # JPEG sampling factors of each component
    markers: tuple[int, ...] = ()  # JPEG: second bytes of the segments' markers, up to the first scan

    def all(self, kind: Kind) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind is kind)

    def first(self, kind: Kind) -> Block | None:
        return next((block for block in self.blocks if block.kind is kind), None)
