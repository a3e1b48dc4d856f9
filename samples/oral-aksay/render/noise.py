"""Seamless noise: tiles made once from a seed, sampled anywhere in the plane."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float32] | npt.NDArray[np.float64]
SIDE = 1024
ROW = 4096
TILES = 3  # of each spectrum; further seeds look at another place of these


@cache
def tile(seed: int, slope: float = 0.0, low: float = 4.0) -> Floats:
    """A periodic tile with mean 0, deviation 1; spectrum flat up to `low` cycles, then falling as frequency^-slope."""
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft2(rng.standard_normal((SIDE, SIDE)))
    fy = np.fft.fftfreq(SIDE)[:, None] * SIDE
    fx = np.fft.rfftfreq(SIDE)[None] * SIDE
    frequency = np.hypot(fx, fy)
    spectrum *= np.maximum(frequency, low) ** -slope
    spectrum[frequency > SIDE * 0.4] = 0
    spectrum[0, 0] = 0
    field = np.fft.irfft2(spectrum, (SIDE, SIDE))
    return np.asarray(field / field.std(), np.float32)


@cache
def _pyramid(seed: int, slope: float, low: float) -> tuple[Floats, ...]:
    levels = [tile(seed, slope, low)]
    while levels[-1].shape[0] > 4:
        levels.append(np.asarray(cv2.resize(levels[-1], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.float32))
    return tuple(levels)


def sample(
    x: Numbers, y: Numbers, scale: float, seed: int, slope: float = 1.6, footprint: Numbers | float = 0.0, low: float = 4.0
) -> Floats:
    """Noise at (x, y) in metres where one tile spans `scale` metres; `footprint` metres a pixel covers fades what is finer."""
    shape = np.broadcast_shapes(np.shape(x), np.shape(y))
    rows = max(1, shape[0]) if len(shape) > 1 else 1
    u = np.broadcast_to(x, shape).reshape(rows, -1).astype(np.float64) / scale
    v = np.broadcast_to(y, shape).reshape(rows, -1).astype(np.float64) / scale
    u, v = u + seed * 0.618034, v + seed * 0.414214
    u, v = u - np.floor(u), v - np.floor(v)
    levels = _pyramid(seed % TILES, slope, low)
    if np.ndim(footprint) == 0:
        depth = np.full(u.shape, float(np.log2(max(float(footprint) * SIDE / scale, 1.0))), np.float32)
    else:
        depth = np.log2(np.maximum(np.asarray(footprint).reshape(rows, -1) * SIDE / scale, 1.0)).astype(np.float32)
    depth = np.minimum(depth, len(levels) - 1.001)
    result = np.zeros(u.shape, np.float32)
    for number, level in enumerate(levels):
        weight = np.clip(1 - np.abs(depth - number), 0, 1)
        chosen = weight > 0
        if chosen.any():
            result[chosen] += weight[chosen] * _bilinear(level, u[chosen], v[chosen])
    return result.reshape(shape)


def _bilinear(level: Floats, u: npt.NDArray[np.float64], v: npt.NDArray[np.float64]) -> Floats:
    """Wrapped bilinear look-up; cv2.remap wants pictures, so the list is folded into rows."""
    side, n = level.shape[0], len(u)
    wrapped = np.pad(level, 1, mode="wrap")
    rows = -(-n // ROW)
    x, y = np.full((2, rows * ROW), 1, np.float32)
    x[:n], y[:n] = u * side + 0.5, v * side + 0.5
    return np.asarray(cv2.remap(wrapped, x.reshape(rows, ROW), y.reshape(rows, ROW), cv2.INTER_LINEAR).ravel()[:n], np.float32)
