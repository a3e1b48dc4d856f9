"""Triangle meshes and the shapes that vehicles are built from. Metres; x forward, y left, z up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
CREASE = 0.70  # cosine of the angle (45°) over which two faces meet in an edge and not in a curve


@dataclass(frozen=True, slots=True)
class Mesh:
    """`points` (n, 3), `faces` (m, 3), `normals` (m, 3, 3) per corner, `uv` (m, 3, 2), `material` (m,).

    Faces are wound counter-clockwise seen from outside.
    """

    points: Array
    faces: Ints
    normals: Array
    uv: Array
    material: Ints

    def moved(self, by: Sequence[float] = (0, 0, 0), turn: float = 0.0, scale: Sequence[float] = (1, 1, 1)) -> Mesh:
        """Scaled, then turned about z by `turn` radians, then shifted. Negative scales (mirror images) keep faces outward."""
        c, s = np.cos(turn), np.sin(turn)
        rotation = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]])
        factor = np.asarray(scale, float)
        points = (self.points * factor) @ rotation.T + np.asarray(by, float)
        normals = (self.normals / factor) @ rotation.T
        normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-12)
        if factor.prod() < 0:
            return Mesh(points, self.faces[:, ::-1], normals[:, ::-1], self.uv[:, ::-1], self.material)
        return Mesh(points, self.faces, normals, self.uv, self.material)

    def mapped(self, change: Callable[[Array], Array]) -> Mesh:
        """Every point sent through `change`; normals made anew."""
        return shaded(change(self.points), self.faces, self.material, self.uv)


def merge(meshes: Iterable[Mesh]) -> Mesh:
    parts = list(meshes)
    starts = np.cumsum([0, *(len(part.points) for part in parts)])
    return Mesh(
        np.concatenate([part.points for part in parts]),
        np.concatenate([part.faces + start for part, start in zip(parts, starts, strict=False)]).astype(np.int32),
        np.concatenate([part.normals for part in parts]),
        np.concatenate([part.uv for part in parts]),
        np.concatenate([part.material for part in parts]),
    )


def shaded(points: Array, faces: Ints, material: int | Ints, uv: Array | None = None) -> Mesh:
    """A mesh whose corner normals are averaged over neighbours that meet at less than the crease angle."""
    points = np.asarray(points, float)
    faces = np.asarray(faces, np.int32)
    a, b, c = (points[faces[:, i]] for i in range(3))
    face_normal = np.cross(b - a, c - a)
    area = np.linalg.norm(face_normal, axis=1)
    keep = area > 1e-12
    faces, face_normal, area = faces[keep], face_normal[keep], area[keep]
    uv = np.zeros((len(faces), 3, 2)) if uv is None else uv[keep]
    ids = np.full(len(faces), material, np.int32) if np.isscalar(material) else np.asarray(material)[keep]
    total = np.zeros_like(points)
    for corner in range(3):
        np.add.at(total, faces[:, corner], face_normal)
    unit = face_normal / area[:, None]
    smooth = total[faces]
    smooth /= np.maximum(np.linalg.norm(smooth, axis=-1, keepdims=True), 1e-12)
    flat = np.einsum("fcd,fd->fc", smooth, unit) < CREASE
    normals = np.where(flat[..., None], unit[:, None, :], smooth)
    return Mesh(points, faces, normals, uv, ids)


def grid(points: Array, material: int, wrap: bool = False) -> Mesh:
    """A surface from an (r, c, 3) array of points; `wrap` joins the last column to the first. uv runs 0..1 along columns, rows."""
    rows, columns = points.shape[:2]
    index = np.arange(rows * columns).reshape(rows, columns)
    uv_of = np.stack(np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows)), -1).reshape(-1, 2)
    if wrap:
        index = np.concatenate([index, index[:, :1]], 1)
    a, b, c, d = index[:-1, :-1].ravel(), index[:-1, 1:].ravel(), index[1:, 1:].ravel(), index[1:, :-1].ravel()
    faces = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)]).astype(np.int32)
    return shaded(points.reshape(-1, 3), faces, material, uv_of[faces])


def polygon(corners: Sequence[Sequence[float]], material: int) -> Mesh:
    """A flat convex polygon, counter-clockwise seen from its front; uv 0..1 for a quad given from its lower left."""
    points = np.asarray(corners, float)
    n = len(points)
    faces = np.array([(0, i, i + 1) for i in range(1, n - 1)], np.int32)
    unit = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], float) if n == 4 else np.zeros((n, 2))
    return shaded(points, faces, material, unit[faces])


def box(centre: Sequence[float], size: Sequence[float], material: int, bevel: float = 0.0) -> Mesh:
    """A box; with a bevel its eight corners become twenty-four and its edges catch the light."""
    half = np.asarray(size, float) / 2
    cut = min(bevel, half.min() * 0.9)
    if cut <= 0:
        corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float) * half
        quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
        faces = np.array([t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))], np.int32)
        return shaded(corners + np.asarray(centre), faces, material)
    outline = [(half[0] - cut, half[1]), (half[0], half[1] - cut), (half[0], cut - half[1]), (half[0] - cut, -half[1])]
    outline += [(-x, -y) for x, y in outline]
    ring = outline[::-1]
    return prism(ring, -half[2], half[2], material, cut).moved(centre)


def pebble(centre: Sequence[float], size: Sequence[float], material: int, power: float = 0.38) -> Mesh:
    """A superellipsoid: a box with every edge worn round."""
    a, b = np.meshgrid(np.linspace(-np.pi, np.pi, 33), np.linspace(-np.pi / 2, np.pi / 2, 17))
    ring = _bend(np.cos(b), power)
    flat = np.stack([ring * _bend(np.cos(a), power), ring * _bend(np.sin(a), power), _bend(np.sin(b), power)], -1)
    return grid(np.asarray(centre) + flat * np.asarray(size) / 2, material)


def _bend(value: Array, power: float) -> Array:
    return np.asarray(np.sign(value) * np.abs(value) ** power)


def prism(outline: Sequence[Sequence[float]], bottom: float, top: float, material: int, bevel: float = 0.0) -> Mesh:
    """A convex outline in x, y (counter-clockwise) raised from `bottom` to `top`, its rims cut by `bevel`."""
    ring = np.asarray(outline, float)
    centre = ring.mean(0)
    reach = np.abs(ring - centre).max(0)
    shrink = np.maximum(1 - bevel / np.maximum(reach, 1e-9), 0.05)
    small = centre + (ring - centre) * shrink
    levels = (
        [(small, bottom), (ring, bottom + bevel), (ring, top - bevel), (small, top)] if bevel else [(ring, bottom), (ring, top)]
    )
    rows = np.stack([np.column_stack([xy, np.full(len(ring), z)]) for xy, z in levels])
    side = grid(rows, material, wrap=True)
    caps = [polygon(rows[-1], material), polygon(rows[0][::-1], material)]
    return merge([side, *caps])


def extrude(profile: Sequence[Sequence[float]], width: float, material: int, bevel: float = 0.0) -> Mesh:
    """A convex side view in x, z (counter-clockwise seen from the right, -y) made `width` wide about y = 0."""
    solid = prism(profile, -width / 2, width / 2, material, bevel)
    turned = np.stack([solid.points[:, 0], -solid.points[:, 2], solid.points[:, 1]], 1)
    return shaded(turned, solid.faces, solid.material, solid.uv)


def lathe(profile: Sequence[Sequence[float]], material: int, steps: int = 48) -> Mesh:
    """A profile of (radius, y) turned about the y axis; listed from +y to -y along the outside."""
    line = np.asarray(profile, float)
    angle = np.linspace(0, 2 * np.pi, steps, endpoint=False)
    points = np.stack(
        [np.outer(line[:, 0], np.cos(angle)), np.repeat(line[:, 1:], steps, 1), np.outer(line[:, 0], np.sin(angle))], -1
    )
    return grid(points, material, wrap=True)


def tube(path: npt.ArrayLike, radius: float, material: int, sides: int = 10) -> Mesh:
    """A round bar along a path of points, with closed ends."""
    line = np.asarray(path, float)
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-12)
    helper = np.where(np.abs(along[:, 2:]) > 0.9, [[1.0, 0, 0]], [[0, 0, 1.0]])
    first = np.cross(along, helper)
    first /= np.maximum(np.linalg.norm(first, axis=1, keepdims=True), 1e-12)
    second = np.cross(along, first)
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    ring = first[:, None] * np.cos(angle)[:, None] + second[:, None] * np.sin(angle)[:, None]
    body = grid(line[:, None] + radius * ring, material, wrap=True)
    ends = [polygon((line[0] + radius * ring[0])[::-1], material), polygon(line[-1] + radius * ring[-1], material)]
    return merge([body, *ends])


def rounded(corners: Sequence[Sequence[float]], radius: float, steps: int = 5) -> list[tuple[float, float]]:
    """A convex outline with its corners rounded by arcs (quadratic Bézier)."""
    ring = np.asarray(corners, float)
    out: list[tuple[float, float]] = []
    for before, here, after in zip(np.roll(ring, 1, 0), ring, np.roll(ring, -1, 0), strict=True):
        a = here + (before - here) * min(radius / max(float(np.linalg.norm(before - here)), 1e-9), 0.5)
        b = here + (after - here) * min(radius / max(float(np.linalg.norm(after - here)), 1e-9), 0.5)
        for t in np.linspace(0, 1, steps):
            point = (1 - t) ** 2 * a + 2 * t * (1 - t) * here + t**2 * b
            out.append((float(point[0]), float(point[1])))
    return out
