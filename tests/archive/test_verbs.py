"""Every verb does the same, whether a file keeps the archive or a server: every photo once, with all its uses, and found again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from provcheck.archive import Added, Entry, create_archive, open_archive, search_archives
from provcheck.domain.archive import Use
from provcheck.domain.errors import ArchiveError
from provcheck.domain.fingerprint import Fingerprints, Turn
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import say
from tests.archive.archives import VIEW, entry, filled, flipped, prints, seen_as


def test_an_added_photo_is_found_with_its_use_and_view(where: str | Path) -> None:
    kept = entry(1, view=VIEW)
    with open_archive(filled(where, kept)) as archive:
        (match,) = archive.search(prints(1))
    assert (match.archive, match.name, match.sha256) == ("seen", "photo-1.jpg", kept.sha256)
    assert (match.distance, match.turn, match.uses, match.view) == (0, Turn.NONE, (kept.use,), Found(VIEW))
    assert match.earliest == date(2022, 1, 2)


def test_31_bits_is_within_the_radius_and_32_is_not(where: str | Path) -> None:
    pdq = prints(1).pdq[0]
    with open_archive(filled(where, entry(1), entry(2))) as archive:
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
def test_the_turn_is_what_was_done_to_the_archived_picture(where: str | Path, orientation: int, turn: Turn) -> None:
    with open_archive(filled(where, entry(1))) as archive:
        (match,) = archive.search(seen_as(flipped(prints(1).pdq[0], 3, 200), orientation))
    assert (match.distance, match.turn) == (2, turn)


def test_the_same_bytes_twice_add_a_use_not_a_photo(where: str | Path) -> None:
    earlier = Use("https://old.example", "Another paper", date(2019, 5, 6))
    with open_archive(where, writable=True) as archive:
        assert archive.add([entry(1)]) == Added(photos=1, uses=1, known=0)
        assert archive.add([entry(1, earlier), entry(1)]) == Added(photos=0, uses=1, known=2)
        (match,) = archive.search(prints(1))
    assert match.uses == (earlier, entry(1).use)


def test_undated_uses_come_last_and_an_unsaid_use_is_none(where: str | Path) -> None:
    undated = Use("https://undated.example")
    with open_archive(filled(where, entry(1, undated), entry(1), entry(1, Use()))) as archive:
        (match,) = archive.search(prints(1))
    assert match.uses == (entry(1).use, undated)


def test_matches_are_nearest_first_then_by_name(where: str | Path) -> None:
    same = prints(1)
    entries = [Entry(f"{n:064x}", name, 10, 10, same) for n, name in enumerate("cab")]
    near = Entry("f" * 64, "z", 10, 10, seen_as(flipped(same.pdq[0], 0)))
    with open_archive(filled(where, near, *entries)) as archive:
        assert [match.name for match in archive.search(same)] == ["a", "b", "c", "z"]


def test_a_failed_batch_leaves_nothing(where: str | Path) -> None:
    broken = Entry("a" * 64, "broken", 1, 1, seen_as("00"))
    with open_archive(where, writable=True) as archive:
        before = archive.info()
        with pytest.raises(ArchiveError):
            archive.add([entry(1), broken])
        assert archive.info() == before
        assert archive.search(prints(1)) == ()


def test_the_digest_follows_a_single_use(where: str | Path) -> None:
    with open_archive(filled(where, entry(1)), writable=True) as archive:
        before = archive.info().digest
        archive.add([entry(1, Use(credit="someone else"))])
        assert archive.info().digest != before


def test_info_counts_photos_and_knows_the_latest_date(where: str | Path) -> None:
    with open_archive(filled(where, entry(1), entry(5), entry(3))) as archive:
        info = archive.info()
    assert (info.name, info.photos, info.latest) == ("seen", 3, date(2022, 1, 6))


def test_a_picture_without_fingerprints_cannot_be_searched(where: str | Path) -> None:
    flat = Unreadable(say("reuse.too-flat", quality=0, least=50))
    with open_archive(filled(where, entry(1))) as archive:
        assert search_archives([archive], flat) == flat


def test_a_reader_sees_what_a_writer_commits(where: str | Path) -> None:
    with open_archive(where) as reader, open_archive(where, writable=True) as writer:
        assert reader.info().photos == 0
        writer.add([entry(1)])
        assert reader.info().photos == 1
        assert [match.name for match in reader.search(prints(1))] == ["photo-1.jpg"]


def test_a_reader_cannot_write(where: str | Path) -> None:
    with open_archive(where) as archive, pytest.raises(ArchiveError, match="seen"):
        archive.add([entry(1)])


def test_two_writers_at_once_lose_nothing(where: str | Path) -> None:
    def write(first: int) -> None:
        with open_archive(where, writable=True) as archive:
            for n in range(first, first + 15):
                archive.add([entry(n)])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (0, 10)))
    with open_archive(where) as archive:
        assert archive.info().photos == 25


def test_names_that_are_no_unicode_are_kept_readable(where: str | Path) -> None:
    with open_archive(filled(where, entry(1, name="photo-\udcff.jpg"))) as archive:
        assert archive.search(prints(1))[0].name == "photo-?.jpg"


def test_rebuilding_changes_no_entry(where: str | Path) -> None:
    with open_archive(filled(where, entry(1), entry(2)), writable=True) as archive:
        before = archive.info()
        assert archive.rebuild() == before == archive.verify()
        assert [match.name for match in archive.search(prints(2))] == ["photo-2.jpg"]


def test_a_removed_photo_is_gone_with_all_that_was_kept_of_it(where: str | Path) -> None:
    with open_archive(filled(where, entry(2)), writable=True) as archive:
        before = archive.info()
        archive.add([entry(1, Use("https://secret.example/source", "publisher-to-forget"), view=VIEW)])
        assert archive.remove(entry(1).sha256)
        assert not archive.remove(entry(1).sha256)
        assert not archive.remove("no digest")
        assert archive.info() == before == archive.verify()
        assert archive.search(prints(1)) == ()
        assert [record.sha256 for record in archive.records()] == [entry(2).sha256]


def test_what_one_archive_holds_goes_whole_into_another(where: str | Path, tmp_path: Path) -> None:
    create_archive(tmp_path / "other")
    bare = Entry(f"pdq:{prints(4).pdq[0]}", "hash alone", 0, 0, Fingerprints("", "", prints(4).pdq[:1], 100))
    filled(where, entry(1, view=VIEW), entry(2, Use()), bare)
    with open_archive(where, writable=True) as one, open_archive(tmp_path / "other", writable=True) as other:
        assert other.merge(one) == Added(photos=3, uses=1, known=0)
        assert other.verify().digest == one.verify().digest
        assert sorted(other.records(), key=repr) == sorted(one.records(), key=repr)
        other.add([entry(3)])
        assert one.merge(other) == Added(photos=1, uses=1, known=3)
        assert other.verify().digest == one.verify().digest


def test_two_writers_of_the_same_photos_keep_each_once(where: str | Path) -> None:
    def write(backwards: bool) -> Added:
        with open_archive(where, writable=True) as archive:
            entries = [entry(n, Use(publisher=str(backwards))) for n in range(40)]
            return archive.add(reversed(entries) if backwards else entries)

    with ThreadPoolExecutor(2) as pool:
        added = list(pool.map(write, (False, True)))
    assert sum(one.photos for one in added) == 40
    assert sum(one.uses for one in added) == 80
    with open_archive(where) as archive:
        assert archive.verify().photos == 40


def test_an_address_too_long_for_an_index_is_kept(where: str | Path) -> None:
    use = Use("https://long.example/" + "".join(f"{n:06x}" for n in range(3000)))
    with open_archive(filled(where, entry(1, use), entry(1, use))) as archive:
        (match,) = archive.search(prints(1))
    assert match.uses == (use,)


def test_what_no_database_takes_as_text_is_replaced(where: str | Path) -> None:
    with open_archive(filled(where, entry(1, Use(publisher="a\0b\udcff"), name="a\0.jpg"))) as archive:
        (match,) = archive.search(prints(1))
    assert (match.name, match.uses[0].publisher) == ("a\ufffd.jpg", "a\ufffdb?")


def alone(seed: int, use: Use = Use()) -> Entry:  # noqa: B008  # a frozen value
    """The hash of a photo, as a list without digests and pictures has it."""
    return replace(entry(seed, use), sha256=f"pdq:{prints(seed).pdq[0]}", name="listed")


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 0, 1), (1, 2, 0)])
def test_a_hash_without_its_picture_is_the_photo_of_that_hash_whichever_came_first(
    where: str | Path, order: tuple[int, ...]
) -> None:
    """Importing an archive's hashes as PDQ lines beside its photos doubled every entry."""
    listed = Use("https://list.example", "A list", date(2020, 1, 1))
    given = [entry(1), alone(1), alone(1, listed)]
    for at in order:
        filled(where, given[at])
    filled(where, alone(2), entry(3))
    with open_archive(where) as archive:
        assert archive.verify().photos == 3
        (match,) = archive.search(seen_as(prints(1).pdq[0]))
        assert match.sha256 == entry(1).sha256
        assert match.uses == (listed, entry(1).use)
        assert {one.sha256 for one in archive.hashes()} == {entry(1).sha256, entry(3).sha256, alone(2).sha256}


def test_a_list_of_what_is_known_adds_no_photo(where: str | Path) -> None:
    filled(where, entry(1), alone(2))
    with open_archive(where, writable=True) as archive:
        assert archive.add([alone(1), alone(2)]) == Added(0, 0, 2)
        assert archive.add([entry(2)]) == Added(1, 1, 0)
        assert archive.verify().photos == 2
