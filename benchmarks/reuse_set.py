"""What the reuse benchmarks measure on: photos, their edited copies, and what was read from each, kept between runs.

Nothing is read twice: a photo's readings lie in one file of the working folder, written when it is done. Photos come in an order
shuffled with a fixed seed, so that those done so far are a fair sample.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from PIL import Image

from provcheck.config import Settings
from provcheck.domain.fingerprint import Features, Fingerprints
from provcheck.domain.reading import Found
from provcheck.pipeline import bitmap_of
from provcheck.readers.features import ARCHIVED, SUBMITTED, Budget, read_features
from provcheck.readers.fingerprint import read_fingerprints
from provcheck.readers.pixels import Rgb

SHARED = Path(__file__).parents[2] / "shared"
PHOTOS = SHARED / "data/reuse/photos"
OTHERS = (SHARED / "data/plates/images", SHARED / "data/metadata")
SET_ON = "Azure"  # limits were set on photos of this source, and on plate photos
HARD = (  # edits that are made of those
    *("jpeg_q10", "resize_320", "rot_3", "crop_30", "crop_50", "crop_70", "caption_cyr", "big_text", "meme_banner", "story_9x16"),
    *("shot_phone", "shot_browser", "collage_2x2", "side_by_side", "screen_photo", "combo_social", "combo_mirror_crop30"),
    *("combo_shot_crop", "combo_mirror_shot", "combo_screen_gray", "combo_meme_small"),
)
DEVELOPED = 24  # of the other photos, the last of the order: looked at while the method is worked on, and reported apart


@dataclass(frozen=True)
class Query:
    """One picture to search for: what was done to it, and what was read from it."""

    edit: str
    features: Features | None
    prints: Fingerprints | None
    peers: dict[str, str]


def transforms() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reuse_transform", SHARED / "tools/reuse_transform.py")
    if spec is None or spec.loader is None:
        raise SystemExit("tools/reuse_transform.py is missing beside the repository")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def photos() -> list[Path]:
    """In a fixed shuffled order, so that the first N are a sample."""
    found = sorted(PHOTOS.iterdir())
    random.Random(0).shuffle(found)
    return found


def role(photo: str) -> str:
    """limit: limits were set on it; looked-at: one of those that the method is developed on; unseen: neither."""
    if photo.startswith(SET_ON):
        return "limit"
    return "looked-at" if photo in _looked_at() else "unseen"


def _looked_at() -> set[str]:
    return {path.name for path in [one for one in photos() if not one.name.startswith(SET_ON)][-DEVELOPED:]}


def in_turn(roles: tuple[str, ...]) -> list[Path]:
    return [path for path in photos() if role(path.name) in roles]


def everything() -> list[Path]:
    """Every file with different bytes: the photos, then those of the other sets."""
    seen: set[str] = set()
    found = []
    for path in [*photos(), *(path for folder in OTHERS for path in sorted(folder.rglob("*")) if path.is_file())]:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest not in seen:
            seen.add(digest)
            found.append(path)
    return found


def copies(photo: Path) -> Iterator[tuple[str, bytes, Image.Image]]:
    """Name of the edit, file, and picture of each edited copy; collages hold the three next photos too."""
    tool, order = transforms(), photos()
    picture = tool.base(Image.open(photo))
    others = [tool.base(Image.open(other)) for other in beside(photo, order)]
    for name in HARD if role(photo.name) == "looked-at" else tool.TRANSFORMS:
        file = io.BytesIO()
        tool.apply(name, picture, 0, photo.name, others).save(file, "JPEG", quality=92)
        yield name, file.getvalue(), Image.open(file).convert("RGB")


def beside(photo: Path, order: list[Path]) -> list[Path]:
    at = order.index(photo)
    return [order[(at + step) % len(order)] for step in (1, 2, 3)]


def decoded(data: bytes) -> Rgb | None:
    bitmap = bitmap_of(data, Settings())
    return bitmap.value.reduced if isinstance(bitmap, Found) else None


def read(rgb: Rgb, budget: Budget) -> tuple[Features | None, Fingerprints | None]:
    features, prints = read_features(rgb, budget), read_fingerprints(rgb)
    return (features.value if isinstance(features, Found) else None), (prints.value if isinstance(prints, Found) else None)


def query(edit: str, data: bytes, peers: dict[str, str]) -> Query:
    rgb = decoded(data)
    return Query(edit, *(read(rgb, SUBMITTED) if rgb is not None else (None, None)), peers)


def archived(path: Path) -> tuple[Features | None, Fingerprints | None, tuple[int, int]]:
    rgb = decoded(path.read_bytes())
    return (*read(rgb, ARCHIVED), (rgb.shape[1], rgb.shape[0])) if rgb is not None else (None, None, (0, 0))


def _size(features: Features | None) -> list[Any] | None:
    return [features.width, features.height, features.count, features.gray_width, features.panels] if features else None


def keep(path: Path, queries: list[Query]) -> None:
    """Written whole or not at all."""
    arrays: dict[str, Any] = {}
    for at, one in enumerate(queries):
        if one.features:
            f = one.features
            arrays[f"p{at}"] = np.frombuffer(f.points, np.uint8)
            arrays[f"d{at}"] = np.frombuffer(f.descriptors, np.uint8)
            arrays[f"g{at}"] = np.frombuffer(f.gray, np.uint8)
    notes = [
        {
            "edit": one.edit,
            "size": _size(one.features),
            "prints": [one.prints.phash, one.prints.dhash, list(one.prints.pdq), one.prints.quality] if one.prints else None,
            "peers": one.peers,
        }
        for one in queries
    ]
    arrays["notes"] = np.frombuffer(json.dumps(notes).encode(), np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(file, **arrays)
    os.replace(part, path)


def kept(path: Path) -> list[Query]:
    with np.load(path) as data:
        return [_query(data, at, note) for at, note in enumerate(json.loads(data["notes"].tobytes()))]


def _query(data: Any, at: int, note: dict[str, Any]) -> Query:  # numpy's NpzFile
    features = prints = None
    if note["size"]:
        width, height, count, gray, panels = note["size"]
        points, descriptors, pixels = (data[f"{kind}{at}"].tobytes() for kind in "pdg")
        features = Features(width, height, count, points, descriptors, gray, pixels, tuple(map(tuple, panels)))
    if note["prints"]:
        phash, dhash, pdq, quality = note["prints"]
        prints = Fingerprints(phash, dhash, tuple(pdq), quality)
    return Query(note["edit"], features, prints, note["peers"])
