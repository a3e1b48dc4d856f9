"""A PostgreSQL of one's own for the tests: a new cluster on the loopback address, thrown away afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER, PASSWORD = "desk", "pass@word:of/the#tests"  # what must be percent-encoded in an address
ENCODED = "pass%40word%3Aof%2Fthe%23tests"


def programs() -> Path | None:
    """Where Debian puts the newest server's programs; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def running(bin_: Path) -> Iterator[str]:
    """The address of a server that runs; as root it runs as nobody, since it refuses to run as root."""
    root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp(prefix="provcheck-pg-"))
    (folder / "password").write_text(PASSWORD)
    if root:
        for path in (folder, folder / "password"):
            shutil.chown(path, "nobody")

    def run(*command: str | Path) -> None:
        as_whom = {"user": "nobody", "extra_groups": []} if root else {}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_whom)  # type: ignore[call-overload]

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data, log = folder / "data", folder / "log"
    settings = (
        f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off -c max_connections=40"
    )
    run(
        bin_ / "initdb", "-D", data, "-U", USER, "-A", "scram-sha-256", f"--pwfile={folder / 'password'}", "--no-sync", "-E", "UTF8"
    )
    try:
        run(bin_ / "pg_ctl", "-D", data, "-l", log, "-w", "-o", settings, "start")
        yield f"postgresql://{USER}:{ENCODED}@127.0.0.1:{port}/postgres"
    finally:
        run(bin_ / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
