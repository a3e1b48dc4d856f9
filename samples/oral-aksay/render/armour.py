"""An eight-wheeled armoured carrier of no nation: no marking, no number. It stands on z = 0 about the origin, facing +x."""

from __future__ import annotations

from functools import cache

import numpy as np

from .cloth import Lump, tarpaulin
from .material import Kind
from .mesh import Mesh, box, grid, lathe, merge, polygon, prism, shaded, tube
from .wheel import wheel

BED = Lump((0, 0, -0.1), (4.4, 1.36, 0.1), 0.03)  # the trailer's deck under all of it
AXLES = (2.45, 1.1, -0.75, -2.1)
# Stations along the hull: x, then half widths and heights of belly, waist, shoulder, roof.
STATIONS = (
    (3.80, 0.55, 0.98, 1.00, 1.12, 0.98, 1.20, 0.60, 1.22),
    (3.35, 0.80, 0.62, 1.25, 1.16, 1.18, 1.42, 0.85, 1.52),
    (2.30, 0.88, 0.48, 1.40, 1.20, 1.30, 1.66, 0.98, 1.92),
    (1.60, 0.90, 0.46, 1.43, 1.22, 1.33, 1.72, 1.02, 2.06),
    (-2.60, 0.90, 0.46, 1.43, 1.22, 1.33, 1.72, 1.02, 2.06),
    (-3.45, 0.86, 0.62, 1.36, 1.20, 1.26, 1.62, 0.98, 1.92),
    (-3.75, 0.80, 0.95, 1.26, 1.20, 1.18, 1.50, 0.92, 1.66),
)


def _hull() -> Mesh:
    rings = []
    for x, *pairs in STATIONS:
        half = list(zip(pairs[::2], pairs[1::2], strict=True))
        ring = [(x, -w, z) for w, z in half] + [(x, w, z) for w, z in reversed(half)]
        rings.append(ring)
    skin = np.array(rings)
    return merge([grid(skin, Kind.ARMOUR, wrap=True), polygon(skin[0][::-1], Kind.ARMOUR), polygon(skin[-1], Kind.ARMOUR)])


def _disc(centre: tuple[float, float, float], radius: float, height: float, material: int) -> Mesh:
    ring = [(np.cos(t) * radius, np.sin(t) * radius) for t in np.linspace(0, 2 * np.pi, 28, endpoint=False)]
    return prism(ring, 0, height, material, min(0.02, height / 3)).moved(centre)


@cache
def carrier() -> Mesh:
    parts = [_hull()]
    for x in AXLES:
        for s in (1.0, -1.0):
            parts.append(wheel(0.56, 0.36, s, hub=0.03, tread=64, rim=Kind.ARMOUR).moved((x, s * 1.24, 0.56)))
            parts.append(box((x, s * 0.95, 0.58), (0.9, 0.3, 0.75), Kind.DARK))
    turret = lathe([(0.0, 0.46), (0.42, 0.44), (0.52, 0.36), (0.74, 0.0)], Kind.ARMOUR, 32)
    parts.append(turret.mapped(lambda p: np.stack([p[:, 0], -p[:, 2], p[:, 1]], 1)).moved((0.35, 0, 2.04)))
    parts.append(tube([(0.8, 0, 2.28), (1.25, 0, 2.30)], 0.07, Kind.ARMOUR_DARK, 12))
    parts.append(tube([(1.2, 0, 2.30), (2.55, 0, 2.36)], 0.035, Kind.ARMOUR_DARK, 12))
    parts.append(box((0.55, 0.42, 2.46), (0.34, 0.22, 0.18), Kind.ARMOUR_DARK, 0.03))
    parts += [_disc((1.75, s * 0.48, 2.05), 0.30, 0.06, Kind.ARMOUR) for s in (1, -1)]
    parts += [_disc((-1.3, s * 0.5, 2.06), 0.34, 0.05, Kind.ARMOUR) for s in (1, -1)]
    for s in (1, -1):
        parts.append(box((2.52, s * 0.46, 1.80), (0.05, 0.50, 0.14), Kind.GLASS, 0.01))
        parts.append(box((3.42, s * 0.92, 1.50), (0.16, 0.17, 0.17), Kind.LAMP, 0.05))
        parts.append(
            tube(
                [(3.30, s * 1.06, 1.42), (3.60, s * 1.06, 1.62), (3.60, s * 0.76, 1.64), (3.32, s * 0.76, 1.50)],
                0.014,
                Kind.ARMOUR_DARK,
                6,
            )
        )
        parts.append(box((-3.0, s * 1.14, 1.84), (1.0, 0.26, 0.24), Kind.ARMOUR_DARK, 0.04))
        door = box((-0.3, s * 1.40, 1.34), (0.55, 0.05, 0.75), Kind.ARMOUR, 0.01)
        inward = np.array([0, -s * 0.16, 0]) * np.clip(door.points[:, 2:] - 1.3, 0, 1)
        parts.append(shaded(door.points + inward, door.faces, door.material, door.uv))
        for x in (1.6, 0.5, -1.2, -1.9):
            parts.append(box((x, s * 1.385, 1.48), (0.12, 0.05, 0.12), Kind.ARMOUR_DARK, 0.02))
        parts.append(tube([(1.2, s * 1.36, 1.62), (-1.0, s * 1.36, 1.62)], 0.022, Kind.STEEL, 6))
        parts.append(tube([(3.78, s * 0.5, 1.0), (3.95, s * 0.5, 0.95), (3.78, s * 0.5, 0.9)], 0.03, Kind.STEEL, 8))
        parts.append(_disc((-2.2, s * 0.55, 1.985), 0.26, 0.03, Kind.ARMOUR_DARK))
        parts += _stern(s)
    parts.append(tube([(-3.1, 0.7, 2.0), (-3.2, 0.72, 3.4)], 0.008, Kind.ARMOUR_DARK, 5))
    parts.append(box((3.2, 0, 1.60), (0.9, 1.7, 0.05), Kind.ARMOUR, 0.01).mapped(lambda p: p - [0, 0, 0.44] * (p[:, :1] - 2.75)))
    return merge(parts)


