"""Glyph masks: our own outlines after GOST R 50577's proportions, and Debian's free fonts for everybody else's plates."""

# ruff: noqa: RUF005  a stroke is one line joined of pieces: + says so better than unpacking

from __future__ import annotations

import math
import random
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

HEIGHT = 96  # pixels of a master mask; plates are drawn smaller
FONTS = Path("/usr/share/fonts")
FACES = (
    *(f"truetype/{name}.ttf" for name in (
        "dejavu/DejaVuSans-Bold", "dejavu/DejaVuSansCondensed-Bold", "dejavu/DejaVuSansCondensed", "dejavu/DejaVuSansMono-Bold",
        "liberation/LiberationSansNarrow-Bold", "liberation/LiberationSans-Bold", "liberation/LiberationMono-Bold",
        "noto/NotoSans-Bold", "noto/NotoSansMono-Bold", "noto/NotoSansDisplay-Bold",
        "opendin/OSP-DIN", "roadgeek/RG2014B", "roadgeek/RG2014C", "roadgeek/RG2014D", "roadgeek/RG2014E", "play/Play-Bold",
        "routed-gothic/routed-gothic", "routed-gothic/routed-gothic-narrow", "roboto/unhinted/RobotoCondensed-Bold",
        "roboto/unhinted/RobotoCondensed-Medium", "jetbrains-mono/JetBrainsMono-Bold", "eurofurence/eurof75", "lato/Lato-Bold",
    )),
    *(f"opentype/{name}.otf" for name in (
        "dosis/Dosis-Bold", "dosis/Dosis-SemiBold", "b612/B612Mono-Bold", "cabin/Cabin-Bold", "mplus/Mplus1Code-Bold",
        "mplus/MplusCode50-Bold", "jura/Jura-Bold",
    )),
)  # fmt: skip
CYRILLIC = 10  # so many of FACES, the first, have Cyrillic letters too: shop signs need them
OWN = "own"


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> list[tuple[float, float]]:
    """Points of an ellipse arc; degrees clockwise from east, y down."""
    steps = max(4, int(abs(end - start) / 12))
    return [
        (
            cx + rx * math.cos(math.radians(start + (end - start) * i / steps)),
            cy + ry * math.sin(math.radians(start + (end - start) * i / steps)),
        )
        for i in range(steps + 1)
    ]


