"""One picture as a value: camera, day, land, and what stands on it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from . import ground, sky
from .mesh import Mesh
from .raster import Camera

Texture = npt.NDArray[np.uint8]
Puff = tuple[float, float, float, float, float]  # dust in the air: x, y, z, radius, thickness


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
    puffs: tuple[Puff, ...] = ()
    backdrop: Mesh | None = None  # far things that throw no shadow in the picture
