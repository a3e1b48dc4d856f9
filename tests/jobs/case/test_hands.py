"""A case in which a person reads a plate and draws boxes, and whose photos go out."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from provcheck.domain.dossier import Action
from provcheck.domain.reading import Found
from provcheck.domain.report import Report
from provcheck.jobs.case.check import check
from provcheck.jobs.case.contents import contents
from provcheck.jobs.case.folder import opened
from provcheck.report import read_json
from tests.jobs.case.test_case import done, run

SAMPLES = Path(__file__).parents[3] / "samples" / "oral-aksay" / "photos"
NAME = "a-journalist/journalist-1-roadside.jpg"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a photo and a mirrored copy of it, and one report."""
    desk = tmp_path_factory.mktemp("hands")
    case, photos = desk / "case", (SAMPLES / "journalist-1-roadside.jpg", desk / "mirrored.jpg")
    with Image.open(photos[0]) as photo:
        ImageOps.mirror(photo).save(photos[1], quality=80)
    done("case", "new", case, "--title", "Trucks")
    done("case", "add", case, *photos, "--from", "a journalist")
    done("case", "report", case, "--as-of", "2023-08-02", "-q")
    return case


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "case"))


def last(case: Path, number: int) -> Report:
    return read_json((case / "data" / "reports" / f"r{number}" / "report.json").read_text("utf-8"))


def test_a_case_compares_its_photos_with_each_other(made: Path) -> None:
    copies = last(made, 1).case.copies
    assert isinstance(copies, Found)
    assert [(copy.first, copy.second, copy.mirrored) for copy in copies.value] == [(1, 2, True)]


def test_a_plate_read_by_hand_stands_in_the_next_report_with_who_read_it_and_a_second_run_agrees(case: Path) -> None:
    done("case", "plate", case, "1:1", "A 000 AA 163", "--by", "an editor")
    done("case", "report", case, "--as-of", "2023-08-02", "--reason", "a plate was read", "-q")
    report = last(case, 2)
    evidence = report.case.exhibits[0].evidence
    assert evidence
    assert isinstance(evidence.plates, Found)
    assert (evidence.plates.value[0].read_by, evidence.plates.value[0].by_hand.text) == ("an editor", "A000AA163")  # type: ignore[union-attr]
    assert report.revision
    assert "revision.readings" in [change.id for change in report.revision.changes]
    assert f"plate in {NAME}, region 1: A000AA163, read by an editor" in done("case", "status", case).output
    assert "byte for byte" in done("verify", case, "--rerun").output


def test_a_reading_taken_back_is_gone_and_its_line_stays_in_the_log(case: Path) -> None:
    for text in ("A 000 AA 163", ""):
        done("case", "plate", case, "1:1", text, "--by", "an editor")
    events = opened(case).events
    assert contents(events).readings == ()
    assert sum(event.action is Action.READ for event in events) == 2


@pytest.mark.parametrize(
    ("region", "text", "said"),
    [("1:99", "A000AA163", "photo 1 has no region 99"), ("7:1", "A000AA163", "no photo 7"), ("1:1", "!", "4 to 12 letters")],
)
def test_a_reading_of_nothing_is_refused(case: Path, region: str, text: str, said: str) -> None:
    result = run("case", "plate", case, region, text, "--by", "an editor")
    assert (result.exit_code, said in result.output) == (2, True)


def test_the_photos_of_a_case_go_out_with_its_boxes_and_the_log_knows_their_digests(case: Path, tmp_path: Path) -> None:
    boxes = tmp_path / "boxes.toml"
    boxes.write_text(f'[[photo]]\nfile = "{NAME}"\nadd = [[10, 10, 64, 64]]\n')
    done("case", "boxes", case, boxes, "--by", "the picture desk")
    result = done("redact", case, "--reviewed-by", "the picture desk", "--out", tmp_path / "public", "--metadata")
    assert "photo-001.jpg  0 marked by the detector, 1 drawn" in result.output
    event = opened(case).events[-1]
    assert (event.action, event.by) == (Action.REDACTED, "the picture desk")
    written = {path.name: sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "public").iterdir()}
    assert {file.path: file.sha256 for file in event.out} == written
    assert check(case).faults == ()


def test_drafts_of_a_case_are_called_as_in_its_reports_and_leave_its_log_alone(case: Path, tmp_path: Path) -> None:
    before = opened(case).head
    done("redact", case, "--metadata", "--out", tmp_path / "drafts")
    assert f'file = "{NAME}"' in (tmp_path / "drafts" / "boxes.toml").read_text("utf-8")
    assert opened(case).head == before


OTHER = ("other.jpg", "no photo of this case")
NOT_THESE = (f'{NAME}"\nsha256 = "{"0" * 64}', "other bytes")


@pytest.mark.parametrize(("file", "said"), [OTHER, NOT_THESE])
def test_boxes_for_nothing_in_the_case_are_refused(case: Path, tmp_path: Path, file: str, said: str) -> None:
    (tmp_path / "boxes.toml").write_text(f'[[photo]]\nfile = "{file}"\nadd = [[10, 10, 64, 64]]\n')
    result = run("case", "boxes", case, tmp_path / "boxes.toml")
    assert (result.exit_code, said in result.output) == (2, True)


@pytest.mark.parametrize("command", [("case", "report"), ("redact",)])
def test_a_photo_that_was_changed_since_it_came_goes_into_nothing(case: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    kept = case / "data" / "originals" / NAME
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes()[:-2] + b"\xff\xd8")
    rest = ("--reason", "again", "-q") if command[-1] == "report" else ("--metadata", "--out", tmp_path / "out")
    result = run(*command, case, *rest)
    assert result.exit_code == 4
    assert "changed since it came in" in result.output
    assert not (tmp_path / "out").exists()
