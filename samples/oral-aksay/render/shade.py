"""From triangles seen to light received: sun and shadow, sky and occlusion, the ground's bounce, reflections, dust, haze."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from . import ground, sky
from .material import PLATE, SURFACES, VEHICLE, Kind, Surface
from .noise import sample
from .raster import DepthMap, SunShadow

if TYPE_CHECKING:
    from .mesh import Mesh
    from .scene import Scene, Vehicle

Floats = npt.NDArray[np.float32]
Array = npt.NDArray[np.float64]
SkyMaps = Sequence[tuple[Array, DepthMap]]
AMBIENT_REACH = 140.0  # metres; farther off nothing shows of it
BAND = 96  # rows at a time, to bound memory
DUST = np.array([0.36, 0.30, 0.22], np.float32)


def hemisphere(count: int) -> list[Array]:
    """Directions spread evenly over the upper half (a golden spiral)."""
    k = np.arange(count) + 0.5
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
    return np.asarray(np.asarray(day.sunlight) * max(float(day.sun[2]), 0) * np.pi * 0.55, np.float32), np.asarray(
        from_sky, np.float32
    )


def haze(day: sky.Day, distance: Array | Floats) -> Floats:
    return np.asarray(1 - np.exp(-np.asarray(distance) / 1000 * day.haze), np.float32)


def picture(scene: Scene, world: Mesh, keys: npt.NDArray[np.int64], sun_map: SunShadow, sky_maps: SkyMaps) -> Floats:
    camera = scene.camera
    out = np.empty((camera.height, camera.width, 3), np.float32)
    table = _table(scene)
    for top in range(0, camera.height, BAND):
        rows = slice(top, min(top + BAND, camera.height))
        rays = camera.rays(rows).astype(np.float32)
        key = keys[rows]
        hit = key > 0
        phase = (np.arange(top, rows.stop)[:, None] % 2) * 2 + np.arange(camera.width) % 2
        band = np.empty(rays.shape, np.float32)
        far = np.full(rays.shape[:2], 1e4, np.float32)
        if (~hit).any():
            band[~hit] = sky.with_clouds(scene.day, rays[~hit][None], 1 / camera.focal)[0]
        if hit.any():
            band[hit], far[hit] = _surface(scene, world, key[hit], rays[hit], phase[hit], sun_map, sky_maps, table)
        if scene.puffs:
            band = _dusty(scene, band, rays, far)
        out[rows] = band
    return out


def _dusty(scene: Scene, image: Floats, rays: Floats, distance: Floats) -> Floats:
    """Dust in the air as Gaussian puffs, each summed along the ray as far as the first surface."""
    thick = np.zeros(distance.shape, np.float32)
    for x, y, z, radius, density in scene.puffs:
        centre = np.array([x, y, z], np.float32) - scene.camera.eye.astype(np.float32)
        along = rays @ centre
        apart = np.maximum(float(centre @ centre) - along * along, 0)
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
    return image * (1 - alpha) + colour * alpha


def _table(scene: Scene) -> dict[int, Surface]:
    table: dict[int, Surface] = {}
    for index in range(len(scene.vehicles) + 1):
        vehicle = scene.vehicles[index] if index < len(scene.vehicles) else None
        for kind, surface in SURFACES.items():
            colour = vehicle.colours.get(kind, surface.colour) if vehicle else surface.colour
            dirt = min(1.0, surface.dust * (vehicle.dirt if vehicle else 0.3))
            table[index * VEHICLE + kind] = Surface(colour, surface.rough, surface.metal, surface.gloss, dirt)
    return table


def _surface(
    scene: Scene,
    world: Mesh,
    key: npt.NDArray[np.int64],
    rays: Floats,
    phase: npt.NDArray[np.int64],
    sun_map: SunShadow,
    sky_maps: SkyMaps,
    table: dict[int, Surface],
) -> tuple[Floats, Array]:
    number = (key & 0xFFFFFFFF).astype(np.int64) - 1
    corners = world.points[world.faces[number]]
    eye = scene.camera.eye
    ab, ac, ea = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0], eye - corners[:, 0]
    ray = rays.astype(np.float64)
    q = np.cross(ray, ac)
    det = (ab * q).sum(1)
    det = np.where(np.abs(det) < 1e-14, 1e-14, det)
    u = np.clip((ea * q).sum(1) / det, 0, 1)
    r = np.cross(ea, ab)
    v = np.clip((ray * r).sum(1) / det, 0, 1)
    distance = np.clip((ac * r).sum(1) / det, 0.1, 3e4)
    point = eye + ray * distance[:, None]
    weight = np.stack([1 - u - v, u, v], 1)
    normal = (world.normals[number] * weight[..., None]).sum(1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    normal = np.where(((normal * ray).sum(1) > 0)[:, None], -normal, normal)
    uv = (world.uv[number] * weight[..., None]).sum(1)
    material = world.material[number]
    footprint = (distance / scene.camera.focal).astype(np.float32)
    facing = np.maximum(-(normal * ray).sum(1), 0.02)
    albedo, rough, gloss, metal, normal = _look(scene, point, normal, uv, material, footprint, facing, table)
    light = _light(scene, point, normal, rays, albedo, rough, gloss, metal, distance, phase, sun_map, sky_maps)
    fog = haze(scene.day, distance)[:, None]
    return light * (1 - fog) + sky.haze_colour(scene.day, rays) * fog, distance


def _look(scene, point, normal, uv, material, footprint, facing, table):  # type: ignore[no-untyped-def]
    n = len(material)
    albedo, rough = np.zeros((n, 3), np.float32), np.ones(n, np.float32)
    gloss, metal = np.zeros(n, np.float32), np.zeros(n, np.float32)
    x, y, z = (point[:, i].astype(np.float32) for i in range(3))
    for ident in np.unique(material):
        chosen = material == ident
        if ident == Kind.GROUND:
            spread = footprint[chosen] / np.sqrt(facing[chosen]).astype(np.float32)
            albedo[chosen], shine = ground.colour(scene.land, x[chosen], y[chosen], spread, scene.day.sun[:2])
            gloss[chosen], rough[chosen] = shine * 0.05, np.where(shine > 0, 0.15, 1)
            continue
        index, kind = divmod(int(ident), VEHICLE)
        if kind >= PLATE:
            albedo[chosen] = _plate(scene.vehicles[index], kind - PLATE, uv[chosen], footprint[chosen])
            rough[chosen], gloss[chosen] = 0.5, 0.03
            continue
        surface = table[int(ident)]
        base, speck, normal_ = _worn(surface, kind, x[chosen], y[chosen], z[chosen], normal[chosen], footprint[chosen], index)
        normal[chosen] = normal_
        albedo[chosen] = base
        rough[chosen] = np.clip(surface.rough + speck * 0.5, 0.02, 1)
        gloss[chosen] = surface.gloss * (1 - 0.8 * speck)
        metal[chosen] = surface.metal * (1 - speck)
    return albedo, rough, gloss, metal, normal


def _worn(
    surface: Surface, kind: int, x: Floats, y: Floats, z: Floats, normal: Array, footprint: Floats, seed: int
) -> tuple[Floats, Floats, Array]:
    """Colour with dust and stains, how dusty (0..1), and the bumpy normal."""
    a, b = x + 0.37 * y, z + 0.21 * y
    stain = sample(a, b, 5.0, 60 + seed, 1.4, footprint)
    fine = sample(a * 1.3, b * 1.3, 0.9, 61, 0.8, footprint)
    streak = sample(a, b * 0.12, 2.5, 62, 1.1, footprint)
    low = np.clip(1.08 - z * 0.58, 0.0, 1.0)
    level = np.clip(normal[:, 2], 0, 1).astype(np.float32)
    speck = surface.dust * np.clip(0.05 + 0.80 * low**1.5 + 0.22 * level + 0.13 * stain + 0.09 * fine + 0.08 * streak, 0, 0.95)
    colour = np.asarray(surface.colour, np.float32) * np.clip(1 + 0.07 * stain + 0.05 * fine, 0.5, 1.4)[:, None]
    if kind == Kind.DECK:
        colour = colour * np.clip(1 + 0.35 * sample(x * 0.1, y * 8, 2.0, 63, 1.0, footprint), 0.4, 1.6)[:, None]
    if kind in (Kind.CANVAS, Kind.CANVAS_2, Kind.ROPE):
        faded = np.clip(0.10 * sample(x, y + z, 3.5, 64, 1.3, footprint) + 0.12 * level, -0.3, 0.5)[:, None]
        colour = colour * (1 + 1.4 * faded)
        bump = 0.10 * np.stack(
            [sample(a, b, 1.6, 65, 1.3, footprint, low=8), sample(a, b, 1.6, 66, 1.3, footprint, low=8), 0 * x], -1
        )
        normal = normal + bump
        normal = normal / np.linalg.norm(normal, axis=1, keepdims=True)
    out = colour * (1 - speck[:, None]) + DUST * np.clip(1 + 0.12 * fine, 0.6, 1.4)[:, None] * speck[:, None]
    return np.asarray(out, np.float32), np.asarray(speck, np.float32), normal


def _plate(vehicle: Vehicle, number: int, uv: Array, footprint: Floats) -> Floats:
    from cv2 import INTER_AREA, resize

    image = vehicle.plates[number]
    shrink = max(1.0, float(np.median(footprint)) / (0.52 / image.shape[1]))
    size = max(8, round(image.shape[1] / shrink)), max(4, round(image.shape[0] / shrink))
    small = (resize(image, size, interpolation=INTER_AREA) / np.float32(255)) ** np.float32(2.2)
    x = np.clip(uv[:, 0] * size[0] - 0.5, 0, size[0] - 1.001)
    y = np.clip((1 - uv[:, 1]) * size[1] - 0.5, 0, size[1] - 1.001)
    ix, iy = x.astype(int), y.astype(int)
    fx, fy = (x - ix)[:, None], (y - iy)[:, None]
    ix1, iy1 = np.minimum(ix + 1, size[0] - 1), np.minimum(iy + 1, size[1] - 1)
    top = small[iy, ix] * (1 - fx) + small[iy, ix1] * fx
    low = small[iy1, ix] * (1 - fx) + small[iy1, ix1] * fx
    return np.asarray(top * (1 - fy) + low * fy, np.float32)


def _light(scene, point, normal, rays, albedo, rough, gloss, metal, distance, phase, sun_map, sky_maps):  # type: ignore[no-untyped-def]
    day = scene.day
    sunlight = np.asarray(day.sunlight, np.float32) * np.float32(0.55 * np.pi)
    ndl = np.clip(normal @ day.sun, 0, 1).astype(np.float32)
    lit = sun_map.lit(point, normal, phase)
    sun = sunlight * (ndl * lit)[:, None]
    ground_light, sky_light = irradiances(scene)
    from_sky, openness = _from_sky(scene, point, normal, distance, phase, sky_maps)
    below = np.asarray(scene.land.straw, np.float32) * 0.5 + np.asarray(scene.land.asphalt, np.float32) * 0.4
    if scene.land.snow > 0.3:
        below = below * (1 - scene.land.snow) + np.float32(0.7) * scene.land.snow
    bounce = below * (ground_light * 0.75 + sky_light) * (0.5 - 0.5 * normal[:, 2:]).astype(np.float32)
    bounce *= np.clip(openness[:, None] * 1.3 - 0.12, 0.02, 1)
    diffuse = albedo * (1 - metal[:, None]) / np.float32(np.pi) * (sun + from_sky + bounce)
    return diffuse + _shine(scene, normal, rays, albedo, rough, gloss, metal, lit, openness, below, ground_light + sky_light)


def _from_sky(
    scene: Scene, point: Array, normal: Array, distance: Array, phase: npt.NDArray[np.int64], sky_maps: SkyMaps
) -> tuple[Floats, Floats]:
    """Irradiance from the open sky, and how much of it is open. Each of a pixel's four samples asks a quarter of the directions."""
    day = scene.day
    total, seen = np.zeros((len(point), 3), np.float32), np.zeros(len(point), np.float32)
    cloudy = np.asarray(day.cloud_shade, np.float32) * 0.9 * day.cover * 0.7
    for quarter in range(4):
        mine = np.flatnonzero(phase == quarter)
        close = distance[mine] < AMBIENT_REACH
        here, turned = point[mine], normal[mine]
        lifted = here[close] + turned[close] * 0.06
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


