"""Which triangle does each pixel see? A visibility buffer in numpy, for cameras and for the sun."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Array = npt.NDArray[np.float64]
Keys = npt.NDArray[np.int64]
NEAR = 0.15  # metres; nothing is drawn closer to the lens
BATCH = 300_000  # samples tested at once, so that a batch stays in the processor's cache


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole. `axes` rows are right, down, forward; `focal` and the centre are in pixels."""

    eye: Array
    axes: Array
    focal: float
    width: int
    height: int

    @classmethod
    def looking(
        cls, eye: tuple[float, float, float], at: tuple[float, float, float], focal: float, size: tuple[int, int], roll: float = 0.0
    ) -> Camera:
        forward = np.subtract(at, eye).astype(float)
        forward /= np.linalg.norm(forward)
        right = np.cross(forward, [0, 0, 1.0])
        right /= np.linalg.norm(right)
        down = np.cross(forward, right)
        c, s = np.cos(roll), np.sin(roll)
        axes = np.stack([c * right + s * down, c * down - s * right, forward])
        return cls(np.asarray(eye, float), axes, focal, *size)

    def project(self, points: Array) -> tuple[Array, Array]:
        """Pixel positions (n, 2) and depth along the view axis (n,)."""
        local = (points - self.eye) @ self.axes.T
        depth = local[:, 2]
        safe = np.where(depth > NEAR, depth, NEAR)
        return local[:, :2] / safe[:, None] * self.focal + [self.width / 2, self.height / 2], depth

    def rays(self, rows: slice) -> Array:
        """Unit directions (rows, width, 3) through the pixel centres."""
        x = (np.arange(self.width) + 0.5 - self.width / 2) / self.focal
        y = (np.arange(self.height)[rows] + 0.5 - self.height / 2) / self.focal
        local = np.stack(
            [np.broadcast_to(x, (len(y), len(x))), np.broadcast_to(y[:, None], (len(y), len(x))), np.ones((len(y), len(x)))], -1
        )
        local /= np.linalg.norm(local, axis=-1, keepdims=True)
        return np.asarray(local @ self.axes)


