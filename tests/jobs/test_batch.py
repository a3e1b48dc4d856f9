"""A batch loses nothing: killed, stopped, shared or run again, it leaves the same bytes."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, Any

import pytest

from provcheck.archive import create_archive, open_archive
from provcheck.config import Settings
from provcheck.domain.archive import Use
from provcheck.jobs import enter
from provcheck.jobs.batch import Plan, Standing, Tick, here, leave, open_ledger, plan_of, run, stored_plan
from provcheck.jobs.batch.folder import LedgerError
from provcheck.jobs.batch.ledger import Done
from provcheck.jobs.batch.manifest import read_rows
from provcheck.jobs.batch.results import cell
from provcheck.jobs.batch.versions import Versions, versions
from provcheck.readers.intake import Submission
from tests.pictures import exif, saved, scene

AS_OF = date(2023, 8, 2)
COUNT = 9


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine files, one damaged and one a copy of another under a second name; and a manifest that names them and one more."""
    folder = tmp_path_factory.mktemp("photos")
    for number in range(COUNT - 2):
        block = exif(Make="Maker", DateTimeOriginal=f"2023:07:{10 + number} 10:00:00")
        (folder / f"{number}.jpg").write_bytes(saved(scene(160, 120, seed=number), exif=block))
    (folder / "copy.jpg").write_bytes((folder / "0.jpg").read_bytes())
    (folder / "damaged.jpg").write_bytes(saved(scene(seed=1))[:1500])
    rows = ["path,photo_id,case_id,claim_date,claim_place,channel,desk's note"]
    rows += [f"{path.name},id-{path.stem},case 1,2023-07-29,Oral,a public page,=1+1" for path in sorted(folder.glob("*.jpg"))]
    rows.append("missing.jpg,,,,,,")
    (folder / "manifest.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    do(photos / "manifest.csv", out)
    return out


def plan(source: Path) -> Plan:
    return plan_of(source, AS_OF, (), None, None)


def do(source: Path, out: Path, *, workers: int = 2, now: Versions | None = None) -> list[Tick]:
    ticks: list[Tick] = []
    with open_ledger(out, create=True) as ledger:
        run(ledger, plan(source), again=True, examiner=here(workers), told=ticks.append, now=now)
    return ticks


def fingerprint(out: Path) -> dict[str, str]:
    """Every file that people read, with its digest."""
    files = [path for path in out.rglob("*") if path.is_file() and "ledger" not in path.name and path.parent.name != "runners"]
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}


def lines(out: Path) -> list[dict[str, object]]:
    """One for each photo, and the summary; those of cases are in test_kinship.py."""
    every = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    return [line for line in every if line.get("event") != "case"]


def test_every_row_has_its_line_its_report_and_its_place_in_the_table(undisturbed: Path) -> None:
    *rows, last = lines(undisturbed)
    assert [row["number"] for row in rows] == list(range(1, COUNT + 2))
    assert {str(row["file"]): row["outcome"] for row in rows if row["outcome"] == "refused"} == {
        "damaged.jpg": "refused",
        "missing.jpg": "refused",
    }
    assert all((undisturbed / str(row["report"])).is_file() for row in rows)
    summary = last["summary"]
    assert isinstance(summary, dict)
    assert (summary["files"], summary["examined"], summary["refused"], summary["open"]) == (COUNT + 1, COUNT - 1, 2, 0)
    with (undisturbed / "results.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["photo_id"] for row in table][:2] == ["id-0", "id-1"]
    assert {row["manifest_desk's note"] for row in table} == {"'=1+1", ""}


def test_the_page_lists_every_photo_and_opens_its_report(undisturbed: Path) -> None:
    page = (undisturbed / "summary.html").read_text("utf-8")
    links = re.findall(r'href="((?:pages|reports)/[^"]+)"', page)
    assert len(links) == 2 * (COUNT + 1)
    assert all((undisturbed / link).is_file() for link in links)
    assert {path.name for path in (undisturbed / "pages").iterdir()} == {
        Path(link).name for link in links if link.startswith("pages")
    }


def test_the_rows_claim_is_held_against_its_photo(undisturbed: Path) -> None:
    first = lines(undisturbed)[0]
    answers = first["answers"]
    assert isinstance(answers, list)
    assert any(answer.get("about") == {"claim": "A", "part": "taken_on"} for answer in answers)


def test_a_second_run_looks_at_nothing_again(photos: Path, undisturbed: Path) -> None:
    before = fingerprint(undisturbed)
    ticks = do(photos / "manifest.csv", undisturbed)
    assert {tick.name for tick in ticks if not tick.kept} == set()
    assert fingerprint(undisturbed) == before


def test_the_number_of_workers_changes_no_byte(photos: Path, undisturbed: Path, tmp_path: Path) -> None:
    do(photos / "manifest.csv", tmp_path / "out", workers=1)
    assert fingerprint(tmp_path / "out") == fingerprint(undisturbed)


def test_a_changed_photo_and_a_changed_claim_are_done_again_and_nothing_else(photos: Path, tmp_path: Path) -> None:
    source = tmp_path / "photos"
    source.mkdir()
    for path in photos.iterdir():
        (source / path.name).write_bytes(path.read_bytes())
    manifest, out = source / "manifest.csv", tmp_path / "out"
    do(manifest, out)
    (source / "2.jpg").write_bytes(saved(scene(160, 120, seed=77)))
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace("3.jpg,id-3,case 1,2023-07-29", "3.jpg,id-3,case 1,2023-07-13"), "utf-8")
    assert {tick.name for tick in do(manifest, out) if not tick.kept} == {"2.jpg", "3.jpg"}


