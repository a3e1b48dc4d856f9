"""From a developed picture to the file that a newsroom gets: stamp, caption, metadata, JPEG."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont
from PIL.TiffImagePlugin import IFDRational

STAMP = "rendered, not the 2023 photos"
EXIF_IFD, GPS_IFD = 0x8769, 0x8825


@dataclass(frozen=True, slots=True)
class Camera:
    """What a phone writes about itself and the moment. `position` is latitude, longitude, altitude."""

    make: str
    model: str
    software: str
    taken: datetime
    focal: str
    focal_35: int
    aperture: str
    iso: int
    exposure: str
    position: tuple[float, float, float] | None = None


def stamped(picture: npt.NDArray[np.uint8], left: bool = False) -> Image.Image:
    """The picture with the stamp in a lower corner, white on a thin shadow."""
    image = Image.fromarray(picture)
    font = ImageFont.load_default(21)
    draw = ImageDraw.Draw(image, "RGBA")
    x0, y0, x1, y1 = draw.textbbox((0, 0), STAMP, font=font)
    x = 16 if left else image.width - (x1 - x0) - 16
    y = image.height - (y1 - y0) - 20
    draw.rectangle((x - 8, y - 3, x + (x1 - x0) + 8, y + (y1 - y0) + 9), fill=(0, 0, 0, 92))
    draw.text((x, y), STAMP, font=font, fill=(255, 255, 255, 235))
    return image


def mirrored(archived: Path, caption: str) -> Image.Image:
    """What the unnamed channel made of an archived photo: turned left to right, with a banner that covers its mirrored stamp."""
    with Image.open(archived) as source:
        image = source.convert("RGB").transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    draw = ImageDraw.Draw(image, "RGBA")
    top = image.height - 62
    draw.rectangle((0, top, image.width, image.height), fill=(18, 18, 20, 255))
    draw.rectangle((0, top, 10, image.height), fill=(200, 32, 32, 255))
    draw.text((28, top + 13), caption, font=ImageFont.load_default(30), fill=(255, 255, 255, 255))
    font = ImageFont.load_default(21)
    wide = draw.textlength(STAMP, font=font)
    draw.text((image.width - wide - 16, top + 21), STAMP, font=font, fill=(200, 200, 200, 255))
    return image


def _sexagesimal(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    degrees = int(abs(value))
    minutes = int((abs(value) - degrees) * 60)
    seconds = round(((abs(value) - degrees) * 60 - minutes) * 60 * 1000)
    return IFDRational(degrees), IFDRational(minutes), IFDRational(seconds, 1000)


def _ratio(text: str) -> IFDRational:
    value = Fraction(text)
    return IFDRational(value.numerator, value.denominator)


def exif(camera: Camera, size: tuple[int, int]) -> Image.Exif:
    out = Image.Exif()
    local = camera.taken.strftime("%Y:%m:%d %H:%M:%S")
    zone = camera.taken.strftime("%z")
    zone = f"{zone[:3]}:{zone[3:]}"
    out.update({0x010F: camera.make, 0x0110: camera.model, 0x0112: 1, 0x011A: IFDRational(72), 0x011B: IFDRational(72), 0x0128: 2})
    out.update({0x0131: camera.software, 0x0132: local})
    details = out.get_ifd(EXIF_IFD)
    details.update({0x829A: _ratio(camera.exposure), 0x829D: _ratio(camera.aperture), 0x8827: camera.iso, 0x9000: b"0220"})
    details.update({0x9003: local, 0x9004: local, 0x9010: zone, 0x9011: zone, 0x9012: zone})
    details.update({0x920A: _ratio(camera.focal), 0xA001: 1, 0xA002: size[0], 0xA003: size[1], 0xA405: camera.focal_35})
    if camera.position:
        latitude, longitude, altitude = camera.position
        utc = camera.taken.astimezone(UTC)
        out.get_ifd(GPS_IFD).update(
            {
                0: b"\x02\x02\x00\x00",
                1: "N" if latitude >= 0 else "S",
                2: _sexagesimal(latitude),
                3: "E" if longitude >= 0 else "W",
                4: _sexagesimal(longitude),
                5: b"\x00",
                6: IFDRational(round(altitude * 10), 10),
                7: (IFDRational(utc.hour), IFDRational(utc.minute), IFDRational(utc.second)),
                29: utc.strftime("%Y:%m:%d"),
            }
        )
    return out


def save(image: Image.Image, path: Path, quality: int, camera: Camera | None = None) -> None:
    extra = {"exif": exif(camera, image.size).tobytes()} if camera else {}
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, "JPEG", quality=quality, subsampling="4:2:0", optimize=True, **extra)
