"""A results folder or a ledger from a stranger: nothing of it is followed, written over or believed."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from provcheck.domain.case import Received
from provcheck.domain.errors import ConfigError
from provcheck.jobs.batch import leave, open_ledger, stored_plan
from provcheck.jobs.batch.alive import is_alive
from provcheck.jobs.batch.folder import LedgerError
from provcheck.jobs.batch.manifest import read_rows
from provcheck.jobs.batch.results import report_path, sweep
from provcheck.report import read_json
from tests.jobs.test_batch import AS_OF, begin, command, do, ended, fingerprint, photos, undisturbed
from tests.pictures import saved, scene

__all__ = ["photos", "undisturbed"]
posix = pytest.mark.skipif(os.name != "posix", reason="links and owners as POSIX has them")


@pytest.fixture
def made(undisturbed: Path, tmp_path: Path) -> Path:
    """A finished batch to be spoiled."""
    out = tmp_path / "out"
    subprocess.run(["cp", "-r", str(undisturbed), str(out)], check=True)
    return out


@posix
def test_a_batch_outlives_whoever_reads_its_progress(photos: Path, undisturbed: Path, tmp_path: Path) -> None:
    with begin(photos, tmp_path / "out") as running:
        assert running.stderr is not None
        running.stderr.close()
    assert running.returncode == 3  # a photo was refused
    assert fingerprint(tmp_path / "out") == fingerprint(undisturbed)


@posix
@pytest.mark.parametrize("name", ["ledger.sqlite", "reports", "pages", "runners", "reports/0000", "pages/a.html", "runners/turn"])
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    (out / name).parent.mkdir(parents=True)
    other.mkdir()
    (out / name).symlink_to(other)
    with pytest.raises(LedgerError, match="is a link"):
        open_ledger(out, create=True)
    assert not list(other.iterdir())


@pytest.mark.parametrize("name", ["results.csv", "summary.html", "reports"])
def test_a_folder_with_files_of_these_names_is_left_alone(photos: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("mine", "utf-8")
    running = begin(photos, out)
    _, told = running.communicate(timeout=90)
    assert running.returncode == 2
    assert name in told
    assert "another --out" in told
    assert [path.name for path in out.iterdir()] == [name]


def test_a_folder_within_the_photos_is_refused(tmp_path: Path) -> None:
    """Its results would be examined by the next run."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(saved(scene(64, 48)))
    for out in (tmp_path / "photos" / "out", tmp_path / "photos"):
        running = command("run", tmp_path / "photos", "--out", out)
        _, told = running.communicate(timeout=90)
        assert (running.returncode, "Choose an --out beside it" in told) == (2, True)
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["a.jpg"]


def test_only_what_runners_left_half_written_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / "reports" / "0000").mkdir(parents=True)
    kept = [tmp_path / "film.mkv.part", tmp_path / "reports" / "0000" / "a.part"]
    left = [tmp_path / f"results.csv.{'a' * 32}.part", tmp_path / "reports" / "0000" / f"0000001.json.{'0' * 32}.part"]
    for path in (*kept, *left):
        path.write_text("x", "utf-8")
    sweep(tmp_path)
    assert [path.exists() for path in kept] == [True, True]
    assert [path.exists() for path in left] == [False, False]


@pytest.mark.skipif(sys.platform != "linux", reason="file names that are no text, as Linux has them")
def test_names_that_are_no_text_stop_no_batch(tmp_path: Path) -> None:
    """A suffix with a byte of no encoding went into a key."""
    photos = tmp_path / "photos"
    photos.mkdir()
    for name in (b"x.jp\xff", b"\xff\xfe.jpg", "\u202egpj.exe.jpg".encode(), b"a\nb.jpg"):
        Path(os.fsdecode(os.fsencode(photos) + b"/" + name)).write_bytes(saved(scene(64, 48)))
    assert [tick.outcome for tick in do(photos, tmp_path / "out")] == ["examined"] * 4
    assert do(photos, tmp_path / "out")[0].kept


