"""EXIF: what its directories say of camera, clocks, position and software."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from provcheck.domain.clock import Clock, ZoneSource
from provcheck.domain.metadata import Camera, Software
from provcheck.domain.place import Position
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import Text, say
from provcheck.readers.container import Block
from provcheck.readers.tiff import Entry, Tiff, read_tiff, text

DATE_TIME = re.compile(r"(\d{4})[:\-/. ](\d{1,2})[:\-/. ](\d{1,2})[ T](\d{1,2})[:.](\d{2})[:.](\d{2})", re.ASCII)
OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})", re.ASCII)
UNSET = re.compile(r"[0\s:\-/]*", re.ASCII)  # a camera whose clock was never set writes zeros or blanks
MAX_OFFSET = 15 * 60  # minutes; no zone lies further from UTC than +14:00
ORIENTATION = 0x0112
HOST = "EXIF HostComputer"
MICRODEGREE = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Exif:
    """All EXIF structures of one file, in file order; the first that has a tag gives it."""

    structures: tuple[Tiff, ...]
    damage: tuple[Text, ...]
    whole: bool  # no structure was unreadable or cut

    def entry(self, directory: str, tag: int) -> tuple[Tiff, Entry] | None:
        """The tag in `directory`; those of Exif also in IFD0, where Windows and raw files put them."""
        for name in (directory, "IFD0") if directory == "Exif" else (directory,):
            for structure in self.structures:
                found = structure.entry(name, tag)
                if found:
                    return structure, found
        return None

    def text(self, directory: str, tag: int) -> str:
        found = self.entry(directory, tag)
        return text(found[0].raw(found[1])).strip() if found else ""

    def numbers(self, directory: str, tag: int) -> tuple[int | float | Fraction | None, ...]:
        found = self.entry(directory, tag)
        return found[0].numbers(found[1]) if found else ()

    def lost(self, directory: str, tag: int) -> bool:
        """Whether the tag is there but its value lies out of reach."""
        found = self.entry(directory, tag)
        return found is not None and found[1].start < 0


def read_exif(blocks: tuple[Block, ...]) -> Exif:
    structures: list[Tiff] = []
    damage: list[Text] = []
    whole = True
    for block in blocks:
        structure = read_tiff(block.data, block.directory)
        if structure is None or not structure.directories:
            whole = False
            damage.append(say("metadata.exif-no-header"))
            continue
        structures.append(structure)
        damage.extend(structure.damage)
        whole = whole and not structure.damage
    exif = Exif(tuple(structures), tuple(damage), whole)
    return replace(exif, damage=exif.damage + tuple(_faults(exif)))


def _faults(exif: Exif) -> Iterator[Text]:
    """Values that are there and cannot be meant."""
    found = exif.entry("IFD0", ORIENTATION)
    values = exif.numbers("IFD0", ORIENTATION)
    if found and (len(values) != 1 or not isinstance(values[0], int) or not 1 <= values[0] <= 8):
        yield say("metadata.broken-orientation")
    for tags in (CAPTURED, DIGITIZED, MODIFIED):
        written = exif.text("Exif", tags.offset)
        if not UNSET.fullmatch(written) and offset(written) is None:
            yield say("metadata.broken-offset", tag=f"{tags.label}, OffsetTime", written=written[:40])
    for structure in exif.structures:
        gps = structure.directory("GPS")
        undefined = sum(None in structure.numbers(entry) for entry in gps.entries) if gps else 0
        if undefined:
            yield say("metadata.undefined-gps", count=undefined)
        start, length = structure.entry("IFD1", 0x0201), structure.entry("IFD1", 0x0202)
        if start and length:
            places = structure.numbers(start)[:1] + structure.numbers(length)[:1]
            where, size = (place if isinstance(place, int) else 0 for place in (*places, 0, 0)[:2])
            if where + size > len(structure.data):
                yield say("metadata.thumbnail-out-of-reach")
            elif size and structure.data[where : where + 2] != b"\xff\xd8":
                yield say("metadata.broken-thumbnail")


def camera(exif: Exif) -> Camera:
    """The camera as EXIF names it; empty where it does not."""
    return Camera(
        make=exif.text("IFD0", 0x010F),
        model=exif.text("IFD0", 0x0110),
        lens=exif.text("Exif", 0xA434),
        serial=exif.text("Exif", 0xA431),
    )


def software(exif: Exif) -> tuple[Software, ...]:
    """Programs as EXIF names them. A telephone that calls itself its own host computer names none."""
    device = exif.text("IFD0", 0x0110)
    tags = ((0x0131, "EXIF Software"), (0x000B, "EXIF ProcessingSoftware"), (0x013C, HOST))
    named = [Software(name, label) for tag, label in tags if (name := exif.text("IFD0", tag))]
    return tuple(one for one in named if one != Software(device, HOST))


@dataclass(frozen=True, slots=True)
class ClockTags:
    directory: str
    tag: int
    offset: int
    subsecond: int
    label: str


CAPTURED = ClockTags("Exif", 0x9003, 0x9011, 0x9291, "EXIF DateTimeOriginal")
DIGITIZED = ClockTags("Exif", 0x9004, 0x9012, 0x9292, "EXIF DateTimeDigitized")
MODIFIED = ClockTags("IFD0", 0x0132, 0x9010, 0x9290, "EXIF DateTime")


def clock(exif: Exif, tags: ClockTags) -> Reading[Clock]:
    """One of the three camera clocks, with the offset that EXIF states for it."""
    found = exif.entry(tags.directory, tags.tag)
    if found is None:
        return Absent()
    if exif.lost(tags.directory, tags.tag):
        return Unreadable(say("metadata.value-out-of-reach", tag=tags.label))
    raw = found[0].raw(found[1])
    written = text(raw).strip()
    if not written and raw.strip(b"\0 "):  # a value that opens with an end of text and goes on
        return Unreadable(say("metadata.broken-date", tag=tags.label, written=raw[:40].decode("latin-1")))
    if UNSET.fullmatch(written):
        return Unreadable(say("metadata.clock-not-set", tag=tags.label)) if "0" in written else Absent()
    naive = moment(written, exif.text("Exif", tags.subsecond))
    if naive is None:
        return Unreadable(say("metadata.broken-date", tag=tags.label, written=written[:40]))
    minutes = offset(exif.text("Exif", tags.offset))
    return Found(Clock(naive, tags.label, minutes, ZoneSource.NONE if minutes is None else ZoneSource.STATED))


def moment(written: str, subsecond: str = "") -> datetime | None:
    """The naive time in `written`, or None where it is no date."""
    match = DATE_TIME.match(written)
    if match is None:
        return None
    year, month, day, hour, minute, second = map(int, match.groups())
    fraction = int(subsecond[:6].ljust(6, "0")) if subsecond.isascii() and subsecond.isdigit() else 0
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), fraction)  # noqa: DTZ001 -- a camera clock has no zone
    except ValueError:
        return None


def offset(written: str) -> int | None:
    """Minutes east of UTC in "+05:00", or None."""
    if written in ("Z", "z"):
        return 0
    match = OFFSET.match(written)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    return (-minutes if match[1] == "-" else minutes) if minutes <= MAX_OFFSET else None


def satellite(exif: Exif) -> Reading[Clock]:
    """GPSDateStamp with GPSTimeStamp: UTC by definition."""
    stamp, parts = exif.text("GPS", 0x1D), exif.numbers("GPS", 0x07)
    if not stamp and exif.entry("GPS", 0x07) is None:
        return Absent()
    if not stamp or len(parts) != 3 or exif.lost("GPS", 0x07):
        return Unreadable(say("metadata.satellite-time-incomplete"))
    day = moment(f"{stamp[:10]} 00:00:00")
    if day is None or any(part is None or not 0 <= part < 100 for part in parts):
        return Unreadable(say("metadata.broken-date", tag="GPSDateStamp", written=stamp[:40]))
    hour, minute, second = (Fraction(part) for part in parts if part is not None)
    try:
        naive = day + timedelta(seconds=int(hour * 3600 + minute * 60 + second))
    except OverflowError:
        return Unreadable(say("metadata.broken-date", tag="GPSDateStamp", written=stamp[:40]))
    return Found(Clock(naive, "EXIF GPSDateStamp, GPSTimeStamp", 0, ZoneSource.GPS))


def position(exif: Exif) -> Reading[Position]:
    """WGS 84 degrees of the GPS directory. Without a hemisphere a number of degrees is no position."""
    if exif.entry("GPS", 0x02) is None and exif.entry("GPS", 0x04) is None:
        return Absent()
    latitude = _degrees(exif, 0x02, 0x01, "NS", 90)
    longitude = _degrees(exif, 0x04, 0x03, "EW", 180)
    if latitude is None or longitude is None:
        return Unreadable(say("metadata.broken-position"))
    errors = exif.numbers("GPS", 0x1F)
    metres = int(errors[0]) if errors and errors[0] is not None and 0 <= errors[0] < 1e9 else None
    return Found(Position(latitude, longitude, "EXIF GPS", metres))


def _degrees(exif: Exif, tag: int, reference: int, halves: str, limit: int) -> Decimal | None:
    parts = exif.numbers("GPS", tag)
    half = exif.text("GPS", reference)[:1].upper()
    if len(parts) != 3 or not half or half not in halves or any(part is None or part < 0 for part in parts):
        return None
    if any(part is not None and part >= 60 for part in parts[1:]):
        return None
    value = sum((Fraction(part) / 60**i for i, part in enumerate(parts) if part is not None), Fraction())
    if value > limit:
        return None
    degrees = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(MICRODEGREE)
    return -degrees if half == halves[1] and degrees else degrees


def orientation_of(exif: Exif) -> int:
    """EXIF Orientation, 1 to 8; 1 where it is missing or nonsense."""
    values = exif.numbers("IFD0", ORIENTATION)
    return int(values[0]) if values and isinstance(values[0], int) and 1 <= values[0] <= 8 else 1
