"""What `compare` outlines: wrongly on copies that nobody altered, and rightly where something was planted.

python benchmarks/compare.py [--photos 24]

Photos of the reuse set, spread evenly over every second one in name order. The first picture is the view that an archive keeps
(960 px). Not altered: saved again, shrunk, toned, filtered, turned, mirrored, cropped, framed. Planted: a plate-sized box,
a person-sized box filled in from around it, a caption, a logo; in a copy saved again at quality 60, and in one that was also
mirrored and shrunk. A planted change counts as outlined where outlined boxes cover at least a third of it.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
from PIL import Image, ImageDraw

from provcheck.archive.align import compare
from provcheck.domain.reading import Found
from provcheck.readers.features import SUBMITTED, read_features

SHARED = Path(__file__).parents[2] / "shared"
PLAIN = (
    *(
        "jpeg_q50",
        "jpeg_q30",
        "jpeg_q10",
        "webp_q40",
        "resize_640",
        "resize_320",
        "crop_10",
        "crop_50",
        "mirror",
        "rot_3",
        "rot_180",
    ),
    *(
        "bright_+40",
        "bright_-40",
        "contrast_+50",
        "gamma_0.5",
        "gamma_2",
        "gray",
        "filter",
        "border_8",
        "letterbox",
        "screen_photo",
    ),
)
VIEW = 960
Box = tuple[int, int, int, int]
Plant = Callable[[Image.Image, np.random.Generator], Box]


def edits() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reuse_transform", SHARED / "tools" / "reuse_transform.py")
    if not (spec and spec.loader):
        raise FileNotFoundError("reuse_transform.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plate(image: Image.Image, rng: np.random.Generator) -> Box:
    """A replaced plate: a fifteenth of the width."""
    width = max(40, image.width // 15)
    height = max(10, width // 4)
    x, y = _place(image, rng, width, height)
    draw = ImageDraw.Draw(image)
    draw.rectangle((x, y, x + width, y + height), fill=(235, 235, 230), outline=(20, 20, 20))
    draw.text((x + width // 2, y + height // 2), "X000XX00", fill=(15, 15, 15), anchor="mm", font_size=max(8, height - 4))
    return x, y, x + width, y + height


def person(image: Image.Image, rng: np.random.Generator) -> Box:
    """An erased person: filled in from what is around."""
    width, height = image.width // 14, image.height // 5
    x, y = _place(image, rng, width, height)
    mask = np.zeros((image.height, image.width), dtype=np.uint8)
    mask[y : y + height, x : x + width] = 255
    pixels = cv2.inpaint(np.asarray(image), mask, 5, cv2.INPAINT_TELEA)
    image.paste(Image.fromarray(pixels))
    return x, y, x + width, y + height


def caption(image: Image.Image, _rng: np.random.Generator) -> Box:
    size = image.width // 22
    draw = ImageDraw.Draw(image)
    at = (image.width // 20, image.height - 2 * size)
    draw.text(at, "СРОЧНО! Это сегодня", fill="white", stroke_fill="black", stroke_width=2, font_size=size)
    x0, y0, x1, y1 = draw.textbbox(at, "СРОЧНО! Это сегодня", font_size=size)
    return int(x0), int(y0), int(x1), int(y1)


def logo(image: Image.Image, _rng: np.random.Generator) -> Box:
    side = image.width // 12
    box = (image.width - 2 * side, side // 2, image.width - side, side // 2 + side)
    ImageDraw.Draw(image).ellipse(box, fill=(200, 30, 40), outline="white", width=3)
    return box


PLANTS: dict[str, Plant] = {"plate": plate, "person": person, "caption": caption, "logo": logo}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=24)
    count = parser.parse_args().photos
    module = edits()
    paths = sorted((SHARED / "data" / "reuse" / "photos").iterdir())[1::2]
    paths = paths[:: max(1, len(paths) // count)][:count]
    photos = [(path.name, module.base(Image.open(path))) for path in paths]
    print(f"{len(photos)} photos\n\n| edit | compared | not aligned | with a region outlined | regions |\n|---|---|---|---|---|")
    for name in PLAIN:
        _row(name, [_boxes(image, module.apply(name, image, 0, key)) for key, image in photos])
    print("\n| planted | copy | outlined | of | other regions |\n|---|---|---|---|---|")
    for name, plant in PLANTS.items():
        for copy in ("saved again", "mirrored and shrunk"):
            _planted(name, copy, [_plant(image, plant, copy, seed) for seed, (_, image) in enumerate(photos)])


def _row(name: str, found: list[list[Box] | None]) -> None:
    aligned = [boxes for boxes in found if boxes is not None]
    outlined = sum(bool(boxes) for boxes in aligned)
    print(f"| {name} | {len(aligned)} | {len(found) - len(aligned)} | {outlined} | {sum(map(len, aligned))} |", flush=True)


def _planted(name: str, copy: str, found: list[tuple[bool, int] | None]) -> None:
    seen = [one for one in found if one]
    print(f"| {name} | {copy} | {sum(hit for hit, _ in seen)} | {len(found)} | {sum(rest for _, rest in seen)} |", flush=True)


def _plant(image: Image.Image, plant: Plant, copy: str, seed: int) -> tuple[bool, int] | None:
    """Whether the planted box was outlined, and how many other regions were; None where the two could not be aligned."""
    changed = image.copy()
    box = plant(changed, np.random.default_rng(seed))
    if copy != "saved again":
        changed = changed.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        box = (image.width - box[2], box[1], image.width - box[0], box[3])
        changed = changed.resize((changed.width * 3 // 4, changed.height * 3 // 4))
        box = tuple(value * 3 // 4 for value in box)  # type: ignore[assignment]
    boxes = _boxes(image, _saved(changed, 60))
    if boxes is None:
        return None
    mask = np.zeros((changed.height, changed.width), dtype=bool)
    for x0, y0, x1, y1 in boxes:
        mask[y0:y1, x0:x1] = True
    inside = mask[box[1] : box[3], box[0] : box[2]]
    apart = sum(not _touch(one, box) for one in boxes)
    return bool(inside.size and inside.mean() >= 1 / 3), apart


def _boxes(first: Image.Image, second: Image.Image) -> list[Box] | None:
    """What compare outlines, in pixels of the second."""
    view = first.copy()
    view.thumbnail((VIEW, VIEW))
    here, there = np.asarray(_saved(view, 82)), np.asarray(_reduced(second))
    one, two = read_features(here, SUBMITTED), read_features(there, SUBMITTED)
    if not (isinstance(one, Found) and isinstance(two, Found)):
        return None
    aligned = compare(here, there, one.value, two.value)
    if not isinstance(aligned, Found):
        return None
    scale = second.width / there.shape[1]
    return [_scaled(change.box, scale) for change in aligned.value.comparison.changes]


def _scaled(quad: tuple[tuple[int, int], ...], scale: float) -> Box:
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    x0, y0, x1, y1 = (round(value * scale) for value in (min(xs), min(ys), max(xs), max(ys)))
    return x0, y0, x1, y1


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _reduced(image: Image.Image) -> Image.Image:
    small = image.copy()
    small.thumbnail((1024, 1024))
    return small


def _saved(image: Image.Image, quality: int) -> Image.Image:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")


def _place(image: Image.Image, rng: np.random.Generator, width: int, height: int) -> tuple[int, int]:
    return int(rng.integers(image.width // 10, image.width * 9 // 10 - width)), int(
        rng.integers(image.height // 4, image.height * 9 // 10 - height)
    )


if __name__ == "__main__":
    main()
