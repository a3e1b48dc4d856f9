"""Pictures come out upright, in RGB, whole or not at all."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageOps

from provcheck.domain.photo import Limits
from provcheck.domain.reading import Found, Unreadable
from provcheck.readers.formats import sniff
from provcheck.readers.pixels import ORIENTATION, REDUCED, SEARCHED, Bitmap, _turned, decode, view
from provcheck.readers.shrink import eight_bits, pixels_of, rgb, shrunk
from tests.pictures import exif, saved, scene

LIMIT = 1_000_000
MEMORY = 500_000_000


def decoded(data: bytes, limit: int = LIMIT) -> Bitmap:
    reading = decode(data, signature_of(data), Limits(limit, MEMORY))
    assert isinstance(reading, Found), reading
    return reading.value


def refused(data: bytes, limit: int = LIMIT) -> str:
    reading = decode(data, signature_of(data), Limits(limit, MEMORY))
    assert isinstance(reading, Unreadable)
    return reading.reason.id


def signature_of(data: bytes):  # type: ignore[no-untyped-def]
    signature = sniff(data)
    assert signature is not None
    return signature


@pytest.mark.parametrize("format_", ["PNG", "TIFF", "BMP"])
def test_lossless_formats_give_the_very_pixels(format_: str) -> None:
    picture = scene(40, 30)
    assert np.array_equal(decoded(saved(picture, format_)).rgb, np.asarray(picture))


@pytest.mark.parametrize("format_", ["JPEG", "WEBP", "AVIF", "JPEG2000"])
def test_lossy_formats_give_about_the_pixels(format_: str) -> None:
    picture = scene(64, 48)
    difference = np.abs(decoded(saved(picture, format_, quality=95)).rgb.astype(int) - np.asarray(picture).astype(int))
    assert difference.mean() < 6


CORNERS = {1: (0, 0), 2: (0, -1), 3: (-1, -1), 4: (-1, 0), 5: (0, 0), 6: (0, -1), 7: (-1, -1), 8: (-1, 0)}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF"])
def test_orientation_is_applied_once(orientation: int, format_: str) -> None:
    """A white mark at the stored top left stands where the orientation puts it, in the upright picture."""
    picture = Image.new("RGB", (60, 40))
    picture.paste("white", (0, 0, 16, 16))
    bitmap = decoded(saved(picture, format_, exif=exif(Orientation=orientation)))
    assert (bitmap.width, bitmap.height) == ((60, 40) if orientation < 5 else (40, 60))
    row, column = CORNERS[orientation]
    corner = bitmap.rgb[8 if row == 0 else -8, 8 if column == 0 else -8]
    assert corner.mean() > 200
    assert bitmap.rgb.mean() < 60


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr", "I;16"])
def test_every_mode_becomes_rgb(mode: str) -> None:
    picture = scene(20, 20)
    source = Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 257) if mode == "I;16" else picture.convert(mode)
    format_ = "TIFF" if mode in ("CMYK", "YCbCr", "I;16") else "PNG"
    bitmap = decoded(saved(source, format_))
    assert bitmap.rgb.shape == (20, 20, 3)
    if mode != "1":
        assert abs(float(bitmap.rgb.mean()) - float(np.asarray(picture.convert("L")).mean())) < 25


def test_what_is_transparent_is_shown_on_white() -> None:
    assert decoded(saved(Image.new("RGBA", (8, 8), (10, 20, 30, 0)), "PNG")).rgb.min() == 255


def test_of_an_animation_the_first_frame_is_shown() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert tuple(decoded(data).rgb[0, 0]) == (255, 0, 0)


def test_a_picture_over_the_limit_is_refused_before_it_is_decoded() -> None:
    assert refused(saved(scene(40, 30), "PNG"), limit=1199) == "pixels.too-many"
    assert decoded(saved(scene(40, 30), "PNG"), limit=1200)


def test_a_34_byte_bomb_is_refused() -> None:
    """A WebP of 16,383 x 16,383 pixels, for which Pillow would take 2.8 GB."""
    header = b"VP8L" + struct.pack("<I", 9) + b"\x2f" + struct.pack("<I", 16382 | 16382 << 14) + bytes(5)
    assert refused(b"RIFF" + struct.pack("<I", 4 + len(header)) + b"WEBP" + header, 220_000_000) in {
        "pixels.too-many",
        "pixels.not-parsed",
    }


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_breaks_off_is_unreadable_not_half_a_picture(format_: str, share: float) -> None:
    data = saved(scene(96, 64), format_)
    assert refused(data[: int(len(data) * share)]).startswith("pixels.")


def test_a_text_bomb_does_not_cost_the_pixels() -> None:
    picture = saved(scene(32, 32), "PNG")
    text = b"zTXt" + b"Comment\0\0" + zlib.compress(bytes(70_000_000), 9)
    bomb = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    assert decoded(picture[:33] + bomb + picture[33:]).width == 32


def test_the_reason_is_the_same_for_the_same_file() -> None:
    """No memory address in it: the report's bytes depend on it."""
    data = b"\xff\xd8\xff\xe0" + bytes(50)
    assert decode(data, signature_of(data), Limits(LIMIT, MEMORY)) == decode(data, signature_of(data), Limits(LIMIT, MEMORY))


