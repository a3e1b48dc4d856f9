"""A case from its first photo to its second report, and what happens when any byte of it is changed."""

from __future__ import annotations

import json
import random
import shutil
import stat
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provcheck.cli import main
from provcheck.domain.dossier import Action
from provcheck.domain.errors import ConfigError, IntegrityError
from provcheck.domain.text import say
from provcheck.jobs.case.bag import MANIFEST_NAME
from provcheck.jobs.case.check import check
from provcheck.jobs.case.contents import contents
from provcheck.jobs.case.folder import LOCK, opened
from provcheck.jobs.case.log import read, written
from provcheck.report import read_json, sentence
from tests.pictures import exif, saved, scene

CLAIMS = (
    'title = "A case"\n[[claim]]\nby = "a journalist"\ntext = "Today."\ntaken_on = 2023-07-29\n'
    '[[claim]]\nby = "a ministry"\ntext = "Not so."\ntaken_on = 2021-05-14\n'
)
PUBLIC = ("--edition", "public", "--format", "json", "--out")
LIMIT = "This does not show whose it is."


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def done(*arguments: str | Path) -> Result:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with two photos of two senders, two claims, a note, and two reports."""
    desk = tmp_path_factory.mktemp("desk")
    (desk / "claims.toml").write_text(CLAIMS)
    (desk / "IMG 1.jpg").write_bytes(
        saved(scene(), exif=exif(Make="Maker", Artist="Anna Beispiel", DateTimeOriginal="2021:05:14 10:00:00"))
    )
    (desk / "sub").mkdir()
    (desk / "sub" / "IMG 1.jpg").write_bytes(saved(scene(seed=3)))
    case = desk / "case"
    done("case", "new", case, "--title", "Trucks", "--claims", desk / "claims.toml", "--by", "the desk")
    done(
        "case",
        "add",
        case,
        desk / "IMG 1.jpg",
        "--from",
        "a journalist",
        "--channel",
        "Signal",
        "--at",
        "2023-07-29T14:10:00+05:00",
    )
    done("case", "report", case, "--as-of", "2023-08-02", "-q")
    done("case", "add", case, desk / "sub" / "IMG 1.jpg", "--from", "a journalist")
    done(
        *("case", "note", case, "The hull is of a type that both have.", "--by", "Berta Muster", "--photo", "1", "--public"),
        *("--contradicts", "A", "--supports", "B", "--does-not-show", LIMIT, "--on", "2023-08-02"),
    )
    done("case", "report", case, "--as-of", "2023-08-03", "--reason", "a second photo came", "-q")
    return case


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "case"))


def test_originals_are_kept_as_they_came_and_read_only(made: Path) -> None:
    for filed, source in zip(contents(opened(made).events).photos, ("IMG 1.jpg", "sub/IMG 1.jpg"), strict=True):
        kept = made / "data" / "originals" / filed.name
        assert kept.read_bytes() == (made.parent / source).read_bytes()
        assert not stat.S_IMODE(kept.stat().st_mode) & 0o222
        assert filed.untrusted_name == "IMG 1.jpg"
    assert [filed.name for filed in contents(opened(made).events).photos] == ["a-journalist/IMG-1.jpg", "a-journalist/IMG-1-2.jpg"]


def test_every_step_is_in_the_log_with_who_and_why(made: Path) -> None:
    events = opened(made).events
    assert [event.action for event in events] == [
        *(Action.OPENED, Action.CLAIMS, Action.ADDED, Action.REPORTED, Action.ADDED, Action.NOTED, Action.REPORTED),
    ]
    assert (events[0].by, events[5].by, events[6].why) == ("the desk", "Berta Muster", "a second photo came")


def test_the_second_report_tells_what_changed_and_holds_the_person_s_note(made: Path) -> None:
    report = read_json((made / "data" / "reports" / "r2" / "report.json").read_text())
    assert report.revision is not None
    assert (report.revision.number, report.revision.reason, len(report.revision.parent)) == (2, "a second photo came", 64)
    assert [change.id for change in report.revision.changes] == [
        *("revision.photos", "revision.notes"),
        *("revision.answer", "revision.answer"),  # a copy could be looked for; and the same camera could be
    ]
    assert (report.case.notes[0].by, report.case.notes[0].does_not_show) == ("Berta Muster", LIMIT)
    assert [exhibit.received and exhibit.received.sender for exhibit in report.case.exhibits] == ["a journalist"] * 2
    page = (made / "data" / "reports" / "r2" / "report.html").read_text("utf-8")
    for words in ("Notes and findings by people", "by Berta Muster", "Corrections and changes", "a second photo came", "Signal"):
        assert words in page, words


def test_any_archive_s_tool_can_check_the_bag(made: Path) -> None:
    from hashlib import sha256

    for listing in (MANIFEST_NAME, "tagmanifest-sha256.txt"):
        for line in (made / listing).read_text("utf-8").splitlines():
            digest, name = line.split("  ")
            assert sha256((made / name).read_bytes()).hexdigest() == digest


def test_a_whole_case_fits_and_its_limit_is_told(made: Path) -> None:
    result = done("verify", made)
    assert "11 files are as the log of 7 events says" in result.stdout
    assert "detects damage, not forgery" in result.stdout


def test_a_second_run_gives_the_last_report_byte_for_byte(made: Path) -> None:
    assert "byte for byte" in done("verify", made, "--rerun").stdout


def flipped(case: Path, file: str, place: int, bit: int) -> None:
    path = case / file
    data = bytearray(path.read_bytes())
    data[place] ^= bit
    path.chmod(0o644)
    path.write_bytes(data)


def files(case: Path) -> list[str]:
    return sorted(path.relative_to(case).as_posix() for path in case.rglob("*") if path.is_file())


def flips(case: Path, count: int, seed: int) -> list[tuple[str, list[str]]]:
    """Flip one random byte of a random file, check, and put it back; as many times: the file, and what was named."""
    chance, seen = random.Random(seed), []
    for _ in range(count):
        file = chance.choice(files(case))
        before = (case / file).read_bytes()
        flipped(case, file, chance.randrange(len(before)), chance.randrange(1, 256))
        seen.append((file, [fault.file for fault in check(case).faults]))
        (case / file).write_bytes(before)
    return seen


def test_a_flipped_byte_is_named_with_its_file_and_no_other(case: Path) -> None:
    assert [(file, named) for file, named in flips(case, 60, 1) if set(named) != {file}] == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_thousand_flipped_bytes_are_named(case: Path) -> None:
    assert [(file, named) for file, named in flips(case, 1000, 7) if set(named) != {file}] == []


def test_verify_ends_with_four_and_names_the_file(case: Path) -> None:
    flipped(case, "data/originals/a-journalist/IMG-1.jpg", 500, 1)
    result = run("verify", case, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["fits"], told["faults"][0]["file"]) == (4, False, "data/originals/a-journalist/IMG-1.jpg")


@pytest.mark.parametrize(
    "file", ["data/originals/a-journalist/IMG-1.jpg", "data/claims-1.toml", "bagit.txt", MANIFEST_NAME, "tagmanifest-sha256.txt"]
)
def test_a_missing_file_is_named(case: Path, file: str) -> None:
    (case / file).unlink()
    assert [(fault.file, fault.what) for fault in check(case).faults] == [(file, "it is missing")]


def test_a_foreign_file_and_a_link_are_named(case: Path) -> None:
    (case / "data" / "more.txt").write_text("a line")
    (case / "data" / "originals" / "link").symlink_to(case)
    assert {fault.file for fault in check(case).faults} == {"data/more.txt", "data/originals/link"}


def test_a_photo_put_in_another_s_place_by_a_link_is_named(case: Path) -> None:
    kept = case / "data" / "originals" / "a-journalist" / "IMG-1.jpg"
    shutil.copy(kept, case.parent / "same.jpg")
    kept.unlink()
    kept.symlink_to(case.parent / "same.jpg")
    assert [fault.file for fault in check(case).faults] == ["data/originals/a-journalist/IMG-1.jpg"]


@pytest.mark.parametrize(
    "change", [lambda lines: lines[:2] + lines[3:], lambda lines: [*lines[:1], lines[2], lines[1], *lines[3:]]]
)
def test_a_lost_or_moved_line_of_the_log_is_named(case: Path, change: object) -> None:
    log = case / "data" / "log.jsonl"
    log.write_bytes(b"".join(change(log.read_bytes().splitlines(keepends=True))))  # type: ignore[operator]
    assert {fault.file for fault in check(case).faults} == {"data/log.jsonl"}
    with pytest.raises(IntegrityError, match=r"line \d of the log"):
        opened(case)


def test_a_log_that_lost_its_last_lines_is_named(case: Path) -> None:
    log = case / "data" / "log.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    assert "data/log.jsonl" in {fault.file for fault in check(case).faults}


@pytest.mark.parametrize("hostile", [b"", b"{}\n", b"\xff\xfe\n", b"[" * 100_000 + b"\n", b"\n" * 200_000, b"null\n"])
def test_a_hostile_log_is_refused_with_its_line(case: Path, hostile: bytes) -> None:
    (case / "data" / "log.jsonl").write_bytes(hostile)
    assert run("verify", case).exit_code == 4
    assert run("case", "status", case).exit_code == 4


def test_a_public_edition_of_another_case_does_not_open(case: Path, made: Path, tmp_path: Path) -> None:
    done(
        "report",
        made.parent / "case" / "data" / "reports" / "r1" / "report.json",
        *("--salt", tmp_path / "salt"),
        *PUBLIC,
        tmp_path,
    )
    assert run("verify", tmp_path / "report.json", "--internal", case).exit_code == 4


def test_the_same_bytes_are_no_second_photo_and_that_they_came_again_is_logged(case: Path, made: Path) -> None:
    result = done("case", "add", case, made.parent / "IMG 1.jpg", "--from", "a channel")
    assert "the same bytes came again" in result.stderr
    again = opened(case).events[-1]
    assert (again.action, again.photo and again.photo.received.sender) == (Action.CAME_AGAIN, "a channel")
    assert len(contents(opened(case).events).photos) == 2
    assert "photo 1  came again from a channel" in done("case", "status", case).stdout
    done("case", "report", case, "--reason", "it came again", "-q", "--as-of", "2023-08-04")
    report = read_json((case / "data" / "reports" / "r3" / "report.json").read_text("utf-8"))
    assert [one.sender for one in report.case.exhibits[0].again] == ["a channel"]
    assert report.revision is not None
    assert [sentence(change) for change in report.revision.changes] == ["The same bytes came again: Photo 1."]
    for view in ("html", "md"):
        assert "the same bytes came again" in done("report", case, "--format", view, "--out", "-").stdout
    assert check(case).faults == ()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../evil.jpg", "a-journalist/evil.jpg"),
        ("CON.jpg", "a-journalist/_CON.jpg"),
        ("фото с дороги.jpg", "a-journalist/фото-с-дороги.jpg"),
        ("a\nb\x1b[31m.jpg", "a-journalist/a-b-31m.jpg"),
        ("x" * 180 + ".jpg", "a-journalist/" + "x" * 68 + ".jpg"),
        ("....", "a-journalist/unnamed"),
    ],
)
def test_a_hostile_name_becomes_a_tame_one_and_is_remembered(name: str, kept: str, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    file = source / name.replace("../", "")
    file.write_bytes(saved(scene(64, 64)))
    done("case", "new", tmp_path / "case")
    done("case", "add", tmp_path / "case", file, "--from", "a journalist")
    (photo,) = contents(opened(tmp_path / "case").events).photos
    assert (photo.name, photo.untrusted_name) == (kept, file.name)
    assert (tmp_path / "case" / "data" / "originals" / kept).is_file()
    assert check(tmp_path / "case").faults == ()


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_taken_in(case: Path, tmp_path: Path) -> None:
    (tmp_path / "b.jpg").write_bytes(saved(scene(64, 64, seed=9)))
    result = run("case", "add", case, tmp_path / "none.jpg", tmp_path / "b.jpg", "--from", "a channel")
    assert (result.exit_code, "not taken in" in result.stderr) == (3, True)
    assert len(contents(opened(case).events).photos) == 3


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (("--photo", "9"), "no photo 9"),
        (("--supports", "Z", "--does-not-show", "x"), "no claim 'Z'"),
        (("--supports", "A"), "--does-not-show"),
        (("--supports", "A", "--contradicts", "A", "--does-not-show", "x"), "leans one way"),
    ],
)
def test_a_note_about_nothing_in_the_case_is_refused(case: Path, wrong: tuple[str, ...], words: str) -> None:
    result = run("case", "note", case, "Seen.", "--by", "an editor", *wrong)
    assert (result.exit_code, words in result.stderr) == (2, True)
    assert len(opened(case).events) == 7


def test_a_report_of_another_version_is_no_damage_and_the_next_one_says_that_it_was_not_compared(case: Path) -> None:
    """As if a newer provcheck had written it: a field that this one does not know, and everything else in order."""
    folder = opened(case)
    record = json.loads((case / "data" / "reports" / "r2" / "report.json").read_text())
    record["report"]["case"]["mood"] = "new"
    last = folder.events[-1]
    path = "reports/r3/report.json"
    kept = folder.keep(path, json.dumps(record).encode())
    assert last.report is not None
    folder.with_event(replace(last, files=(kept,), report=replace(last.report, number=3)))
    assert check(case).faults == ()
    done("case", "report", case, "--reason", "again", "--as-of", "2023-08-04", "-q")
    report = read_json((case / "data" / "reports" / "r4" / "report.json").read_text())
    assert report.revision is not None
    assert [change.id for change in report.revision.changes] == ["revision.unread"]


def test_a_second_report_needs_a_reason(case: Path) -> None:
    result = run("case", "report", case)
    assert (result.exit_code, "--reason" in result.stderr) == (2, True)


def test_a_case_in_use_and_a_folder_without_one_are_refused(case: Path, tmp_path: Path) -> None:
    (case / LOCK).touch()
    assert "in use" in run("case", "note", case, "Seen.", "--by", "an editor").stderr
    assert "holds no case" in run("case", "status", tmp_path / "nowhere").stderr
    assert run("case", "new", case).exit_code == 2
    with pytest.raises(ConfigError):
        check(tmp_path)


def test_a_broken_claims_file_leaves_no_case_behind(tmp_path: Path) -> None:
    (tmp_path / "claims.toml").write_text("[[claim]]\n")
    assert run("case", "new", tmp_path / "case", "--claims", tmp_path / "claims.toml").exit_code == 2
    assert not (tmp_path / "case").exists()


def test_what_a_killed_command_left_is_taken_over(case: Path, tmp_path: Path) -> None:
    """Killed between the file and the log: the file is there, and no event names it."""
    data = saved(scene(64, 64, seed=5))
    (tmp_path / "c.jpg").write_bytes(data)
    orphan = case / "data" / "originals" / "a-channel" / "c.jpg"
    orphan.parent.mkdir()
    orphan.write_bytes(data)
    assert [fault.file for fault in check(case).faults] == ["data/originals/a-channel/c.jpg"]
    done("case", "add", case, tmp_path / "c.jpg", "--from", "a channel")
    assert check(case).faults == ()


def test_a_killed_command_s_old_lists_are_named_and_the_next_command_mends_them(case: Path) -> None:
    old = (case / MANIFEST_NAME).read_bytes()
    done("case", "note", case, "Seen.", "--by", "an editor")
    (case / MANIFEST_NAME).write_bytes(old)
    assert [fault.file for fault in check(case).faults] == [MANIFEST_NAME]
    done("case", "note", case, "Seen again.", "--by", "an editor")
    assert check(case).faults == ()


def test_a_public_edition_of_a_case_keeps_its_salt_in_the_log_and_opens_with_it(case: Path, tmp_path: Path) -> None:
    done(
        "report",
        case,
        "--edition",
        "public",
        "--reviewed-by",
        "the picture desk",
        "--format",
        "html,json",
        "--out",
        tmp_path / "public",
    )
    published = contents(opened(case).events).published[-1]
    (tmp_path / "salt").write_text(published.salt)
    internal = case / "data" / "reports" / "r2" / "report.json"
    opened_ = done("verify", tmp_path / "public" / "report.json", "--internal", internal, "--salt", tmp_path / "salt")
    assert "was made of this internal report" in opened_.stdout
    assert "was made of this internal report" in done("verify", tmp_path / "public" / "report.json", "--internal", case).stdout
    assert "--salt" in run("verify", tmp_path / "public" / "report.json", "--internal", internal).stderr
    other = case / "data" / "reports" / "r1" / "report.json"
    assert run("verify", tmp_path / "public" / "report.json", "--internal", other, "--salt", tmp_path / "salt").exit_code == 4
    text = (tmp_path / "public" / "report.json").read_text() + (tmp_path / "public" / "report.html").read_text("utf-8")
    for secret in ("Anna", "Berta", "IMG-1", "Signal", published.salt, published.digest):
        assert secret not in text, secret
    assert "by a person at the desk" in text
    assert check(case).faults == ()


@pytest.mark.parametrize(
    "asked", [("--out", "{case}/views"), ("--out", "{desk}/views", "--edition", "public"), ("--out", "{case}")]
)
def test_nothing_that_the_log_does_not_name_is_written_into_a_case(case: Path, tmp_path: Path, asked: tuple[str, ...]) -> None:
    """It was: the salt of a public edition lay beside the record, and the case's check named it as foreign."""
    wish = [one.format(case=case, desk=tmp_path) for one in asked]
    result = run("report", case / "data" / "reports" / "r2" / "report.json", "--format", "json", *wish)
    assert result.exit_code == 2
    assert "takes in only what its log names" in " ".join(result.output.split())
    drafts = run("redact", case, "--metadata", "--out", case / "drafts")
    assert drafts.exit_code == 2
    assert run("verify", case).exit_code == 0


