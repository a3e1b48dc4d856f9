"""Is another runner on this ledger alive? Each holds a lock on a file of its own; the system lets go of it when it dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from provcheck.jobs.batch.folder import LedgerError

WINDOWS_PAUSE_S = 0.2  # between tries for a lock; other systems wake who waits


@contextmanager
def living(folder: Path) -> Iterator[str]:
    """A name for this runner, alive until the block ends or the process dies."""
    path = folder / f"{uuid4().hex}.lock"
    descriptor = _taken(path)
    try:
        yield path.stem
    finally:
        os.close(descriptor)
        path.unlink(missing_ok=True)


def _taken(path: Path) -> int:
    """The file, made and locked. Another runner may ask about it in between, and take it for a dead one's and away."""
    while True:
        descriptor = _made(path)
        _lock(descriptor, wait=True)
        with suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
        os.close(descriptor)


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """One at a time: runners that end together write the same files one after the other."""
    descriptor = _made(folder / "turn")
    try:
        _lock(descriptor, wait=True)
        yield
    finally:
        os.close(descriptor)


def _made(path: Path) -> int:
    try:
        path.parent.mkdir(exist_ok=True)
        return os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as fault:
        raise LedgerError(f"{path}: {fault.strerror}. Give a folder where you may write.") from fault


def is_alive(folder: Path, name: str) -> bool:
    """Whether the runner of this name still holds its lock."""
    try:
        descriptor = os.open(folder / f"{name}.lock", os.O_RDWR)
    except PermissionError:  # another user's: nobody but the system may say that it is dead, so its leases must run out
        return True
    except OSError:
        return False
    try:
        _lock(descriptor)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def others(folder: Path, me: str) -> tuple[str, ...]:
    """The other runners that are alive; what dead ones left is cleared away."""
    names = [lock.stem for lock in folder.glob("*.lock") if lock.stem != me]
    alive = tuple(name for name in names if is_alive(folder, name))
    for name in set(names) - set(alive):
        (folder / f"{name}.lock").unlink(missing_ok=True)
    return alive


def _lock(descriptor: int, *, wait: bool = False) -> None:
    """Raises OSError where somebody else holds it and `wait` is false."""
    if sys.platform == "win32":
        while wait and not _held(descriptor):
            time.sleep(WINDOWS_PAUSE_S)
        if not (wait or _held(descriptor)):
            raise BlockingIOError
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def _held(descriptor: int) -> bool:
    """Whether it is this process's now. Windows; its own way of waiting gives up after ten seconds."""
    import msvcrt

    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True
