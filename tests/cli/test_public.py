"""`provcheck report --edition public` at a terminal: drafts, a salt that stays, and a commitment that opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provcheck.cli import main
from provcheck.report import render_json
from tests.report import cases


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(render_json(cases.one_claim()), "utf-8", newline="\n")
    return path


def test_a_public_edition_opens_with_the_salt_that_stays_beside_the_internal_record(record: Path, tmp_path: Path) -> None:
    salt = record.with_name("report.json.salt")
    made = run(
        "report", record, "--edition", "public", "--reviewed-by", "a desk", "--format", "json,html", "--out", tmp_path / "out"
    )
    assert made.exit_code == 0, made.output
    assert "visible, at most" in made.stderr
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"report.json", "report.html"}
    opened = run("verify", tmp_path / "out" / "report.json", "--internal", record)
    assert (opened.exit_code, "made of this internal report" in opened.stdout) == (0, True)
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "PUBLIC edition" in page
    assert salt.read_text().strip() not in page
    salt.write_text("0" * 64)
    assert run("verify", tmp_path / "out" / "report.json", "--internal", record).exit_code == 4
    salt.write_text("no salt")
    assert run("verify", tmp_path / "out" / "report.json", "--internal", record).exit_code == 2


@pytest.mark.parametrize(
    "wrong",
    [
        ("--hide", "x"),
        ("--keep-region",),
        ("--edition", "public", "--reviewed-by", " "),
        ("--edition", "public", "--boxes", "none.toml"),
    ],
)
def test_wrong_usage_writes_nothing(wrong: tuple[str, ...], record: Path, tmp_path: Path) -> None:
    assert run("report", record, *wrong, "--out", tmp_path / "out").exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_public_edition_is_not_made_public_again(record: Path, tmp_path: Path) -> None:
    run("report", record, "--edition", "public", "--format", "json", "--out", tmp_path / "out", "-q")
    again = run("report", tmp_path / "out" / "report.json", "--edition", "public", "--out", tmp_path / "again")
    assert (again.exit_code, "public edition already" in again.stderr) == (2, True)
