"""The tables of `benchmarks.recall`: recall by edit and group beside peers, misses, false copies, scenes and time."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks import reuse_set
from benchmarks.reuse_set import Query, beside, in_turn, kept

from provcheck.domain.fingerprint import hamming

ROWS: tuple[tuple[str, float, tuple[str, ...]], ...] = (
    ("mirrored, turned by 90°, by 180°", 100, ("mirror", "rot_90", "rot_180")),
    ("turned by 3°", 98, ("rot_3",)),
    ("logo, captions, stickers, watermark", 98, ("logo", "caption_lat", "caption_cyr", "stickers", "watermark")),
    ("big text", 90, ("big_text",)),
    ("crops by 10, 30, 50 %", 99, ("crop_10", "crop_30", "crop_50")),
    ("crop by 70 %", 95, ("crop_70",)),
    ("banner, border, letterbox, story", 0, ("meme_banner", "border_8", "letterbox", "story_9x16")),
    ("screenshots", 99, ("shot_phone", "shot_browser")),
    ("collage, side by side", 98, ("collage_2x2", "side_by_side")),
    ("photo of a screen", 97, ("screen_photo",)),
)
ENOUGH = 40  # of a photo's 44 copies, for the method card


@dataclass(frozen=True)
class Row:
    """One query: the photo it was made from ("" for a photo as it is), and what was called a copy (by either search)."""

    photo: str
    edit: str
    copies: dict[str, str]
    scenes: frozenset[str]
    ms: float
    archive: int


def rows(path: Path) -> Iterator[Row]:
    for line in path.read_text().splitlines():
        one = json.loads(line)
        for row in one["rows"]:
            copies = {name: verdict for name, verdict, _ in row["parts"] if verdict != "scene"}
            copies |= {name: "whole" for name, _ in row["whole"]}
            scenes = frozenset(name for name, verdict, _ in row["parts"] if verdict == "scene" and name not in copies)
            edited = "/" in one["photo"]
            yield Row(one["photo"] if edited else "", row["edit"], copies, scenes, row["ms"], one["archive"])


def show(folder: Path, run: str, roles: tuple[str, ...]) -> None:
    found = list(rows(folder / f"{run}.jsonl"))
    for kind in ("unseen", "looked-at", "limit"):
        mine = [row for row in found if row.photo and reuse_set.role(Path(row.photo).name) == kind]
        if mine and kind in roles:
            _recall(kind, mine)
    if "peers" in roles:
        _peers(folder, {row.photo for row in found if row.photo and reuse_set.role(Path(row.photo).name) == "unseen"})
    _false(folder, found)
    spent = np.array([row.ms for row in found])
    print(f"\nSearch for parts, CPU ms: median {np.median(spent):.0f}, p95 {np.percentile(spent, 95):.0f}")


def _recall(kind: str, found: list[Row]) -> None:
    tool = reuse_set.transforms()
    own = {(row.photo, row.edit): row for row in found}
    names = sorted({row.photo for row in found})
    print(f"\n### {kind}: {len(names)} photos\n\n| edits | asked % | found | of | % | missed |\n|---|---|---|---|---|---|")
    listed = (("light (15)", 100.0, tuple(tool.GROUPS["light"])), *ROWS, ("combinations (6)", 95.0, tuple(tool.GROUPS["combo"])))
    for title, asked, edits in listed:
        missed = [row for row in found if row.edit in edits and row.photo not in row.copies]
        of, what = sum(row.edit in edits for row in found), Counter(row.edit for row in missed)
        if not of:
            continue
        told = ", ".join(f"{count} {edit}" for edit, count in what.items())
        print(f"| {title} | {asked or ''} | {of - len(missed)} | {of} | {100 * (of - len(missed)) / of:.1f} | {told} |")
    hits = {name: sum(name in row.copies for (photo, _), row in own.items() if photo == name) for name in names}
    print(
        f"\nPhotos with at least {ENOUGH} of {len(tool.TRANSFORMS)} copies found: {sum(count >= ENOUGH for count in hits.values())}"
    )
    for name in sorted(names, key=lambda one: hits[one]):
        if hits[name] < len(tool.TRANSFORMS):
            rest = [row for row in found if row.photo == name and name not in row.copies]
            print("  ", hits[name], name, *(f"{row.edit}{' (scene)' if name in row.scenes else ''}" for row in rest))


def _false(folder: Path, found: list[Row]) -> None:
    """Pairs of photos called copies that are not known to be of one picture."""
    known = {frozenset(line.split("\t")[:2]) for line in _lines(folder / "known.tsv")}
    order = reuse_set.photos()
    wrong: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    pairs = 0
    for row in found:
        pairs += row.archive
        name = row.photo or row.edit
        held = {name}
        if row.photo:
            held |= {f"{one.parent.name}/{one.name}" for one in beside(order[0].with_name(Path(row.photo).name), order)}
        for other in row.copies.keys() - held:
            wrong[frozenset((name, other))].append(f"{row.edit if row.photo else 'as it is'}:{row.copies[other]}")
    print(f"\nQueries {len(found)}, pairs {pairs:,}; pairs of photos called copies, other than known ones: ", end="")
    print(sum(pair not in known for pair in wrong))
    for pair, how in sorted(wrong.items(), key=lambda item: sorted(item[0])):
        if pair not in known:
            print("  ", *sorted(pair), len(how), *how[:6], sep="\t")


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


Miss = Callable[[Query, Query], float]


def _hex(name: str) -> Miss:
    return lambda one, two: float(hamming(one.peers[name], two.peers[name]))


PEERS: tuple[tuple[str, float, Miss], ...] = (
    ("ImageHash phash", 4, lambda one, two: _apart(one, two, "phash")),
    ("ImageHash phash", 10, lambda one, two: _apart(one, two, "phash")),
    ("ImageHash dhash", 2, lambda one, two: _apart(one, two, "dhash")),
    ("ImageHash dhash", 10, lambda one, two: _apart(one, two, "dhash")),
    ("PDQ as it stands", 31, lambda one, two: _pdq(one, two, 1)),
    ("PDQ in eight orientations", 31, lambda one, two: _pdq(one, two, 8)),
    *((f"imagededup {kind}", 10.0, _hex(f"imagededup {kind}")) for kind in ("PHash", "DHash", "AHash", "WHash")),
)


def _apart(one: Query, two: Query, kind: str) -> float:
    return hamming(getattr(one.prints, kind), getattr(two.prints, kind)) if one.prints and two.prints else 256


def _pdq(one: Query, two: Query, turns: int) -> float:
    return min(hamming(pdq, two.prints.pdq[0]) for pdq in one.prints.pdq[:turns]) if one.prints and two.prints else 256


def _peers(folder: Path, names: set[str]) -> None:
    """Recall by group, and of all pairs of a copy with another photo the share that is called a copy, in a million."""
    tool = reuse_set.transforms()
    archive = {one.edit: one for one in kept(folder / "archived.npz") if one.peers}
    order = [path for path in in_turn(("unseen",)) if f"photos/{path.name}" in names]
    queries = {path.name: kept(folder / "copies" / f"{path.name}.npz") for path in order}
    print(f"\n| peers, the same {len(order)} photos | {' | '.join(tool.GROUPS)} | false in a million |")
    for title, most, miss in PEERS:
        hits: Counter[str] = Counter()
        false = pairs = 0
        for path in order:
            own, around = archive[f"photos/{path.name}"], {f"photos/{one.name}" for one in beside(path, reuse_set.photos())}
            others = [one for name, one in archive.items() if name != own.edit and name not in around]
            for one in queries[path.name]:
                hits[one.edit] += miss(one, own) <= most
            sample = queries[path.name][:: len(queries[path.name]) // 4]
            false += sum(miss(one, other) <= most for one in sample for other in others)
            pairs += len(sample) * len(others)
        shares = [100 * sum(hits[edit] for edit in edits) / len(edits) / len(order) for edits in tool.GROUPS.values()]
        print(f"| {title}, {most:.0f} bits | {' | '.join(f'{share:.1f}' for share in shares)} | {1e6 * false / pairs:.0f} |")
