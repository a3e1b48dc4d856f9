"""Whatever moment a writer is killed at, what it had committed is there, and nothing half-added; two at once lose nothing."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from provcheck.archive import create_archive, open_archive
from provcheck.domain.archive import Use
from tests.archive.archives import VIEW, entry

BATCH = 5
pytestmark = pytest.mark.skipif(not hasattr(os, "fork") or sys.platform == "darwin", reason="forks writers")


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """A child that does `work` with the end of a pipe, and the other end. A process started anew would spend its life importing."""
    here, there = os.pipe()
    child = os.fork()
    if child:
        os.close(there)
        return child, here
    os.close(here)
    try:
        work(there)
    except BaseException as fault:  # noqa: BLE001  the child must not run the rest of the tests
        os.write(there, f"{type(fault).__name__}: {fault}".encode())
        os._exit(1)
    os._exit(0)


def ended(child: int, pipe: int) -> tuple[bytes, int]:
    """All that it wrote, and its exit status."""
    said = b""
    while part := os.read(pipe, 65536):
        said += part
    os.close(pipe)
    return said, os.waitpid(child, 0)[1]


def killed(where: str | Path, first: int, seconds: float) -> int:
    """Runs a writer from entry `first` on and kills it after `seconds` of writing; the first entry that it did not report."""

    def write(pipe: int) -> None:
        with open_archive(where, writable=True) as archive:
            os.write(pipe, b"\0")
            for at in range(first, first + 100_000, BATCH):
                archive.add(entry(n, view=VIEW) for n in range(at, at + BATCH))
                os.write(pipe, (at + BATCH).to_bytes(4, "big"))

    child, pipe = forked(write)
    assert os.read(pipe, 1) == b"\0"
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    said, status = ended(child, pipe)
    assert os.WTERMSIG(status) == signal.SIGKILL, said
    reports = [int.from_bytes(said[at : at + 4], "big") for at in range(0, len(said) - len(said) % 4, 4)]
    return reports[-1] if reports else first


def killed_often(where: str | Path, kills: int, longest: float) -> int:
    rng, first = random.Random(1), 0
    for _ in range(kills):
        reported = killed(where, first, rng.uniform(0, longest))
        with open_archive(where) as archive:
            info = archive.verify()
            assert info.photos >= reported
            assert info.photos % BATCH == 0
            kept = {one.sha256 for one in archive.hashes()}
        assert kept == {entry(n).sha256 for n in range(info.photos)}
        first = info.photos
    return first


@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=(pytest.mark.slow, pytest.mark.timeout(1800)))])
def test_a_killed_writer_loses_and_halves_nothing(tmp_path: Path, kills: int) -> None:
    create_archive(tmp_path / "seen")
    assert killed_often(tmp_path / "seen", kills, 0.1) > 0


@pytest.mark.parametrize("kills", [3, pytest.param(60, marks=(pytest.mark.slow, pytest.mark.timeout(1800)))])
def test_a_killed_writer_to_a_server_loses_and_halves_nothing(served: str, kills: int) -> None:
    assert killed_often(served, kills, 0.3) > 0


@pytest.mark.parametrize("starts", [4, pytest.param(100, marks=(pytest.mark.slow, pytest.mark.timeout(1800)))])
def test_two_writers_that_start_at_once_lose_and_double_nothing(tmp_path: Path, starts: int) -> None:
    """Each adds three photos of its own and four that both have, with a use of its own, the moment that both may begin."""
    for number in range(starts):
        path = tmp_path / f"{number}.pvx"
        create_archive(path)
        begin, gate = os.pipe()

        def write(desk: int, path: Path = path, begin: int = begin, gate: int = gate) -> None:
            os.close(gate)
            os.read(begin, 1)  # until the parent lets both go
            with open_archive(path, writable=True) as archive:
                for at in (*range(4), *range(10 * desk, 10 * desk + 3)):
                    archive.add([entry(at, Use(publisher=f"desk {desk}"))])

        children = [forked(lambda _, desk=desk: write(desk)) for desk in (1, 2)]  # type: ignore[misc]
        os.close(begin)
        os.close(gate)
        for child, pipe in children:
            assert ended(child, pipe) == (b"", 0)
        with open_archive(path) as archive:
            assert archive.verify().photos == 4 + 3 + 3
            assert sum(len(record.uses) for record in archive.records()) == 2 * 7
        assert not [left for left in path.parent.iterdir() if left.name.endswith(("-wal", "-shm"))]
