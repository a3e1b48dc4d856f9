"""Lorry wheels, turned on a lathe."""

from __future__ import annotations

from functools import cache

import numpy as np

from .material import Kind
from .mesh import Mesh, box, lathe, merge, prism


@cache
def wheel(radius: float, width: float, side: float, hub: float = 0.0, tread: int = 56, rim: int = Kind.RIM) -> Mesh:
    """Centred on its axle; `side` +1 shows its face to the left (y > 0).

    `hub`: metres the hub stands out (front axle) or, negative, lies in (rear).
    """
    r, w = radius, width / 2
    bead = r * 0.60
    tyre = [(bead, w * 0.80), (bead * 1.03, w * 0.96), (r * 0.80, w * 1.04), (r * 0.93, w * 0.98), (r * 0.985, w * 0.86)]
    grooves = []
    for y in np.linspace(0.62, -0.62, 5):
        grooves += [(r, w * (y + 0.1)), (r * 0.972, w * (y + 0.06)), (r * 0.972, w * (y - 0.06)), (r, w * (y - 0.1))]
    body = lathe([*tyre, *grooves, *[(a, -b) for a, b in reversed(tyre)]], Kind.TYRE, tread)
    face = w * 0.80
    dish = face * 0.30 if hub >= 0 else -face * 0.35
    profile = [
        (0.0, dish + hub * 0.9),
        (bead * 0.26, dish + hub * 0.9),
        (bead * 0.34, dish + hub * 0.7),
        (bead * 0.36, dish),
        (bead * 0.70, dish),
    ]
    profile += [
        (bead * 0.78, dish - 0.02),
        (bead * 0.86, face * 0.55),
        (bead * 0.9, face * 0.95),
        (bead * 1.03, face * 1.02),
        (bead * 1.04, face * 0.9),
    ]
    disc = lathe(profile[::-1], rim, 40)
    back = lathe([(bead * 1.02, -face), (0.0, -face)], Kind.STEEL, 24)
    parts = [body, disc.moved(scale=(1, 1, 1)), back]
    for angle in np.linspace(0, 2 * np.pi, 10, endpoint=False):
        nut = box((np.cos(angle) * bead * 0.52, dish + 0.012, np.sin(angle) * bead * 0.52), (0.03, 0.03, 0.03), Kind.STEEL)
        parts.append(nut)
    for angle in np.linspace(0.3, 2 * np.pi + 0.3, 8, endpoint=False):
        hole = prism(
            [(np.cos(t) * 0.032, np.sin(t) * 0.032) for t in np.linspace(0, 2 * np.pi, 12, endpoint=False)],
            -0.003,
            0.004,
            Kind.DARK,
        )
        hole = hole.mapped(lambda p: np.stack([p[:, 0], p[:, 2], -p[:, 1]], 1))
        parts.append(
            hole.moved((np.cos(angle) * bead * 0.82, face * 0.36 if hub >= 0 else face * 0.2, np.sin(angle) * bead * 0.82))
        )
    whole = merge(parts)
    return whole if side > 0 else whole.moved(scale=(1, -1, 1))


def pair(radius: float, width: float, track: float, x: float, hub: float = 0.0, dual: bool = False) -> Mesh:
    """Both ends of an axle at `x`, its tyres standing on z = 0; `track` is the overall width."""
    parts = []
    for side in (1.0, -1.0):
        outer = wheel(radius, width, side, hub).moved((x, side * (track - width) / 2, radius))
        parts.append(outer)
        if dual:
            parts.append(wheel(radius, width, side, hub).moved((x, side * ((track - width) / 2 - width * 1.12), radius)))
    parts.append(box((x, 0, radius), (0.14, track - 0.5, 0.14), Kind.STEEL))
    return merge(parts)


def mudguard(
    x: float, z: float, radius: float, width: float, y: float, start: float, stop: float, material: int = Kind.PLASTIC
) -> Mesh:
    """A bent sheet about an axle at (x, z); angles in degrees, 90 is up."""
    from .mesh import grid

    angles = np.radians(np.linspace(start, stop, 22))
    section = [(radius, width / 2), (radius + 0.025, width / 2), (radius + 0.025, -width / 2), (radius, -width / 2)]
    rows = [[(x + r * np.cos(a), y + w, z + r * np.sin(a)) for r, w in section] for a in angles]
    return grid(np.array(rows)[::-1], material, wrap=True)
