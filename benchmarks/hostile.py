"""What becomes of the hostile corpus? Runs `provcheck check` over a folder under strace, scores each row, prints tables.

python benchmarks/hostile.py FOLDER [--rows FILE]

FOLDER: what `../shared/tools/make_hostile.py --big --fs` wrote, or ../shared/data/hostile. Where it holds a MANIFEST.jsonl each
outcome is held against what the file is owed. Linux with strace. --rows keeps the rows.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OWED = {
    "analyse": ("examined",),
    "partial": ("partial",),
    "reject": ("refused",),
    "any": ("examined", "partial", "refused"),
}
# A warm parent's farewell to a photo's process: what it used
ENDED = re.compile(
    r"wait4\((\d+), .*ru_utime=\{tv_sec=(\d+), tv_usec=(\d+)\}, ru_stime=\{tv_sec=(\d+), tv_usec=(\d+)\}, ru_maxrss=(\d+)"
)
NETWORK = re.compile(r"^\d+ +(socket|connect|sendto|sendmsg|sendmmsg|bind|getaddrinfo)\(")


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: its rows, exit status, the parent's peak in kB, and each photo's process: seconds of processor time, peak in kB."""

    rows: tuple[dict[str, Any], ...]
    status: int
    complaints: str
    parent: int
    photos: tuple[tuple[float, int], ...]
    network: tuple[str, ...]


def run(folder: Path) -> Ran:
    with tempfile.TemporaryDirectory() as name:
        rows, trace = Path(name) / "rows", Path(name) / "trace"
        command = ["strace", "-f", "-v", "-qq", "-o", str(trace), "-e", "trace=%network,wait4"]
        command += [sys.executable, "-m", "provcheck", "check", str(folder), "--jsonl"]
        with rows.open("wb") as out, (Path(name) / "err").open("wb") as err:
            process = subprocess.Popen(command, stdout=out, stderr=err)
            parent = 0
            while process.poll() is None:
                parent = max(parent, _peak(process.pid))
                time.sleep(0.2)
        said = trace.read_text("utf-8", "replace").splitlines()
        photos = tuple(_used(match) for line in said if (match := ENDED.search(line)))
        network = tuple(line for line in said if NETWORK.match(line))
        lines = tuple(json.loads(line) for line in rows.read_text("utf-8").splitlines())
        return Ran(lines, process.returncode, (Path(name) / "err").read_text("utf-8", "replace"), parent, photos, network)


def _used(match: re.Match[str]) -> tuple[float, int]:
    user, user_us, kernel, kernel_us = (int(match[at]) for at in (2, 3, 4, 5))
    return user + kernel + (user_us + kernel_us) / 1e6, int(match[6])


def _peak(strace: int) -> int:
    """kB at the peak of the program that strace runs."""
    try:
        for child in Path(f"/proc/{strace}/task/{strace}/children").read_text("ascii").split():
            status = Path(f"/proc/{child}/status").read_text("utf-8")
            return int(status.partition("VmHWM:")[2].split()[0])
    except (OSError, IndexError, ValueError):  # it has just begun, or just ended
        pass
    return 0


def score(folder: Path, ran: Ran) -> None:
    """Each file of the MANIFEST: what it is owed, and what came."""
    rows = {row["file"]: row for row in ran.rows if "outcome" in row}
    counts: Counter[tuple[str, str]] = Counter()
    short: list[str] = []
    for line in (folder / "MANIFEST.jsonl").read_text("utf-8").splitlines():
        owed = json.loads(line)
        row = rows.get(owed["file"])
        came = row["outcome"] if row else "no row under this name"
        counts[owed["expect"], came] += 1
        if came not in OWED[owed["expect"]]:
            reason = row["reason"] if row else ""
            short.append(f"| {owed['file']!a} | {owed['note']!a} | {owed['expect']} | {came} | {reason or ''} |")
    print("\n| owed | examined | partial | refused | no row under this name |\n|---|---|---|---|---|")
    for expect in OWED:
        came = [counts[expect, name] for name in ("examined", "partial", "refused", "no row under this name")]
        print(f"| {expect} | " + " | ".join(map(str, came)) + " |")
    print("\n| otherwise than owed | what it is | owed | came | reason |\n|---|---|---|---|---|", *sorted(short), sep="\n")


def tell(folder: Path, ran: Ran) -> None:
    rows = [row for row in ran.rows if "outcome" in row]
    without = [row["file"] for row in rows if row["outcome"] != "examined" and not row["reason"]]
    ours = [row["file"] for row in rows if "provcheck itself failed" in json.dumps(row)]
    seconds, sizes = [photo[0] for photo in ran.photos] or [0.0], [photo[1] for photo in ran.photos] or [0]
    files = sum(len(names) for _, _, names in os.walk(folder))
    print(f"| asked | measured ({folder.name}) |\n|---|---|")
    print(f"| one row a file | {len(rows)} rows, {files} names that a walk gives; exit {ran.status} |")
    print(f"| outcomes | {dict(Counter(row['outcome'] for row in rows))} |")
    print(f"| rows without a plain reason; defects of ours; tracebacks | {without}; {ours}; {ran.complaints.count('Traceback')} |")
    print(f"| none over 10 s of processor time | {max(seconds):.1f} s at most; {sum(seconds):.0f} s in {len(seconds)} processes |")
    print(f"| child ≤ 600 MB | {max(sizes) / 1000:.0f} MB at most |")
    print(f"| parent ≤ 300 MB | {ran.parent / 1000:.0f} MB at its peak |")
    print(f"| network calls of all its processes: 0 | {len(ran.network)} {list(ran.network[:3]) or ''} |")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--rows", type=Path)
    given = arguments.parse_args()
    ran = run(given.folder)
    if given.rows:
        given.rows.write_text("".join(json.dumps(row) + "\n" for row in ran.rows), "utf-8")
    tell(given.folder, ran)
    if (given.folder / "MANIFEST.jsonl").exists():
        score(given.folder, ran)


if __name__ == "__main__":
    main()
