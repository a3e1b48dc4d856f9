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
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from provcheck.readers.plates import decide, geometry
from provcheck.readers.plates.decode import free, merged_blanks
from provcheck.readers.plates.ground import ground
from provcheck.readers.plates.network import networks
from provcheck.readers.plates.read import clearest
from provcheck.readers.plates.refine import refined
from training.crops import loose_box, scene
from training.export import PACKAGE, write
from training.world import Backgrounds

SEED = 900_000_001  # apart from every training seed
MOST_ERRORS = 0.002  # of readings called certain: half of what the product promises, since rendered plates are not real ones
GRID = {
    "character": (0.8, 0.85, 0.9, 0.93, 0.96, 0.98),
    "path": (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    "rival": (0.5, 1.0, 1.5, 2.0, 3.0, 4.0),
}


@dataclass
class Read:
    """One rendered plate: what it was and what was made of it."""

    country: str
    kind: str
    right: bool
    strength: decide.Strength | None
    russian: bool


def reads(count: int, seed: int, backgrounds: Backgrounds) -> list[Read]:
    nets = networks()
    rng = random.Random(seed)
    out = []
    for _ in range(count):
        picture, quad, spec = scene(rng, backgrounds, 0.6)
        plate = refined(nets.corners, picture, [loose_box(rng, quad)])[0]
        plate = replace(plate, fields=ground(picture, plate.quad, plate.fields))
        gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
        two = geometry.has_two_rows(plate.quad, plate.two_rows)
        seen = clearest(nets.reader, gray, [plate.quad, *reversed(plate.earlier)], two)
        logs = seen.logs
        truth = spec.text.replace("-", "")
        text = decide.decided(logs, plate.fields, two, seen.agreed, True, nets.thresholds)
        if text is None:
            out.append(Read(spec.format, spec.kind, False, None, False))
            continue
        squeezed = merged_blanks(logs)
        loose = free(squeezed)
        ranked = decide.hypotheses(squeezed, loose, plate.fields, two)
        best = decide.chosen(ranked, loose)
        path = best.path if best else loose
        strong = decide.strength(squeezed, path, ranked, decide.characters_of(squeezed, path)) if best and seen.agreed else None
        right = path.text == truth or (spec.format == "??" and path.text.replace("O", "0") == truth.replace("O", "0"))
        out.append(Read(spec.format, spec.kind, right, strong, text.format == "RU"))
    return out


def certain(read: Read, limits: dict[str, float]) -> bool:
    strong = read.strength
    return (
        strong is not None
        and strong.weakest >= limits["character"]
        and strong.whole >= limits["path"]
        and strong.lead >= limits["rival"]
    )


def best_limits(found: list[Read]) -> dict[str, float]:
    """The thresholds that call most readings certain while at most MOST_ERRORS of these are wrong."""
    best, most = {name: values[-1] for name, values in GRID.items()}, -1
    for character in GRID["character"]:
        for path in GRID["path"]:
            for rival in GRID["rival"]:
                limits = {"character": character, "path": path, "rival": rival}
                sure = [read for read in found if certain(read, limits)]
                if sum(not read.right for read in sure) <= MOST_ERRORS * len(sure) and len(sure) > most:
                    best, most = limits, len(sure)
    return best


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
    limits = best_limits(found)
    sure = [read for read in found if certain(read, limits)]
    wrong = sum(not read.right for read in sure)
    foreign = [read for read in found if read.country != "RU"]
    flags = sum(read.russian for read in foreign)
    print(f"certain {len(sure)} of {len(found)}, wrong {wrong}; Russian-format on foreign plates {flags} of {len(foreign)}")
    print(f"thresholds {limits}")
    if options.write:
        listing = PACKAGE / "MODELS.toml"
        table = tomllib.loads(listing.read_text(encoding="utf-8"))
        table["thresholds"] |= limits
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
