"""`provcheck report` and `provcheck verify` at a terminal: files, refusals, exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provcheck.cli import main
from provcheck.cli.report import FORMATS
from provcheck.report import VIEWS, render_html, render_json
from provcheck.report.views import View
from tests.pictures import exif, saved, scene
from tests.report import cases

CLAIMS = 'title = "A desk"\n[[claim]]\nby = "a journalist"\ntext = "Today."\ntaken_on = 2023-07-29\n'
FILES = {"report.html", "report.pdf", "report.md", "report.json", "report.csv", "methods.txt", "mediareview.jsonld"}


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "report.json"
    path.write_text(render_json(cases.rich()), "utf-8", newline="\n")
    return path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two photos, claims, an archive, and the record of a check on them."""
    desk = tmp_path_factory.mktemp("desk")
    (desk / "photos").mkdir()
    (desk / "photos" / "a.jpg").write_bytes(saved(scene(), exif=exif(Make="Maker", DateTimeOriginal="2021:05:14 10:00:00")))
    (desk / "photos" / "b.jpg").write_bytes(b"\xff\xd8\xff no photo")
    (desk / "claims.toml").write_text(CLAIMS)
    assert run("archive", "create", desk / "old.pvx").exit_code == 0
    assert run("archive", "add", desk / "old.pvx", desk / "photos" / "a.jpg", "--published", "2021-06-01").exit_code == 0
    done = run(
        "check", desk / "photos", "--claims", desk / "claims.toml", "--archive", desk / "old.pvx", "--json", "--as-of", "2023-08-02"
    )
    assert done.exit_code == 3
    (desk / "report.json").write_text(done.stdout, "utf-8", newline="\n")
    return desk


def test_the_formats_of_the_command_are_the_views_of_the_report() -> None:
    assert tuple(view.name for view in VIEWS) == FORMATS