@pytest.mark.parametrize(
    ("changed", "did"),
    [
        ({}, ()),
        ({"judging": "new"}, ("judge",)),
        ({"search": "new"}, ()),  # no archive is searched
        ({"plates": "new"}, ("plates", "judge")),
        ({"readers": "new"}, ("look", "search", "judge")),
    ],
)
def test_a_changed_method_does_again_only_what_it_touches(
    photos: Path, undisturbed: Path, tmp_path: Path, changed: dict[str, str], did: tuple[str, ...]
) -> None:
    out = tmp_path / "out"
    shutil.copytree(undisturbed, out)
    ticks = do(photos / "manifest.csv", out, now=replace(versions(), **changed))
    examined = {tick.name: tick.did for tick in ticks if tick.outcome == "examined" and tick.name != "copy.jpg"}
    assert len(examined) == COUNT - 2
    assert set(examined.values()) == {did}
    assert fingerprint(out) == fingerprint(undisturbed)


def test_a_changed_claim_is_no_second_search_and_a_changed_archive_no_second_look(photos: Path, tmp_path: Path) -> None:
    store, out, claims = tmp_path / "old.pvx", tmp_path / "out", tmp_path / "claims.toml"
    create_archive(store)

    def once(said: str) -> set[tuple[str, ...]]:
        claims.write_text(f'[[claim]]\nby = "a journalist"\ntext = "{said}"\n', "utf-8")
        asked, ticks = plan_of(photos / "manifest.csv", AS_OF, (store,), claims, None), list[Tick]()
        with open_ledger(out, create=True) as ledger:
            run(ledger, asked, again=True, examiner=here(2), told=ticks.append)
        return {tick.did for tick in ticks if tick.outcome == "examined" and tick.name != "copy.jpg"}

    assert once("one thing") == {("look", "search", "judge")}
    assert once("one thing") == {()}
    assert once("another") == {("judge",)}
    with open_archive(store, writable=True) as archive:
        enter(archive, [(Submission(photos / "3.jpg", "3.jpg", walked=False), Use(publisher="a newspaper"))], Settings())
    assert once("another") == {("search", "judge")}
    assert any(answer["check"] == "earlier-use" and "summary" in answer for answer in answers_of(out, "3.jpg"))


def answers_of(out: Path, name: str) -> list[dict[str, object]]:
    found = next(row["answers"] for row in lines(out) if row.get("file") == name)
    assert isinstance(found, list)
    return found


