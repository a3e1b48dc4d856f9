"""Does a batch's memory grow with its photos? Runs one over many small drawn photos and prints resident memory and its slope.

python benchmarks/memory.py [PHOTOS] [WORKERS]
"""

from __future__ import annotations

import io
import os
import platform
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
from PIL import Image

from provcheck.jobs.batch import Tick, here, open_ledger, plan_of, run

WIDTH, HEIGHT = 64, 48  # pixels: the photos are many, not large
MARKS = 40  # measurements over the run
SETTLED = 0.25  # of the photos, before a slope is fitted: caches of modules, allocators and SQLite fill once


def drawn(seed: int) -> bytes:
    """A small JPEG that no other seed gives."""
    noise = np.random.default_rng(seed)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    waves = [127 + 90 * np.sin(x / (9.0 + 7 * i + seed % 97)) * np.cos(y / (13.0 + 5 * i)) for i in range(3)]
    rgb = np.stack(waves, -1) + noise.normal(0, 6, (HEIGHT, WIDTH, 3))
    file = io.BytesIO()
    Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=85)
    return file.getvalue()


def resident(process: int) -> int:
    """Bytes of a process in memory. Linux."""
    return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def below() -> list[int]:
    """The processes that this one started: its cells' warm parents."""
    tasks = Path("/proc/self/task").glob("*/children")
    return [int(number) for task in tasks for number in task.read_text("ascii").split()]


def slope(photos: list[int], size: list[int]) -> float:
    """Bytes a photo, least squares, once it has settled."""
    from_ = int(len(photos) * SETTLED)
    return float(np.polyfit(photos[from_:], size[from_:], 1)[0])


def main() -> None:
    count, workers = int((sys.argv[1:] or ["20000"])[0]), int((sys.argv[2:] or ["1"])[0])
    with tempfile.TemporaryDirectory() as name:
        photos = Path(name) / "photos"
        photos.mkdir()
        for number in range(count):
            (photos / f"{number:06}.jpg").write_bytes(drawn(number))
        numbers, runner, cells, began = [], [], [], time.monotonic()

        def told(tick: Tick) -> None:
            if tick.standing.done % max(1, count // MARKS) == 0:
                numbers.append(tick.standing.done)
                runner.append(resident(os.getpid()))
                cells.append(sum(map(resident, below())))
                print(f"| {numbers[-1]} | {runner[-1] / 1e6:.1f} | {cells[-1] / 1e6:.1f} |", flush=True)

        print(f"{count} drawn photos of {WIDTH} × {HEIGHT}, {workers} at once; Python {platform.python_version()}")
        print("\n| photos done | runner, MB | warm parents of its cells, MB |\n|---|---|---|")
        with open_ledger(Path(name) / "out", create=True) as ledger:
            standing = run(ledger, plan_of(photos, date(2023, 8, 2), (), None, None), again=True, examiner=here(workers), told=told)
    took = time.monotonic() - began
    print(f"\n{standing.done} done, {dict(standing.outcomes)}, {took:.0f} s by the clock")
    print(f"Slope after {SETTLED:.0%}: runner {slope(numbers, runner):.0f} bytes a photo, warm parents {slope(numbers, cells):.0f}")


if __name__ == "__main__":
    main()