def _shine(scene, normal, rays, albedo, rough, gloss, metal, lit, openness, below, ground_irradiance):  # type: ignore[no-untyped-def]
    out = np.zeros((len(rays), 3), np.float32)
    glossy = np.flatnonzero((gloss > 0.004) | (metal > 0))
    if not len(glossy):
        return out
    n, v = normal[glossy].astype(np.float32), -rays[glossy]
    nv = np.clip((n * v).sum(1), 0.02, 1)
    base = gloss[glossy, None] * (1 - metal[glossy, None]) + albedo[glossy] * metal[glossy, None]
    smooth = 1 - rough[glossy]
    fresnel = base + (np.maximum(smooth[:, None], base) - base) * ((1 - nv) ** 5)[:, None]
    mirror = 2 * nv[:, None] * n - v
    up = np.clip(mirror[:, 2] * (6 / (0.25 + 4 * rough[glossy])) + 0.5, 0, 1)[:, None]
    upward = np.concatenate([mirror[:, :2], np.maximum(mirror[:, 2:], 0.01)], 1)
    above = sky.clear(scene.day, upward)
    above = above * (1 - 0.5 * scene.day.cover) + np.asarray(scene.day.cloud_shade, np.float32) * 0.5 * scene.day.cover
    sharp = rough[glossy] < 0.12
    if sharp.any():
        above[sharp] = sky.with_clouds(scene.day, upward[sharp][None], 0.004)[0]
    floor = below * ground_irradiance / np.float32(np.pi) * 0.8
    around = (above * up + floor * (1 - up)) * np.clip(openness[glossy, None] * 1.2, 0.15, 1)
    out[glossy] = around * fresnel * (1 - 0.75 * rough[glossy, None])
    half = v + scene.day.sun.astype(np.float32)
    half /= np.linalg.norm(half, axis=1, keepdims=True)
    alpha = np.maximum(rough[glossy], 0.05) ** 2
    nh = np.clip((n * half).sum(1), 0, 1)
    peak = alpha**2 / (np.pi * np.square(nh * nh * (alpha**2 - 1) + 1) + 1e-9)
    ndl = np.clip(n @ scene.day.sun.astype(np.float32), 0, 1)
    glint = np.minimum(peak / 4, 12) * ndl * lit[glossy]
    out[glossy] += base * glint[:, None] * np.asarray(scene.day.sunlight, np.float32)
    return out