def test_a_report_that_was_spoiled_on_the_disk_is_made_again(photos: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(undisturbed, out)
    spoiled = out / "reports" / "0000" / "0000003.json"
    spoiled.write_bytes(spoiled.read_bytes()[:-1])
    assert [tick.number for tick in do(photos / "manifest.csv", out) if tick.did and tick.outcome == "examined"] == [3]
    assert fingerprint(out) == fingerprint(undisturbed)


def test_a_photo_whose_lease_went_to_another_runner_is_not_entered_twice(photos: Path, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "out", create=True) as ledger:
        ledger.enlist("{}", read_rows(photos / "manifest.csv"), "slow")
        (lost,) = ledger.lease("slow", 1)
        ledger.renew("quick")  # the slow one holds no lock: it counts as dead
        (taken,) = ledger.lease("quick", 1)
        assert taken.row.number == lost.row.number
        done = Done(outcome="examined", line="{}")
        assert ledger.finish("slow", [(lost.row.number, done)]) == frozenset()
        assert ledger.finish("quick", [(taken.row.number, done)]) == {taken.row.number}


def test_a_stopped_run_says_what_is_open_and_a_resumed_one_leaves_the_same_bytes(
    photos: Path, undisturbed: Path, tmp_path: Path
) -> None:
    out, ticks = tmp_path / "out", list[Tick]()
    with open_ledger(out, create=True) as ledger:
        standing = run(
            ledger, plan(photos / "manifest.csv"), again=True, examiner=here(1), told=ticks.append, stop=lambda: bool(ticks)
        )
        assert 0 < standing.done < standing.total
        assert standing.leased == 0
    with open_ledger(out) as ledger:
        run(ledger, plan(photos / "manifest.csv"), again=False, examiner=here(1))
    assert fingerprint(out) == fingerprint(undisturbed)


def command(*words: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "provcheck", "batch", *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ended(running: subprocess.Popen[str]) -> int:
    running.communicate(timeout=90)
    return running.returncode


def until_a_photo_is_done(told: IO[str]) -> str:
    """What was told up to and with the first photo."""
    lines: list[str] = []
    while not lines or not photo_events(lines[-1]):
        lines.append(told.readline())
        assert lines[-1], "it ended before a photo was done"
    return "".join(lines)


def photo_events(told: str) -> list[dict[str, Any]]:
    return [event for event in map(json.loads, told.splitlines()) if event["event"] == "photo"]


def begin(photos: Path, out: Path) -> subprocess.Popen[str]:
    return command("run", photos / "manifest.csv", "--out", out, "--as-of", AS_OF.isoformat(), "--workers", "1", "--log-json")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent to a group there")
def test_ctrl_c_ends_with_130_and_resume_finishes(photos: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    running = begin(photos, out)
    assert running.stderr is not None
    until_a_photo_is_done(running.stderr)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130, told
    assert "batch resume" in told
    assert ended(command("resume", out, "--quiet")) == 3  # a photo was refused
    assert fingerprint(out) == fingerprint(undisturbed)


def test_killed_at_random_it_leaves_the_same_bytes(photos: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Five kills at moments drawn from the time that a run takes; tests/faults kills many more."""
    draw, out = random.Random(7), tmp_path / "out"
    for _ in range(5):
        running = begin(photos, out)
        time.sleep(draw.uniform(0.2, 4))
        running.kill()
        running.communicate()
    assert ended(begin(photos, out)) == 3
    assert fingerprint(out) == fingerprint(undisturbed)


def test_two_runners_share_one_ledger(photos: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = [running.communicate(timeout=90)[1] for running in [begin(photos, out), begin(photos, out)]]
    done = [event for text in told for event in photo_events(text)]
    assert sorted(event["number"] for event in done) == list(range(1, COUNT + 2)), "each photo once, by one of the two"
    assert fingerprint(out) == fingerprint(undisturbed)


def test_what_a_dead_runner_held_is_taken_up_at_once(photos: Path, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "out", create=True) as ledger:
        ledger.enlist("{}", read_rows(photos / "manifest.csv"), "dead")
        assert len(ledger.lease("dead", 3)) == 3
        assert ledger.standing() == Standing(COUNT + 1, 0, 3, ())
        assert ledger.at_work() == 0
        ledger.renew("me")
        assert ledger.standing().leased == 0


def test_a_folder_without_a_batch_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="holds no batch"):
        open_ledger(tmp_path)


def test_another_database_is_not_written_to(tmp_path: Path) -> None:
    import sqlite3

    other = sqlite3.connect(tmp_path / "ledger.sqlite")
    other.execute("CREATE TABLE mine (x)")
    other.commit()
    other.close()
    with pytest.raises(LedgerError, match="is no ledger"):
        open_ledger(tmp_path, create=True)


@pytest.mark.parametrize("untrusted", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "|calc", "%0A"])
def test_no_cell_is_a_formula(untrusted: str) -> None:
    assert cell(untrusted).startswith("'") or not cell(untrusted).lstrip().startswith(("=", "+", "-", "@", "|", "%"))


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small file system, which takes root on Linux")
def test_a_full_disk_ends_with_a_sentence_and_the_next_run_goes_on(photos: Path, undisturbed: Path, tmp_path: Path) -> None:
    small, out = tmp_path / "small", tmp_path / "small" / "out"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(small)], capture_output=True).returncode:
        pytest.skip("no tmpfs may be mounted here")
    try:
        with pytest.raises(LedgerError, match="batch resume"):
            do(photos / "manifest.csv", out)
        for name, value in fingerprint(out).items():
            assert not name.startswith("reports") or value == fingerprint(undisturbed)[name]
        subprocess.run(["mount", "-o", "remount,size=20m", str(small)], check=True)
        do(photos / "manifest.csv", out)
        assert fingerprint(out) == fingerprint(undisturbed)
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_the_page_is_rendered_anew_in_another_language_than_the_run_s_and_the_results_are_not(
    undisturbed: Path, tmp_path: Path
) -> None:
    """It kept the English of findings between French headings."""
    out = tmp_path / "out"
    shutil.copytree(undisturbed, out)
    before = (out / "results.jsonl").read_bytes()
    with open_ledger(out) as ledger:
        leave(ledger, stored_plan(ledger).as_of, page="fr")
    page = (out / "summary.html").read_text("utf-8")
    assert '<html lang="fr">' in page
    assert "Cela ne montre" in page
    assert "This does not show" not in page
    assert (out / "results.jsonl").read_bytes() == before
    assert b'"texts"' not in before
