"""Every file gets its exhibit, in order, whatever the number of workers; and the report follows from the exhibits alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from provcheck import jobs
from provcheck.archive import create_archive, open_archive
from provcheck.config import Settings
from provcheck.domain.archive import Use
from provcheck.domain.case import Exhibit
from provcheck.domain.finding import CannotSay, Leaning
from provcheck.domain.photo import Outcome
from provcheck.domain.reading import Found
from provcheck.jobs.enter import enter, listed
from provcheck.report import render_html, render_json
from tests.pictures import exif, saved, scene
from tests.values import AS_OF, claim, on


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole photo, a mirrored copy of another, a damaged one, a text file and a nested photo."""
    folder = tmp_path_factory.mktemp("photos")
    (folder / "a.jpg").write_bytes(
        saved(scene(seed=1), exif=exif(Make="Maker", Model="Model", DateTimeOriginal="2023:07:29 10:00:00"))
    )
    (folder / "b.jpg").write_bytes(saved(scene(640, 480, seed=2).transpose(Image.Transpose.FLIP_LEFT_RIGHT), quality=60))
    (folder / "c.jpg").write_bytes(saved(scene(seed=3))[:2000])
    (folder / "notes.txt").write_text("not a picture")
    (folder / "inner").mkdir()
    (folder / "inner" / "d.png").write_bytes(saved(scene(seed=4), "PNG"))
    return folder


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "old.png").write_bytes(saved(scene(640, 480, seed=2), "PNG"))
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "list.csv").write_text(
        "path,url,publisher,published,credit,licence\n"
        "old.png,https://example.org/1,a regional newspaper,2022-05-01,a stringer,CC0\n"
        "broken.jpg,,,,,\n",
        "utf-8",
    )
    create_archive(folder / "old.pvx")
    refused = []
    with open_archive(folder / "old.pvx", writable=True) as store:
        entered = enter(store, listed(folder / "list.csv"), Settings(), told=lambda submission, _: refused.append(submission.name))
    assert (entered.photos, entered.refused, refused) == (1, 1, ["broken.jpg"])
    return folder / "old.pvx"


def by_name(exhibits: tuple[Exhibit, ...]) -> dict[str, Exhibit]:
    return {exhibit.photo.name: exhibit for exhibit in exhibits}


def test_every_file_has_its_exhibit_in_order(folder: Path) -> None:
    exhibits = tuple(jobs.examine([folder]))
    assert [exhibit.photo.name for exhibit in exhibits] == ["a.jpg", "b.jpg", "c.jpg", "inner/d.png", "notes.txt"]
    assert [exhibit.number for exhibit in exhibits] == [1, 2, 3, 4, 5]
    outcomes = by_name(exhibits)
    assert outcomes["a.jpg"].outcome is Outcome.EXAMINED
    assert outcomes["c.jpg"].outcome is Outcome.REFUSED
    assert (outcomes["notes.txt"].outcome, outcomes["notes.txt"].picture) == (Outcome.REFUSED, False)


def test_the_report_is_the_same_for_any_number_of_workers(folder: Path, archive: Path) -> None:
    reports = []
    for workers in (1, 3):
        with open_archive(archive) as store:
            reports.append(
                jobs.check([folder], claims=(claim(taken_on=on(2023, 7, 29)),), archives=[store], as_of=AS_OF, workers=workers)
            )
    assert reports[0] == reports[1]
    assert render_json(reports[0]) == render_json(reports[1])
    assert render_html(reports[0]) == render_html(reports[1])


def test_a_mirrored_copy_published_earlier_contradicts_the_claimed_day(folder: Path, archive: Path) -> None:
    with open_archive(archive) as store:
        report = jobs.check([folder / "b.jpg"], claims=(claim(taken_on=on(2023, 7, 29)),), archives=[store], as_of=AS_OF)
    (exhibit,) = report.case.exhibits
    assert isinstance(exhibit.reuse, Found)
    (found,) = exhibit.reuse.value.matches
    assert (found.turn.mirrored, found.turn.rotation) == (True, 0)
    assert found.uses == (Use("https://example.org/1", "a regional newspaper", date(2022, 5, 1), "a stringer", "CC0"),)
    (answer,) = [answered.answer for answered in report.answers if answered.check == "earlier-use"]
    assert isinstance(answer, tuple)
    assert answer[0].leaning is Leaning.CONTRADICTS


def test_every_check_appears_for_every_picture(folder: Path) -> None:
    from provcheck.checks import CHECKS

    report = jobs.check([folder], as_of=AS_OF)
    asked = {(answered.exhibit, answered.check) for answered in report.answers}
    assert asked == {(number, check.id) for number in (1, 2, 3, 4) for check in CHECKS}


def test_a_refused_photo_is_asked_and_cannot_say(folder: Path) -> None:
    report = jobs.check([folder / "c.jpg"], as_of=AS_OF)
    assert all(isinstance(answered.answer, CannotSay) for answered in report.answers)
    assert jobs.exit_code(report) == 3


def test_a_text_file_in_a_folder_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a picture")
    (tmp_path / "a.jpg").write_bytes(saved(scene()))
    assert jobs.exit_code(jobs.check([tmp_path], as_of=AS_OF)) == 0


def test_a_text_file_named_by_hand_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a picture")
    assert jobs.exit_code(jobs.check([tmp_path / "notes.txt"], as_of=AS_OF)) == 3


def test_an_empty_folder_gives_an_empty_report(tmp_path: Path) -> None:
    report = jobs.check([tmp_path], as_of=AS_OF)
    assert report.case.exhibits == ()
    assert render_html(report)
