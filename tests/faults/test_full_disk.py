"""A disk that fills at fifty places: what was there stays whole, the run says what to do, and the next one finishes the work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from provcheck.config import Settings
from provcheck.jobs.batch import open_ledger, plan_of, run
from provcheck.jobs.batch.desk import Examiner, Opener
from provcheck.jobs.batch.folder import LedgerError
from provcheck.jobs.batch.plan import Methods
from provcheck.jobs.batch.station import Station
from tests.jobs.test_batch import fingerprint
from tests.pictures import saved, scene

POINTS, PHOTOS, SIZE = 50, 6, 16 << 20  # photos; bytes of the file system, several times what a whole run writes
BEFORE, AFTER = date(2023, 8, 2), date(2023, 8, 3)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small file system: root on Linux"),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("small")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("no tmpfs may be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    """One station for all runs: what fills the disk is the runner, and starting cells a hundred times takes minutes."""
    with Station(Settings(), (), 1) as station:

        @contextmanager
        def opened(_methods: Methods) -> Iterator[Examiner]:
            yield Examiner(station.examine, lambda: 1, threads=2, reads=True)

        yield opened


def do(photos: Path, out: Path, as_of: date, opener: Opener) -> None:
    with open_ledger(out, create=True) as ledger:
        run(ledger, plan_of(photos, as_of, (), None, None), again=True, examiner=opener)


def fault(photos: Path, out: Path, as_of: date, opener: Opener) -> str:
    """What a run says that cannot go on; "" where it could."""
    try:
        do(photos, out, as_of, opener)
    except LedgerError as told:
        return str(told)
    return ""


def filled(place: Path, free: int) -> Path:
    """A file that leaves `free` bytes of the file system."""
    ballast, block = place / "ballast", 4096
    ballast.write_bytes(b"\0" * max(0, shutil.disk_usage(place).free - free) if free else b"")
    if not free:
        with ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * block)
            except OSError:
                pass
    return ballast


def room(small: Path, before: Path, photos: Path, opener: Opener) -> int:
    """The bytes left free that suffice for a run, within a sixteenth: pages, journals and SQLite differ between machines."""
    too_few, enough = 0, SIZE // 2
    while enough - too_few > enough // 16:
        middle = (too_few + enough) // 2
        out = Path(shutil.copytree(before, small / "out"))
        ballast = filled(small, middle)
        too_few, enough = (middle, enough) if fault(photos, out, AFTER, opener) else (too_few, middle)
        ballast.unlink()
        shutil.rmtree(out)
    return enough


def test_a_disk_that_is_full_at_fifty_points_loses_nothing(small: Path, opener: Opener, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    for number in range(PHOTOS):
        (photos / f"{number}.jpg").write_bytes(saved(scene(64, 48, seed=number)))
    do(photos, tmp_path / "before", BEFORE, opener)
    do(photos, tmp_path / "after", AFTER, opener)
    before, after = fingerprint(tmp_path / "before"), fingerprint(tmp_path / "after")
    step = room(small, tmp_path / "before", photos, opener) // (POINTS - 5)
    stopped = 0
    for free in range(0, POINTS * step, step):
        out = small / "out"
        shutil.copytree(tmp_path / "before", out)
        ballast = filled(small, free)
        told = fault(photos, out, AFTER, opener)
        stopped += bool(told)
        assert not told or "batch resume" in told, f"{free} bytes free"
        for name, value in fingerprint(out).items():
            assert value in (before.get(name), after.get(name)), f"{name} is not whole at {free} bytes free"
        ballast.unlink()
        do(photos, out, AFTER, opener)
        assert fingerprint(out) == after
        shutil.rmtree(out)
    assert 10 < stopped < POINTS, "the points must reach from a disk that is full to one that suffices"
