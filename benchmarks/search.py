"""How long does a search take? Whole copies among N hashes beside faiss, the index of an archive file, and parts among N photos.

    python benchmarks/search.py hashes [--count 1000000] [--queries 60] [--peers all|flat]    peers: pip install faiss-cpu
    python benchmarks/search.py rebuild [--count 1000000]
    python benchmarks/search.py parts QUERIES [--count 100000]       QUERIES: a folder of photos to search for

Every second hash searched for is an archived one with 0 to 31 bits flipped, the others are random. Times are CPU of one thread,
one query at a time; "eight" is a picture's whole search, in all orientations. Parts: the photos searched for, among photos whose
features are drawn anew from those of rendered pictures.
"""

from __future__ import annotations

import argparse
import importlib.util
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from types import ModuleType

import numpy as np
import numpy.typing as npt

from provcheck.archive import create_archive, open_archive
from provcheck.archive.index import HammingIndex
from provcheck.archive.kept import pack, table_of
from provcheck.archive.parts import related
from provcheck.archive.postings import postings
from provcheck.domain.fingerprint import Fingerprints
from provcheck.domain.reading import Found
from provcheck.readers.features import ARCHIVED, read_features

RADIUS = 31
Codes = npt.NDArray[np.uint8]


def load(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def queries(codes: Codes, count: int, rng: np.random.Generator) -> Codes:
    made = rng.integers(0, 256, (count, 32), dtype=np.uint8)
    for at in range(0, count, 2):
        bits = np.unpackbits(codes[rng.integers(0, len(codes))])
        bits[rng.choice(256, int(rng.integers(0, RADIUS + 1)), replace=False)] ^= 1
        made[at] = np.packbits(bits)
    return made


def timed(name: str, asked: Codes, search: Callable[[Codes], set[int]], truth: list[set[int]] | None) -> list[set[int]]:
    answers, spent = [], []
    search(asked[0])
    for query in asked:
        started = process_time()
        answers.append(search(query))
        spent.append(1000 * (process_time() - started))
    wanted = truth or answers
    found = sum(len(a & b) for a, b in zip(answers, wanted, strict=True)) / max(1, sum(len(b) for b in wanted))
    print(f"| {name} | {np.percentile(spent, 50):.2f} | {np.percentile(spent, 95):.2f} | {found:.3f} |", flush=True)
    return answers


def faiss_peers(codes: Codes, which: str) -> dict[str, Callable[[Codes], set[int]]]:
    try:
        import faiss  # type: ignore[import-not-found]  # a peer, not a dependency
    except ImportError:
        print("(faiss is not installed: no peers in this run)")
        return {}
    faiss.omp_set_num_threads(1)
    found = {"faiss BinaryFlat": faiss.IndexBinaryFlat(256)}
    if which == "all":
        found["faiss MultiHash 16 × 16, 1 flip"] = faiss.IndexBinaryMultiHash(256, 16, 16)
        found["faiss MultiHash 16 × 16, 1 flip"].nflip = 1
    for index in found.values():
        index.add(codes)
    return {
        name: lambda query, index=index: set(index.range_search(query[None], RADIUS + 1)[2].tolist())
        for name, index in found.items()
    }


def hashes(count: int, asked: int, peers: str) -> None:
    rng = np.random.default_rng(7)
    codes = rng.integers(0, 256, (count, 32), dtype=np.uint8)
    tried = queries(codes, asked, rng)
    started = process_time()
    index = HammingIndex(codes)
    print(f"{count:,} hashes; index built in {process_time() - started:.1f} s CPU\n")
    print("| search | p50 ms | p95 ms | recall |\n|---|---|---|---|")
    truth = timed("numpy scan", tried, lambda query: set(index.scan([query.tobytes()], RADIUS).rows.tolist()), None)
    timed("provcheck", tried, lambda query: set(index.search([query.tobytes()], RADIUS).rows.tolist()), truth)
    eight = {query.tobytes(): [turned.tobytes() for turned in np.roll(tried, -at, axis=0)[:8]] for at, query in enumerate(tried)}
    timed("provcheck, eight at once", tried, lambda query: set(index.search(eight[query.tobytes()], RADIUS).rows.tolist()), None)
    for name, search in faiss_peers(codes, peers).items():
        timed(name, tried, search, truth)


def rebuild(count: int) -> None:
    """An archive of random hashes, written past the library (their digest is not counted), and its index files made anew."""
    rng = np.random.default_rng(7)
    codes = rng.integers(0, 256, (count, 32), dtype=np.uint8)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "many.pvx"
        create_archive(path)
        with sqlite3.connect(path) as connection:
            rows = ((at, f"{at:064x}", "", 1, 1, "", "", code.tobytes(), 100) for at, code in enumerate(codes, 1))
            connection.executemany("INSERT INTO photo VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            connection.execute("UPDATE total SET photos = ?", (count,))
        connection.close()
        with open_archive(path, writable=True) as archive:
            started, clock = process_time(), perf_counter()
            archive.rebuild()
            print(f"{count:,} photos: rebuilt in {process_time() - started:.1f} s CPU, {perf_counter() - clock:.1f} s wall")
        for attempt in ("cold", "warm"):
            with open_archive(path) as archive:
                one = Fingerprints("", "", tuple(code.tobytes().hex() for code in codes[:8]), 100)
                started = process_time()
                found = archive.search(one)
                print(f"opened and searched, {attempt}: {1000 * (process_time() - started):.1f} ms CPU, {len(found)} of 8 found")


def parts(folder: Path, count: int) -> None:
    from provcheck.config import Settings
    from provcheck.jobs.alone import query, see

    asked = [(path, path.read_bytes()) for path in sorted(folder.iterdir())]
    kept = {path.name: see(data, "", Settings()).features for path, data in asked}
    real = [(number, pack(one.value)) for number, one in enumerate(kept.values(), 1) if isinstance(one, Found)]
    started = process_time()
    pool = rendered()
    filed = postings([*real, *drawn(pool, count - len(real), len(real) + 1)])
    packed, spare = dict(real), pool[: ARCHIVED.most].tobytes()  # a drawn photo that is looked at has this geometry
    print(f"{len(filed):,} photos, {len(filed.photo):,} features; index built in {process_time() - started:.0f} s CPU")
    size = sum(len(data) for data in packed.values()) / len(packed)
    index = 12 * len(filed.photo) / len(filed)
    print(f"{size:.0f} bytes a real photo in the archive, {index:.0f} bytes a photo in the index\n")
    spent, found, looked = [], 0, 0
    numbers = {name: number for number, name in enumerate(kept, 1)}
    for path, data in asked:
        features = query(data, "", Settings()).features
        if isinstance(features, Found):
            started = process_time()
            matches = related(features.value, [filed], lambda number: packed.get(number, spare))
            spent.append(1000 * (process_time() - started))
            found, looked = found + any(match.photo == numbers[path.name] for match in matches), looked + 1
    print(f"search: p50 {np.percentile(spent, 50):.0f}, p95 {np.percentile(spent, 95):.0f} ms CPU; {found} of {looked} found")


def rendered() -> npt.NDArray[np.void]:
    """The features of sixty rendered pictures."""
    made = load("make_words", Path(__file__).parents[1] / "scripts/make_words.py")
    scenes = [read_features(np.repeat(made.leaves(seed)[:, :, None], 3, axis=2), ARCHIVED) for seed in range(60)]
    return np.concatenate([table_of(pack(scene.value)) for scene in scenes if isinstance(scene, Found)])


def drawn(pool: npt.NDArray[np.void], count: int, first: int) -> Iterator[tuple[int, bytes]]:
    """Photos of as many features as an archive keeps, drawn from the pool with some bits flipped."""
    rng = np.random.default_rng(3)
    for number in range(first, first + count):
        table = pool[rng.integers(0, len(pool), ARCHIVED.most)].copy()
        flips = rng.integers(0, 1 << 63, (3, ARCHIVED.most), dtype=np.uint64)
        table["signature"] ^= flips[0] & flips[1] & flips[2]  # an eighth of the bits
        yield number, table.tobytes()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("hashes", "rebuild", "parts"))
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--count", type=int)
    parser.add_argument("--queries", type=int, default=60)
    parser.add_argument("--peers", choices=("all", "flat"), default="all")
    asked = parser.parse_args()
    if asked.what == "hashes":
        hashes(asked.count or 1_000_000, asked.queries, asked.peers)
    elif asked.what == "rebuild":
        rebuild(asked.count or 1_000_000)
    else:
        parts(asked.folder, asked.count or 100_000)


if __name__ == "__main__":
    main()
