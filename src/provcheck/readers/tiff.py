"""TIFF structures: directories and their entries, with a bound on every count and offset."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from struct import error, iter_unpack, unpack_from
from typing import NamedTuple

from provcheck.domain.text import Text, say

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}  # bytes of one value by type
CODES = {1: "B", 3: "H", 4: "L", 6: "b", 7: "B", 8: "h", 9: "l", 11: "f", 12: "d", 13: "L"}
CYRILLIC = re.compile(rb"[\xc0-\xff]{4}")  # four accented letters in a row are no word of a Latin alphabet
MAX_DIRECTORIES = 48  # RAW files have under 20; loops and chains end here
MAX_ENTRIES = 2000  # in one directory; maker notes have a few hundred
MAX_VALUES = 4096  # of one entry, when they are asked for as numbers
EXIF_POINTER, GPS_POINTER, INTEROP_POINTER, SUB_POINTER = 0x8769, 0x8825, 0xA005, 0x014A
NAMED = {EXIF_POINTER: "Exif", GPS_POINTER: "GPS", INTEROP_POINTER: "Interop"}


class Entry(NamedTuple):  # made by the ten thousand: a dataclass takes twice the time
    """One tag. `start` is where its value lies in the structure; a value out of reach has start -1."""

    tag: int
    type: int
    values: int  # how many
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Directory:
    """One IFD under the name that ExifTool gives it: IFD0, IFD1, Exif, GPS, Interop, SubIFD."""

    name: str
    offset: int
    entries: tuple[Entry, ...]
    index: dict[int, Entry] = field(repr=False, compare=False)

    def get(self, tag: int) -> Entry | None:
        """The entry of `tag`; of several the last, as every common reader takes it."""
        return self.index.get(tag)


@dataclass(frozen=True, slots=True)
class Tiff:
    """A parsed structure. Values are cut out of `data` when asked for."""

    data: bytes = field(repr=False)
    order: str  # "<" or ">", as struct writes it
    directories: tuple[Directory, ...]
    damage: tuple[Text, ...]

    def directory(self, name: str) -> Directory | None:
        for directory in self.directories:
            if directory.name == name:
                return directory
        return None

    def entry(self, name: str, tag: int) -> Entry | None:
        found = self.directory(name)
        return found.get(tag) if found else None

    def raw(self, entry: Entry) -> bytes:
        return self.data[entry.start : entry.start + entry.size] if entry.start >= 0 else b""

    def numbers(self, entry: Entry) -> tuple[int | float | Fraction | None, ...]:
        """Values as numbers; a rational with denominator 0 and a float that is no number are None; text gives none."""
        return numbers(self.data, entry, self.order)


def numbers(data: bytes, entry: Entry, order: str) -> tuple[int | float | Fraction | None, ...]:
    if entry.start < 0:
        return ()
    count = min(entry.values, MAX_VALUES)
    try:
        if entry.type in (5, 10):
            pairs = unpack_from(f"{order}{2 * count}{'L' if entry.type == 5 else 'l'}", data, entry.start)
            return tuple(Fraction(top, below) if below else None for top, below in zip(pairs[::2], pairs[1::2], strict=True))
        if entry.type in (11, 12):
            return tuple(
                value if isfinite(value) else None for value in unpack_from(f"{order}{count}{CODES[entry.type]}", data, entry.start)
            )
        if entry.type in CODES:
            return unpack_from(f"{order}{count}{CODES[entry.type]}", data, entry.start)
    except error:
        return ()
    return ()


def read_tiff(data: bytes, first_name: str = "IFD0") -> Tiff | None:
    """The directories of the structure that starts at the first byte, or None where no byte order stands there."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        return None
    (first,) = unpack_from(f"{order}L", data, 4)
    found: list[Directory] = []
    damage: list[Text] = []
    seen: set[int] = set()
    queue = [(first_name, first)]
    while queue and len(found) < MAX_DIRECTORIES:
        name, offset = queue.pop(0)
        if offset in seen:
            damage.append(say("metadata.directory-loop", directory=name))
            continue
        seen.add(offset)
        read = read_directory(data, order, offset, name, damage)
        if read is None:
            damage.append(say("metadata.directory-out-of-reach", directory=name))
            continue
        directory, following = read
        found.append(directory)
        queue.extend(_below(data, order, directory))
        if following and name.startswith("IFD"):
            queue.append((f"IFD{int(name[3:]) + 1}", following))
    if queue:
        damage.append(say("metadata.too-many-directories", read=len(found)))
    return Tiff(data, order, tuple(found), tuple(damage))


def read_directory(
    data: bytes, order: str, offset: int, name: str, damage: list[Text], base: int = 0
) -> tuple[Directory, int] | None:
    """The IFD at `offset` and the offset of the next one. Value offsets count from `base`."""
    if offset < 0 or offset + 2 > len(data):
        return None
    (count,) = unpack_from(f"{order}H", data, offset)
    room = (len(data) - offset - 2) // 12
    if count > room or count > MAX_ENTRIES:
        damage.append(say("metadata.directory-cut", directory=name, stated=count, read=min(room, MAX_ENTRIES)))
        count = min(room, MAX_ENTRIES)
    entries = []
    lost, length = 0, len(data)
    position = offset + 2
    for tag, type_, values, at in iter_unpack(f"{order}HHLL", data[position : position + 12 * count]):
        position += 12
        each = SIZES.get(type_)
        size = each * values if each else 0
        start = position - 4 if size <= 4 else at + base
        if each is None or start < 0 or start + size > length:
            lost += 1
            start = -1
        entries.append(Entry(tag, type_, values, start, size))
    if lost:
        damage.append(say("metadata.values-out-of-reach", directory=name, count=lost))
    tail = offset + 2 + 12 * count
    following = unpack_from(f"{order}L", data, tail)[0] if tail + 4 <= len(data) else 0
    return Directory(name, offset, tuple(entries), {entry.tag: entry for entry in entries}), following


def _below(data: bytes, order: str, directory: Directory) -> list[tuple[str, int]]:
    """Directories that this one points to."""
    if directory.name not in ("IFD0", "Exif") and not directory.name.startswith("SubIFD"):
        return []
    pointers: list[tuple[str, int]] = []
    for entry in directory.entries:
        if entry.tag in NAMED or entry.tag == SUB_POINTER:
            name = NAMED.get(entry.tag, "SubIFD")
            targets = numbers(data, entry, order)[: 1 if entry.tag in NAMED else 8]
            pointers.extend((name, target) for target in targets if isinstance(target, int) and target)
    return pointers


def text(raw: bytes, limit: int = 500) -> str:
    """Untrusted text: cut at the first NUL, UTF-8 where it decodes, else Windows' Cyrillic or Latin-1, bounded."""
    raw = raw.partition(b"\x00")[0][: 4 * limit].rstrip(b"\xff")  # some writers fill with FF
    try:
        return raw.decode("utf-8")[:limit]
    except UnicodeDecodeError as broken:
        if broken.reason == "unexpected end of data" and len(raw) == 4 * limit:
            return raw.decode("utf-8", "ignore")[:limit]
        return raw.decode("cp1251" if CYRILLIC.search(raw) else "latin-1", "replace")[:limit]
