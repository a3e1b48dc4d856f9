"""Number plates after the proportions of GOST R 50577, in glyph outlines of our own. Only serials that are never issued (000)."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
SCALE = 3  # pixels a millimetre
WIDTH, HEIGHT = 520, 112
DIGIT, LETTER, SMALL = 76.0, 58.0, 20.0  # heights in millimetres
INK = (22, 22, 24)
FIELD = (238, 238, 234)


def _arc(cx: float, cy: float, rx: float, ry: float, start: float, stop: float) -> list[tuple[float, float]]:
    """Degrees, counter-clockwise with y up."""
    angles = np.radians(np.linspace(start, stop, 14))
    return [(cx + rx * float(np.cos(a)), cy + ry * float(np.sin(a))) for a in angles]


def _bowl(top: float, bottom: float, left: float = 0.0, right: float = 1.0) -> list[tuple[float, float]]:
    """From the stem out along the top, round, and back along the bottom: the half of B, P and R."""
    r = (top - bottom) / 2
    turn = right - 0.42
    return [(left, top), (turn, top), *_arc(turn, bottom + r, 0.42, r, 90, -90), (left, bottom)]


_RING = [*_arc(0.5, 0.72, 0.5, 0.28, 0, 180), *_arc(0.5, 0.28, 0.5, 0.28, 180, 360), (1.0, 0.72)]
# Centre lines in a unit cell, y up; one list a stroke.
GLYPHS: dict[str, list[list[tuple[float, float]]]] = {
    "0": [_RING],
    "1": [[(0.12, 0.74), (0.62, 1.0), (0.62, 0.0)]],
    "2": [[*_arc(0.5, 0.72, 0.48, 0.28, 175, -20), (0.0, 0.0), (1.0, 0.0)]],
    "3": [[(0.04, 1.0), (0.94, 1.0), (0.45, 0.6), *_arc(0.48, 0.3, 0.5, 0.3, 88, -165)]],
    "4": [[(0.66, 1.0), (0.02, 0.3), (1.0, 0.3)], [(0.74, 0.56), (0.74, 0.0)]],
    "5": [[(0.95, 1.0), (0.12, 1.0), (0.06, 0.55), *_arc(0.48, 0.31, 0.5, 0.31, 125, -160)]],
    "6": [[(0.82, 1.0), *_arc(0.5, 0.3, 0.5, 0.3, 165, 525)]],
    "7": [[(0.0, 1.0), (1.0, 1.0), (0.34, 0.0)]],
    "8": [_arc(0.5, 0.75, 0.42, 0.25, 0, 360), _arc(0.5, 0.26, 0.5, 0.26, 0, 360)],
    "9": [[(0.18, 0.0), *_arc(0.5, 0.7, 0.5, 0.3, -15, 345)]],
    "A": [[(0.0, 0.0), (0.5, 1.0), (1.0, 0.0)], [(0.17, 0.3), (0.83, 0.3)]],
    "B": [[(0.0, 0.0), (0.0, 1.0)], _bowl(1.0, 0.53, right=0.94), _bowl(0.53, 0.0)],
    "C": [[(1.0, 0.7), *_arc(0.5, 0.7, 0.5, 0.3, 0, 180), *_arc(0.5, 0.3, 0.5, 0.3, 180, 360)]],
    "E": [[(1.0, 1.0), (0.0, 1.0), (0.0, 0.0), (1.0, 0.0)], [(0.0, 0.52), (0.86, 0.52)]],
    "H": [[(0.0, 0.0), (0.0, 1.0)], [(1.0, 0.0), (1.0, 1.0)], [(0.0, 0.5), (1.0, 0.5)]],
    "K": [[(0.0, 0.0), (0.0, 1.0)], [(0.98, 1.0), (0.1, 0.46)], [(0.34, 0.6), (1.0, 0.0)]],
    "M": [[(0.0, 0.0), (0.0, 1.0), (0.5, 0.3), (1.0, 1.0), (1.0, 0.0)]],
    "O": [_RING],
    "P": [[(0.0, 0.0), (0.0, 1.0)], _bowl(1.0, 0.42)],
    "R": [[(0.0, 0.0), (0.0, 1.0)], _bowl(1.0, 0.45), [(0.5, 0.45), (1.0, 0.0)]],
    "S": [[*_arc(0.5, 0.74, 0.48, 0.26, 10, 240), *_arc(0.5, 0.26, 0.5, 0.26, 60, -170)]],
    "T": [[(0.0, 1.0), (1.0, 1.0)], [(0.5, 1.0), (0.5, 0.0)]],
    "U": [[(0.0, 1.0), (0.0, 0.32), *_arc(0.5, 0.32, 0.5, 0.32, 180, 360), (1.0, 1.0)]],
    "X": [[(0.0, 0.0), (1.0, 1.0)], [(0.0, 1.0), (1.0, 0.0)]],
    "Y": [[(0.0, 1.0), (0.52, 0.4)], [(1.0, 1.0), (0.42, 0.12), (0.3, 0.0), (0.08, 0.0)]],
}


def _write(image: Image, text: str, left: float, bottom: float, height: float, cell: float, pitch: float) -> None:
    """`left`, `bottom` of the first glyph in millimetres, y down; `cell` its width, `pitch` the advance."""
    stroke = {DIGIT: 11.0, LETTER: 9.0, SMALL: 3.2}[height]
    for number, letter in enumerate(text):
        x0 = left + number * pitch + stroke / 2
        for line in GLYPHS[letter]:
            points = np.array([(x0 + x * (cell - stroke), bottom - stroke / 2 - y * (height - stroke)) for x, y in line]) * SCALE
            _stroke(image, points, stroke * SCALE)


def _stroke(image: Image, points: npt.NDArray[np.float64], width: float) -> None:
    """Flat-ended: each segment a rectangle, each inner joint a disc."""
    for a, b in pairwise(points):
        along = (b - a) / max(float(np.hypot(*(b - a))), 1e-9)
        across = np.array([-along[1], along[0]]) * width / 2
        ends = along * width * 0.06
        corners = np.array([a + across - ends, b + across + ends, b - across + ends, a - across - ends])
        cv2.fillConvexPoly(image, np.round(corners * 16).astype(np.int32), INK, cv2.LINE_AA, 4)
    for joint in points[1:-1]:
        cv2.circle(image, np.round(joint * 16).astype(int).tolist(), round(width / 2 * 16), INK, -1, cv2.LINE_AA, 4)


def _frame(divider: float) -> Image:
    image = np.full((HEIGHT * SCALE, WIDTH * SCALE, 3), FIELD, np.uint8)
    rim = round(2.5 * SCALE)
    cv2.rectangle(image, (rim, rim), (WIDTH * SCALE - rim, HEIGHT * SCALE - rim), INK, round(2.6 * SCALE), cv2.LINE_AA)
    x = round(divider * SCALE)
    cv2.line(image, (x, rim), (x, HEIGHT * SCALE - rim), INK, round(2.6 * SCALE), cv2.LINE_AA)
    return image


def _region(image: Image, code: str, divider: float) -> None:
    middle = (divider + WIDTH - 4) / 2
    cell, pitch = (36.0, 41.0) if len(code) == 2 else (29.0, 34.0)
    _write(image, code, middle - (pitch * (len(code) - 1) + cell) / 2, 72, LETTER, cell, pitch)
    _write(image, "RUS", middle - 46, 102, SMALL, 13, 16)
    for number, colour in enumerate(((240, 240, 240), (34, 70, 165), (205, 38, 38))):
        top, left = 83 + number * 6.4, middle + 8
        corner = [round(left * SCALE), round(top * SCALE)]
        cv2.rectangle(image, corner, [round((left + 34) * SCALE), round((top + 6.4) * SCALE)], colour, -1)
    cv2.rectangle(
        image, [round((middle + 8) * SCALE), 83 * SCALE], [round((middle + 42) * SCALE), round(102.2 * SCALE)], INK, 1, cv2.LINE_AA
    )


def lorry(first: str, last: str, region: str) -> Image:
    """Type 1 with the serial 000: a letter, 000, two letters, the region's code."""
    divider = 392.0
    image = _frame(divider)
    _write(image, first, 22, 93, LETTER, 48, 0)
    _write(image, "000", 88, 93, DIGIT, 46, 55)
    _write(image, last, 262, 93, LETTER, 48, 60)
    _region(image, region, divider)
    return image


