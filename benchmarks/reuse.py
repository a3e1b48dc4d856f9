"""How often is an edited copy found, and how often a different photo? Prints the tables of benchmarks/RESULTS.md.

    python benchmarks/reuse.py copies [--photos N] [--edits DIR]     whole copies: recall per edit of tools/reuse_transform.py
    python benchmarks/reuse.py recall [--photos N] [--edits DIR]     whole copies and parts together: recall by the verdicts "same"
                                                                     and "part", false copies; of the sources no limit was set on
    python benchmarks/reuse.py different                             false whole-copy matches between different photos

Photos and edits are those of ../shared (see its README); the edited copies are kept in --edits and made once.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from types import ModuleType

import cv2
from PIL import Image

from provcheck.archive import Archive, Entry, create_archive, open_archive
from provcheck.archive.entry import NO_PRINTS
from provcheck.config import Settings
from provcheck.domain.archive import Relation
from provcheck.domain.fingerprint import Fingerprints
from provcheck.domain.reading import Found
from provcheck.pipeline import bitmap_of
from provcheck.readers.features import ARCHIVED, SUBMITTED, read_features
from provcheck.readers.fingerprint import read_fingerprints
from provcheck.readers.pixels import Rgb

SHARED = Path(__file__).parents[2] / "shared"
PHOTOS = SHARED / "data/reuse/photos"
OTHERS = (SHARED / "data/plates/images",)
SET_ON = "Azure"  # limits were set on photos of this source, and on plate photos
WHOLE = ("mirror", "rot_90", "rot_180")  # with the light edits: what whole-copy search is for


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


def edited(folder: Path, order: Sequence[Path]) -> Iterator[tuple[Path, str, Path]]:
    """Photo, name of the edit, file of the edited copy; makes what is not there yet. Collages hold the three next photos too."""
    tool = transforms()
    for at, photo in enumerate(order):
        target = folder / photo.name
        if not (target / "done").exists():
            target.mkdir(parents=True, exist_ok=True)
            beside = [order[(at + step) % len(order)] for step in (1, 2, 3)]
            picture, others = tool.base(Image.open(photo)), [tool.base(Image.open(other)) for other in beside]
            for name in tool.TRANSFORMS:
                tool.apply(name, picture, 0, photo.name, others).save(target / f"{name}.jpg", quality=92)
            (target / "done").write_text("\n".join(other.name for other in beside))
        for name in tool.TRANSFORMS:
            yield photo, name, target / f"{name}.jpg"


def fingerprints(path: Path) -> Fingerprints | None:
    bitmap = bitmap_of(path.read_bytes(), Settings())
    reading = read_fingerprints(bitmap.value.reduced) if isinstance(bitmap, Found) else bitmap
    return reading.value if isinstance(reading, Found) else None


def fill(archive: Archive, paths: Sequence[Path]) -> list[Path]:
    """Adds the photos; returns those that have no fingerprint."""
    entries, flat = [], []
    for path in paths:
        prints = fingerprints(path)
        if prints is None:
            flat.append(path)
        else:
            entries.append(Entry(hashlib.sha256(path.read_bytes()).hexdigest(), path.name, 1, 1, prints))
    archive.add(entries)
    return flat


def copies(count: int, folder: Path) -> None:
    tool = transforms()
    hits: Counter[str] = Counter()
    found_whole: Counter[str] = Counter()
    wrong: set[tuple[str, str, str]] = set()
    with tempfile.TemporaryDirectory() as place:
        create_archive(Path(place) / "seen")
        with open_archive(Path(place) / "seen", writable=True) as archive:
            flat = fill(archive, photos())
            names = {photo.name for photo in photos()[:count]}
            for photo, edit, copy in edited(folder, photos()[:count]):
                prints = fingerprints(copy)
                matches = {match.name for match in archive.search(prints)} if prints else set()
                hit = photo.name in matches
                hits[edit] += hit
                found_whole[photo.name] += hit and (edit in tool.GROUPS["light"] or edit in WHOLE)
                allowed = {photo.name, *(folder / photo.name / "done").read_text().split("\n")}
                wrong |= {(photo.name, edit, name) for name in matches - allowed}
    print(f"\n{count} photos, archive of {len(photos()) - len(flat)}; without a fingerprint: {len(flat)}\n")
    print("| edit | found | of | recall % |\n|---|---|---|---|")
    for group, edits in tool.GROUPS.items():
        for edit in edits:
            print(f"| {edit} | {hits[edit]} | {count} | {100 * hits[edit] / count:.1f} |")
        total = sum(hits[edit] for edit in edits)
        print(f"| **{group}** | {total} | {count * len(edits)} | **{100 * total / count / len(edits):.1f}** |")
    every = len(tool.GROUPS["light"]) + len(WHOLE)
    whole = sum(found_whole[name] == every for name in names)
    print(f"\nPhotos all of whose {every} light, mirrored and turned copies are found: {whole} of {count}")
    pairs = sorted({(a, b) for a, _, b in wrong})
    print(f"\nMatches with another photo: {len(pairs)} pairs")
    for pair in pairs:
        print("  ", *pair)


@dataclass
class Tally:
    """What the queries of `recall` came to."""

    copied: Counter[str] = field(default_factory=Counter)
    scenes: Counter[str] = field(default_factory=Counter)
    wrong: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    def ask(self, archive: Archive, name: str, edit: str, file: Path, beside: set[str]) -> None:
        """`name` is the photo that `file` was made from, "" for none; `beside` are others that it holds rightly."""
        rgb = decoded(file)
        features, prints = read_features(rgb, SUBMITTED), read_fingerprints(rgb)
        started = process_time()
        shared = archive.search_parts(features.value) if isinstance(features, Found) else ()
        self.seconds.append(process_time() - started)
        agreeing = {one.name: one.agreeing for one in shared if one.verdict is not Relation.SCENE}
        if isinstance(prints, Found):
            agreeing |= {match.name: 256 - match.distance for match in archive.search(prints.value)}
        self.copied[edit] += name in agreeing
        self.scenes[edit] += name not in agreeing and any(one.name == name for one in shared)
        for other in agreeing.keys() - {name} - beside:
            self.wrong[name or file.name, other] = (agreeing[other], edit)


def recall(count: int, folder: Path) -> None:
    """Archive: all the photos and every second plate photo. The other plate photos are queries that show none of them."""
    tool, strangers, tally = transforms(), sorted(OTHERS[0].iterdir()), Tally()
    held = [photo for photo in photos() if not photo.name.startswith(SET_ON)][:count]
    with tempfile.TemporaryDirectory() as place:
        create_archive(Path(place) / "seen")
        with open_archive(Path(place) / "seen", writable=True) as archive:
            archive.add(entry for path in [*photos(), *strangers[::2]] if (entry := with_features(path)))
            kept = archive.searchable_parts
            for photo, edit, copy in edited(folder, held):
                tally.ask(archive, photo.name, edit, copy, set((folder / photo.name / "done").read_text().split("\n")))
            for path in strangers[1::2]:
                tally.ask(archive, "", "different", path, set())
        size = (Path(place) / "seen").stat().st_size / kept / 1000
    print(f"\n{len(held)} photos edited; archive of {kept} photos with features, {size:.1f} kB a photo\n")
    print("| edit | same or part | scene | of | recall % |\n|---|---|---|---|---|")
    for group, edits in tool.GROUPS.items():
        for edit in edits:
            found = tally.copied[edit]
            print(f"| {edit} | {found} | {tally.scenes[edit]} | {len(held)} | {100 * found / len(held):.1f} |")
        total = sum(tally.copied[edit] for edit in edits)
        print(f"| **{group}** | {total} | | {len(held) * len(edits)} | **{100 * total / len(held) / len(edits):.1f}** |")
    seconds = sorted(tally.seconds)
    print(f"\nSearch, CPU ms: median {1000 * seconds[len(seconds) // 2]:.0f}, p95 {1000 * seconds[len(seconds) * 95 // 100]:.0f}")
    print(f"Queries {len(seconds)}, pairs {len(seconds) * kept:,}; copies claimed of another photo: {len(tally.wrong)} pairs")
    for pair, (agreeing, edit) in sorted(tally.wrong.items(), key=lambda item: -item[1][0]):
        print("  ", agreeing, edit, *pair)


def decoded(path: Path) -> Rgb:
    bitmap = bitmap_of(path.read_bytes(), Settings())
    if not isinstance(bitmap, Found):
        raise SystemExit(f"{path.name} cannot be decoded")
    return bitmap.value.reduced


def with_features(path: Path) -> Entry | None:
    rgb = decoded(path)
    prints, features = read_fingerprints(rgb), read_features(rgb, ARCHIVED)
    if not isinstance(features, Found):
        return None
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    found = prints.value if isinstance(prints, Found) else NO_PRINTS
    return Entry(digest, path.name, rgb.shape[1], rgb.shape[0], found, features=features.value)


def different() -> None:
    paths = [*photos(), *(path for folder in OTHERS for path in sorted(folder.iterdir()))]
    seen: dict[str, Path] = {}
    prints: list[tuple[str, Fingerprints]] = []
    for path in paths:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        found = fingerprints(path) if digest not in seen else None
        seen.setdefault(digest, path)
        if found:
            prints.append((digest, found))
    with tempfile.TemporaryDirectory() as place:
        create_archive(Path(place) / "seen")
        with open_archive(Path(place) / "seen", writable=True) as archive:
            archive.add(Entry(digest, seen[digest].name, 1, 1, one) for digest, one in prints)
            matched = {
                tuple(sorted((seen[digest].name, match.name))): match.distance
                for digest, one in prints
                for match in archive.search(one)
                if match.sha256 != digest
            }
    count = len(prints)
    print(f"{count} different files with a fingerprint, {count * (count - 1) // 2:,} pairs in 8 orientations")
    print(f"within radius 31: {len(matched)} pairs")
    for names, distance in sorted(matched.items(), key=lambda item: item[1]):
        print("  ", distance, *names)


def main() -> None:
    cv2.setNumThreads(1)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("copies", "recall", "different"))
    parser.add_argument("--photos", type=int, default=265)
    parser.add_argument("--edits", type=Path, default=Path(tempfile.gettempdir()) / "provcheck-edits")
    asked = parser.parse_args()
    if asked.what == "copies":
        copies(min(asked.photos, len(photos())), asked.edits)
    elif asked.what == "recall":
        recall(min(asked.photos, len(photos())), asked.edits)
    else:
        different()


if __name__ == "__main__":
    main()
