"""An archive for a test: in a file, and on a server where one is installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from provcheck.archive import create_archive
from tests.archive.server import programs, running


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'provcheck[postgres]'")
    bin_ = programs()
    if bin_ is None or sys.platform == "win32":
        pytest.skip("no PostgreSQL in /usr/lib/postgresql: apt-get install postgresql")
    with running(bin_) as address:
        yield address


@pytest.fixture(scope="session")
def made(server: str) -> str:
    """An archive on the server, of two partitions, which the tests share: making one takes a second."""
    create_archive(f"{server}#seen", partitions=2)
    return f"{server}#seen"


@pytest.fixture
def served(made: str) -> str:
    """The same, emptied."""
    import psycopg

    with psycopg.connect(made.partition("#")[0]) as connection:
        for table in ("photo", "use", "view", "feature", "change"):
            connection.execute(f"DELETE FROM seen.{table}".encode())  # noqa: S608  # names of ours
    return made


@pytest.fixture(params=["file", "server"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """An empty archive: every verb does the same with both."""
    if request.param == "server":
        return str(request.getfixturevalue("served"))
    create_archive(tmp_path / "seen.archive")
    return tmp_path / "seen.archive"
