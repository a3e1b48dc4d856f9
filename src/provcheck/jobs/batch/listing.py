"""A manifest's lines as text under names: CSV with comma, semicolon or tab, or JSON lines. Errors name the line and the remedy."""

from __future__ import annotations

import csv
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TextIO

from provcheck.domain.errors import ConfigError

MAX_LINE = 200_000  # characters of one row; a claim's text has at most 20,000
MAX_COLUMNS = 100  # a desk's own table has a dozen
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}  # spreadsheets write semicolons where the comma is decimal
SAID = "sep="  # Excel's own first line, which names the separator
AS_UTF8 = "save the manifest as CSV in UTF-8 (Excel and LibreOffice offer it when saving)"
QUOTING = "text that holds a separator, a quotation mark or a line break stands in quotation marks, and each mark inside twice"
KNOWN = (
    *("path", "photo_id", "case_id", "claim_date", "claim_place", "claim_text"),
    *("source_url", "credit", "received_at", "channel", "plate_reading"),
)
Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """Where a row stands, for messages."""

    file: Path
    number: int

    def error(self, problem: str) -> ConfigError:
        return ConfigError(f"{self.file}, line {self.number}: {problem}")


def records(source: Path) -> Iterator[tuple[Line, Record]]:
    """The rows as they are read: a column's name and the text under it. Raises ConfigError."""
    return _json_lines(source) if source.suffix.lower() in (".jsonl", ".ndjson") else _csv_lines(source)


def _lines(source: Path) -> Iterator[str]:
    """The lines of the file with their ends, each bounded, each text."""
    try:
        with _regular(source) as file:
            number = 0
            while line := file.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    raise Line(source, number).error(f"longer than {MAX_LINE} characters")
                if problem := unfit(line):
                    raise Line(source, number).error(f"{problem}; {AS_UTF8}")
                yield line
    except OSError as error:
        raise ConfigError(f"{source}: {error.strerror}; give a manifest or a folder") from error


def unfit(text: str) -> str:
    """Why this is no text that a person wrote; "" where it may be one."""
    try:
        text.encode()
    except UnicodeEncodeError:  # bytes that are no UTF-8 stand here as lone surrogates, and JSON can hold such, too
        return "not UTF-8"
    return "holds a NUL character" if "\0" in text else ""


def _regular(source: Path) -> TextIO:
    """The file, opened; a pipe or a device is refused, and does not block."""
    descriptor = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ConfigError(f"{source}: not a regular file; give a manifest or a folder")
    return os.fdopen(descriptor, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _json_lines(source: Path) -> Iterator[tuple[Line, Record]]:
    for number, line in enumerate(_lines(source), 1):
        if not line.strip():
            continue
        at = Line(source, number)
        try:
            record = json.loads(line, object_pairs_hook=_each_once)
        except (ValueError, RecursionError) as error:
            raise at.error(f"not JSON ({error})") from error
        if not isinstance(record, dict):
            raise at.error("must be one JSON object a line")
        if len(record) > MAX_COLUMNS:
            raise at.error(f"more than {MAX_COLUMNS} columns")
        for key, value in record.items():
            if not isinstance(value, (str, int)) or isinstance(value, bool):
                raise at.error(f"{key!r} must be text or a whole number")
            if not key.strip() or unfit(key):
                raise at.error(f"{key!r} names nothing")
        yield at, {key: str(value) for key, value in record.items()}


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Of two values under one key JSON's readers take the last, and people the first."""
    if len(found := dict(pairs)) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _csv_lines(source: Path) -> Iterator[tuple[Line, Record]]:
    lines = _lines(source)
    before = 0  # lines that csv's own count leaves out
    if (first := next(lines, "")).lower().startswith(SAID):
        before, first = 1, next(lines, "")
    reader = csv.reader(chain((first,), lines) if first else (), delimiter=_separator(first), strict=True)
    header: list[str] = []
    try:
        for values in reader:
            at = Line(source, before + reader.line_num)
            if not header:
                header = _header(at, values)
            elif any(map(str.strip, values)):  # spreadsheets leave rows of separators alone
                yield at, _under(at, header, values)
    except csv.Error as error:
        raise Line(source, before + reader.line_num).error(f"{error}; {QUOTING}") from error


def _separator(first: str) -> str:
    """The one under which a column is called path."""
    return next((one for one in SEPARATORS if "path" in map(_name, next(csv.reader((first,), delimiter=one), ()))), ",")


def _name(value: str) -> str:
    """A column's name; those that mean something also in capitals."""
    name = value.strip()
    return name.lower() if name.lower() in KNOWN else name


def _header(at: Line, values: list[str]) -> list[str]:
    names = [_name(value) for value in values]
    if len(names) > MAX_COLUMNS:
        raise at.error(f"names {len(names)} columns; the limit is {MAX_COLUMNS}")
    if "path" not in names:
        raise at.error(
            f"must name the columns, 'path' among them, with {' or '.join(SEPARATORS.values())} between;"
            f" known are {', '.join(KNOWN)}"
        )
    if twice := next((name for name in names if name and names.count(name) > 1), ""):
        raise at.error(f"two columns are called {twice[:40]!r}; give each a name of its own")
    return names


def _under(at: Line, header: list[str], values: list[str]) -> Record:
    if len(values) != len(header):
        raise at.error(f"has {len(values)} columns, the header {len(header)}; {QUOTING}")
    for place, (name, value) in enumerate(zip(header, values, strict=True), 1):
        if value.strip() and not name:
            raise at.error(f"column {place} holds text and has no name in the header; name it, or empty it")
    return {name: value for name, value in zip(header, values, strict=True) if name}
