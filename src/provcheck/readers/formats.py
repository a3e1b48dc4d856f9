"""Which picture format do these bytes start as? Told by signature, never by name."""

from __future__ import annotations

import struct
from dataclasses import dataclass

RAW = "RAW"


@dataclass(frozen=True, slots=True)
class Signature:
    """`pillow` is the one Pillow plugin that may open it; empty for RAW (its preview is decoded) and for what is not decoded."""

    format: str
    pillow: str


JPEG = Signature("JPEG", "JPEG")
TIFF = Signature("TIFF", "TIFF")
CAMERA_RAW = Signature(RAW, "")
JPEG_XL = Signature("JPEG XL", "")  # its boxes are read; Pillow has no decoder for it

PREFIXES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", Signature("PNG", "PNG")),
    (b"GIF87a", Signature("GIF", "GIF")),
    (b"GIF89a", Signature("GIF", "GIF")),
    (b"BM", Signature("BMP", "BMP")),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", Signature("JPEG 2000", "JPEG2000")),
    (b"\xff\x4f\xff\x51", Signature("JPEG 2000", "JPEG2000")),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", JPEG_XL),
    (b"\xff\x0a", JPEG_XL),
    (b"FUJIFILMCCD-RAW", CAMERA_RAW),
    (b"FOVb", CAMERA_RAW),
    (b"IIU\x00", CAMERA_RAW),
    (b"IIRO", CAMERA_RAW),
    (b"IIRS", CAMERA_RAW),
    (b"MMOR", CAMERA_RAW),
    (b"II\x1a\x00\x00\x00HEAPCCDR", CAMERA_RAW),
)
BRANDS = {
    b"avif": Signature("AVIF", "AVIF"),
    b"avis": Signature("AVIF", "AVIF"),
    b"heic": Signature("HEIC", "HEIF"),
    b"heix": Signature("HEIC", "HEIF"),
    b"heim": Signature("HEIC", "HEIF"),
    b"heis": Signature("HEIC", "HEIF"),
    b"hevc": Signature("HEIC", "HEIF"),
    b"mif1": Signature("HEIF", "HEIF"),
    b"msf1": Signature("HEIF", "HEIF"),
    b"crx ": CAMERA_RAW,
}
PICTURE_SUFFIXES = tuple(
    ".jpg .jpeg .jpe .jfif .png .tif .tiff .webp .gif .avif .heic .heif .hif .bmp .jp2 .j2k .jxl"  # pictures
    " .dng .cr2 .cr3 .crw .nef .arw .orf .rw2 .raf .pef .srw .x3f".split()  # camera raw
)

# TIFF tags that tell a camera's raw file from a picture that was saved as TIFF
MAKE, NEW_SUBFILE_TYPE, COMPRESSION, SUB_IFDS, DNG_VERSION = 0x010F, 0x00FE, 0x0103, 0x014A, 0xC612
RAW_COMPRESSIONS = {6, 32767, 34713, 65535}  # old-style JPEG thumbnail in IFD0, Sony, Nikon, Pentax
MAX_ENTRIES = 512  # tags in IFD0; cameras write fewer than 100


def sniff(data: bytes) -> Signature | None:
    """The signature that `data` starts with, or None when it is no picture format that provcheck decodes."""
    if data[:4] in (b"II*\x00", b"MM\x00*"):
        return CAMERA_RAW if _is_raw(data) else TIFF
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Signature("WebP", "WEBP")
    if data[4:8] == b"ftyp":
        return _brand(data)
    return next((signature for prefix, signature in PREFIXES if data.startswith(prefix)), None)


def _brand(data: bytes) -> Signature | None:
    """The major brand of an ISO base media file, or the first compatible brand that is known (at most 32 are read)."""
    size = min(int.from_bytes(data[:4], "big"), 16 + 4 * 32, len(data))
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, size, 4))]
    known = [BRANDS[brand] for brand in brands if brand in BRANDS]
    specific = [signature for signature in known if signature.format != "HEIF"]
    return next(iter(specific or known), None)


def _is_raw(data: bytes) -> bool:
    if data[8:10] == b"CR":
        return True
    tags = _first_ifd(data)
    if DNG_VERSION in tags:
        return True
    reduced = tags.get(NEW_SUBFILE_TYPE, 0) & 1 and SUB_IFDS in tags
    return MAKE in tags and bool(reduced or tags.get(COMPRESSION) in RAW_COMPRESSIONS)


def _first_ifd(data: bytes) -> dict[int, int]:
    """Tag to inline value (its first number) of the first directory; empty where it does not parse."""
    order = "<" if data[:2] == b"II" else ">"
    try:
        (at,) = struct.unpack_from(order + "I", data, 4)
        (count,) = struct.unpack_from(order + "H", data, at)
        entries = [struct.unpack_from(order + "HHI", data, at + 2 + 12 * i) for i in range(min(count, MAX_ENTRIES))]
        values = [
            struct.unpack_from(order + ("H" if kind == 3 else "I"), data, at + 10 + 12 * i)[0]
            for i, (_, kind, _) in enumerate(entries)
        ]
    except struct.error:
        return {}
    return {tag: value for (tag, _, _), value in zip(entries, values, strict=True)}
