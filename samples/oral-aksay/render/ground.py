"""Steppe and road: height and colour of the ground at any point. x runs along the road, y to its left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .material import srgb
from .noise import sample

Floats = npt.NDArray[np.float32]
LANE = 3.7
Colour = tuple[float, float, float]
PAINT = srgb(214, 214, 208)
GRAVEL = srgb(168, 156, 138)
ASPHALT = srgb(122, 120, 117)
SOIL = srgb(158, 138, 108)
SAGE = srgb(116, 116, 82)
STRAW = srgb(178, 158, 112)


@dataclass(frozen=True, slots=True)
class Land:
    """`curve` bends the road (1/metres); `apron` = (y from, y to) is a gravelled lay-by; `bank`: how far the steppe lies below."""

    straw: Colour = STRAW
    sage: Colour = SAGE
    soil: Colour = SOIL
    asphalt: Colour = ASPHALT
    gravel: Colour = GRAVEL
    paint: Colour = PAINT
    green: float = 0.35  # share of sage
    snow: float = 0.0
    wet: float = 0.0
    curve: float = 0.0
    apron: tuple[float, float] = (0.0, 0.0)
    bank: float = 0.85
    road: bool = True
    hills: float = 14.0
    seed: int = 20
    lush: float = 1.0  # height of the grass
    marked: bool = True
    bushes: int = 500


def across(land: Land, x: Floats, y: Floats) -> Floats:
    """Distance from the road's middle line, positive to the left."""
    return np.asarray(y - 0.5 * land.curve * np.square(x), np.float32)


def _paved(land: Land, s: Floats) -> Floats:
    """Metres beyond the gravel's edge (negative on road, shoulder and apron)."""
    beyond = np.abs(s) - (LANE + 1.9)
    if land.apron != (0.0, 0.0):
        beyond = np.minimum(beyond, np.maximum(land.apron[0] - s, s - land.apron[1]))
    return np.asarray(beyond, np.float32)


def height(land: Land, x: Floats, y: Floats) -> Floats:
    s = across(land, x, y)
    beyond = _paved(land, s)
    slope = np.clip(beyond / 4.0, 0, 1)
    drop = land.bank * slope * slope * (3 - 2 * slope)
    crown = 0.012 * np.clip(LANE - np.abs(s), 0, LANE)
    wild = np.clip(beyond / 12, 0, 1)
    rough = 0.10 * sample(x, y, 90, land.seed, 1.9) + 0.035 * sample(x, y, 18, land.seed + 1, 1.6)
    far = np.clip((np.hypot(x, y) - 250) / 2200, 0, 1)
    roll = sample(x, y, 14000, land.seed + 2, 2.2) * land.hills * far
    return np.asarray(crown - drop + wild * rough + roll, np.float32)


def wildness(land: Land, x: Floats, y: Floats, footprint: Floats | float = 0.0) -> Floats:
    """0 on road and gravel, 1 on the steppe; the edge is ragged."""
    if not land.road:
        return np.ones(np.broadcast_shapes(np.shape(x), np.shape(y)), np.float32)
    ragged = 0.38 * sample(x, y, 9, land.seed + 3, 1.2, footprint)
    return np.asarray(np.clip((_paved(land, across(land, x, y)) + ragged) / 0.7 + 0.5, 0, 1), np.float32)


def colour(land: Land, x: Floats, y: Floats, footprint: Floats, sun_xy: npt.NDArray[np.float64]) -> tuple[Floats, Floats]:
    """Linear colour (n, 3) and gloss (n,) of the ground; bumps are drawn by how they turn to the sun."""
    steppe = _steppe(land, x, y, footprint, sun_xy)
    if not land.road:
        return steppe, np.zeros(len(x), np.float32)
    s = across(land, x, y)
    wild = wildness(land, x, y, footprint)[:, None]
    gravel = _gravel(land, x, y, footprint, sun_xy)
    asphalt, gloss = _asphalt(land, x, s, footprint)
    edge = np.clip((np.abs(s) - LANE + 0.10 * sample(x, s, 6, land.seed + 4, 1.0, footprint)) / np.maximum(0.10, footprint), 0, 1)[
        :, None
    ]
    road = asphalt * (1 - edge) + gravel * edge
    gloss = np.asarray(gloss * (1 - edge[:, 0]) * (1 - wild[:, 0]), np.float32)
    return np.asarray(road * (1 - wild) + steppe * wild, np.float32), gloss


def _relief(
    x: Floats, y: Floats, scale: float, seed: int, slope: float, footprint: Floats, sun_xy: npt.NDArray[np.float64]
) -> Floats:
    step = scale / 500
    here = sample(x, y, scale, seed, slope, footprint)
    return here - sample(x + sun_xy[0] * step, y + sun_xy[1] * step, scale, seed, slope, footprint)


