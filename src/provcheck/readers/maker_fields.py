"""Serial numbers, lens, owner and shutter count out of maker notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from provcheck.domain.metadata import Field
from provcheck.readers.makernotes import MakerNote
from provcheck.readers.nikon import lens_identity, lens_range
from provcheck.readers.tiff import text

LIMIT = 100  # characters of one value
SERIAL, LENS, LENS_SERIAL, COUNT, OWNER = "mn.serial", "mn.lens_model", "mn.lens_serial", "mn.shutter_count", "mn.owner"
LENS_RANGE, LENS_IDENTITY = "lens range", "lens id"  # one maker's own, so not under a name that all sources share
UNSHARED = (LENS_RANGE, LENS_IDENTITY)
Found = Iterator[tuple[str, int, str]]  # key, tag, value
NO_COUNT = 4294965247  # what Nikon writes for "not counted"
RICOH_TEXT = re.compile(rb"[-\w ]+")
SONY_C = re.compile(r"ILCE-(1|7M4|7RM5|7SM3)\b|ILME-FX3")
SONY_B = re.compile(r"ILCE-(6100|6300|6400|6500|6600|7C|7M3|7RM2|7RM3A?|7RM4A?|7SM2|9|9M2)\b|ILCA-99M2|ZV-E10")
SONY_D = re.compile(r"ILCE-(1M2|6700|7CM2|7CR)\b")
SONY_SILENT = "ILCE-1M2"  # with its electronic shutter it writes something else there
SONY_UNKNOWN = re.compile(r"DSC-|Stellar|ZV-|ILCE-9M3\b")  # other layouts, not known
SONY_WITHOUT = re.compile(r"Lunar|NEX-(5N|7|VG20E)")  # no serial where the others of layout A have one
SONY_A_MOUNT = re.compile(r"SLT-|HV|ILCA-")
SONY_DSLR_COUNT = re.compile(r"DSLR-A(230|290|330|380|390|850|900)$")
SONY_CLEAR = {cube: plain for plain in range(249) for cube in [plain**3 % 249]}  # its substitution cipher, undone


def maker_fields(notes: tuple[MakerNote, ...], model: str) -> tuple[Field, ...]:
    fields: list[Field] = []
    for note in notes:
        reader = READERS.get(note.vendor)
        for key, tag, value in reader(note, model) if reader else ():
            shown = value.strip()[:LIMIT]
            if key in UNSHARED and shown:
                fields.append(Field(f"{note.vendor} maker note", f"0x{tag:04x} {key}", shown))
            elif shown.strip("0 "):
                fields.append(Field(f"{note.vendor} maker note", f"0x{tag:04x}", shown, key))
            elif key == COUNT and shown:
                fields.append(Field(f"{note.vendor} maker note", f"0x{tag:04x}", "0", key))
    return tuple(dict.fromkeys(fields))


def _words(note: MakerNote, *tags: tuple[str, int]) -> Found:
    for key, tag in tags:
        entry = note.entry(tag)
        if entry and entry.type in (1, 2, 7):
            yield key, tag, text(note.raw(tag), LIMIT)


def _counts(note: MakerNote, *tags: tuple[str, int]) -> Found:
    for key, tag in tags:
        for value in note.whole_numbers(tag)[:1]:
            yield key, tag, str(value)


def _nikon(note: MakerNote, model: str) -> Found:
    yield LENS_RANGE, 0x0084, lens_range(note)
    yield LENS_IDENTITY, 0x0098, lens_identity(note, model)
    yield from _words(note, (SERIAL, 0x001D), (SERIAL, 0x00A0))
    yield from ((key, tag, value) for key, tag, value in _counts(note, (COUNT, 0x00A7), (COUNT, 0x00A5)) if value != str(NO_COUNT))


def _canon(note: MakerNote, model: str) -> Found:
    yield from _words(note, (LENS, 0x0095), (OWNER, 0x0009))
    for value in note.whole_numbers(0x000C)[:1]:
        yield SERIAL, 0x000C, f"{value >> 16:04x}{value & 0xFFFF:05d}" if re.search(r"EOS D30\b", model) else str(value)
    internal = note.raw(0x0096)
    yield SERIAL, 0x0096, text(internal[9:] if re.search(r"EOS 5D\b", model) else internal.rstrip(b"\xff"), LIMIT)
    lens = note.raw(0x4019)[:5]
    if lens[:4].strip(b"\x00"):
        yield LENS_SERIAL, 0x4019, lens.hex()
    yield from _canon_count(note, model)


def _canon_count(note: MakerNote, model: str) -> Found:
    """Only the EOS-1D line writes a count, each generation in its own place."""
    order = "little" if note.order == "<" else "big"
    if re.search(r"EOS-1Ds? Mark III\b", model):
        count = note.raw(0x000D)[0x176:0x17A]
        if len(count) == 4:
            yield COUNT, 0x000D, str((int.from_bytes(count, "little") + 1) & 0xFFFFFFFF)
    elif "EOS-1D" in model and len(info := note.raw(0x0093)[2:6]) == 4:
        value = int.from_bytes(info, "big" if order == "big" else "little")
        if order == "big":
            yield COUNT, 0x0093, str(value)
        elif re.search(r"\b1Ds? Mark II\b", model):
            yield COUNT, 0x0093, str(value >> 16 | (value & 0xFFFF) << 16)


def _fujifilm(note: MakerNote, _: str) -> Found:
    yield from _words(note, (SERIAL, 0x0010))
    yield from ((COUNT, 0x1438, str(value & 0x7FFF)) for value in note.whole_numbers(0x1438)[:1])


def _panasonic(note: MakerNote, _: str) -> Found:
    yield SERIAL, 0x0025, text(note.raw(0x0025).replace(b"\x00", b""), LIMIT)
    yield from _words(note, (LENS_SERIAL, 0x0052))


def _olympus(note: MakerNote, _: str) -> Found:
    yield from _words(note, (SERIAL, 0x0404), (SERIAL, 0x101A))
    equipment = note.below(0x2010)
    if equipment:
        yield from _words(equipment, (SERIAL, 0x0102), (SERIAL, 0x0101), (LENS_SERIAL, 0x0202), (LENS, 0x0203))
    main = note.below(0x4000)
    if main:
        yield from _words(main, (SERIAL, 0x0404))


def _pentax(note: MakerNote, _: str) -> Found:
    yield from _words(note, (SERIAL, 0x0229))
    info = note.whole_numbers(0x0215)
    if len(info) >= 5:
        yield SERIAL, 0x0215, str(info[4])
    count, day, time = note.raw(0x005D), note.raw(0x0006), note.raw(0x0007)
    if len(count) == 4 and len(day) == 4 and len(time) >= 3:  # hidden by date and time, both big-endian
        key = int.from_bytes(day, "big") ^ (0xFFFFFFFF - int.from_bytes(time[:3] + b"\x00", "big"))
        yield COUNT, 0x005D, str(int.from_bytes(count, "big") ^ key)


def _sony(note: MakerNote, model: str) -> Found:
    if re.match(r"ILCE-9\b", model):
        yield from _words(note, (SERIAL, 0x2031))
    hidden = bytes(SONY_CLEAR.get(byte, byte) for byte in note.raw(0x9050)[:0x200])
    layout = _sony_layout(model)
    if layout and len(hidden) >= 0x100:
        count_at, serial_at, length = layout
        if model != SONY_SILENT or not hidden[0]:
            yield COUNT, 0x9050, str(int.from_bytes(hidden[count_at : count_at + 4], "little") & 0xFFFFFF)
        if length:
            yield SERIAL, 0x9050, " ".join(str(byte) for byte in hidden[serial_at : serial_at + length])
    focus = note.raw(0x0020)
    if SONY_DSLR_COUNT.match(model) and len(focus) >= 0x84A:
        yield COUNT, 0x0020, str(int.from_bytes(focus[0x846:0x84A], "little") & 0xFFFFFF)


def _sony_layout(model: str) -> tuple[int, int, int] | None:
    """Where tag 0x9050 keeps the shutter count and the internal serial number, and how long that is."""
    if SONY_C.match(model):
        return 0x3A, 0x8A if model.startswith("ILCE-1") else 0x88, 6
    if SONY_B.match(model):
        return 0x3A, 0x88, 6
    if SONY_D.match(model):  # counts the mechanical shutter alone; where its number would stand is not known for certain
        return 0x0A, 0, 0
    if SONY_UNKNOWN.match(model):
        return None
    if SONY_A_MOUNT.match(model):
        return 0x32, 0xF0, 5
    return 0x32, 0x7C, 0 if SONY_WITHOUT.match(model) else 4


def _leica(note: MakerNote, model: str) -> Found:
    """Leica's own cameras; those that Panasonic builds write Panasonic's tags."""
    for value in note.whole_numbers(0x0303)[:1]:
        yield SERIAL, 0x0303, f"{value:07d}"
    yield from _counts(note, (SERIAL, 0x0305))
    yield from _words(note, (SERIAL, 0x0500), (SERIAL, 0x3103))
    yield from _panasonic(note, model)


def _motorola(note: MakerNote, _: str) -> Found:
    yield from _words(note, (SERIAL, 0x5501))


def _ricoh(note: MakerNote, _: str) -> Found:
    """Text on newer cameras, sixteen bytes without a meaning to read on older ones."""
    raw = note.raw(0x0005)[:16]
    if raw.strip(b"\x00"):
        yield SERIAL, 0x0005, text(raw) if RICOH_TEXT.fullmatch(raw) else raw.hex()


def _samsung(note: MakerNote, _: str) -> Found:
    yield from ((key, tag, value) for key, tag, value in _words(note, (SERIAL, 0xA002)) if re.match(r"\w{5}", value))
    yield from _words(note, (LENS_SERIAL, 0xA005))


def _sigma(note: MakerNote, _: str) -> Found:
    yield from _words(note, (SERIAL, 0x0002))


READERS: dict[str, Callable[[MakerNote, str], Found]] = {
    "Nikon": _nikon,
    "Canon": _canon,
    "Fujifilm": _fujifilm,
    "General Imaging": _fujifilm,
    "Panasonic": _panasonic,
    "Olympus": _olympus,
    "Pentax": _pentax,
    "Sony": _sony,
    "Leica": _leica,
    "Motorola": _motorola,
    "Ricoh": _ricoh,
    "Samsung": _samsung,
    "Sigma": _sigma,
}
