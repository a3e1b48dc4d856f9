"""The EXIF values that a fact-checker needs, under the names that every source shares."""

from __future__ import annotations

from fractions import Fraction

from provcheck.domain.metadata import Field
from provcheck.readers.charset import unstated
from provcheck.readers.exif import Exif
from provcheck.readers.tiff import Directory, Entry, Tiff, text

KEYS = {
    ("IFD0", 0x010E): "exif.image_description",
    ("IFD0", 0x010F): "exif.make",
    ("IFD0", 0x0110): "exif.model",
    ("IFD0", 0x0112): "exif.orientation",
    ("IFD0", 0x0131): "exif.software",
    ("IFD0", 0x0132): "exif.modify_date",
    ("IFD0", 0x013B): "exif.artist",
    ("IFD0", 0x013C): "exif.host_computer",
    ("IFD0", 0x8298): "exif.copyright",
    ("IFD0", 0x000B): "exif.processing_software",
    ("Exif", 0x829A): "exif.exposure_time",
    ("Exif", 0x829D): "exif.fnumber",
    ("Exif", 0x8827): "exif.iso",
    ("Exif", 0x9003): "exif.datetime_original",
    ("Exif", 0x9004): "exif.datetime_digitized",
    ("Exif", 0x9010): "exif.offset_modify",
    ("Exif", 0x9011): "exif.offset_original",
    ("Exif", 0x9012): "exif.offset_digitized",
    ("Exif", 0x9290): "exif.subsec_modify",
    ("Exif", 0x9291): "exif.subsec_original",
    ("Exif", 0x9292): "exif.subsec_digitized",
    ("Exif", 0x920A): "exif.focal_length",
    ("Exif", 0x9286): "exif.user_comment",
    ("Exif", 0xA002): "exif.pixel_x",
    ("Exif", 0xA003): "exif.pixel_y",
    ("Exif", 0xA420): "exif.image_unique_id",
    ("Exif", 0xA430): "exif.owner",
    ("Exif", 0xA431): "exif.body_serial",
    ("IFD0", 0xC62F): "exif.body_serial",
    ("Exif", 0xA433): "exif.lens_make",
    ("Exif", 0xA434): "exif.lens_model",
    ("Exif", 0xA435): "exif.lens_serial",
    ("GPS", 0x11): "gps.img_direction",
    ("GPS", 0x12): "gps.map_datum",
    ("GPS", 0x0D): "gps.speed",
    ("GPS", 0x18): "gps.dest_bearing",
    ("GPS", 0x1B): "gps.processing_method",
    ("GPS", 0x1D): "gps.datestamp",
    ("GPS", 0x1F): "gps.h_positioning_error",
    ("IFD1", 0x0202): "thumb.bytes",
}
CHARSETS = {b"ASCII\x00\x00\x00": "ascii", b"UNICODE\x00": "utf-16", b"JIS\x00\x00\x00\x00\x00": "iso2022_jp", b"\x00" * 8: ""}
COPYRIGHT = 0x8298
COMMENTS = frozenset({"exif.user_comment", "gps.processing_method"})
BLANK = "".join(map(chr, (*range(33), 127)))  # what is no more than blanks and control characters says nothing
SIGNIFICANT = 10  # digits of a rational, as ExifTool writes them
LIMIT = 4000  # characters of one value


def exif_fields(exif: Exif) -> tuple[Field, ...]:
    """Curated EXIF and GPS values, each key once: the first directory that holds it, and its last entry."""
    chosen: dict[str, tuple[Directory, Field]] = {}
    for structure in exif.structures:
        for directory in structure.directories:
            for entry in directory.entries:
                key = KEYS.get((directory.name, entry.tag))
                if key is None and directory.name == "IFD0":  # Windows and raw files put tags of Exif here
                    key = KEYS.get(("Exif", entry.tag))
                if key is None or entry.start < 0 or not _first_choice(chosen.get(key), directory, entry.tag):
                    continue
                value, strict = written(structure, entry, comment=key in COMMENTS)
                if value.strip(BLANK) and not (key == "thumb.bytes" and value == "0"):
                    chosen[key] = directory, Field(f"EXIF {directory.name}", f"0x{entry.tag:04x}", value, key, strict)
    fields = [field for _, field in chosen.values()]
    fields.extend(Field("EXIF GPS", name, value, key) for key, name, value in _position(exif))
    return tuple(fields)