def test_a_photos_way_to_the_desk_stands_in_its_report(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(saved(scene(64, 48)))
    (tmp_path / "list.csv").write_text("path;received_at;channel\na.jpg;2023-07-29T14:10:00+05:00;a public page\n", "utf-8")
    do(tmp_path / "list.csv", tmp_path / "out")
    exhibit = read_json((tmp_path / "out" / report_path(1)).read_text("utf-8")).case.exhibits[0]
    assert exhibit.received == Received("the sender", "a public page", datetime.fromisoformat("2023-07-29T14:10:00+05:00"))


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="gives a file to another user: root")
def test_another_users_plan_is_not_followed(made: Path) -> None:
    os.chown(made / "ledger.sqlite", 12345, 12345)
    with open_ledger(made) as ledger, pytest.raises(LedgerError, match="belongs to another user"):
        stored_plan(ledger)


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may open every lock")
def test_another_users_runner_counts_as_alive(tmp_path: Path) -> None:
    (tmp_path / "theirs.lock").touch(mode=0o000)
    assert is_alive(tmp_path, "theirs")


def spoiled(out: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(out / "ledger.sqlite") as connection:
        connection.execute(statement, values)
    connection.close()


HOSTILE_LINES = [
    "[]",
    "{",
    "[" * 50_000,
    '{"number": 1}',
    '{"outcome": "<script>"}',
]


@pytest.mark.parametrize("line", HOSTILE_LINES)
def test_a_line_of_another_form_is_named(made: Path, line: str) -> None:
    spoiled(made, "UPDATE item SET line = ? WHERE number = 2", line)
    with open_ledger(made) as ledger, pytest.raises(LedgerError, match="a line of another form"):
        leave(ledger, AS_OF)


def test_a_hostile_value_in_a_line_is_named(made: Path) -> None:
    with open_ledger(made) as ledger:
        record = json.loads(next(ledger.lines()))
    changes: list[dict[str, object]] = [
        {"answers": [{"leaning": "guilty"}]},
        {"file": 7},
        {"outcome": "fine"},
        {"extra": []},
        {"report": None},
    ]
    for change in changes:
        spoiled(made, "UPDATE item SET line = ? WHERE number = 1", json.dumps(record | change))
        with open_ledger(made) as ledger, pytest.raises(LedgerError, match="a line of another form"):
            leave(ledger, AS_OF)


def test_a_row_that_would_fill_the_memory_is_not_read(made: Path) -> None:
    spoiled(made, "UPDATE item SET line = printf('%.*c', 100000000, 'x') WHERE number = 2")
    with open_ledger(made) as ledger, pytest.raises(LedgerError, match="too big"):
        leave(ledger, AS_OF)


SPOIL: dict[str, Callable[[Path], object]] = {
    "row": lambda out: spoiled(out, "UPDATE item SET row = ?, state = 'waiting'", '{"path": "/etc/passwd"}'),
    "trigger": lambda out: spoiled(out, "CREATE TRIGGER more AFTER UPDATE ON item BEGIN DELETE FROM item; END"),
    "junk": lambda out: (out / "ledger.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000),
    "cut": lambda out: os.truncate(out / "ledger.sqlite", 5000),
}


@pytest.mark.parametrize("spoil", SPOIL)
def test_a_spoiled_ledger_ends_with_a_sentence(made: Path, spoil: str) -> None:
    SPOIL[spoil](made)
    running = command("resume", made, "--quiet")
    _, told = running.communicate(timeout=90)
    assert running.returncode == 2, told
    assert "ledger" in told
    assert "Traceback" not in told


@posix
def test_a_pipe_for_a_manifest_is_refused_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "list.csv")
    with pytest.raises(ConfigError, match="not a regular file"):
        list(read_rows(tmp_path / "list.csv"))


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a read-only file system: root on Linux")
def test_on_a_read_only_disk_the_standing_is_told_and_a_run_ends_with_a_sentence(photos: Path, made: Path) -> None:
    before = fingerprint(made)
    if subprocess.run(["mount", "--bind", str(made), str(made)], capture_output=True).returncode:
        pytest.skip("nothing may be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(made)], check=True)
        assert ended(command("status", made)) == 0
        for words in (("resume", made), ("export", made), ("run", photos / "manifest.csv", "--out", made)):
            running = command(*words)
            _, told = running.communicate(timeout=90)
            assert running.returncode == 2, told
            assert "where you may write" in told, told
            assert "Traceback" not in told
        assert fingerprint(made) == before
    finally:
        subprocess.run(["umount", str(made)], check=True)
