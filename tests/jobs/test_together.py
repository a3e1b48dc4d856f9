"""Photos of one case: copies among them are found, and archived pictures are laid over them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from provcheck import jobs
from provcheck.archive import create_archive, open_archive
from provcheck.config import Settings
from provcheck.domain.archive import Copy, Laid, Overlay, Relation, Source, Use
from provcheck.domain.errors import ConfigError
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.report import Report
from provcheck.domain.text import say
from provcheck.jobs.again import run_again
from provcheck.jobs.enter import enter
from provcheck.readers.intake import walk
from tests.pictures import saved

DAY = date(2023, 8, 2)


@pytest.fixture(scope="module")
def picture(root: Path) -> Image.Image:
    with Image.open(root / "samples" / "oral-aksay" / "archive" / "2022-05-convoy.jpg") as image:
        return image.convert("RGB")


@pytest.fixture(scope="module")
def folder(picture: Image.Image, tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A picture, a small mirrored copy, the first one's bytes again, a crop, another picture, and no picture at all."""
    path = tmp_path_factory.mktemp("set")
    width, height = picture.size
    (path / "1.jpg").write_bytes(saved(picture))
    (path / "2.jpg").write_bytes(saved(picture.resize((600, 400)).transpose(Image.Transpose.FLIP_LEFT_RIGHT), quality=70))
    (path / "3.jpg").write_bytes((path / "1.jpg").read_bytes())
    (path / "4.jpg").write_bytes(saved(picture.crop((width // 4, height // 4, width, height)), quality=80))
    (path / "5.jpg").write_bytes((root / "samples" / "oral-aksay" / "archive" / "2020-12-snow.jpg").read_bytes())
    (path / "notes.txt").write_text("no picture")
    return path


@pytest.fixture(scope="module")
def report(folder: Path) -> Report:
    return jobs.check([folder], as_of=DAY)


def copies(reading: Reading[tuple[Copy, ...]]) -> dict[tuple[int, int], Copy]:
    assert isinstance(reading, Found)
    return {(copy.first, copy.second): copy for copy in reading.value}


def test_copies_within_a_set_are_found_however_they_were_made(report: Report) -> None:
    found = copies(report.case.copies)
    assert set(found) == {(1, 2), (1, 3), (1, 4), (2, 4)}
    assert (found[1, 2].verdict, found[1, 2].mirrored, found[1, 2].identical) == (Relation.SAME, True, False)
    assert (found[1, 3].identical, found[1, 3].distance) == (True, 0)
    assert (found[1, 4].verdict, found[1, 4].distance, found[1, 4].mirrored) == (Relation.PART, None, False)
    assert found[2, 4].mirrored


def test_a_second_run_finds_the_same_copies(report: Report, folder: Path) -> None:
    again = run_again(report, folder, claims=(), title="", archives=[], settings=Settings())
    assert again == report


def test_a_photo_alone_has_no_others(folder: Path) -> None:
    assert jobs.check([folder / "1.jpg"], as_of=DAY).case.copies == Absent()


def test_what_was_changed_is_outlined_on_the_submitted_photo(picture: Image.Image, folder: Path, tmp_path: Path) -> None:
    create_archive(tmp_path / "old.pvx")
    with open_archive(tmp_path / "old.pvx", writable=True) as archive:
        enter(
            archive, [(item, Use(published=date(2022, 5, 12))) for item in walk((folder / "1.jpg", folder / "5.jpg"))], Settings()
        )
    changed = picture.copy()
    changed.paste((240, 240, 240), (500, 430, 570, 460))
    (tmp_path / "new.jpg").write_bytes(saved(changed.transpose(Image.Transpose.FLIP_LEFT_RIGHT), quality=80))
    with open_archive(tmp_path / "old.pvx") as archive:
        (exhibit,) = jobs.check([tmp_path / "new.jpg"], archives=[archive], as_of=DAY).case.exhibits
    (overlay,) = exhibit.overlays
    assert isinstance(overlay.laid, Found)
    laid: Laid = overlay.laid.value
    (change,) = laid.comparison.changes
    xs, ys = [x for x, _ in change.box], [y for _, y in change.box]
    width = picture.width
    assert abs(min(xs) - (width - 570)) < 12
    assert abs(max(xs) - (width - 500)) < 12
    assert abs(min(ys) - 430) < 12
    assert abs(max(ys) - 460) < 12
    assert (laid.archived.width, laid.archived.height) == (laid.difference.width, laid.difference.height)
    assert laid.archived.width / laid.archived.height == pytest.approx(picture.width / picture.height, abs=0.01)


@pytest.fixture(scope="module")
def kept(picture: Image.Image, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archived file under another name, beside an archive that keeps its view, and a crop with a new box."""
    path = tmp_path_factory.mktemp("kept")
    (path / "files" / "2022").mkdir(parents=True)
    (path / "files" / "2022" / "IMG_1.jpg").write_bytes(saved(picture.resize((3000, 2000)), quality=92))
    (path / "files" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    (path / "files" / "link.jpg").symlink_to("/etc/hosts")
    create_archive(path / "old.pvx")
    with open_archive(path / "old.pvx", writable=True) as archive:
        enter(archive, [(item, Use()) for item in walk((path / "files" / "2022",))], Settings())
    crop = picture.resize((3000, 2000)).crop((750, 500, 3000, 2000))
    crop.paste((240, 240, 240), (500, 300, 640, 360))
    (path / "new.jpg").write_bytes(saved(crop, quality=80))
    return path


def laid_over(kept: Path, originals: Path | None, archive: str = "old.pvx") -> Overlay:
    with open_archive(kept / archive) as opened:
        report = jobs.check([kept / "new.jpg"], archives=[opened], as_of=DAY, originals=originals)
    (overlay,) = report.case.exhibits[0].overlays
    return overlay


def test_a_copy_is_held_against_the_archived_file_where_it_is_at_hand(kept: Path) -> None:
    overlay = laid_over(kept, kept / "files")
    assert overlay.source is Source.FILE
    assert isinstance(overlay.laid, Found)
    (change,) = overlay.laid.value.comparison.changes
    assert abs(change.box[0][0] - 500) < 15
    assert abs(change.box[2][1] - 360) < 15


def test_an_archived_file_that_is_not_in_the_folder_is_said_to_be_missing(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "IMG_1.jpg").write_bytes((kept / "new.jpg").read_bytes())  # its name, other bytes
    overlay = laid_over(kept, tmp_path)
    assert overlay.source is Source.NO_FILE
    assert isinstance(overlay.laid, Found)
    assert laid_over(kept, None).source is Source.VIEW


def test_without_file_and_view_nothing_is_laid_and_that_is_said(kept: Path, tmp_path: Path) -> None:
    create_archive(kept / "bare.pvx")
    with open_archive(kept / "bare.pvx", writable=True) as bare:
        enter(bare, [(item, Use()) for item in walk((kept / "files" / "2022",))], Settings(), views=False)
    overlay = laid_over(kept, tmp_path, "bare.pvx")
    assert overlay.laid == Unreadable(say("overlay.no-file"))
    assert isinstance(laid_over(kept, kept / "files", "bare.pvx").laid, Found)


def test_a_folder_of_archived_pictures_must_be_there(kept: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        laid_over(kept, kept / "nowhere")