def _steppe(land: Land, x: Floats, y: Floats, footprint: Floats, sun_xy: npt.NDArray[np.float64]) -> Floats:
    patch = sample(x, y, 260, land.seed + 5, 1.5, footprint) + 0.6 * sample(x, y, 40, land.seed + 6, 1.2, footprint)
    tuft = sample(x, y, 7, land.seed + 7, 0.9, footprint, low=20)
    fine = sample(x, y, 1.1, land.seed + 8, 0.5, footprint, low=30)
    sage = np.clip(0.5 + 0.55 * (patch + 0.5 * tuft + (land.green - 0.5) * 3), 0, 1)[:, None]
    bare = np.clip(0.55 * (-tuft - 0.25 * patch - 0.55), 0, 1)[:, None]
    out = np.asarray(land.straw, np.float32) * (1 - sage) + np.asarray(land.sage, np.float32) * sage
    out = out * (1 - bare) + np.asarray(land.soil, np.float32) * bare
    relief = _relief(x, y, 5, land.seed + 9, 1.2, footprint, sun_xy)
    out = out * np.clip(0.86 + 0.20 * tuft + 0.22 * fine + 1.3 * relief, 0.25, 1.6)[:, None]
    if land.snow > 0:
        cover = np.clip((land.snow * 3 - 1 + 0.5 * patch - 0.35 * tuft - 0.25 * fine) * 1.4, 0, 1)[:, None]
        white = np.array([0.80, 0.83, 0.88], np.float32) * np.clip(0.95 + 0.05 * tuft + 0.8 * relief, 0.6, 1.1)[:, None]
        out = out * (1 - cover) + white * cover
    return np.asarray(out, np.float32)


def _gravel(land: Land, x: Floats, y: Floats, footprint: Floats, sun_xy: npt.NDArray[np.float64]) -> Floats:
    broad = sample(x, y, 22, land.seed + 10, 1.3, footprint)
    stones = sample(x, y, 1.4, land.seed + 11, 0.25, footprint, low=60)
    relief = _relief(x, y, 2.2, land.seed + 12, 0.8, footprint, sun_xy)
    tracks = sample(x * 0.04, y, 3.2, land.seed + 13, 1.2, footprint)
    out = (
        np.asarray(land.gravel, np.float32)
        * np.clip(0.9 + 0.10 * broad + 0.17 * stones + 0.9 * relief + 0.08 * tracks, 0.3, 1.5)[:, None]
    )
    if land.snow > 0:
        cover = np.clip(land.snow * 2.0 - 0.7 + 0.4 * broad + 0.2 * tracks, 0, 1)[:, None]
        out = out * (1 - cover) + np.array([0.66, 0.69, 0.74], np.float32) * cover
    return np.asarray(out, np.float32)


def _asphalt(land: Land, x: Floats, s: Floats, footprint: Floats) -> tuple[Floats, Floats]:
    lane = np.abs(np.abs(s) - LANE / 2)
    tracks = np.exp(-np.square((lane - 0.95) / 0.35))
    oil = np.exp(-np.square(lane / 0.45))
    grain = sample(x, s, 0.9, land.seed + 14, 0.2, footprint, low=80)
    cloud = sample(x * 0.5, s, 30, land.seed + 15, 1.4, footprint)
    crack = np.abs(sample(x, s, 24, land.seed + 16, 1.15, footprint))
    width = 0.02 + footprint * 0.3
    cracks = np.clip(1 - crack / width, 0, 1) * np.clip(0.03 / (footprint + 0.03), 0, 1) * np.clip(cloud + 0.6, 0, 1)
    stones = sample(x, s, 0.35, land.seed + 18, 0.0, footprint, low=100)
    mended = np.clip((sample(x, s * 2, 60, land.seed + 19, 1.6, footprint) - 1.25) * 12, 0, 1)
    shade = 1 + 0.07 * cloud + 0.16 * grain + 0.16 * stones - 0.07 * tracks - 0.12 * oil - 0.55 * cracks - 0.28 * mended
    out = np.asarray(land.asphalt, np.float32) * np.clip(shade, 0.2, 1.5)[:, None]
    dust = np.clip((np.abs(s) - 2.9) / 1.2 + 0.2 * cloud, 0, 0.75)[:, None]
    out = out * (1 - dust) + np.asarray(land.gravel, np.float32) * 0.85 * dust
    if land.marked:
        wear = np.clip(0.92 + 0.30 * cloud + 0.30 * sample(x, s, 2.0, land.seed + 17, 0.7, footprint), 0.1, 1)
        soft = np.maximum(footprint, 0.012)
        dash = np.clip((1.5 - np.abs(np.mod(x, 12) - 6)) / soft + 0.5, 0, 1)
        line = np.clip((0.055 - np.abs(s)) / soft + 0.5, 0, 1) * dash
        line = np.maximum(line, np.clip((0.05 - np.abs(np.abs(s) - 3.35)) / soft + 0.5, 0, 1))
        line = np.minimum(line, np.clip(0.11 / soft, 0, 1)) * wear * 0.85
        out = out * (1 - line[:, None]) + np.asarray(land.paint, np.float32) * line[:, None]
    if land.snow > 0:
        cover = np.clip(land.snow * (0.55 + 0.6 * dust[:, 0] - 0.8 * tracks + 0.35 * cloud), 0, 0.9)[:, None]
        out = out * (1 - cover) + np.array([0.62, 0.65, 0.70], np.float32) * cover
    gloss = land.wet * np.clip(0.7 + 0.25 * cloud + 0.4 * tracks, 0.4, 1.5)
    out = out * (1 - 0.45 * np.clip(land.wet, 0, 1))
    return np.asarray(out, np.float32), np.asarray(gloss * np.ones(len(x)), np.float32)
