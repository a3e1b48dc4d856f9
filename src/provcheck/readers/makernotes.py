"""Maker notes: whose they are, and the directory that they hold.

Makers publish no descriptions. Headers and offset rules follow what ExifTool's and Exiv2's documentation state.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from struct import iter_unpack

from provcheck.domain.text import Text, say
from provcheck.readers.exif import Exif
from provcheck.readers.tiff import SIZES, Directory, Entry, Tiff, numbers, read_directory

MAX_TAGS = 255  # of one note's directory; the longest in the corpus has 140
REPEATED = 2  # tags that stand twice; no note of 182 cameras' files has one, junk taken for a directory has several
MAX_OFFSET = 1 << 24  # bytes; notes stand in the first kilobytes of a file
MAKER_NOTE, DNG_PRIVATE = 0x927C, 0xC634
ADOBE = b"Adobe\x00MakN"


@dataclass(frozen=True, slots=True)
class Header:
    """How a note opens: `mark`, where its directory stands, what offsets count from, and where a byte order is named."""

    vendor: str
    mark: bytes
    directory: int
    own_base: bool = False  # offsets count from the note's start, not from the EXIF block's
    order_at: int | None = None
    order: str = ""  # fixed, where a maker always writes the same


HEADERS = (
    Header("Nikon", b"Nikon\x00\x01", 8),
    Header("Olympus", b"OM SYSTEM\x00\x00\x00", 16, own_base=True, order_at=12),
    Header("Olympus", b"OLYMPUS\x00", 12, own_base=True, order_at=8),
    Header("Olympus", b"OLYMP\x00", 8),
    Header("Fujifilm", b"FUJIFILM", 12, own_base=True, order="<"),
    Header("General Imaging", b"GENERALE", 12, own_base=True, order="<"),  # by Fujifilm's recipe
    Header("Panasonic", b"Panasonic\x00\x00\x00", 12),
    Header("Sony", b"SONY DSC \x00\x00\x00", 12),
    Header("Sony", b"SONY CAM \x00\x00\x00", 12),
    Header("Sony", b"SONY MOBILE", 12),
    Header("Sony", b"\x00\x00SONY PIC\x00", 12),
    Header("Pentax", b"AOC\x00", 6, order_at=4),
    Header("Pentax", b"PENTAX \x00", 10, own_base=True, order_at=8),
    Header("Pentax", b"RICOH\x00", 8, own_base=True, order_at=6),
    Header("Ricoh", b"Ricoh\x00\x00\x00", 8, order=">"),
    Header("Apple", b"Apple iOS\x00", 14, own_base=True, order_at=12),
    Header("Sigma", b"SIGMA\x00\x00\x00", 10),
    Header("Sigma", b"FOVEON\x00\x00", 10),
    Header("Sanyo", b"SANYO\x00", 8),
    Header("Casio", b"QVC\x00", 6, order=">"),
    Header("Leica", b"LEICA CAMERA AG\x00", 18),
    Header("Leica", b"LEICA", 8, own_base=True),
    Header("Motorola", b"MOT\x00", 8, own_base=True),
    Header("JVC", b"JVC ", 4),
)
MARKS = (  # notes that hold no directory, or one that is not read here, and name their maker all the same
    (b"KDK", "Kodak"),
    (b"EPSON\x00", "Epson"),
    (b"STMN", "Samsung"),
    (b"KYOCERA", "Kyocera"),
    (b"Rv", "Ricoh"),
    (b"RECONYX", "Reconyx"),
    (b"HDRP\x02", "Google"),
)
# Canon's notes have been directories from the first camera on; other makers' bare notes come in several kinds
BARE = {"canon": "Canon", "nikon": "Nikon", "sony": "Sony", "samsung": "Samsung"}  # directories without any header
# Whose notes are directories whatever they open with: ExifTool names no other form. DJI, Samsung and Google write several kinds,
# without a description, and new firmware brings new ones: of theirs nobody can say that it is broken
ALWAYS = {"canon": "Canon", "nikon": "Nikon"}


@dataclass(frozen=True, slots=True)
class MakerNote:
    """A note's directory. `data` is what its entries' starts point into; `base` is what its own offsets count from."""

    vendor: str
    data: bytes = field(repr=False)
    order: str
    base: int
    directory: Directory

    @property
    def sound(self) -> bool:
        """Whether half of its values or more can be reached (an editor that moves a note cuts some off), and tags stand once."""
        tags = [entry.tag for entry in self.directory.entries if entry.tag]  # Canon pads with tag 0
        reached = sum(entry.start >= 0 for entry in self.directory.entries)
        return 2 * reached >= len(self.directory.entries) and len(tags) - len(set(tags)) < REPEATED

    def entry(self, tag: int) -> Entry | None:
        return self.directory.get(tag)

    def raw(self, tag: int) -> bytes:
        entry = self.entry(tag)
        return self.data[entry.start : entry.start + entry.size] if entry and entry.start >= 0 else b""

    def whole_numbers(self, tag: int) -> tuple[int, ...]:
        entry = self.entry(tag)
        found = numbers(self.data, entry, self.order) if entry else ()
        return tuple(value for value in found if isinstance(value, int))

    def below(self, tag: int) -> MakerNote | None:
        """The directory that `tag` points to, or holds."""
        entry = self.entry(tag)
        if entry is None or entry.start < 0:
            return None
        offset = entry.start
        if entry.type in (4, 13):
            offset = int.from_bytes(self.data[entry.start : entry.start + 4], "little" if self.order == "<" else "big") + self.base
        read = read_directory(self.data, self.order, offset, self.vendor, [], self.base)
        return MakerNote(self.vendor, self.data, self.order, self.base, read[0]) if read else None


def vendor_of(note: bytes) -> str:
    """The maker that the note's own header names, "" where it names none."""
    if note.startswith(b"Nikon\x00"):
        return "Nikon"
    other = next((vendor for mark, vendor in MARKS if note.startswith(mark)), "")
    return other or next((header.vendor for header in HEADERS if note.startswith(header.mark)), "")


