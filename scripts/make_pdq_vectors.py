"""Makes tests/golden/pdq_vectors.json again: what Meta's own PDQ says of seeded pictures.

Needs `pip install pdqhash`, which needs a C++ compiler:

    python scripts/make_pdq_vectors.py > tests/golden/pdq_vectors.json

The pictures are drawn by `picture` below, in integers and exact steps, so that every machine draws the same; a CRC guards that.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

KINDS = ("blocks", "discs", "stripes", "cells", "noise", "gradient", "text", "flat")
SIZES = (
    (512, 512),
    (640, 480),
    (1024, 683),
    (683, 1024),
    (1024, 1024),
    (200, 150),
    (64, 64),
    (65, 63),
    (97, 401),
    (1000, 333),
    (320, 240),
    (33, 500),
)
# The reference's order: rotations counterclockwise, then mirrored top-bottom, left-right, and over the two diagonals
REFERENCE_ORDER = (
    "none",
    "rotate-270",
    "rotate-180",
    "rotate-90",
    "mirror-rotate-180",
    "mirror",
    "mirror-rotate-270",
    "mirror-rotate-90",
)
TURNS = ("none", "rotate-90", "rotate-180", "rotate-270", "mirror", "mirror-rotate-90", "mirror-rotate-180", "mirror-rotate-270")


def picture(kind: str, width: int, height: int, seed: int) -> npt.NDArray[np.uint8]:
    """One synthetic picture, rows × columns × RGB."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    image = np.zeros((height, width, 3), dtype=np.int64) + rng.integers(0, 256, 3)
    if kind == "noise":
        cell = max(1, min(width, height) // 30)  # cells of a fixed 8 px leave a 64 px picture with exact ties at the median
        coarse = rng.integers(0, 256, (height // cell + 1, width // cell + 1, 3))
        image = coarse[y // cell, x // cell]
    elif kind == "gradient":
        image = (np.stack([x * 255 // width, y * 255 // height, (x + y) * 255 // (width + height)], axis=-1) * 3) % 256
    for _ in range(0 if kind in ("noise", "gradient", "flat") else 40):
        image[_shape(kind, rng, x, y, width, height)] = rng.integers(0, 256, 3)
    return np.asarray(image, dtype=np.uint8)


def _shape(
    kind: str, rng: np.random.Generator, x: npt.NDArray[np.int_], y: npt.NDArray[np.int_], width: int, height: int
) -> npt.NDArray[np.bool_]:
    cx, cy = int(rng.integers(0, width)), int(rng.integers(0, height))
    size = int(rng.integers(4, max(6, min(width, height) // 2)))
    if kind == "discs":
        return (x - cx) ** 2 + (y - cy) ** 2 < size * size // 4
    if kind == "stripes":
        return np.asarray((x * int(rng.integers(-4, 5)) + y * int(rng.integers(-4, 5)) + cx) % (8 * size) < size)
    if kind == "cells":
        return np.maximum(abs(x - cx), 2 * abs(y - cy)) < size
    if kind == "text":
        return np.asarray((abs(y - cy) < 3 + size // 12) & ((x * 7 // max(4, size)) % 3 == cx % 3) & (x > cx // 2))
    return np.asarray((x >= cx) & (x < cx + size) & (y >= cy) & (y < cy + size))


def specs() -> list[tuple[str, int, int, int]]:
    """Every kind at every size, with its seed."""
    return [(kind, *size, 100 * i + j) for i, kind in enumerate(KINDS) for j, size in enumerate(SIZES)]


def main() -> None:
    import pdqhash  # type: ignore[import-not-found]  # no wheels: only where somebody built it

    vectors = []
    for kind, width, height, seed in specs():
        image = picture(kind, width, height, seed)
        bits, quality = pdqhash.compute_dihedral(image)
        named = {
            turn: np.packbits(np.asarray(b, dtype=np.uint8)).tobytes().hex() for turn, b in zip(REFERENCE_ORDER, bits, strict=True)
        }
        vectors.append(
            {
                "kind": kind,
                "width": width,
                "height": height,
                "seed": seed,
                "crc32": zlib.crc32(image.tobytes()),
                "quality": int(quality),
                "pdq": [named[turn] for turn in TURNS],
            }
        )
    lines = ",\n  ".join(json.dumps(vector) for vector in vectors)
    print(f'{{"made_by": "pdqhash 0.2.8", "vectors": [\n  {lines}\n]}}')


if __name__ == "__main__":
    main()
