"""An archive on a server: many writers, partitions on several servers, and no password in anything that is printed."""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from provcheck.archive import create_archive, open_archive
from provcheck.archive.opening import kept_name, shown
from provcheck.domain.archive import Use
from provcheck.domain.errors import ArchiveError, IntegrityError
from tests.archive.archives import VIEW, entry, filled, flipped, prints, seen_as
from tests.archive.server import ENCODED, PASSWORD, USER
from tests.archive.test_parts import _features, _scene

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'provcheck[postgres]'")
ROOT = Path(__file__).parents[2]


def _bare(url: str) -> str:
    return url.partition("#")[0]


def test_search_by_bands_finds_what_measuring_all_finds(served: str) -> None:
    """Every distance up to the radius, in every orientation, spread over the bands as evenly and as unevenly as can be."""
    draw = random.Random(3)
    with open_archive(filled(served, *(entry(n) for n in range(60)))) as archive:
        for distance in range(33):
            at, turn = draw.randrange(60), draw.randrange(8)
            even = [(number * 16 + draw.randrange(8) + 8 * (number // 16)) % 256 for number in range(distance)]
            for bits in (draw.sample(range(256), distance), set(even)):
                query = seen_as(flipped(prints(at).pdq[0], *bits), turn)
                found = [match.name for match in archive.search(query)]
                assert found == ([f"photo-{at}.jpg"] if len(bits) <= 31 else [])
                assert found == [match.name for match in archive.search(query, 32) if match.distance <= 31]


@pytest.mark.parametrize("in_a_file", [1, 2, 20_000])
def test_parts_are_found_as_in_a_file(served: str, tmp_path: Path, in_a_file: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from provcheck.readers.features import ARCHIVED, SUBMITTED

    monkeypatch.setattr("provcheck.archive.postgres.parts.A_FILE", in_a_file)
    create_archive(tmp_path / "seen")
    photos = [replace(entry(seed), features=_features(_scene(seed), ARCHIVED)) for seed in (1, 2, 3)]
    query = _features(_scene(2)[100:500, 200:700], SUBMITTED)
    with open_archive(filled(served, *photos)) as server, open_archive(filled(tmp_path / "seen", *photos)) as file:
        assert server.searchable_parts == 3
        assert server.search_parts(query) == file.search_parts(query) != ()
        assert server.search_parts(query, prints(2)) == file.search_parts(query, prints(2)) != ()


def test_many_writers_and_readers_lose_and_double_nothing(served: str) -> None:
    def write(first: int) -> None:
        with open_archive(served, writable=True) as archive:
            for start in range(first, first + 60, 6):
                archive.add(entry(n, Use(publisher=f"desk {first}")) for n in range(start, start + 6))

    def read(_: int) -> None:
        with open_archive(served) as archive:
            for _ in range(20):
                info = archive.info()
                assert info.photos % 6 == 0
                archive.search(prints(3))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda job: job[0](job[1]), [(write, 0), (write, 30), (write, 30), (write, 60), (read, 0), (read, 1)]))
    with open_archive(served, writable=True) as archive:
        assert archive.verify().photos == 120
        assert sum(len(record.uses) for record in archive.records()) == 180
        archive.rebuild()
        assert archive.verify().photos == 120


def test_a_photo_is_not_removed_under_the_use_that_is_being_added(served: str) -> None:
    filled(served, entry(1))

    def add(number: int) -> None:
        with open_archive(served, writable=True) as archive:
            archive.add([entry(1, Use(publisher=str(number)))])

    def remove(_: int) -> None:
        with open_archive(served, writable=True) as archive:
            archive.remove(entry(1).sha256)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: (add if number % 2 else remove)(number), range(24)))
    with open_archive(served) as archive:
        archive.verify()


