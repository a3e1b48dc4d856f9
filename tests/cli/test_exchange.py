"""Archives change hands, and pictures are held against each other: merge, remove, verify, export, import, parts, compare."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from provcheck.cli import main
from tests.pictures import saved


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def picture(root: Path) -> Image.Image:
    """A sample photo: local features want real texture."""
    with Image.open(root / "samples" / "oral-aksay" / "archive" / "2022-05-convoy.jpg") as image:
        return image.convert("RGB")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, picture: Image.Image) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "whole.jpg").write_bytes(saved(picture))
    assert run("archive", "create", folder / "one.pvx").exit_code == 0
    added = run(
        "archive", "add", folder / "one.pvx", folder / "whole.jpg", "--published", "2022-05-12", "--publisher", "a newspaper"
    )
    assert added.exit_code == 0
    return folder / "one.pvx"


def test_a_crop_is_found_as_a_part_with_its_place(archive: Path, picture: Image.Image, tmp_path: Path) -> None:
    width, height = picture.size
    crop = picture.crop((width // 4, height // 4, width, height))
    (tmp_path / "crop.jpg").write_bytes(saved(crop, quality=80))
    row = json.loads(run("archive", "search", archive, tmp_path / "crop.jpg", "--jsonl").stdout.splitlines()[0])
    (match,) = row["matches"]
    assert (match["verdict"], match["archived"], match["mirrored"], match["rotation"]) == ("part", "whole.jpg", False, 0)
    assert match["inliers"] >= 8
    assert row["searched"]["parts"] == 1
    xs = [x for x, _ in match["quad_in_archived"]]
    assert min(xs) >= width // 4 - 10
    assert max(xs) <= width + 10
    words = run("archive", "search", archive, tmp_path / "crop.jpg").stdout
    assert "shares a part: whole.jpg" in words


def test_a_crop_published_earlier_contradicts_the_claimed_day(archive: Path, picture: Image.Image, tmp_path: Path) -> None:
    width, height = picture.size
    (tmp_path / "crop.jpg").write_bytes(saved(picture.crop((width // 4, height // 4, width, height)), quality=80))
    (tmp_path / "claims.toml").write_text('[[claim]]\nby = "a channel"\ntext = "Today."\ntaken_on = 2023-07-29\n')
    result = run("check", tmp_path / "crop.jpg", "--claims", tmp_path / "claims.toml", "--archive", archive, "--jsonl")
    row = json.loads(result.stdout.splitlines()[0])
    (answer,) = [answer for answer in row["answers"] if answer["check"] == "earlier-part"]
    assert answer["leaning"] == "contradicts"


def test_merging_and_removing_keep_count(archive: Path, tmp_path: Path) -> None:
    assert run("archive", "create", tmp_path / "two.pvx").exit_code == 0
    assert "1 photo added" in run("archive", "merge", tmp_path / "two.pvx", archive).stderr
    assert "0 photos added" in run("archive", "merge", tmp_path / "two.pvx", archive).stderr
    facts = json.loads(run("archive", "info", tmp_path / "two.pvx", "--json").stdout)
    exported = run("archive", "export", tmp_path / "two.pvx").stdout.splitlines()
    sha256 = exported[1].split(",")[4]
    assert facts["photos"] == len(exported) - 1 == 1
    assert run("archive", "remove", tmp_path / "two.pvx", sha256[:12]).exit_code == 2
    assert run("archive", "rebuild", tmp_path / "two.pvx").stderr == "Rebuilt for 1 photo.\n"
    removed = run("archive", "remove", tmp_path / "two.pvx", sha256)
    assert (removed.exit_code, removed.stderr) == (0, "1 photo removed.\n")
    assert run("archive", "remove", tmp_path / "two.pvx", sha256).exit_code == 3
    assert json.loads(run("archive", "info", tmp_path / "two.pvx", "--json").stdout)["photos"] == 0


def test_a_hash_list_is_searched_without_its_pictures(archive: Path, picture: Image.Image, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(run("archive", "export", archive).stdout, "utf-8")
    assert run("archive", "create", tmp_path / "partner.pvx").exit_code == 0
    assert run("archive", "import", tmp_path / "partner.pvx", tmp_path / "list.csv", "--publisher", "a partner desk").exit_code == 0
    (tmp_path / "copy.jpg").write_bytes(saved(picture.resize((800, 533)), quality=70))
    row = json.loads(run("archive", "search", tmp_path / "partner.pvx", tmp_path / "copy.jpg", "--jsonl").stdout.splitlines()[0])
    assert row["matches"][0]["uses"][0]["publisher"] == "a partner desk"


def test_a_damaged_archive_is_an_integrity_failure(archive: Path, tmp_path: Path) -> None:
    assert run("archive", "verify", archive).exit_code == 0
    damaged = tmp_path / "damaged.pvx"
    data = bytearray(archive.read_bytes())
    at = data.index(b"a newspaper")
    data[at] ^= 1
    damaged.write_bytes(data)
    result = run("archive", "verify", damaged)
    assert result.exit_code == 4
    assert "damaged.pvx" in result.stderr


def test_what_was_changed_between_two_pictures_is_outlined(picture: Image.Image, tmp_path: Path) -> None:
    changed = picture.copy()
    changed.paste((10, 10, 10), (100, 100, 260, 160))
    (tmp_path / "a.jpg").write_bytes(saved(picture, quality=90))
    (tmp_path / "b.jpg").write_bytes(saved(changed.transpose(Image.Transpose.FLIP_LEFT_RIGHT), quality=80))
    result = run("compare", tmp_path / "a.jpg", tmp_path / "b.jpg", "--json", "--picture", tmp_path / "out.png")
    seen = json.loads(result.stdout)["value"]
    assert seen["mirrored"] is True
    (change,) = seen["changes"]
    xs, ys = [x for x, _ in change["box"]], [y for _, y in change["box"]]
    width = picture.width
    assert abs(min(xs) - (width - 260)) < 12
    assert abs(max(xs) - (width - 100)) < 12
    assert abs(min(ys) - 100) < 12
    assert abs(max(ys) - 160) < 12
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
    assert "region 1 differs" in run("compare", tmp_path / "a.jpg", tmp_path / "b.jpg").stdout


def test_two_pictures_that_share_nothing_are_not_compared(picture: Image.Image, root: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(saved(picture))
    other = root / "samples" / "oral-aksay" / "archive" / "2020-12-snow.jpg"
    result = run("compare", tmp_path / "a.jpg", other)
    assert (result.exit_code, "too little" in result.stdout) == (0, True)


def test_a_file_that_cannot_be_decoded_is_named(picture: Image.Image, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(saved(picture))
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8\xff")
    assert run("compare", tmp_path / "a.jpg", tmp_path / "b.jpg").exit_code == 3
    assert run("compare", tmp_path / "a.jpg", tmp_path / "gone.jpg").exit_code == 3


def test_a_batch_searches_for_parts_too_and_again_when_the_look_is_kept(
    archive: Path, picture: Image.Image, tmp_path: Path
) -> None:
    width, height = picture.size
    (tmp_path / "photos").mkdir()
    for name in ("a.jpg", "b.jpg"):  # the same bytes: the second look is taken from the first
        (tmp_path / "photos" / name).write_bytes(saved(picture.crop((width // 4, height // 4, width, height)), quality=80))
    done = run("batch", "run", tmp_path / "photos", "--out", tmp_path / "out", "--archive", archive, "--workers", "1", "--quiet")
    assert done.exit_code == 0, done.output
    records = [json.loads(file.read_text("utf-8")) for file in sorted((tmp_path / "out" / "reports").rglob("*.json"))]
    parts = [record["report"]["case"]["exhibits"][0]["parts"] for record in records]
    assert [part["value"]["shared"][0]["verdict"] for part in parts] == ["part", "part"]


def test_a_file_that_cannot_be_read_is_a_row_of_a_search_like_any_other(archive: Path, tmp_path: Path) -> None:
    """In words it was a traceback."""
    words = run("archive", "search", archive, tmp_path / "nowhere.jpg")
    assert (words.exit_code, words.stdout.splitlines()[1]) == (3, "  unreadable: There is no such file. Check the path.")
    row = json.loads(run("archive", "search", archive, tmp_path / "nowhere.jpg", "--jsonl").stdout.splitlines()[0])
    assert (row["reading"], row["matches"]) == ("unreadable", [])


def test_a_search_tells_what_differs_from_the_archived_file_or_that_it_is_not_there(
    archive: Path, picture: Image.Image, tmp_path: Path
) -> None:
    changed = picture.copy()
    changed.paste((240, 240, 240), (500, 430, 570, 460))
    (tmp_path / "new.jpg").write_bytes(saved(changed, quality=85))
    words = run("archive", "search", archive, tmp_path / "new.jpg", "--originals", archive.parent).stdout
    assert "held against the archived file:" in words
    assert "regions that differ beyond recompression: 1" in words
    result = run("archive", "search", archive, tmp_path / "new.jpg", "--originals", tmp_path, "--jsonl")
    (match,) = json.loads(result.stdout.splitlines()[0])["matches"]
    assert (match["laid"]["source"], match["laid"]["reading"]) == ("no-file", "found")
    assert len(match["laid"]["comparison"]["changes"]) == 1
    assert run("archive", "search", archive, tmp_path / "new.jpg", "--originals", tmp_path / "no").exit_code == 2
    assert run("check", tmp_path / "new.jpg", "--originals", tmp_path).exit_code == 2
