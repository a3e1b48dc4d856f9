"""What do rays meet, and what does it look like there: colour, gloss, dust, plates."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from . import ground
from .material import PLATE, SURFACES, VEHICLE, Kind, Surface
from .mesh import Mesh
from .noise import sample
from .scene import Scene, Vehicle

Floats = npt.NDArray[np.float32]
Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
DUST = np.array([0.36, 0.30, 0.22], np.float32)


@dataclass(frozen=True, slots=True)
class Spots:
    """Where n rays meet the world. `phase` (0..3) names the sample within its pixel; `footprint` is metres a pixel covers."""

    point: Array
    normal: Array
    ray: Floats
    distance: Array
    uv: Array
    material: npt.NDArray[np.int32]
    footprint: Floats
    phase: Ints


@dataclass(frozen=True, slots=True)
class Look:
    """Of n spots: colour (linear, n × 3), roughness, reflectance straight on, metal, and the normal with its bumps."""

    albedo: Floats
    rough: Floats
    gloss: Floats
    metal: Floats
    normal: Array


def table(scene: Scene) -> dict[int, Surface]:
    """What each material number of the scene is made of."""
    known: dict[int, Surface] = {}
    for index, vehicle in enumerate((*scene.vehicles, None)):
        for kind, surface in SURFACES.items():
            colour = vehicle.colours.get(kind, surface.colour) if vehicle else surface.colour
            dust = min(1.0, surface.dust * (vehicle.dirt if vehicle else 0.3))
            known[index * VEHICLE + kind] = Surface(colour, surface.rough, surface.metal, surface.gloss, dust)
    return known


def meet(scene: Scene, world: Mesh, key: Ints, rays: Floats, phase: Ints) -> Spots:
    """From the visibility buffer's keys back to points: each ray cut with the triangle it sees."""
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
    return Spots(point, normal, rays, distance, uv, material, footprint, phase)


def look(scene: Scene, spots: Spots, known: dict[int, Surface]) -> Look:
    n = len(spots.material)
    zeros, ones = np.zeros, np.ones
    out = Look(zeros((n, 3), np.float32), ones(n, np.float32), zeros(n, np.float32), zeros(n, np.float32), spots.normal.copy())
    x, y, z = (spots.point[:, i].astype(np.float32) for i in range(3))
    facing = np.maximum(-(spots.normal * spots.ray).sum(1), 0.02)
    for ident in np.unique(spots.material):
        here = spots.material == ident
        index, kind = divmod(int(ident), VEHICLE)
        if ident == Kind.GROUND:
            spread = spots.footprint[here] / np.sqrt(facing[here]).astype(np.float32)
            out.albedo[here], shine = ground.colour(scene.land, x[here], y[here], spread, scene.day.sun[:2])
            out.gloss[here], out.rough[here] = shine * 0.05, np.where(shine > 0, 0.42, 1)
        elif kind >= PLATE:
            out.albedo[here] = _plate(scene.vehicles[index], kind - PLATE, spots.uv[here], spots.footprint[here])
            out.rough[here], out.gloss[here] = 0.5, 0.03
        else:
            surface = known[int(ident)]
            out.albedo[here], speck, out.normal[here] = _worn(
                surface, kind, x[here], y[here], z[here], spots.normal[here], spots.footprint[here], index
            )
            out.rough[here] = np.clip(surface.rough + speck * 0.5, 0.02, 1)
            out.gloss[here] = surface.gloss * (1 - 0.8 * speck)
            out.metal[here] = surface.metal * (1 - speck)
    return out


def _worn(
    surface: Surface, kind: int, x: Floats, y: Floats, z: Floats, normal: Array, footprint: Floats, seed: int
) -> tuple[Floats, Floats, Array]:
    """Colour with dust and stains, how dusty (0..1), and the bumpy normal."""
    lean = np.abs(normal)
    level_face = (lean[:, 2] > lean[:, 0]) & (lean[:, 2] > lean[:, 1])
    a = np.where(lean[:, 0] > lean[:, 1], y, x).astype(np.float32) + np.float32(0.31 * seed)
    b = np.where(level_face, np.where(lean[:, 0] > lean[:, 1], x, y), z).astype(np.float32)
    stain = sample(a, b, 5.0, 60 + seed, 1.4, footprint)
    fine = sample(a * 1.3, b * 1.3, 0.9, 61, 0.8, footprint)
    streak = sample(a, b * 0.12, 2.5, 62, 1.1, footprint)
    low = np.clip(1.08 - z * 0.58, 0.0, 1.0)
    level = np.clip(normal[:, 2], 0, 1).astype(np.float32)
    speck = surface.dust * np.clip(0.05 + 0.80 * low**1.5 + 0.22 * level + 0.13 * stain + 0.09 * fine + 0.08 * streak, 0, 0.95)
    colour = np.asarray(surface.colour, np.float32) * np.clip(1 + 0.07 * stain + 0.05 * fine, 0.5, 1.4)[:, None]
    if kind in (Kind.TRAILER, Kind.STEEL, Kind.ARMOUR, Kind.DECK):
        chips = np.clip((0.75 * fine + 0.45 * stain + 0.5 * streak - 1.15) * 1.6, 0, 0.85)[:, None]
        under = np.array([0.085, 0.035, 0.018] if kind != Kind.ARMOUR else [0.05, 0.045, 0.035], np.float32)
        colour = colour * (1 - chips) + under * chips
        faded = np.clip(0.16 * stain + 0.10 * level - 0.03, -0.2, 0.35)[:, None]
        colour = colour * (1 - np.abs(faded)) + colour.mean(1, keepdims=True) * np.maximum(faded, 0) * 1.5
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
    image = vehicle.plates[number]
    shrink = max(1.0, float(np.median(footprint)) / (0.52 / image.shape[1]))
    size = max(8, round(image.shape[1] / shrink)), max(4, round(image.shape[0] / shrink))
    small = (cv2.resize(image, size, interpolation=cv2.INTER_AREA) / np.float32(255)) ** np.float32(2.2)
    x = np.clip(uv[:, 0] * size[0] - 0.5, 0, size[0] - 1.001)
    y = np.clip((1 - uv[:, 1]) * size[1] - 0.5, 0, size[1] - 1.001)
    ix, iy = x.astype(int), y.astype(int)
    fx, fy = (x - ix)[:, None], (y - iy)[:, None]
    ix1, iy1 = np.minimum(ix + 1, size[0] - 1), np.minimum(iy + 1, size[1] - 1)
    top = small[iy, ix] * (1 - fx) + small[iy, ix1] * fx
    low = small[iy1, ix] * (1 - fx) + small[iy1, ix1] * fx
    return np.asarray(top * (1 - fy) + low * fy, np.float32)
