"""Killed many times, anywhere, with its cells or without: a batch leaves the bytes of an undisturbed run."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

pytest.importorskip("fcntl", reason="runners are forked and killed by signal")

from provcheck.jobs.batch.ledger import open_ledger
from tests.faults.lives import Hall
from tests.jobs.test_batch import fingerprint
from tests.pictures import saved, scene

PHOTOS, DISTINCT = 2000, 500  # four names for each picture: copies are entered without a second look, and that is killed, too
KILLS, STARTS = 200, 100
pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with Hall(tmp_path_factory.mktemp("hall")) as opened:
        yield opened


def drawn(folder: Path, count: int) -> Path:
    folder.mkdir()
    pictures = [saved(scene(64, 48, seed=number)) for number in range(min(count, DISTINCT))]
    for number in range(count):
        (folder / f"{number:04}.jpg").write_bytes(pictures[number % DISTINCT])
    return folder


def test_two_hundred_kills_over_two_thousand_photos(hall: Hall, tmp_path: Path) -> None:
    """Two of three kills hit the runner, the third a cell. Where the photos are done before the last kill, they are begun anew."""
    source = drawn(tmp_path / "photos", PHOTOS)
    undisturbed = hall.begin(source, tmp_path / "undisturbed", tmp_path / "undisturbed.log")
    undisturbed.join()
    assert undisturbed.exitcode == 0
    killed = 0
    while killed < KILLS:
        out, log = tmp_path / f"killed-{killed}", tmp_path / f"log-{killed}"
        more = kill_at_random(hall, source, out, log, KILLS - killed)
        last = hall.begin(source, out, log)
        last.join()
        assert (more > 0, last.exitcode) == (True, 0)
        assert fingerprint(out) == fingerprint(tmp_path / "undisturbed")
        entered = log.read_text("ascii").split()
        assert len(entered) == len(set(entered)), "no photo is entered twice"
        killed += more


def kill_at_random(hall: Hall, source: Path, out: Path, log: Path, kills: int) -> int:
    """So many kills, or as many as the photos lasted for. A life lasts until a drawn number of photos was entered."""
    draw, running = random.Random(kills), hall.begin(source, out, log)
    for number in range(kills):
        # two thirds of the photos, so that some are left for what goes on while a kill is drawn
        until = entered_in(log) + draw.randrange(2 * PHOTOS * 6 // (KILLS * 10))
        while entered_in(log) < until and running.is_alive():
            time.sleep(0.01)
        time.sleep(draw.uniform(0, 0.2))  # anywhere between two photos, or before the first
        if number % 3 == 2 and (below := cells_of(os.getpid())):
            with suppress(ProcessLookupError):  # it has just ended by itself
                os.kill(draw.choice(below), signal.SIGKILL)
            continue
        running.kill()
        running.join()
        if running.exitcode == 0:
            return number
        running = hall.begin(source, out, log)
    running.kill()
    running.join()
    return kills


def entered_in(log: Path) -> int:
    return log.read_bytes().count(b"\n") if log.exists() else 0


def cells_of(process: int) -> list[int]:
    """The zygotes below a process, and the children that decode a photo just now."""
    found = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout.splitlines()
    rows = [(int(pid), int(parent), words) for pid, parent, words in (line.split(None, 2) for line in found)]
    zygotes = [pid for pid, parent, words in rows if parent == process and "provcheck.jobs.worker" in words]
    return zygotes + [pid for pid, parent, _ in rows if parent in zygotes]


def test_a_hundred_cold_starts_of_two_runners_on_one_ledger(hall: Hall, tmp_path: Path) -> None:
    """Both begin on nothing at the same moment: no lock error, and each photo is entered once, by one of the two."""
    source = drawn(tmp_path / "photos", 5)
    hall.begin(source, tmp_path / "alone", tmp_path / "log").join()
    wanted = fingerprint(tmp_path / "alone")
    for number in range(STARTS):
        out, log = tmp_path / str(number), tmp_path / f"{number}.log"
        both = [hall.begin(source, out, log) for _ in range(2)]
        for each in both:
            each.join()
        assert [each.exitcode for each in both] == [0, 0]
        assert sorted(log.read_text("ascii").split()) == [str(one) for one in range(1, 6)]
        assert fingerprint(out) == wanted
        with sqlite3.connect(out / "ledger.sqlite") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()


def test_processes_that_open_a_new_ledger_together_do_not_lock_each_other_out(tmp_path: Path) -> None:
    code = "import sys; from provcheck.jobs.batch import ledger as l; l.open_ledger(l.Path(sys.argv[1]), create=True)"
    for number in range(10):
        out = tmp_path / str(number)
        both = [subprocess.Popen([sys.executable, "-c", code, str(out)], stderr=subprocess.PIPE, text=True) for _ in range(2)]
        for each in both:
            _, told = each.communicate()
            assert each.returncode == 0, told
        with open_ledger(out) as ledger:
            assert ledger.standing().total == 0
