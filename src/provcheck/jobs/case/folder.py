"""A case's folder: files that are written once and read-only, and a log that grows by whole entries."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from provcheck.domain.dossier import Entry, Event, Kept
from provcheck.domain.errors import ConfigError, IntegrityError
from provcheck.jobs.case import bag
from provcheck.jobs.case.log import START, entry, read, written

READ_ONLY = 0o444
PART = ".part"
LOCK = ".lock"
MOST_LOG = 200_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Folder:
    """A case as it stands on disk when it is opened."""

    path: Path
    entries: tuple[Entry, ...] = ()

    @property
    def data(self) -> Path:
        return self.path / bag.DATA

    @property
    def head(self) -> str:
        """The digest of the last entry: it stands for everything that was done so far."""
        return self.entries[-1].digest if self.entries else START

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(one.event for one in self.entries)

    def with_event(self, event: Event) -> Folder:
        """The folder with one more event, on disk as well; the log first, then the lists that are derived from it."""
        event = replace(event, number=len(self.entries) + 1)
        grown = replace(self, entries=(*self.entries, entry(event, self.head)))
        log = written(grown.entries)
        write(self.data / bag.LOG, log)
        listing = bag.manifest(bag.kept(grown.entries), log)
        write(self.path / bag.MANIFEST_NAME, listing)
        write(self.path / bag.TAGS_NAME, bag.tags(listing))
        return grown

    def keep(self, path: str, data: bytes, *, anew: bool = False) -> Kept:
        """Write a file of the case, once. One that a broken-off command left there with the same bytes is taken over.

        `anew` writes over one with other bytes that the log does not name: a second run of a report has another start.
        """
        target = self.data / path
        left = target.is_symlink() or (target.exists() and target.read_bytes() != data)
        if left and (not anew or target.is_symlink() or path in bag.kept(self.entries)):
            raise IntegrityError(f"{target}: something else stands there, and the log does not name it; move it away")
        if left:
            target.chmod(0o644)  # Windows replaces no read-only file
        if left or not target.exists():
            write(target, data, READ_ONLY)
        return Kept(path, sha256(data).hexdigest(), len(data))

    def whole(self, path: str) -> Path:
        """Where a file that the log names lies. Raises IntegrityError unless it has the bytes that the log names."""
        file, wanted = self.data / path, bag.kept(self.entries).get(path)
        try:
            same = not file.is_symlink() and sha256(file.read_bytes()).hexdigest() == wanted
        except OSError:
            same = False
        if not same:
            raise IntegrityError(f"{file}: it is missing, or was changed since the log named it. See: provcheck verify {self.path}")
        return file


def write(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Whole or not at all: through a file beside it that takes its name at the end. Raises ConfigError where it cannot."""
    beside = path.with_name(path.name + PART)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise ConfigError(
            f"{path}: {error.strerror}; the case stays as its log has it. See to the disk, and give the command again"
        ) from error


def create(path: Path) -> Folder:
    """A new case in a folder that is empty or is made. Raises ConfigError."""
    try:
        if path.is_symlink() or (path.exists() and (not path.is_dir() or any(path.iterdir()))):
            raise ConfigError(f"{path} is not an empty folder; choose another place for the case")
        (path / bag.DATA).mkdir(parents=True)
        write(path / bag.DECLARATION_NAME, bag.DECLARATION)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; choose another place for the case") from error
    return Folder(path)


def opened(path: Path) -> Folder:
    """The case in a folder. Raises ConfigError where there is none, IntegrityError where its log is damaged."""
    entries, broken = read(log_bytes(path))
    if broken:
        raise IntegrityError(f"{path}: line {broken[0].line} of the log: {broken[0].what}. See: provcheck verify {path}")
    return Folder(path, entries)


def is_case(path: Path) -> bool:
    """Whether a case lies in this folder, whole or not."""
    return (path / bag.DATA / bag.LOG).is_file()


def case_around(path: Path) -> Path | None:
    """The case that a file there would lie in: the log names every file of a case, and no other belongs there."""
    inside = Path(os.path.realpath(path))  # `Path.resolve` raises RuntimeError at links that go in a circle
    return next((above for above in (inside, *inside.parents) if is_case(above)), None)


def log_bytes(path: Path) -> bytes:
    file = path / bag.DATA / bag.LOG
    try:
        if file.is_symlink() or file.stat().st_size > MOST_LOG:
            raise ConfigError(f"{file} is a link, or larger than {MOST_LOG // 1_000_000} MB: no log of a case")
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} holds no case ({error.strerror}: {file}); make one with: provcheck case new {path}") from error


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One command at a time. A lock that a killed command left is named, with what to do."""
    lock = path / LOCK
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        raise ConfigError(f"{path} is in use by another command; if none is running, remove {lock}") from None
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ConfigError(f"{path} holds no case ({error.strerror}); make one with: provcheck case new {path}") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be written to ({error.strerror}): work on a copy, or see to its rights") from error
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
