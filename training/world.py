"""What stands around a plate: rendered surroundings or photographed ones, grilles, lettering. Pictures are RGB."""

from __future__ import annotations

import random
from pathlib import Path

import cv2
import numpy as np

from training.glyphs import CYRILLIC, FACES, HEIGHT, typeset
from training.serials import AZ

SHOP = AZ + "abcdefghijkmnopqrstuvwxyz0123456789АБВГДЖЗИЛПУФЦЧШЭЮЯ"


def noise(rng: np.random.Generator, shape: tuple[int, int], cells: int) -> np.ndarray:
    """Smooth noise, 0..1, `cells` bumps along the width."""
    rows = max(2, round(cells * shape[0] / shape[1]))
    return np.clip(cv2.resize(rng.random((rows, cells), np.float32), (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), 0, 1)


class Backgrounds:
    """Rendered surroundings, and crops of photos where a folder of them is given."""

    def __init__(self, folder: Path | None, most: int = 1200, without: frozenset[str] = frozenset()) -> None:
        self.photos: list[np.ndarray] = []
        for path in sorted(folder.iterdir()) if folder else ():
            picture = None if path.name in without else cv2.imread(str(path))
            if picture is not None and min(picture.shape[:2]) >= 120:
                scale = min(1.0, most / max(picture.shape[:2]))
                self.photos.append(
                    cv2.cvtColor(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2RGB)
                )

    def patch(self, rng: random.Random, width: int, height: int) -> np.ndarray:
        """A float32 picture of that size."""
        if self.photos and rng.random() < 0.65:
            return self._photo(rng, width, height)
        return rendered(rng, width, height)

    def _photo(self, rng: random.Random, width: int, height: int) -> np.ndarray:
        photo = rng.choice(self.photos)
        tall, wide = photo.shape[:2]
        share = min(wide / width, tall / height) * rng.uniform(0.3, 1.0)
        w, h = max(2, int(width * share)), max(2, int(height * share))
        x, y = rng.randint(0, wide - w), rng.randint(0, tall - h)
        patch = cv2.resize(
            photo[y : y + h, x : x + w], (width, height), interpolation=cv2.INTER_AREA if share > 1 else cv2.INTER_LINEAR
        )
        if rng.random() < 0.5:
            patch = patch[:, ::-1]
        return patch.astype(np.float32)


def rendered(rng: random.Random, width: int, height: int) -> np.ndarray:
    """Coachwork, bumpers, grilles and fences out of gradients, bars and blobs."""
    draw = np.random.default_rng(rng.getrandbits(32))
    first, second = (
        np.array([rng.gauss(base, 12) for _ in range(3)], np.float32) for base in (rng.uniform(10, 240), rng.uniform(10, 240))
    )
    ramp = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    picture = first * ramp + second * (1 - ramp) + np.zeros((height, width, 1), np.float32)
    if rng.random() < 0.6:
        picture += ((noise(draw, (height, width), rng.randint(2, 12)) - 0.5) * rng.uniform(10, 120))[..., None]
    picture = np.ascontiguousarray(picture, dtype=np.float32)
    for _ in range(rng.randint(0, 7)):
        shade = tuple(rng.gauss(rng.choice((20, 60, 128, 220)), 15) for _ in range(3))
        x, y = rng.randint(0, width), rng.randint(0, height)
        match rng.randrange(3):
            case 0:
                cv2.rectangle(picture, (x, y), (x + rng.randint(3, width), y + rng.randint(2, height // 2 + 2)), shade, -1)
            case 1:
                cv2.ellipse(
                    picture,
                    (x, y),
                    (rng.randint(3, width // 3 + 4), rng.randint(3, height // 2 + 4)),
                    rng.randint(0, 180),
                    0,
                    360,
                    shade,
                    -1,
                    cv2.LINE_AA,
                )
            case 2:
                cv2.line(picture, (x, y), (rng.randint(0, width), rng.randint(0, height)), shade, rng.randint(1, 6), cv2.LINE_AA)
    if rng.random() < 0.35:
        grille(rng, picture)
    return picture


def grille(rng: random.Random, picture: np.ndarray) -> None:
    """Parallel bars, upright, level or both: what plate detectors stumble over."""
    height, width = picture.shape[:2]
    x0, y0 = rng.randint(0, width // 2), rng.randint(0, height // 2)
    x1, y1 = rng.randint(x0 + width // 4, width), rng.randint(y0 + height // 4, height)
    step, shade = rng.randint(4, 18), tuple(rng.gauss(rng.choice((20, 40, 200)), 12) for _ in range(3))
    thick = max(1, int(step * rng.uniform(0.2, 0.6)))
    tilt = rng.randint(-step, step)
    which = rng.randrange(3)
    if which != 1:
        for x in range(x0, x1, step):
            cv2.line(picture, (x, y0), (x + tilt, y1), shade, thick, cv2.LINE_AA)
    if which != 0:
        for y in range(y0, y1, step):
            cv2.line(picture, (x0, y), (x1, y + tilt), shade, thick, cv2.LINE_AA)


def lettering(rng: random.Random, picture: np.ndarray, x: float, base: float, tall: float, longest: int = 14) -> None:
    """A line of shop lettering, a dealer's name or a watermark."""
    face = rng.choice(FACES[:CYRILLIC])
    light = rng.random() < 0.5
    shade = np.array([rng.gauss(225 if light else 30, 15) for _ in range(3)], np.float32)
    alpha_most = rng.uniform(0.35, 1.0)
    for _ in range(rng.randint(3, longest)):
        glyph = typeset(rng.choice(SHOP), face)
        w, h = max(1, round(glyph.shape[1] * tall / HEIGHT)), max(1, round(tall))
        x0, y0 = round(x), round(base - tall)
        if x0 < 0 or y0 < 0 or x0 + w > picture.shape[1] or y0 + h > picture.shape[0]:
            return
        alpha = (cv2.resize(glyph, (w, h), interpolation=cv2.INTER_AREA).astype(np.float32) * (alpha_most / 255))[..., None]
        part = picture[y0 : y0 + h, x0 : x0 + w]
        part *= 1 - alpha
        part += alpha * shade
        x += w + tall * rng.choice((0.12, 0.12, 0.5))
