"""Files that commands read and write: a record in, a report out that is written over nothing but a report."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click

from provcheck.domain.errors import ConfigError

MAX_RECORD = 1_000_000_000  # bytes; a thousand photos with their pictures take about 200 MB


def record_bytes(path: Path) -> bytes:
    """A record's bytes, from a file or (as -) from stdin."""
    try:
        with click.open_file(str(path), "rb") as file:
            data: bytes = file.read(MAX_RECORD + 1)
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}; give the JSON that provcheck check --json printed") from error
    if len(data) > MAX_RECORD:
        raise click.UsageError(f"{path}: larger than {MAX_RECORD // 1_000_000} MB; a record is far smaller")
    return data


def foreign(path: Path, ours: Callable[[bytes], bool], head: int) -> bool:
    """Whether something stands at `path` that `ours` does not know by its first bytes. A link or a folder is foreign, too."""
    try:
        if path.is_symlink():
            return True
        with path.open("rb") as file:
            return not ours(file.read(head))
    except FileNotFoundError:
        return False
    except OSError:
        return True


def outside_cases(path: Path, remedy: str) -> None:
    """A file of ours in a case would make the case's own check name it as foreign."""
    from provcheck.jobs.case.folder import case_around

    case = case_around(path)
    if case:
        raise click.UsageError(f"{path} lies in the case {case}, which takes in only what its log names. {remedy}")


def write_whole(path: Path, data: bytes) -> None:
    """Through a temporary file beside it, so that a broken-off run leaves the old file whole. Raises ConfigError."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise ConfigError(f"{path}: {error.strerror}. Make room, or choose another place.") from error
