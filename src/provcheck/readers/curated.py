"""Every source's values under shared names: what `inspect metadata` prints and the checks read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from struct import unpack_from

from provcheck.domain.metadata import Field
from provcheck.domain.text import Text, say
from provcheck.readers.charset import latin, unstated
from provcheck.readers.ciff import ciff_fields
from provcheck.readers.container import Block, Container, Kind
from provcheck.readers.exif import Exif
from provcheck.readers.exif_fields import exif_fields
from provcheck.readers.flir import flir_fields
from provcheck.readers.icc import is_profile, profile_name
from provcheck.readers.iptc import RESOURCE_IPTC, datasets, iptc_fields, resources
from provcheck.readers.maker_fields import maker_fields
from provcheck.readers.maker_texts import text_note_fields
from provcheck.readers.makernotes import read_maker_notes
from provcheck.readers.structure import pictures
from provcheck.readers.tiff import Directory, Tiff, text
from provcheck.readers.xmp import Packet, mended, read_xmp
from provcheck.readers.xmp_fields import xmp_fields

TIFF_TAGS = {0x02BC: Kind.XMP, 0x83BB: Kind.IPTC, 0x8649: Kind.RESOURCES, 0x8773: Kind.ICC, 0xCD41: Kind.C2PA}
SIZED = frozenset({"JPEG", "PNG", "WEBP", "GIF"})  # formats whose header names the picture's one size
RAW_MAKERS = {"NIKON": "NEF", "SONY": "ARW", "PENTAX": "PEF", "RICOH": "PEF", "SAMSUNG": "SRW", "HASSELBLAD": "3FR", "EPSON": "ERF"}
RAW_COMPRESSIONS = frozenset({32767, 32769, 34713, 65535, 65000})  # Sony, packed, Nikon, Pentax, Kodak
RAW_PHOTOMETRIC = 32803  # colour filter array
PNG_TEXT_LIMIT = 1 << 18  # characters; a generator's workflow is tens of kB
COMMENT_LIMIT = 4000  # characters
MAX_TEXTS = 1000  # text blocks of one file


@dataclass(frozen=True, slots=True)
class Curated:
    fields: tuple[Field, ...]
    packets: tuple[Packet, ...]
    damage: tuple[Text, ...]


def curate(container: Container, exif: Exif) -> Curated:
    blocks = container.blocks + embedded(exif)
    damage: list[Text] = []
    packets = _packets(blocks, damage)
    notes, broken_notes = read_maker_notes(exif)
    damage.extend(broken_notes)
    damage.extend(_doubles(container, blocks))
    fields = [*_file(container, exif), *exif_fields(exif), *maker_fields(notes, exif.text("IFD0", 0x0110)), *text_note_fields(exif)]
    for block in blocks:
        if block.kind is Kind.CIFF:
            known = {field.key for field in fields}
            fields.extend(field for field in ciff_fields(block.data) if field.key not in known)
        elif block.kind is Kind.FLIR:
            told = flir_fields(block.data)
            fields.extend(told or ())
            damage.extend([say("metadata.broken-maker-note", maker="FLIR")] if told is None else [])
    for packet in packets:
        known = {field.key for field in fields}
        fields.extend(field for field in xmp_fields(packet) if not field.key or field.key not in known)
    fields.extend(_iptc(blocks, damage))
    fields.extend(_texts(blocks))
    return Curated(tuple(fields), tuple(packets), tuple(damage))


def _doubles(container: Container, blocks: tuple[Block, ...]) -> Iterator[Text]:
    """Blocks that may stand once and stand twice, and profiles that are none."""
    if container.format in ("JPEG", "PNG", "WEBP"):
        for kind in (Kind.EXIF, Kind.XMP):
            if len({block.data for block in blocks if block.kind is kind}) > 1:
                yield say("metadata.two-blocks", block=kind.value)
    if any(block.kind is Kind.C2PA and b"jumb" not in block.data[:128] for block in blocks):
        yield say("metadata.broken-jumbf")
    if any(block.kind is Kind.ICC and not is_profile(block.data) for block in blocks):
        yield say("metadata.broken-profile", name="ICC")


def embedded(exif: Exif) -> tuple[Block, ...]:
    """Blocks that a TIFF structure holds in its tags."""
    return tuple(
        Block(TIFF_TAGS[entry.tag], structure.raw(entry))
        for structure in exif.structures
        for directory in structure.directories
        if directory.name == "IFD0"
        for entry in directory.entries
        if entry.tag in TIFF_TAGS and entry.start >= 0
    )


def _packets(blocks: tuple[Block, ...], damage: list[Text]) -> list[Packet]:
    packets = []
    for block in blocks:
        if block.kind in (Kind.XMP, Kind.EXTENDED_XMP):
            packet = read_xmp(block.data)
            if packet is None:
                damage.append(say("metadata.broken-xmp"))
                packet = read_xmp(mended(block.data))
            if packet is not None:
                packets.append(packet)
                if packet.of_another_form:
                    damage.append(say("metadata.no-rdf"))
    return packets


def _file(container: Container, exif: Exif) -> list[Field]:
    fields = [Field("file", "type", format_of(container, exif), "file.type")]
    if container.format in SIZED and container.width:
        fields.append(Field("file", "width", str(container.width), "file.width"))
        fields.append(Field("file", "height", str(container.height), "file.height"))
    if container.process is not None:
        fields.append(Field("file", "SOF", str(container.process), "jpeg.process"))
    blocks = container.blocks + embedded(exif)
    if any(block.kind is Kind.C2PA for block in blocks):
        fields.append(Field("C2PA", "manifest store", "yes", "c2pa.present"))
    profile = next((name for block in blocks if block.kind is Kind.ICC and (name := profile_name(block.data))), "")
    if profile:
        fields.append(Field("ICC", "desc", profile, "icc.name"))
    if (count := pictures(container)) > 1:
        fields.append(Field("MPF", "NumberOfImages", str(count), "mpf.count"))
    return fields


def format_of(container: Container, exif: Exif) -> str:
    """The format's name; raw files that are plain TIFF by their first bytes go by what their tags say."""
    if container.format != "TIFF" or not exif.structures:
        return container.format
    if exif.entry("IFD0", 0xC612):  # DNGVersion
        return "DNG"
    compressions = {
        value for directory in exif.structures[0].directories for value in _first(exif.structures[0], directory, 0x0103)
    }
    filters = {value for directory in exif.structures[0].directories for value in _first(exif.structures[0], directory, 0x0106)}
    maker = exif.text("IFD0", 0x010F).split(" ")[0].upper()
    preview_first = exif.numbers("IFD0", 0x00FE) == (1,) and exif.numbers("IFD0", 0x0103) == (
        6,
    )  # a JPEG stands before the raw picture
    if RAW_PHOTOMETRIC in filters or compressions & RAW_COMPRESSIONS or preview_first:
        return RAW_MAKERS.get(maker, container.format)
    return container.format


