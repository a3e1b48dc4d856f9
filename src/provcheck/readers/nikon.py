"""What Nikon's note says of the lens: its range in the clear, and its identity, hidden by the body's number and the shutter count.

The cipher and its two tables are the camera's; ExifTool (Nikon.pm) and Exiv2 publish them, and where each version keeps the values.
"""

from __future__ import annotations

from fractions import Fraction

from provcheck.readers.makernotes import MakerNote
from provcheck.readers.tiff import numbers, text

SERIAL, TYPE, RANGE, LENS, COUNT = 0x001D, 0x0083, 0x0084, 0x0098, 0x00A7
# Version of the lens block: whether it is hidden, and where its seven bytes of identity stand. Later cameras name the lens in EXIF
LAYOUTS = {
    b"0100": (False, 0x06),
    b"0101": (False, 0x0B),
    b"0201": (True, 0x0B),
    b"0202": (True, 0x0B),
    b"0203": (True, 0x0B),
    b"0204": (True, 0x0C),
}
IDENTITY = 7  # bytes: number, steps of aperture, two focal lengths, two apertures, version of its chip; the type makes it eight
HIDDEN_FROM = 4  # the version itself is in the clear
D50, OTHERS = 0x22, 0x60  # the key where the body states no number
CLOSE = 0.06  # of a focal length: its byte counts 24 steps an octave, so it is within 1.5 %; lenses' names are rounder than that
BY_SERIAL = bytes.fromhex(
    "c1bf6d0d59c5139d83616b4fc77f3d3d5359e3c7e92f95a7951fdf7f2b29c70ddf07ef71893d133d3b13fb0d89c1651f"
    "b30d6b29e3fbefa36b477f9535a7474fc7f1599535112961f13db32b0d4389c19d9d8965f1e9dfbf3d7f5397e5e99517"
    "1d3d8bfbc7e367a707f171a753b52989e52ba71729e94fc5656d6bef0d89492fb34353651d49a3138959ef6bef651d0b"
    "5913e34f9db329432b071d95595947fbe5e961472f357f177fef7f959571d3a30b71a3ad0b3bb5fba3bf4f831dade92f"
    "7165a3e507353d0db5e9e5473b9def35a3bfb3df53d397534971073561712f432f11df1797fb953b7f6bd325bfadc7c5"
    "c5b58bef2fd3076b25499525496d71c7"
)
BY_COUNT = bytes.fromhex(
    "a7bcc9ad91df85e5d478d517467c294c4d03e925681186b3bdf76f6122a226342abe1e4614689d4418c240f47e5f1bad"
    "0b94b667b40be1ea959c66dce75d6c05dad5df7aeff6db1f824cc06847a1bdee3950564adddfa5f8c6daca90ca01429d"
    "8b0c7343750594de24b38034e52cdc9b3fca3345d0db5ff552c321dae222726b3ed05ba8878c065d0fdd091993d0b9fc"
    "8b0f8460331c9b45f1f0a3943a1277334d4478283c9efd655716946bfb59d0c82236dbd2639843a1048786f7a626bbd6"
    "594dbf6a2eaa2befe678b64ee02fdc7cbe5719327e2ad0b8ba29003c527da8493b2deb2549faa3aa39a7c5a7501136fb"
    "c6674af5a512657eb0dfaf4eb3617f2f"
)


def lens_range(note: MakerNote) -> str:
    """As lenses are called: "18-105 mm f/3.5-5.6"; "" where the tag is missing or empty."""
    near, far, wide, narrow = (*_range(note), None, None, None, None)[:4]
    if not (near and far and wide and narrow):
        return ""
    return f"{_span(near, far)} mm f/{_span(wide, narrow)}"


def lens_identity(note: MakerNote, model: str) -> str:
    """The eight bytes by which lists of Nikon's lenses go, in hexadecimal; "" where they cannot be told.

    A block that was opened with the wrong key gives noise: what does not fit the range in the clear is not told.
    """
    block = note.raw(LENS)
    hidden, at = LAYOUTS.get(block[:4], (False, len(block)))
    count = note.whole_numbers(COUNT)[:1]
    if hidden:
        if not count or note.entry(SERIAL) is None:
            return ""
        block = block[:HIDDEN_FROM] + opened(block[HIDDEN_FROM:], _key(text(note.raw(SERIAL)), model), count[0])
    identity = block[at : at + IDENTITY]
    if len(identity) < IDENTITY or not any(identity) or not _fits(identity, _range(note)):
        return ""
    return " ".join(f"{byte:02X}" for byte in identity + note.raw(TYPE)[:1])


def opened(data: bytes, serial: int, count: int) -> bytes:
    """Nikon's stream cipher undone; the same again hides it."""
    step, add, clear = BY_SERIAL[serial & 0xFF], 0x60, bytearray()
    at = BY_COUNT[(count ^ count >> 8 ^ count >> 16 ^ count >> 24) & 0xFF]
    for byte in data:
        at = (at + step * add) & 0xFF
        add = (add + 1) & 0xFF
        clear.append(byte ^ at)
    return bytes(clear)


def _key(serial: str, model: str) -> int:
    number = serial.strip()
    if number.isdecimal():
        return int(number) & 0xFF
    return D50 if model.endswith("D50") else OTHERS


def _fits(identity: bytes, stated: tuple[Fraction, ...]) -> bool:
    told = [5 * 2 ** (byte / 24) for byte in identity[2:4]]
    return len(stated) < 2 or all(abs(one - float(two)) <= CLOSE * float(two) for one, two in zip(told, stated, strict=False))


def _range(note: MakerNote) -> tuple[Fraction, ...]:
    entry = note.entry(RANGE)
    found = numbers(note.data, entry, note.order) if entry else ()
    return tuple(value for value in found if isinstance(value, Fraction))


def _span(low: Fraction, high: Fraction) -> str:
    return f"{float(low):g}" if low == high else f"{float(low):g}-{float(high):g}"
