"""One picture as a value, and its way from meshes to light."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from . import grass, ground, shade, sky
from .mesh import Mesh, grid, merge
from .raster import Camera, from_sky, seen_by, strewn, sun_shadow

Floats = npt.NDArray[np.float32]
Texture = npt.NDArray[np.uint8]
SUN_TEXELS = 3000
SHADOW_REACH = 34.0  # metres of fine shadows
SKY_TEXEL = 0.05  # metres
SKY_DIRECTIONS = 28


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A mesh in place, its colours by material number, its plate textures."""

    mesh: Mesh
    colours: dict[int, tuple[float, float, float]] = field(default_factory=dict)
    plates: tuple[Texture, ...] = ()
    dirt: float = 1.0


@dataclass(frozen=True, slots=True)
class Scene:
    camera: Camera
    day: sky.Day
    land: ground.Land
    vehicles: tuple[Vehicle, ...]
    extras: Mesh | None = None
    stalks: int = 60_000
    seed: int = 1
    puffs: tuple[tuple[float, float, float, float, float], ...] = ()  # dust in the air: x, y, z, radius, thickness
    backdrop: Mesh | None = None  # far things that throw no shadow in the picture


def terrain(land: ground.Land, camera: Camera) -> Mesh:
    """A fan of ground before the camera, fine near by, coarse far off."""
    forward = np.arctan2(camera.axes[2, 1], camera.axes[2, 0])
    wide = np.arctan(camera.width / 2 / camera.focal) * 1.25 + 0.12
    angle = forward + np.linspace(wide, -wide, 240)
    reach = np.geomspace(0.9, 9000, 420)
    x = (camera.eye[0] + reach[:, None] * np.cos(angle)).astype(np.float32)
    y = (camera.eye[1] + reach[:, None] * np.sin(angle)).astype(np.float32)
    points = np.stack([x, y, ground.height(land, x, y)], -1).astype(np.float64)
    return grid(points[:, ::-1], 0)


def radiance(scene: Scene) -> Floats:
    """Linear light (h, w, 3) at the camera's full (supersampled) size."""
    camera, day = scene.camera, scene.day
    bodies = [v.mesh for v in scene.vehicles]
    numbered = [Mesh(m.points, m.faces, m.normals, m.uv, m.material + 100 * i) for i, m in enumerate(bodies)]
    if scene.extras is not None:
        numbered.append(
            Mesh(
                scene.extras.points,
                scene.extras.faces,
                scene.extras.normals,
                scene.extras.uv,
                scene.extras.material + 100 * len(bodies),
            )
        )
    solid = merge(numbered)
    land = terrain(scene.land, camera)
    world = merge([land, solid] if scene.backdrop is None else [land, solid, scene.backdrop])
    keys = seen_by(camera, world.points, world.faces)
    near = np.linalg.norm(solid.points - camera.eye, axis=1)
    sun_map = sun_shadow(day.sun, solid.points, solid.faces, camera.eye, SHADOW_REACH, SUN_TEXELS)
    close = solid.faces[near[solid.faces].min(1) < 70] if near.min() < 70 else solid.faces
    dots = strewn(solid.points, close, SKY_TEXEL * 0.75, scene.seed)
    sky_maps = [(d, from_sky(d, dots, SKY_TEXEL)) for d in shade.hemisphere(SKY_DIRECTIONS)]
    image = shade.picture(scene, world, keys, sun_map, sky_maps)
    if scene.stalks:
        light, ambient = shade.irradiances(scene)
        blades, blade_near = grass.draw(scene.land, camera, sun_map, light, ambient, scene.stalks, scene.seed + 7)
        solid_near = (keys >> 32).astype(np.int32).view(np.float32)
        over = blade_near > np.where(keys > 0, solid_near, 0)
        distance = 1 / np.maximum(blade_near[over], 1e-6)
        haze = shade.haze(day, distance)[:, None]
        rows, columns = np.nonzero(over)
        tint = sky.haze_colour(day, _rays_at(camera, rows, columns))
        image[over] = blades[over] * (1 - haze) + tint * haze
    return image


def _rays_at(camera: Camera, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> Floats:
    local = np.stack(
        [(columns + 0.5 - camera.width / 2) / camera.focal, (rows + 0.5 - camera.height / 2) / camera.focal, np.ones(len(rows))], -1
    )
    local /= np.linalg.norm(local, axis=-1, keepdims=True)
    return np.asarray(local @ camera.axes, np.float32)