# Strokes of each sign's centre line in a unit box (x right, y down). Proportions follow the drawings of the standard by eye.
STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "0": [arc(0.5, 0.3, 0.5, 0.3, 180, 360) + arc(0.5, 0.7, 0.5, 0.3, 0, 180) + [(0, 0.3)]],
    "1": [[(0.12, 0.3), (0.85, 0), (0.85, 1)]],
    "2": [arc(0.5, 0.28, 0.48, 0.28, 190, 385) + [(0.03, 1), (1, 1)]],
    "3": [[(0.06, 0), (0.94, 0), (0.44, 0.4)] + arc(0.46, 0.7, 0.54, 0.3, 275, 520)],  # the standard's has a flat top
    "4": [[(0.55, 0), (0.02, 0.72), (1, 0.72)], [(0.74, 0.45), (0.74, 1)]],
    "5": [[(0.92, 0), (0.16, 0), (0.08, 0.46), (0.3, 0.38)] + arc(0.47, 0.68, 0.52, 0.32, 270, 510)],
    "6": [[(0.68, 0), (0.08, 0.56)] + arc(0.5, 0.69, 0.5, 0.31, 200, 560)],
    "7": [[(0, 0), (1, 0), (0.32, 1)]],
    "8": [arc(0.5, 0.24, 0.43, 0.24, 0, 360), arc(0.5, 0.73, 0.5, 0.27, 0, 360)],
    "9": [[(0.32, 1), (0.92, 0.44)] + arc(0.5, 0.31, 0.5, 0.31, 20, 380)],
    "A": [[(0, 1), (0.5, 0), (1, 1)], [(0.2, 0.68), (0.8, 0.68)]],
    "B": [
        [(0, 0), (0, 1), (0.6, 1)] + arc(0.62, 0.74, 0.38, 0.26, 90, -90) + [(0, 0.47), (0.55, 0.47)]
        + arc(0.58, 0.235, 0.34, 0.235, 90, -90) + [(0, 0)]
    ],
    "C": [[(0.97, 0.26)] + arc(0.5, 0.3, 0.47, 0.3, 340, 180) + arc(0.5, 0.7, 0.47, 0.3, 180, 20)],
    "D": [[(0, 0), (0, 1), (0.5, 1)] + arc(0.5, 0.65, 0.5, 0.35, 90, 0) + arc(0.5, 0.35, 0.5, 0.35, 0, -90) + [(0, 0)]],
    "E": [[(0.95, 0), (0, 0), (0, 1), (1, 1)], [(0, 0.48), (0.85, 0.48)]],
    "F": [[(1, 0), (0, 0), (0, 1)], [(0, 0.48), (0.8, 0.48)]],
    "G": [[(0.97, 0.26)] + arc(0.5, 0.3, 0.47, 0.3, 340, 180) + arc(0.5, 0.7, 0.47, 0.3, 180, 0) + [(0.97, 0.54), (0.55, 0.54)]],
    "H": [[(0, 0), (0, 1)], [(1, 0), (1, 1)], [(0, 0.5), (1, 0.5)]],
    "I": [[(0.5, 0), (0.5, 1)]],
    "J": [[(0.95, 0), (0.95, 0.7)] + arc(0.48, 0.7, 0.47, 0.3, 0, 170)],
    "K": [[(0, 0), (0, 1)], [(0.95, 0), (0.05, 0.55)], [(0.38, 0.4), (1, 1)]],
    "L": [[(0, 0), (0, 1), (1, 1)]],
    "M": [[(0, 1), (0, 0), (0.5, 0.66), (1, 0), (1, 1)]],
    "N": [[(0, 1), (0, 0), (1, 1), (1, 0)]],
    "O": [arc(0.5, 0.38, 0.5, 0.38, 180, 360) + arc(0.5, 0.62, 0.5, 0.38, 0, 180) + [(0, 0.38)]],
    "P": [[(0, 1), (0, 0), (0.6, 0)] + arc(0.62, 0.28, 0.38, 0.28, -90, 90) + [(0, 0.56)]],
    "Q": [arc(0.5, 0.38, 0.5, 0.38, 180, 360) + arc(0.5, 0.62, 0.5, 0.38, 0, 180) + [(0, 0.38)], [(0.58, 0.72), (1, 1)]],
    "R": [[(0, 1), (0, 0), (0.6, 0)] + arc(0.62, 0.26, 0.38, 0.26, -90, 90) + [(0, 0.52)], [(0.45, 0.52), (1, 1)]],
    "S": [[(0.95, 0.24)] + arc(0.5, 0.26, 0.45, 0.26, 340, 90) + arc(0.5, 0.75, 0.48, 0.25, 270, 520)],
    "T": [[(0, 0), (1, 0)], [(0.5, 0), (0.5, 1)]],
    "U": [[(0, 0), (0, 0.65)] + arc(0.5, 0.65, 0.5, 0.35, 180, 0) + [(1, 0)]],
    "V": [[(0, 0), (0.5, 1), (1, 0)]],
    "W": [[(0, 0), (0.26, 1), (0.5, 0.3), (0.74, 1), (1, 0)]],
    "X": [[(0, 0), (1, 1)], [(1, 0), (0, 1)]],
    "Y": [[(0, 0), (0.52, 0.62)], [(1, 0), (0.36, 0.9), (0.22, 1), (0.08, 1)]],
    "Z": [[(0, 0), (1, 0), (0, 1), (1, 1)]],
    # The same signs as other countries draw them
    "1'": [[(0.05, 0.24), (0.75, 0), (0.75, 1)]],
    "3'": [arc(0.44, 0.26, 0.5, 0.26, 200, 430) + arc(0.44, 0.74, 0.56, 0.26, 280, 520)],
    "4'": [[(0.72, 1), (0.72, 0), (0, 0.74), (1, 0.74)]],
    "6'": [[(0.92, 0.2)] + arc(0.5, 0.3, 0.48, 0.3, 330, 180) + [(0.02, 0.68)] + arc(0.5, 0.7, 0.48, 0.3, 180, 540)],
    "9'": [[(0.08, 0.8)] + arc(0.5, 0.7, 0.48, 0.3, 150, 0) + [(0.98, 0.32)] + arc(0.5, 0.3, 0.48, 0.3, 0, 360)],
    "G'": [[(0.95, 0.2)] + arc(0.5, 0.3, 0.47, 0.3, 330, 180) + arc(0.5, 0.7, 0.47, 0.3, 180, 0) + [(0.97, 0.58), (0.62, 0.58)],
           [(0.97, 0.6), (0.97, 1)]],
    "I'": [[(0.5, 0), (0.5, 1)], [(0.1, 0), (0.9, 0)], [(0.1, 1), (0.9, 1)]],
    "J'": [[(0.3, 0), (0.9, 0), (0.9, 0.7)] + arc(0.45, 0.7, 0.45, 0.3, 0, 170)],
    "Y'": [[(0, 0), (0.5, 0.5), (1, 0)], [(0.5, 0.5), (0.5, 1)]],
}  # fmt: skip
WIDE = {
    "M": 1.16,
    "A": 1.06,
    "X": 1.05,
    "1": 0.72,
    "7": 0.95,
    "K": 1.03,
    "T": 1.0,
    "W": 1.3,
    "1'": 0.6,
    "I": 0.3,
    "I'": 0.6,
    "J": 0.85,
}


