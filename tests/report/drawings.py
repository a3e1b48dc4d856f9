"""Small drawn pictures that stand in for photos in report tests."""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageDraw

from provcheck.domain.photo import Picture


def road(seed: int, width: int = 640, height: int = 480, trucks: int = 2) -> Image.Image:
    """A steppe road under a sky, with lorries on it, stamped as a drawing."""
    chance = Random(seed)
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    horizon = height * chance.randint(38, 46) // 100
    for y in range(height):
        sky = (150 + 90 * y // height, 185 + 50 * y // height, 225)
        earth = (176 - 60 * (y - horizon) // height, 156 - 50 * (y - horizon) // height, 96)
        draw.line([(0, y), (width, y)], fill=sky if y < horizon else earth)
    middle = width * chance.randint(42, 58) // 100
    draw.polygon(
        [(middle - 20, horizon), (middle + 20, horizon), (width * 9 // 10, height), (width // 10, height)], fill=(92, 92, 95)
    )
    for number in range(trucks, 0, -1):
        _truck(draw, middle - 60 * number + chance.randint(0, 30), horizon + 130 // number, 260 // number)
    draw.text((8, height - 18), "drawn for a test, not a photo", fill=(20, 20, 20))
    return image


def _truck(draw: ImageDraw.ImageDraw, x: int, y: int, size: int) -> None:
    draw.rectangle([x, y - size // 2, x + size, y + size // 3], fill=(70, 82, 60), outline=(30, 34, 28))
    draw.rectangle([x + size // 4, y - size * 3 // 4, x + size * 3 // 4, y - size // 2], fill=(84, 96, 70), outline=(30, 34, 28))
    for wheel in (1, 4):
        draw.ellipse(
            [x + size * wheel // 6, y + size // 4, x + size * (wheel + 1) // 6, y + size // 4 + size // 6], fill=(25, 25, 25)
        )
    draw.rectangle([x + size // 3, y + size // 6, x + size * 2 // 3, y + size // 4], fill=(240, 240, 240), outline=(0, 0, 0))


def plate(text: str, width: int = 260, height: int = 56) -> Image.Image:
    image = Image.new("RGB", (width, height), (238, 238, 236))
    draw = ImageDraw.Draw(image)
    draw.rectangle([2, 2, width - 3, height - 3], outline=(10, 10, 10), width=3)
    draw.line([(width * 3 // 4, 4), (width * 3 // 4, height - 4)], fill=(10, 10, 10), width=2)
    draw.text((16, 8), text, fill=(10, 10, 10), font_size=34)
    return image


def picture(image: Image.Image) -> Picture:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return Picture("image/jpeg", image.width, image.height, buffer.getvalue())
