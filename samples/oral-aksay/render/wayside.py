"""What stands beside a steppe road: a power line, marker posts, wind-breaks far off."""

from __future__ import annotations

from functools import cache

import numpy as np

from .ground import Land
from .material import Kind
from .mesh import Mesh, box, grid, lathe, merge, tube


def poles(y: float, start: float, stop: float, step: float = 45.0, wires: bool = True) -> Mesh:
    """A wooden power line beside the road."""
    parts: list[Mesh] = []
    for x in np.arange(start, stop, step):
        parts.append(tube([(x, y, -1.2), (x + 0.05, y, 7.6)], 0.12, Kind.POLE, 8))
        parts.append(box((x, y, 7.2), (0.10, 1.7, 0.12), Kind.POLE))
        parts += [
            lathe([(0.0, 0.08), (0.05, 0.06), (0.05, -0.06), (0.0, -0.08)], Kind.RUBBER, 8)
            .mapped(lambda p: p[:, [0, 2, 1]])
            .moved((x, y + o, 7.36))
            for o in (-0.75, 0.0, 0.75)
        ]
        if wires:
            t = np.linspace(0, 1, 12)
            parts += [
                tube(np.stack([x + step * t, y + o + 0 * t, 7.42 - 2.6 * t * (1 - t)], 1), 0.014, Kind.RUBBER, 4)
                for o in (-0.75, 0.0, 0.75)
            ]
    return merge(parts)


def belt(distance: float, start: float, stop: float, seed: int, high: float = 8.0) -> Mesh:
    """A wind-break of trees along y = `distance`, seen from far."""
    rng = np.random.default_rng(seed)
    x = np.arange(start, stop, abs(distance) / 700)
    crown = np.convolve(rng.random(len(x) + 8), np.ones(9) / 9, "valid") * 0.9 + rng.random(len(x)) * 0.35
    gap = np.convolve(rng.random(len(x) + 80), np.ones(81) / 81, "valid")
    top = np.where(gap > 0.485, high * (0.3 + crown), 0.2)
    y = np.full_like(x, distance)
    rows = np.stack(
        [np.stack([x, y, np.full_like(x, -6)], 1), np.stack([x, y, top * 0.6], 1), np.stack([x, y - np.sign(distance), top], 1)]
    )
    return grid(rows if distance > 0 else rows[:, ::-1], Kind.LEAF)


@cache
def far(seed: int) -> Mesh:
    """Three wind-breaks, one to two and a half kilometres off."""
    return merge([belt(1150, -7000, 3000, seed), belt(-1900, -7000, 3000, seed + 1), belt(2600, -9000, 3000, seed + 2, 10)])


def markers(land: Land, side: float, start: float, stop: float, step: float = 25.0) -> Mesh:
    """White roadside posts with a dark band."""
    parts = []
    for x in np.arange(start, stop, step):
        y = side * 5.2 + 0.5 * land.curve * x * x
        parts.append(box((x, y, 0.38), (0.10, 0.13, 0.95), Kind.POST, 0.02))
        parts.append(box((x, y, 0.68), (0.104, 0.134, 0.14), Kind.RUBBER))
        parts.append(box((x, y + 0.0, 0.68), (0.11, 0.05, 0.09), Kind.TAPE_RED))
    return merge(parts)
