"""From triangles seen to light received: sun and shadow, sky and occlusion, the ground's bounce, reflections, dust, haze."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import sky, surface
from .mesh import Mesh
from .noise import Numbers, sample
from .raster import DepthMap, SunShadow
from .scene import Scene
from .surface import Look, Spots

Floats = npt.NDArray[np.float32]
Array = npt.NDArray[np.float64]
SkyMaps = Sequence[tuple[Array, DepthMap]]
AMBIENT_REACH = 140.0  # metres; farther off nothing shows of it
BAND = 96  # rows at a time, to bound memory


@dataclass(frozen=True, slots=True)
class Shadows:
    sun: SunShadow
    sky: SkyMaps


def hemisphere(count: int) -> list[Array]:
    """Directions spread evenly over the upper half (a golden spiral)."""
    k = np.linspace(0.5, count - 0.5, count)
    z = 1 - k / count * 0.96
    turn = np.pi * (1 + 5**0.5) * k
    r = np.sqrt(1 - z * z)
    return list(np.stack([r * np.cos(turn), r * np.sin(turn), z], -1))


def irradiances(scene: Scene) -> tuple[Floats, Floats]:
    """On level ground in the open: from the sun, and from the sky."""
    day = scene.day
    rays = np.array(hemisphere(64), np.float32)
    from_sky = (sky.clear(day, rays) * rays[:, 2:]).mean(0) * 2 * np.pi
    cloud = np.asarray(day.cloud_shade, np.float32) * np.pi * 0.9
    from_sky = from_sky * (1 - day.cover * 0.7) + cloud * day.cover * 0.7
    from_sun = np.asarray(day.sunlight) * max(float(day.sun[2]), 0) * np.pi * 0.55
    return np.asarray(from_sun, np.float32), np.asarray(from_sky, np.float32)


def haze(day: sky.Day, distance: Numbers) -> Floats:
    """How much of what lies at `distance` metres the air hides, 0 to 1."""
    return np.asarray(1 - np.exp(-distance / 1000 * day.haze), np.float32)


def picture(scene: Scene, world: Mesh, keys: npt.NDArray[np.int64], shadows: Shadows) -> Floats:
    """Linear light (h, w, 3) of everything but grass, a band of rows at a time."""
    camera = scene.camera
    out = np.empty((camera.height, camera.width, 3), np.float32)
    known = surface.table(scene)
    for top in range(0, camera.height, BAND):
        rows = slice(top, min(top + BAND, camera.height))
        rays = camera.rays(rows).astype(np.float32)
        key = keys[rows]
        hit = key > 0
        phase = (np.arange(top, rows.stop)[:, None] % 2) * 2 + np.arange(camera.width) % 2
        far = np.full(rays.shape[:2], 1e4, np.float32)
        if (~hit).any():
            out[rows][~hit] = sky.with_clouds(scene.day, rays[~hit][None], 1 / camera.focal)[0]
        if hit.any():
            spots = surface.meet(scene, world, key[hit], rays[hit], phase[hit])
            light = _light(scene, spots, surface.look(scene, spots, known), shadows)
            fog = haze(scene.day, spots.distance)[:, None]
            out[rows][hit] = light * (1 - fog) + sky.haze_colour(scene.day, spots.ray) * fog
            far[hit] = spots.distance
        if scene.puffs:
            out[rows] = _dusty(scene, out[rows], rays, far)
    return out


def _dusty(scene: Scene, image: Floats, rays: Floats, distance: Floats) -> Floats:
    """Dust in the air as Gaussian puffs, each summed along the ray as far as the first surface."""
    thick = np.zeros(distance.shape, np.float32)
    for x, y, z, radius, density in scene.puffs:
        centre = np.array([x, y, z], np.float32) - scene.camera.eye.astype(np.float32)
        along = rays @ centre
        apart = np.asarray(np.maximum(float(centre @ centre) - along * along, 0), np.float32)
        near = apart < 6 * radius * radius
        if not near.any():
            continue
        at = rays[near] * along[near, None] + scene.camera.eye.astype(np.float32)
        swirl = np.clip(0.75 + 0.5 * sample(at[:, 0] + at[:, 1], at[:, 2] * 1.4, radius * 6, 90, 1.6, low=3), 0.05, 2)
        reach = 0.5 + 0.5 * np.tanh(1.2 * (distance[near] - along[near]) / radius)
        thick[near] += density * swirl * np.exp(-apart[near] / radius**2) * reach
    light, ambient = irradiances(scene)
    colour = np.array([0.56, 0.47, 0.36], np.float32) * (light * 1.1 + ambient) / np.float32(np.pi)
    alpha = (1 - np.exp(-thick))[..., None]
    return np.asarray(image * (1 - alpha) + colour * alpha, np.float32)


def _light(scene: Scene, spots: Spots, look: Look, shadows: Shadows) -> Floats:
    """Diffuse and mirrored light that leaves each spot toward the eye."""
    day = scene.day
    sunlight = np.asarray(day.sunlight, np.float32) * np.float32(0.55 * np.pi)
    lit = shadows.sun.lit(spots.point, look.normal, spots.phase)
    sun = sunlight * (np.clip(look.normal @ day.sun, 0, 1).astype(np.float32) * lit)[:, None]
    ground_light, sky_light = irradiances(scene)
    from_sky, openness = _from_sky(scene, spots, look.normal, shadows.sky)
    below = _below(scene)
    bounce = below * (ground_light * 0.75 + sky_light) * (0.5 - 0.5 * look.normal[:, 2:]).astype(np.float32)
    bounce *= np.clip(openness[:, None] * 1.3 - 0.12, 0.02, 1)
    diffuse = look.albedo * (1 - look.metal[:, None]) / np.float32(np.pi) * (sun + from_sky + bounce)
    floor = np.asarray(below * (ground_light + sky_light) / np.float32(np.pi) * 0.8, np.float32)
    return np.asarray(diffuse + _shine(scene, spots, look, lit, openness, floor), np.float32)


def _below(scene: Scene) -> Floats:
    """The colour of the ground about, as undersides see it."""
    below = np.asarray(scene.land.straw, np.float32) * 0.5 + np.asarray(scene.land.asphalt, np.float32) * 0.4
    if scene.land.snow > 0.3:
        below = below * (1 - scene.land.snow) + np.float32(0.7) * scene.land.snow
    return np.asarray(below, np.float32)


def _from_sky(scene: Scene, spots: Spots, normal: Array, sky_maps: SkyMaps) -> tuple[Floats, Floats]:
    """Irradiance from the open sky, and how much of it is open. Each of a pixel's four samples asks a quarter of the directions."""
    day, n = scene.day, len(normal)
    total, seen = np.zeros((n, 3), np.float32), np.zeros(n, np.float32)
    cloudy = np.asarray(day.cloud_shade, np.float32) * 0.9 * day.cover * 0.7
    for quarter in range(4):
        mine = np.flatnonzero(spots.phase == quarter)
        close = spots.distance[mine] < AMBIENT_REACH
        turned = normal[mine]
        lifted = spots.point[mine][close] + turned[close] * 0.06
        light, openness = np.zeros((len(mine), 3), np.float32), np.zeros(len(mine), np.float32)
        for direction, depth_map in sky_maps[quarter::4]:
            visible = np.ones(len(mine), np.float32)
            visible[close] = depth_map.lit(lifted, 0.04)
            radiance = sky.clear(day, direction[None].astype(np.float32))[0] * (1 - day.cover * 0.7) + cloudy
            light += radiance * (np.clip(turned @ direction, 0, 1).astype(np.float32) * visible)[:, None]
            openness += visible
        count = len(sky_maps[quarter::4])
        total[mine], seen[mine] = light * np.float32(2 * np.pi / count), openness / np.float32(count)
    return total, seen


