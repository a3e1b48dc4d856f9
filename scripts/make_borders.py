#!/usr/bin/env python3
"""Makes report/borders.bin, the coarse outlines of the report's maps, from Natural Earth as Debian's qgis-common packages it.

    apt-get download qgis-common && dpkg-deb -x qgis-common_*.deb /tmp/qgis
    python scripts/make_borders.py /tmp/qgis/usr/share/qgis/resources/data/world_map.gpkg

Natural Earth 4.1.0, 1:10m, public domain (countries; breakaway and disputed areas). A border that two countries share
becomes one line, a coast another; lines of claims, and borders near them or of the pairs below, are marked as disputed.
The file: a line of words, then zlib over varints (see report/outline.py, which reads it).
"""

from __future__ import annotations

import sqlite3
import struct
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src" / "provcheck" / "report" / "borders.bin"
HEAD = b"Natural Earth 4.1.0 (2018), 1:10m, public domain, as packaged in Debian's qgis-common 3.22; thinned\n"
TOLERANCE = 0.014  # degrees, a kilometre and a half: about a line's width on a map of 300 km
SMALLEST = 0.1  # degrees; an island below is no help on a map of 300 km
NEAR = 0.15  # degrees; a border this near to a line of claims is disputed there
UNITS = 1000  # of a degree
SOUTHMOST = -60.0  # Antarctica is a tenth of all coasts, and nobody sends photos with claims about its borders
COAST, BORDER, DISPUTED = 0, 1, 2
# Pairs whose whole common border is in dispute, whoever holds which side of it
CONTESTED = {frozenset(pair.split()) for pair in ("IL PS", "MA EH", "RS XK", "RU UA", "IL SY", "AM AZ", "IN PK", "CN IN", "SD SS")}
CODES = {"Kosovo": "XK", "France": "FR", "Norway": "NO"}  # where the table's own code is missing

Point = tuple[float, float]
Edge = tuple[Point, Point]


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True) as table:
        owners = edges(table)
        claims = [ring for (blob,) in table.execute("select geom from disputed_borders order by fid") for ring in rings(blob)]
    lines = [(DISPUTED, "", "", thinned(claim)) for claim in claims]
    near = {cell for claim in claims for cell in cells(claim)}
    lines.extend(arcs(owners, near))
    lines = [line for line in lines if len(line[3]) > 1]
    lines.sort(key=lambda line: (line[0], line[3]))
    body = b"".join(written(lines))
    TARGET.write_bytes(HEAD + zlib.compress(body, 9))
    kinds = Counter(line[0] for line in lines)
    points = sum(len(line[3]) for line in lines)
    print(f"{TARGET.name}: {len(lines)} lines {dict(kinds)}, {points} points, {TARGET.stat().st_size} bytes")


def edges(table: sqlite3.Connection) -> dict[Edge, dict[str, bool]]:
    """Each edge with the countries on it, and whether the country lies on its left."""
    owners: dict[Edge, dict[str, bool]] = defaultdict(dict)
    for number, blob, code, name in table.execute("select fid, geom, iso_a2, NAME from countries order by fid"):
        owner = CODES.get(name) or (code if code and len(code) == 2 and code.isalpha() else f"#{number}")
        for ring in rings(blob):
            left = area(ring) > 0  # rings of holes turn the other way round, which is just what is wanted
            for a, b in pairwise(ring):
                if a != b:
                    owners[min(a, b), max(a, b)][owner] = left == (a < b)
    return owners


def area(ring: list[Point]) -> float:
    """Twice the signed area of an outer ring: positive when it runs anticlockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def rings(blob: bytes) -> list[list[Point]]:
    """The rings or lines of a GeoPackage geometry."""
    return _wkb(blob, 8 + (0, 32, 48, 48, 64)[blob[3] >> 1 & 7])[0]


def _wkb(blob: bytes, at: int) -> tuple[list[list[Point]], int]:
    order = "<" if blob[at] == 1 else ">"
    kind, count = struct.unpack_from(f"{order}II", blob, at + 1)
    if kind == 2:
        line, at = _points(blob, at + 5, order)
        return [line], at
    found: list[list[Point]] = []
    at += 9
    for _ in range(count):
        if kind == 3:
            ring, at = _points(blob, at, order)
            found.append(ring)
        else:
            inner, at = _wkb(blob, at)
            found.extend(inner)
    return found, at


def _points(blob: bytes, at: int, order: str) -> tuple[list[Point], int]:
    (count,) = struct.unpack_from(f"{order}I", blob, at)
    flat = struct.unpack_from(f"{order}{2 * count}d", blob, at + 4)
    return [(round(x, 5), round(y, 5)) for x, y in zip(flat[::2], flat[1::2], strict=True)], at + 4 + 16 * count


def cells(line: Iterable[Point]) -> Iterator[tuple[int, int]]:
    """Cells of NEAR's size that a line passes, with their neighbours."""
    points = list(line)
    for (ax, ay), (bx, by) in pairwise(points):
        steps = max(1, int(max(abs(bx - ax), abs(by - ay)) / NEAR) + 1)
        for i in range(steps + 1):
            x, y = int((ax + (bx - ax) * i / steps) // NEAR), int((ay + (by - ay) * i / steps) // NEAR)
            yield from ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))


