"""Whatever moment a writer is killed at: what it had committed is there, and nothing half-added is seen."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from provcheck.archive import create_archive, open_archive
from tests.archive.archives import entry

BATCH = 5
WRITER = f"""
import sys
from pathlib import Path
from provcheck.archive import open_archive
from tests.archive.archives import VIEW, entry
first = int(sys.argv[2])
with open_archive(Path(sys.argv[1]), writable=True) as archive:
    print("open", flush=True)
    while True:
        archive.add(entry(n, view=VIEW) for n in range(first, first + {BATCH}))
        first += {BATCH}
        print(first, flush=True)
"""


def _killed(path: Path, first: int, seconds: float) -> int:
    """Runs a writer from entry `first` on and kills it after `seconds` of writing; the first entry it did not report."""
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(first)], stdout=subprocess.PIPE, text=True, cwd=root
    ) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "open\n"
        time.sleep(seconds)
        writer.kill()
        said = writer.stdout.read().split("\n")[:-1]  # a line that was cut off is none
    return int(said[-1]) if said else first


@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=(pytest.mark.slow, pytest.mark.timeout(1200)))])
def test_a_killed_writer_loses_and_halves_nothing(tmp_path: Path, kills: int) -> None:
    create_archive(tmp_path / "seen")
    rng = random.Random(1)
    first = 0
    for _ in range(kills):
        reported = _killed(tmp_path / "seen", first, rng.uniform(0, 0.2))
        with open_archive(tmp_path / "seen") as archive:
            info = archive.verify()
            assert info.photos >= reported
            assert info.photos % BATCH == 0
            kept = {one.sha256 for one in archive.hashes()}
        assert kept == {entry(n).sha256 for n in range(info.photos)}
        first = info.photos
    assert first > 0
