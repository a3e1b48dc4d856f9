"""ImageHash's crop_resistant_hash on edited copies, as its `matches` compares by default: a peer too slow for benchmarks/recall.py.

    python -m benchmarks.crop_resistant [--photos 4] [--archived 30]

The first unseen photos of the recall benchmark's order, their 44 edits, searched among the first so many of all photos.
"""

from __future__ import annotations

import argparse
from collections import Counter
from time import process_time

import imagehash
from benchmarks.reuse_set import beside, copies, in_turn, photos, transforms
from PIL import Image


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=4)
    parser.add_argument("--archived", type=int, default=30)
    given = parser.parse_args()
    tool, chosen, order = transforms(), in_turn(("unseen",))[: given.photos], photos()
    known = {path: imagehash.crop_resistant_hash(tool.base(Image.open(path))) for path in {*chosen, *order[: given.archived]}}
    hits: Counter[str] = Counter()
    false = pairs = asked = 0
    spent = 0.0
    for photo in chosen:
        others = [path for path in known if path not in {photo, *beside(photo, order)}]
        for name, _, picture in copies(photo):
            began = process_time()
            query = imagehash.crop_resistant_hash(picture)
            spent, asked = spent + process_time() - began, asked + 1
            hits[name] += query.matches(known[photo])
            false += sum(query.matches(known[path]) for path in others)
            pairs += len(others)
    for group, edits in tool.GROUPS.items():
        found = sum(hits[edit] for edit in edits)
        print(f"{group}: {found} of {len(edits) * len(chosen)}, {100 * found / len(edits) / len(chosen):.1f} %")
    print(f"false: {false} of {pairs} pairs; {1000 * spent / asked:.0f} ms CPU a picture")


if __name__ == "__main__":
    main()