def test_the_reduced_picture_keeps_its_proportions() -> None:
    bitmap = decoded(saved(scene(2100, 700), "JPEG"), 2_000_000)
    assert bitmap.reduced.shape == (341, 1024, 3)


@pytest.mark.parametrize(
    "size", [(1500, 1001), (1001, 1500), (3000, 7), (7, 3000), (9000, 1), (1, 9000), (1024, 1024), (1025, 1025)]
)
def test_the_reduced_picture_is_pillows_own_thumbnail(size: tuple[int, int]) -> None:
    picture = scene(*size)
    bitmap = decoded(saved(picture, "PNG"), 10 * LIMIT)
    picture.thumbnail((REDUCED, REDUCED), Image.Resampling.BOX, reducing_gap=None)
    assert np.array_equal(bitmap.reduced, np.asarray(picture))


def test_the_view_holds_no_metadata() -> None:
    picture = view(decoded(saved(scene(64, 64), exif=exif(Make="SECRET"))))
    assert b"SECRET" not in picture.data
    assert Image.open(io.BytesIO(picture.data)).size == (picture.width, picture.height) == (64, 64)


def test_of_a_raw_file_the_largest_preview_is_shown() -> None:
    data = b"FUJIFILMCCD-RAW" + bytes(100) + saved(scene(160, 120)) + bytes(10) + saved(scene(640, 480)) + bytes(500)
    bitmap = decoded(data)
    assert (bitmap.width, bitmap.preview) == (640, True)


def test_a_raw_file_without_preview_says_so() -> None:
    assert refused(b"FUJIFILMCCD-RAW" + bytes(500)) == "pixels.no-preview"


LARGE = (6400, 4200)  # 26.9 megapixels


def test_a_large_picture_comes_upright_and_reduced_and_says_its_full_size() -> None:
    """The same small copy with and without the search for plates: both are compared with archives."""
    picture = Image.new("RGB", LARGE)
    picture.paste(scene(1600, 1050), (0, 0))
    data = saved(picture, "JPEG", exif=exif(Orientation=6))
    one = decode(data, signature_of(data), Limits(100 * LIMIT, MEMORY))
    other = decode(data, signature_of(data), Limits(100 * LIMIT, MEMORY), most=0)
    assert isinstance(one, Found)
    assert isinstance(other, Found)
    assert (one.value.width, one.value.height) == LARGE[::-1]
    assert 25_900_000 < one.value.rgb.shape[0] * one.value.rgb.shape[1] <= SEARCHED
    assert np.array_equal(one.value.reduced, other.value.reduced)
    small = np.rot90(np.asarray(picture.resize((REDUCED, 672), Image.Resampling.BOX)), -1).astype(np.int16)
    assert np.abs(one.value.reduced.astype(np.int16) - small).mean() < 3
    down = np.asarray(Image.fromarray(one.value.rgb).resize((672, REDUCED), Image.Resampling.BOX)).astype(np.int16)
    assert np.abs(down - small).mean() < 3


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turning_pixels_is_what_pillow_does(orientation: int) -> None:
    picture = scene(30, 20)
    picture.getexif()[ORIENTATION] = orientation
    assert np.array_equal(_turned(np.asarray(picture), orientation), np.asarray(ImageOps.exif_transpose(picture)))


def test_a_picture_whose_decoder_would_need_too_much_memory_is_refused_before_it_is_decoded() -> None:
    data = saved(Image.new("RGB", (2000, 2000)), "WEBP", lossless=True)
    reading = decode(data, signature_of(data), Limits(100 * LIMIT, 70_000_000))
    assert isinstance(reading, Unreadable)
    assert reading.reason.id == "pixels.too-much-memory"


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "I;16", "F"])
def test_strips_give_what_the_whole_gives(mode: str) -> None:
    """Of a picture of more than one strip."""
    picture = scene(300, 200).resize((3000, 2000))
    if mode in ("I;16", "F"):
        grey = np.asarray(picture.convert("L")).astype(np.float32) * 200 + 7
        picture = Image.fromarray(grey.astype(np.uint16) if mode == "I;16" else grey)
    else:
        picture = picture.convert(mode)
    whole = rgb(eight_bits(picture))
    assert np.array_equal(pixels_of(eight_bits(picture)), np.asarray(whole))
    for size in ((1024, 683), (2100, 1400)):
        strips = shrunk(eight_bits(picture), size, Image.Resampling.HAMMING).astype(np.int16)
        assert np.abs(strips - np.asarray(whole.resize(size, Image.Resampling.HAMMING)).astype(np.int16)).max() <= 1
