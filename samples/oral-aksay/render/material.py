"""What things are made of: colour in linear light, gloss, metal, and how much road dust they gather."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np


class Kind(IntEnum):
    """Numbers that meshes carry. PAINT_* are set anew for each vehicle by adding multiples of `VEHICLE`."""

    GROUND = 0
    PAINT = 1
    PLASTIC = 2  # unpainted grey bumpers, steps, arches
    GLASS = 3
    TYRE = 4
    RIM = 5
    STEEL = 6  # frame, black chassis paint
    DECK = 7  # timber
    TRAILER = 8
    CANVAS = 9
    ARMOUR = 10
    LAMP = 11
    RED_LAMP = 12
    AMBER = 13
    CHROME = 14
    TAPE_WHITE = 15
    TAPE_RED = 16
    DARK = 17  # openings
    ROPE = 18
    RUBBER = 19
    ARMOUR_DARK = 20
    POST = 21
    POLE = 22
    SIGN = 23
    LEAF = 24
    CLOTH_DARK = 25
    SEAT = 26
    CANVAS_2 = 27
    CABIN = 28  # what shows through a windscreen: drawn on the glass, as glossy as it
    BLIND = 29
    BULB = 30
    BOARD = 31


VEHICLE = 100  # material + VEHICLE × n belongs to vehicle n of the scene
PLATE = 90  # + k: plate texture k of that vehicle


@dataclass(frozen=True, slots=True)
class Surface:
    colour: tuple[float, float, float]  # linear RGB
    rough: float
    metal: float = 0.0
    gloss: float = 0.04  # reflectance straight on
    dust: float = 0.5


def srgb(r: int, g: int, b: int) -> tuple[float, float, float]:
    linear = (np.array([r, g, b]) / 255) ** 2.2
    return float(linear[0]), float(linear[1]), float(linear[2])


SURFACES: dict[int, Surface] = {
    Kind.GROUND: Surface((0.3, 0.3, 0.3), 1.0),
    Kind.PAINT: Surface(srgb(225, 226, 224), 0.25, gloss=0.05, dust=0.42),
    Kind.PLASTIC: Surface(srgb(52, 53, 55), 0.5, dust=0.5),
    Kind.GLASS: Surface((0.010, 0.012, 0.012), 0.03, gloss=0.07, dust=0.06),
    Kind.TYRE: Surface(srgb(38, 37, 36), 0.85, gloss=0.03, dust=0.55),
    Kind.RIM: Surface(srgb(150, 150, 148), 0.45, 0.4, dust=0.6),
    Kind.STEEL: Surface(srgb(46, 46, 48), 0.5, dust=0.55),
    Kind.DECK: Surface(srgb(120, 98, 74), 0.9, dust=0.8),
    Kind.TRAILER: Surface(srgb(158, 52, 30), 0.5, dust=0.6),
    Kind.CANVAS: Surface(srgb(92, 94, 66), 0.95, gloss=0.02, dust=0.25),
    Kind.CANVAS_2: Surface(srgb(112, 106, 80), 0.95, gloss=0.02, dust=0.25),
    Kind.ARMOUR: Surface(srgb(74, 80, 54), 0.7, dust=0.5),
    Kind.ARMOUR_DARK: Surface(srgb(44, 47, 36), 0.7, dust=0.5),
    Kind.LAMP: Surface(srgb(225, 228, 232), 0.08, 0.7, 0.3, dust=0.25),
    Kind.RED_LAMP: Surface(srgb(170, 18, 14), 0.15, gloss=0.06, dust=0.4),
    Kind.AMBER: Surface(srgb(225, 110, 16), 0.15, gloss=0.06, dust=0.4),
    Kind.CHROME: Surface((0.6, 0.6, 0.6), 0.18, 1.0, 0.6, dust=0.3),
    Kind.TAPE_WHITE: Surface(srgb(206, 205, 198), 0.6, dust=0.45),
    Kind.TAPE_RED: Surface(srgb(186, 30, 24), 0.6, dust=0.45),
    Kind.DARK: Surface((0.008, 0.008, 0.008), 0.8, dust=0.06),
    Kind.ROPE: Surface(srgb(140, 130, 104), 0.95, dust=0.3),
    Kind.RUBBER: Surface(srgb(34, 34, 34), 0.8, dust=0.7),
    Kind.POST: Surface(srgb(228, 228, 224), 0.6, dust=0.3),
    Kind.POLE: Surface(srgb(122, 112, 98), 0.9, dust=0.2),
    Kind.SIGN: Surface(srgb(28, 74, 150), 0.5, dust=0.2),
    Kind.LEAF: Surface(srgb(70, 84, 46), 0.9, gloss=0.02, dust=0.2),
    Kind.CLOTH_DARK: Surface(srgb(60, 62, 48), 0.95, dust=0.3),
    Kind.CABIN: Surface((0.035, 0.033, 0.030), 0.03, gloss=0.07, dust=0.06),
    Kind.BLIND: Surface((0.16, 0.14, 0.11), 0.03, gloss=0.07, dust=0.06),
    Kind.BULB: Surface(srgb(250, 250, 248), 0.05, 0.9, 0.6, dust=0.1),
    Kind.BOARD: Surface(srgb(235, 200, 40), 0.6, dust=0.3),
    Kind.SEAT: Surface(srgb(70, 66, 62), 0.9, dust=0.1),
}
