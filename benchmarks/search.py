"""How long does an exact search among N hashes of 256 bits take? Ours beside faiss, on the same hashes in the same run.

    python benchmarks/search.py [--hashes 1000000] [--queries 300]     peers: pip install faiss-cpu

Every second query is an archived hash with 0 to 31 bits flipped, the others are random. Times are CPU of one thread, one query
at a time; "eight" is a picture's whole search, in all orientations.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from time import process_time

import numpy as np
import numpy.typing as npt

from provcheck.archive.index import HammingIndex

RADIUS = 31
Codes = npt.NDArray[np.uint8]


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


def faiss_peers(codes: Codes) -> dict[str, Callable[[Codes], set[int]]]:
    try:
        import faiss  # type: ignore[import-not-found]  # a peer, not a dependency
    except ImportError:
        print("(faiss is not installed: no peers in this run)")
        return {}
    faiss.omp_set_num_threads(1)
    flat, multi = faiss.IndexBinaryFlat(256), faiss.IndexBinaryMultiHash(256, 16, 16)
    flat.add(codes)
    multi.add(codes)
    multi.nflip = 1
    return {
        "faiss BinaryFlat": lambda query: set(flat.range_search(query[None], RADIUS + 1)[2].tolist()),
        "faiss MultiHash 16 × 16, 1 flip": lambda query: set(multi.range_search(query[None], RADIUS + 1)[2].tolist()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hashes", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=300)
    asked = parser.parse_args()
    rng = np.random.default_rng(7)
    codes = rng.integers(0, 256, (asked.hashes, 32), dtype=np.uint8)
    tried = queries(codes, asked.queries, rng)
    started = process_time()
    index = HammingIndex(codes)
    index.search([bytes(32)], RADIUS)
    print(f"{asked.hashes:,} hashes; index built in {process_time() - started:.1f} s CPU\n")
    print("| search | p50 ms | p95 ms | recall |\n|---|---|---|---|")
    truth = timed("numpy scan", tried, lambda query: set(index.scan([query.tobytes()], RADIUS).rows.tolist()), None)
    timed("provcheck", tried, lambda query: set(index.search([query.tobytes()], RADIUS).rows.tolist()), truth)
    eight = [[turned.tobytes() for turned in np.roll(tried, -at, axis=0)[:8]] for at in range(len(tried))]
    number = {query.tobytes(): at for at, query in enumerate(tried)}
    timed(
        "provcheck, all eight orientations at once",
        tried,
        lambda query: set(index.search(eight[number[query.tobytes()]], RADIUS).rows.tolist()),
        None,
    )
    for name, search in faiss_peers(codes).items():
        timed(name, tried, search, truth)


if __name__ == "__main__":
    main()
