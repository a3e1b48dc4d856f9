"""What an archive on a PostgreSQL server costs: bytes a photo, time of a search by bands, photos added a second.

python benchmarks/server.py [--photos 100000 300000] [--partitions 1 4] [--queries 30]

A throwaway cluster on the loopback address, without fsync; random hashes, the queries 31 bits off in one of eight orientations.
Times are wall times of the client, the server's work included. Band indexes are made after the hashes are copied in.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator

import numpy as np
import psycopg
from tests.archive.archives import VIEW, entry
from tests.archive.server import programs, running

from provcheck.archive import create_archive, open_archive
from provcheck.archive.postgres.rows import bits
from provcheck.archive.postgres.tables import BANDS, band
from provcheck.domain.fingerprint import Fingerprints

CHUNK = 20_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, nargs="+", default=[100_000, 300_000])
    parser.add_argument("--partitions", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--queries", type=int, default=30)
    given = parser.parse_args()
    bin_ = programs()
    if bin_ is None:
        raise SystemExit("no PostgreSQL in /usr/lib/postgresql")
    print("| photos | partitions | table, bytes a photo | indexes | search p50 ms | p95 | found | indexes made, s |")
    print(8 * "|---" + "|")
    with running(bin_) as server:
        for partitions in given.partitions:
            for count in given.photos:
                _measure(server, count, partitions, given.queries)
        _adding(server)


def _measure(server: str, count: int, partitions: int, queries: int) -> None:
    name = f"n{count}_{partitions}"
    create_archive(f"{server}#{name}", partitions=partitions)
    rng = np.random.default_rng(1)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT set_config('search_path', %s, false)", (name,))
        for number in range(partitions):
            for at in range(BANDS):
                connection.execute(f"DROP INDEX photo_{number}_band_{at}".encode())
        with connection.cursor().copy("COPY photo FROM STDIN") as copy:
            for row in _rows(count, rng):
                copy.write_row(row)
        began = time.perf_counter()
        for number in range(partitions):
            for at in range(BANDS):
                connection.execute(f"CREATE INDEX ON photo_{number} ({band(at)})".encode())
        took = time.perf_counter() - began
        connection.execute("VACUUM ANALYZE photo")
        size = connection.execute(
            "SELECT sum(pg_table_size(c.oid))::bigint, sum(pg_indexes_size(c.oid))::bigint FROM pg_class c "
            "WHERE relnamespace = %s::regnamespace AND relname ~ '^photo_[0-9]+$'",
            (name,),
        ).fetchone()
    if size is None:
        raise SystemExit("no tables")
    table, indexes = size
    times, found = [], 0
    with open_archive(f"{server}#{name}") as archive:
        for query in _queries(count, queries + 2):
            began = time.perf_counter()
            found += len(archive.search(query)) == 1
            times.append(1000 * (time.perf_counter() - began))
    p50, p95 = np.percentile(times[2:], [50, 95])
    size_of = f"{count:,} | {partitions} | {table / count:.0f} | {indexes / count:.0f}"
    print(f"| {size_of} | {p50:.1f} | {p95:.1f} | {found} of {queries + 2} | {took:.0f} |", flush=True)


def _rows(count: int, rng: np.random.Generator) -> Iterator[tuple[object, ...]]:
    for start in range(0, count, CHUNK):
        for raw in rng.integers(0, 256, (min(CHUNK, count - start), 32), dtype=np.uint8):
            data = raw.tobytes()
            yield data[::-1], f"2022/05/photo-{start}.jpg", 1600, 1067, data[:8], data[8:16], bits(data), 100


def _queries(count: int, queries: int) -> Iterator[Fingerprints]:
    """Hashes of the archive, 31 bits off, each in one orientation among seven that are like nothing."""
    rng, draw = np.random.default_rng(1), random.Random(2)
    first = rng.integers(0, 256, (min(CHUNK, count), 32), dtype=np.uint8)
    for _ in range(queries):
        spread = np.unpackbits(first[draw.randrange(len(first))])
        spread[draw.sample(range(256), 31)] ^= 1
        hashes = [f"{draw.getrandbits(256):064x}" for _ in range(8)]
        hashes[draw.randrange(8)] = np.packbits(spread).tobytes().hex()
        yield Fingerprints("", "", tuple(hashes), 100)


def _adding(server: str) -> None:
    create_archive(f"{server}#adding")
    with open_archive(f"{server}#adding", writable=True) as archive:
        began = time.perf_counter()
        for start in range(0, 2000, 200):
            archive.add([entry(number, view=VIEW) for number in range(start, start + 200)])
        took = time.perf_counter() - began
    print(f"\nadding, batches of 200 with a use and a small view each: {2000 / took:.0f} photos a second")


if __name__ == "__main__":
    main()
