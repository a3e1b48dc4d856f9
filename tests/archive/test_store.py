"""The archive keeps every photo once with all its uses, and finds it again."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from tempfile import gettempdir

import pytest

from provcheck.archive import Added, Entry, create_archive, open_archive, search_archives
from provcheck.archive.schema import VERSION
from provcheck.domain.archive import Search, Searched, Use
from provcheck.domain.errors import ArchiveError, IntegrityError
from provcheck.domain.fingerprint import Turn
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.text import say
from tests.archive.archives import VIEW, entry, flipped, prints, seen_as


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_archive(tmp_path / "seen.archive")
    return tmp_path / "seen.archive"


def _filled(path: Path, *entries: Entry) -> Path:
    with open_archive(path, writable=True) as archive:
        archive.add(entries)
    return path


def test_an_added_photo_is_found_with_its_use_and_view(path: Path) -> None:
    kept = entry(1, view=VIEW)
    with open_archive(_filled(path, kept)) as archive:
        (match,) = archive.search(prints(1))
    assert (match.archive, match.name, match.sha256) == ("seen", "photo-1.jpg", kept.sha256)
    assert (match.distance, match.turn, match.uses, match.view) == (0, Turn.NONE, (kept.use,), Found(VIEW))
    assert match.earliest == date(2022, 1, 2)


def test_31_bits_is_within_the_radius_and_32_is_not(path: Path) -> None:
    pdq = prints(1).pdq[0]
    with open_archive(_filled(path, entry(1), entry(2))) as archive:
        assert [match.distance for match in archive.search(seen_as(flipped(pdq, *range(31))))] == [31]
        assert archive.search(seen_as(flipped(pdq, *range(32)))) == ()


@pytest.mark.parametrize(
    ("orientation", "turn"),
    [
        (1, Turn.ROTATE_270),  # the submitted picture turned by 90 is the archived one: the archived one was turned by 270
        (2, Turn.ROTATE_180),
        (3, Turn.ROTATE_90),
        (4, Turn.MIRROR),
        (5, Turn.MIRROR_90),
        (6, Turn.MIRROR_180),
        (7, Turn.MIRROR_270),
    ],
)
def test_the_turn_is_what_was_done_to_the_archived_picture(path: Path, orientation: int, turn: Turn) -> None:
    with open_archive(_filled(path, entry(1))) as archive:
        (match,) = archive.search(seen_as(flipped(prints(1).pdq[0], 3, 200), orientation))
    assert (match.distance, match.turn) == (2, turn)


def test_the_number_of_a_removed_photo_is_never_given_again(path: Path) -> None:
    """An index file that still names the number must not find another photo by it."""
    with open_archive(_filled(path, entry(1), entry(2)), writable=True) as archive:
        archive.remove(entry(2).sha256)
        archive.add([entry(3)])
    rows = sqlite3.connect(path).execute("SELECT id FROM photo ORDER BY id").fetchall()
    assert rows == [(1,), (3,)]


def test_the_same_bytes_twice_add_a_use_not_a_photo(path: Path) -> None:
    earlier = Use("https://old.example", "Another paper", date(2019, 5, 6))
    with open_archive(path, writable=True) as archive:
        assert archive.add([entry(1)]) == Added(photos=1, uses=1, known=0)
        assert archive.add([entry(1, earlier), entry(1)]) == Added(photos=0, uses=1, known=2)
        (match,) = archive.search(prints(1))
    assert match.uses == (earlier, entry(1).use)


def test_undated_uses_come_last_and_an_unsaid_use_is_none(path: Path) -> None:
    undated = Use("https://undated.example")
    with open_archive(_filled(path, entry(1, undated), entry(1), entry(1, Use()))) as archive:
        (match,) = archive.search(prints(1))
    assert match.uses == (entry(1).use, undated)


def test_matches_are_nearest_first_then_by_name(path: Path) -> None:
    same = prints(1)
    entries = [Entry(f"{n:064x}", name, 10, 10, same) for n, name in enumerate("cab")]
    near = Entry("f" * 64, "z", 10, 10, seen_as(flipped(same.pdq[0], 0)))
    with open_archive(_filled(path, near, *entries)) as archive:
        assert [match.name for match in archive.search(same)] == ["a", "b", "c", "z"]


def test_a_failed_batch_leaves_nothing(path: Path) -> None:
    broken = Entry("a" * 64, "broken", 1, 1, seen_as("00"))
    with open_archive(path, writable=True) as archive:
        before = archive.info()
        with pytest.raises(ArchiveError):
            archive.add([entry(1), broken])
        assert archive.info() == before
        assert archive.search(prints(1)) == ()


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


def test_the_digest_follows_a_single_use(path: Path) -> None:
    with open_archive(_filled(path, entry(1)), writable=True) as archive:
        before = archive.info().digest
        archive.add([entry(1, Use(credit="someone else"))])
        assert archive.info().digest != before


def test_info_counts_photos_and_knows_the_latest_date(path: Path) -> None:
    with open_archive(_filled(path, entry(1), entry(5), entry(3))) as archive:
        info = archive.info()
    assert (info.name, info.photos, info.latest) == ("seen", 3, date(2022, 1, 6))


def test_an_empty_archive_is_absent_not_without_a_match(path: Path, tmp_path: Path) -> None:
    create_archive(tmp_path / "full.archive")
    with open_archive(path) as empty, open_archive(_filled(tmp_path / "full.archive", entry(1))) as full:
        assert search_archives([], Found(prints(1))) == Absent()
        assert search_archives([empty], Found(prints(1))) == Absent()
        assert search_archives([empty, full], Found(prints(2))) == Found(Search((empty.info(), full.info()), 31, ()))


def test_a_picture_without_fingerprints_cannot_be_searched(path: Path) -> None:
    flat = Unreadable(say("reuse.too-flat", quality=0, least=50))
    with open_archive(_filled(path, entry(1))) as archive:
        assert search_archives([archive], flat) == flat


def test_closing_leaves_one_file(path: Path) -> None:
    with open_archive(_filled(path, entry(1)), writable=True) as archive:
        archive.add([entry(2)])
    with open_archive(path) as archive:
        archive.search(prints(1))
    assert [file.name for file in path.parent.iterdir()] == ["seen.archive"]


def test_reading_changes_no_byte(path: Path) -> None:
    before = _filled(path, entry(1)).read_bytes()
    with open_archive(path) as archive:
        archive.search(prints(1))
        archive.info()
    assert path.read_bytes() == before


def test_a_reader_sees_what_a_writer_commits(path: Path) -> None:
    with open_archive(path) as reader, open_archive(path, writable=True) as writer:
        assert reader.info().photos == 0
        writer.add([entry(1)])
        assert reader.info().photos == 1
        assert [match.name for match in reader.search(prints(1))] == ["photo-1.jpg"]


def test_a_reader_cannot_write(path: Path) -> None:
    with open_archive(path) as archive, pytest.raises(ArchiveError, match=r"seen\.archive"):
        archive.add([entry(1)])


def test_two_writers_at_once_lose_nothing(path: Path) -> None:
    def write(first: int) -> None:
        with open_archive(path, writable=True) as archive:
            for n in range(first, first + 15):
                archive.add([entry(n)])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (0, 10)))
    with open_archive(path) as archive:
        assert archive.info().photos == 25


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
    _filled(path, entry(1))
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
    _filled(path, *(entry(n) for n in range(200)))
    data = bytearray(path.read_bytes())
    data[8192:] = b"\x55" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=r"seen\.archive"), open_archive(path) as archive:
        archive.search(prints(1))


def test_an_existing_file_is_not_overwritten(path: Path) -> None:
    with pytest.raises(ArchiveError, match="exists already"):
        create_archive(path)


def test_names_that_are_no_unicode_are_kept_readable(path: Path) -> None:
    with open_archive(_filled(path, entry(1, name="photo-\udcff.jpg"))) as archive:
        assert archive.search(prints(1))[0].name == "photo-?.jpg"


def test_info_is_a_plain_value(path: Path) -> None:
    with open_archive(path) as archive:
        assert archive.info() == Searched("seen", 0, None, archive.info().digest)


def test_a_removed_photo_leaves_no_trace(path: Path) -> None:
    secret = Use("https://secret.example/source", "publisher-to-forget")
    with open_archive(_filled(path, entry(2)), writable=True) as archive:
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
    _filled(path, entry(1), entry(2))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("UPDATE use SET published = '2001-01-01' WHERE photo = 1")
    other.close()
    with open_archive(path) as archive, pytest.raises(IntegrityError, match="changed by another program"):
        archive.verify()


def test_rebuilding_changes_no_entry(path: Path) -> None:
    with open_archive(_filled(path, entry(1), entry(2)), writable=True) as archive:
        before = archive.info()
        assert archive.rebuild() == before == archive.verify()
        assert [match.name for match in archive.search(prints(2))] == ["photo-2.jpg"]