def arcs(owners: dict[Edge, dict[str, bool]], near: set[tuple[int, int]]) -> Iterator[tuple[int, str, str, list[Point]]]:
    """Edges of one kind joined to lines; a line ends where three meet, or where the kind or the sides change."""
    groups: dict[tuple[int, str, str], list[Edge]] = defaultdict(list)
    for (a, b), held in sorted(owners.items()):
        one, other = sorted([*held, ""])[-2:]
        kind = BORDER if len(held) > 1 else COAST
        if kind == BORDER and (frozenset((one, other)) in CONTESTED or _cell(a, b) in near):
            kind = DISPUTED
        groups[kind, one, other].append((a, b))
    for (kind, one, other), members in groups.items():
        for line in chains(members):
            if kind == COAST and (extent(line) < SMALLEST or max(y for _, y in line) < SOUTHMOST):
                continue
            left = next((name for name, is_left in _held(owners, line).items() if is_left), "")
            right = other if left == one else one
            yield kind, _code(left, kind), _code(right, kind), thinned(line)


def _code(name: str, kind: int) -> str:
    return name if kind != COAST and len(name) == 2 and name.isalpha() else ""


def _cell(a: Point, b: Point) -> tuple[int, int]:
    return int((a[0] + b[0]) / 2 // NEAR), int((a[1] + b[1]) / 2 // NEAR)


def _held(owners: dict[Edge, dict[str, bool]], line: list[Point]) -> dict[str, bool]:
    a, b = line[0], line[1]
    held = owners[min(a, b), max(a, b)]
    return held if a < b else {name: not is_left for name, is_left in held.items()}


def chains(members: list[Edge]) -> Iterator[list[Point]]:
    meets: dict[Point, list[Point]] = defaultdict(list)
    for a, b in members:
        meets[a].append(b)
        meets[b].append(a)
    left = set(members)
    starts = sorted(point for point, others in meets.items() if len(others) != 2) + sorted(meets)
    for start in starts:
        for onward in meets[start]:
            line = [start]
            while (min(line[-1], onward), max(line[-1], onward)) in left:
                left.discard((min(line[-1], onward), max(line[-1], onward)))
                line.append(onward)
                others = [point for point in meets[onward] if (min(onward, point), max(onward, point)) in left]
                if len(meets[onward]) != 2 or not others:
                    break
                onward = others[0]
            if len(line) > 1:
                yield line


def extent(line: list[Point]) -> float:
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def thinned(line: list[Point]) -> list[Point]:
    """Ramer, Douglas and Peucker: what bends less than TOLERANCE goes."""
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        far, where = 0.0, 0
        for i in range(first + 1, last):
            if (away := _away(line[i], line[first], line[last])) > far:
                far, where = away, i
        if far > TOLERANCE:
            keep.add(where)
            stack += [(first, where), (where, last)]
    return [line[i] for i in sorted(keep)]


def _away(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length)) if length else 0.0
    return float(((p[0] - a[0] - t * dx) ** 2 + (p[1] - a[1] - t * dy) ** 2) ** 0.5)


def written(lines: list[tuple[int, str, str, list[Point]]]) -> Iterator[bytes]:
    """Kind, sides, count; then each point as its distance from the one before (across lines too)."""
    yield varint(len(lines))
    x = y = 0
    for kind, left, right, points in lines:
        yield bytes([kind]) + left.ljust(2).encode() + right.ljust(2).encode() + varint(len(points))
        for lon, lat in points:
            here = round(lon * UNITS), round(lat * UNITS)
            yield varint(zigzag(here[0] - x)) + varint(zigzag(here[1] - y))
            x, y = here


def zigzag(value: int) -> int:
    return 2 * value if value >= 0 else -2 * value - 1


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


if __name__ == "__main__":
    main()
