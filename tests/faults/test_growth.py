"""A process killed while it makes index files beside an archive: the archive is whole, and searches give the same."""

from __future__ import annotations

import os
import random
import signal
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("fcntl", reason="writers are forked and killed by signal")

from provcheck.archive import Archive, Entry, create_archive, growth, open_archive
from provcheck.archive.kinds import HASHES, PARTS
from provcheck.archive.segments import LEFT_S, grow
from provcheck.archive.store import open_file
from provcheck.domain.fingerprint import Features
from tests.archive.archives import entry
from tests.archive.test_kill import ended, forked

BATCH, LIMIT, FEATURES = 10, 20, 60  # photos added at once; photos of a file's growth, so that nearly every batch makes one
LONGEST_S = 0.05  # what a kill waits at most after the thread has begun: to make both files takes about half of it


@cache
def seen(seed: int) -> Entry:
    """A photo with hashes and features of its own: gradients by chance, few of them strong, as SIFT has them."""
    chance = np.random.default_rng(seed)
    strong = chance.gamma(0.3, size=(FEATURES, 128))
    described = (512 * strong / np.linalg.norm(strong, axis=1, keepdims=True)).clip(0, 255).astype(np.uint8)
    return replace(entry(seed), features=Features(640, 480, FEATURES, chance.bytes(8 * FEATURES), described.tobytes()))


def killed_in_growth(where: Path, first: int, seconds: float) -> None:
    """Adds from photo `first` on until the thread that makes index files runs, and is killed so long after."""

    def write(pipe: int) -> None:
        for name, kind in (("PARTS", PARTS), ("HASHES", HASHES)):
            setattr(growth, name, replace(kind, limit=LIMIT))
        with open_file(where, writable=True) as archive:
            for at in range(first, first + 100_000, BATCH):
                archive.add(seen(number) for number in range(at, at + BATCH))
                if archive._growth.runs:
                    os.write(pipe, b"\0")

    child, pipe = forked(write)
    assert os.read(pipe, 1) == b"\0"
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    said, status = ended(child, pipe)
    assert os.WTERMSIG(status) == signal.SIGKILL, said


def found(archive: Archive, photos: int) -> list[tuple[object, ...]]:
    """What a search of some twenty of the photos gives, whole and by its parts."""
    asked = [seen(number) for number in range(0, photos, max(1, photos // 20))]
    whole = [tuple(match.sha256 for match in archive.search(one.fingerprints)) for one in asked]
    parts = [tuple(match.sha256 for match in archive.search_parts(one.features)) for one in asked if one.features]
    return [*whole, *parts]


@pytest.mark.parametrize("kills", [5, pytest.param(100, marks=(pytest.mark.slow, pytest.mark.timeout(1800)))])
def test_a_kill_while_index_files_are_made_changes_no_search(tmp_path: Path, kills: int) -> None:
    create_archive(tmp_path / "seen.pvx")
    chance, photos, halves = random.Random(kills), 0, 0
    for _ in range(kills):
        killed_in_growth(tmp_path / "seen.pvx", photos, chance.uniform(0, LONGEST_S))
        halves += any((tmp_path / "seen.pvx.index").glob("*.new"))
        with open_archive(tmp_path / "seen.pvx") as archive:
            photos = archive.verify().photos
            assert {one.sha256 for one in archive.hashes()} == {seen(number).sha256 for number in range(photos)}
            grown = found(archive, photos)
        with open_archive(tmp_path / "seen.pvx", writable=True) as archive:
            archive.rebuild()
            assert grown == found(archive, photos)
        assert all(len(one) == 1 for one in grown), "each photo finds itself, whole and by its parts"
    assert halves or kills < 20, "a third of the kills leave a file half written"


def test_what_a_kill_left_half_written_is_taken_away_when_it_is_old(tmp_path: Path) -> None:
    create_archive(tmp_path / "seen.pvx")
    folder = tmp_path / "seen.pvx.index"
    folder.mkdir()
    old, fresh, other = (folder / name for name in ("hashes-1-9.seg.aa.new", "parts-1-9.seg.bb.new", "notes.new"))
    for path in (old, fresh, other):
        path.write_bytes(b"half")
    for path in (old, other):
        os.utime(path, (time.time() - LEFT_S - 60,) * 2)
    with open_file(tmp_path / "seen.pvx", writable=True) as archive:
        archive.add(seen(number) for number in range(30))
        grow(replace(HASHES, limit=LIMIT), tmp_path / "seen.pvx", archive._connection)
    assert sorted(path.name for path in folder.iterdir()) == ["hashes-1-30.seg", "notes.new", "parts-1-9.seg.bb.new"]
