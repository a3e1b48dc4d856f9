"""What does containment cost, and how far do two cores carry? Prints tables; photos are drawn here, so anybody can run it.

TMPDIR=/dev/shm python benchmarks/throughput.py [PHOTOS] [MEGAPIXELS] [ROUNDS]

TMPDIR in memory, so that a busy disk is not measured. Linux. On a busy machine only the ratios of one round say something.
"""

from __future__ import annotations

import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image

from provcheck.config import Settings
from provcheck.domain.reading import Found
from provcheck.jobs.batch import Tick, open_ledger, plan_of, run
from provcheck.jobs.batch import here as cells
from provcheck.jobs.cell import Cell
from provcheck.jobs.warm import warm
from provcheck.pipeline import look
from provcheck.readers.features import SUBMITTED, read_features
from provcheck.readers.fingerprint import read_fingerprints
from provcheck.readers.formats import sniff
from provcheck.readers.metadata import read_metadata
from provcheck.readers.pixels import decode, view
from provcheck.readers.plates import find_plates

SETTINGS = Settings()
PHOTOS_A_ROUND = 4  # for containment: rounds in turn say more than photos, because the machine's mood changes


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


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds, those of them in the kernel, and pages that were given to a process at its first touch."""

    seconds: float = 0
    kernel: float = 0
    faults: int = 0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.seconds + other.seconds, self.kernel + other.kernel, self.faults + other.faults)

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.seconds - other.seconds, self.kernel - other.kernel, self.faults - other.faults)


def here() -> Spent:
    """By this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Spent(used.ru_utime + used.ru_stime, used.ru_stime, used.ru_minflt)


def below(cell: Cell) -> Spent:
    """By a cell's process and the children that it has seen end."""
    child = cell._child  # noqa: SLF001  the benchmark looks where nobody else may
    if child is None:
        return Spent()
    fields = [int(field) for field in Path(f"/proc/{child.pid}/stat").read_text("ascii").rpartition(")")[2].split()[1:]]
    user, kernel, user_of_children, kernel_of_children = (ticks / os.sysconf("SC_CLK_TCK") for ticks in fields[10:14])
    in_kernel = kernel + kernel_of_children
    return Spent(user + user_of_children + in_kernel, in_kernel, fields[6] + fields[7])


def cpu(act: Callable[[], object]) -> float:
    """Processor seconds of one call in this process."""
    before = here()
    act()
    return (here() - before).seconds


def containment(photos: list[bytes], rounds: int) -> None:
    """The same photos in turn in this process, in walled processes of their own, and in a reused one; all of them warm."""
    plain = "in this process, no containment"
    with ExitStack() as stack:
        ways: dict[str, Cell | None] = {plain: None}
        for name, forks in (("a process each: rlimits, Landlock, seccomp", True), ("one reused process, memory limit only", False)):
            ways[name] = cell = stack.enter_context(Cell(SETTINGS, forks=forks))
            cell.run("look", photos[0], ".jpg")
        look(photos[0], ".jpg", SETTINGS)
        runs: dict[str, list[Spent]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                runs[name].append(_round(photos, way))
    print("\n| way | CPU s a photo | of it kernel | page faults a photo | over plain | rounds |\n|---|---|---|---|---|---|")
    for name, spent in runs.items():
        total, count = sum(spent, Spent()), rounds * len(photos)
        over = [100 * (one.seconds / other.seconds - 1) for one, other in zip(spent, runs[plain], strict=True)]
        spread = f"{median(over):+.1f} % | {min(over):+.1f} to {max(over):+.1f}" if name != plain else "|"
        print(f"| {name} | {total.seconds / count:.3f} | {total.kernel / count:.3f} | {total.faults / count:.0f} | {spread} |")


def _round(photos: list[bytes], cell: Cell | None) -> Spent:
    """One more before them, not counted: a virtual machine's host takes back what lay free for two seconds while another way had
    its turn, and giving it again costs 35 ms a photo that a batch, which has no such pauses, does not pay."""
    before = Spent()
    for number, data in enumerate((photos[-1], *photos)):
        if number == 1:
            before = here() + (below(cell) if cell else Spent())
        if not isinstance(cell.run("look", data, ".jpg") if cell else Found(look(data, ".jpg", SETTINGS)), Found):
            raise RuntimeError("a drawn photo was not examined")
    return here() + (below(cell) if cell else Spent()) - before


def cores(folder: Path, rounds: int) -> None:
    """A batch on one core and on two, in turn: photos a second from the first that is done to the last, and with its start."""
    usable = sorted(os.sched_getaffinity(0))[:2]
    rates: dict[int, list[tuple[float, float, float]]] = {1: [], 2: []}
    for _ in range(rounds):
        for count, measured in rates.items():
            os.sched_setaffinity(0, usable[:count])
            measured.append(_batch(folder, count))
    os.sched_setaffinity(0, usable)
    print("\n| cores, cells | photos a second | with start and end | runner's CPU ms a photo |\n|---|---|---|---|")
    for count, measured in rates.items():
        steady, whole, own = (median(column) for column in zip(*measured, strict=True))
        print(f"| {count} | {steady:.2f} | {whole:.2f} | {1000 * own:.1f} |")
    ratios = [[two[at] / one[at] for one, two in zip(rates[1], rates[2], strict=True)] for at in (0, 1)]
    print(
        "\nTwo cores against one: "
        + ", with start and end ".join(f"{median(ratio):.2f} × (best {max(ratio):.2f})" for ratio in ratios)
    )
    print(f"Load of the machine before: {os.getloadavg()[2]:.1f} (15 minutes); {len(usable)} cores used")


def _batch(folder: Path, workers: int) -> tuple[float, float, float]:
    """Photos a second after the first ones, and of the whole run; the runner's own processor time a photo."""
    ticks: list[tuple[float, float]] = []

    def told(_: Tick) -> None:
        ticks.append((time.perf_counter(), time.process_time()))

    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as out, open_ledger(Path(out) / "out", create=True) as ledger:
        run(ledger, plan_of(folder, date(2023, 8, 2), (), None, None), again=True, examiner=cells(workers), told=told)
    took = time.perf_counter() - start
    (since, used), (until, used_then) = ticks[workers], ticks[-1]
    after = len(ticks) - workers - 1
    return after / (until - since), len(ticks) / took, (used_then - used) / after


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
    given = sys.argv[1:] + ["12", "3", "3"][len(sys.argv) - 1 :]
    count, megapixels, rounds = int(given[0]), float(given[1]), int(given[2])
    warm()
    print(f"{count} drawn photos of {megapixels} Mpx, {rounds} rounds; Python {platform.python_version()}, {os.cpu_count()} cores")
    photos = [drawn(megapixels, seed) for seed in range(count)]
    stages(photos[0])
    containment(photos[:PHOTOS_A_ROUND], rounds)
    with tempfile.TemporaryDirectory() as name:
        for number, data in enumerate(photos):
            (Path(name) / f"{number:03}.jpg").write_bytes(data)
        cores(Path(name), rounds)


if __name__ == "__main__":
    main()
