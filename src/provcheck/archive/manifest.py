"""A CSV list of photos and where each was used: path, url, publisher, published, credit, licence."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from provcheck.domain.archive import Use
from provcheck.domain.errors import ConfigError

MOST_BYTES: Final = 256 * 2**20  # about a million rows; a larger list is split
MOST_ROWS: Final = 1_000_000
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the photo's file, and its use. `line` is where it stands, for messages."""

    path: Path
    use: Use
    line: int


def read_manifest(path: Path) -> tuple[Row, ...]:
    """The rows of a manifest, whose paths are relative to it. Other columns are ignored. Raises ConfigError with file and line."""
    reader = _reader(path, text_of(path))
    try:
        return tuple(_rows(path, reader))
    except csv.Error as fault:
        raise ConfigError(
            f"{path}, line {reader.reader.line_num}: {fault}. Write it as CSV with commas and quotation marks."
        ) from None


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


def _reader(path: Path, text: str) -> csv.DictReader[str]:
    header = text[: text.find("\n") + 1 or None]
    separator = ";" if ";" in header and "," not in header else ","  # spreadsheets write semicolons where the comma is decimal
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        columns = [name.strip().lower() for name in reader.fieldnames or ()]
    except csv.Error as fault:
        raise ConfigError(f"{path}, line 1: {fault}.") from None
    if "path" not in columns:
        raise ConfigError(f"{path}, line 1: has no column path. The header is: path,url,publisher,published,credit,licence")
    reader.fieldnames = columns
    return reader


def _rows(path: Path, reader: csv.DictReader[str]) -> Iterator[Row]:
    for number, fields in enumerate(reader):
        line = reader.line_num
        if number >= MOST_ROWS:
            raise ConfigError(f"{path}, line {line}: holds more than {MOST_ROWS:,} rows. Split it.")
        value = {name: (fields.get(name) or "").strip() for name in ("path", "url", "publisher", "published", "credit", "licence")}
        if not value["path"] or "\0" in value["path"]:
            raise ConfigError(f"{path}, line {line}, column path: names no file.")
        use = Use(value["url"], value["publisher"], day(path, line, value["published"]), value["credit"], value["licence"])
        yield Row(path.parent / value["path"], use, line)


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
