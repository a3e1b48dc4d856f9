"""Photos for publication, end to end: in cells, through the command line, with the samples' plates."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from provcheck.cli import main
from provcheck.config import Settings
from provcheck.domain.errors import ConfigError
from provcheck.domain.reading import Absent
from provcheck.domain.redaction import Drawn
from provcheck.jobs.alone import see_metadata
from provcheck.jobs.redact import LeakError, redact
from provcheck.readers.container import walk
from provcheck.readers.intake import walk as walk_files
from provcheck.redact.boxes import box_outline, read_boxes
from provcheck.redact.plain_jpeg import frame
from tests.pictures import exif, saved, scene

SERIAL = "serial 0123456789"
PLATE = (728, 730, 97, 24)  # the first plate of the samples' second photo


def photo() -> bytes:
    """A photo with a name, a serial and a comment in it, and bytes behind its end."""
    return (
        saved(scene(), exif=exif(Make="Maker", Artist="Anna Beispiel", ImageDescription=SERIAL), comment=b"for Anna") + b"tail" * 99
    )


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def sample(root: Path) -> Path:
    return root / "samples" / "oral-aksay" / "photos" / "journalist-2-layby.jpg"


def test_metadata_go_and_pixels_stay(tmp_path: Path) -> None:
    (tmp_path / "IMG_1.jpg").write_bytes(photo())
    (done,) = redact(walk_files((tmp_path / "IMG_1.jpg",)), tmp_path / "out", plates=False, settings=Settings())
    new = (tmp_path / "out" / done.file).read_bytes()
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["photo-001.jpg"]
    container = walk(new)
    assert container is not None
    assert (container.blocks, container.whole) == ((), True)
    assert see_metadata(new, ".jpg", Settings()).metadata.serials == Absent()
    assert not any(word in new for word in (b"Anna", SERIAL.encode(), b"Maker", b"tail"))
    before, after = (np.asarray(Image.open(BytesIO(data)).convert("L"), np.int16) for data in (photo(), new))
    assert np.abs(before - after).mean() < 3


def test_the_new_file_is_upright(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(saved(scene(80, 40), exif=exif(Orientation=6)))
    redact(walk_files((tmp_path / "a.jpg",)), tmp_path / "out", plates=False, settings=Settings())
    with Image.open(tmp_path / "out" / "photo-001.jpg") as new:
        assert new.size == (40, 80)


def test_plates_are_marked_and_covered_and_a_box_undoes_one(sample: Path, tmp_path: Path) -> None:
    drawn = Drawn(sample.name, add=(box_outline(10, 10, 50, 50),), undo=(box_outline(*PLATE),))
    redact(walk_files((sample,)), tmp_path / "a", plates=True, settings=Settings())
    redact(walk_files((sample,)), tmp_path / "b", plates=True, boxes=(drawn,), settings=Settings())
    x, y, width, height = PLATE

    def shown(folder: str, box: tuple[int, int, int, int]) -> float:
        with Image.open(tmp_path / folder / "photo-001.jpg") as new:
            return float(np.asarray(new.crop((box[0], box[1], box[0] + box[2], box[1] + box[3]))).max())

    assert shown("a", (x + 4, y + 2, width - 8, height - 4)) == 0
    assert shown("b", PLATE) > 150
    assert (shown("a", (10, 10, 50, 50)) > 0, shown("b", (10, 10, 50, 50))) == (True, 0)


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        (Drawn("other.jpg"), "no such photo was given"),
        (Drawn("IMG_1.jpg", "0" * 64), "holds for other bytes"),
        (Drawn("IMG_1.jpg", add=(box_outline(0, 0, 9, 9), box_outline(4000, 0, 9, 9))), "box 2 of 'add' lies outside"),
        (Drawn("IMG_1.jpg", undo=(box_outline(0, 0, 9, 9),)), "box 1 of 'undo' holds no marked region"),
    ],
)
def test_a_box_that_hits_nothing_stops_the_run(drawn: Drawn, words: str, tmp_path: Path) -> None:
    (tmp_path / "IMG_1.jpg").write_bytes(photo())
    with pytest.raises(ConfigError, match=words):
        redact(walk_files((tmp_path / "IMG_1.jpg",)), tmp_path / "out", plates=True, boxes=(drawn,), settings=Settings())
    assert [file.name for file in tmp_path.iterdir()] == ["IMG_1.jpg"]


def test_at_a_leak_nothing_of_any_photo_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A JPEG library that writes a comment into one of two files: here it does so where the other files' form is looked up."""
    (tmp_path / "a.jpg").write_bytes(photo())
    (tmp_path / "b.jpg").write_bytes(saved(scene(200, 100)))
    frame.cache_clear()
    frame(320, 240)  # known before the library breaks: the first photo has no leak
    save = Image.Image.save
    monkeypatch.setattr(Image.Image, "save", lambda *args, **options: save(*args, **{**options, "comment": b"Anna"}))
    with pytest.raises(LeakError, match=r"b\.jpg: The new file holds more than coded pixels\. Nothing was written\.") as caught:
        redact(walk_files((tmp_path / "a.jpg", tmp_path / "b.jpg")), tmp_path / "out", plates=False, settings=Settings(), workers=1)
    frame.cache_clear()
    assert caught.value.exit_code == 4
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.jpg", "b.jpg"]


