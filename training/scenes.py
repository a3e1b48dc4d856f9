"""Shards of rendered street scenes for the detector: `python -m training.scenes OUT --seed 1 --shards 50 --backgrounds DIR`.

A scene is a 224 px square with none to four plates, 26 to 210 px wide, on rendered or photographed surroundings,
and with what is easily taken for a plate: grilles, fences, lettering, signs.
"""

from __future__ import annotations

import argparse
import os
import random
from pathlib import Path

import cv2
import numpy as np

from training.camera import camera, paste, view
from training.draw import draw
from training.kinds import plan
from training.weather import Dust, dust, framed, settled, weathered
from training.world import Backgrounds, grille, lettering

SIDE = 224
MOST = 4  # plates in a scene
DUSTY = 0.15  # of vehicles
WIDTHS = (26.0, 210.0)


def scene(rng: random.Random, backgrounds: Backgrounds) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(uint8 RGB, quads MOST x 4 x 2, NaN where there are fewer, whether each is whole enough to be found)."""
    canvas = np.ascontiguousarray(backgrounds.patch(rng, SIDE, SIDE), dtype=np.float32)
    _clutter(rng, canvas)
    quads = np.full((MOST, 4, 2), np.nan, np.float32)
    whole = np.zeros(MOST, bool)
    taken: list[tuple[float, float, float]] = []
    smallest = WIDTHS[1]
    for slot in range(rng.choices((0, 1, 2, 3, 4), (30, 48, 14, 6, 2))[0]):
        width = min(WIDTHS[1], max(WIDTHS[0], rng.lognormvariate(4.25, 0.55)))
        x, y = rng.uniform(-4, SIDE + 4), rng.uniform(-2, SIDE + 2)
        if any(abs(x - ox) < (width + ow) * 0.62 and abs(y - oy) < (width + ow) * 0.3 for ox, oy, ow in taken):
            continue
        taken.append((x, y, width))
        smallest = min(smallest, width)
        quad = _plate(rng, canvas, width, x, y)
        middle = quad.mean(0)
        quads[slot] = quad
        inside = (quad.min(0) > -width * 0.12).all() and (quad.max(0) < SIDE + width * 0.12).all()
        whole[slot] = bool(inside and (middle > 0).all() and (middle < SIDE).all())
    return camera(rng, canvas, min(smallest, 120.0)), quads, whole


def _plate(rng: random.Random, canvas: np.ndarray, width: float, x: float, y: float) -> np.ndarray:
    spec = plan(rng, 0.6)
    board, inner = framed(rng, draw(rng, spec))
    coat = dust(rng, DUSTY)
    board = settled(rng, weathered(rng, board), coat)
    if spec.rows == 2:
        width *= 0.62
    outer = view(rng, board, width, rng.random() < 0.4) + np.array([x, y], np.float32)
    if coat or rng.random() < 0.6:
        _body(rng, canvas, outer, width, coat)
    to = cv2.getPerspectiveTransform(
        np.array([[0, 0], [board.shape[1], 0], [board.shape[1], board.shape[0]], [0, board.shape[0]]], np.float32), outer
    )
    paste(canvas, board, outer)
    return cv2.perspectiveTransform(inner[None], to)[0]


def _body(rng: random.Random, canvas: np.ndarray, outer: np.ndarray, width: float, coat: Dust | None) -> None:
    """The vehicle's skin around a plate: a tone of its own, a recess, a bumper's edge, a grille above."""
    low, high = outer.min(0), outer.max(0)
    pad = np.array([rng.uniform(0.1, 1.2) * width, rng.uniform(0.1, 0.7) * width])
    x0, y0 = (int(v) for v in low - pad)
    x1, y1 = (int(v) for v in high + pad * rng.uniform(0.5, 1.2))
    tone, paint = _paint(rng, coat)
    cv2.rectangle(canvas, (x0, y0), (x1, y1), paint, -1)
    for _ in range(rng.randint(0, 4)):
        level = rng.randint(y0, max(y0 + 1, y1))
        cv2.line(
            canvas,
            (x0, level),
            (x1, level + rng.randint(-6, 6)),
            tuple(rng.gauss(tone * rng.uniform(0.3, 1.4), 10) for _ in range(3)),
            rng.randint(1, 5),
            cv2.LINE_AA,
        )
    if rng.random() < 0.4:
        band = canvas[max(0, y0) : max(0, int(low[1] - 2)), max(0, x0) : max(0, x1)]
        if band.shape[0] > 8 and band.shape[1] > 16:
            part = np.ascontiguousarray(band)
            grille(rng, part)
            band[:] = part


def _paint(rng: random.Random, coat: Dust | None) -> tuple[float, tuple[float, ...]]:
    """(How light, the colour) of the coachwork, under its dust where it has any."""
    tone = rng.choice((15, 40, 90, 140, 200, 235))
    paint = np.array([rng.gauss(tone, 14) for _ in range(3)], np.float32)
    if coat is not None:
        paint = paint * (1 - coat.thick) + coat.colour * coat.thick
    return float(paint.mean()), tuple(float(part) for part in paint)


def _clutter(rng: random.Random, canvas: np.ndarray) -> None:
    if rng.random() < 0.25:
        grille(rng, canvas)
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        tall = rng.uniform(6, 34)
        x, y = rng.uniform(0, SIDE * 0.6), rng.uniform(tall, SIDE)
        if rng.random() < 0.4:  # a sign: a coloured panel under the words
            cv2.rectangle(
                canvas,
                (int(x - 4), int(y - tall * 1.2)),
                (int(x + rng.uniform(30, 180)), int(y + tall * 0.3)),
                tuple(rng.uniform(0, 255) for _ in range(3)),
                -1,
            )
        lettering(rng, canvas, x, y, tall)


def shard(path: Path, seed: int, backgrounds: Backgrounds, count: int) -> None:
    rng = random.Random(seed)
    made = [scene(rng, backgrounds) for _ in range(count)]
    partial = path.with_suffix(".part.npz")
    scenes, quads, whole = (np.array(part) for part in zip(*made, strict=True))
    np.savez(partial, scenes=scenes, quads=quads, whole=whole)
    os.replace(partial, path)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--shards", type=int, default=50)
    ask.add_argument("--count", type=int, default=1000, help="scenes in a shard")
    ask.add_argument("--backgrounds", type=Path)
    options = ask.parse_args()
    cv2.setNumThreads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    backgrounds = Backgrounds(options.backgrounds)
    for number in range(options.shards):
        path = options.out / f"{options.seed:03d}-{number:04d}.npz"
        if not path.exists():
            shard(path, options.seed * 100_003 + number, backgrounds, options.count)


if __name__ == "__main__":
    main()
