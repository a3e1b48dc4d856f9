"""A disk that takes no more ends every command with a sentence and exit code 2: 1 would say that a finding was reached."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.pictures import saved, scene

resource = pytest.importorskip("resource", reason="POSIX limits stand in for a full disk")
ROOM = 20_000  # bytes: less than any report, picture or photo that is written here


def limited(*arguments: str | Path, room: int = ROOM) -> subprocess.CompletedProcess[str]:
    """The command where no file may grow over `room`."""
    command = [sys.executable, "-m", "provcheck", *map(str, arguments)]
    limit = (
        f"import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({room},) * 2); os.execv(sys.argv[1], sys.argv[1:])"
    )
    return subprocess.run([sys.executable, "-c", limit, *command], capture_output=True, text=True, check=False)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    (tmp_path / "a.jpg").write_bytes(saved(scene(600, 400)))
    return tmp_path / "a.jpg"


def ended(result: subprocess.CompletedProcess[str], folder: Path) -> None:
    assert (result.returncode, "File too large" in result.stderr) == (2, True), result.stderr
    assert "Traceback" not in result.stderr
    assert not list(folder.rglob("*.part"))


def test_a_report_that_does_not_fit_leaves_the_old_one(photo: Path, tmp_path: Path) -> None:
    old = tmp_path / "report.html"
    assert limited("check", photo, "--report", old, "-q", room=10_000_000).returncode == 0
    before = old.read_bytes()
    ended(limited("check", photo, "--report", old, "-q"), tmp_path)
    assert old.read_bytes() == before


def test_photos_for_publication_that_do_not_fit_are_not_written(photo: Path, tmp_path: Path) -> None:
    ended(limited("redact", photo, "--metadata", "--reviewed-by", "me", "--out", tmp_path / "out"), tmp_path)
    assert not (tmp_path / "out").exists()


def test_pictures_of_a_comparison_that_do_not_fit_are_not_written(photo: Path, tmp_path: Path) -> None:
    ended(limited("compare", photo, photo, "--picture", tmp_path / "d.png"), tmp_path)
    assert not (tmp_path / "d.png").exists()


def test_whoever_stops_reading_sees_no_traceback(photo: Path) -> None:
    command = [sys.executable, "-m", "provcheck", "check", str(photo), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()
