"""Hash lists: an archive's hashes as other tools read them, and their lists as entries, without any picture.

Read are: CSV with a header that names a column of PDQ hashes; one hash a line as hex, whatever follows a comma (ThreatExchange's
sample lists) or stands as name=value (pdq-photo-hasher --details); lines `pdq HASH` (threatexchange hash); auto-archiver's records.
Forms seen in github.com/facebook/ThreatExchange: pdq/cpp/io/hashio.cpp, pdq/cpp/bin/pdq-photo-hasher.cpp,
python-threatexchange/threatexchange/cli/dataset_cmd.py and hash_cmd.py, hasher-matcher-actioner/sample_data/pdq.csv.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

from provcheck.archive.auto_archiver import day_of, is_record, read_media
from provcheck.archive.entry import HASH_ALONE, NO_PRINTS, Entry, Hashes
from provcheck.archive.listing import day, table, text_of
from provcheck.archive.verbs import Archive
from provcheck.domain.archive import Use
from provcheck.domain.errors import ConfigError
from provcheck.domain.fingerprint import Fingerprints

PDQ: Final = re.compile(r"[0-9a-fA-F]{64}")
BARE: Final = re.compile(r"(?:(?:hash=|pdq )\s*)?([0-9a-fA-F]{64})(?=[\s,]|$)")
SHORT: Final = re.compile(r"[0-9a-fA-F]{16}(?=[\s,]|$)")
HEX64: Final = re.compile(r"[0-9a-fA-F]{16}|")
SHA256: Final = re.compile(r"[0-9a-fA-F]{64}")
COLUMNS: Final = (
    "pdq",
    "pdq_hash",
    "signal_str",
    "perceptual hashes",
    "perceptual hash",
    "hash",
)  # that hold PDQ; "hash" alone may
SHEET: Final = "link"  # a column of auto-archiver's sheets, whose "hash" is the digest of a page and no PDQ
UNKNOWN_QUALITY: Final = 100  # a list that others keep holds what they found good enough to match by


class Form(StrEnum):
    """How a list is written."""

    CSV = "csv"  # with a header; what provcheck reads back whole
    PDQ = "pdq"  # hash,quality,name: what pdq-photo-hasher prints and ThreatExchange's C++ and Java tools read
    THREATEXCHANGE = "threatexchange"  # what `threatexchange dataset -P --csv` prints
    PHASH = "phash"  # 16 hex digits a line, as imagehash.hex_to_hash reads them, then a comma and the name
    DHASH = "dhash"


HEADERS: Final = {
    Form.CSV: ("pdq", "quality", "phash", "dhash", "sha256", "name"),
    Form.THREATEXCHANGE: ("collab", "signal_type", "signal_str", "category", "tags"),
}


def write_hashes(archive: Archive, form: Form = Form.CSV) -> Iterator[str]:
    """The lines of a list, by SHA-256, so that equal archives give equal lists. What lacks the hash of the form is left out."""
    if form in HEADERS:
        yield _line(HEADERS[form])
    for one in archive.hashes():
        if one.pdq == NO_PRINTS.pdq[0]:
            continue
        fields = _fields(one, form, archive.name)
        if fields:
            yield _line(fields)


def _fields(one: Hashes, form: Form, archive: str) -> tuple[str, ...]:
    name = _inert(one.name)
    match form:
        case Form.CSV:
            sha256 = one.sha256 if SHA256.fullmatch(one.sha256) else ""
            return one.pdq, str(one.quality), one.phash, one.dhash, sha256, name
        case Form.PDQ:
            return one.pdq, str(one.quality), name
        case Form.THREATEXCHANGE:
            return _inert(archive), "pdq", one.pdq, "WORTH_INVESTIGATING", ""  # its word for what was only seen before
        case Form.PHASH:
            return (one.phash, name) if one.phash else ()
        case Form.DHASH:
            return (one.dhash, name) if one.dhash else ()


def read_hashes(path: Path, source: Use = Use()) -> tuple[Entry, ...]:  # noqa: B008  # a frozen value
    """Entries of a hash list; `source` is said of each that states no use of its own. Raises ConfigError with file and line."""
    text = text_of(path)
    if BARE.match(text):
        return tuple(_bare(path, number, line, source) for number, line in enumerate(text.splitlines(), 1) if line.strip())
    if SHORT.match(text):
        raise ConfigError(f"{path}, line 1: holds hashes of 64 bits (phash or dhash). Archives are searched by PDQ, of 256.")
    if is_record(path, text):
        return tuple(_archived(path, text, source))
    with table(path, text) as reader:
        names = reader.fieldnames or ()
        column = next((name for name in COLUMNS if name in names), None)
        if column is None or (column == "hash" and SHEET in names):
            raise ConfigError(
                f"{path}, line 1: has no column of PDQ hashes ({', '.join(COLUMNS)}), and is no list of 64 hex digits a line."
            )
        rows = [(reader.line_num, {name: value or "" for name, value in row.items() if name}) for row in reader]
    return tuple(entry for line, row in rows for entry in _of_row(path, line, row, column, source))


def _of_row(path: Path, line: int, row: dict[str, str], column: str, source: Use) -> Iterator[Entry]:
    """A row holds one hash; of auto-archiver's sheets any number, or none; other signals than PDQ are passed over."""
    if column == "signal_str" and row.get("signal_type", "pdq") != "pdq":
        return
    if not column.startswith("perceptual"):
        yield _entry(path, line, row, column, source)
        return
    moment = day_of(next((row[name] for name in ("timestamp", "upload timestamp") if row.get(name)), None))
    for pdq in filter(None, (text.strip() for text in row[column].split(","))):
        said = {"pdq": pdq, "url": row.get(SHEET, ""), "published": moment.isoformat() if moment else ""}
        yield _entry(path, line, said, "pdq", source)


