"""Hash lists: an archive's hashes as other tools read them, and their lists as entries, without any picture.

Two forms are read: CSV with a header that names a `pdq` (or `hash`) column, and one PDQ a line, as hex, whatever follows a comma
(so do ThreatExchange's own tools). One is written: CSV with the header of `HEADER`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from provcheck.archive.entry import NO_PRINTS, Entry
from provcheck.archive.manifest import day, text_of
from provcheck.archive.verbs import Archive
from provcheck.domain.archive import Use
from provcheck.domain.errors import ConfigError
from provcheck.domain.fingerprint import Fingerprints

HEADER: Final = ("pdq", "quality", "phash", "dhash", "sha256", "name")
PDQ: Final = re.compile(r"[0-9a-fA-F]{64}")
HEX64: Final = re.compile(r"[0-9a-fA-F]{16}|")
SHA256: Final = re.compile(r"[0-9a-fA-F]{64}")
UNKNOWN_QUALITY: Final = 100  # a list that others keep holds what they found good enough to match by


def write_hashes(archive: Archive) -> Iterator[str]:
    """The lines of a CSV list, sorted by SHA-256, so that equal archives give equal lists."""
    yield _line(HEADER)
    for one in archive.hashes():
        if one.pdq == NO_PRINTS.pdq[0]:
            continue
        sha256 = one.sha256 if SHA256.fullmatch(one.sha256) else ""
        yield _line((one.pdq, str(one.quality), one.phash, one.dhash, sha256, _inert(one.name)))


def read_hashes(path: Path, source: Use = Use()) -> tuple[Entry, ...]:  # noqa: B008  # a frozen value
    """Entries of a hash list; `source` is said of each that states no use of its own. Raises ConfigError with file and line."""
    text = text_of(path)
    first = text.split("\n", 1)[0].lower()
    if PDQ.match(first):
        return tuple(_bare(path, number, line, source) for number, line in enumerate(text.splitlines(), 1) if line.strip())
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    column = next((name for name in ("pdq", "hash") if name in reader.fieldnames), None)
    if column is None:
        raise ConfigError(f"{path}, line 1: has no column pdq or hash, and is no list of PDQ hashes of 64 hex digits.")
    try:
        return tuple(_entry(path, reader.line_num, {k: v or "" for k, v in row.items() if k}, column, source) for row in reader)
    except csv.Error as fault:
        raise ConfigError(f"{path}, line {reader.reader.line_num}: {fault}.") from None


def _bare(path: Path, number: int, line: str, source: Use) -> Entry:
    return _entry(path, number, {"pdq": line.split(",", 1)[0]}, "pdq", source)


def _entry(path: Path, number: int, row: dict[str, str], column: str, source: Use) -> Entry:
    pdq, phash, dhash = (row.get(name, "").strip().lower() for name in (column, "phash", "dhash"))
    if not PDQ.fullmatch(pdq) or not HEX64.fullmatch(phash) or not HEX64.fullmatch(dhash):
        raise ConfigError(f"{path}, line {number}: PDQ is 64 hex digits, phash and dhash are 16 each.")
    quality = row.get("quality", "").strip()
    if quality and not (quality.isascii() and quality.isdigit() and int(quality) <= 100):
        raise ConfigError(f"{path}, line {number}, column quality: {quality[:20]!r} is no number from 0 to 100.")
    sha256 = row.get("sha256", "").strip().lower()
    url, publisher, credit, licence = (row.get(name, "").strip() for name in ("url", "publisher", "credit", "licence"))
    own = Use(url, publisher, day(path, number, row.get("published", "").strip()), credit, licence)
    prints = Fingerprints(phash, dhash, (pdq,), int(quality) if quality else UNKNOWN_QUALITY)
    identity = sha256 if SHA256.fullmatch(sha256) else f"pdq:{pdq}"
    return Entry(identity, row.get("name", "").strip() or f"hash {pdq[:12]}", 0, 0, prints, source if own == Use() else own)


def _line(fields: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(fields)
    return out.getvalue()


def _inert(name: str) -> str:
    """A name that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{name}" if name.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else name
