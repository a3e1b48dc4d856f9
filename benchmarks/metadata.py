"""How far do the metadata readers agree with the field's references, and at what price?

    python benchmarks/metadata.py --shared ../shared [--hostile FOLDER] [--out benchmarks/RESULTS.md]

Agreement with ExifTool's values, C2PA verdicts and planted contradictions come from the scorers in `../shared/tools`;
speed is CPU time in one process, peers in the same run. FOLDER holds the output of `../shared/tools/make_hostile.py`.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import logging
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

import exifread
import PIL
from PIL import Image

from provcheck.checks.flags import Seen, flags_of
from provcheck.domain.reading import Found, Unreadable
from provcheck.readers.metadata import Metadata, read_metadata
from provcheck.readers.row import credentials_row, row_of
from provcheck.readers.thumbnail import read_thumbnail

AS_OF = date(2026, 11, 22)
SLOW = 2.0  # seconds that no file may take
UNFAULTY = ("strings",)  # odd text, which is read and escaped
ROUNDS = 3  # the fastest of so many runs counts


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", type=Path, default=Path("../shared"))
    arguments.add_argument("--hostile", type=Path)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--only-read", action="store_true", help="read everything and print nothing: what is traced for packets")
    options = arguments.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    if options.only_read:
        for path in _corpus(options.shared):
            read_metadata(path.read_bytes())
        return
    parts = [
        _heading(),
        "\n".join(_agreement(options.shared)),
        "\n".join(_packets(options.shared)),
        "\n".join(_speed(options.shared / "data" / "metadata")),
        "\n".join(_hostile([options.shared / "data" / "hostile", *([options.hostile] if options.hostile else [])])),
    ]
    text = "\n\n".join(parts) + "\n"
    print(text)
    if options.out:
        options.out.write_text(text, "utf-8")


def _heading() -> str:
    versions = f"Python {platform.python_version()}, exifread {exifread.__version__}, Pillow {PIL.__version__}"
    machine = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()} {platform.system()}"
    return f"# Metadata readers\n\n{machine}, {versions}; development set, not copied here."


def _scorer(shared: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, shared / "tools" / f"{name}.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{name}.py is not in {shared / 'tools'}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _agreement(shared: Path) -> Iterator[str]:
    root = shared / "data" / "metadata"
    expected: dict[str, Any] = json.loads((root / "expected.json").read_text("utf-8"))
    read = {name: read_metadata((root / name).read_bytes(), second_opinion=False) for name in expected}
    predictions = {name: {"file": name, "fields": row_of(_fields(metadata))} for name, metadata in read.items()}
    sound = {name: row for name, row in expected.items() if row.get("class", "ok") == "ok"}
    score = _scorer(shared, "score_metadata")
    yield "## Agreement with ExifTool (well-formed files)\n"
    yield from _header("format", "files", "values", "agree %", "missing", "wrong", "extra")
    fields, formats, _ = score.score(sound, predictions)
    for kind in sorted(formats, key=lambda kind: -formats[kind]["n"]):
        yield _row(kind, formats[kind])
    total: Counter[str] = sum((Counter(counts) for counts in formats.values()), Counter())
    yield _row("all", total)
    yield _row("maker notes", sum((Counter(fields[key]) for key in fields if key.startswith("mn.")), Counter()))
    everything: Counter[str] = sum((Counter(counts) for counts in score.score(expected, predictions)[1].values()), Counter())
    yield _row("all, malformed files too", everything)
    verdicts = [
        (row["c2pa"].get("verdict") or "absent", credentials_row(read[name].credentials)["verdict"])
        for name, row in expected.items()
        if "c2pa" in row
    ]
    yield f"\nC2PA verdicts: {sum(owed == got for owed, got in verdicts)} of {len(verdicts)}."
    yield from _planted(shared / "data" / "metadata_rules")


def _header(*names: str) -> Iterator[str]:
    yield f"| {' | '.join(names)} |"
    yield "|---" * len(names) + "|"


def _row(name: str, counts: Counter[str]) -> str:
    share = 100 * counts["agree"] / max(1, counts["n"])
    rest = " | ".join(str(counts[key]) for key in ("missing", "wrong", "extra"))
    return f"| {name} | {counts['files'] or ''} | {counts['n']} | {share:.2f} | {rest} |"


def _planted(root: Path) -> Iterator[str]:
    expected = json.loads((root / "expected.json").read_text("utf-8"))
    got: dict[str, set[str]] = {}
    for name in expected:
        data = (root / name).read_bytes()
        got[name] = set(flags_of(Seen(name, read_metadata(data, second_opinion=False), AS_OF, read_thumbnail(data))))
    owed = sum(len(row["expect"]) for row in expected.values())
    hits = sum(len(set(row["expect"]) & got[name]) for name, row in expected.items())
    control = {row["base"]: got[name] for name, row in expected.items() if row["case"] == "control"}
    added = Counter(
        flag for name, row in expected.items() for flag in got[name] - set(row["expect"]) - control.get(row["base"], set())
    )
    clean = sorted(set().union(*control.values())) or "none"
    more = dict(added) or "none"
    yield f"\nPlanted contradictions: {hits} of {owed}; flags added: {more}; on the {len(control)} controls: {clean}."


def _corpus(shared: Path) -> list[Path]:
    """Every file of the metadata and hostile folders."""
    roots = [shared / "data" / name for name in ("metadata", "metadata_rules", "hostile")]
    return [path for root in roots for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]


def _packets(shared: Path) -> Iterator[str]:
    """Sockets of any internet family that the readers open, and connections that they try, under strace."""
    yield "## Network\n"
    if not shutil.which("strace"):
        yield "Not measured: strace is not installed."
        return
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        subprocess.run(
            [
                "strace",
                "-f",
                "-e",
                "trace=network",
                "-o",
                str(trace),
                sys.executable,
                __file__,
                "--shared",
                str(shared),
                "--only-read",
            ],
            check=True,
            capture_output=True,
        )
        lines = trace.read_text("utf-8", "replace").splitlines()
    internet = [line for line in lines if "AF_INET" in line or "sendto" in line or "connect(" in line]
    yield f"{len(_corpus(shared))} files read under strace: {len(internet)} network calls."


def _speed(root: Path) -> Iterator[str]:
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and path.suffix != ".json"]
    data = [path.read_bytes() for path in files]
    signed = [read_metadata(one, second_opinion=False) for one in data]
    plain = [one for one, metadata in zip(data, signed, strict=True) if not isinstance(metadata.credentials, Found)]
    yield "## Files per CPU second, one process\n"
    yield from _header("reader", "files", "per CPU second")
    rows: list[tuple[str, list[bytes], Callable[[bytes], object]]] = [
        ("provcheck", data, lambda one: read_metadata(one, second_opinion=False, pictures=False)),
        (
            "provcheck, files without Content Credentials",
            plain,
            lambda one: read_metadata(one, second_opinion=False, pictures=False),
        ),
        ("provcheck with the pictures in manifests, exifread's and Pillow's second opinion", data, read_metadata),
        ("exifread", data, lambda one: _exifread(one, details=True)),
        ("exifread, files without Content Credentials", plain, lambda one: _exifread(one, details=True)),
        ("exifread without maker notes", data, lambda one: _exifread(one, details=False)),
        ("Pillow (getexif and its directories)", data, _pillow),
    ]
    for name, corpus, reader in rows:
        yield f"| {name} | {len(corpus)} | {_rate(corpus, reader):,.0f} |"
    if shutil.which("exiftool"):
        yield f"| ExifTool {_exiftool_version()}, one batch | {len(files)} | {_exiftool(files):,.0f} |"


def _rate(corpus: list[bytes], reader: Callable[[bytes], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = process_time()
        for one in corpus:
            reader(one)
        times.append(process_time() - started)
    return len(corpus) / min(times)


def _exifread(data: bytes, *, details: bool) -> object:
    try:
        return exifread.process_file(io.BytesIO(data), details=details)
    except Exception:  # noqa: BLE001 -- a peer's failures are its own
        return None


def _pillow(data: bytes) -> object:
    try:
        exif = Image.open(io.BytesIO(data)).getexif()
        return [exif.get_ifd(tag) for tag in (0x8769, 0x8825)]
    except Exception:  # noqa: BLE001 -- a peer's failures are its own
        return None


def _exiftool_version() -> str:
    return subprocess.run(["exiftool", "-ver"], capture_output=True, text=True, check=True).stdout.strip()


def _exiftool(files: list[Path]) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as names:
        names.write("\n".join(str(path) for path in files))
        names.flush()
        times = []
        for _ in range(ROUNDS):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(["exiftool", "-j", "-q", "-@", names.name], capture_output=True, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return len(files) / min(times)


def _hostile(roots: list[Path]) -> Iterator[str]:
    yield "## Hostile files (metadata, thumbnail and flags together)\n"
    yield from _header(
        "set", "files", "uncaught", "slowest, CPU s", "over 2 s", "faulty metadata", "of them unremarked", "peak RSS, MB"
    )
    for root in roots:
        files = [
            path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink() and path.name != "MANIFEST.jsonl"
        ]
        uncaught, slowest, over, unremarked = 0, 0.0, 0, 0
        faulty = _faulty(root)
        for path in files:
            data = path.read_bytes()
            started = process_time()
            try:
                metadata = read_metadata(data)
                flags_of(Seen(path.name, metadata, AS_OF, read_thumbnail(data)))
            except Exception as error:  # noqa: BLE001 -- what is measured here
                uncaught += 1
                print(f"{path}: {error!r}", file=sys.stderr)
                continue
            spent = process_time() - started
            slowest, over = max(slowest, spent), over + (spent > SLOW)
            unremarked += path.relative_to(root).as_posix() in faulty and not _remarked(metadata)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        counts = (len(files), uncaught, f"{slowest:.2f}", over, len(faulty) or "not listed", unremarked, peak)
        yield f"| {root.name} | {' | '.join(map(str, counts))} |"


def _faulty(root: Path) -> set[str]:
    """Files whose manifest says that their pixels are fine and some metadata are not."""
    manifest = root / "MANIFEST.jsonl"
    if not manifest.is_file():
        return set()
    rows = [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]
    return {row["file"] for row in rows if row["expect"] == "partial" and row["family"] not in UNFAULTY}


def _remarked(metadata: Metadata) -> bool:
    """Whether anything at all was said of damage."""
    readings = (getattr(metadata, name) for name in Metadata.__dataclass_fields__ if name != "damage")
    return bool(metadata.damage) or any(isinstance(reading, Unreadable) for reading in readings)


def _fields(metadata: Metadata) -> tuple[Any, ...]:
    return metadata.fields.value if isinstance(metadata.fields, Found) else ()


if __name__ == "__main__":
    main()