def _archived(path: Path, text: str, source: Use) -> Iterator[Entry]:
    """The hashes that auto-archiver took of its pictures (its pdq_hash_enricher), with the posts that they were in."""
    for line, medium in read_media(path, text):
        if medium.pdq:
            use = medium.use
            said = {"pdq": medium.pdq, "name": medium.paths[0] if medium.paths else "", "url": use.url, "publisher": use.publisher}
            said |= {"published": use.published.isoformat() if use.published else "", "credit": use.credit}
            yield _entry(path, line, said, "pdq", source)


def _bare(path: Path, number: int, line: str, source: Use) -> Entry:
    """hash, or hash,quality,name, or hash=…,quality=…,filename=…; of what else follows a hash nothing is known."""
    head, *rest = line.strip().split(",")
    found = BARE.fullmatch(head)
    named = dict(part.split("=", 1) for part in rest if "=" in part)
    row = {"pdq": found[1] if found else head, "quality": named.get("quality", ""), "name": named.get("filename", "")}
    if not named and len(rest) == 2 and rest[0].strip().isdigit() and int(rest[0]) <= 100:  # else it is a list of other columns
        row |= {"quality": rest[0], "name": rest[1]}
    return _entry(path, number, row, "pdq", source)


def _entry(path: Path, number: int, row: dict[str, str], column: str, source: Use) -> Entry:
    pdq, phash, dhash = (row.get(name, "").strip().lower() for name in (column, "phash", "dhash"))
    if not pdq and (phash or dhash):
        raise ConfigError(
            f"{path}, line {number}: has no PDQ hash. Archives are searched by PDQ; phash and dhash are kept beside it."
        )
    if not PDQ.fullmatch(pdq) or not HEX64.fullmatch(phash) or not HEX64.fullmatch(dhash):
        raise ConfigError(f"{path}, line {number}: PDQ is 64 hex digits, phash and dhash are 16 each.")
    quality = row.get("quality", "").strip()
    if quality and not (quality.isascii() and quality.isdigit() and int(quality) <= 100):
        raise ConfigError(f"{path}, line {number}, column quality: {quality[:20]!r} is no number from 0 to 100.")
    sha256 = row.get("sha256", "").strip().lower()
    url, publisher, credit, licence = (row.get(name, "").strip() for name in ("url", "publisher", "credit", "licence"))
    own = Use(url, publisher, day(path, number, row.get("published", "").strip()), credit, licence)
    prints = Fingerprints(phash, dhash, (pdq,), int(quality) if quality else UNKNOWN_QUALITY)
    identity = sha256 if SHA256.fullmatch(sha256) else f"{HASH_ALONE}{pdq}"
    return Entry(identity, row.get("name", "").strip() or f"hash {pdq[:12]}", 0, 0, prints, source if own == Use() else own)


def _line(fields: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(fields)
    return out.getvalue()


def _inert(name: str) -> str:
    """A name that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{name}" if name.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else name
