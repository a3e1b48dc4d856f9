"""Makes src/provcheck/archive/words.npz again: the code book of visual words, learned from rendered pictures alone.

    python scripts/make_words.py

The pictures are "dead leaves" (things of all sizes that hide one another, sizes falling as a power law), which share the
statistics of small patches with photographs (Lee, Mumford and Huang 2001). No photo is used. About a minute.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Gray = npt.NDArray[np.uint8]

TARGET: Final = Path(__file__).parents[1] / "src/provcheck/archive/words.npz"
PICTURES, FEATURES = 80, 700  # 56,000 descriptors: 400 for each of 128 words
WORD_AXES, SIGNATURE, HALF = 32, 64, 128
SMALLEST, LARGEST = 3.0, 180.0  # radius of a leaf in pixels
LEAVES: Final = 900


def leaves(seed: int, width: int = 640, height: int = 480) -> Gray:
    rng = np.random.default_rng(seed)
    image = np.full((height, width), int(rng.integers(40, 216)), dtype=np.uint8)
    for _ in range(LEAVES):
        radius = SMALLEST / np.sqrt(1 - rng.random() * (1 - (SMALLEST / LARGEST) ** 2))  # density falls with the cube
        _leaf(image, rng, float(radius))
    grain = sum(
        weight * cv2.resize(rng.normal(0, 1, (height // step, width // step)).astype(np.float32), (width, height))
        for weight, step in ((1.0, 4), (0.5, 2))
    )
    grainy = image + grain * rng.uniform(0, 12)
    return np.clip(cv2.GaussianBlur(grainy, (0, 0), rng.uniform(0.5, 1.5)), 0, 255).astype(np.uint8)


def _leaf(image: Gray, rng: np.random.Generator, radius: float) -> None:
    """An ellipse, a box, a polygon or a few letters."""
    height, width = image.shape
    x, y = int(rng.integers(-50, width + 50)), int(rng.integers(-50, height + 50))
    shade, kind, turn = int(rng.integers(0, 256)), int(rng.integers(0, 4)), float(rng.uniform(0, 360))
    if kind == 0:
        cv2.ellipse(image, (x, y), (int(radius), max(1, int(radius * rng.uniform(0.3, 1)))), turn, 0, 360, shade, -1, cv2.LINE_AA)
    elif kind == 1:
        box = cv2.boxPoints(((float(x), float(y)), (2 * radius, 2 * radius * rng.uniform(0.1, 1)), turn))
        cv2.fillPoly(image, [box.astype(np.int32)], shade, cv2.LINE_AA)
    elif kind == 2:
        points = rng.normal((x, y), radius, (int(rng.integers(3, 8)), 2)).astype(np.int32)
        cv2.fillConvexPoly(image, cv2.convexHull(points), shade, cv2.LINE_AA)
    elif radius > 8:  # smaller letters are specks
        letters = "".join(chr(int(code)) for code in rng.integers(48, 91, 4))
        cv2.putText(image, letters, (x, y), int(rng.integers(0, 6)), radius / 25, shade, max(1, int(radius / 12)), cv2.LINE_AA)


def descriptors() -> npt.NDArray[np.float32]:
    """RootSIFT of all the pictures."""
    sift = cv2.SIFT.create(FEATURES, contrastThreshold=0.02)
    found = [sift.detectAndCompute(leaves(seed), None)[1] for seed in range(PICTURES)]
    counts = np.concatenate(found).astype(np.float32)
    return np.asarray(np.sqrt(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-6)), dtype=np.float32)


def main() -> None:
    cv2.setRNGSeed(1)
    roots = descriptors()
    mean = roots.mean(axis=0)
    axes = np.linalg.eigh(np.cov((roots - mean).T))[1][:, ::-1].T[:SIGNATURE]
    spun, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(SIGNATURE, SIGNATURE)))
    signs = spun.T @ axes  # a random rotation of the axes gives every bit its share of the variance
    along = ((roots - mean) @ axes.T).astype(np.float32)
    words = []
    for half in (0, 1):
        part = np.ascontiguousarray(along[:, half:WORD_AXES:2])
        labels = np.empty((len(part), 1), dtype=np.int32)
        stop = (cv2.TERM_CRITERIA_MAX_ITER + cv2.TERM_CRITERIA_EPS, 40, 1e-4)
        words.append(cv2.kmeans(part, HALF, labels, stop, 1, cv2.KMEANS_PP_CENTERS)[2])
    book = {
        "mean": mean,
        "axes": axes[:WORD_AXES],
        "signs": signs,
        "medians": np.median((roots - mean) @ signs.T, axis=0),
        "words": words,
    }
    np.savez(TARGET, **{name: np.asarray(values, dtype=np.float16) for name, values in book.items()})  # type: ignore[arg-type]
    print(f"{TARGET.name}: {len(roots):,} descriptors of {PICTURES} rendered pictures")


if __name__ == "__main__":
    main()