def trailer(letters: str, region: str) -> Image:
    """Type 2 with the serial 0000: two letters, 0000, the region's code."""
    divider = 400.0
    image = _frame(divider)
    _write(image, letters, 18, 93, LETTER, 46, 58)
    _write(image, "0000", 148, 93, DIGIT, 46, 58)
    _region(image, region, divider)
    return image


def weathered(image: Image, seed: int, dirt: float = 0.35) -> Image:
    """Dust along the rim and the lower edge, two bolts, a few chips: never over a glyph so far that a person could not read it."""
    rng = np.random.default_rng(seed)
    height, width = image.shape[:2]
    coarse = cv2.GaussianBlur(rng.random((height // 8, width // 8)).astype(np.float32), (0, 0), 3)
    cloud = cv2.resize((coarse - coarse.min()) / np.ptp(coarse), (width, height), interpolation=cv2.INTER_CUBIC)
    low = np.linspace(0.25, 1.0, height)[:, None] ** 2
    amount = np.clip(dirt * (0.35 + low) * cloud, 0, 0.75)[..., None]
    out = image * (1 - amount) + np.array([150, 134, 108]) * amount
    for x in (0.085, 0.727):
        cv2.circle(out, (round(x * width), round(0.16 * height)), 4 * SCALE, (96, 94, 90), -1, cv2.LINE_AA)
    return np.asarray(np.clip(out, 0, 255), np.uint8)