def _stern(s: int) -> list[Mesh]:
    """The back: louvres, lamps, tow hooks, exhaust, a jerrycan."""
    parts = [box((-3.70, s * 0.42, 1.32), (0.08, 0.62, 0.30), Kind.ARMOUR, 0.02)]
    parts += [box((-3.75, s * 0.42, 1.22 + 0.05 * k), (0.04, 0.56, 0.018), Kind.ARMOUR_DARK) for k in range(5)]
    parts.append(box((-3.70, s * 1.08, 1.34), (0.10, 0.12, 0.20), Kind.ARMOUR_DARK, 0.02))
    parts.append(box((-3.76, s * 1.08, 1.38), (0.03, 0.09, 0.07), Kind.RED_LAMP, 0.01))
    parts.append(
        tube(
            [(-3.66, s * 0.62, 0.98), (-3.90, s * 0.62, 0.95), (-3.90, s * 0.62, 0.86), (-3.68, s * 0.62, 0.84)],
            0.03,
            Kind.STEEL,
            8,
        )
    )
    parts.append(tube([(-2.5, s * 1.22, 1.78), (-3.4, s * 1.20, 1.72), (-3.72, s * 1.16, 1.66)], 0.085, Kind.STEEL, 12))
    parts.append(box((-3.66, s * 0.86, 1.62), (0.20, 0.34, 0.44), Kind.ARMOUR, 0.04))
    return parts


def chained(load: Mesh, front: float, back: float, high: float, half: float) -> Mesh:
    """The load with four lashing chains to a deck at z = 0; `front` and `back` are where they leave the hull."""
    parts = [load]
    for s in (1.0, -1.0):
        for x, out in ((front, 0.9), (back, -0.9)):
            t = np.linspace(0, 1, 25)[:, None]
            path = np.array([x, s * half * 0.45, high]) * (1 - t) + np.array([x + out, s * half, 0.02]) * t
            wobble = np.column_stack([0 * t, 0.012 * np.where(np.arange(25) % 2, 1, -1)[:, None], 0 * t])
            parts.append(tube(path + wobble, 0.016, Kind.STEEL, 5))
    return merge(parts)


def covered(seed: int, kind: int = Kind.CANVAS) -> Mesh:
    """The carrier under a tarpaulin whose hem leaves the wheels in sight."""
    hull = [
        Lump((0, 0, 1.25), (3.6, 1.36, 0.42), 0.15),
        Lump((-0.5, 0, 1.72), (2.5, 1.2, 0.34), 0.12),
        Lump((0.35, 0, 2.25), (0.66, 0.66, 0.30), 0.15),
        Lump((1.6, 0, 2.33), (1.05, 0.05, 0.05), 0.04),
        Lump((-3.0, 0, 1.84), (0.5, 1.2, 0.16), 0.05),
        *(Lump((x, s * 1.22, 0.60), (0.50, 0.22, 0.50), 0.2) for x in AXLES for s in (1, -1)),
        BED,
    ]
    cloth = tarpaulin(hull, (8.8, 5.5), 3.1, -2.0, seed, kind=kind)
    wheels = [wheel(0.56, 0.36, s, hub=0.03, rim=Kind.ARMOUR).moved((x, s * 1.22, 0.56)) for x in AXLES for s in (1.0, -1.0)]
    return merge([cloth, *wheels, box((0, 0, 0.8), (6.8, 2.0, 0.6), Kind.DARK)])


def crate(seed: int) -> Mesh:
    """Something tall and boxy under canvas: an army lorry's body, say."""
    lumps = [
        Lump((-0.9, 0, 1.65), (2.5, 1.2, 1.0), 0.08),
        Lump((2.3, 0, 1.45), (0.95, 1.15, 0.75), 0.12),
        BED,
    ]
    cloth = tarpaulin(lumps, (9.0, 6.2), 3.4, -2.0, seed, ropes=6, kind=Kind.CANVAS_2)
    wheels = [
        wheel(0.55, 0.34, s, hub=0.04, rim=Kind.ARMOUR).moved((x, s * 1.0, 0.55)) for x in (2.3, -1.2, -2.5) for s in (1.0, -1.0)
    ]
    return merge([cloth, *wheels, box((-0.2, 0, 0.85), (6.2, 0.9, 0.5), Kind.STEEL)])