def _first(structure: Tiff, directory: Directory, tag: int) -> tuple[int | float | Fraction | None, ...]:
    entry = directory.get(tag)
    return structure.numbers(entry)[:1] if entry else ()


def _iptc(blocks: tuple[Block, ...], damage: list[Text]) -> tuple[Field, ...]:
    """The first block that holds datasets."""
    for block in blocks:
        raw = block.data if block.kind is Kind.IPTC else b""
        if block.kind is Kind.RESOURCES:
            found, sound = resources(block.data)
            raw = found.get(RESOURCE_IPTC, b"")
            if not sound:
                damage.append(say("metadata.broken-resources"))
        if not raw:
            continue
        rows, sound = datasets(raw)
        if not sound:
            damage.append(say("metadata.broken-iptc"))
        if rows:
            return iptc_fields(rows)
    return ()


def _png_text(both: tuple[str, str]) -> tuple[str, str, str]:
    """Value, key and strict reading, as Field takes them."""
    return both[0], "png.text", both[1]


def _texts(blocks: tuple[Block, ...]) -> list[Field]:
    fields = []
    for block in blocks:
        if block.kind is Kind.COMMENT:
            comment, strict = unstated(block.data, COMMENT_LIMIT)
            if comment.strip():
                fields.append(Field("comment", "Comment", comment.strip(), "file.comment", strict))
        elif block.kind is Kind.TEXT and len(fields) < MAX_TEXTS:
            keyword, _, value = block.data.partition(b"\x00")
            read = latin if block.latin else unstated
            fields.append(Field("PNG text", text(keyword), *_png_text(read(value.replace(b"\x00", b""), PNG_TEXT_LIMIT))))
        elif block.kind is Kind.TIME and len(block.data) >= 7:
            year, *rest = unpack_from(">HBBBBB", block.data)
            fields.append(Field("PNG time", "tIME", "{:04d}:{:02d}:{:02d} {:02d}:{:02d}:{:02d}".format(year, *rest), "png.time"))
    return fields
