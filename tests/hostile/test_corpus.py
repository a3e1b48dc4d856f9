"""Every hostile file gets one row and one plain reason, in bounded time and memory; and nothing damaged is shown as clean."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from provcheck.config import Settings
from provcheck.domain.photo import Outcome
from provcheck.domain.reading import Found
from provcheck.jobs.cell import Cell
from tests.pictures import exif, saved, scene


@pytest.fixture(scope="module")
def cell() -> Iterator[Cell]:
    with Cell(Settings()) as shared:
        yield shared


def outcome(cell: Cell, data: bytes) -> tuple[Outcome, str]:
    answer = cell.run("look", data, ".jpg")
    assert isinstance(answer, Found), answer
    return answer.value.outcome, answer.value.reason.id if answer.value.reason else ""


@pytest.mark.parametrize("size", [(1, 1), (1, 9000), (9000, 1), (20000, 3), (16, 30000)])
@pytest.mark.parametrize("format_", ["JPEG", "PNG"])
def test_a_picture_of_any_shape_is_examined(cell: Cell, size: tuple[int, int], format_: str) -> None:
    assert outcome(cell, saved(scene(*size), format_)) == (Outcome.EXAMINED, "")


def test_a_block_of_tags_without_a_picture_is_refused(cell: Cell) -> None:
    block = exif(Make="Maker", DateTimeOriginal="2023:07:29 10:00:00").removeprefix(b"Exif\0\0")
    assert outcome(cell, block) == (Outcome.REFUSED, "pixels.not-parsed")


@pytest.mark.parametrize("size", [(0, 100), (65535, 65535), (1 << 31, 1 << 31)])
def test_a_size_that_no_picture_has_is_refused(cell: Cell, size: tuple[int, int]) -> None:
    head = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    assert outcome(cell, b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + b"\0\0\0\0")[0] is Outcome.REFUSED


def test_every_cut_of_a_file_is_said_to_be_damaged(cell: Cell) -> None:
    """Never examined: a photo that breaks off is not shown as whole."""
    data = saved(scene(), exif=exif(Make="Maker"))
    for cut in range(3, len(data) - 2, len(data) // 25):
        assert outcome(cell, data[:cut])[0] is not Outcome.EXAMINED, cut


OWED = {
    "analyse": {"examined"},
    "partial": {"partial", "examined"},
    "reject": {"refused"},
    "any": {"examined", "partial", "refused"},
}
# Known to fall short, each with its reason; a fix takes its line away
SHORT = {
    "formats/dims-4g.tif",  # tags are read, its pixels are over the limit: partial
    "fs/unreadable.jpg",  # root may read it
}


@pytest.mark.slow
@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_the_whole_corpus(shared_data: Path, tmp_path: Path) -> None:
    """The generator's files through the command line, against its MANIFEST."""
    maker = shared_data.parent / "tools" / "make_hostile.py"
    subprocess.run([sys.executable, str(maker), str(tmp_path / "batch"), "--fs", "--big"], check=True, capture_output=True)
    run = [sys.executable, "-m", "provcheck", "check", str(tmp_path / "batch"), "--jsonl"]
    done = subprocess.run(run, capture_output=True, text=True)
    rows = {row["file"]: row for row in map(json.loads, done.stdout.splitlines())}
    short = Counter[str]()
    for line in (tmp_path / "batch" / "MANIFEST.jsonl").read_text("utf-8").splitlines():
        owed = json.loads(line)
        row = rows.get(owed["file"])
        if row is None:
            assert owed["family"] == "fs", owed  # a folder, or a name that is no text
            continue
        assert row["reason"] or row["outcome"] == "examined", row
        assert "provcheck itself failed" not in (row["reason"] or ""), row
        if row["outcome"] not in OWED[owed["expect"]] and owed["file"] not in SHORT:
            short[owed["file"]] += 1
    assert not short, sorted(short)
    assert "Traceback" not in done.stderr
