"""Does a cell hold? Tries from inside what a photo that took it over would try. For doctor and for the tests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from provcheck.config import Settings


@dataclass(frozen=True, slots=True)
class Attempts:
    """What was tried in vain, and what was done in spite of the walls. `untried`: why nothing can be said, where that is so."""

    denied: tuple[str, ...]
    done: tuple[str, ...]
    untried: str = ""


def attempt(data: bytes, _suffix: str, _settings: Settings) -> Attempts:
    """`data` is the path of a folder that the user may read and write, and in which "bait" is a file."""
    folder = Path(os.fsdecode(data))
    tried = {name: _succeeds(act, folder) for name, act in ACTS.items() if not (name in POSIX and sys.platform == "win32")}
    return Attempts(tuple(name for name, done in tried.items() if not done), tuple(name for name, done in tried.items() if done))


def _succeeds(act: Callable[[Path], object], folder: Path) -> bool:
    try:
        act(folder)
    except (OSError, ValueError, subprocess.SubprocessError):  # ValueError: what setrlimit raises
        return False
    return True


def _write(folder: Path) -> None:
    """Done also where an empty file is left: a limit of size stops the bytes alone."""
    with suppress(OSError), (folder / "written").open("xb") as file:
        file.write(b"x")
    (folder / "written").stat()


def _change(folder: Path) -> None:
    """Done also where the file is emptied and no byte comes in."""
    before = (folder / "bait").stat()
    with suppress(OSError):
        (folder / "bait").write_bytes(b"changed")
    if (folder / "bait").stat().st_size == before.st_size:
        raise PermissionError


def _write_temporary(_: Path) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"x")


def _connect(_: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as line:
        line.settimeout(1)
        with suppress(ConnectionRefusedError):  # it was let out, and nobody listens
            line.connect(("127.0.0.1", 9))


def _ask_a_name(_: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.sendto(b"?", ("127.0.0.1", 53))


def _speak_unix(_: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.bind("\0provcheck-escape")


def _fork(_: Path) -> None:
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _exec(_: Path) -> None:
    subprocess.run([sys.executable, "-c", ""], check=True, timeout=5, capture_output=True)


def _list_processes(_: Path) -> None:
    os.listdir("/proc/1")
    Path(f"/proc/{os.getppid()}/environ").read_bytes()


def _raise_limit(_: Path) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


ACTS: dict[str, Callable[[Path], object]] = {
    "read a file": lambda folder: (folder / "bait").read_bytes(),
    "list a folder": lambda folder: os.listdir(folder),
    "write a file": _write,
    "write a temporary file": _write_temporary,
    "change a file": _change,
    "rename a file": lambda folder: (folder / "bait").rename(folder / "moved").rename(folder / "bait"),
    "link a file": lambda folder: os.symlink("bait", folder / "link"),
    "change a file's rights": lambda folder: (folder / "bait").chmod(0o777),
    "connect": _connect,
    "ask for a name": _ask_a_name,
    "speak to a local socket": _speak_unix,
    "fork": _fork,
    "run a program": _exec,
    "signal the parent": lambda _: os.kill(os.getppid(), 0),
    "kill the group of the parent": lambda _: os.killpg(os.getppid(), signal.SIGCONT),
    "read the parent's environment": _list_processes,
    "raise a limit": _raise_limit,
    "remove a file": lambda folder: (folder / "bait").unlink(),
    "change the root folder": lambda folder: os.chroot(folder),
    "become another user": lambda _: os.setuid(65534),
}
POSIX = frozenset(
    {"speak to a local socket", "fork", "signal the parent", "kill the group of the parent", "read the parent's environment"}
    | {"raise a limit", "become another user", "change the root folder"}
)
