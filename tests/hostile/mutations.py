"""Breaks sound files in seeded ways and has our own parsers read them: each must answer, or refuse in its own words.

python -m tests.hostile.mutations COUNT [SEED]    prints a table; what was not caught is written to uncaught-*.bin
"""

from __future__ import annotations

import json
import random
import struct
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from provcheck.archive.lists import read_hashes
from provcheck.archive.manifest import read_manifest
from provcheck.config import read_settings
from provcheck.domain.errors import ProvcheckError
from provcheck.jobs.batch.manifest import read_rows
from provcheck.pipeline import digest
from provcheck.readers.claims import read_claims
from provcheck.readers.formats import sniff
from provcheck.readers.metadata import read_metadata
from provcheck.redact.boxes import read_boxes
from provcheck.report import VIEWS, read_json
from provcheck.report.record import canonical_digest, frame_digest
from tests.hostile.seeds import PHOTOS, RECORD, folder_with, text_files

Mutate = Callable[[bytes, random.Random, Sequence[bytes]], bytes]
SLOW = 2.0  # seconds of processor time that no file of a few kilobytes may take
EDGES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFE)
FORMS = (b"=cmd|'/c'!A1", b"\x1b[2J", "\u202e".encode(), b"\x00", b"\xed\xa0\x80", b"\\ud800", b"1e999999999", b"-", b'"', b"\r")
WORDS = (*FORMS, b"9" * 400, b"[" * 3000)
VALUES: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    1 << 70,
    "",
    "\x1b[2J\u202e",
    "\ud800",
    "=1+1",
    "2023-13-40",
    "NaN",
    "1e999999",
    "a.b",
    [],
    [[]],
    {},
    {"id": "x", "args": {}},
)


def mutated(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """`data` with one to five changes: bits, bytes, numbers at their edges, parts cut, doubled, or taken from another file."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        chance.choice(CHANGES)(changed, chance, others)
    return bytes(changed)


def _bit(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _byte(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))


def _number(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    size, code = chance.choice(((2, "H"), (4, "L"), (4, "L")))
    if len(data) >= size:
        at = chance.randrange(len(data) - size + 1)
        value = chance.choice((*EDGES, len(data), at)) & (0xFFFF if size == 2 else 0xFFFFFFFF)
        data[at : at + size] = struct.pack(chance.choice("<>") + code, value)


def _cut(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    at, size = chance.randrange(len(data) + 1), chance.choice((1, 2, 4, 12, 64, 1 << 20))
    del data[at : at + size]


def _double(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    at, size = chance.randrange(len(data) + 1), chance.choice((1, 4, 12, 64, 512))
    data[at:at] = bytes(data[at : at + size]) * chance.choice((1, 1, 30))


def _foreign(data: bytearray, chance: random.Random, others: Sequence[bytes]) -> None:
    other = chance.choice(others)
    start, size = chance.randrange(len(other) + 1), chance.choice((4, 16, 64, 512))
    at = chance.randrange(len(data) + 1)
    data[at : at + chance.choice((0, size))] = other[start : start + size]


def _word(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.choice(WORDS)


CHANGES = (_bit, _byte, _byte, _number, _number, _cut, _double, _foreign, _word)


def changed_record(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """The record with one to three values exchanged, its digests as a stranger would write them anew."""
    for _change in range(chance.choice((1, 1, 2, 3))):
        record = json.loads(data)
        places = list(_places(record["report"]))
        holder, key = chance.choice(places)
        holder[key] = chance.choice((*VALUES, json.loads(json.dumps(chance.choice(places)[0]))))
        record["digest"] = canonical_digest(record["report"])
        record["run_digest"] = frame_digest(record)
        data = json.dumps(record).encode()
    return data


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a tree of JSON: what holds it, and its key there."""
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        for key in holder if isinstance(holder, dict) else range(len(holder)):
            yield holder, key
            if isinstance(holder[key], (dict, list)):
                waiting.append(holder[key])


def photo(data: bytes) -> None:
    """What a cell does with a file before it decodes pixels, without the two C libraries that read metadata too."""
    sniff(data)
    read_metadata(data, second_opinion=False)


def record(data: bytes) -> None:
    """The record, and every view of it: a stranger can write a record that is whole and holds anything."""
    report = read_json(data.decode("utf-8", "surrogateescape"))
    for view in VIEWS:
        view.render(report, "en")


def parsers(folder: Path) -> Iterator[tuple[str, Sequence[bytes], Callable[[bytes], object], Mutate]]:
    """Name, sound files, what reads a broken one, and how they are broken."""
    yield "photos", PHOTOS, photo, mutated
    yield "records", (RECORD,), record, mutated
    yield "whole records", (RECORD,), record, changed_record
    takes: dict[str, Callable[[Path], object]] = {
        "claims.toml": read_claims,
        "boxes.toml": read_boxes,
        "provcheck.toml": read_settings,
        "uses.csv": read_manifest,
        "hashes.csv": read_hashes,
        "bare.txt": read_hashes,
        "rows.csv": lambda path: digest(tuple(read_rows(path))),  # a batch's keys are made of rows
        "rows.jsonl": lambda path: digest(tuple(read_rows(path))),
    }
    for name, data in text_files().items():
        yield name, (data,), lambda data, name=name: takes[name](folder_with(folder, name, data)), mutated  # type: ignore[misc]


def share(count: int, name: str) -> int:
    """Of `count` mutations most are photos': theirs are the bytes that strangers send."""
    return count - 10 * (count // 100) if name == "photos" else count // 100


def run(count: int, seed: int, kept: Path | None = None) -> dict[str, Counter[str]]:
    """How many mutations each parser read, refused, was slow with, and did not catch."""
    table: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, sound, take, mutate in parsers(Path(folder)):
            chance, table[name] = random.Random(f"{seed} {name}"), Counter()
            for _ in range(share(count, name)):
                data = mutate(chance.choice(sound), chance, sound)
                how = _tried(take, data)
                table[name][how] += 1
                if kept and how not in ("read", "refused"):
                    (kept / f"uncaught-{name}-{table[name][how]}-{how[:40]}.bin").write_bytes(data)
    return table


def _tried(take: Callable[[bytes], object], data: bytes) -> str:
    started = time.process_time()
    try:
        take(data)
    except ProvcheckError:
        how = "refused"
    except Exception as uncaught:  # noqa: BLE001  what this program looks for
        return type(uncaught).__name__
    else:
        how = "read"
    return "slow" if time.process_time() - started > SLOW else how


def main() -> None:
    count, seed = int(sys.argv[1]), int((sys.argv[2:] or ["0"])[0])
    started = time.process_time()
    lines = ["| file | mutations | read | refused | slow | uncaught |", "|---|---|---|---|---|---|"]
    for name, found in run(count, seed, Path()).items():
        rest = {how: number for how, number in found.items() if how not in ("read", "refused", "slow")}
        lines.append(f"| {name} | {found.total()} | {found['read']} | {found['refused']} | {found['slow']} | {rest or 0} |")
    lines += ["", f"{count} mutations, seed {seed}: {time.process_time() - started:.0f} s of processor time", ""]
    sys.stdout.write("\n".join(lines))


if __name__ == "__main__":
    main()
