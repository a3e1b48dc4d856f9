"""What Bellingcat's auto-archiver wrote: its csv_db file, or its records as JSON lines (api_db), as rows of a manifest.

A record is {status, metadata, media}: `metadata` holds url, timestamp and title of the post, each of `media` a filename, the key
under which it was stored, the urls where it was stored (paths, for local storage), and properties (hashes, a video's thumbnails).
Seen in github.com/bellingcat/auto-archiver: core/metadata.py, core/media.py, modules/csv_db.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import urlsplit

from provcheck.archive.listing import is_lines, objects, table
from provcheck.archive.literal import read_literal
from provcheck.domain.archive import Use
from provcheck.domain.errors import ConfigError

COLUMNS: Final = {"status", "metadata", "media"}
PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".tif", ".tiff", ".bmp", ".jp2")
NAMES: Final = ("author", "uploader", "creator", "username")  # under which extractors put who posted
DEEPEST: Final = 4  # media within media: a video's thumbnails are one level down


@dataclass(frozen=True, slots=True)
class Medium:
    """One archived picture: where it may lie, first choice first, its PDQ as hex or "", and the post that it was in."""

    paths: tuple[str, ...]
    pdq: str
    use: Use


def is_record(path: Path, text: str) -> bool:
    """Whether a list is auto-archiver's: by its header, or by the keys of its first line."""
    if is_lines(text):
        _, first = next(objects(path, text))
        return "media" in first and "path" not in first
    return {name.strip() for name in text.split("\n", 1)[0].lower().split(",")} >= COLUMNS


def read_media(path: Path, text: str) -> Iterator[tuple[int, Medium]]:
    """The pictures of every record, with the line that each stands in. Raises ConfigError with file and line."""
    if is_lines(text):
        for line, record in objects(path, text):
            yield from ((line, medium) for medium in media_of(record))
        return
    with table(path, text) as reader:
        for fields in reader:
            try:
                record = {name: read_literal(fields.get(name) or "None") for name in ("metadata", "media")}
            except ValueError as fault:
                raise ConfigError(f"{path}, line {reader.line_num}: is no record of auto-archiver's csv_db ({fault}).") from None
            yield from ((reader.line_num, medium) for medium in media_of(record))


def media_of(record: Mapping[str, Any]) -> Iterator[Medium]:
    """The pictures of one record. Screenshots of the page are left out: they are no publication of a photo."""
    use = _use(_mapping(record.get("metadata")))
    for one in _every(record.get("media"), 0):
        properties = _mapping(one.get("properties"))
        if "screenshot" in str(properties.get("id", "")) or not _is_picture(one):
            continue
        stored = [text for text in _texts(one.get("urls")) if not text.startswith(("http://", "https://", "s3://"))]
        named = [text for text in (one.get("_key"), one.get("key"), one.get("filename")) if isinstance(text, str) and text]
        yield Medium(tuple(text.removeprefix("file://") for text in (*stored, *named)), str(properties.get("pdq_hash") or ""), use)


def found(medium: Medium, folder: Path) -> Path:
    """The file that is there, looked for beside the list; the first choice where none is, for the message that names it."""
    choices = [folder / text for text in medium.paths if text and "\0" not in text] or [folder / "-"]
    return next((path for path in choices if path.is_file()), choices[0])


def _use(metadata: Mapping[str, Any]) -> Use:
    url = str(metadata.get("url") or "")
    try:
        publisher = urlsplit(url).hostname or ""
    except ValueError:
        publisher = ""
    credit = next((str(metadata[name]) for name in NAMES if isinstance(metadata.get(name), str)), "")
    return Use(url, publisher, day_of(metadata.get("timestamp")), credit)


def day_of(moment: object) -> date | None:
    """The day, in UTC, of what stands under `timestamp`; None where that is no moment."""
    try:
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment.strip())
        if isinstance(moment, int | float) and not isinstance(moment, bool):
            moment = datetime.fromtimestamp(moment, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    if isinstance(moment, datetime):
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    return moment if isinstance(moment, date) else None


def _every(media: object, depth: int) -> Iterator[Mapping[str, Any]]:
    """Media, and those within their properties."""
    for one in media if isinstance(media, list) else ():
        if isinstance(one, Mapping):
            yield one
            if depth < DEEPEST:
                for value in _mapping(one.get("properties")).values():
                    yield from _every(value if isinstance(value, list) else [value], depth + 1)


def _is_picture(one: Mapping[str, Any]) -> bool:
    mimetype = str(one.get("_mimetype") or one.get("mimetype") or "")
    name = str(one.get("_key") or one.get("key") or one.get("filename") or "")
    return mimetype.startswith("image/") if mimetype else PurePosixPath(name.lower()).suffix in PICTURES


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
