"""The light of a day: sun, sky, clouds and the haze in between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import noise

Floats = npt.NDArray[np.float32]
Array = npt.NDArray[np.float64]
CLOUD_BASE = 1.9  # kilometres


@dataclass(frozen=True, slots=True)
class Day:
    """`sun` points to it. Colours are linear light; `cover` 0..1 is how much of the sky clouds take; `haze` per kilometre."""

    sun: Array
    sunlight: tuple[float, float, float] = (3.3, 3.0, 2.55)
    zenith: tuple[float, float, float] = (0.125, 0.27, 0.60)
    horizon: tuple[float, float, float] = (0.62, 0.73, 0.84)
    cover: float = 0.35
    haze: float = 0.10
    seed: int = 1
    cloud: tuple[float, float, float] = (1.25, 1.22, 1.18)
    cloud_shade: tuple[float, float, float] = (0.62, 0.66, 0.72)
    streak: float = 1.6  # how far wind draws the clouds out


def clear(day: Day, ray: Floats) -> Floats:
    """Sky radiance without clouds along unit rays (…, 3)."""
    up = np.clip(ray[..., 2], 0, 1)
    blend = (1 - np.exp(-up * 3.6))[..., None].astype(np.float32)
    colour = np.asarray(day.horizon, np.float32) * (1 - blend) + np.asarray(day.zenith, np.float32) * blend
    facing = np.clip(ray @ day.sun.astype(np.float32), 0, 1)
    glow = 0.22 * facing**6 + 0.5 * facing**60
    return np.asarray(colour + glow[..., None] * np.asarray(day.sunlight, np.float32) * 0.25, np.float32)


def with_clouds(day: Day, ray: Floats, pixel: float) -> Floats:
    """Sky radiance for camera rays; `pixel` is the angle a pixel covers."""
    colour = clear(day, ray)
    if day.cover <= 0:
        return colour
    up = np.maximum(ray[..., 2], 0.004)
    x, y = ray[..., 0] / up * CLOUD_BASE, ray[..., 1] / up * CLOUD_BASE
    footprint = pixel * CLOUD_BASE / up**2 * 0.6
    density = _density(day, x, y, footprint)
    toward = day.sun[:2] / max(float(day.sun[2]), 0.2)
    shade = np.clip((_density(day, x + toward[0] * 0.35, y + toward[1] * 0.35, footprint) - density) * 0.8 + density * 0.9, 0, 1)
    bright, dark = np.asarray(day.cloud, np.float32), np.asarray(day.cloud_shade, np.float32)
    cloud = bright + (dark - bright) * shade[..., None]
    distance = CLOUD_BASE / up
    far = np.exp(-distance / 28)[..., None]
    cloud = cloud * far + np.asarray(day.horizon, np.float32) * 1.05 * (1 - far)
    alpha = np.clip(1 - np.exp(-density * 3.2), 0, 1)[..., None] * np.clip(up[..., None] * 22, 0, 1)
    return np.asarray(colour * (1 - alpha) + cloud * alpha, np.float32)


def _density(day: Day, x: noise.Numbers, y: noise.Numbers, footprint: noise.Numbers) -> Floats:
    broad = noise.sample(x / day.streak, y, 26.0, day.seed, 1.9, footprint, low=5.0)
    fine = noise.sample(x / day.streak + 3, y, 9.0, day.seed + 1, 1.75, footprint, low=5.0)
    level = 1.5 - 2.6 * day.cover
    return np.asarray(np.clip((broad + 0.55 * fine - level) * 0.55, 0, 2), np.float32)


def haze_colour(day: Day, ray: Floats) -> Floats:
    flat = np.array(ray, np.float32)
    flat[..., 2] = np.clip(flat[..., 2], 0.015, 0.08)
    return clear(day, flat)
