"""--trust-list: every command that reads Content Credentials looks their signers up in the list that it is given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provcheck.cli import main

pytest.importorskip("c2pa", reason='the extra "credentials" is not installed')

from tests.readers.credentials_files import signed, signer

LISTED, UNLISTED = "sound, signer on the list", "sound, signer not on the list"
AS_OF = ("--as-of", "2026-11-25")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def standing(record: str) -> str:
    told: str = json.loads(record)["report"]["case"]["exhibits"][0]["evidence"]["credentials"]["value"]["standing"]
    return told


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signed photo, a list with its signer's root, a list with another."""
    desk, party = tmp_path_factory.mktemp("desk"), signer()
    (desk / "photos").mkdir()
    (desk / "photos" / "signed.jpg").write_bytes(signed(party))
    (desk / "list.pem").write_text(party.root)
    (desk / "other.pem").write_text(signer().root)
    return desk


def test_a_batch_looks_signers_up_and_resumes_with_the_same_list(desk: Path, tmp_path: Path) -> None:
    for name, expected in (("list.pem", LISTED), ("other.pem", UNLISTED)):
        out = tmp_path / name
        done = run("batch", "run", desk / "photos", "--out", out, "--trust-list", desk / name, *AS_OF, "--workers", "1", "-q")
        assert done.exit_code == 0, done.output
        assert run("batch", "resume", out, "--workers", "1", "-q").exit_code == 0
        (record,) = out.rglob("*.json")
        assert standing(record.read_text("utf-8")) == expected


def test_a_second_run_of_a_record_wants_the_list_of_the_first(desk: Path, tmp_path: Path) -> None:
    record = tmp_path / "report.json"
    record.write_text(
        run("check", desk / "photos", "--trust-list", desk / "list.pem", "--json", *AS_OF).stdout, "utf-8", newline="\n"
    )
    again = ("verify", record, "--rerun", "--photos", desk / "photos")
    same = run(*again, "--trust-list", desk / "list.pem")
    assert same.exit_code == 0, same.output
    assert run(*again).exit_code == 4
    assert run("verify", record, "--trust-list", desk / "list.pem").exit_code == 2


def test_a_case_reports_with_a_list_and_is_run_again_with_it(desk: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert run("case", "new", case).exit_code == 0
    assert run("case", "add", case, desk / "photos", "--from", "a reader").exit_code == 0
    made = run("case", "report", case, "--trust-list", desk / "list.pem", *AS_OF)
    assert made.exit_code == 0, made.output
    (record,) = case.rglob("report.json")
    assert standing(record.read_text("utf-8")) == LISTED
    assert run("verify", case, "--rerun", "--trust-list", desk / "list.pem").exit_code == 0
    assert run("verify", case, "--rerun").exit_code == 4
    assert run("verify", case, "--trust-list", desk / "list.pem").exit_code == 2
