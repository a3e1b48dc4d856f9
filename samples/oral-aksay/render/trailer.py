"""A gooseneck lowbed trailer; x = 0 is the tractor's bumper."""

from __future__ import annotations

from functools import cache

import numpy as np

from .material import Kind
from .mesh import Mesh, box, extrude, merge, tube
from .tractor import plate
from .wheel import mudguard, pair

DECK_TOP = 0.98
DECK = (-8.1, -16.6)  # where the deck begins and ends
WIDE = 2.72
CENTRE = -12.2  # of a load


@cache
def trailer(ramps: bool = True) -> Mesh:
    parts = [*_neck(), *_deck(), *_running_gear(), *_tail()]
    if ramps:
        parts += _ramps()
    return merge(parts)


def _neck() -> list[Mesh]:
    parts = []
    for y in (-0.62, 0.62):
        parts.append(box((-5.75, y, 1.44), (3.3, 0.14, 0.30), Kind.TRAILER, 0.02))
        parts.append(extrude([(-7.30, 1.29), (-7.30, 1.59), (-8.30, 0.98), (-8.30, 0.60)], 0.14, Kind.TRAILER).moved((0, y, 0)))
    parts.append(box((-5.75, 0, 1.57), (3.3, 1.9, 0.05), Kind.TRAILER, 0.01))
    parts.append(box((-4.14, 0, 1.62), (0.08, 2.4, 0.36), Kind.TRAILER, 0.02))
    parts.append(box((-6.7, -0.1, 1.75), (0.7, 1.2, 0.32), Kind.STEEL, 0.03))
    parts.append(
        pair(0.5, 0.3, 0.3, 0, hub=-0.03).mapped(lambda p: np.stack([p[:, 0] - 5.4, p[:, 2] - 0.45, 1.76 + p[:, 1] * 0.9], 1))
    )
    return parts


def _deck() -> list[Mesh]:
    start, stop = DECK
    length, middle = start - stop, (start + stop) / 2
    parts = [box((middle, s * 0.6, 0.72), (length, 0.16, 0.36), Kind.TRAILER, 0.01) for s in (1, -1)]
    parts += [box((middle, -1.2 + 0.2 * k, DECK_TOP - 0.035), (length, 0.188, 0.05), Kind.DECK, 0.006) for k in range(13)]
    for s in (1, -1):
        parts.append(box((middle, s * WIDE / 2, 0.87), (length, 0.08, 0.20), Kind.TRAILER, 0.015))
        for k, x in enumerate(np.arange(start - 0.3, stop, -0.62)):
            tape = Kind.TAPE_WHITE if k % 2 else Kind.TAPE_RED
            parts.append(box((x, s * (WIDE / 2 + 0.042), 0.865), (0.30, 0.006, 0.06), tape))
            parts.append(box((x - 0.3, s * (WIDE / 2 + 0.03), 0.75), (0.05, 0.05, 0.12), Kind.STEEL, 0.01))
            if k % 4 == 2:
                parts.append(box((x - 0.3, s * (WIDE / 2 + 0.05), 0.92), (0.10, 0.03, 0.05), Kind.AMBER, 0.01))
            parts.append(box((x - 0.3, s * 0.95, 0.80), (0.08, 0.75, 0.10), Kind.TRAILER))
    parts.append(box((-9.3, -1.0, 0.52), (0.9, 0.5, 0.34), Kind.TRAILER, 0.03))
    parts.append(box((-9.5, 1.0, 0.52), (0.6, 0.5, 0.34), Kind.PLASTIC, 0.03))
    return parts


def _running_gear() -> list[Mesh]:
    parts = []
    for x in (-12.9, -14.15, -15.4):
        parts.append(pair(0.40, 0.26, 2.62, x, hub=-0.04, dual=True))
        parts += [mudguard(x, 0.40, 0.45, 0.56, s * 1.03, 20, 160, Kind.STEEL) for s in (1, -1)]
    for s in (1, -1):
        parts.append(box((-16.15, s * 1.03, 0.40), (0.015, 0.58, 0.46), Kind.RUBBER))
    return parts


def _tail() -> list[Mesh]:
    """The rear beam: lamps, tape, plate, warning boards."""
    x = DECK[1] - 0.12
    parts = [box((x, 0, 0.80), (0.16, WIDE + 0.02, 0.34), Kind.TRAILER, 0.02)]
    for s in (1, -1):
        for k, (colour, wide) in enumerate(((Kind.RED_LAMP, 0.16), (Kind.AMBER, 0.12), (Kind.RED_LAMP, 0.12))):
            parts.append(box((x - 0.09, s * (1.18 - 0.16 * k), 0.83), (0.05, wide, 0.12), colour, 0.02))
        parts.append(box((x - 0.085, s * 1.02, 0.83), (0.03, 0.52, 0.17), Kind.RUBBER, 0.01))
        parts.append(box((x - 0.083, s * 1.02, 0.69), (0.01, 0.50, 0.055), Kind.TAPE_RED))
        parts.append(box((x - 0.08, s * 0.52, 0.69), (0.01, 0.30, 0.05), Kind.TAPE_WHITE))
    parts.append(plate((x - 0.118, -0.02, 0.86), 1, backward=True))
    parts.append(box((x - 0.1, 0.34, 0.94), (0.06, 0.08, 0.05), Kind.RUBBER, 0.01))
    parts.append(box((x, 0, 0.52), (0.10, 2.3, 0.12), Kind.STEEL, 0.02))
    parts += [box((x + 0.1, s * 0.7, 0.62), (0.1, 0.1, 0.2), Kind.STEEL) for s in (1, -1)]
    return parts


def _ramps() -> list[Mesh]:
    """Ladder ramps folded up at the tail, leaning a little forward."""
    x, base, height, lean = DECK[1] - 0.08, 1.0, 1.75, 0.22
    parts = []
    for s in (1, -1):
        parts += [tube([(x, s * y, base), (x + lean, s * y, base + height)], 0.05, Kind.TRAILER, 6) for y in (0.48, 1.12)]
        rungs = [(k + 0.5) / 9 for k in range(9)]
        parts += [box((x + lean * t, s * 0.8, base + height * t), (0.07, 0.64, 0.055), Kind.TRAILER, 0.01) for t in rungs]
        board = box((x - 0.07, s * 0.8, base + 0.62), (0.02, 0.36, 0.36), Kind.TAPE_WHITE)
        stripes = [box((x - 0.083, s * 0.8, base + 0.50 + 0.12 * k), (0.006, 0.36, 0.055), Kind.TAPE_RED) for k in range(3)]
        parts += [board, *stripes]
    return parts
