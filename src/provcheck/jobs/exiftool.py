"""An installed ExifTool, asked about a file's bytes: only where a user wants the comparison. It runs outside the cell."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from provcheck.domain.errors import ConfigError
from provcheck.domain.reading import Found, Unreadable
from provcheck.jobs.alone import MetadataSeen
from provcheck.readers.intake import Submission, Taken

SECONDS = 60  # ExifTool takes a tenth of a second on ordinary files; a hostile one may make it run on
ARGUMENTS = ("-j", "-n", "-G1", "-struct", "-")  # JSON, numbers as numbers, groups, structures whole; the file comes through stdin


@dataclass(frozen=True, slots=True)
class Compared:
    """What our readers saw, and ExifTool's tags by "group:name"; None where it gave no answer."""

    seen: MetadataSeen
    tags: dict[str, Any] | None


def program() -> str:
    """Where ExifTool is; raises ConfigError where it is not."""
    found = shutil.which("exiftool")
    if found is None:
        raise ConfigError("--exiftool needs an installed ExifTool, and none is on the PATH; install it, or leave the option out")
    return found


def beside(
    exiftool: str, answers: Iterable[tuple[Submission, Found[Taken] | Unreadable, Found[MetadataSeen] | Unreadable]]
) -> Iterator[tuple[Submission, Found[Taken] | Unreadable, Found[Compared] | Unreadable]]:
    """Each answer of a cell with ExifTool's, on the same bytes."""
    for submission, taken, answer in answers:
        match taken, answer:
            case Found(photo), Found(seen):
                yield submission, taken, Found(Compared(seen, ask(exiftool, photo.data)))
            case _, Unreadable():
                yield submission, taken, answer


def ask(exiftool: str, data: bytes) -> dict[str, Any] | None:
    """Its tags; None where it gives no answer in time."""
    try:
        done = subprocess.run([exiftool, *ARGUMENTS], input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 -- no shell
        rows = json.loads(done.stdout or b"[]")
    except (subprocess.TimeoutExpired, ValueError, OSError):
        return None
    return rows[0] if rows and isinstance(rows[0], dict) else None
