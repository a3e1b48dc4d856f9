"""What happens to a plate outside: frames, dirt, snow, light, lenses, sensors and JPEG. Pictures are RGB."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from training.glyphs import CYRILLIC, FACES, HEIGHT, typeset
from training.serials import AZ

LAMPS = ((1.0, 0.6, 0.25), (0.35, 0.55, 1.0), (0.5, 0.9, 0.9), (0.7, 0.5, 0.9))  # sodium, dusk, mercury, neon
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


def framed(rng: random.Random, plate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The plate in a holder, perhaps with a dealer's strip, and the plate's corners in it."""
    height, width = plate.shape[:2]
    side, top, low = 0, 0, 0
    if rng.random() < 0.7:
        side, top = rng.randint(1, 7), rng.randint(1, 7)
        low = rng.randint(8, max(9, height // 4)) if rng.random() < 0.5 else top
    dark = rng.random() < 0.85
    colour = tuple(rng.gauss(30 if dark else 190, 14) for _ in range(3))
    if side and rng.random() < 0.3:
        _lip(rng, plate, colour)
    board = cv2.copyMakeBorder(plate, top, low, side, side, cv2.BORDER_CONSTANT, value=colour).astype(np.float32)
    if low > 7:
        if rng.random() < 0.3:
            board[-low + 1 :] = [rng.uniform(0, 255) for _ in range(3)]
        lettering(rng, board, rng.uniform(2, width / 2), board.shape[0] - 2, low * rng.uniform(0.5, 0.8), 22)
    corners = np.array([[side, top], [side + width, top], [side + width, top + height], [side, top + height]], np.float32)
    return board, corners


def _lip(rng: random.Random, plate: np.ndarray, colour: tuple[float, ...]) -> None:
    """A holder's lip covers a little of the plate's edge, in place."""
    height, width = plate.shape[:2]
    left, right, top, low = (max(1, round(rng.uniform(0.0, 0.025) * width)) for _ in range(4))
    plate[:, :left] = plate[:, width - right :] = plate[:top] = plate[height - low :] = colour


def weathered(rng: random.Random, board: np.ndarray) -> np.ndarray:
    """Dirt, snow, shadow and glare, each now and then."""
    height, width = board.shape[:2]
    draw = np.random.default_rng(rng.getrandbits(32))
    if rng.random() < 0.35:
        mud = noise(draw, (height, width), rng.randint(3, 20)) * 0.7 + noise(draw, (height, width), 40) * 0.3
        level = rng.uniform(0.45, 0.9)
        alpha = np.clip((mud - level) * rng.uniform(2, 8), 0, rng.uniform(0.3, 0.9))
        if rng.random() < 0.4:
            alpha = np.maximum(alpha, rng.uniform(0.05, 0.45))
        board = board * (1 - alpha[..., None]) + alpha[..., None] * np.array(
            [rng.uniform(70, 150) * k for k in (1.0, 0.93, 0.82)], np.float32
        )
    if rng.random() < 0.08:
        snow = (
            noise(draw, (height, width), rng.randint(3, 10))
            + np.linspace(rng.uniform(0, 0.8), rng.uniform(-0.6, 0.3), height, dtype=np.float32)[:, None]
        )
        alpha = np.clip((snow - rng.uniform(0.75, 1.1)) * 6, 0, 0.97)[..., None]
        board = board * (1 - alpha) + alpha * rng.uniform(200, 250)
    if rng.random() < 0.2:
        angle, at = rng.uniform(0, 2 * math.pi), rng.uniform(-0.4, 0.4)
        xs, ys = np.meshgrid(np.linspace(-0.5, 0.5, width, dtype=np.float32), np.linspace(-0.5, 0.5, height, dtype=np.float32))
        edge = np.clip((xs * math.cos(angle) + ys * math.sin(angle) - at) * rng.uniform(5, 60), 0, 1)
        board = board * (1 - edge * rng.uniform(0.2, 0.7))[..., None]
    if rng.random() < 0.1:
        xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        spot = np.exp(
            -(((xs - rng.uniform(0, width)) / (width * rng.uniform(0.05, 0.3))) ** 2)
            - ((ys - rng.uniform(0, height)) / (height * rng.uniform(0.2, 0.6))) ** 2
        )
        board = board + (spot * rng.uniform(40, 200))[..., None]
    if rng.random() < 0.12:
        board = board + np.linspace(0, rng.uniform(-90, 90), width, dtype=np.float32)[None, :, None]
    return np.clip(board, 0, 255).astype(np.float32)


@dataclass(frozen=True)
class Dust:
    """What roads without asphalt leave on a whole vehicle: plate, holder and coachwork take the same colour."""

    colour: np.ndarray
    thick: float  # share of the coat in what is seen


def dust(rng: random.Random, often: float) -> Dust | None:
    """A coat on a vehicle of every `often`."""
    if rng.random() >= often:
        return None
    tone = rng.uniform(80, 215)
    return Dust(np.array([tone * k + rng.gauss(0, 4) for k in (1.0, 0.96, 0.88)], np.float32), rng.uniform(0.35, 0.88))


def settled(rng: random.Random, board: np.ndarray, coat: Dust | None) -> np.ndarray:
    """The board under the coat, thicker here and there; embossed signs keep a little of their edge."""
    if coat is None:
        return board
    draw = np.random.default_rng(rng.getrandbits(32))
    uneven = (noise(draw, board.shape[:2], rng.randint(2, 9)) - 0.5) * rng.uniform(0.0, 0.35)
    alpha = np.clip(coat.thick + uneven, 0.0, 0.93)[..., None]
    return np.asarray(board * (1 - alpha) + coat.colour * alpha, np.float32)


def view(rng: random.Random, board: np.ndarray, width: float, strong: bool) -> np.ndarray:
    """Corners (4 x 2, around 0) of a board seen from a chance direction, about `width` pixels wide."""
    wide, tall = 1.0, board.shape[0] / board.shape[1]
    limit = 45 if strong else 18
    yaw, pitch, roll = (
        math.radians(angle)
        for angle in (
            rng.triangular(-limit, limit, 0),
            rng.triangular(-limit * 0.7, limit * 0.7, 0),
            rng.triangular(-limit * 0.55, limit * 0.55, 0),
        )
    )
    points = np.array([[-wide / 2, -tall / 2, 0], [wide / 2, -tall / 2, 0], [wide / 2, tall / 2, 0], [-wide / 2, tall / 2, 0]])
    turn_y = np.array([[math.cos(yaw), 0, math.sin(yaw)], [0, 1, 0], [-math.sin(yaw), 0, math.cos(yaw)]])
    turn_x = np.array([[1, 0, 0], [0, math.cos(pitch), -math.sin(pitch)], [0, math.sin(pitch), math.cos(pitch)]])
    turn_z = np.array([[math.cos(roll), -math.sin(roll), 0], [math.sin(roll), math.cos(roll), 0], [0, 0, 1]])
    seen = points @ turn_y.T @ turn_x.T @ turn_z.T
    depth = rng.uniform(2.0, 8.0)
    return (seen[:, :2] * (depth / (depth + seen[:, 2:])) * width).astype(np.float32)


def paste(canvas: np.ndarray, board: np.ndarray, corners: np.ndarray) -> None:
    """The board seen in the canvas with its corners there, in place."""
    low = np.maximum(np.floor(corners.min(0)).astype(int) - 1, 0)
    high = np.minimum(np.ceil(corners.max(0)).astype(int) + 1, [canvas.shape[1], canvas.shape[0]])
    size = (int(high[0] - low[0]), int(high[1] - low[1]))
    if min(size) < 2:
        return
    tall, wide = board.shape[:2]
    shrink = float(np.linalg.norm(corners[1] - corners[0])) / wide
    if shrink < 0.6:
        board = cv2.resize(board, None, fx=shrink * 1.3, fy=shrink * 1.3, interpolation=cv2.INTER_AREA)
        tall, wide = board.shape[:2]
    matrix = cv2.getPerspectiveTransform(
        np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32) - 0.5, (corners - low - 0.5).astype(np.float32)
    )
    seen = cv2.warpPerspective(board, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    alpha = np.zeros((size[1], size[0]), np.uint8)
    cv2.fillConvexPoly(alpha, np.round((corners - low - 0.5) * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
    mix = (alpha.astype(np.float32) / 255)[..., None]
    part = canvas[low[1] : high[1], low[0] : high[0]]
    part *= 1 - mix
    part += mix * seen


def camera(rng: random.Random, picture: np.ndarray, width: float) -> np.ndarray:
    """Light, lens, sensor and file. `width` is the plate's, to scale the blur. Gives uint8."""
    picture = _lit(rng, picture)
    picture = _lens(rng, picture, width)
    picture = _sensor(rng, picture)
    if rng.random() < 0.12:  # scaled up somewhere on its way
        factor = rng.uniform(0.5, 0.85)
        small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        picture = cv2.resize(small, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_CUBIC)
    for _ in range(rng.choice((0, 1, 1, 2))):
        quality = rng.choice((rng.randint(60, 95), rng.randint(25, 80)))
        _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        picture = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return picture


def _lit(rng: random.Random, picture: np.ndarray) -> np.ndarray:
    """Balance, the colours of lamps, exposure and contrast."""
    if rng.random() < 0.5:
        picture = picture * np.array([rng.gauss(1, 0.1) for _ in range(3)], np.float32)
    if rng.random() < 0.08:
        picture = picture * np.array(rng.choice(LAMPS), np.float32)
    gain = rng.choice((1.0, 1.0, rng.uniform(0.5, 1.2), rng.uniform(0.12, 0.6)))
    lift = rng.choice((0, 0, rng.uniform(-30, 60), rng.uniform(40, 130)))
    picture = (picture - 128) * (rng.uniform(0.35, 1.15) if rng.random() < 0.5 else 1.0) + 128 + lift * 0.5
    picture = np.clip(picture * gain, 0, 255)
    return picture * rng.uniform(1.0, 1.6) if gain < 0.5 and rng.random() < 0.6 else picture


def _lens(rng: random.Random, picture: np.ndarray, width: float) -> np.ndarray:
    """Defocus and motion."""
    blur = rng.choice((0.0, rng.uniform(0.3, 0.8), rng.uniform(0.5, 1.3), width * rng.uniform(0.004, 0.013)))
    if blur > 0.25:
        picture = cv2.GaussianBlur(picture, (0, 0), blur)
    return _motion(rng, picture, width * rng.uniform(0.01, 0.035)) if rng.random() < 0.15 else picture


def _sensor(rng: random.Random, picture: np.ndarray) -> np.ndarray:
    """Grain, also of colour, sharpening, and night mode's gray. Gives uint8."""
    draw = np.random.default_rng(rng.getrandbits(32))
    if rng.random() < 0.55:
        strength = rng.choice((rng.uniform(1, 6), rng.uniform(4, 22)))
        grain = draw.standard_normal((*picture.shape[:2], 3 if rng.random() < 0.5 else 1), np.float32)
        if rng.random() < 0.35:
            grain = np.atleast_3d(cv2.GaussianBlur(grain, (0, 0), rng.uniform(0.6, 1.2))) * 1.8
        picture = picture + grain * strength
    if rng.random() < 0.2:
        picture = picture + (picture - cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.8, 2))) * rng.uniform(0.4, 1.6)
    if rng.random() < 0.08:
        picture = np.repeat(picture.mean(2, keepdims=True), 3, 2)
    return np.clip(picture, 0, 255).astype(np.uint8)


def _motion(rng: random.Random, picture: np.ndarray, length: float) -> np.ndarray:
    size = max(3, round(length)) | 1
    kernel = np.zeros((size, size), np.float32)
    angle = rng.uniform(0, math.pi) if rng.random() < 0.4 else rng.gauss(0, 0.15)
    half, middle = (size - 1) / 2, size // 2
    dx, dy = math.cos(angle) * half, math.sin(angle) * half
    cv2.line(kernel, (round(middle - dx), round(middle - dy)), (round(middle + dx), round(middle + dy)), 1.0, 1)
    return cv2.filter2D(picture, -1, kernel / kernel.sum())