def test_links_in_a_circle_end_with_a_sentence(case: Path, tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for out in (tmp_path / "circle", tmp_path / "circle" / "views"):
        result = run("report", case, "--format", "md", "--out", out)
        assert result.exit_code == 2
        assert "hoose another folder" in result.output
    drafts = run("redact", case, "--metadata", "--out", tmp_path / "circle" / "drafts")
    assert drafts.exit_code == 2
    assert "choose another folder" in drafts.output


def test_a_log_of_schema_1_0_is_read_and_a_line_of_a_newer_version_is_named_as_that() -> None:
    old = (Path(__file__).parents[2] / "golden" / "case-log-1.0.0.jsonl").read_bytes()
    entries, broken = read(old)
    assert (len(entries), broken) == (9, ())
    assert written(entries) == old
    event = {**json.loads(old.splitlines()[-1])["event"], "number": 10, "weather": "rain"}
    body = json.dumps([entries[-1].digest, event], sort_keys=True, separators=(",", ":"))
    line = {"event": event, "previous": entries[-1].digest, "digest": sha256(body.encode()).hexdigest()}
    assert "newer provcheck" in read(old + json.dumps(line).encode() + b"\n")[1][0].what


def test_a_report_of_a_case_is_written_in_the_language_that_was_asked_for(case: Path) -> None:
    said = done("case", "report", case, "--as-of", "2023-08-04", "--reason", "for the Kyiv desk", "--lang", "uk")
    page = (case / "data" / "reports" / "r3" / "report.html").read_text("utf-8")
    assert '<html lang="uk">' in page
    assert sentence(say("terminal.all-ran"), "uk") in " ".join(said.output.split())
    assert check(case).faults == ()
