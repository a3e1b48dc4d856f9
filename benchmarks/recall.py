"""How often is an edited copy found, and how often a different photo? In steps that go on where they were stopped.

    python -m benchmarks.recall archive FOLDER     the archive: every photo of ../shared/data
    python -m benchmarks.recall read FOLDER        edits the photos and reads each copy once
    python -m benchmarks.recall plain FOLDER       reads every photo as it is, as a query
    python -m benchmarks.recall search FOLDER      one line a photo to FOLDER/NAME.jsonl, NAME given by --run
    python -m benchmarks.recall show FOLDER        the tables of benchmarks/RESULTS.md, of that run

    --only unseen limit looked-at plain      which photos (reuse_set.role);  --minutes 9  how long;  --part K/N  a share of the work

What was read stays in FOLDER when the method changes: only `search` is done again then, under another NAME. A photo that is
called a copy of another counts as false unless the query holds it (collages) or FOLDER/known.tsv, made by eye, pairs them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, process_time

import cv2
from benchmarks import reuse_peers, reuse_set
from benchmarks.recall_tables import show
from benchmarks.reuse_set import Query, archived, everything, in_turn, keep, kept
from PIL import Image

from provcheck.archive import Archive, Entry, create_archive, open_archive
from provcheck.archive.entry import NO_PRINTS

AT_ONCE = 40  # photos as they are in one file


def read(folder: Path, roles: tuple[str, ...], end: float) -> None:
    for photo in in_turn(roles):
        target = folder / "copies" / f"{photo.name}.npz"
        if target.exists():
            continue
        if monotonic() > end:
            return
        keep(
            target,
            [reuse_set.query(name, data, reuse_peers.hashes(picture)) for name, data, picture in reuse_set.copies(photo)],
        )


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def archive(folder: Path) -> None:
    place, entries, notes = folder / "seen", [], []
    for path in everything():
        features, prints, (width, height) = archived(path)
        if features is None:
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        entries.append(Entry(digest, named(path), width, height, prints or NO_PRINTS, features=features))
        peers = reuse_peers.hashes(reuse_set.transforms().base(Image.open(path))) if path.parent == reuse_set.PHOTOS else {}
        notes.append(Query(named(path), None, prints, peers))
    folder.mkdir(parents=True, exist_ok=True)
    create_archive(place)
    with open_archive(place, writable=True) as opened:
        print(opened.add(entries))
        opened.rebuild()
    keep(folder / "archived.npz", notes)


def plain(folder: Path, end: float) -> None:
    paths = everything()
    for start in range(0, len(paths), AT_ONCE):
        target = folder / "plain" / f"{start:05}.npz"
        if target.exists():
            continue
        if monotonic() > end:
            return
        queries = [reuse_set.query(named(path), path.read_bytes(), {}) for path in paths[start : start + AT_ONCE]]
        keep(target, [one for one in queries if one.features])


def files(folder: Path, roles: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    for photo in in_turn(roles):
        if (folder / "copies" / f"{photo.name}.npz").exists():
            yield named(photo), folder / "copies" / f"{photo.name}.npz"
    for path in sorted((folder / "plain").glob("*.npz")) if "plain" in roles else ():
        yield path.stem, path


def search(folder: Path, run: str, roles: tuple[str, ...], part: tuple[int, int], end: float) -> None:
    out = folder / f"{run}.jsonl"
    done = {json.loads(line)["photo"] for line in out.read_text().splitlines()} if out.exists() else set()
    todo = [(name, path) for name, path in files(folder, roles) if name not in done]
    with open_archive(folder / "seen") as opened:
        for name, path in todo[part[0] :: part[1]]:
            if monotonic() > end:
                return
            rows = [asked(opened, one) for one in kept(path)]
            with out.open("a") as file:
                file.write(json.dumps({"photo": name, "archive": opened.searchable_parts, "rows": rows}) + "\n")


def asked(opened: Archive, one: Query) -> dict[str, object]:
    """Milliseconds of processor time; archived photos called copies: by parts [name, verdict, agreeing], whole [name, distance]."""
    started = process_time()
    shared = opened.search_parts(one.features, one.prints) if one.features else ()
    spent = 1000 * (process_time() - started)
    whole = opened.search(one.prints) if one.prints else ()
    return {
        "edit": one.edit,
        "ms": round(spent, 1),
        "parts": [[match.name, match.verdict.value, match.agreeing] for match in shared],
        "whole": [[match.name, match.distance] for match in whole],
    }


def main() -> None:
    cv2.setNumThreads(1)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("read", "archive", "plain", "search", "show"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", default=["unseen", "limit", "looked-at", "plain"])
    parser.add_argument("--run", default="found")
    parser.add_argument("--part", default="0/1", help="K/N: every Nth of what is left, from the Kth on (0 the first)")
    parser.add_argument("--minutes", type=float, default=1e6)
    given = parser.parse_args()
    end, roles, (at, of) = monotonic() + 60 * given.minutes, tuple(given.only), map(int, given.part.split("/"))
    if given.what == "read":
        read(given.folder, roles, end)
    elif given.what == "archive":
        archive(given.folder)
    elif given.what == "plain":
        plain(given.folder, end)
    elif given.what == "search":
        search(given.folder, given.run, roles, (at, of), end)
    else:
        show(given.folder, given.run, roles)


if __name__ == "__main__":
    main()