def _owed(note: bytes) -> str:
    """The maker whose header promises a directory; the others' notes are whatever they like, and none of them is broken."""
    return "" if any(note.startswith(mark) for mark, _ in MARKS) else vendor_of(note)


def read_maker_notes(exif: Exif) -> tuple[tuple[MakerNote, ...], tuple[Text, ...]]:
    """The notes that hold a directory (the file's own, and one that a DNG converter kept), and what is wrong with others."""
    make = exif.text("IFD0", 0x010F)
    found: list[MakerNote] = []
    damage: list[Text] = []
    for structure in exif.structures:
        for directory in structure.directories:
            if directory.name == "MakerNote":  # CR3 keeps it as a structure of its own
                found.append(MakerNote("Canon", structure.data, structure.order, 0, directory))
            entry = directory.get(MAKER_NOTE) if directory.name == "Exif" else None
            if entry and entry.start >= 0:
                note = _note(structure, entry, make)
                vendor = _owed(structure.raw(entry)[:20]) or ALWAYS.get(make.split(" ")[0].lower(), "")
                if note:
                    found.append(note)
                if vendor and (note is None or not note.sound):
                    damage.append(say("metadata.broken-maker-note", maker=vendor))
            private = directory.get(DNG_PRIVATE) if directory.name == "IFD0" else None
            if private and (note := _adobe(structure.raw(private), make)):
                found.append(note)
    return tuple(found), tuple(damage)


def _note(structure: Tiff, entry: Entry, make: str) -> MakerNote | None:
    head = structure.data[entry.start : entry.start + 16]
    if head.startswith(b"Nikon\x00\x02"):
        return _nikon(structure.data[entry.start + 10 : entry.start + entry.size])
    return _directory(structure.data, structure.order, entry.start, entry.size, 0, make)


def _directory(data: bytes, order: str, start: int, size: int, base: int, make: str) -> MakerNote | None:
    head = data[start : start + 20]
    header = next((header for header in HEADERS if head.startswith(header.mark)), None)
    if header is None:
        vendor = BARE.get(make.split(" ")[0].lower())
        if vendor == "Canon":
            base += _moved(data, start, size)
        return _read(data, order, start, base, vendor) if vendor else None
    if header.order_at is not None:
        order = {b"II": "<", b"MM": ">"}.get(head[header.order_at : header.order_at + 2], order)
    order = header.order or order
    where = start + header.directory
    if header.mark in (b"FUJIFILM", b"GENERALE"):
        where = start + int.from_bytes(head[8:12], "little")
    return _read(data, order, where, start if header.own_base else base, header.vendor)


def _moved(data: bytes, start: int, size: int) -> int:
    """How far an editor moved a Canon note, told by the note's last eight bytes: a TIFF mark and where it once stood."""
    foot = data[start + size - 8 : start + size]
    if foot[:4] not in (b"II*\x00", b"MM\x00*"):
        return 0
    stood = int.from_bytes(foot[4:], "little" if foot[:1] == b"I" else "big")
    return start - stood if 0 < stood < MAX_OFFSET else 0


def _read(data: bytes, order: str, offset: int, base: int, vendor: str) -> MakerNote | None:
    order = _order(data, order, offset)
    read = read_directory(data, order, offset, vendor, [], base)
    if read is None or not read[0].entries:
        return None
    note = MakerNote(vendor, data, order, base, read[0])
    if note.sound or (shift := _shift(data, order, read[0])) is None:
        return note
    again = read_directory(data, order, offset, vendor, [], shift)
    settled = MakerNote(vendor, data, order, shift, again[0]) if again else note
    return settled if settled.sound else note


def _order(data: bytes, order: str, offset: int) -> str:
    """The byte order in which the count of entries makes sense: an editor may turn the file's and leave the note's."""
    count = data[offset : offset + 2]
    if int.from_bytes(count, "little" if order == "<" else "big") <= MAX_TAGS:
        return order
    other = ">" if order == "<" else "<"
    return other if int.from_bytes(count, "little" if other == "<" else "big") <= MAX_TAGS else order


def _shift(data: bytes, order: str, directory: Directory) -> int | None:
    """The base under which the first value stands right behind the directory, as every maker writes it."""
    end = directory.offset + 2 + 12 * len(directory.entries) + 4
    rows = iter_unpack(f"{order}HHLL", data[directory.offset + 2 : end - 4])
    places = [at for _, type_, values, at in rows if SIZES.get(type_, 0) * values > 4]
    return end - min(places) if places else None


def _nikon(block: bytes) -> MakerNote | None:
    """Nikon's third kind is a TIFF structure of its own."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return None
    return _read(block, order, int.from_bytes(block[4:8], "little" if order == "<" else "big"), 0, "Nikon")


def _adobe(private: bytes, make: str) -> MakerNote | None:
    """What Adobe's DNG converter keeps: length, byte order, the note's old offset, the note."""
    if not private.startswith(ADOBE) or len(private) < 22:
        return None
    order = {b"II": "<", b"MM": ">"}.get(private[14:16])
    if order is None:
        return None
    if private[20:26] == b"Nikon\x00":
        return _nikon(private[30:])
    return _directory(private, order, 20, 0, 20 - int.from_bytes(private[16:20], "big"), make)
