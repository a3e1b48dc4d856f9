"""An archive that is open finds what came since: photo by photo, and from other writers too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from provcheck.archive import create_archive, kinds, open_archive
from tests.archive.archives import entry, prints


@pytest.fixture
def seen(tmp_path: Path) -> Path:
    create_archive(tmp_path / "seen")
    return tmp_path / "seen"


@pytest.mark.parametrize("limit", [20_000, 7])
def test_photos_are_found_as_they_come_one_by_one(seen: Path, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provcheck.archive.store.HASHES", replace(kinds.HASHES, limit=limit))
    with open_archive(seen, writable=True) as archive:
        for number in range(40):
            assert archive.search(prints(number)) == ()
            archive.add([entry(number)])
            assert all(len(archive.search(prints(earlier))) == 1 for earlier in range(number + 1))


def test_the_runs_in_memory_stay_few(seen: Path) -> None:
    with open_archive(seen, writable=True) as archive:
        for number in range(64):
            archive.add([entry(number)])
            archive.search(prints(number))
        assert len(archive._hashes) <= 6  # type: ignore[attr-defined]


def test_what_another_writer_adds_and_removes_is_seen(seen: Path) -> None:
    with open_archive(seen) as reader, open_archive(seen, writable=True) as writer:
        assert reader.search(prints(1)) == ()
        writer.add([entry(1), entry(2)])
        assert len(reader.search(prints(1))) == 1
        writer.remove(entry(1).sha256)
        assert (reader.search(prints(1)), len(reader.search(prints(2)))) == ((), 1)
