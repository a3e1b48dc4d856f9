"""Index files beside an archive give what the archive itself gives, whatever becomes of them."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from provcheck.archive import create_archive
from provcheck.archive.index import BANDS
from provcheck.archive.kinds import HASHES, PARTS
from provcheck.archive.mapped import Array, read, write
from provcheck.archive.segments import Rows, grow, rest, runs
from provcheck.archive.store import FileArchive, open_file
from provcheck.domain.errors import ArchiveError
from tests.archive.archives import entry, flipped, prints, seen_as

SMALL = replace(HASHES, limit=40, longest=400)  # so that a few photos make a run


@pytest.fixture
def archive(tmp_path: Path) -> FileArchive:
    create_archive(tmp_path / "old.pvx")
    return open_file(tmp_path / "old.pvx", writable=True)


def _add(archive: FileArchive, first: int, last: int) -> None:
    archive.add([entry(seed) for seed in range(first, last + 1)])


def _grown(archive: FileArchive) -> list[tuple[int, int]]:
    grow(SMALL, archive._path, archive._connection)
    return _covered(archive)


def _covered(archive: FileArchive) -> list[tuple[int, int]]:
    return [(run.first, run.last) for run in runs(SMALL, archive._path, archive._connection)]


def _files(archive: FileArchive) -> list[Path]:
    return sorted(archive._path.with_name("old.pvx.index").glob("*"))


def test_a_small_archive_has_no_index_files(archive: FileArchive) -> None:
    _add(archive, 1, 40)
    assert _grown(archive) == []
    assert _files(archive) == []


def test_what_follows_a_run_is_merged_with_it_until_the_run_is_four_times_longer(archive: FileArchive) -> None:
    _add(archive, 1, 50)
    assert _grown(archive) == [(1, 50)]
    _add(archive, 51, 120)
    assert _grown(archive) == [(1, 120)]
    _add(archive, 121, 300)
    _add(archive, 301, 345)
    assert _grown(archive) == [(1, 345)]
    _add(archive, 346, 390)
    assert _grown(archive) == [(1, 345), (346, 390)]
    assert len(_files(archive)) == 2


def test_no_run_is_longer_than_the_longest(archive: FileArchive) -> None:
    _add(archive, 1, 900)
    assert _grown(archive) == [(1, 400), (401, 800), (801, 900)]


@pytest.mark.parametrize("damage", ["cut", "empty", "noise", "gone"])
def test_a_broken_index_file_is_as_if_it_were_not_there(archive: FileArchive, damage: str) -> None:
    _add(archive, 1, 100)
    _grown(archive)
    (file,) = _files(archive)
    whole = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes({"cut": whole[: len(whole) // 2], "empty": b"", "noise": random.Random(1).randbytes(4000)}[damage])
    assert _covered(archive) == []
    assert len(list(rest(SMALL, archive._connection, []))) == 100


def test_index_files_of_another_archive_of_that_name_are_passed_over(archive: FileArchive, tmp_path: Path) -> None:
    _add(archive, 1, 100)
    _grown(archive)
    (tmp_path / "other").mkdir()
    create_archive(tmp_path / "other/old.pvx")
    shutil.copytree(tmp_path / "old.pvx.index", tmp_path / "other/old.pvx.index")
    with open_file(tmp_path / "other/old.pvx", writable=True) as other:
        _add(other, 201, 300)
        assert _covered(other) == []


def test_index_files_of_a_copy_that_went_its_own_way_are_passed_over(archive: FileArchive, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    archive._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(tmp_path / "old.pvx", tmp_path / "copy/old.pvx")
    _add(archive, 1, 100)
    _grown(archive)
    shutil.copytree(tmp_path / "old.pvx.index", tmp_path / "copy/old.pvx.index")
    with open_file(tmp_path / "copy/old.pvx", writable=True) as copy:
        _add(copy, 201, 300)
        assert _covered(copy) == []


def test_a_removed_photo_is_erased_from_the_index_files(archive: FileArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provcheck.archive.store.HASHES", SMALL)
    _add(archive, 1, 100)
    pdq = prints(30).pdq[0]
    assert [match.name for match in archive.search(seen_as(flipped(pdq, 3)))] == ["photo-30.jpg"]
    (file,) = _files(archive)
    assert bytes.fromhex(pdq) in file.read_bytes()
    assert archive.remove(entry(30).sha256)
    assert bytes.fromhex(pdq) not in file.read_bytes()
    index = read(file).arrays
    assert all(29 not in index["order"][band] for band in range(BANDS))
    assert archive.search(seen_as(flipped(pdq, 3))) == ()
    for seed in range(1, 101):
        found = [match.name for match in archive.search(seen_as(flipped(prints(seed).pdq[0], 1, 2)))]
        assert found == ([] if seed == 30 else [f"photo-{seed}.jpg"])


def test_an_index_file_that_points_nowhere_is_named_with_the_remedy(archive: FileArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provcheck.archive.store.HASHES", SMALL)
    _add(archive, 1, 100)
    archive.search(prints(1))
    archive.close()
    (file,) = _files(archive)
    read(file, writable=True).arrays["order"][:] = 4_000_000_000
    with open_file(archive._path) as again, pytest.raises(ArchiveError, match="provcheck archive rebuild"):
        again.search(prints(1))
    with open_file(archive._path, writable=True) as writer:
        writer.rebuild()
        assert [match.name for match in writer.search(prints(1))] == ["photo-1.jpg"]


def test_a_rebuild_makes_the_index_files_anew(archive: FileArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provcheck.archive.store.HASHES", SMALL)
    _add(archive, 1, 100)
    archive.search(prints(1))
    (file,) = _files(archive)
    file.write_bytes(b"noise")
    archive.rebuild()
    assert _covered(archive) == [(1, 100)]


def test_a_file_is_replaced_at_once_or_not_at_all(tmp_path: Path) -> None:
    words = read_back = HASHES.made(iter([(1, bytes(range(32)))]))
    write(tmp_path / "one.seg", {"key": "a"}, words)
    with pytest.raises(AttributeError):
        write(tmp_path / "one.seg", {"key": "b"}, {**words, "broken": None})  # type: ignore[dict-item]
    read_back = read(tmp_path / "one.seg").arrays
    assert read(tmp_path / "one.seg").facts == {"key": "a"}
    assert (read_back["words"] == words["words"]).all()
    assert [path.name for path in tmp_path.iterdir()] == ["one.seg"]


def test_files_are_made_while_photos_are_added(archive: FileArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provcheck.archive.growth.PARTS", replace(PARTS, limit=20))
    monkeypatch.setattr("provcheck.archive.growth.HASHES", replace(HASHES, limit=20))
    for first in range(1, 121, 10):
        _add(archive, first, first + 9)
    archive.close()
    assert [path.name.partition("-")[0] for path in _files(archive)] == ["hashes", "parts"]
    with open_file(archive._path) as again:
        assert all(len(again.search(prints(seed))) == 1 for seed in range(1, 121))


def test_a_photo_that_is_removed_while_a_file_is_made_is_not_in_it(archive: FileArchive) -> None:
    _add(archive, 1, 50)
    gone = [entry(seed).sha256 for seed in (7, 9)]

    def made(rows: Rows) -> dict[str, Array]:
        arrays = HASHES.made(rows)
        if gone:
            archive.remove(gone.pop())
        return arrays

    grow(replace(SMALL, made=made), archive._path, archive._connection)
    (path,) = _files(archive)
    assert sorted({*range(1, 51)} - set(read(path).arrays["ids"].tolist())) == [7, 9]


def test_a_search_does_not_wait_for_the_thread_nor_do_its_work_again(archive: FileArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = Event()

    def made(rows: Rows) -> dict[str, Array]:
        arrays = HASHES.made(rows)
        assert let_go.wait(30)
        return arrays

    monkeypatch.setattr("provcheck.archive.growth.PARTS", replace(PARTS, limit=20))
    monkeypatch.setattr("provcheck.archive.growth.HASHES", replace(HASHES, limit=20, made=made))
    monkeypatch.setattr("provcheck.archive.store.HASHES", replace(HASHES, limit=20))
    assert archive.search(prints(1)) == ()
    _add(archive, 1, 60)
    assert len(archive.search(prints(60))) == 1
    assert [path for path in _files(archive) if path.suffix == ".seg"] == []
    let_go.set()
    archive.close()
    assert len(_files(archive)) == 2