def test_a_refused_photo_is_named_and_the_rest_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(photo())
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8\xff no photo")
    result = run(
        "redact", tmp_path / "a.jpg", tmp_path / "b.jpg", "--metadata", "--reviewed-by", "a desk", "--out", tmp_path / "out"
    )
    assert (result.exit_code, "b.jpg: " in result.stderr) == (3, True)
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["photo-001.jpg"]


def test_what_is_no_picture_in_a_folder_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jpg").write_bytes(photo())
    (tmp_path / "in" / "claims.toml").write_text("[[claim]]")
    result = run("redact", tmp_path / "in", "--metadata", "--reviewed-by", "a desk", "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr.splitlines()) == (0, ["photo-001.jpg  0 marked by the detector, 0 drawn, 0 undone"])


def test_without_a_review_drafts_are_made_with_a_boxes_file_that_holds_for_these_bytes(sample: Path, tmp_path: Path) -> None:
    result = run("redact", sample, "--plates", "--out", tmp_path / "drafts")
    assert result.exit_code == 0, result.output
    assert "plates visible, at most" in result.stderr
    assert sorted(file.name for file in (tmp_path / "drafts").iterdir()) == ["boxes.toml", "photo-001-draft.jpg"]
    (drawn,) = read_boxes(tmp_path / "drafts" / "boxes.toml")
    assert (drawn.file, len(drawn.sha256)) == (sample.name, 64)
    with Image.open(tmp_path / "drafts" / "photo-001-draft.jpg") as draft, Image.open(sample) as whole:
        assert draft.width == whole.width
        assert draft.height > whole.height
    again = run(
        *("redact", sample, "--plates", "--boxes", tmp_path / "drafts" / "boxes.toml", "--reviewed-by", "a desk", "--json"),
        *("--out", tmp_path / "public"),
    )
    assert again.exit_code == 0, again.output
    told = json.loads(again.stdout)
    assert told["reviewed_by"] == "a desk"
    assert {mark["text"] for mark in told["photos"][0]["marked"]} >= {"BC000056"}


@pytest.mark.parametrize(
    "wrong",
    [(), ("--plates", "--reviewed-by", " "), ("--boxes", "no-such-file.toml")],
)
def test_wrong_usage_writes_nothing(wrong: tuple[str, ...], sample: Path, tmp_path: Path) -> None:
    assert run("redact", sample, *wrong, "--out", tmp_path / "out").exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_filled_folder_or_a_link_is_not_written_into(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "photo-001.jpg").write_text("chapter one")
    (tmp_path / "link").symlink_to(tmp_path / "kept")
    for out in ("kept", "link", "kept/photo-001.jpg"):
        assert run("redact", sample, "--metadata", "--out", tmp_path / out).exit_code == 2
    assert (tmp_path / "kept" / "photo-001.jpg").read_text() == "chapter one"