def _shine(scene: Scene, spots: Spots, look: Look, lit: Floats, openness: Floats, floor: Floats) -> Floats:
    """Mirrored sky, clouds and `floor`, and the sun's glint (GGX), where a surface has any gloss."""
    out = np.zeros((len(lit), 3), np.float32)
    glossy = np.flatnonzero((look.gloss > 0.004) | (look.metal > 0))
    if not len(glossy):
        return out
    rough, metal = look.rough[glossy], look.metal[glossy, None]
    n, v = look.normal[glossy].astype(np.float32), -spots.ray[glossy]
    nv = np.clip((n * v).sum(1), 0.02, 1)
    base = look.gloss[glossy, None] * (1 - metal) + look.albedo[glossy] * metal
    fresnel = base + (np.maximum(1 - rough[:, None], base) - base) * ((1 - nv) ** 5)[:, None]
    mirror = 2 * nv[:, None] * n - v
    up = np.clip(mirror[:, 2] * (6 / (0.25 + 4 * rough)) + 0.5, 0, 1)[:, None]
    around = (_sky_about(scene, mirror, rough) * up + floor * (1 - up)) * np.clip(openness[glossy, None] * 1.2, 0.15, 1)
    half = v + scene.day.sun.astype(np.float32)
    half /= np.linalg.norm(half, axis=1, keepdims=True)
    alpha = np.maximum(rough, 0.05) ** 2
    nh = np.clip((n * half).sum(1), 0, 1)
    peak = alpha**2 / (np.pi * np.square(nh * nh * (alpha**2 - 1) + 1) + 1e-9)
    glint = np.minimum(peak / 4, 12) * np.clip(n @ scene.day.sun.astype(np.float32), 0, 1) * lit[glossy]
    out[glossy] = around * fresnel * (1 - 0.75 * rough[:, None])
    out[glossy] += base * glint[:, None] * np.asarray(scene.day.sunlight, np.float32)
    return out


def _sky_about(scene: Scene, mirror: Floats, rough: Floats) -> Floats:
    """The sky in the mirrored directions; its clouds only where the mirror is sharp."""
    day = scene.day
    upward = np.concatenate([mirror[:, :2], np.maximum(mirror[:, 2:], 0.01)], 1)
    above = sky.clear(day, upward) * (1 - 0.5 * day.cover) + np.asarray(day.cloud_shade, np.float32) * 0.5 * day.cover
    sharp = rough < 0.12
    if sharp.any():
        above[sharp] = sky.with_clouds(day, upward[sharp][None], 0.004)[0]
    return np.asarray(above, np.float32)
