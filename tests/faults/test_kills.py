"""Killed many times, anywhere, with its cells or without: a batch leaves the bytes of an undisturbed run."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from provcheck.jobs.batch.ledger import open_ledger
from tests.jobs.test_batch import fingerprint
from tests.pictures import saved, scene

PHOTOS, KILLS = 2000, 200
pytestmark = [
    pytest.mark.slow,
    pytest.mark.endurance,
    pytest.mark.timeout(7200),
    pytest.mark.skipif(sys.platform == "win32", reason="kills by signal"),
]


def batch(source: Path, out: Path) -> subprocess.Popen[bytes]:
    run = [sys.executable, "-m", "provcheck", "batch", "run", str(source), "--out", str(out), "--as-of", "2023-08-02", "--quiet"]
    return subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def resumed(out: Path) -> subprocess.Popen[bytes]:
    run = [sys.executable, "-m", "provcheck", "batch", "resume", str(out), "--quiet"]
    return subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_two_hundred_kills_over_two_thousand_photos(tmp_path: Path) -> None:
    """Half of the kills hit the runner, half of them one of its cells' processes."""
    draw, source = random.Random(11), tmp_path / "photos"
    source.mkdir()
    for number in range(PHOTOS):
        (source / f"{number:04}.jpg").write_bytes(saved(scene(64, 48, seed=number)))
    batch(source, tmp_path / "undisturbed").wait()
    kill_at_random(source, tmp_path / "killed", draw)
    assert fingerprint(tmp_path / "killed") == fingerprint(tmp_path / "undisturbed")


def kill_at_random(source: Path, out: Path, draw: random.Random) -> None:
    running = batch(source, out)
    for number in range(KILLS):
        time.sleep(draw.uniform(0.1, 8.0))
        if running.poll() is not None:  # done before the last kill
            break
        if number % 2:
            below = cells_of(running.pid)
            if below:
                os.kill(draw.choice(below), signal.SIGKILL)
        else:
            running.kill()
            running.wait()
            with open_ledger(out, create=True) as ledger:
                begun = bool(ledger.plan())
            running = resumed(out) if begun else batch(source, out)
    running.wait()


def cells_of(process: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True).stdout.split()
    return [int(pid) for pid in found]


def test_a_hundred_cold_starts_of_two_on_one_ledger(tmp_path: Path) -> None:
    code = "import sys; from provcheck.jobs.batch import ledger as l; l.open_ledger(l.Path(sys.argv[1]), create=True)"
    for number in range(100):
        out = tmp_path / str(number)
        both = [subprocess.Popen([sys.executable, "-c", code, str(out)], stderr=subprocess.PIPE, text=True) for _ in range(2)]
        for each in both:
            _, told = each.communicate()
            assert each.returncode == 0, told
        with open_ledger(out) as ledger:
            assert ledger.standing().total == 0
        with sqlite3.connect(out / "ledger.sqlite") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
