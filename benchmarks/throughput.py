"""What does containment cost, and how far do two cores carry? Prints tables; photos are drawn here, so anybody can run it.

python benchmarks/throughput.py [PHOTOS] [MEGAPIXELS]
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image

from provcheck.config import Settings
from provcheck.domain.reading import Found
from provcheck.jobs.cell import Cell
from provcheck.jobs.examine import in_cells
from provcheck.jobs.warm import warm
from provcheck.pipeline import look
from provcheck.readers.features import SUBMITTED, read_features
from provcheck.readers.fingerprint import read_fingerprints
from provcheck.readers.formats import sniff
from provcheck.readers.intake import walk
from provcheck.readers.metadata import read_metadata
from provcheck.readers.pixels import decode, view
from provcheck.readers.plates import find_plates

SETTINGS = Settings()


def drawn(megapixels: float, seed: int) -> bytes:
    """A photo-like JPEG: smooth waves, an edge, and noise."""
    import io

    width = round((megapixels * 1e6 * 1.5) ** 0.5)
    height = round(width / 1.5)
    noise = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    waves = [127 + 90 * np.sin(x / (90.0 + 70 * i + seed)) * np.cos(y / (130.0 + 50 * i)) for i in range(3)]
    rgb = np.stack(waves, -1) + noise.normal(0, 6, (height, width, 3))
    file = io.BytesIO()
    Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=88)
    return file.getvalue()


def spent() -> float:
    """Processor seconds of this process and of all children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def cpu(act: Callable[[], object]) -> float:
    """Processor seconds of one call, its children included."""
    before = spent()
    act()
    return spent() - before


def containment(photos: list[bytes]) -> None:
    """The same photos in turn in this process, in walled processes of their own, and in a reused one; all of them warm. Linux."""
    ways = {"a process each: rlimits, Landlock, seccomp": True, "one reused process, memory limit only": False}
    plain: list[float] = []
    contained: dict[str, list[float]] = {name: [] for name in ways}
    with ExitStack() as stack:
        cells = {name: stack.enter_context(Cell(SETTINGS, forks=forks)) for name, forks in ways.items()}
        for cell in cells.values():
            cell.run("look", photos[0], ".jpg")
        for data in photos:
            plain.append(cpu(lambda data=data: look(data, ".jpg", SETTINGS)))  # type: ignore[misc]
            for name, cell in cells.items():
                before = below(cell)
                contained[name].append(cpu(lambda cell=cell, data=data: cell.run("look", data, ".jpg")) + below(cell) - before)  # type: ignore[misc]
    print("\n| way | CPU s a photo (median) | over plain |\n|---|---|---|")
    print(f"| in this process, no containment | {median(plain):.3f} | |")
    for name, costs in contained.items():
        print(f"| {name} | {median(costs):.3f} | {100 * (sum(costs) / sum(plain) - 1):+.1f} % |")


def below(cell: Cell) -> float:
    """Processor seconds of a cell's process and of the children that it has seen end."""
    child = cell._child  # noqa: SLF001  the benchmark looks where nobody else may
    if child is None:
        return 0.0
    fields = Path(f"/proc/{child.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def cores(folder: Path, count: int) -> None:
    """Wall time for one worker and for two; says nothing where other programs use the cores."""
    took = []
    for workers in (1, 2):
        for _ in in_cells(list(walk((folder,)))[:workers], "look", SETTINGS, workers):
            pass
        start, used = time.perf_counter(), spent()
        for _ in in_cells(walk((folder,)), "look", SETTINGS, workers):
            pass
        took.append((time.perf_counter() - start, spent() - used))
    print("\n| workers | wall s | CPU s | photos a second |\n|---|---|---|---|")
    for workers, (wall, used) in zip((1, 2), took, strict=True):
        print(f"| {workers} | {wall:.1f} | {used:.1f} | {count / wall:.2f} |")
    print(f"\nTwo workers against one: {took[0][0] / took[1][0]:.2f} ×; load of the machine before: {os.getloadavg()[0]:.1f}")


def stages(data: bytes) -> None:
    """Each part alone, against one plain Pillow decode of the same file."""
    import io

    signature = sniff(data)
    if signature is None:
        raise ValueError("not a picture")
    picture = decode(data, signature, SETTINGS.limits)
    if not isinstance(picture, Found):
        raise ValueError("not decoded")
    bitmap = picture.value
    parts: dict[str, Callable[[], object]] = {
        "plain Pillow decode": lambda: np.asarray(Image.open(io.BytesIO(data)).convert("RGB")),
        "metadata": lambda: read_metadata(data),
        "decode, upright, reduced": lambda: decode(data, signature, SETTINGS.limits),
        "fingerprints": lambda: read_fingerprints(bitmap.reduced),
        "features": lambda: read_features(bitmap.reduced, SUBMITTED),
        "view": lambda: view(bitmap),
        "plates": lambda: find_plates(bitmap.rgb),
        "all of it (look)": lambda: look(data, ".jpg", SETTINGS),
    }
    costs = {name: median(cpu(part) for _ in range(5)) for name, part in parts.items()}
    print("\n| stage | CPU ms | Pillow decodes |\n|---|---|---|")
    for name, cost in costs.items():
        print(f"| {name} | {1000 * cost:.0f} | {cost / costs['plain Pillow decode']:.2f} |")
    apart = sum(costs[name] for name in ("metadata", "decode, upright, reduced", "fingerprints", "features", "view", "plates"))
    print(f"\nAll of it against the sum of its parts: {costs['all of it (look)'] / apart:.2f} ×")


def main() -> None:
    count, megapixels = int((sys.argv[1:] or ["12"])[0]), float((sys.argv[2:] or ["3"])[0])
    warm()
    print(f"{count} drawn photos of {megapixels} Mpx; Python {platform.python_version()}, {os.cpu_count()} cores")
    photos = [drawn(megapixels, seed) for seed in range(count)]
    stages(photos[0])
    containment(photos)
    with tempfile.TemporaryDirectory() as name:
        for number, data in enumerate(photos):
            (Path(name) / f"{number:03}.jpg").write_bytes(data)
        cores(Path(name), count)


if __name__ == "__main__":
    main()