def test_a_change_by_another_program_is_noticed_on_a_server(served: str) -> None:
    filled(served, entry(1), entry(2))
    with psycopg.connect(_bare(served)) as other:
        other.execute("UPDATE seen.use SET publisher = 'somebody else'")
    with open_archive(served) as archive, pytest.raises(IntegrityError, match="changed by another program"):
        archive.verify()
    with psycopg.connect(_bare(served)) as other:
        other.execute("UPDATE seen.use SET publisher = 'A paper'")
        other.execute("INSERT INTO seen.feature VALUES ('\\x00', '')")
    with open_archive(served) as archive, pytest.raises(IntegrityError, match="1 rows belong to no photo"):
        archive.verify()


def test_a_rebuilt_archive_holds_nothing_of_what_was_removed(served: str) -> None:
    """Not even in the table's files: they are written anew."""
    with open_archive(served, writable=True) as archive:
        archive.add([entry(1, Use("https://secret.example/source"), view=VIEW), entry(2)])
        archive.remove(entry(1).sha256)
        archive.rebuild()
        assert archive.verify().photos == 1
    with psycopg.connect(_bare(served)) as connection:
        for table in ("photo", "use", "view", "feature"):
            for number in (0, 1):
                row = connection.execute(
                    "SELECT pg_read_binary_file(pg_relation_filepath(%s))", (f"seen.{table}_{number}",)
                ).fetchone()
                assert row
                assert b"secret.example" not in row[0]
                assert bytes.fromhex(entry(1).sha256) not in row[0]


@pytest.mark.parametrize(
    "change", ["sha256 = 'no digest'", "sha256 = 'abcd'", "phash = 'soft'", "name = 'a' || char(0)", "width = 9999999999"]
)
def test_a_file_from_elsewhere_that_no_row_can_hold_is_refused_whole(served: str, tmp_path: Path, change: str) -> None:
    create_archive(tmp_path / "partner.pvx")
    filled(tmp_path / "partner.pvx", entry(1), entry(2))
    with sqlite3.connect(tmp_path / "partner.pvx") as connection:
        connection.execute(f"UPDATE photo SET {change} WHERE id = 2")  # noqa: S608  # of ours
    connection.close()
    with open_archive(served, writable=True) as server, open_archive(tmp_path / "partner.pvx") as partner:
        with pytest.raises(ArchiveError):
            server.merge(partner)
        assert server.verify().photos == 0


def test_what_is_there_already_is_not_made_again(served: str) -> None:
    with pytest.raises(ArchiveError, match="exists already"):
        create_archive(served)
    with pytest.raises(ArchiveError, match="there is no such archive"):
        open_archive(f"{_bare(served)}#nowhere")


@pytest.mark.parametrize(
    "broken",
    [
        f"postgresql://desk:{ENCODED}@127.0.0.1:1/postgres",
        f"postgresql://desk:{ENCODED}@127.0.0.1:99999/postgres",
        f"postgresql://desk:{ENCODED}%zz@127.0.0.1:1/postgres",
        f"postgresql://desk:{ENCODED}@[::1/postgres",
        f"postgresql://desk:{ENCODED}@127.0.0.1:1/postgres?pass%7aword=x",
        f"postgresql://desk:{ENCODED}@127.0.0.1:1/postgres#Not a name",
        f"postgresql://desk:{PASSWORD}@127.0.0.1:1/postgres",
        f"postgresql:/desk:{ENCODED}@127.0.0.1:1/postgres",
        f"PostgreSQL://desk:{ENCODED}@127.0.0.1:1/postgres",
    ],
)
def test_no_error_repeats_the_password(broken: str) -> None:
    with pytest.raises(ArchiveError) as refused:
        open_archive(broken)
    said = str(refused.value)
    assert not re.search("pass(@|%40)|of/the|of%2Fthe", said)
    assert "postgresql://" in said


def test_a_wrong_password_is_refused_without_repeating_it(server: str) -> None:
    wrong = server.replace(ENCODED, "another-secret")
    with pytest.raises(ArchiveError, match="password authentication failed") as refused:
        open_archive(wrong)
    assert "another-secret" not in str(refused.value)


