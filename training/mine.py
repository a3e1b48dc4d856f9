"""Hard negatives for the corner finder: what the detector of the package takes for plates in photos that show none.

`python -m training.mine DIR --out hard.npz [--without LIST]`: DIR holds photos with a free licence, LIST names those that do
show plates, one a line. Look at the sheet (`--sheet hard.png`) before training on it.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import cv2
import numpy as np

from provcheck.readers.plates import geometry
from provcheck.readers.plates.detect import candidates
from provcheck.readers.plates.network import networks
from training.crops import loose_box

LEAST = 0.2  # of the detector's score: below it nothing reaches the corner finder in use
MOST = 40  # frames of one photo
LARGEST = 1600  # photos are shrunk to this


def frames(photo: np.ndarray, rng: random.Random) -> list[np.ndarray]:
    found = candidates(networks().detector, photo, LEAST, MOST)
    shaken = [item.quad if rng.random() < 0.5 else loose_box(rng, item.quad) for item in found]
    return [geometry.rectify(photo, geometry.frame_quad(quad), geometry.FRAME) for quad in shaken]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("photos", type=Path)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--without", type=Path)
    ask.add_argument("--sheet", type=Path)
    options = ask.parse_args()
    cv2.setNumThreads(1)
    without = set(options.without.read_text(encoding="utf-8").split()) if options.without else set()
    rng = random.Random(1)
    mined: list[np.ndarray] = []
    names: list[str] = []
    for path in sorted(options.photos.iterdir()):
        photo = None if path.name in without else cv2.imread(str(path))
        if photo is None or min(photo.shape[:2]) < 64:
            continue
        scale = min(1.0, LARGEST / max(photo.shape[:2]))
        rgb = cv2.cvtColor(cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2RGB)
        new = frames(rgb, rng)
        mined += new
        names += [path.name] * len(new)
    np.savez(options.out, frames=np.array(mined), names=np.array(names))
    print(f"{len(mined)} frames of {len(set(names))} photos")
    if options.sheet:
        rows = -(-len(mined) // 10)
        sheet = np.zeros((rows * 50, 10 * 146, 3), np.uint8)
        for i, item in enumerate(mined):
            sheet[i // 10 * 50 : i // 10 * 50 + 48, i % 10 * 146 : i % 10 * 146 + 144] = item
        cv2.imwrite(str(options.sheet), cv2.cvtColor(sheet, cv2.COLOR_RGB2BGR))


if __name__ == "__main__":
    main()
