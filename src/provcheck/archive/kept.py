"""What an archive keeps of a photo to find its parts again: packed features, and a small gray picture."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from provcheck.archive.words import WORDS, describe
from provcheck.domain.fingerprint import Features

FORM: Final = np.dtype([("word", "<u2"), ("signature", "<u8"), ("place", "<u4"), ("size", "u1")])
FINE: Final = 8191  # 13 bits for x and y: a sixteenth of a pixel, so that the archive is not what blurs a placement
HEADER: Final = struct.Struct("<HHBB")  # mark, features, width and height of the gray picture
CHECKED: Final = struct.Struct("<I")  # after it: a checksum of all the rest, 0 where none was kept yet
MARK: Final = 0xFFFF  # where a word stood in the form before: words end at 16,383
NO_GRAY: Final = np.zeros((0, 0), dtype=np.uint8)


@dataclass(frozen=True)
class Kept:
    """`places`: N × 4 (x, y of the longest side; angle in radians; log2 of size), strongest spread first; `gray` is empty where
    none was kept."""

    words: npt.NDArray[np.uint16]
    signatures: npt.NDArray[np.uint64]
    places: npt.NDArray[np.float32]
    gray: npt.NDArray[np.uint8]


def pack(features: Features) -> bytes:
    """The features and the gray picture as one blob: a header, 15 bytes a feature, the pixels, filled up to a multiple of 15."""
    described = describe(features)
    width = features.gray_width if 0 < features.gray_width < 256 else 0
    height = min(255, len(features.gray) // width) if width else 0
    table = np.empty(len(described.words), dtype=FORM)
    table["word"], table["signature"] = described.words[:, 0], described.signatures
    x, y = np.clip(np.round(described.places[:, :2].T * FINE), 0, FINE).astype(np.uint32)
    angle = np.round(described.places[:, 2] / (2 * np.pi) * 64).astype(np.uint32) % 64
    table["place"] = x | y << 13 | angle << 26
    table["size"] = np.clip(np.round((described.places[:, 3] + 10) * 20), 0, 255)  # 2^-10 to 2^2.7 of the side
    header = HEADER.pack(MARK, len(table), width, height).ljust(FORM.itemsize, b"\0")
    body = header + table.tobytes() + features.gray[: width * height]
    blob = bytearray(body + bytes(-len(body) % FORM.itemsize))
    CHECKED.pack_into(blob, HEADER.size, _checksum(blob))
    return bytes(blob)


def is_sound(data: bytes) -> bool:
    """Whether the blob is what was packed. Of those packed before they held a checksum, whether they have the form."""
    if len(data) % FORM.itemsize or _header(data)[0] >= max(1, len(data) // FORM.itemsize):
        return False
    if not any(_header(data)):
        return not data or int.from_bytes(data[:2], "little") < WORDS
    (stated,) = CHECKED.unpack_from(data, HEADER.size)
    return stated in (0, _checksum(data))


def _checksum(blob: bytes | bytearray) -> int:
    """CRC-32, never 0."""
    return crc32(blob[HEADER.size + CHECKED.size :], crc32(blob[: HEADER.size])) or 1


def unpack(data: bytes) -> Kept:
    """What `pack` made. Raises ValueError where it is not that any more."""
    if not is_sound(data):
        raise ValueError("a photo's features do not match their checksum")
    table, (count, width, height) = table_of(data), _header(data)
    pixels = np.frombuffer(data, dtype=np.uint8)[(1 + count) * FORM.itemsize :]
    gray = pixels[: width * height].reshape(height, width) if width else NO_GRAY
    return Kept(table["word"], table["signature"], unpacked(table["place"], table["size"]), gray)


def table_of(data: bytes) -> npt.NDArray[np.void]:
    """The features alone. The form before this one had neither header nor picture."""
    count, width, _ = _header(data)
    if not (count or width):
        return np.frombuffer(data, dtype=FORM)
    return np.frombuffer(data, dtype=FORM, offset=FORM.itemsize, count=count)


def _header(data: bytes) -> tuple[int, int, int]:
    mark, count, width, height = HEADER.unpack_from(data) if len(data) >= FORM.itemsize else (0, 0, 0, 0)
    return (count, width, height) if mark == MARK else (0, 0, 0)


def unpacked(place: npt.NDArray[np.uint32], size: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Packed places and sizes as rows of `places`."""
    x, y, angle = place & FINE, place >> 13 & FINE, place >> 26
    return np.column_stack((x / FINE, y / FINE, angle * (2 * np.pi / 64), size / 20 - 10)).astype(np.float32)
