"""A cab-over road tractor of no make. Its bumper is at x = 0, its tyres stand on z = 0."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from .material import PLATE, Kind
from .mesh import Mesh, box, extrude, grid, lathe, merge, pebble, polygon, prism, tube
from .shell import Shell
from .wheel import mudguard, pair

Array = npt.NDArray[np.float64]
FLOOR, BELT, SILL, TOP = 1.02, 1.86, 1.74, 2.72  # heights of the cab's lines
BACK = -2.28


def _front(z: Array) -> Array:
    return np.interp(z, [0.3, 0.5, 1.0, 1.7, 2.0, 2.75, 3.05, 3.35], [-0.03, 0.0, 0.0, -0.03, -0.07, -0.27, -0.40, -0.62])


def _half(z: Array) -> Array:
    return np.interp(z, [0.3, 0.5, 1.6, 2.6, 3.05, 3.35], [1.23, 1.245, 1.24, 1.19, 1.14, 1.06])


CAB = Shell(_front, _half, 0.24, 0.07)
BUMPER = Shell(lambda z: _front(z) + 0.035, lambda z: _half(z) + 0.012, 0.26, 0.08)


def cab() -> Mesh:
    end = 3.35
    u = np.concatenate([-np.linspace(end, 1.4, 22), np.linspace(-1.4, 1.4, 61)[1:-1], np.linspace(1.4, end, 22)])
    z = np.concatenate([np.linspace(FLOOR, 3.05, 26), np.linspace(3.1, 3.35, 8)])
    points = CAB.at(*np.meshgrid(u, z))
    points[..., 0] = np.maximum(points[..., 0], BACK)
    parts = [grid(points, Kind.PAINT)]
    rim = points[-1]
    middle = rim.mean(0) + np.array([0, 0, 0.06])
    parts.append(
        grid(
            np.stack(
                [
                    rim,
                    rim * 0.7 + middle * 0.3 + [0, 0, 0.035],
                    rim * 0.3 + middle * 0.7 + [0, 0, 0.05],
                    np.broadcast_to(middle, rim.shape),
                ]
            ),
            Kind.PAINT,
        )
    )
    parts.append(grid(np.stack([points[:, -1], points[:, 0]], 1), Kind.PAINT))
    parts.append(box((-1.2, 0, FLOOR + 0.02), (2.1, 2.3, 0.06), Kind.STEEL))
    return merge([*parts, *_face(), *_sides(), *_roof()])


def _face() -> list[Mesh]:
    """Windscreen, wipers, grille, sun visor."""
    c = CAB
    parts = [
        c.patch([(-1.22, 1.84), (1.22, 1.84), (1.16, 2.70), (-1.16, 2.70)], Kind.RUBBER, 0.004, 0.10, 20, 40),
        c.patch([(-1.19, 1.87), (1.19, 1.87), (1.13, 2.67), (-1.13, 2.67)], Kind.GLASS, 0.007, 0.09, 24, 48),
        c.patch([(-1.12, 1.885), (1.12, 1.885), (1.10, 1.97), (-1.10, 1.97)], Kind.CABIN, 0.009, 0.03, 8, 24),
        c.patch([(-1.10, 2.545), (1.10, 2.545), (1.08, 2.655), (-1.08, 2.655)], Kind.BLIND, 0.009, 0.02, 8, 24),
        c.patch([(-0.92, 1.95), (-0.36, 1.95), (-0.40, 2.34), (-0.88, 2.34)], Kind.CABIN, 0.0085, 0.10, 12, 10),
        c.patch([(-0.76, 2.32), (-0.52, 2.32), (-0.53, 2.47), (-0.75, 2.47)], Kind.CABIN, 0.0085, 0.05, 8, 6),
        c.patch([(0.36, 1.95), (0.92, 1.95), (0.88, 2.34), (0.40, 2.34)], Kind.CABIN, 0.0085, 0.10, 12, 10),
        c.patch([(0.52, 2.32), (0.76, 2.32), (0.75, 2.47), (0.53, 2.47)], Kind.CABIN, 0.0085, 0.05, 8, 6),
        c.patch([(-0.30, 1.90), (-0.06, 1.90), (-0.06, 2.00), (-0.30, 2.00)], Kind.BLIND, 0.010, 0.01, 4, 4),
        c.patch([(-1.04, 1.06), (1.04, 1.06), (1.10, 1.70), (-1.10, 1.70)], Kind.PLASTIC, 0.006, 0.08, 14, 30),
    ]
    for s in (1, -1):
        strip = [(s * 1.17, 1.08), (s * 1.36, 1.08), (s * 1.34, 1.80), (s * 1.19, 1.80)]
        parts.append(c.patch(strip, Kind.PLASTIC, 0.022, 0.05, 12, 8))
        parts.append(
            c.patch([(s * 0.50, 2.90), (s * 0.72, 2.90), (s * 0.71, 2.935), (s * 0.51, 2.935)], Kind.DARK, 0.004, 0.015, 5, 5)
        )
    parts += [c.seam((-1.15, 2.80), (1.15, 2.80), Kind.DARK), c.seam((-1.2, 1.765), (1.2, 1.765), Kind.DARK, 0.01)]
    for k, z in enumerate(np.linspace(1.13, 1.56, 5)):
        wide = 0.98 + 0.012 * k
        parts.append(c.patch([(-wide, z), (wide, z), (wide, z + 0.055), (-wide, z + 0.055)], Kind.DARK, 0.009, 0.02, 6, 26))
        parts.append(_slat(wide, z + 0.058))
    parts.append(c.patch([(-0.30, 1.615), (0.30, 1.615), (0.30, 1.665), (-0.30, 1.665)], Kind.CHROME, 0.014, 0.02, 6, 10))
    for y0, y1 in ((-0.95, -0.15), (-0.1, 0.7)):
        t = np.linspace(0, 1, 9)
        blade, height = y0 + (y1 - y0) * t, 1.83 + 0.10 * t
        parts.append(tube(c.at(blade, height) + 0.03 * c.normal(blade, height), 0.010, Kind.RUBBER, 6))
    u = np.linspace(-1.12, 1.12, 25)
    lower = c.at(u, np.full(25, 2.62)) + np.array([0.24, 0, 0.0])
    upper = c.at(u, np.full(25, 2.80)) + np.array([0.03, 0, 0.0])
    visor = np.stack([lower, upper, upper + np.array([0, 0, 0.02]), lower + np.array([0.01, 0, 0.015])])
    parts.append(grid(visor, Kind.PLASTIC))
    parts.append(grid(visor[::-1], Kind.PLASTIC))
    return parts


def _slat(wide: float, z: float) -> Mesh:
    u = np.linspace(-wide, wide, 25)
    edge = CAB.at(u, np.full(25, z))
    out = CAB.normal(u, np.full(25, z))
    return grid(
        np.stack(
            [
                edge + 0.004 * out,
                edge + 0.035 * out - [0, 0, 0.006],
                edge + 0.035 * out + [0, 0, 0.010],
                edge + 0.004 * out + [0, 0, 0.016],
            ]
        ),
        Kind.PLASTIC,
    )


def _sides() -> list[Mesh]:
    """Doors: windows, seams, handles; and the mirrors."""
    c = CAB
    parts: list[Mesh] = []
    near, far = c.u_of_side(-0.42, 1.8), c.u_of_side(-1.50, 1.8)
    for s in (1, -1):

        def flip(points: list[tuple[float, float]], s: int = s) -> list[tuple[float, float]]:
            return [(s * a, b) for a, b in points]

        glass = flip([(near + 0.02, 1.72), (far - 0.08, 1.92), (far - 0.08, 2.62), (near + 0.20, 2.62)])
        parts.append(
            c.patch(
                flip([(near - 0.03, 1.67), (far - 0.05, 1.88), (far - 0.05, 2.66), (near + 0.17, 2.66)]),
                Kind.RUBBER,
                0.003,
                0.06,
                14,
                14,
            )
        )
        parts.append(c.patch(glass, Kind.GLASS, 0.006, 0.05, 14, 14))
        corners = [(near - 0.14, 1.06), (near - 0.10, 1.66), (near + 0.12, 2.72), (far, 2.72), (far, 1.06)]
        for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
            parts.append(c.seam((s * a[0], a[1]), (s * b[0], b[1]), Kind.DARK))
        parts.append(
            c.patch(
                flip([(far - 0.30, 1.46), (far - 0.08, 1.46), (far - 0.08, 1.52), (far - 0.30, 1.52)]),
                Kind.RUBBER,
                0.025,
                0.02,
                6,
                6,
            )
        )
        window = [(far + 0.16, 1.98), (far + 0.52, 1.98), (far + 0.52, 2.50), (far + 0.16, 2.50)]
        parts.append(c.patch(flip(window), Kind.GLASS, 0.004, 0.06, 10, 10))
        parts.append(
            c.patch(
                flip([(near - 0.10, 1.44), (near + 0.03, 1.44), (near + 0.03, 1.54), (near - 0.10, 1.54)]),
                Kind.AMBER,
                0.02,
                0.03,
                6,
                6,
            )
        )
        parts += _mirrors(s)
    return parts


def _mirrors(s: int) -> list[Mesh]:
    arm = [
        (-0.20, s * 1.18, 2.62),
        (-0.02, s * 1.40, 2.60),
        (0.0, s * 1.46, 2.20),
        (-0.04, s * 1.42, 1.80),
        (-0.24, s * 1.22, 1.78),
    ]
    return [
        tube(arm, 0.017, Kind.RUBBER, 8),
        pebble((-0.03, s * 1.45, 2.30), (0.15, 0.24, 0.44), Kind.RUBBER),
        pebble((-0.03, s * 1.45, 1.95), (0.14, 0.23, 0.20), Kind.RUBBER),
        polygon(
            [
                (-0.103, s * 1.45 + 0.08, 2.12),
                (-0.103, s * 1.45 - 0.08, 2.12),
                (-0.103, s * 1.45 - 0.08, 2.48),
                (-0.103, s * 1.45 + 0.08, 2.48),
            ],
            Kind.CHROME,
        ),
    ]


def _roof() -> list[Mesh]:
    lamps = [box((-0.52, y, 3.30), (0.10, 0.14, 0.07), Kind.AMBER, 0.02) for y in (-0.85, -0.28, 0.28, 0.85)]
    deflector = extrude([(-0.85, 3.32), (-2.2, 3.32), (-2.25, 3.92), (-1.95, 3.90), (-1.45, 3.72)][::-1], 2.05, Kind.PAINT, 0.10)
    horn = tube([(-0.75, -0.5, 3.46), (-1.2, -0.5, 3.46)], 0.035, Kind.CHROME)
    beacons = [
        lathe([(0.0, 0.15), (0.05, 0.14), (0.065, 0.10), (0.065, 0.0), (0.08, -0.02)], Kind.AMBER, 16)
        .mapped(lambda p: np.stack([p[:, 0], -p[:, 2], p[:, 1]], 1))
        .moved((-0.78, y, 3.41))
        for y in (-0.72, 0.72)
    ]
    return [*lamps, *beacons, deflector, horn]


def bumper() -> Mesh:
    b = BUMPER
    u = np.concatenate([-np.linspace(1.86, 1.45, 8), np.linspace(-1.4, 1.4, 51), np.linspace(1.45, 1.86, 8)])
    outer = b.at(*np.meshgrid(u, np.array([0.32, 0.36, 0.42, 0.70, 0.98, 1.03])))
    outer[0] -= [0.05, 0, 0]
    outer[-1] -= [0.05, 0, 0]
    parts = [grid(outer, Kind.PLASTIC)]
    parts.append(b.patch([(-1.80, 0.80), (1.80, 0.80), (1.80, 0.99), (-1.80, 0.99)], Kind.PAINT, 0.006, 0.02, 8, 60))
    for s in (1, -1):
        parts.append(
            b.patch([(s * 0.72, 0.53), (s * 1.34, 0.55), (s * 1.34, 0.77), (s * 0.72, 0.78)], Kind.DARK, 0.008, 0.06, 12, 14)
        )
        for centre, wide in ((0.86, 0.11), (1.08, 0.10), (1.25, 0.07)):
            lamp = Kind.LAMP if centre < 1.2 else Kind.AMBER
            parts += _lamp(s * centre, 0.655, wide, 0.095, lamp)
        parts.append(b.patch([(s * 0.62, 0.38), (s * 0.90, 0.38), (s * 0.90, 0.47), (s * 0.62, 0.47)], Kind.LAMP, 0.01, 0.03, 8, 8))
    parts.append(b.patch([(-0.56, 0.40), (0.56, 0.40), (0.60, 0.74), (-0.60, 0.74)], Kind.DARK, 0.004, 0.05, 10, 16))
    for z in (0.45, 0.69):
        parts.append(b.patch([(-0.55, z), (0.55, z), (0.55, z + 0.02), (-0.55, z + 0.02)], Kind.PLASTIC, 0.02, 0, 4, 16))
    return merge([*parts, plate((0.052, 0, 0.585), 0)])


def _lamp(u: float, z: float, wide: float, high: float, lens: int) -> list[Mesh]:
    """A dark bezel, and a domed lens that mirrors sky above and road below, with a ring cut into it."""

    def dome(inner: float, outer: float, material: int, low: float, high_: float) -> Mesh:
        r, t = np.meshgrid(np.linspace(inner, outer, 7), np.linspace(0, 2 * np.pi, 33), indexing="ij")
        uu, zz = u + wide * r * np.cos(t), z + high * r * np.sin(t)
        lift = low + (high_ - low) * (1 - ((r - inner) / (outer - inner)) ** 2)
        return grid(BUMPER.at(uu, zz) + lift[..., None] * BUMPER.normal(uu, zz), material)

    parts = [dome(0.0, 1.0, Kind.RUBBER, 0.008, 0.012), dome(0.0, 0.88, lens, 0.013, 0.045)]
    if lens == Kind.AMBER:
        return parts
    return [*parts, dome(0.40, 0.50, Kind.STEEL, 0.040, 0.042), dome(0.0, 0.40, Kind.CHROME, 0.041, 0.052)]


def plate(centre: tuple[float, float, float], number: int, backward: bool = False) -> Mesh:
    """A 520 × 112 mm plate facing forward (or backward), on its holder; `number` picks the texture."""
    x, y, z = centre
    s = -1 if backward else 1
    quad = [(x, y - s * 0.26, z - 0.056), (x, y + s * 0.26, z - 0.056), (x, y + s * 0.26, z + 0.056), (x, y - s * 0.26, z + 0.056)]
    return merge([polygon(quad, PLATE + number), box((x - s * 0.014, y, z), (0.02, 0.55, 0.142), Kind.RUBBER, 0.006)])


def chassis(rear: tuple[float, ...]) -> Mesh:
    parts = [box((-3.6, y, 0.93), (6.0, 0.09, 0.28), Kind.STEEL) for y in (-0.42, 0.42)]
    parts += [pair(0.52, 0.31, 2.48, -1.42, hub=0.06)]
    for x in rear:
        parts.append(pair(0.52, 0.28, 2.48, x, hub=-0.05, dual=True))
        parts += [mudguard(x, 0.52, 0.58, 0.62, s * 0.93, 12, 168) for s in (1, -1)]
    for s in (1, -1):
        parts.append(mudguard(-1.42, 0.52, 0.60, 0.34, s * 1.07, -8, 188))
        parts.append(box((-0.62, s * 1.08, 0.74), (0.42, 0.3, 0.6), Kind.PLASTIC, 0.04))
        parts.append(box((-2.10, s * 1.06, 0.70), (0.18, 0.34, 0.66), Kind.PLASTIC, 0.03))
        parts += [box((-0.60, s * 1.20, z), (0.36, 0.1, 0.035), Kind.CHROME) for z in (0.47, 0.78)]
    parts.append(box((-2.95, 1.0, 0.72), (1.25, 0.62, 0.60), Kind.CHROME, 0.12))
    parts += [box((x, 1.0, 0.72), (0.05, 0.65, 0.63), Kind.STEEL, 0.12) for x in (-2.6, -3.3)]
    parts.append(box((-2.85, -1.0, 0.72), (0.9, 0.6, 0.58), Kind.PLASTIC, 0.06))
    parts.append(tube([(-2.42, -1.0, 0.8), (-2.42, -1.0, 2.9), (-2.50, -1.0, 3.2)], 0.075, Kind.CHROME, 14))
    parts.append(box((-2.42, -1.0, 1.9), (0.26, 0.26, 1.1), Kind.RIM, 0.08))
    parts.append(
        prism(
            [
                (np.cos(t) * 0.5 + rear[0] * 0.5 + rear[-1] * 0.5, np.sin(t) * 0.45)
                for t in np.linspace(0, 2 * np.pi, 24, endpoint=False)
            ],
            1.13,
            1.18,
            Kind.STEEL,
            0.02,
        )
    )
    back = rear[-1] - 0.8
    parts.append(box((back, 0, 0.78), (0.08, 2.3, 0.12), Kind.STEEL, 0.02))
    for s in (1, -1):
        parts.append(box((back - 0.06, s * 0.95, 0.80), (0.06, 0.36, 0.11), Kind.RED_LAMP, 0.02))
    for y, colour in ((-0.15, Kind.RED_LAMP), (0.0, Kind.RUBBER), (0.15, Kind.AMBER)):
        t = np.linspace(0, 1, 15)
        parts.append(
            tube(
                np.stack([-2.35 - 1.7 * t, y + 0 * t, 1.7 - 0.9 * np.sin(np.pi * t) * 0.6 + 0.05 * np.sin(17 * t)], 1),
                0.014,
                colour,
                6,
            )
        )
    return merge(parts)


@cache
def tractor(axles: int = 2) -> Mesh:
    rear = (-4.55, -5.92) if axles == 2 else (-4.9,)
    return merge([cab(), bumper(), chassis(rear)])
