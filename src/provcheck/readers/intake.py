"""What was submitted? Walks what is named, opens regular files once, follows no link, hashes the very bytes that are parsed."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import Text, say

# Windows has no O_NOFOLLOW, other systems no O_BINARY; O_NONBLOCK keeps a FIFO from blocking the open
FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

LINK_ERRORS = (errno.ELOOP, errno.EMLINK)  # what O_NOFOLLOW gives on Linux and macOS, and on FreeBSD


@dataclass(frozen=True, slots=True)
class Submission:
    """One file to look at. `name` is what reports call it: relative to the folder given, printable whatever its bytes."""

    path: Path
    name: str
    walked: bool  # found in a folder, not named by hand
    trouble: Text | None = None  # it could not even be listed


@dataclass(frozen=True, slots=True)
class Taken:
    """The bytes of a file and their SHA-256, in hex."""

    data: bytes
    sha256: str


def walk(paths: tuple[Path, ...]) -> Iterator[Submission]:
    """Every file under `paths`, in sorted order; a folder that cannot be listed is a submission with its trouble.

    With one folder given names are relative to it; with several paths, to the nearest folder that holds them all: a report
    goes to others, and where somebody keeps photos is not for them.
    """
    shown = _shown(paths)
    for path, name in zip(paths, shown, strict=True):
        if path.is_dir() and not path.is_symlink():
            yield from _walk_folder(path, Path() if len(paths) == 1 else name)
        else:
            yield Submission(path, printable(name), walked=False)


def _shown(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """What each is called: its name, or its path from the nearest folder that holds all of them."""
    whole = [os.path.abspath(path) for path in paths]
    try:
        above = os.path.commonpath([os.path.dirname(path) for path in whole]) if whole else ""
    except ValueError:  # on several of Windows' drives
        return paths
    return tuple(Path(os.path.relpath(path, above)) for path in whole)


def _walk_folder(folder: Path, shown: Path) -> Iterator[Submission]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield Submission(folder, printable(shown), walked=True, trouble=_refusal(error))
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and not _is_junction(entry):
            yield from _walk_folder(folder / entry.name, shown / entry.name)
        else:
            yield Submission(folder / entry.name, printable(shown / entry.name), walked=True)


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Windows' links between folders; Python before 3.12 knows no question for them, and takes them for folders."""
    asked = getattr(entry, "is_junction", None)
    return bool(asked and asked())


def printable(path: Path) -> str:
    """The path with forward slashes, as text that any encoding takes: undecodable bytes become backslash escapes."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def take(path: Path, max_bytes: int) -> Found[Taken] | Unreadable:
    """Read the file once. Links, folders, devices and pipes are refused, and so is a file over `max_bytes`."""
    try:
        descriptor = os.open(path, FLAGS)
    except (OSError, ValueError) as error:
        return Unreadable(_refusal(error))
    try:
        return _read(path, descriptor, max_bytes)
    except OSError as error:
        return Unreadable(_refusal(error))
    finally:
        os.close(descriptor)


def _read(path: Path, descriptor: int, max_bytes: int) -> Found[Taken] | Unreadable:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        return Unreadable(say("intake.not-regular"))
    if not os.path.samestat(status, os.lstat(path)):  # a link, where the system has no O_NOFOLLOW
        return Unreadable(say("intake.link"))
    if status.st_size > max_bytes:
        return _too_large(status.st_size, max_bytes)
    with open(descriptor, "rb", closefd=False) as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:  # it grew while it was read
        return _too_large(len(data), max_bytes)
    if not data:
        return Unreadable(say("intake.empty"))
    return Found(Taken(data, hashlib.sha256(data).hexdigest()))


def _too_large(size: int, max_bytes: int) -> Unreadable:
    return Unreadable(say("intake.too-large", size=-(-size // 1_000_000), limit=max_bytes // 1_000_000))


def _refusal(error: OSError | ValueError) -> Text:
    match error:
        case FileNotFoundError():
            return say("intake.not-found")
        case PermissionError():
            return say("intake.not-permitted")
        case OSError(errno=number) if number in LINK_ERRORS:
            return say("intake.link")
        case OSError(strerror=str(reason)):
            return say("intake.not-opened", reason=reason)
    return say("intake.not-opened", reason=str(error))
