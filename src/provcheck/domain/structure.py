"""How a file is built, told from its container without decoding a pixel."""

from __future__ import annotations

from dataclasses import dataclass

from provcheck.domain.since import since


@dataclass(frozen=True, slots=True)
class Build:
    """How a service is known to write a photo that goes through it: as `source` tells, which was last written to in `year`."""

    service: str
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class Structure:
    """`width` and `height` are pixels as stored, before any orientation; 0 where the container does not say.

    `stated_width` and `stated_height` are EXIF's own words for the same; 0 where it says nothing.
    """

    format: str
    width: int = 0
    height: int = 0
    stated_width: int = 0
    stated_height: int = 0
    orientation: int = 1
    progressive: bool = False
    quality: int | None = None  # nearest of the IJG's 1 to 100; None where the file has no quantisation tables
    standard_tables: bool = False  # the tables are the IJG's own at that quality, as libjpeg writes them
    sampling: str = ""  # "4:2:0"
    trailing: int = 0  # bytes after the picture's own end that belong to no part of it
    trailing_kind: str = ""  # what they open as: "JPEG", "MP4", "ZIP", …
    pictures: int = 1  # as the file's own index counts them
    thumbnail: int = 0  # bytes of the embedded thumbnail
    maker_note: bool = False
    maker_note_of: str = ""  # the maker that the note's own header names
    blocks: tuple[str, ...] = ()  # kinds of metadata blocks, in file order
    builds: tuple[Build, ...] = since("1.1.0", ())  # services' builds that a JPEG without metadata fits
