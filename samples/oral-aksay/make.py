"""Make the samples again: `python make.py` renders every picture; `python make.py NAME…` only those. Same versions, same bytes."""

from __future__ import annotations

import argparse
import time
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
from render import lens
from render.photo import Camera, mirrored, save, stamped
from render.radiance import radiance
from render.shots import ORAL, SHOTS, WIDTH

HERE = Path(__file__).resolve().parent
SUPERSAMPLING = 2.0
MIRRORED = "channel-1-mirrored"
SOURCE = "2022-05-convoy"
CAPTION = "RUSSIAN COLUMN TODAY - 29 JULY - SHARE!"

CAMERAS: dict[str, Camera] = {
    "journalist-1-roadside": Camera(
        "samsung",
        "SM-A536E",
        "A536EXXS5CWE1",
        datetime(2023, 7, 29, 9, 52, 14, tzinfo=ORAL),
        "523/100",
        33,
        "18/10",
        40,
        "1/1120",
        (51.204, 52.217, 58.0),
    ),
    "journalist-2-layby": Camera(
        "samsung", "SM-A536E", "A536EXXS5CWE1", datetime(2023, 7, 29, 10, 14, 41, tzinfo=ORAL), "523/100", 28, "18/10", 40, "1/960"
    ),
    "channel-2-clock": Camera(
        "Xiaomi", "M2003J15SC", "MIUI 12", datetime(2021, 9, 4, 16, 30, 5, tzinfo=ORAL), "471/100", 34, "179/100", 100, "1/640"
    ),
}
QUALITY = {"photos": 86, "archive": 80}
SIZES = {"photos": (1600, 1067), "archive": (1200, 800)}  # newspapers' pages hold smaller pictures


def folder(name: str) -> str:
    return "archive" if name[0].isdigit() else "photos"


def picture(name: str, samples: float = SUPERSAMPLING, size: tuple[int, int] | None = None) -> npt.NDArray[np.uint8]:
    """One developed picture of `size` without its stamp, `samples` across each pixel."""
    size = size or SIZES[folder(name)]
    shot = SHOTS[name](samples * size[0] / WIDTH)
    return lens.develop(radiance(shot.scene), shot.phone, size)


def make(name: str, root: Path = HERE, samples: float = SUPERSAMPLING) -> Path:
    path = root / folder(name) / f"{name}.jpg"
    if name == MIRRORED:
        save(mirrored(root / "archive" / f"{SOURCE}.jpg", CAPTION), path, 80)
    else:
        save(stamped(picture(name, samples), left=folder(name) == "archive"), path, QUALITY[folder(name)], CAMERAS.get(name))
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="pictures to make; default: all")
    parser.add_argument("--samples", type=float, default=SUPERSAMPLING, help="samples across a pixel")
    arguments = parser.parse_args()
    for name in arguments.names or [*SHOTS, MIRRORED]:
        start = time.process_time()
        path = make(name, samples=arguments.samples)
        print(f"{path.relative_to(HERE)}  {path.stat().st_size // 1000} kB  {time.process_time() - start:.0f} s")


if __name__ == "__main__":
    main()
