"""From a scene to light: what is seen, what shades it, then grass over it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from . import grass, ground, shade, sky
from .material import VEHICLE
from .mesh import Mesh, grid, merge
from .raster import Camera, from_sky, seen_by, strewn, sun_shadow
from .scene import Scene

Floats = npt.NDArray[np.float32]
SUN_TEXELS = 3000
AMBIENT_REACH = 48.0  # metres of casters that dim the sky
SHADOW_REACH = 34.0  # metres of fine shadows
SKY_TEXEL = 0.06  # metres
SKY_DIRECTIONS = 28


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
    camera = scene.camera
    bodies = [vehicle.mesh for vehicle in scene.vehicles] + ([scene.extras] if scene.extras else [])
    solid = merge(replace(body, material=body.material + VEHICLE * number) for number, body in enumerate(bodies))
    land = terrain(scene.land, camera)
    world = merge([land, solid, *([scene.backdrop] if scene.backdrop else [])])
    keys = seen_by(camera, world.points, world.faces)
    shadows = _shadows(scene, solid)
    image = shade.picture(scene, world, keys, shadows)
    if scene.stalks:
        _grow(scene, image, keys, shadows)
    return image


def _shadows(scene: Scene, solid: Mesh) -> shade.Shadows:
    eye = scene.camera.eye
    near = np.linalg.norm(solid.points - eye, axis=1)
    close = solid.faces[near[solid.faces[:, 0]] < AMBIENT_REACH] if near.min() < AMBIENT_REACH else solid.faces
    dots = strewn(solid.points, close, SKY_TEXEL * 0.6, scene.seed)
    sky_maps = [(direction, from_sky(direction, dots, SKY_TEXEL)) for direction in shade.hemisphere(SKY_DIRECTIONS)]
    return shade.Shadows(sun_shadow(scene.day.sun, solid.points, solid.faces, eye, SHADOW_REACH, SUN_TEXELS), sky_maps)


def _grow(scene: Scene, image: Floats, keys: npt.NDArray[np.int64], shadows: shade.Shadows) -> None:
    """Grass drawn over the image, in place, where it stands before everything else."""
    light, ambient = shade.irradiances(scene)
    blades, near = grass.draw(scene.land, scene.camera, shadows.sun, light, ambient, scene.stalks, scene.seed + 7)
    over = near > np.where(keys > 0, (keys >> 32).astype(np.int32).view(np.float32), 0)
    haze = shade.haze(scene.day, 1 / np.maximum(near[over], 1e-6))[:, None]
    tint = sky.haze_colour(scene.day, _rays_at(scene.camera, *np.nonzero(over)))
    image[over] = blades[over] * (1 - haze) + tint * haze


def _rays_at(camera: Camera, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> Floats:
    local = np.stack(
        [(columns + 0.5 - camera.width / 2) / camera.focal, (rows + 0.5 - camera.height / 2) / camera.focal, np.ones(len(rows))], -1
    )
    local /= np.linalg.norm(local, axis=-1, keepdims=True)
    return np.asarray(local @ camera.axes, np.float32)
