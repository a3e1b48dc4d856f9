"""What does adding a photo to an archive cost? CPU of its stages beside one full decode by Pillow.

    python benchmarks/adding.py PHOTO_OR_FOLDER... [--photos 40] [--least 1.9] [--most 3.2]

Of JPEG photos between so many megapixels, evenly over their sorted names; the best of five each, one thread, everything imported.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time_ns

import cv2
import imagehash
import numpy as np
from PIL import Image, UnidentifiedImageError

from provcheck.archive.kept import pack
from provcheck.config import Settings
from provcheck.domain.reading import Found
from provcheck.jobs.alone import see
from provcheck.pipeline import bitmap_of
from provcheck.readers.features import ARCHIVED, read_features
from provcheck.readers.fingerprint import read_fingerprints
from provcheck.readers.intake import walk
from provcheck.readers.pdq import luma, pdq
from provcheck.readers.pixels import view

ROUNDS = 5
MEGA = 1_000_000
STAGES = (
    *("full decode", "decode", "fingerprints", "of them PDQ", "of them ImageHash", "features", "view", "all"),
    *("decode and PDQ / full decode", "decode and fingerprints / full decode"),
)


def photos(paths: tuple[Path, ...], least: float, most: float) -> Iterator[Path]:
    for submission in walk(paths):
        try:
            with Image.open(submission.path) as image:
                if image.format == "JPEG" and least <= image.width * image.height / MEGA <= most:
                    yield submission.path
        except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
            continue


def spent(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = process_time_ns()
        work()
        times.append(process_time_ns() - began)
    return min(times) / MEGA


def stages(data: bytes) -> tuple[float, ...] | None:
    bitmap = bitmap_of(data, Settings(), most=0)
    if not isinstance(bitmap, Found):
        return None
    rgb, picture = bitmap.value.reduced, bitmap.value

    def features() -> None:
        found = read_features(rgb, ARCHIVED)
        if isinstance(found, Found):
            pack(found.value)

    def hashes() -> None:
        gray = Image.fromarray(rgb).convert("L")
        imagehash.phash(gray), imagehash.dhash(gray)

    full = spent(lambda: Image.open(io.BytesIO(data)).load())
    decode, prints = spent(lambda: bitmap_of(data, Settings(), most=0)), spent(lambda: read_fingerprints(rgb))
    own, theirs = spent(lambda: pdq(luma(rgb))), spent(hashes)
    rest = spent(features), spent(lambda: view(picture)), spent(lambda: see(data, "", Settings()))
    return full, decode, prints, own, theirs, *rest, (decode + own) / full, (decode + prints) / full


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--least", type=float, default=1.9)
    parser.add_argument("--most", type=float, default=3.2)
    given = parser.parse_args()
    cv2.setNumThreads(1)
    found = list(photos(tuple(given.paths), given.least, given.most))
    chosen = found[:: max(1, len(found) // given.photos)][: given.photos]
    table = np.array([row for path in chosen if (row := stages(path.read_bytes()))])
    print(f"{len(table)} of {len(found)} photos\n\n| CPU ms | median | p95 | least | most |\n|---|---|---|---|---|")
    for name, column in zip(STAGES, table.T, strict=True):
        p95 = np.percentile(column, 95)
        print(f"| {name} | {np.median(column):.1f} | {p95:.1f} | {column.min():.1f} | {column.max():.1f} |")


if __name__ == "__main__":
    main()
