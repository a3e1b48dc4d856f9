"""A list of photos and where each was used, as CSV or JSON lines; or what auto-archiver wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from provcheck.archive.auto_archiver import found, is_record, read_media
from provcheck.archive.listing import MOST_ROWS, day, is_lines, objects, table, text_of
from provcheck.domain.archive import Use
from provcheck.domain.errors import ConfigError

NAMES: Final = ("path", "url", "publisher", "published", "credit", "licence")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the photo's file, and its use. `line` is where it stands, for messages."""

    path: Path
    use: Use
    line: int


def read_manifest(path: Path) -> tuple[Row, ...]:
    """The rows of a manifest, whose paths are relative to it. Other columns are ignored. Raises ConfigError with file and line."""
    text = text_of(path)
    if is_record(path, text):
        return tuple(Row(found(medium, path.parent), medium.use, line) for line, medium in read_media(path, text))
    if is_lines(text):
        return tuple(_row(path, line, _texts(path, line, record)) for line, record in objects(path, text))
    return tuple(_rows(path, text))


def _rows(path: Path, text: str) -> Iterator[Row]:
    with table(path, text) as reader:
        if "path" not in (reader.fieldnames or ()):
            raise ConfigError(f"{path}, line 1: has no column path. The header is: {','.join(NAMES)}")
        for number, fields in enumerate(reader):
            line = reader.line_num
            if number >= MOST_ROWS:
                raise ConfigError(f"{path}, line {line}: holds more than {MOST_ROWS:,} rows. Split it.")
            yield _row(path, line, {name: fields.get(name) or "" for name in NAMES})


def _texts(path: Path, line: int, record: dict[str, Any]) -> dict[str, str]:
    wrong = next((name for name in NAMES if not isinstance(record.get(name) or "", str)), None)
    if wrong:
        raise ConfigError(f"{path}, line {line}, key {wrong}: is no text.")
    return {name: record.get(name) or "" for name in NAMES}


def _row(path: Path, line: int, fields: dict[str, str]) -> Row:
    value = {name: text.strip() for name, text in fields.items()}
    if not value["path"] or "\0" in value["path"]:
        raise ConfigError(f"{path}, line {line}, column path: names no file.")
    use = Use(value["url"], value["publisher"], day(path, line, value["published"]), value["credit"], value["licence"])
    return Row(path.parent / value["path"], use, line)
