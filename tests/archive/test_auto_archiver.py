"""What auto-archiver wrote becomes a manifest, read as data and never run."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from provcheck.archive.lists import read_hashes
from provcheck.archive.literal import read_literal
from provcheck.archive.manifest import Row, read_manifest
from provcheck.domain.archive import Use
from provcheck.domain.errors import ConfigError

MOMENT = datetime(2022, 3, 4, 23, 30, tzinfo=UTC)
PDQ = "00112233445566778899aabbccddeeff" * 2
USE = Use("https://t.me/channel/12", "t.me", date(2022, 3, 4), "a channel")


def record() -> dict[str, Any]:
    """As core/metadata.py and core/media.py shape it: a photo, a video with a thumbnail, a screenshot and the page."""

    def medium(name: str, kind: str, **properties: object) -> dict[str, Any]:
        stored = {"filename": f"run/{name}", "_key": f"post/{name}", "urls": [f"https://s3.example/{name}", f"archive/{name}"]}
        return {**stored, "properties": properties, "_mimetype": kind, "_stored": True}

    media = [
        medium("photo.jpg", "image/jpeg", pdq_hash=PDQ.upper(), hash="SHA-256:ab"),
        medium("video.mp4", "video/mp4", thumbnails=[medium("frame.jpg", "image/jpeg", id="thumbnail_1")]),
        medium("screen.png", "image/png", id="screenshot"),
        medium("page.html", "text/html", id="_final_media"),
    ]
    metadata = {"_processed_at": MOMENT, "url": USE.url, "timestamp": MOMENT, "author": "a channel", "content": "О\nновости"}
    return {"status": "telethon: success", "metadata": metadata, "media": media}


def _csv(path: Path, *records: dict[str, Any]) -> Path:
    """As modules/csv_db writes it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=["status", "metadata", "media"])
        writer.writeheader()
        writer.writerows(records)
    return path


def _lines(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(one, default=str) + "\n" for one in records), "utf-8")
    return path


@pytest.mark.parametrize("written", [_csv, _lines])
def test_its_pictures_come_with_the_post_that_they_were_in(tmp_path: Path, written: Any) -> None:
    (tmp_path / "post").mkdir()
    (tmp_path / "post" / "frame.jpg").write_bytes(b"a")  # found by its key; the photo by none, so its first place is named
    first, second = read_manifest(written(tmp_path / "db", record()))
    assert (first.path, first.use) == (tmp_path / "archive/photo.jpg", USE)
    assert (second.path, second.use) == (tmp_path / "post/frame.jpg", USE)


@pytest.mark.parametrize("written", [_csv, _lines])
def test_its_hashes_come_without_the_pictures(tmp_path: Path, written: Any) -> None:
    (only,) = read_hashes(written(tmp_path / "db", record()))
    assert (only.fingerprints.pdq, only.use, only.name) == ((PDQ,), USE, "archive/photo.jpg")


def test_a_post_longer_than_a_csv_field_may_be_is_read(tmp_path: Path) -> None:
    long = record()
    long["metadata"]["content"] = "слово " * 50_000
    assert len(read_manifest(_csv(tmp_path / "db.csv", long))) == 2
    assert csv.field_size_limit() == 131_072


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('touch /tmp/run')",
        "[x for x in ().__class__.__base__.__subclasses__()]",
        "open('/etc/passwd').read()",
        "lambda: 0",
        "f'{1+1}'",
    ],
)
def test_nothing_in_a_record_is_run(text: str) -> None:
    assert read_literal(text) in (None, "os", "/etc/passwd", "touch /tmp/run")


@pytest.mark.parametrize(
    "text", ["(" * 5000, "[" * 100_000 + "]" * 100_000, "{'a': ", "datetime.datetime(2022, 13, 1)", "-" * 100_000 + "1"]
)
def test_a_value_out_of_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_literal(text)


def test_a_date_is_read_as_it_was_printed() -> None:
    assert read_literal(repr({"a": MOMENT, "b": [1, -2.5, None, True, "x"]})) == {"a": MOMENT, "b": [1, -2.5, None, True, "x"]}


def test_a_broken_record_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "db.csv").write_text("status,metadata,media\nok,{},[]\nok,\"{'a': \",[]\n")
    with pytest.raises(ConfigError, match=r"db\.csv, line 3: is no record of auto-archiver's"):
        read_manifest(tmp_path / "db.csv")


@pytest.mark.parametrize("odd", [{"media": 5}, {"media": [5, {"properties": 7}], "metadata": "x"}, {"media": [{"filename": 3}]}])
def test_a_record_of_another_shape_holds_no_pictures(tmp_path: Path, odd: dict[str, Any]) -> None:
    assert read_manifest(_lines(tmp_path / "db.jsonl", odd)) == ()


def test_json_lines_of_our_own_are_read(tmp_path: Path) -> None:
    given = {"path": "a/b.jpg", "url": "https://x.example/1", "published": "2022-03-04", "credit": None, "note": ["other"]}
    (only,) = read_manifest(_lines(tmp_path / "list.jsonl", given))
    assert only == Row(tmp_path / "a/b.jpg", Use("https://x.example/1", published=date(2022, 3, 4)), 1)


@pytest.mark.parametrize("line", ['{"path": 5}', '{"path": "a", "published": "soon"}', "{", '{"path": ""}', "[" * 100_000])
def test_a_broken_line_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    (tmp_path / "list.jsonl").write_text('{"path": "a.jpg"}\n' + line + "\n")
    with pytest.raises(ConfigError, match=r"list\.jsonl, line 2"):
        read_manifest(tmp_path / "list.jsonl")
