"""Plates that are rare in photos, rendered with seeds that no training used: how many are read exactly, kind by kind.

The scenes are those of `training/crops.py`, unreadable ones among them; WIDE leaves out what few photos show as small.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, replace

import cv2
import numpy as np
from training.crops import loose_box, scene
from training.world import Backgrounds

from provcheck.readers.plates import geometry
from provcheck.readers.plates.decide import decided
from provcheck.readers.plates.ground import ground
from provcheck.readers.plates.looks import read_all
from provcheck.readers.plates.network import networks
from provcheck.readers.plates.refine import refined

SEED = 910_000_007  # apart from every training seed and from calibration
WIDE = 70  # pixels: the 5th percentile of plates in real photos; two-row plates have signs of the same size at 0.6 of it
GROUPS = {
    "1": "cars",
    "1А": "two-row",
    "3": "two-row",
    "4": "two-row",
    "4А": "two-row",
    "5": "military",
    "6": "military",
    "7": "military",
    "8": "military",
    "20": "police",
    "21": "police",
    "22": "police",
    "2": "trailer",
    "15": "transit",
    "19": "transit",
    "1Б": "yellow",
    "9": "diplomatic",
    "10": "diplomatic",
}


@dataclass
class Count:
    """Plates, and of these exactly read, called certain, certain and wrong, and given the Russian format."""

    plates: int = 0
    exact: int = 0
    certain: int = 0
    wrong: int = 0
    russian: int = 0


def rendered(scenes: int) -> tuple[dict[str, Count], dict[str, Count]]:
    """By group: plates at least WIDE, and all."""
    nets, rng, backgrounds = networks(), random.Random(SEED), Backgrounds(None)
    wide: dict[str, Count] = defaultdict(Count)
    every: dict[str, Count] = defaultdict(Count)
    for _ in range(scenes):
        picture, quad, spec = scene(rng, backgrounds, 1.0)
        plate = refined(nets.corners, picture, [loose_box(rng, quad)])[0]
        plate = replace(plate, fields=ground(picture, plate.quad, plate.fields))
        seen = read_all(nets, np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8), [plate])[0]
        right = seen.belief is not None and seen.belief.best.text == spec.text.replace("-", "").replace("O", "0")
        text = decided(seen.looks, seen.belief, plate.fields, True, nets.thresholds) if seen.belief else None
        least = WIDE * (0.6 if spec.rows == 2 else 1)
        for table in (every, wide) if geometry.sides(quad)[0] >= least else (every,):
            count = table[GROUPS.get(spec.kind, spec.kind)]
            count.plates += 1
            count.exact += right
            count.certain += bool(text and text.certain)
            count.wrong += bool(text and text.certain and not right)
            count.russian += bool(text and text.format == "RU")
    return wide, every
