"""Dry grass, one stalk at a time, from far to near."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from . import ground
from .noise import sample
from .raster import Camera, SunShadow

Floats = npt.NDArray[np.float32]
BUSH = 110  # stalks in a bush
REACH = 240.0  # metres; beyond it the ground's texture is grass enough


def stalks(
    land: ground.Land, camera: Camera, count: int, seed: int
) -> tuple[npt.NDArray[np.float64], Floats, npt.NDArray[np.bool_]]:
    """Roots (n, 3), heights (n,) and which belong to a bush of sage (n,); as dense on the screen far off as near by, in clumps."""
    rng = np.random.default_rng(seed)
    forward = camera.axes[2, :2] / np.linalg.norm(camera.axes[2, :2])
    side = np.array([-forward[1], forward[0]])
    wide = camera.width / camera.focal / 2 * 1.15
    depth = 1 / rng.uniform(1 / REACH, 1 / 1.8, count)
    lateral = rng.uniform(-wide, wide, count) * depth
    xy = camera.eye[:2] + depth[:, None] * forward + lateral[:, None] * side
    x, y = xy[:, 0].astype(np.float32), xy[:, 1].astype(np.float32)
    clump = sample(x, y, 3.5, land.seed + 30, 1.0, low=20) + 0.7 * sample(x, y, 45, land.seed + 6, 1.2)
    chance = np.clip(0.42 + 0.38 * clump, 0.03, 1) * ground.wildness(land, x, y) ** 3
    keep = rng.random(count) < chance
    x, y, clump = x[keep], y[keep], clump[keep]
    tall = land.lush * (0.10 + 0.22 * rng.random(len(x)) ** 2 + 0.10 * np.clip(clump, 0, 2))
    bush = np.zeros(len(x), bool)
    if land.bushes:
        chosen = rng.choice(len(x), min(land.bushes, len(x)), replace=False)
        size = np.repeat(rng.uniform(0.16, 0.42, len(chosen)), BUSH)
        bx = np.repeat(x[chosen], BUSH) + rng.normal(0, 0.42, len(size)) * size
        by = np.repeat(y[chosen], BUSH) + rng.normal(0, 0.3, len(size)) * size
        x, y = np.concatenate([x, bx]).astype(np.float32), np.concatenate([y, by]).astype(np.float32)
        tall = np.concatenate([tall, size * rng.uniform(0.35, 1, len(size))])
        bush = np.concatenate([bush, np.ones(len(size), bool)])
    return np.stack([x, y, ground.height(land, x, y)], 1).astype(np.float64), tall.astype(np.float32), bush


def draw(
    land: ground.Land, camera: Camera, sun_map: SunShadow, light: Floats, shade: Floats, count: int, seed: int
) -> tuple[Floats, Floats]:
    """Radiance (h, w, 3) and nearness 1/depth (h, w), 0 where no stalk is; `light` and `shade`: irradiance in sun and out of it."""
    root, tall, bush = stalks(land, camera, count, seed)
    rng = np.random.default_rng(seed + 1)
    n = len(root)
    lean = rng.normal(0, 0.34, (n, 2)) * np.where(bush, 1.3, 1)[:, None] + [0.10, 0.06]
    tip = root + np.column_stack([lean * tall[:, None], tall])
    middle = root + np.column_stack([lean * tall[:, None] * 0.35, tall * 0.6])
    lit = sun_map.lit(middle, np.array([[0, 0, 0.02]]).repeat(n, 0), np.zeros(n, np.int64))
    green = np.clip(
        0.5 + 0.55 * (sample(root[:, 0], root[:, 1], 260, land.seed + 5, 1.5) + (land.green - 0.5) * 3) + rng.normal(0, 0.25, n),
        0,
        1,
    )[:, None]
    colour = np.asarray(land.straw) * 1.12 * (1 - green) + np.asarray(land.sage) * green
    if land.snow > 0.3:
        colour = colour * 0.8 + 0.06
    colour = colour * rng.uniform(0.75, 1.3, (n, 1))
    colour = np.where(bush[:, None], (np.asarray(land.sage) * 0.75 + 0.03) * rng.uniform(0.6, 1.15, (n, 1)), colour)
    radiance = (colour / np.pi * (light * lit[:, None] * 0.95 + shade)).astype(np.float32)
    p0, depth = camera.project(root)
    p1, p2 = camera.project(middle)[0], camera.project(tip)[0]
    thick = np.clip(0.0045 * camera.focal / np.maximum(depth, 0.2) * rng.uniform(0.6, 1.5, n), 0.55, 9)
    canvas = np.zeros((camera.height, camera.width, 4), np.float32)
    order = np.argsort(-depth, kind="stable")
    order = order[(depth[order] > 1.2) & (p2[order, 1] < camera.height + 40)]
    across = np.column_stack([thick, np.zeros(n)]) / 2
    lower = np.round(np.stack([p0 - across, p0 + across, p1 + across * 0.8, p1 - across * 0.8], 1) * 16).astype(np.int32)
    upper = np.round(np.stack([p1 - across * 0.8, p1 + across * 0.8, p2], 1) * 16).astype(np.int32)
    for i in order:
        near = 1 / float(depth[i])
        r, g, b = (float(v) for v in radiance[i])
        cv2.fillConvexPoly(canvas, lower[i], (r * 0.62, g * 0.62, b * 0.60, near), cv2.LINE_8, 4)
        cv2.fillConvexPoly(canvas, upper[i], (r, g, b, near), cv2.LINE_8, 4)
    return canvas[..., :3], canvas[..., 3]
