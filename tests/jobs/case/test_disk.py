"""A case on a disk that fills up, takes no more, or whose files were changed: what is written goes on a whole log or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from provcheck.jobs.case.check import check
from provcheck.jobs.case.folder import LOCK
from tests.jobs.case.test_case import CLAIMS, done, run
from tests.pictures import saved, scene


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a photo, a claims file, boxes and a report."""
    desk = tmp_path_factory.mktemp("desk")
    case = desk / "case"
    (desk / "claims.toml").write_text(CLAIMS)
    (desk / "a.jpg").write_bytes(saved(scene(160, 120)))
    (desk / "boxes.toml").write_text('[[photo]]\nfile = "a-reader/a.jpg"\nadd = [[10, 10, 40, 40]]\n')
    done("case", "new", case, "--claims", desk / "claims.toml")
    done("case", "add", case, desk / "a.jpg", "--from", "a reader")
    done("case", "boxes", case, desk / "boxes.toml")
    done("case", "report", case, "-q", "--as-of", "2023-08-02")
    return case


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "case"))


def rewritten(file: Path, old: bytes, new: bytes) -> None:
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(old, new))


@pytest.mark.parametrize("command", [("report", "--reason", "again", "-q"), ("note", "Seen.", "--by", "me"), ("status",)])
def test_claims_that_were_changed_on_disk_are_not_taken_for_the_desk_s(case: Path, command: tuple[str, ...]) -> None:
    rewritten(case / "data" / "claims-1.toml", b"2023-07-29", b"2023-07-28")
    result = run("case", command[0], case, *command[1:])
    assert (result.exit_code, "changed since the log named it" in result.stderr) == (4, True)


def test_boxes_and_reports_that_were_changed_on_disk_go_into_nothing(case: Path, tmp_path: Path) -> None:
    rewritten(case / "data" / "boxes-1.toml", b"40, 40", b"1, 1")
    assert run("redact", case, "--plates", "--out", tmp_path / "out").exit_code == 4
    (case / "data" / "reports" / "r1" / "report.json").unlink()
    assert run("report", case, "--out", tmp_path / "views").exit_code == 4
    assert run("case", "plate", case, "1:1", "A000AA163", "--by", "me").exit_code == 4


def test_a_full_disk_ends_with_a_sentence_and_leaves_the_case_whole(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("case", "note", case, "Seen.", "--by", "an editor")
    assert (result.exit_code, "No space left on device" in result.stderr) == (2, True)
    assert check(case).faults == ()


def test_a_report_that_was_killed_before_the_log_knew_it_is_made_again(case: Path) -> None:
    left = case / "data" / "reports" / "r2" / "report.json"
    left.parent.mkdir()
    left.write_bytes(b'{"run": "of a command that was killed"}')
    left.chmod(0o444)
    done("case", "report", case, "--reason", "again", "-q")
    assert check(case).faults == ()
    assert b"provcheck-report" in left.read_bytes()


def test_a_lock_that_was_left_is_no_file_of_the_case(case: Path) -> None:
    files = check(case).files
    (case / LOCK).touch()
    assert check(case).files == files
    assert check(case).faults == ()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights hold for an ordinary user on POSIX")
def test_a_case_that_cannot_be_written_to_says_so_and_nothing_goes_out(case: Path, tmp_path: Path) -> None:
    case.chmod(0o555)
    result = run("redact", case, "--metadata", "--reviewed-by", "me", "--out", tmp_path / "out")
    case.chmod(0o755)
    assert (result.exit_code, "cannot be written to" in result.stderr) == (2, True)
    assert not (tmp_path / "out").exists()
