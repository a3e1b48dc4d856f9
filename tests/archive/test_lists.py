"""Hash lists leave and enter an archive without the pictures, and archives merge."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from provcheck.archive import Added, create_archive, open_archive
from provcheck.archive.lists import Form, read_hashes, write_hashes
from provcheck.domain.archive import Use
from provcheck.domain.errors import ConfigError
from tests.archive.archives import VIEW, entry, prints

ZEROS = "0" * 64


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    for name, seeds in (("one", (1, 2)), ("two", (2, 3))):
        create_archive(tmp_path / name)
        with open_archive(tmp_path / name, writable=True) as archive:
            archive.add(entry(seed, view=VIEW) for seed in seeds)
    return tmp_path / "one", tmp_path / "two"


def test_merged_archives_hold_every_photo_once(two: tuple[Path, Path], tmp_path: Path) -> None:
    with open_archive(two[0], writable=True) as one, open_archive(two[1]) as other:
        assert one.merge(other) == Added(photos=1, uses=1, known=1)
        assert one.merge(other) == Added(photos=0, uses=0, known=2)
        merged = one.verify()
    create_archive(tmp_path / "straight")
    with open_archive(tmp_path / "straight", writable=True) as straight:
        straight.add(entry(seed, view=VIEW) for seed in (3, 1, 2))
        assert straight.info().digest == merged.digest


def test_an_exported_list_finds_the_same_photos_elsewhere(two: tuple[Path, Path], tmp_path: Path) -> None:
    with open_archive(two[0]) as one:
        (tmp_path / "list.csv").write_text("".join(write_hashes(one)))
    create_archive(tmp_path / "from-list")
    with open_archive(tmp_path / "from-list", writable=True) as archive:
        archive.add(read_hashes(tmp_path / "list.csv", Use(publisher="a partner desk")))
        (match,) = archive.search(prints(2))
    assert (match.sha256, match.name, match.uses) == (entry(2).sha256, "photo-2.jpg", (Use(publisher="a partner desk"),))


def test_a_bare_list_of_pdq_hashes_is_read(tmp_path: Path) -> None:
    (tmp_path / "bare.txt").write_text(f"{prints(1).pdq[0]}\n{prints(2).pdq[0].upper()},99,file.jpg\n\n")
    first, second = read_hashes(tmp_path / "bare.txt")
    assert first.sha256 == f"pdq:{prints(1).pdq[0]}"
    assert second.fingerprints.pdq == (prints(2).pdq[0],)


def test_a_list_may_say_where_each_was_used(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(f"hash,published,url\n{prints(1).pdq[0]},2020-02-03,https://x.example\n")
    (only,) = read_hashes(tmp_path / "list.csv")
    assert only.use == Use("https://x.example", published=date(2020, 2, 3))


@pytest.mark.parametrize(
    ("line", "quality", "name"),
    [
        ("{0}", 100, "hash 001122334455"),
        ("{0},93,a/b.jpg", 93, "a/b.jpg"),  # pdq-photo-hasher
        ("hash={0},norm=128,delta=0,quality=93,filename=a/b.jpg", 93, "a/b.jpg"),  # pdq-photo-hasher --details
        ("{0},2880742865368386,2020-07-31T18:47:52+0000,disputed media_type_photo", 100, "hash 001122334455"),  # hma-lite's samples
        ("pdq {0}", 100, "hash 001122334455"),  # threatexchange hash photo
        ("pdq,quality,name\n{0},93,a/b.jpg", 93, "a/b.jpg"),
        (
            "collab,signal_type,signal_str,category,tags\nSample,pdq,{0},WORTH_INVESTIGATING,\nSample,raw_text,x,,",
            100,
            "hash 001122334455",
        ),
        (
            "Link,Upload timestamp,Hash,Perceptual hashes\nhttps://t.me/x/1,2022-03-04T10:00:00+00:00,"
            + "e" * 64
            + ",{0}\nhttps://y,,,",
            100,
            "hash 001122334455",
        ),
    ],
)
def test_the_lists_of_other_tools_are_read(tmp_path: Path, line: str, quality: int, name: str) -> None:
    pdq = "00112233445566778899aabbccddeeff" * 2
    (tmp_path / "list").write_text(line.format(pdq.upper()) + "\n")
    (only,) = read_hashes(tmp_path / "list")
    assert (only.fingerprints.pdq, only.fingerprints.quality, only.name) == ((pdq,), quality, name)


@pytest.mark.parametrize("text", ["b0facb322cb89167,a.jpg\n", "pdq,phash\n,b0facb322cb89167\n"])
def test_a_list_of_short_hashes_is_refused_with_the_reason(tmp_path: Path, text: str) -> None:
    (tmp_path / "list").write_text(text)
    with pytest.raises(ConfigError, match="searched by PDQ"):
        read_hashes(tmp_path / "list")


def test_a_sheet_s_digests_of_pages_are_no_pdq(tmp_path: Path) -> None:
    """64 hex digits too: taken for PDQ they would find nothing, for ever and in silence."""
    (tmp_path / "sheet.csv").write_text(f"Link,Archive status,Hash\nhttps://t.me/x/1,success,{'e' * 64}\n")
    with pytest.raises(ConfigError, match="has no column of PDQ"):
        read_hashes(tmp_path / "sheet.csv")


def test_a_sheet_s_hashes_come_with_link_and_day(tmp_path: Path) -> None:
    hashes = f"{prints(1).pdq[0]},{prints(2).pdq[0]}"
    (tmp_path / "sheet.csv").write_text(
        f'Link,Timestamp,Perceptual hashes\nhttps://t.me/x/1,2022-03-04T23:30:00+00:00,"{hashes}"\n'
    )
    first, second = read_hashes(tmp_path / "sheet.csv")
    assert first.use == second.use == Use("https://t.me/x/1", published=date(2022, 3, 4))
    assert second.fingerprints.pdq == prints(2).pdq[:1]


@pytest.mark.parametrize("form", [Form.CSV, Form.PDQ, Form.THREATEXCHANGE])
def test_every_form_of_pdq_that_is_written_is_read_again(two: tuple[Path, Path], tmp_path: Path, form: Form) -> None:
    with open_archive(two[0]) as one:
        (tmp_path / "list").write_text("".join(write_hashes(one, form)))
    assert sorted(entry.fingerprints.pdq[0] for entry in read_hashes(tmp_path / "list")) == sorted(
        prints(seed).pdq[0] for seed in (1, 2)
    )


def test_imagehash_reads_the_hashes_that_are_written(two: tuple[Path, Path]) -> None:
    import imagehash

    with open_archive(two[0]) as one:
        for form, seeds in ((Form.PHASH, [prints(1).phash, prints(2).phash]), (Form.DHASH, [prints(1).dhash, prints(2).dhash])):
            written = [line.split(",")[0] for line in write_hashes(one, form)]
            assert sorted(str(imagehash.hex_to_hash(text)) for text in written) == sorted(seeds)


@pytest.mark.parametrize(
    "text", ["", "name\nx\n", "pdq\nabc\n", f"pdq,quality\n{'0' * 64},high\n", f"pdq,published\n{'0' * 64},soon\n"]
)
def test_a_broken_list_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "list.csv").write_text(text)
    with pytest.raises(ConfigError, match=r"list\.csv, line \d"):
        read_hashes(tmp_path / "list.csv")


def test_a_name_that_is_a_formula_is_written_as_text(tmp_path: Path) -> None:
    create_archive(tmp_path / "one")
    with open_archive(tmp_path / "one", writable=True) as archive:
        archive.add([entry(1, name="=HYPERLINK(1)")])
        assert "'=HYPERLINK(1)" in "".join(write_hashes(archive))


def test_a_broken_header_is_refused_with_its_line(tmp_path: Path) -> None:
    """Found by a mutation: the header is read before the rows are."""
    (tmp_path / "list.csv").write_bytes(b'pdq,"quality"x\n' + ZEROS.encode() + b",90\n")
    with pytest.raises(ConfigError, match="line 1"):
        read_hashes(tmp_path / "list.csv")