@lru_cache(maxsize=8192)
def own(char: str, stroke: int, width: int, square: bool) -> np.ndarray:
    """Mask of one of our outlines, HEIGHT tall; `stroke` and `width` are per cent of the height.

    `square`: strokes end flat, as the standard draws them; round ends are how paint and embossing look from afar.
    """
    thick = HEIGHT * stroke / 100
    wide = max(thick + 2, HEIGHT * width / 100 * WIDE.get(char, 1.0))
    mask = np.zeros((HEIGHT, round(wide)), np.uint8)
    box = (wide - thick - 1, HEIGHT - thick - 1)
    for line in STROKES[char]:
        points = np.array([[x * box[0] + thick / 2, y * box[1] + thick / 2] for x, y in line], np.float32)
        if square:
            _flat_ended(mask, points, thick)
        else:
            cv2.polylines(mask, [np.round(points * 16).astype(np.int32)], False, 255, max(1, round(thick)), cv2.LINE_AA, 4)
    return mask


def _flat_ended(mask: np.ndarray, points: np.ndarray, thick: float) -> None:
    """A stroke of straight pieces with flat ends half a thickness beyond the line's, so that a letter keeps its height."""
    steps = np.diff(points, axis=0)
    along = steps / np.maximum(np.linalg.norm(steps, axis=1, keepdims=True), 1e-6)
    for i, (a, b, d) in enumerate(zip(points[:-1], points[1:], along, strict=True)):
        across = np.array([-d[1], d[0]]) * thick / 2
        start = a - d * thick * 0.45 if i == 0 else a
        end = b + d * thick * 0.45 if i == len(along) - 1 else b
        piece = np.array([start + across, end + across, end - across, start - across])
        cv2.fillConvexPoly(mask, np.round(piece * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
        if i:
            cv2.circle(mask, tuple(np.round(a * 16).astype(int).tolist()), round(thick * 8), 255, -1, cv2.LINE_AA, 4)


@lru_cache(maxsize=4096)
def typeset(char: str, face: str) -> np.ndarray:
    """Mask of a font's sign, cut to its ink, HEIGHT tall."""
    font = _font(face)
    canvas = Image.new("L", (HEIGHT * 3, HEIGHT * 3))
    ImageDraw.Draw(canvas).text((HEIGHT, HEIGHT // 2), char, font=font, fill=255)
    ink = np.asarray(canvas.crop(canvas.getbbox() or (0, 0, 8, 8)))
    return cv2.resize(ink, (max(4, round(ink.shape[1] * HEIGHT / ink.shape[0])), HEIGHT), interpolation=cv2.INTER_AREA)


@lru_cache(maxsize=64)
def _font(face: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / face), int(HEIGHT * 1.4))


class Style:
    """How one plate's signs look: a face, or our outlines with one stroke and width; a foreign plate's may be drawn otherwise."""

    def __init__(self, rng: random.Random, own_share: float, foreign: bool) -> None:
        self.face = OWN if rng.random() < own_share else rng.choice(FACES)
        self.stroke = rng.randint(8 if foreign else 11, 20)
        self.width = rng.randint(20 if foreign else 25, 34) * 2  # digits of the standard: 0.58 of their height
        self.letter_width = rng.randint(22 if foreign else 29, 44) * 2  # its letters are lower and about as wide: 0.6 to 0.9
        self.square = rng.random() < 0.6
        self.squeeze = rng.uniform(0.78, 1.05)
        self.others = {char[0] for char in STROKES if char.endswith("'") and rng.random() < 0.5} if foreign else set()

    def mask(self, char: str) -> np.ndarray:
        if self.face == OWN:
            drawn = char + "'" if char in self.others else char
            return own(drawn, self.stroke, self.width if char.isdigit() else self.letter_width, self.square)
        return typeset(char, self.face)

    def ratio(self, char: str) -> float:
        """Width over height."""
        mask = self.mask(char)
        return mask.shape[1] / mask.shape[0] * (1.0 if self.face == OWN else self.squeeze)
