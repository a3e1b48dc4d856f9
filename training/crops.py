"""Shards of rendered plates for the reader and the corner finder: `python -m training.crops OUT --seed 1 --shards 50`.

One small scene holds one plate at the size it has in photos. Out of it come two strips with two guesses of the
quad, as a detector would make them, and one frame for the corner finder. Shards are .npz files written whole.
"""

from __future__ import annotations

import argparse
import os
import random
from pathlib import Path

import cv2
import numpy as np

from provcheck.readers.plates import geometry
from training.camera import camera, paste, view
from training.draw import draw
from training.kinds import plan
from training.layouts import FIELDS
from training.weather import dust, framed, settled, weathered
from training.world import Backgrounds, grille, lettering

PER_SHARD = 4000
DUSTY = 0.08  # of plates; a third of these cannot be read by anyone
WIDTHS = (38.0, 420.0)  # plates in photos: 70 px at the 5th percentile, 167 median, 350 at the 95th


def scene(rng: random.Random, backgrounds: Backgrounds, russian: float = 0.6) -> tuple[np.ndarray, np.ndarray, object]:
    """(uint8 RGB, the plate's quad, its plan)."""
    spec = plan(rng, russian)
    board, inner = framed(rng, draw(rng, spec))
    board = settled(rng, weathered(rng, board), dust(rng, DUSTY))
    width = min(WIDTHS[1], max(WIDTHS[0], rng.lognormvariate(5.0, 0.5))) * (1.0 if spec.rows == 1 else 0.62)
    outer = view(rng, board, width, rng.random() < 0.4)
    to = cv2.getPerspectiveTransform(
        np.array([[0, 0], [board.shape[1], 0], [board.shape[1], board.shape[0]], [0, board.shape[0]]], np.float32), outer
    )
    quad = cv2.perspectiveTransform(inner[None], to)[0]
    span = quad.max(0) - quad.min(0)
    pad = span * (0.55, 0.9) + 4
    low = quad.min(0) - pad * (rng.uniform(0.8, 1.2), rng.uniform(0.8, 1.2))
    size = np.ceil(quad.max(0) + pad - low).astype(int)
    canvas = backgrounds.patch(rng, int(size[0]), int(size[1]))
    if rng.random() < 0.3:  # painted coachwork right around the plate
        canvas = canvas * 0.15 + np.array([rng.uniform(5, 245)] * 3, np.float32) * 0.85
    if rng.random() < 0.15:
        lettering(rng, canvas, rng.uniform(0, size[0] / 2), rng.uniform(10, size[1]), span[1] * rng.uniform(0.15, 0.5))
    paste(canvas, board, outer - low)
    picture, quad = camera(rng, canvas, width), (quad - low).astype(np.float32)
    return (*(_cut_out(rng, picture, quad) if rng.random() < 0.15 else (picture, quad)), spec)


