"""What a person at a terminal sees: rows, summaries, messages and exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from provcheck.cli import main
from tests.pictures import exif, saved, scene

CLAIMS = '[[claim]]\nby = "a journalist"\ntext = "Today."\ntaken_on = 2023-07-29\n'


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "photos").mkdir()
    (folder / "photos" / "a.jpg").write_bytes(
        saved(scene(), exif=exif(Make="Maker", Model="Model", DateTimeOriginal="2021:05:14 10:00:00"))
    )
    (folder / "photos" / "b.jpg").write_bytes(b"\xff\xd8\xff not a photo")
    (folder / "claims.toml").write_text(CLAIMS)
    return folder


@pytest.fixture(scope="module")
def archive(folder: Path) -> Path:
    archive = folder / "old.pvx"
    assert run("archive", "create", archive).exit_code == 0
    added = run("archive", "add", archive, folder / "photos" / "a.jpg", "--publisher", "a newspaper", "--published", "2021-06-01")
    assert added.exit_code == 0, added.output
    return archive


def test_check_jsonl_is_a_row_a_file_and_a_summary(folder: Path) -> None:
    result = run("check", folder / "photos", "--claims", folder / "claims.toml", "--jsonl")
    *rows, last = lines(result)
    assert [row["file"] for row in rows] == ["a.jpg", "b.jpg"]
    assert {"number", "file", "sha256", "outcome", "reason", "answers", "schema_version"} == set(rows[0])
    assert (rows[0]["outcome"], rows[0]["reason"]) == ("examined", None)
    assert rows[1]["outcome"] == "refused"
    assert rows[1]["reason"]
    assert (last["summary"]["files"], last["summary"]["refused"], last["summary"]["exit_code"]) == (2, 1, 3)
    assert result.exit_code == 3


def test_what_only_the_set_can_say_stands_in_the_last_line(tmp_path: Path) -> None:
    """Photos 1 and 3 state one camera body, photo 2 another's: no row can know that, and no answer of a row stands again."""
    for name, serial in (("a.jpg", "12345678"), ("b.jpg", "87654321"), ("c.jpg", "12345678")):
        block = exif(Make="Maker", Model="Model", BodySerialNumber=serial)
        (tmp_path / name).write_bytes(saved(scene(seed=ord(name[0])), exif=block))
    *rows, last = lines(run("check", tmp_path, "--jsonl"))
    assert [row["number"] for row in rows] == [1, 2, 3]
    told = [one for one in last["summary"]["set"] if one["check"] == "same-camera"]
    same = {(tuple(one["photos"]), one["summary"]) for one in told if "12345678" in one["summary"]}
    assert {photos for photos, _ in same} == {(1,), (3,)}
    assert {one["check"] for one in last["summary"]["set"]}.isdisjoint(
        answer["check"] for row in rows for answer in row["answers"] if "summary" in answer
    )


def test_of_one_photo_the_set_says_nothing_more(folder: Path) -> None:
    assert lines(run("check", folder / "photos" / "a.jpg", "--jsonl"))[-1]["summary"]["set"] == []


def test_a_clock_against_the_claim_is_told_in_the_row(folder: Path) -> None:
    row, _ = lines(run("check", folder / "photos" / "a.jpg", "--claims", folder / "claims.toml", "--jsonl"))
    (answer,) = [answer for answer in row["answers"] if answer["check"] == "capture-time"]
    assert (answer["leaning"], answer["grade"], answer["about"]) == ("contradicts", "weak", {"claim": "A", "part": "taken_on"})
    assert answer["does_not_show"].startswith("This does not show")


def test_check_json_is_the_record(folder: Path) -> None:
    record = json.loads(run("check", folder / "photos" / "a.jpg", "--json", "--as-of", "2023-08-02").stdout)
    assert record["schema"] == "provcheck-report"
    assert record["report"]["case"]["as_of"] == "2023-08-02"
    assert record["run"]["libraries"]


def test_the_summary_ends_in_a_line_that_cannot_be_misread(folder: Path) -> None:
    result = run("check", folder / "photos" / "a.jpg", "--claims", folder / "claims.toml")
    assert result.stdout.rstrip().endswith("Finding nothing does not clear a photo.")
    assert "\x1b" not in result.stdout


def test_quiet_prints_nothing(folder: Path) -> None:
    result = run("check", folder / "photos" / "a.jpg", "-q")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "", 0)


def test_verbose_names_each_photo_on_stderr(folder: Path) -> None:
    result = run("check", folder / "photos", "-v", "--jsonl")
    assert "a.jpg" in result.stderr
    assert lines(result)


