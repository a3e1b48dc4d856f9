"""A photo that came by mistake: out of every report and publication from then on, and still in the log and the bag."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from provcheck.jobs.case.check import check
from provcheck.jobs.case.contents import contents
from provcheck.jobs.case.folder import opened
from provcheck.report import read_json, sentence
from tests.jobs.case.test_case import done, run
from tests.pictures import saved, scene

PUBLIC = ("--edition", "public", "--out")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of three photos with notes, boxes and a report, of which the second was then withdrawn."""
    desk = tmp_path_factory.mktemp("desk")
    case = desk / "case"
    for number in (1, 2, 3):
        (desk / f"{number}.jpg").write_bytes(saved(scene(320, 240, seed=number)))
    (desk / "boxes.toml").write_text('[[photo]]\nfile = "a-reader/2.jpg"\nadd = [[10, 10, 40, 40]]\n')
    done("case", "new", case)
    done("case", "add", case, *(desk / f"{number}.jpg" for number in (1, 2, 3)), "--from", "a reader")
    done("case", "boxes", case, desk / "boxes.toml")
    done("case", "note", case, "A private picture.", "--by", "an editor", "--photo", "2")
    done("case", "report", case, "-q", "--as-of", "2023-08-02")
    done("case", "withdraw", case, "2", "--reason", "it is private", "--by", "an editor")
    return case


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "case"))


def test_the_next_report_is_without_it_and_says_so_and_the_others_keep_their_numbers(case: Path) -> None:
    done("case", "report", case, "--reason", "a private picture had come", "-q", "--as-of", "2023-08-03")
    report = read_json((case / "data" / "reports" / "r2" / "report.json").read_text("utf-8"))
    assert [exhibit.number for exhibit in report.case.exhibits] == [1, 3]
    assert report.case.notes == ()
    assert report.revision is not None
    assert "Withdrawn from the case: Photo 2." in [sentence(change) for change in report.revision.changes]
    assert check(case).faults == ()
    assert run("verify", case, "--rerun").exit_code == 0


def test_it_goes_out_with_nothing(case: Path, tmp_path: Path) -> None:
    assert "was withdrawn" in run("report", case, *PUBLIC, tmp_path / "public").stderr
    done("redact", case, "--metadata", "--out", tmp_path / "drafts")
    assert "2.jpg" not in (tmp_path / "drafts" / "boxes.toml").read_text("utf-8")
    assert len(list((tmp_path / "drafts").glob("*.jpg"))) == 2


def test_what_comes_again_afterwards_is_a_new_photo(case: Path, made: Path) -> None:
    done("case", "add", case, made.parent / "2.jpg", "--from", "a reader")
    inside = contents(opened(case).events)
    assert [(photo.number, photo.name) for photo in inside.photos] == [
        (1, "a-reader/1.jpg"),
        (3, "a-reader/3.jpg"),
        (4, "a-reader/2-2.jpg"),
    ]
    assert check(case).faults == ()


def test_what_is_withdrawn_is_told_and_no_second_time(case: Path) -> None:
    assert "photo 2  a-reader/2.jpg  withdrawn: it is private" in done("case", "status", case).stdout
    assert run("case", "withdraw", case, "2", "--reason", "again").exit_code == 2
    assert run("case", "withdraw", case, "1", "--reason", " ").exit_code == 2
    assert "was withdrawn" in run("case", "plate", case, "2:1", "A000AA163", "--by", "me").stderr
    assert run("case", "note", case, "Of the second.", "--by", "me", "--photo", "2").exit_code == 2