def _cut_out(rng: random.Random, picture: np.ndarray, quad: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Only the plate, as in collections of plate crops: its edge is the picture's."""
    span = quad.max(0) - quad.min(0)
    low = np.maximum(quad.min(0) - span * [rng.uniform(-0.015, 0.08), rng.uniform(-0.03, 0.15)], 0).astype(int)
    high = np.ceil(quad.max(0) + span * [rng.uniform(-0.015, 0.08), rng.uniform(-0.03, 0.15)]).astype(int)
    return np.ascontiguousarray(picture[low[1] : high[1], low[0] : high[0]]), (quad - low).astype(np.float32)


def guess(rng: random.Random, quad: np.ndarray) -> np.ndarray:
    """The quad as a detector, a corner finder or a person's upright box would give it."""
    wide, tall = geometry.sides(quad)
    draw_ = rng.random()
    if draw_ < 0.18:
        low, high = quad.min(0), quad.max(0)
        size = high - low
        return geometry.box_quad(
            *(low - size * [rng.uniform(-0.02, 0.05), rng.uniform(-0.04, 0.1)]),
            *(size * [rng.uniform(0.98, 1.06), rng.uniform(0.96, 1.15)]),
        )
    loose = 0.035 if draw_ < 0.65 else 0.09
    shake = np.array([[rng.gauss(0, loose) * min(tall * 1.3, wide), rng.gauss(0, loose) * tall] for _ in range(4)], np.float32)
    middle = quad.mean(0)
    return ((quad - middle) * [rng.gauss(1.005, 0.012), rng.gauss(1.01, 0.03)] + middle + shake).astype(np.float32)


def loose_box(rng: random.Random, quad: np.ndarray) -> np.ndarray:
    """A rough region around a plate: what the corner finder starts from."""
    if rng.random() < 0.5:
        low, high = quad.min(0), quad.max(0)
        quad = geometry.box_quad(*low, *(high - low))
    wide, tall = geometry.sides(quad)
    middle = quad.mean(0)
    shift = [rng.gauss(0, 0.05) * wide, rng.gauss(0, 0.12) * tall]
    shake = np.array([[rng.gauss(0, 0.08) * tall, rng.gauss(0, 0.08) * tall] for _ in range(4)])
    return ((quad - middle) * [rng.lognormvariate(0, 0.1), rng.lognormvariate(0.02, 0.18)] + middle + shift + shake).astype(
        np.float32
    )


def no_plate(rng: random.Random, backgrounds: Backgrounds) -> np.ndarray:
    """A frame without a plate: coachwork, grilles, lettering, road signs."""
    width, height = geometry.FRAME[0] * 2, geometry.FRAME[1] * 2
    canvas = backgrounds.patch(rng, width, height)
    if rng.random() < 0.3:
        grille(rng, canvas)
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        if rng.random() < 0.4:
            x, y = rng.randint(0, width // 2), rng.randint(0, height // 2)
            cv2.rectangle(
                canvas,
                (x, y),
                (x + rng.randint(30, 200), y + rng.randint(12, 70)),
                tuple(rng.uniform(0, 255) for _ in range(3)),
                -1,
            )
        lettering(rng, canvas, rng.uniform(0, width * 0.6), rng.uniform(20, height), rng.uniform(8, 40))
    size = rng.uniform(0.25, 1.0)
    picture = camera(rng, cv2.resize(canvas, None, fx=size, fy=size, interpolation=cv2.INTER_AREA), width * size * 0.7)
    return cv2.resize(picture, geometry.FRAME, interpolation=cv2.INTER_AREA)


def frame(rng: random.Random, picture: np.ndarray, quad: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    outer = geometry.frame_quad(loose_box(rng, quad))
    return geometry.rectify(picture, outer, geometry.FRAME), geometry.to_frame(quad, outer)


def shard(path: Path, seed: int, backgrounds: Backgrounds, count: int, negatives: float = 0.3, russian: float = 0.6) -> None:
    rng = random.Random(seed)
    strips, texts, frames, corners, labels = [], [], [], [], []
    for _ in range(count // 2):
        picture, quad, spec = scene(rng, backgrounds, russian)
        gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
        for _ in range(2):
            rough = guess(rng, quad)
            strips.append(geometry.strip(gray, rough, spec.rows == 2))
            texts.append(spec.text.replace("-", ""))
        cut, where = frame(rng, picture, quad)
        frames.append(cut)
        corners.append(where)
        labels.append((1, spec.rows, FIELDS.index(spec.field)))
        if rng.random() < negatives:
            frames.append(no_plate(rng, backgrounds))
            corners.append(np.zeros((4, 2), np.float32))
            labels.append((0, 0, 0))
    partial = path.with_suffix(".part.npz")
    np.savez(
        partial,
        strips=np.array(strips),
        texts=np.array(texts),
        frames=np.array(frames),
        corners=np.array(corners, np.float32),
        labels=np.array(labels, np.int64),
    )
    os.replace(partial, path)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--shards", type=int, default=50)
    ask.add_argument("--count", type=int, default=PER_SHARD, help="strips in a shard")
    ask.add_argument("--russian", type=float, default=0.6, help="share of Russian plates")
    ask.add_argument("--backgrounds", type=Path)
    options = ask.parse_args()
    cv2.setNumThreads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    backgrounds = Backgrounds(options.backgrounds)
    for number in range(options.shards):
        path = options.out / f"{options.seed:03d}-{number:04d}.npz"
        if not path.exists():
            shard(path, options.seed * 100_003 + number, backgrounds, options.count, russian=options.russian)


if __name__ == "__main__":
    main()
