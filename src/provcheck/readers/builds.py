"""Which services are known to write photos as this file is written?

Size, quantisation tables and order of segments are held against a table of what is published about each service.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from provcheck.domain.structure import Build, Structure
from provcheck.readers.container import Container, Kind

# What services take out; a file that still holds one of these did not come through as a photo
METADATA = frozenset({"EXIF", "XMP", "IPTC"})
# libjpeg and its children (jcmarker.c): JFIF, whatever the program adds, tables, frame, codes, scan
LIBJPEG = re.compile(rb"\xe0[\xe1-\xef\xfe]*\xdb+[\xc0\xc2]\xc4+\xda")
DATASET, TRACKING = b"\x1c\x02", b"FBMD"
ANY = "-"


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the table; empty sets and "-" ask for nothing."""

    build: Build
    sides: frozenset[int]
    qualities: frozenset[int]
    coding: str
    writer: str


def builds_of(structure: Structure, container: Container) -> tuple[Build, ...]:
    """The builds that a JPEG without metadata fits, in the table's order. Many other programs write such files too."""
    if structure.format != "JPEG" or METADATA & set(structure.blocks) or _captioned(container):
        return ()
    return tuple(row.build for row in _table() if _fits(structure, container, row))


def _captioned(container: Container) -> bool:
    """Whether IPTC stands in Photoshop's resources, other than what Facebook and Instagram write there themselves."""
    return any(DATASET in block.data and TRACKING not in block.data for block in container.all(Kind.RESOURCES))


def _fits(structure: Structure, container: Container, row: _Row) -> bool:
    if max(structure.width, structure.height) not in row.sides or (row.qualities and structure.quality not in row.qualities):
        return False
    if row.coding != ANY and row.coding != ("progressive" if structure.progressive else "baseline"):
        return False
    if row.writer != ANY and not structure.standard_tables:
        return False
    return row.writer != "libjpeg" or LIBJPEG.fullmatch(bytes(container.markers)) is not None


@cache
def _table() -> tuple[_Row, ...]:
    """The rows of builds.tsv beside this file."""
    lines = files("provcheck.readers").joinpath("builds.tsv").read_text("utf-8").splitlines()
    return tuple(_row(*line.split("\t")) for line in lines if not line.startswith("#"))


def _row(service: str, _sent: str, sides: str, qualities: str, coding: str, writer: str, year: str, source: str) -> _Row:
    return _Row(Build(service, int(year), source), _numbers(sides), _numbers(qualities), coding, writer)


def _numbers(listed: str) -> frozenset[int]:
    return frozenset() if listed == ANY else frozenset(map(int, listed.split(",")))
