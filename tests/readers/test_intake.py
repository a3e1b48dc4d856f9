"""Files are opened once, regular ones only, and every file that is named or walked is accounted for."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from provcheck.domain.reading import Found, Unreadable
from provcheck.readers.intake import take, walk

LIMIT = 1000


def names(*paths: Path) -> list[str]:
    return [submission.name for submission in walk(paths)]


def refusal(path: Path) -> str:
    taken = take(path, LIMIT)
    assert isinstance(taken, Unreadable)
    return taken.reason.id


def test_the_hash_is_of_the_bytes_that_are_handed_on(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"some bytes")
    taken = take(tmp_path / "a.jpg", LIMIT)
    assert isinstance(taken, Found)
    assert taken.value.data == b"some bytes"
    assert taken.value.sha256 == hashlib.sha256(b"some bytes").hexdigest()


def test_a_file_at_the_limit_is_taken_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    (tmp_path / "at").write_bytes(bytes(LIMIT))
    (tmp_path / "over").write_bytes(bytes(LIMIT + 1))
    assert isinstance(take(tmp_path / "at", LIMIT), Found)
    assert refusal(tmp_path / "over") == "intake.too-large"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    assert refusal(tmp_path / "empty.jpg") == "intake.empty"


def test_a_missing_file_is_refused_with_its_reason(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.jpg") == "intake.not-found"


def test_a_nul_in_a_name_is_a_reason_and_no_crash() -> None:
    assert refusal(Path("a\0b.jpg")) == "intake.not-opened"


def test_a_folder_is_no_regular_file(tmp_path: Path) -> None:
    assert refusal(tmp_path) in {"intake.not-regular", "intake.not-permitted", "intake.not-opened"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "target.jpg").write_bytes(b"x")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "target.jpg")
    assert refusal(tmp_path / "link.jpg") == "intake.link"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert refusal(tmp_path / "pipe.jpg") == "intake.not-regular"


def test_one_folder_is_walked_in_order_with_names_relative_to_it(tmp_path: Path) -> None:
    for name in ("b.jpg", "a.jpg", "inner/c.jpg", "B.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert names(tmp_path) == ["B.jpg", "a.jpg", "b.jpg", "inner/c.jpg"]


def test_several_paths_are_called_from_the_folder_that_holds_them_all(tmp_path: Path) -> None:
    """A report with somebody's home folder in it gives away who they are."""
    (tmp_path / "one").mkdir()
    for name in ("one/a.jpg", "two.jpg"):
        (tmp_path / name).write_bytes(b"x")
    assert [one.name for one in walk((tmp_path / "two.jpg", tmp_path / "one"))] == ["two.jpg", "one/a.jpg"]
    assert [one.name for one in walk((tmp_path / "one" / "a.jpg", tmp_path / "one" / "gone.jpg"))] == ["a.jpg", "gone.jpg"]


def test_how_a_path_was_written_changes_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.jpg").write_bytes(b"x")
    (tmp_path / "b.jpg").write_bytes(b"x")
    monkeypatch.chdir(tmp_path / "one")
    assert [one.name for one in walk((Path(), Path("../b.jpg")))] == ["one/a.jpg", "b.jpg"]


def test_a_single_file_is_called_by_its_name_alone(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    assert names(tmp_path / "a.jpg") == ["a.jpg"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_to_a_folder_is_a_row_and_is_not_walked(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "a.jpg").touch()
    assert names(tmp_path) == ["a.jpg", "loop"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes as a name")
def test_a_name_that_is_no_text_is_shown_with_escapes(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jpg")).touch()
    assert names(tmp_path) == ["caf\\xe9.jpg"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_cannot_be_listed_is_a_row_with_its_trouble(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (submission,) = walk((tmp_path,))
    assert submission.trouble is not None
    assert submission.trouble.id == "intake.not-permitted"
