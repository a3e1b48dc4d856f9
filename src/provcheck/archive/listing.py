"""What every kind of list shares: its text, its table or its JSON lines, its dates; errors name file and line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

from provcheck.domain.errors import ConfigError

MOST_BYTES: Final = 256 * 2**20  # about a million rows; a larger list is split
MOST_ROWS: Final = 1_000_000
FIELD: Final = 4_000_000  # characters of one field: auto-archiver puts all of a post in one
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def text_of(path: Path) -> str:
    """The text of a list. Raises ConfigError where it is too large or no UTF-8."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as refused:
        raise ConfigError(f"{path}: cannot be read ({refused.strerror}).") from None
    if len(data) > MOST_BYTES:
        raise ConfigError(f"{path}: is larger than {MOST_BYTES // 2**20} MB. Split it.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise ConfigError(f"{path}, line {line}: is not UTF-8. Save the list as CSV UTF-8.") from None


@contextmanager
def table(path: Path, text: str) -> Iterator[csv.DictReader[str]]:
    """The rows under a header, whose names are made small. Raises ConfigError where quoting is broken."""
    header = text[: text.find("\n") + 1 or None]
    separator = ";" if ";" in header and "," not in header else ","  # spreadsheets write semicolons where the comma is decimal
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    limit = csv.field_size_limit(FIELD)
    try:
        reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
        yield reader
    except csv.Error as fault:
        line = max(1, reader.reader.line_num)
        raise ConfigError(f"{path}, line {line}: {fault}. Write it as CSV with commas and quotation marks.") from None
    finally:
        csv.field_size_limit(limit)


def is_lines(text: str) -> bool:
    """Whether a list is written as JSON lines."""
    return text.lstrip()[:1] == "{"


def objects(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line numbers and objects of JSON lines."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if number > MOST_ROWS:
            raise ConfigError(f"{path}, line {number}: holds more than {MOST_ROWS:,} rows. Split it.")
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as fault:
            raise ConfigError(f"{path}, line {number}: is no JSON ({fault}). Write one object a line.") from None
        if not isinstance(record, dict):
            raise ConfigError(f"{path}, line {number}: is no object. Write one object a line.")
        yield number, record


def day(path: Path, line: int, text: str) -> date | None:
    """A date written YYYY-MM-DD; None for none. Raises ConfigError with the line."""
    if not text:
        return None
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ConfigError(
        f"{path}, line {line}, column published: {text[:40]!r} is no date. Write it as YYYY-MM-DD, or leave it empty."
    )
