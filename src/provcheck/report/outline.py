"""Coasts and borders of the report's maps: what borders.bin holds. scripts/make_borders.py writes it, and says whence."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

UNITS = 1000  # of a degree


class Kind(IntEnum):
    """`DISPUTED` are lines that some state claims, and borders whose course or standing some state does not accept."""

    COAST = 0
    BORDER = 1
    DISPUTED = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `points` are (longitude, latitude) in thousandths of a degree; `left` and `right` country codes or ""."""

    kind: Kind
    left: str
    right: str
    points: tuple[tuple[int, int], ...]

    def bounds(self) -> tuple[int, int, int, int]:
        """West, south, east, north."""
        lons, lats = [lon for lon, _ in self.points], [lat for _, lat in self.points]
        return min(lons), min(lats), max(lons), max(lats)


@dataclass(frozen=True, slots=True)
class Outline:
    """All lines, each with its bounds, and where they are from."""

    source: str
    lines: tuple[tuple[tuple[int, int, int, int], Line], ...]


@cache
def outline() -> Outline:
    """Read once a process, where a map is drawn: 0.2 s."""
    head, _, body = files("provcheck.report").joinpath("borders.bin").read_bytes().partition(b"\n")
    lines = _lines(zlib.decompress(body))
    return Outline(head.decode("ascii"), tuple((line.bounds(), line) for line in lines))


def _lines(data: bytes) -> list[Line]:
    count, at = _number(data, 0)
    lon = lat = 0
    lines = []
    for _ in range(count):
        kind, left, right = Kind(data[at]), data[at + 1 : at + 3].decode().strip(), data[at + 3 : at + 5].decode().strip()
        length, at = _number(data, at + 5)
        points = []
        for _ in range(length):
            step, at = _number(data, at)
            lon += -(step + 1 >> 1) if step & 1 else step >> 1
            step, at = _number(data, at)
            lat += -(step + 1 >> 1) if step & 1 else step >> 1
            points.append((lon, lat))
        lines.append(Line(kind, left, right, tuple(points)))
    return lines


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A varint, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
