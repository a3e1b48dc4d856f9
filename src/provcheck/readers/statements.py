"""What XMP, IPTC and text blocks state of clocks, position, software and edits."""

from __future__ import annotations

import re
from decimal import Decimal

from provcheck.domain.clock import Clock, ZoneSource
from provcheck.domain.metadata import Field, Serials, Software, Step
from provcheck.domain.place import Position
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import say
from provcheck.readers.exif import MICRODEGREE, moment, offset
from provcheck.readers.xmp import Packet, Structure, items, plain

TAIL = re.compile(r"(?:[.,](\d+))?\s*(Z|[+-]\d{2}:?\d{2})?$", re.ASCII)
DEGREES = re.compile(r"(\d{1,3})(?:\.(\d+))?(?:,(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?)?([NSEW])$", re.ASCII)
CAPTURED, DIGITIZED, MODIFIED = (
    ("exif:DateTimeOriginal", "photoshop:DateCreated"),
    ("exif:DateTimeDigitized", "xmp:CreateDate"),
    ("xmp:ModifyDate",),
)
IPTC_CAPTURED = ("iptc.date_created", "iptc.time_created")
MAX_STEPS = 500
PROGRAMS = frozenset({"software", "creator tool", "creatortool"})  # PNG text keywords


def xmp_clock(packets: tuple[Packet, ...], names: tuple[str, ...]) -> Reading[Clock]:
    """The first of the properties that holds a date and a time; a date alone is no clock."""
    for name in names:
        for packet in packets:
            written = plain(packet.get(name))
            if len(written) <= len("2023-07-29"):
                continue
            clock = stated_clock(written, f"XMP {name}")
            return Found(clock) if clock else Unreadable(say("metadata.broken-date", tag=f"XMP {name}", written=written[:40]))
    return Absent()


def stated_clock(written: str, tag: str) -> Clock | None:
    """A date and time in ISO form, with the offset that it states."""
    if len(written) >= 16 and (len(written) == 16 or written[16] != ":"):  # seconds may be left out
        written = f"{written[:16]}:00{written[16:]}"
    tail = TAIL.match(written[19:])
    naive = moment(written[:19], (tail[1] or "") if tail else "")
    if naive is None:
        return None
    minutes = offset(tail[2]) if tail and tail[2] else None
    return Clock(naive, tag, minutes, ZoneSource.NONE if minutes is None else ZoneSource.STATED)


def iptc_clock(fields: tuple[Field, ...]) -> Reading[Clock]:
    """Date and time created: 20230729 and 094500+0500."""
    day, time = (next((field.value for field in fields if field.key == key), "") for key in IPTC_CAPTURED)
    if not day or not time:
        return Absent()
    digits, clock = re.sub(r"\D", "", day), re.sub(r":", "", time)
    written = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{clock[:2]}:{clock[2:4]}:{clock[4:6]}{clock[6:]}"
    found = stated_clock(written, "IPTC DateCreated and TimeCreated")
    return Found(found) if found else Unreadable(say("metadata.broken-date", tag="IPTC DateCreated", written=f"{day} {time}"[:40]))


def xmp_position(packets: tuple[Packet, ...]) -> Reading[Position]:
    """exif:GPSLatitude and GPSLongitude: "51,10.5N"."""
    for packet in packets:
        latitude, longitude = plain(packet.get("exif:GPSLatitude")), plain(packet.get("exif:GPSLongitude"))
        if latitude or longitude:
            north, east = _degrees(latitude, "NS", 90), _degrees(longitude, "EW", 180)
            if north is None or east is None:
                return Unreadable(say("metadata.broken-position"))
            return Found(Position(north, east, "XMP exif:GPSLatitude"))
    return Absent()


def _degrees(written: str, halves: str, limit: int) -> Decimal | None:
    match = DEGREES.match(written.replace(" ", "").upper())
    if match is None or match[5] not in halves:
        return None
    value = Decimal(f"{match[1]}.{match[2] or 0}") + Decimal(match[3] or 0) / 60 + Decimal(match[4] or 0) / 3600
    if value > limit:
        return None
    value = value.quantize(MICRODEGREE)
    return -value if match[5] == halves[1] and value else value


def steps(packets: tuple[Packet, ...]) -> tuple[Step, ...]:
    """The edit history that the packets keep, oldest first as written."""
    return tuple(
        Step(item.text("stEvt:action"), item.text("stEvt:softwareAgent"), item.text("stEvt:when"))
        for packet in packets
        for item in items(packet.get("xmpMM:History"))[:MAX_STEPS]
        if isinstance(item, Structure)
    )


def programs(packets: tuple[Packet, ...], fields: tuple[Field, ...]) -> tuple[Software, ...]:
    """Programs named by XMP, IPTC and PNG text, each once."""
    found = [Software(name, "XMP CreatorTool") for packet in packets if (name := plain(packet.get("xmp:CreatorTool")))]
    found.extend(Software(step.program, "XMP History softwareAgent") for step in steps(packets) if step.program)
    found.extend(Software(field.value, "IPTC Program") for field in fields if field.key == "iptc.program")
    found.extend(
        Software(field.value[:200], f"PNG text {field.name}")
        for field in fields
        if field.key == "png.text" and field.name.lower() in PROGRAMS
    )
    return tuple(dict.fromkeys(found))


def serials(fields: tuple[Field, ...]) -> Serials:
    """Everything that ties the file to one body, lens and owner."""

    def values(*keys: str) -> tuple[str, ...]:
        found = (field.value.strip() for key in keys for field in fields if field.key == key)
        return tuple(dict.fromkeys(value for value in found if value))

    def numbers(*keys: str) -> tuple[str, ...]:
        return tuple(value for value in values(*keys) if value.strip("0 "))  # nothing but zeros is how cameras say "none"

    counts = [value for value in values("mn.shutter_count") if value.isascii() and value.isdigit()]
    return Serials(
        body=numbers("exif.body_serial", "mn.serial", "xmp.aux_serial"),
        lens=numbers("exif.lens_serial", "mn.lens_serial", "xmp.aux_lens_serial"),
        owner=next(iter(values("exif.owner", "mn.owner")), ""),
        shutter_count=int(counts[0]) if counts else None,
        image_id=next(iter(values("exif.image_unique_id")), ""),
    )
