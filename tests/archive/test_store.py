"""The archive file: one file at rest, opened where nothing may be written, refused where it is not ours."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from pathlib import Path
from tempfile import gettempdir

import pytest

from provcheck.archive import create_archive, open_archive, search_archives
from provcheck.archive.schema import VERSION
from provcheck.domain.archive import Search, Searched, Use
from provcheck.domain.errors import ArchiveError, IntegrityError
from provcheck.domain.reading import Absent, Found
from tests.archive.archives import VIEW, entry, filled, prints


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_archive(tmp_path / "seen.archive")
    return tmp_path / "seen.archive"


def test_the_number_of_a_removed_photo_is_never_given_again(path: Path) -> None:
    """An index file that still names the number must not find another photo by it."""
    with open_archive(filled(path, entry(1), entry(2)), writable=True) as archive:
        archive.remove(entry(2).sha256)
        archive.add([entry(3)])
    rows = sqlite3.connect(path).execute("SELECT id FROM photo ORDER BY id").fetchall()
    assert rows == [(1,), (3,)]


def test_closing_leaves_one_file(path: Path) -> None:
    with open_archive(filled(path, entry(1)), writable=True) as archive:
        archive.add([entry(2)])
    with open_archive(path) as archive:
        archive.search(prints(1))
    assert [file.name for file in path.parent.iterdir()] == ["seen.archive"]


def test_reading_changes_no_byte(path: Path) -> None:
    filled(path, entry(1))
    before = path.read_bytes()
    with open_archive(path) as archive:
        archive.search(prints(1))
        archive.info()
    assert path.read_bytes() == before


READ_ONLY = """
import os, sys
from pathlib import Path
from provcheck.archive import open_archive
if os.geteuid() == 0:
    os.setuid(65534)  # root may write everywhere
with open_archive(Path(sys.argv[1])) as archive:
    print(archive.info().photos)
try:
    open_archive(Path(sys.argv[1]), writable=True)
except Exception as refused:
    print(refused)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no write permission there")
def test_a_read_only_place_can_be_searched(path: Path) -> None:
    filled(path, entry(1))
    folder = path.parent
    for parent in (folder, *folder.parents):
        if Path(gettempdir()) in parent.parents:  # another user must be able to come here
            parent.chmod(0o755)
    folder.chmod(0o555)
    path.chmod(0o444)
    try:
        done = subprocess.run([sys.executable, "-c", READ_ONLY, str(path)], capture_output=True, text=True, check=False)
    finally:
        folder.chmod(0o755)
    assert done.stdout.splitlines()[0] == "1", done.stderr
    assert "read-only" in done.stdout
    assert [file.name for file in folder.iterdir()] == ["seen.archive"]


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    sqlite3.connect(other).execute("CREATE TABLE t (x)").connection.close()
    (tmp_path / "text").write_text("hello")
    (tmp_path / "empty").write_text("")
    for name in ("other.sqlite", "text", "empty"):
        with pytest.raises(ArchiveError, match="is not a provcheck archive"):
            open_archive(tmp_path / name)
    with pytest.raises(ArchiveError, match="cannot be read"):
        open_archive(tmp_path)
    with pytest.raises(ArchiveError, match="archive create"):
        open_archive(tmp_path / "none")


def test_a_newer_schema_is_refused(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(ArchiveError, match="newer provcheck"):
        open_archive(path)


def test_foreign_tables_under_our_name_are_refused(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TRIGGER more AFTER INSERT ON use BEGIN DELETE FROM photo; END")
    connection.close()
    with pytest.raises(ArchiveError, match="other tables"):
        open_archive(path)


def test_a_damaged_archive_is_an_error_not_a_silence(path: Path) -> None:
    filled(path, *(entry(n) for n in range(200)))
    data = bytearray(path.read_bytes())
    data[8192:] = b"\x55" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=r"seen\.archive"), open_archive(path) as archive:
        archive.search(prints(1))


def test_an_existing_file_is_not_overwritten(path: Path) -> None:
    with pytest.raises(ArchiveError, match="exists already"):
        create_archive(path)


def test_info_is_a_plain_value(path: Path) -> None:
    with open_archive(path) as archive:
        assert archive.info() == Searched("seen", 0, None, archive.info().digest)


def test_the_digest_depends_on_content_alone(tmp_path: Path) -> None:
    entries = [entry(n, view=VIEW if n % 2 else None) for n in range(20)]
    digests = set()
    for name in ("one", "two"):
        create_archive(tmp_path / name)
        random.Random(name).shuffle(entries)
        with open_archive(tmp_path / name, writable=True) as archive:
            archive.add(entries[:7])
            archive.add(entries[7:])
            digests.add(archive.info().digest)
            archive.add([entry(0)])
            digests.add(archive.info().digest)
    assert len(digests) == 1


def test_an_empty_archive_is_absent_not_without_a_match(path: Path, tmp_path: Path) -> None:
    create_archive(tmp_path / "full.archive")
    with open_archive(path) as empty, open_archive(filled(tmp_path / "full.archive", entry(1))) as full:
        assert search_archives([], Found(prints(1))) == Absent()
        assert search_archives([empty], Found(prints(1))) == Absent()
        assert search_archives([empty, full], Found(prints(2))) == Found(Search((empty.info(), full.info()), 31, ()))


def test_a_removed_photo_leaves_no_trace(path: Path) -> None:
    secret = Use("https://secret.example/source", "publisher-to-forget")
    with open_archive(filled(path, entry(2)), writable=True) as archive:
        before = archive.info()
        archive.add([entry(1, secret, view=VIEW)])
        assert archive.remove(entry(1).sha256)
        assert not archive.remove(entry(1).sha256)
        assert archive.info() == before == archive.verify()
        assert archive.search(prints(1)) == ()
    data = path.read_bytes()
    for trace in (b"secret.example", b"publisher-to-forget", entry(1).sha256.encode(), VIEW.data):
        assert trace not in data


def test_a_change_by_another_program_is_noticed(path: Path) -> None:
    filled(path, entry(1), entry(2))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("UPDATE use SET published = '2001-01-01' WHERE photo = 1")
    other.close()
    with open_archive(path) as archive, pytest.raises(IntegrityError, match="changed by another program"):
        archive.verify()
