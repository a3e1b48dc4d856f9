"""IPTC IIM: the datasets of record 2, and the Photoshop resources that hold them."""

from __future__ import annotations

from provcheck.domain.metadata import Field
from provcheck.readers.charset import latin, unstated
from provcheck.readers.tiff import text

KEYS = {
    5: "iptc.object_name",
    25: "iptc.keywords",
    40: "iptc.instructions",
    55: "iptc.date_created",
    60: "iptc.time_created",
    62: "iptc.digital_creation_date",
    65: "iptc.program",
    80: "iptc.byline",
    85: "iptc.byline_title",
    90: "iptc.city",
    92: "iptc.sublocation",
    95: "iptc.state",
    100: "iptc.country_code",
    101: "iptc.country",
    103: "iptc.transmission_ref",
    105: "iptc.headline",
    110: "iptc.credit",
    115: "iptc.source",
    116: "iptc.copyright",
    120: "iptc.caption",
}
REPEATABLE = frozenset({"iptc.keywords", "iptc.byline"})
RESOURCE_IPTC = 0x0404
MAX_RESOURCES = 500
MAX_DATASETS = 5000
LIMIT = 4000  # characters of one value
CHARSETS = {b"\x1b%G": "utf-8", b"\x1b-A": "latin-1", b"\x1b.A": "latin-1", b"\x1b-B": "iso8859-2", b"\x1b-L": "iso8859-5"}


def resources(data: bytes) -> tuple[dict[int, bytes], bool]:
    """Photoshop image resources by number (the first of each), and whether they could be walked to the end."""
    found: dict[int, bytes] = {}
    at = 0
    for _ in range(MAX_RESOURCES):
        if data[at : at + 4] not in (b"8BIM", b"PHUT", b"DCSR", b"AgHg", b"MeSa"):
            break
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        name = at + 6 + (data[at + 6] if at + 6 < len(data) else 0) + 1
        start = name + (name - at & 1)
        length = int.from_bytes(data[start : start + 4], "big")
        if start + 4 + length > len(data):
            return found, False
        found.setdefault(number, data[start + 4 : start + 4 + length])
        at = start + 4 + length + (length & 1)
    return found, not data[at:].strip(b"\x00")


def datasets(data: bytes) -> tuple[tuple[tuple[int, int, bytes], ...], bool]:
    """(record, number, value) in order, and whether they could be walked to the end."""
    found: list[tuple[int, int, bytes]] = []
    at = 0
    while at + 5 <= len(data) and data[at] == 0x1C and len(found) < MAX_DATASETS:
        record, number, length = data[at + 1], data[at + 2], int.from_bytes(data[at + 3 : at + 5], "big")
        at += 5
        if length & 0x8000:  # extended: the low bits are how many bytes the length takes
            wide = length & 0x7FFF
            if wide > 4:
                return tuple(found), False
            length, at = int.from_bytes(data[at : at + wide], "big"), at + wide
        if at + length > len(data):
            return tuple(found), False
        found.append((record, number, data[at : at + length]))
        at += length
    return tuple(found), not data[at:].strip(b"\x00")


def iptc_fields(rows: tuple[tuple[int, int, bytes], ...]) -> tuple[Field, ...]:
    named = [value[:3] for record, number, value in rows if (record, number) == (1, 90)]
    charset = _charset(named[-1]) if named else ""  # of several the last holds for what follows
    fields: list[Field] = []
    seen: set[str] = set()
    for record, number, value in rows:
        key = KEYS.get(number) if record == 2 else None
        if key is None or (key in seen and key not in REPEATABLE):
            continue
        seen.add(key)
        written, strict = decoded(value, charset)
        if written.strip():
            fields.append(Field("IPTC", f"2:{number:02d}", written.strip(), key, strict))
    return tuple(fields)


def _charset(escape: bytes) -> str:
    """The character set that an ISO 2022 escape invokes; "other" for one that is not known."""
    return CHARSETS.get(escape) or ("other" if escape.startswith(b"\x1b%") else "")


def decoded(value: bytes, charset: str) -> tuple[str, str]:
    """In the character set that the envelope names; without one, UTF-8 where it decodes, with Latin-1 as the strict reading."""
    if not charset:
        return latin(value, LIMIT)
    if charset == "other":
        return unstated(value, LIMIT)
    if charset == "utf-8":
        return text(value, LIMIT), ""
    return value.partition(b"\x00")[0].decode(charset, "replace")[:LIMIT], ""
