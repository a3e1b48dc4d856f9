"""Lorries with their trailers and loads, one or a column of them."""

from __future__ import annotations

from functools import cache

import numpy as np

from . import armour, plate
from .material import Kind, srgb
from .mesh import Mesh, merge
from .scene import Puff, Vehicle
from .tractor import tractor
from .trailer import CENTRE, DECK_TOP, trailer

LANE = -1.85  # the middle of the right-hand lane
Colour = tuple[float, float, float]
Plates = tuple[str, str, str, str, str]  # the lorry's first letter, last letters and region; the trailer's letters and region
WHITE, ORANGE, BLUE = srgb(206, 208, 207), srgb(186, 92, 40), srgb(52, 78, 122)
GREY, SAND = srgb(126, 130, 132), srgb(190, 172, 136)
RED_OXIDE, YELLOW, DARK_GREY = srgb(128, 56, 42), srgb(182, 138, 48), srgb(62, 64, 66)
CABS, BEDS = (WHITE, ORANGE, WHITE, BLUE, GREY), (RED_OXIDE, YELLOW, DARK_GREY)
PLATES: tuple[Plates, ...] = (
    ("A", "AA", "56", "AE", "163"),
    ("K", "MT", "63", "BC", "56"),
    ("E", "OP", "156", "AH", "63"),
    ("C", "TX", "763", "BK", "163"),
)


@cache
def _load(name: str) -> Mesh:
    match name:
        case "covered":
            return armour.covered(11)
        case "covered 2":
            return armour.covered(12, Kind.CANVAS_2)
        case "crate":
            return armour.crate(13)
        case "carrier":
            return armour.chained(armour.carrier(), 3.75, -3.8, 0.95, 1.3)
    raise ValueError(f"no load is called {name!r}")


@cache
def _rig(load: str) -> Mesh:
    return merge([tractor(), trailer(), _load(load).moved((CENTRE, 0, DECK_TOP))])


def rig(
    load: str,
    at: tuple[float, float],
    turn: float = 0.0,
    cab: Colour = WHITE,
    bed: Colour = RED_OXIDE,
    plates: Plates = PLATES[0],
    seed: int = 1,
) -> Vehicle:
    """`at`: where the front bumper's middle stands; `turn` in degrees to the left of x; `seed` is for the plates' dirt."""
    mesh = _rig(load).moved((*at, 0.02), np.radians(turn))
    first, last, region, pair, trailer_region = plates
    front = plate.weathered(plate.lorry(first, last, region), seed, 0.35)
    rear = plate.weathered(plate.trailer(pair, trailer_region), seed + 1, 0.45)
    return Vehicle(mesh, {Kind.PAINT: cab, Kind.TRAILER: bed}, (front, rear))


def column(
    loads: list[str], start: float, gap: float, curve: float, seed: int, cabs: tuple[Colour, ...] = CABS
) -> tuple[Vehicle, ...]:
    """Rigs nose to tail in the right-hand lane of a road bent by `curve`, the first at x = `start`, the others behind it."""
    out = []
    for k, load in enumerate(loads):
        x = start - k * gap
        at = (x, LANE + 0.5 * curve * x * x)
        heading = float(np.degrees(np.arctan(curve * (x - 8))))
        out.append(rig(load, at, heading, cabs[k % len(cabs)], BEDS[k % 3], PLATES[(seed + k) % len(PLATES)], seed + 3 * k))
    return tuple(out)


def behind(vehicles: tuple[Vehicle, ...], thickness: float, seed: int) -> tuple[Puff, ...]:
    """Dust puffs in the wake of each rig, heading along x."""
    rng = np.random.default_rng(seed)
    out = []
    for vehicle in vehicles:
        low, high = vehicle.mesh.points.min(0), vehicle.mesh.points.max(0)
        y = (low[1] + high[1]) / 2
        for k in range(6):
            radius = 0.5 + 0.28 * k
            out.append(
                (
                    low[0] + 3 - 2.4 * k,
                    y + float(rng.normal(0, 0.5)),
                    0.25 + 0.13 * k,
                    radius,
                    thickness * float(rng.uniform(0.6, 1.2)) / (1 + 0.25 * k),
                )
            )
    return tuple(out)
