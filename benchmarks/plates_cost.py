"""What plates cost on one core in CPU time: a photo against its megapixels, and each plate in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.readers.plates import find_plates
from provcheck.readers.plates.decide import decided
from provcheck.readers.plates.detect import candidates
from provcheck.readers.plates.ground import ground
from provcheck.readers.plates.looks import read_all
from provcheck.readers.plates.network import networks
from provcheck.readers.plates.refine import refined

SIZES = ((640, 480), (1280, 960), (1600, 1200), (2560, 1920), (4000, 3000), (6000, 4000), (8000, 6000))
REPEATS = 3
Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PlateCost:
    """Median CPU milliseconds of one plate in a photo: finding its corners, and reading it (strips, network, texts, decision)."""

    corners: float
    reading: float
    plates: int


def photo_cost() -> list[tuple[float, float]]:
    """(megapixels, CPU milliseconds) of photos without a plate, which are searched twice: noise of a street's statistics."""
    rng = np.random.default_rng(1)
    table = []
    for width, height in SIZES:
        small = rng.integers(0, 255, (height // 16, width // 16, 3), np.uint8)
        rgb = np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
        table.append((width * height / 1e6, spent(lambda rgb=rgb: find_plates(rgb))))  # type: ignore[misc]
    return table


def plate_cost(photos: list[Picture]) -> PlateCost:
    """Of photos with plates."""
    nets = networks()
    corners, reading, plates = [], [], 0
    for rgb in photos:
        gray = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
        quads = [item.quad for item in candidates(nets.detector, rgb, 0.7, 8)]
        if not quads:
            continue
        found = refined(nets.corners, rgb, quads)
        likely = [plate for plate in found if plate.p >= nets.thresholds["plate"]]
        if not likely:
            continue

        def read(likely: list = likely, rgb: Picture = rgb, gray: Picture = gray) -> None:  # type: ignore[type-arg]
            coloured = [replace(plate, fields=ground(rgb, plate.quad, plate.fields)) for plate in likely]
            for plate, seen in zip(coloured, read_all(nets, gray, coloured), strict=True):
                if seen.belief:
                    decided(seen.looks, seen.belief, plate.fields, True, nets.thresholds)

        corners.append(spent(lambda rgb=rgb, quads=quads: refined(nets.corners, rgb, quads)) / len(quads))  # type: ignore[misc]
        reading.append(spent(read) / len(likely))
        plates += len(likely)
    return PlateCost(median(corners or [0.0]), median(reading or [0.0]), plates)


def spent(work: Callable[[], object]) -> float:
    """CPU milliseconds, the best of REPEATS."""
    work()
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return min(times)