def test_the_command_line_takes_an_address_wherever_it_takes_a_file(served: str, tmp_path: Path) -> None:
    """And prints it without user and password."""
    photo = ROOT / "samples" / "oral-aksay" / "archive" / "2022-05-convoy.jpg"
    create_archive(tmp_path / "old.pvx")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(photo.read_bytes())
    told = []

    def run(*arguments: str | Path, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "provcheck", *map(str, arguments)], capture_output=True, text=True, cwd=tmp_path
        )
        assert done.returncode == code, done.stderr
        told.append(done.stdout + done.stderr)
        return done.stdout + done.stderr

    run("archive", "add", served, photo, "--publisher", "A paper", "--published", "2022-05-01")
    assert '"verdict": "same"' in run("archive", "search", served, photo, "--jsonl")
    assert "A paper" in run("check", photo, "--archive", served, "--json")
    run("archive", "merge", tmp_path / "old.pvx", served)
    run("batch", "run", tmp_path / "photos", "--out", tmp_path / "out", "--archive", served, "--quiet")
    run("archive", "verify", served)
    run("archive", "create", served, code=2)
    run("archive", "add", f"{served}x", photo, code=2)
    assert "of/the" not in "".join(told)
    assert ENCODED not in "".join(told)
    for file in (tmp_path / "out").rglob("*"):
        if file.is_file():
            assert ENCODED.encode() not in file.read_bytes(), file


def test_a_plan_keeps_an_address_without_its_password() -> None:
    assert kept_name(f"postgresql://desk:{ENCODED}@db:5433/news?sslmode=require&password=x#wires") == (
        "postgresql://desk@db:5433/news?sslmode=require#wires"
    )
    assert kept_name("postgresql:///news") == "postgresql:///news"


def test_partitions_spread_over_servers_as_the_guide_says(server: str, tmp_path: Path) -> None:
    """The guide's own statements, with a second database in the place of the second server."""
    guide = (ROOT / "docs" / "archive.md").read_text("utf-8")
    there, here = re.findall(r"```sql\n(.*?)```", guide, re.DOTALL)
    port = re.search(r":(\d+)/", server)
    assert port
    with psycopg.connect(server, autocommit=True) as connection:
        for name in ("main_db", "data2"):
            connection.execute(f"CREATE DATABASE {name}".encode())
    for name in ("main_db", "data2"):
        create_archive(f"{server.rpartition('/')[0]}/{name}#wires", partitions=2)
    with psycopg.connect(f"{server.rpartition('/')[0]}/data2", autocommit=True) as connection:
        connection.execute(there.encode())
    with psycopg.connect(f"{server.rpartition('/')[0]}/main_db", autocommit=True) as connection:
        replaced = here.replace("data2.example", "127.0.0.1").replace("'5432'", f"'{port[1]}'").replace("'…'", f"'{PASSWORD}'")
        connection.execute(replaced.replace("'desk'", f"'{USER}'").encode())
    spread = f"{server.rpartition('/')[0]}/main_db#wires"
    with open_archive(filled(spread, *(entry(n, view=VIEW) for n in range(40))), writable=True) as archive:
        assert archive.add([entry(3), entry(41)]).known == 1
        assert archive.verify().photos == 41
        for number in range(40):
            (match,) = archive.search(seen_as(flipped(prints(number).pdq[0], 3, 77), number % 8))
            assert (match.name, match.uses) == (f"photo-{number}.jpg", (entry(number).use,))
        assert all(archive.remove(entry(number).sha256) for number in range(0, 40, 2))
        assert archive.verify().photos == 21
    with psycopg.connect(f"{server.rpartition('/')[0]}/data2") as connection:
        row = connection.execute("SELECT count(*) FROM wires.photo_1").fetchone()
    assert row
    assert 3 < row[0] < 18  # the other server holds about half


def test_an_address_is_shown_without_user_and_password() -> None:
    assert shown(f"postgresql://desk:{ENCODED}@db.example:5433/news#wires") == "postgresql://db.example:5433/news#wires"
    assert shown("postgresql:///news") == "postgresql:///news"
    assert shown(Path("a/b.pvx")) == str(Path("a/b.pvx"))