def visible(xy: Array, nearness: Array, size: tuple[int, int]) -> Keys:
    """A (height × width) buffer of keys: nearness as float bits in the high half, triangle number + 1 in the low; 0: nothing.

    `xy` (m, 3, 2) in pixels; `nearness` (m, 3) positive, larger is nearer, linear over the screen.
    """
    width, height = size
    buffer = np.zeros(width * height, np.int64)
    a, b, c = xy[:, 0], xy[:, 1], xy[:, 2]
    low = np.floor(np.minimum(np.minimum(a, b), c)).astype(np.int64)
    high = np.ceil(np.maximum(np.maximum(a, b), c)).astype(np.int64)
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
    nearest = np.minimum(np.minimum(nearness[:, 0], nearness[:, 1]), nearness[:, 2])
    seen = (high[:, 0] > 0) & (high[:, 1] > 0) & (low[:, 0] < width) & (low[:, 1] < height) & (np.abs(area) > 1e-9) & (nearest > 0)
    flat = _Flat(xy, nearness, area, np.maximum(low, 0), np.minimum(high, [width, height]), width)
    extent = np.maximum(flat.high[:, 0] - flat.low[:, 0], flat.high[:, 1] - flat.low[:, 1])
    previous = 0
    for side in (3, 6, 12, 24, 48):
        chosen = np.flatnonzero(seen & (extent > previous) & (extent <= side))
        step = max(1, BATCH // (side * side))
        for start in range(0, len(chosen), step):
            _small(buffer, flat, chosen[start : start + step], side)
        previous = side
    for number in np.flatnonzero(seen & (extent > previous)):
        _large(buffer, flat, int(number))
    return buffer.reshape(height, width)


@dataclass(frozen=True, slots=True)
class _Flat:
    """Triangles on a screen `width` wide: corners, nearness, twice the signed area, and the box of pixels they may cover."""

    xy: Array
    nearness: Array
    area: Array
    low: Keys
    high: Keys
    width: int


def _keys(nearness: Array, number: Keys | int) -> Keys:
    return (nearness.astype(np.float32).view(np.int32).astype(np.int64) << 32) | (number + 1)


def _small(buffer: Keys, flat: _Flat, chosen: npt.NDArray[np.intp], side: int) -> None:
    """Many triangles of at most `side` pixels at once: every pixel of every box is tried."""
    offset = np.arange(side * side)
    low, z = flat.low[chosen], flat.nearness[chosen]
    room = (flat.high[chosen] - low)[:, :, None]
    t = (flat.xy[chosen] - low[:, None]).astype(np.float32)[..., None]  # small numbers: single precision is enough
    x, y = (offset % side).astype(np.float32), (offset // side).astype(np.float32)
    fx, fy = x + np.float32(0.5), y + np.float32(0.5)
    inverse = (1 / flat.area[chosen, None]).astype(np.float32)
    w0 = ((t[:, 1, 0] - fx) * (t[:, 2, 1] - fy) - (t[:, 2, 0] - fx) * (t[:, 1, 1] - fy)) * inverse
    w1 = ((t[:, 2, 0] - fx) * (t[:, 0, 1] - fy) - (t[:, 0, 0] - fx) * (t[:, 2, 1] - fy)) * inverse
    w2 = 1 - w0 - w1
    inside = (w0 >= 0) & (w1 >= 0) & (w2 >= 0) & (x < room[:, 0]) & (y < room[:, 1])
    row, column = np.nonzero(inside)
    value = w0[row, column] * z[row, 0] + w1[row, column] * z[row, 1] + w2[row, column] * z[row, 2]
    place = (low[row, 1] + column // side) * flat.width + low[row, 0] + column % side
    np.maximum.at(buffer, place, _keys(value, chosen[row]))


def _large(buffer: Keys, flat: _Flat, number: int) -> None:
    """One triangle, a band of its box at a time."""
    (x0, y0), (x1, y1) = flat.low[number], flat.high[number]
    t, z, area = flat.xy[number], flat.nearness[number], flat.area[number]
    fx = np.arange(x0, x1) + 0.5
    band = max(1, BATCH // max(1, int(x1 - x0)))
    for top in range(int(y0), int(y1), band):
        fy = (np.arange(top, min(top + band, int(y1))) + 0.5)[:, None]
        w0 = ((t[1, 0] - fx) * (t[2, 1] - fy) - (t[2, 0] - fx) * (t[1, 1] - fy)) / area
        w1 = ((t[2, 0] - fx) * (t[0, 1] - fy) - (t[0, 0] - fx) * (t[2, 1] - fy)) / area
        w2 = 1 - w0 - w1
        row, column = np.nonzero((w0 >= 0) & (w1 >= 0) & (w2 >= 0))
        value = w0[row, column] * z[0] + w1[row, column] * z[1] + w2[row, column] * z[2]
        place = (row + top) * flat.width + column + x0
        buffer[place] = np.maximum(buffer[place], _keys(value, number))


def seen_by(camera: Camera, points: Array, faces: npt.NDArray[np.int32]) -> Keys:
    """Triangles that cross the near plane are left out: keep geometry away from the lens."""
    xy, depth = camera.project(points)
    nearness = np.where(depth > NEAR, 1 / np.maximum(depth, NEAR), -1)[faces]
    return visible(xy[faces], nearness, (camera.width, camera.height))


@dataclass(frozen=True, slots=True)
class DepthMap:
    """The scene seen along parallel rays from a far light: `height` of the first surface toward the light, per texel."""

    axes: Array
    origin: Array
    texel: float
    height: Floats

    def lit(self, points: Array, bias: float, soft: float = 0, phase: int = 0) -> Floats:
        """1 where a point sees the light, 0 where something stands before it.

        With `soft` texels, the mean of four of sixteen looks (percentage-closer); the four phases together take all sixteen.
        """
        local = points.astype(np.float32) @ self.axes.T.astype(np.float32)
        u = (local[..., 0] - np.float32(self.origin[0])) * np.float32(1 / self.texel) - np.float32(0.5)
        v = (local[..., 1] - np.float32(self.origin[1])) * np.float32(1 / self.texel) - np.float32(0.5)
        level = local[..., 2] + np.float32(bias)
        rows, columns = self.height.shape
        total = np.zeros(u.shape, np.float32)
        taps = [(0.0, 0.0)]
        if soft:
            taps = [((i - 1.5) * soft / 2, ((i * 2 + i // 2 + phase) % 4 - 1.5) * soft / 2) for i in range(4)]
        for du, dv in taps:
            iu = np.clip(np.rint(u + np.float32(du)), 0, columns - 1).astype(np.int32)
            iv = np.clip(np.rint(v + np.float32(dv)), 0, rows - 1).astype(np.int32)
            total += level >= self.height.ravel()[iv * columns + iu]
        return np.asarray(total / np.float32(len(taps)), np.float32)


def from_light(direction: Array, points: Array, faces: npt.NDArray[np.int32], texels: int) -> DepthMap:
    """`direction` points from the scene to the light. Texels outside every caster hold -inf (open sky)."""
    toward = np.asarray(direction, float) / np.linalg.norm(direction)
    axes = _frame(toward)
    local = points @ axes.T
    low, high = local.min(0), local.max(0)
    texel = float((high[:2] - low[:2]).max() / (texels - 6))
    origin = low[:2] - 3 * texel
    columns, rows = (int(n) for n in np.ceil((high[:2] - origin) / texel) + 3)
    xy = (local[:, :2] - origin) / texel
    corners = xy[faces]
    side = corners[:, 1:] - corners[:, :1]
    toward_light = side[:, 0, 0] * side[:, 1, 1] - side[:, 0, 1] * side[:, 1, 0] > 0  # what turns away casts no shadow of its own
    faces = faces[toward_light]
    key = visible(corners[toward_light], (local[:, 2] - low[2] + 1)[faces], (columns, rows))
    value = (key >> 32).astype(np.int32).view(np.float32)
    height = np.where(key > 0, value + np.float32(low[2] - 1), np.float32(-1e9))
    return DepthMap(axes, origin, texel, height.astype(np.float32))


def strewn(points: Array, faces: npt.NDArray[np.int32], spacing: float, seed: int) -> Array:
    """Points over a surface, on average one to every `spacing`² of its area."""
    rng = np.random.default_rng(seed)
    a, b, c = (points[faces[:, i]] for i in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2
    copies = np.floor(area / spacing**2 + rng.random(len(faces))).astype(int)
    which = np.repeat(np.arange(len(faces)), copies)
    u, v = rng.random(len(which)), rng.random(len(which))
    over = u + v > 1
    u, v = np.where(over, 1 - u, u)[:, None], np.where(over, 1 - v, v)[:, None]
    return np.asarray(a[which] * (1 - u - v) + b[which] * u + c[which] * v)


def from_sky(direction: Array, dots: Array, texel: float) -> DepthMap:
    """As `from_light`, from strewn points: coarse, and cheap enough for the whole sky."""
    toward = np.asarray(direction, float) / np.linalg.norm(direction)
    axes = _frame(toward)
    local = dots @ axes.T
    origin = local[:, :2].min(0) - 2 * texel
    cells = ((local[:, :2] - origin) / texel).astype(np.int64)
    columns, rows = (int(n) + 3 for n in cells.max(0))
    height = np.full(rows * columns, -1e9, np.float32)
    np.maximum.at(height, cells[:, 1] * columns + cells[:, 0], local[:, 2].astype(np.float32))
    return DepthMap(axes, origin, texel, height.reshape(rows, columns))


def _frame(toward: Array) -> Array:
    helper = [0, 0, 1.0] if abs(toward[2]) < 0.95 else [1.0, 0, 0]
    right = np.cross(helper, toward)
    right /= np.linalg.norm(right)
    return np.stack([right, np.cross(toward, right), toward])


@dataclass(frozen=True, slots=True)
class SunShadow:
    """A fine map of what stands near the camera, a coarse one of everything."""

    near: DepthMap
    far: DepthMap
    eye: Array
    reach: float

    def lit(self, points: Array, normals: Array, phase: Keys) -> Floats:
        """`phase` (0..3) names the sample within its pixel: each takes a quarter of the looks."""
        out = np.empty(len(points), np.float32)
        close = np.linalg.norm(points - self.eye, axis=1) < self.reach
        for near, depth_map in ((True, self.near), (False, self.far)):
            for quarter in range(4):
                chosen = np.flatnonzero((close == near) & (phase == quarter))
                lifted = points[chosen] + normals[chosen] * 1.3 * depth_map.texel
                out[chosen] = depth_map.lit(lifted, 0.7 * depth_map.texel, 1.2, quarter)
        return out


def sun_shadow(direction: Array, points: Array, faces: npt.NDArray[np.int32], eye: Array, reach: float, texels: int) -> SunShadow:
    distance = np.linalg.norm(points - eye, axis=1)[faces[:, 0]]
    close = faces[distance < reach + 4]
    if not len(close):
        close, reach = faces, 0.0
    used, renumbered = np.unique(close, return_inverse=True)
    near = from_light(direction, points[used], renumbered.reshape(-1, 3).astype(np.int32), texels)
    return SunShadow(near, from_light(direction, points, faces, texels // 2), eye, reach)
