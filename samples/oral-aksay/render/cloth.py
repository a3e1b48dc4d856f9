"""Tarpaulin thrown over a load: position-based cloth on signed distances of rounded boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from . import noise
from .material import Kind
from .mesh import Mesh, grid, merge, tube

Array = npt.NDArray[np.float64]
STEPS = 260
CORNER = 1.9  # metres
CELL = 0.085  # metres between cloth points


@dataclass(frozen=True, slots=True)
class Lump:
    """A rounded box under the cloth."""

    centre: tuple[float, float, float]
    half: tuple[float, float, float]
    radius: float = 0.08


def _push_out(points: Array, lumps: Sequence[Lump], margin: float) -> Array:
    """Points inside a lump go to its surface; returns the new points."""
    points = points.copy()
    for lump in lumps:
        apart = np.abs(points - np.asarray(lump.centre)) - np.asarray(lump.half)
        inside = np.flatnonzero((apart[..., 0] < margin) & (apart[..., 1] < margin) & (apart[..., 2] < margin))
        if not len(inside):
            continue
        near = points.reshape(-1, 3)[inside]
        local = near - np.asarray(lump.centre)
        q = np.abs(local) - (np.asarray(lump.half) - lump.radius)
        outside = np.maximum(q, 0)
        length = np.linalg.norm(outside, axis=-1)
        distance = length + np.minimum(q.max(-1), 0) - lump.radius - margin
        axis = np.where(length[:, None] > 1e-6, outside / np.maximum(length[:, None], 1e-9), np.eye(3)[q.argmax(-1)])
        move = np.minimum(distance, 0)[:, None] * axis * np.sign(np.where(local == 0, 1, local))
        points.reshape(-1, 3)[inside] = near - move
    return points


def _hold(p: Array, rest: Array | float, shift: tuple[int, int]) -> None:
    """One Gauss-Seidel sweep of distance constraints between points `shift` apart, in two colours, in place."""
    dr, dc = shift
    for colour in (0, 1):
        step = 2 * max(dr, abs(dc))
        if dr and not dc:
            a, b = p[colour * dr :: step], p[colour * dr + dr :: step]
        else:
            a, b = p[: p.shape[0] - dr, colour * abs(dc) :: step], p[dr:, colour * abs(dc) + abs(dc) :: step]
        n, m = min(a.shape[0], b.shape[0]), min(a.shape[1], b.shape[1])
        a, b = a[:n, :m], b[:n, :m]
        apart = b - a
        length = np.linalg.norm(apart, axis=-1, keepdims=True)
        want = rest if np.ndim(rest) == 0 else np.asarray(rest)[:n, :m, None]
        move = apart * (0.5 * (length - want) / np.maximum(length, 1e-9))
        a += move
        b -= move


def drape(lumps: Sequence[Lump], size: tuple[float, float], top: float, floor: float, seed: int) -> Array:
    """Points (rows along y, columns along x, 3) of a cloth of `size` metres let fall about the origin from height `top`."""
    rng = np.random.default_rng(seed)
    columns, rows = int(size[0] / CELL), int(size[1] / CELL)
    x, y = np.meshgrid((np.arange(columns) - columns / 2) * CELL, (np.arange(rows) - rows / 2) * CELL)
    p = np.stack([x, y, np.full_like(x, top)], -1)
    p[..., 2] += 0.03 * cv2.GaussianBlur(rng.standard_normal((rows, columns)), (0, 0), 2.5)
    p[..., :2] *= 0.985  # a little slack everywhere makes the folds
    before = p.copy()
    for step in range(STEPS):
        speed = (p - before) * (0.97 if step < STEPS * 0.7 else 0.88)
        before = p.copy()
        p = p + speed
        p[..., 2] -= 0.0045
        for _ in range(5):
            _hold(p, CELL, (0, 1))
            _hold(p, CELL, (1, 0))
            _hold(p, CELL * 1.9, (0, 2)) if step % 2 else _hold(p, CELL * 1.9, (2, 0))
        q = _push_out(p, lumps, 0.015)
        touching = np.linalg.norm(q - p, axis=-1) > 1e-9
        p = q
        before[touching] += (p - before)[touching] * 0.6  # friction
        below = p[..., 2] < floor
        p[below, 2] = floor
        before[below] = p[below]
    return p


def tarpaulin(
    lumps: Sequence[Lump], size: tuple[float, float], top: float, floor: float, seed: int, ropes: int = 5, kind: int = Kind.CANVAS
) -> Mesh:
    """The cloth as a smooth mesh, with ropes across it."""
    p = drape(lumps, size, top, floor, seed)
    p[..., 2] += 0
    smooth = cv2.GaussianBlur(p, (0, 0), 0.7)
    fine = cv2.resize(smooth, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    rows, columns = fine.shape[:2]
    u, v = np.meshgrid(np.arange(columns) * CELL / 2, np.arange(rows) * CELL / 2)
    wrinkle = noise.sample(u.astype(np.float32), v.astype(np.float32), 3.0, seed + 5, 1.7, low=6.0)
    normal = np.cross(np.gradient(fine, axis=1), np.gradient(fine, axis=0))
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-9)
    fine = fine + normal * (wrinkle * 0.007)[..., None]
    sheet = _without_corners(grid(fine, int(kind)), size)
    back = _without_corners(grid((fine - normal * 0.006)[::-2, ::2], int(kind)), size)
    lines = []
    for k in np.linspace(0.1, 0.9, ropes):
        column = fine[:, int(k * columns)]
        out = normal[:, int(k * columns)]
        lines.append(tube(cv2.GaussianBlur(column + out * 0.012, (1, 0), 0, sigmaY=1.5)[2:-2], 0.011, int(Kind.ROPE), 6))
    return merge([sheet, back, *lines])


def _without_corners(sheet: Mesh, size: tuple[float, float]) -> Mesh:
    """Corners are cut round, lest they trail on the road."""
    middle = np.abs(sheet.uv.mean(1) * 2 - 1) * np.asarray(size) / 2
    over = np.maximum(middle - (np.asarray(size) / 2 - CORNER), 0)
    keep = np.hypot(over[:, 0], over[:, 1]) < CORNER
    return Mesh(sheet.points, sheet.faces[keep], sheet.normals[keep], sheet.uv[keep], sheet.material[keep])