def test_the_report_is_written_and_written_over(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    for _ in range(2):
        result = run("check", folder / "photos" / "a.jpg", "--report", out)
        assert result.exit_code == 0
        assert f"The report lies in {out}" in result.stderr
    assert out.read_text("utf-8").lower().startswith("<!doctype html>")
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


def test_a_file_that_is_no_report_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "novel.html"
    other.write_text("chapter one")
    assert run("check", folder / "photos" / "a.jpg", "--report", other).exit_code == 2
    assert other.read_text() == "chapter one"
    assert run("check", folder / "photos" / "a.jpg", "--report", other, "--force").exit_code == 0
    assert other.read_text("utf-8") != "chapter one"


def test_a_report_into_a_missing_folder_fails_before_the_work(folder: Path, tmp_path: Path) -> None:
    result = run("check", folder / "photos", "--report", tmp_path / "none" / "r.html")
    assert result.exit_code == 2
    assert "no such folder" in result.stderr


@pytest.mark.parametrize(("asked", "code"), [("contradicts:weak", 1), ("contradicts:strong", 0), ("supports:weak", 0)])
def test_fail_on_decides_the_exit_code(folder: Path, asked: str, code: int) -> None:
    photo, claims = folder / "photos" / "a.jpg", folder / "claims.toml"
    assert run("check", photo, "--claims", claims, "--fail-on", asked, "-q").exit_code == code


@pytest.mark.parametrize("wrong", ["proves:weak", "contradicts:very", "neutral"])
def test_an_unknown_threshold_is_wrong_usage(folder: Path, wrong: str) -> None:
    assert run("check", folder, "--fail-on", wrong).exit_code == 2


def test_json_and_jsonl_exclude_each_other(folder: Path) -> None:
    assert run("check", folder, "--json", "--jsonl").exit_code == 2


def test_a_broken_claims_file_is_named_with_line_and_key(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "claims.toml"
    broken.write_text(CLAIMS + "taken_where = 1\n")
    result = run("check", folder / "photos", "--claims", broken)
    assert result.exit_code == 2
    assert "claims.toml, line 5: 'taken_where' unknown key" in result.stderr


def test_a_broken_settings_file_is_named_with_its_key(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "provcheck.toml"
    broken.write_text("max_megabites = 1\n")
    result = run("check", folder / "photos", "--config", broken)
    assert (result.exit_code, "unknown key 'max_megabites'" in result.stderr) == (2, True)


def test_settings_decide_what_is_refused(folder: Path, tmp_path: Path) -> None:
    tight = tmp_path / "provcheck.toml"
    tight.write_text("max_megapixels = 1\nmax_megabytes = 1\n")
    big = tmp_path / "big.png"
    big.write_bytes(saved(scene(1200, 1000), "PNG", compress_level=1) + bytes(1_000_001))
    row, _ = lines(run("check", big, "--config", tight, "--jsonl"))
    assert row["outcome"] == "refused"
    assert "the limit is 1 MB" in row["reason"]


def test_a_settings_file_beside_the_photos_is_not_read(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "provcheck.toml").write_text("max_megapixels = 1\nnonsense = true\n")
    (tmp_path / "a.jpg").write_bytes((folder / "photos" / "a.jpg").read_bytes())
    monkeypatch.chdir(tmp_path)
    row, *_ = lines(run("check", "a.jpg", "--jsonl"))
    assert row["outcome"] == "examined"


def test_a_search_without_a_match_says_what_was_searched(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "new.jpg").write_bytes(saved(scene(seed=9)))
    row, summary = lines(run("archive", "search", archive, tmp_path / "new.jpg", "--jsonl"))
    assert (row["matches"], row["reading"]) == ([], "found")
    assert row["searched"]["archives"][0]["photos"] == 1
    assert row["searched"]["archives"][0]["latest"] == "2021-06-01"
    assert summary["summary"] == {"files": 1, "found": 1, "absent": 0, "unreadable": 0}


def test_a_mirrored_copy_is_found_and_called_so(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.jpg").write_bytes(saved(scene().transpose(Image.Transpose.FLIP_LEFT_RIGHT), quality=70))
    row, _ = lines(run("archive", "search", archive, tmp_path / "copy.jpg", "--jsonl"))
    (match,) = row["matches"]
    assert (match["archived"], match["mirrored"], match["rotation"]) == ("a.jpg", True, 0)
    words = run("archive", "search", archive, tmp_path / "copy.jpg").stdout
    assert "mirrored" in words


def test_an_empty_archive_is_absent(tmp_path: Path, folder: Path) -> None:
    run("archive", "create", tmp_path / "empty.pvx")
    row, _ = lines(run("archive", "search", tmp_path / "empty.pvx", folder / "photos" / "a.jpg", "--jsonl"))
    assert row["reading"] == "absent"


def test_archive_info_says_how_many_and_until_when(archive: Path) -> None:
    facts = json.loads(run("archive", "info", archive, "--json").stdout)
    assert (facts["photos"], facts["latest"]) == (1, "2021-06-01")
    assert "photos: 1" in run("archive", "info", archive).stdout


def test_adding_wants_photos_or_a_manifest(archive: Path, folder: Path) -> None:
    assert run("archive", "add", archive).exit_code == 2
    assert run("archive", "add", archive, folder, "--manifest", folder / "x.csv").exit_code == 2


def test_a_file_that_is_no_archive_is_named(folder: Path) -> None:
    result = run("check", folder / "photos", "--archive", folder / "claims.toml")
    assert result.exit_code == 2
    assert "claims.toml" in result.stderr


def test_inspect_metadata_shows_fields(folder: Path) -> None:
    row, refused, summary = lines(run("inspect", "metadata", folder / "photos", "--jsonl"))
    assert row["fields"]["exif.make"] == "Maker"
    assert summary["summary"]["files"] == 2
    assert refused["file"] == "b.jpg"
    plain, raw = (run("inspect", "metadata", folder / "photos" / "a.jpg", *more).stdout.splitlines() for more in ((), ("--raw",)))
    assert plain[1].startswith("  captured: ")
    assert "EXIF DateTimeOriginal" in plain[1]
    assert "  exif.make: Maker" in plain
    assert not any("IFD0" in line for line in plain)
    assert any(line.startswith("  EXIF IFD0 Make: ") for line in raw)


def test_inspect_fingerprints_prints_what_other_tools_print(folder: Path) -> None:
    import imagehash

    row, _ = lines(run("inspect", "fingerprints", folder / "photos" / "a.jpg", "--jsonl"))
    with Image.open(folder / "photos" / "a.jpg") as image:
        assert row["phash"] == str(imagehash.phash(image))
        assert row["dhash"] == str(imagehash.dhash(image))
    assert len(row["pdq"]) == 64


def test_a_picture_that_cannot_be_read_has_a_plates_row_of_the_same_form(folder: Path) -> None:
    rows = lines(run("inspect", "plates", folder / "photos", "--jsonl"))
    assert [row["plates"] for row in rows[:2]] == [[], []]
    assert {"file", "ms", "plates", "reading", "reason"} <= set(rows[0]) & set(rows[1])
    assert rows[1]["reading"] == "unreadable"


@pytest.mark.parametrize(
    ("given", "named"),
    [("a.jpg", "PHOTO:N=TEXT"), ("a.jpg:1=A123BC77", "numbers 0 plate-like regions"), ("z.jpg:1=A123BC77", "no such photo")],
)
def test_a_plate_reading_that_names_nothing_is_wrong_usage(folder: Path, given: str, named: str) -> None:
    result = run("check", folder / "photos" / "a.jpg", "--plate-reading", given)
    assert result.exit_code == 2
    assert named in result.stderr


def test_doctor_works_here() -> None:
    facts = json.loads(run("doctor", "--json").stdout)
    assert facts["works"] is True
    assert facts["formats"]["HEIC"] == "decoded"


def test_doctor_tells_a_person_which_extras_are_missing_and_what_got_out() -> None:
    told = run("doctor").stdout
    assert "[" not in told
    assert "escapes that succeeded: " in told
    assert all(f"extra {extra}: " in told for extra in ("credentials", "pdf", "postgres", "cluster"))


def test_a_typing_error_gets_a_suggestion() -> None:
    result = run("chek")
    assert (result.exit_code, "check" in result.stderr) == (2, True)


def test_inspect_metadata_holds_itself_against_an_installed_exiftool(folder: Path) -> None:
    if shutil.which("exiftool") is None:
        pytest.skip("ExifTool is not installed")
    row = lines(run("inspect", "metadata", folder / "photos" / "a.jpg", "--exiftool", "--jsonl"))[0]
    assert row["exiftool"]["version"]
    assert row["exiftool"]["differs"] == []


def test_without_exiftool_the_option_is_an_error_with_a_remedy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    result = run("inspect", "metadata", folder / "photos" / "a.jpg", "--exiftool")
    assert result.exit_code == 2
    assert "leave the option out" in result.stderr


@pytest.mark.parametrize("command", [("check",), ("inspect", "metadata")])
def test_a_file_that_is_no_trust_list_is_named(folder: Path, command: tuple[str, ...]) -> None:
    result = run(*command, folder / "photos" / "a.jpg", "--trust-list", folder / "claims.toml")
    assert result.exit_code == 2
    assert "claims.toml: holds no PEM certificate" in result.stderr


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="counts threads as Linux shows them")
def test_the_command_line_multiplies_matrices_in_one_thread(archive: Path) -> None:
    asked = "import os, sys; from provcheck.cli import main; main(sys.argv[1:], standalone_mode=False)"
    counted = "import numpy; numpy.ones((900, 900)) @ numpy.ones((900, 900)); print(len(os.listdir('/proc/self/task')))"
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", f"{asked}\n{counted}", "archive", "info", str(archive)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "1"
