"""Measure the corner finder and the reader on rendered plates that no training saw, and set the thresholds by it.

`python -m training.calibrate --scenes 4000 [--write]`: prints exact readings per kind, coverage and errors of the readings called
certain, and Russian-format flags on foreign plates; `--write` puts thresholds and counts into MODELS.toml.
"""

from __future__ import annotations

import argparse
import datetime
import random
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from provcheck.readers.plates.decide import decided
from provcheck.readers.plates.ground import ground
from provcheck.readers.plates.looks import Reading, read_all
from provcheck.readers.plates.network import networks
from provcheck.readers.plates.refine import Plate, refined
from training.crops import loose_box, scene
from training.export import PACKAGE, write
from training.layouts import Plan
from training.world import Backgrounds

SEED = 900_000_001  # apart from every training seed
MOST_ERRORS = 0.002  # of readings called certain: half of what the product promises, since rendered plates are not real ones
GRID = tuple(round(0.80 + 0.005 * i, 3) for i in range(40))  # of the probability that a certain reading needs


@dataclass
class Read:
    """One rendered plate: what it was and what was made of it. `p` is 0 where a reading cannot be certain at any threshold."""

    country: str
    kind: str
    right: bool
    p: float
    russian: bool


def reads(count: int, seed: int, backgrounds: Backgrounds) -> list[Read]:
    nets = networks()
    rng = random.Random(seed)
    out = []
    for _ in range(count):
        picture, quad, spec = scene(rng, backgrounds, 0.6)
        plate = refined(nets.corners, picture, [loose_box(rng, quad)])[0]
        plate = replace(plate, fields=ground(picture, plate.quad, plate.fields))
        reading = read_all(nets, cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), [plate])[0]
        out.append(_made(reading, plate, spec, nets.thresholds))
    return out


def _made(reading: Reading, plate: Plate, spec: Plan, limits: Mapping[str, float]) -> Read:
    if reading.belief is None:
        return Read(spec.format, spec.kind, False, 0.0, False)
    text = decided(reading.looks, reading.belief, plate.fields, True, {**limits, "certain": 0.0, "certain_unlisted": 0.0})
    called = decided(reading.looks, reading.belief, plate.fields, True, limits)
    right = reading.belief.best.text == spec.text.replace("-", "").replace("O", "0")
    return Read(spec.format, spec.kind, right, reading.belief.p if text.certain else 0.0, called.format == "RU")


def best_limit(found: list[Read]) -> float:
    """The threshold that calls most readings certain while at most MOST_ERRORS of these are wrong."""
    for limit in GRID:
        sure = [read for read in found if read.p >= limit]
        if sum(not read.right for read in sure) <= MOST_ERRORS * len(sure):
            return limit
    return GRID[-1]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--scenes", type=int, default=4000)
    ask.add_argument("--seed", type=int, default=SEED)
    ask.add_argument("--backgrounds", type=Path)
    ask.add_argument("--write", action="store_true")
    options = ask.parse_args()
    cv2.setNumThreads(1)
    found = reads(options.scenes, options.seed, Backgrounds(options.backgrounds))
    kinds: dict[str, list[Read]] = defaultdict(list)
    for read in found:
        kinds[f"{read.country} {read.kind}".strip()].append(read)
    for name, group in sorted(kinds.items()):
        exact, flagged = np.mean([read.right for read in group]), sum(read.russian for read in group)
        print(f"{name:10} {len(group):5}  exact {exact:.3f}  Russian-format {flagged}")
    limit = best_limit(found)
    sure = [read for read in found if read.p >= limit]
    wrong = sum(not read.right for read in sure)
    foreign = [read for read in found if read.country != "RU"]
    flags = sum(read.russian for read in foreign)
    print(f"certain {len(sure)} of {len(found)}, wrong {wrong}; Russian-format on foreign plates {flags} of {len(foreign)}")
    print(f"certain at a probability of {limit}")
    if options.write:
        listing = PACKAGE / "MODELS.toml"
        table = tomllib.loads(listing.read_text(encoding="utf-8"))
        table["thresholds"]["certain"] = limit
        table["calibration"] = {
            "data": f"{options.scenes} scenes rendered by training/crops.py, seed {options.seed}, never trained on",
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "plates": len(found),
            "right": sum(read.right for read in found),
            "certain": len(sure),
            "certain_wrong": wrong,
            "foreign": len(foreign),
            "foreign_called_russian": flags,
            "command": "python -m training.calibrate --write",
        }
        write(listing, table)


if __name__ == "__main__":
    main()
