"""A curved wall, and patches that lie on it: how cabs get their windscreens, lamps and door seams."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .mesh import Mesh, grid, rounded

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shell:
    """A wall about the z axis: `front(z)` its foremost x, `half(z)` its half width.

    `corner` is the radius of its front corners, `bow` how far the front's middle stands out.

    A point is named by (u, z): u metres along the wall from the front's middle, positive to the left (y > 0).
    """

    front: Callable[[Array], Array]
    half: Callable[[Array], Array]
    corner: float
    bow: float

    def at(self, u: Array, z: Array) -> Array:
        half = self.half(z)
        flat = half - self.corner
        turn = self.corner * np.pi / 2
        reach = np.abs(u)
        angle = np.clip((reach - flat) / self.corner, 0, np.pi / 2)
        y = np.where(reach < flat, reach, flat + self.corner * np.sin(angle))
        back = np.where(reach < flat, 0, self.corner * (1 - np.cos(angle))) + np.maximum(reach - flat - turn, 0)
        x = self.front(z) - back - self.bow * (y / half) ** 2
        return np.stack([x, y * np.sign(u), np.broadcast_to(z, np.shape(x))], -1)

    def u_of_side(self, x: float, z: float) -> float:
        """The u of the left side wall's point at `x`."""
        z_ = np.asarray(z, float)
        half = float(self.half(z_))
        start = float(self.front(z_)) - self.bow - self.corner
        return half - self.corner + self.corner * np.pi / 2 + (start - x)

    def normal(self, u: Array, z: Array) -> Array:
        e = 1e-3
        n = np.cross(self.at(u + e, z) - self.at(u - e, z), self.at(u, z + e) - self.at(u, z - e))
        return np.asarray(n / np.linalg.norm(n, axis=-1, keepdims=True))

    def wall(self, u: Array, z: Array, material: int) -> Mesh:
        return grid(self.at(*np.meshgrid(u, z)), material)

    def patch(
        self,
        corners: Sequence[tuple[float, float]],
        material: int,
        lift: float = 0.004,
        radius: float = 0.0,
        rows: int = 14,
        columns: int = 14,
    ) -> Mesh:
        """A convex outline in (u, z) laid on the wall, `lift` metres proud."""
        ring = np.asarray(rounded(corners, radius) if radius else corners, float)
        low, high = ring[:, 1].min(), ring[:, 1].max()
        t = (1 - np.cos(np.linspace(0, np.pi, rows))) / 2
        levels = low + (high - low) * np.clip(t, 1e-4, 1 - 1e-4)
        left, right = np.full(rows, np.inf), np.full(rows, -np.inf)
        for a, b in zip(ring, np.roll(ring, -1, 0), strict=True):
            if abs(a[1] - b[1]) < 1e-9:
                continue
            f = (levels - a[1]) / (b[1] - a[1])
            crossing = np.where((f >= 0) & (f <= 1), a[0] + f * (b[0] - a[0]), np.nan)
            left, right = np.fmin(left, crossing), np.fmax(right, crossing)
        s = np.linspace(0, 1, columns)
        u = left[:, None] + (right - left)[:, None] * s
        z = np.broadcast_to(levels[:, None], u.shape)
        return grid(self.at(u, z) + lift * self.normal(u, z), material)

    def seam(
        self, a: tuple[float, float], b: tuple[float, float], material: int, width: float = 0.012, lift: float = 0.002
    ) -> Mesh:
        (u0, z0), (u1, z1) = a, b
        du, dz = u1 - u0, z1 - z0
        n = max(float(np.hypot(du, dz)), 1e-9)
        ou, oz = -dz / n * width / 2, du / n * width / 2
        s = np.linspace(0, 1, max(2, int(n / 0.06)))
        u = np.stack([u0 + du * s - ou, u0 + du * s + ou])
        z = np.stack([z0 + dz * s - oz, z0 + dz * s + oz])
        points = self.at(u, z) + lift * self.normal(u, z)
        return grid(points, material)