def _first_choice(held: tuple[Directory, Field] | None, directory: Directory, tag: int) -> bool:
    """Whether a value goes before the one that is held: the last of one directory does, and Exif's own tags in Exif."""
    if held is None or held[0] is directory:
        return True
    return directory.name == "Exif" and held[0].name == "IFD0" and ("IFD0", tag) not in KEYS


def written(structure: Tiff, entry: Entry, *, comment: bool = False) -> tuple[str, str]:
    """A value as text, and its strict reading where that differs: strings as they stand, numbers with ten significant digits."""
    if comment:
        value = comment_text(structure.raw(entry), structure.order)
        bare = text(structure.raw(entry), LIMIT) if entry.type == 2 else value  # a string ends at its NUL, whatever follows
        return value, "" if bare == value else bare
    if entry.tag == COPYRIGHT and entry.type == 2:  # the photographer's and the editor's, with a NUL between them
        parts = [part.strip() for part in structure.raw(entry).split(b"\x00")[:2]]
        return unstated(b"\n".join(part for part in parts if part), LIMIT)
    if entry.type in (2, 7, 129):
        return unstated(structure.raw(entry), LIMIT)
    return " ".join(number(value) for value in structure.numbers(entry)[:8]), ""


def number(value: int | float | Fraction | None) -> str:
    if value is None:
        return "undef"
    if isinstance(value, int):
        return str(value)
    return str(value.numerator) if isinstance(value, Fraction) and value.denominator == 1 else f"{float(value):.{SIGNIFICANT}g}"


def comment_text(raw: bytes, order: str) -> str:
    """UserComment and its kin: eight bytes name the character set."""
    charset, body = CHARSETS.get(raw[:8]), raw[8:]
    if charset is None:
        return text(raw, LIMIT)
    if charset == "utf-16":
        return utf16(body, order)
    if charset == "iso2022_jp":
        return body.decode("iso2022_jp", "replace").partition("\x00")[0][:LIMIT]
    return text(body, LIMIT)


def utf16(body: bytes, order: str) -> str:
    """UTF-16 in the block's byte order, or in the other where that one gives more Latin letters: writers disagree."""
    body = body[: 2 * LIMIT]
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", "ignore").partition("\x00")[0]
    little, big = body[1::2].count(0), body[::2].count(0)
    name = "utf-16-le" if little > big or (little == big and order == "<") else "utf-16-be"
    return body.decode(name, "ignore").partition("\x00")[0]


def _position(exif: Exif) -> list[tuple[str, str, str]]:
    """Latitude, longitude, altitude and time of the GPS directory, signed and joined as far as they are there."""
    found = []
    for key, tag, reference, negative in (("gps.lat", 0x02, 0x01, "S"), ("gps.lon", 0x04, 0x03, "W")):
        parts = exif.numbers("GPS", tag)
        if 0 < len(parts) <= 3 and not any(part is None for part in parts):
            value = sum((Fraction(part) / 60**i for i, part in enumerate(parts) if part is not None), Fraction())
            sign = -1 if exif.text("GPS", reference).upper().startswith(negative) else 1
            found.append((key, f"0x{tag:04x}", f"{float(sign * value):.7f}"))
    height = exif.numbers("GPS", 0x06)
    if height and height[0] is not None:
        below = exif.numbers("GPS", 0x05)[:1] == (1,)
        found.append(("gps.alt", "0x0006", number(-height[0] if below else height[0])))
    clock = exif.numbers("GPS", 0x07)
    if len(clock) == 3 and not any(part is None for part in clock):
        found.append(("gps.timestamp", "0x0007", _clock(clock)))
    return found


def _clock(parts: tuple[int | float | Fraction | None, ...]) -> str:
    """hh:mm:ss with fractions of a degree carried down, as the standard allows them."""
    seconds = sum((Fraction(part) * 60 ** (2 - i) for i, part in enumerate(parts) if part is not None), Fraction())
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    shown = f"{float(rest):09.6f}".rstrip("0").rstrip(".")
    return f"{int(hours):02d}:{int(minutes):02d}:{shown}"
