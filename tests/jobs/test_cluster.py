"""A batch on a Dask cluster: three workers in processes of their own, one of them killed, and the bytes are the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.jobs.test_batch import (
    COUNT,
    begin,
    command,
    ended,
    fingerprint,
    photo_events,
    photos,
    undisturbed,
    until_a_photo_is_done,
)

pytest.importorskip("distributed")
__all__ = ["photos", "undisturbed"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
DASK = (sys.executable, "-m", "dask")
QUIET = {"DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error", "PYTHONWARNINGS": "ignore"}


@dataclass(frozen=True)
class Cluster:
    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as stack:

        def start(*words: str) -> subprocess.Popen[bytes]:
            started = subprocess.Popen(
                [*DASK, *words], cwd=folder, env=os.environ | QUIET, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            stack.callback(started.wait)
            stack.callback(started.kill)
            return started

        said = folder / "scheduler.json"
        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(said))
        address = read_address(said)
        workers = ("--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder))
        yield Cluster(address, [start("worker", address, *workers) for _ in range(3)])


def read_address(said: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            return str(json.loads(said.read_text("utf-8"))["address"])
        except (OSError, ValueError):
            time.sleep(0.1)
    raise TimeoutError("the scheduler did not start")


def begin_there(cluster: Cluster, photos: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    asked = ("--as-of", "2023-08-02", "--log-json", "--scheduler", cluster.address, *more)
    return command("run", photos / "manifest.csv", "--out", out, *asked)


def test_a_lost_workers_photos_are_done_again_and_each_once(
    cluster: Cluster, photos: Path, undisturbed: Path, tmp_path: Path
) -> None:
    running = begin_there(cluster, photos, tmp_path / "out")
    assert running.stderr is not None
    first = until_a_photo_is_done(running.stderr)  # so the workers have others in their hands
    cluster.workers[0].send_signal(signal.SIGKILL)
    told = first + running.stderr.read()  # not communicate(): it would lose what lies in the buffer behind the first line
    running.communicate(timeout=100)
    assert running.returncode == 3, told
    assert sorted(event["number"] for event in photo_events(told)) == list(range(1, COUNT + 2))
    assert fingerprint(tmp_path / "out") == fingerprint(undisturbed)


def test_photos_sent_by_their_bytes_give_the_same(cluster: Cluster, photos: Path, undisturbed: Path, tmp_path: Path) -> None:
    assert ended(begin_there(cluster, photos, tmp_path / "out", "--send-photos")) == 3
    assert fingerprint(tmp_path / "out") == fingerprint(undisturbed)


def test_a_second_run_there_looks_at_nothing_again(cluster: Cluster, photos: Path, undisturbed: Path, tmp_path: Path) -> None:
    assert ended(begin(photos, tmp_path / "out")) == 3
    _, told = begin_there(cluster, photos, tmp_path / "out").communicate(timeout=100)
    assert {event["file"] for event in photo_events(told) if event["did"] and event["outcome"] != "refused"} == set()
    assert fingerprint(tmp_path / "out") == fingerprint(undisturbed)


def test_the_walls_hold_inside_a_worker(cluster: Cluster) -> None:
    code = (
        "import sys, warnings; from distributed import Client; from provcheck.jobs.selftest import selftest\n"
        "with Client(sys.argv[1], set_as_default=False) as client: print(*client.submit(selftest).result().escapes.done)"
    )
    tried = subprocess.run([sys.executable, "-c", code, cluster.address], capture_output=True, text=True, check=True, timeout=100)
    here = subprocess.run(
        [sys.executable, "-c", "from provcheck.jobs.selftest import selftest; print(*selftest().escapes.done)"],
        capture_output=True, text=True, check=True, timeout=100,
    )  # fmt: skip
    assert tried.stdout == here.stdout


@pytest.mark.parametrize(
    ("address", "remedy"),
    [("tcp://127.0.0.1:9", "dask scheduler"), ("tcp://", "tcp://10.0.0.1:8786"), ("tls://127.0.0.1:9", "certificates")],
)
def test_a_wrong_address_is_named_with_the_remedy(address: str, remedy: str, photos: Path, tmp_path: Path) -> None:
    running = command("run", photos / "manifest.csv", "--out", tmp_path / "out", "--scheduler", address, "--quiet")
    _, told = running.communicate(timeout=100)
    assert running.returncode == 2
    assert address in told
    assert remedy in told
    assert "Traceback" not in told
