"""A plan drawn as a flat RGB plate."""

from __future__ import annotations

import random

import cv2
import numpy as np

from training.glyphs import HEIGHT, Style, typeset
from training.layouts import EMBLEM, SCALE, Line, Plan

COLOURS = {
    "white": ((232, 234, 232), (20, 20, 24)),
    "yellow": ((240, 190, 30), (20, 18, 16)),
    "black": ((28, 28, 30), (225, 225, 222)),
    "blue": ((22, 60, 160), (228, 232, 238)),
    "red": ((180, 24, 28), (235, 230, 228)),
}
FLAGS = {
    "ru": ((245, 245, 245), (30, 60, 170), (210, 30, 40)),
    "dpr": ((25, 25, 25), (30, 60, 170), (210, 30, 40)),
}
BANDS = ((20, 60, 160), (0, 140, 180), (230, 232, 230), (60, 160, 200), (200, 40, 50))


def draw(rng: random.Random, plan: Plan) -> np.ndarray:
    """The plate alone, SCALE pixels a millimetre, RGB float32 0..255; nothing of the world on it yet."""
    width, height = (round(side * SCALE) for side in plan.size)
    field, ink = (
        np.array([min(255, max(0, part + rng.gauss(0, 9))) for part in colour], np.float32) for colour in COLOURS[plan.field]
    )
    if plan.field == "white" and rng.random() < 0.25:
        ink = np.array([rng.uniform(10, 90)] * 3, np.float32)  # worn paint
    picture = np.empty((height, width, 3), np.float32)
    picture[:] = field
    style = Style(rng, plan.own, plan.format not in ("RU", "DPR", "LPR"))
    mask = np.zeros((height, width), np.uint8)
    for line in plan.lines:
        _write(rng, picture, mask, line, style)
    for mark in plan.marks:
        _mark(rng, picture, mask, mark, plan)
    if plan.edge and rng.random() < 0.75:
        inset, thick = rng.randint(1, 3), rng.choice((1, 1, 2))
        cv2.rectangle(mask, (inset, inset), (width - 1 - inset, height - 1 - inset), 255, thick, cv2.LINE_AA)
    _ink(rng, picture, mask, ink)
    return picture


def _write(rng: random.Random, picture: np.ndarray, mask: np.ndarray, line: Line, style: Style) -> None:
    signs = [(sign, (line.digit if sign.isdigit() else line.letter) * SCALE) for sign in line.text]
    gap = rng.uniform(0.06, 0.16) * line.digit * SCALE
    space = rng.choice((rng.uniform(0.0, 0.15), rng.uniform(0.1, 0.5))) * line.digit * SCALE
    widths = [_width(sign, tall, space, style) for sign, tall in signs]
    dash = rng.random() < 0.8  # else a dot, as in Brazil
    total = sum(widths) + gap * (len(signs) - 1)
    room = (line.x1 - line.x0) * SCALE
    stretch = min(line.spread, room / total)
    x = line.x0 * SCALE + (room - total * stretch) * rng.choice((0.0, 0.5, 0.5, 0.5, 1.0))
    base = line.base * SCALE
    for (sign, tall), wide in zip(signs, widths, strict=True):
        if sign == "-":
            y = base - line.digit * SCALE * 0.4
            long = 0.8 if dash else 0.35
            cv2.rectangle(mask, (int(x + wide * 0.2), int(y - 2)), (int(x + wide * long), int(y + 2)), 255, -1)
        elif sign == EMBLEM:
            _emblem(rng, picture, (x, base - line.digit * SCALE * 0.9), (wide * stretch, line.digit * SCALE * 0.8))
        elif sign != " ":
            _stamp(mask, style.mask(sign), x, base - tall + rng.uniform(-0.6, 0.6), wide * stretch, tall)
        x += (wide + gap) * stretch


def _width(sign: str, tall: float, space: float, style: Style) -> float:
    if sign == EMBLEM:
        return tall * 0.5
    return space if sign in " -" else style.ratio(sign) * tall


