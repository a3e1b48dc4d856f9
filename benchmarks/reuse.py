"""How often is an edited copy found, and how often a different photo? Prints the tables of benchmarks/RESULTS.md.

    python -m benchmarks.reuse copies [--photos N] [--edits DIR]     whole copies: recall per edit of tools/reuse_transform.py
    python -m benchmarks.reuse different                             false whole-copy matches between different photos

Whole copies and parts together: benchmarks/recall.py. Photos and edits are those of ../shared (see its README); the
edited copies are kept in --edits and made once.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
from benchmarks.reuse_set import OTHERS, photos, transforms
from PIL import Image

from provcheck.archive import Archive, Entry, create_archive, open_archive
from provcheck.config import Settings
from provcheck.domain.fingerprint import Fingerprints
from provcheck.domain.reading import Found
from provcheck.pipeline import bitmap_of
from provcheck.readers.fingerprint import read_fingerprints

WHOLE = ("mirror", "rot_90", "rot_180")  # with the light edits: what whole-copy search is for


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


def different() -> None:
    paths = [*photos(), *(path for path in sorted(OTHERS[0].iterdir()))]
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
    parser.add_argument("what", choices=("copies", "different"))
    parser.add_argument("--photos", type=int, default=265)
    parser.add_argument("--edits", type=Path, default=Path(tempfile.gettempdir()) / "provcheck-edits")
    asked = parser.parse_args()
    if asked.what == "copies":
        copies(min(asked.photos, len(photos())), asked.edits)
    else:
        different()


if __name__ == "__main__":
    main()