def test_all_views_are_written_and_written_over(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "views"
    for _ in range(2):
        result = run("report", record, "--format", ",".join(FORMATS), "--out", out)
        assert result.exit_code == 0, result.output
        assert {file.name for file in out.iterdir()} == FILES
        assert all(name in result.stderr for name in FILES)
    assert (out / "report.html").read_bytes() == render_html(cases.rich()).encode()
    assert (out / "report.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_file_of_somebody_else_is_not_written_over(view: View, record: Path, tmp_path: Path) -> None:
    (tmp_path / view.file).write_text("chapter one")
    result = run("report", record, "--format", f"{view.name},html,md", "--out", tmp_path)
    assert result.exit_code == 2
    assert view.file in result.stderr
    assert [file.read_text() for file in tmp_path.iterdir()] == ["chapter one"]  # and nothing beside it was written
    assert run("report", record, "--format", view.name, "--out", tmp_path, "--force", "-q").exit_code == 0
    assert (tmp_path / view.file).read_bytes() != b"chapter one"


def test_a_link_is_not_followed_when_a_view_is_written(record: Path, tmp_path: Path) -> None:
    (tmp_path / "novel").write_text("chapter one")
    (tmp_path / "report.md").symlink_to(tmp_path / "novel")
    assert run("report", record, "--format", "md", "--out", tmp_path).exit_code == 2
    assert run("report", record, "--format", "md", "--out", tmp_path, "--force").exit_code == 0
    assert (tmp_path / "novel").read_text() == "chapter one"


def test_one_view_goes_to_stdout_and_a_record_comes_from_stdin(record: Path) -> None:
    result = run("report", "-", "--format", "methods", "--out", "-", stdin=record.read_text())
    assert result.stdout.startswith("provcheck report: methods\n")
    assert run("report", record, "--format", "md,csv", "--out", "-").exit_code == 2


def test_an_unknown_format_is_named(record: Path, tmp_path: Path) -> None:
    result = run("report", record, "--format", "md,docx", "--out", tmp_path)
    assert (result.exit_code, "'docx'" in result.stderr) == (2, True)


@pytest.mark.parametrize(("old", "new", "code"), [("a journalist", "a spokesman", 4), ('"schema"', '"scheme"', 2)])
def test_no_view_is_made_of_a_record_that_does_not_fit(record: Path, tmp_path: Path, old: str, new: str, code: int) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text(record.read_text().replace(old, new))
    assert run("report", broken, "--format", "md", "--out", tmp_path / "out").exit_code == code
    assert not (tmp_path / "out").exists()


def test_what_is_no_record_is_named_with_what_to_give(tmp_path: Path) -> None:
    (tmp_path / "claims.toml").write_text("[[claim]]")
    result = run("report", tmp_path / "claims.toml", "--out", tmp_path / "views")
    assert result.exit_code == 2
    assert "claims.toml: this is no provcheck report" in result.stderr


@pytest.mark.parametrize("command", [("report", "--out", "-"), ("verify",)])
def test_a_missing_record_is_wrong_usage(command: tuple[str, ...], tmp_path: Path) -> None:
    result = run(*command, tmp_path / "none.json")
    assert (result.exit_code, "none.json" in result.stderr) == (2, True)


def test_a_sound_record_is_said_to_fit_and_its_limit_is_told(record: Path) -> None:
    result = run("verify", record)
    assert result.exit_code == 0
    assert "The record fits its digest" in result.stdout
    assert "detects damage, not forgery" in result.stdout


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\xfe", b"a photo"])
def test_what_is_no_record_does_not_fit(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_bytes(data)
    result = run("verify", tmp_path / "report.json")
    assert result.exit_code == 4
    assert "detects damage, not forgery" in result.stdout


def test_a_changed_record_is_an_integrity_failure_that_is_named(record: Path, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(record.read_text().replace("a journalist", "a spokesman"))
    result = run("verify", tmp_path / "report.json", "--json")
    row = json.loads(result.stdout)
    assert (result.exit_code, row["fits"], len(row["faults"])) == (4, False, 1)
    assert "does not match its digest" in row["faults"][0]


def test_photos_that_are_there_unchanged_are_counted(desk: Path) -> None:
    result = run("verify", desk / "report.json", "--photos", desk / "photos")
    assert result.exit_code == 0, result.output
    assert "2 photos are there, unchanged." in result.stdout


def test_a_changed_and_a_missing_photo_are_named(desk: Path, tmp_path: Path) -> None:
    photo = bytearray((desk / "photos" / "a.jpg").read_bytes())
    photo[len(photo) // 2] ^= 1
    (tmp_path / "a.jpg").write_bytes(photo)
    result = run("verify", desk / "report.json", "--photos", tmp_path)
    assert result.exit_code == 4
    assert "Photo 1, “a.jpg”: changed." in result.stdout
    assert "Photo 2, “b.jpg”: missing." in result.stdout


def test_a_renamed_photo_is_found_by_its_bytes(desk: Path, tmp_path: Path) -> None:
    shutil.copy(desk / "photos" / "a.jpg", tmp_path / "holiday.jpg")
    shutil.copy(desk / "photos" / "b.jpg", tmp_path / "b.jpg")
    (tmp_path / "more.txt").write_text("notes")
    result = run("verify", desk / "report.json", "--photos", tmp_path)
    assert result.exit_code == 0, result.output
    assert "“a.jpg”: the same bytes lie in “holiday.jpg”" in result.stdout
    assert "1 file there is not in the record." in result.stdout


def test_a_second_run_gives_the_same_report_whatever_lies_beside_the_photos(desk: Path, tmp_path: Path) -> None:
    shutil.copytree(desk / "photos", tmp_path / "photos")
    (tmp_path / "photos" / "0-new.jpg").write_bytes(saved(scene(seed=4)))
    result = run("verify", desk / "report.json", "--rerun", "--photos", tmp_path / "photos", "--archive", desk / "old.pvx")
    assert result.exit_code == 0, result.output
    assert "byte for byte" in result.stdout


def test_the_first_part_that_differs_in_a_second_run_is_named(desk: Path, tmp_path: Path) -> None:
    other = tmp_path / "claims.toml"
    other.write_text(CLAIMS.replace("2023-07-29", "2023-07-28"))
    result = run("verify", desk / "report.json", "--rerun", "--photos", desk / "photos", "--claims", other)
    assert result.exit_code == 4
    assert "The first part that differs is custody.claims" in result.stdout
    assert "archives that were not given: “old”" in result.stdout


@pytest.mark.parametrize("wrong", [("--rerun",), ("--claims", "claims.toml"), ("--photos", "no-such-folder")])
def test_a_rerun_without_photos_is_wrong_usage(record: Path, wrong: tuple[str, ...]) -> None:
    assert run("verify", record, *wrong).exit_code == 2