def _emblem(rng: random.Random, picture: np.ndarray, at: tuple[float, float], size: tuple[float, float]) -> None:
    """A coat of arms or inspection seals between the groups, as in Slovakia, Croatia, Germany: coloured, and no sign."""
    x, y, wide, tall = (round(value) for value in (*at, *size))
    for _ in range(rng.randint(1, 2)):
        middle = (x + wide // 2, y + tall // 2 + rng.randint(-tall // 4, tall // 4))
        reach = (max(2, round(wide * rng.uniform(0.25, 0.45))), max(2, round(tall * rng.uniform(0.15, 0.45))))
        shade = tuple(rng.uniform(10, 250) for _ in range(3))
        if rng.random() < 0.5:
            cv2.ellipse(picture, middle, reach, 0, 0, 360, shade, -1, cv2.LINE_AA)
        else:
            cv2.rectangle(
                picture, (middle[0] - reach[0], middle[1] - reach[1]), (middle[0] + reach[0], middle[1] + reach[1]), shade, -1
            )
        if rng.random() < 0.5:
            part = picture[max(0, middle[1] - reach[1] // 2) : middle[1], max(0, middle[0] - reach[0] // 2) : middle[0]]
            part[:] = [rng.uniform(10, 250) for _ in range(3)]


def _stamp(mask: np.ndarray, glyph: np.ndarray, x: float, y: float, wide: float, tall: float) -> None:
    x0, y0, w, h = round(x), round(y), max(2, round(wide)), max(3, round(tall))
    small = cv2.resize(glyph, (w, h), interpolation=cv2.INTER_AREA)
    xa, ya, xb, yb = max(0, x0), max(0, y0), min(mask.shape[1], x0 + w), min(mask.shape[0], y0 + h)
    if xa < xb and ya < yb:
        part = mask[ya:yb, xa:xb]
        np.maximum(part, small[ya - y0 : yb - y0, xa - x0 : xb - x0], out=part)


def _mark(rng: random.Random, picture: np.ndarray, mask: np.ndarray, mark: tuple, plan: Plan) -> None:
    s = SCALE
    match mark:
        case ("bar", xa, ya, xb, yb):
            cv2.line(mask, (int(xa * s), int(ya * s)), (int(xb * s), int(yb * s)), 255, rng.choice((1, 1, 2)), cv2.LINE_AA)
        case ("word", word, x, base, tall):
            _word(mask, word, x * s, base * s, tall * s)
        case ("flag", xa, ya, xb, yb, which):
            _flag(picture, (xa * s, ya * s, xb * s, yb * s), FLAGS[which])
        case ("bolt", x, y):
            shade = rng.choice((rng.uniform(20, 90), rng.uniform(20, 90), 190.0))
            cv2.circle(
                picture,
                (int(x * s), int((y + rng.uniform(-6, 6)) * s)),
                max(1, round(rng.uniform(3, 9) * s)),
                (shade,) * 3,
                -1,
                cv2.LINE_AA,
            )
        case ("band", wide, word):
            _band(rng, picture, mask, wide * s, word, plan.format == "KZ")
        case ("scenery", level):
            _scenery(rng, picture, level * s)
        case ("title", word, base, tall):
            _word(mask, word, (plan.size[0] / 2 - len(word) * tall * 0.4) * s, base * s, tall * s)
        case ("corner", word):
            _word(mask, word, 6, picture.shape[0] * 0.4, picture.shape[0] * 0.12)


def _scenery(rng: random.Random, picture: np.ndarray, level: float) -> None:
    """Sky, hills and ground in pale colours: what American plates are printed on."""
    height, width = picture.shape[:2]
    sky, ground = (np.array([rng.uniform(120, 250) for _ in range(3)], np.float32) for _ in range(2))
    hills = level + np.sin(np.linspace(0, rng.uniform(2, 14), width)) * height * rng.uniform(0.0, 0.15)
    soft = np.clip((np.arange(height)[:, None] - hills[None]) / (height * rng.uniform(0.02, 0.3)) + 0.5, 0, 1)[..., None]
    alpha = rng.uniform(0.3, 1.0)
    picture *= 1 - alpha
    picture += alpha * (sky * (1 - soft) + ground * soft)


def _flag(picture: np.ndarray, box: tuple[float, float, float, float], colours: tuple[tuple[int, int, int], ...]) -> None:
    """Three level bands of equal height."""
    xa, ya, xb, yb = box
    step = (yb - ya) / 3
    for i, colour in enumerate(colours):
        picture[int(ya + i * step) : int(ya + (i + 1) * step), int(xa) : int(xb)] = colour


def _band(rng: random.Random, picture: np.ndarray, mask: np.ndarray, wide: float, word: str, kazakh: bool) -> None:
    """The country's sign at the left edge, on a colour of its own or on the plate's."""
    height = picture.shape[0]
    if rng.random() < 0.85:
        picture[:, : int(wide)] = rng.choice(BANDS)
    if kazakh:
        picture[int(0.2 * height) : int(0.5 * height), 3 : int(wide)] = (0, 150, 190)
    _word(mask, word, wide * 0.15, height * 0.85, min(wide / max(1, len(word)) * 1.1, height * 0.3))


def _word(mask: np.ndarray, word: str, x: float, base: float, tall: float) -> None:
    for sign in word:
        glyph = typeset(sign, "truetype/dejavu/DejaVuSans-Bold.ttf")
        wide = glyph.shape[1] * tall / HEIGHT * 0.9
        _stamp(mask, glyph, x, base - tall, wide, tall)
        x += wide + tall * 0.15


def _ink(rng: random.Random, picture: np.ndarray, mask: np.ndarray, ink: np.ndarray) -> None:
    if rng.random() < 0.35:  # embossed signs catch light on one side
        shift = rng.choice((-1, 1))
        edge = np.roll(mask, (shift, rng.choice((-1, 0, 1))), (0, 1)).astype(np.float32) - mask
        picture += (edge * rng.uniform(-0.25, 0.25))[..., None]
    alpha = (mask.astype(np.float32) * (rng.uniform(0.75, 1.0) / 255))[..., None]
    picture *= 1 - alpha
    picture += alpha * ink
