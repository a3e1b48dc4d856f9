"""A list of photos as desks and their spreadsheets write it: read rightly, or refused with the line and what to do."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path

import pytest

from provcheck.domain.case import Received
from provcheck.domain.errors import ConfigError
from provcheck.jobs.batch.manifest import Row, read_rows

TABLE = (("path", "photo_id", "claim_text", "note"), ("Straße.jpg", "7", 'Er sagt: "gesehen"\nan der Straße; zweimal, абв', ""))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("first", ["", "\ufeff", "sep=X\r\n", "\ufeffSEP=X\r\n"])
def test_what_spreadsheets_save_in_any_country_is_the_same_list(tmp_path: Path, separator: str, first: str) -> None:
    """With the byte order mark that Excel writes or without, CR and LF, empty columns and rows at the end."""
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(first.replace("X", separator))
        csv.writer(file, delimiter=separator).writerows([*((*row, "", "") for row in TABLE), [""] * 6])
    (row,) = read_rows(tmp_path / "list.csv")
    assert (row.name, row.photo_id, row.extra) == ("Straße.jpg", "7", (("note", ""),))
    assert row.claim is not None
    assert row.claim.text == TABLE[1][2]


@pytest.mark.parametrize(("encoding", "line"), [("cp1251", 3), ("cp1252", 2), ("utf-16", 1), ("utf-16-le", 1)])
def test_another_encoding_is_refused_with_the_line_and_the_remedy(tmp_path: Path, encoding: str, line: int) -> None:
    text = "path;note\r\nStra\u00dfe.jpg;\r\na.jpg;абв\r\n"
    (tmp_path / "list.csv").write_bytes(text.encode(encoding, "ignore"))
    with pytest.raises(ConfigError, match=rf"list\.csv, line {line}: .*; save the manifest as CSV in UTF-8"):
        list(read_rows(tmp_path / "list.csv"))


def test_columns_are_known_in_capitals_too_and_others_keep_theirs(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Path,PHOTO_ID,Desk\na.jpg,1,B\n", "utf-8")
    (row,) = read_rows(tmp_path / "list.csv")
    assert (row.name, row.photo_id, row.extra) == ("a.jpg", "1", (("Desk", "B"),))


def test_how_a_photo_came_is_kept_where_nothing_is_claimed(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "path,received_at,channel\na.jpg,2023-07-29T14:10:00+05:00,a public page\nb.jpg,,\n", "utf-8"
    )
    said, silent = read_rows(tmp_path / "list.csv")
    assert said.claim is None
    assert said.received == Received("the sender", "a public page", datetime.fromisoformat("2023-07-29T14:10:00+05:00"))
    assert (silent.claim, silent.received) == (None, None)


def test_where_a_photo_was_found_is_a_claim_even_without_words(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("path,source_url,received_at\na.jpg,https://example.org/p,2023-07-29T14:10:00Z\n", "utf-8")
    (row,) = read_rows(tmp_path / "list.csv")
    assert row.claim is not None
    assert (row.claim.url, row.claim.by, row.received) == ("https://example.org/p", "the sender", None)
    assert row.claim.received_at is not None
    assert row.claim.received_at.date() == date(2023, 7, 29)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name\na.jpg\n", "'path' among them"),
        ("path,path\na,b\n", "line 1: two columns are called 'path'"),
        ("path,Path\na,b\n", "line 1: two columns are called 'path'"),
        ("", "lists no photo"),
        ("\npath\na.jpg\n", "line 1: must name the columns"),
        ("path\n,\n\n", "lists no photo"),
        ("path,\na.jpg,x\n", "line 2: column 2 holds text and has no name in the header"),
        ("path" + ",x" * 9_999 + "\n", "line 1: names 10000 columns; the limit is 100"),
        ("path,x\na.jpg,a\0b\n", "line 2: holds a NUL character; save the manifest as CSV in UTF-8"),
        ('path,x\na.jpg,"a\n\nb"c"\n', "line 4: "),
        ("sep=;\npath;x\na.jpg\n", "line 3: has 1 columns, the header 2"),
        ("path\n", "lists no photo"),
        ("path,credit\na.jpg\n", "line 2: has 1 columns, the header 2"),
        ("path,credit\n ,x\n", "line 2: 'path' must name a file"),
        ("path,claim_date\na.jpg,29 July\n", "line 2: 'claim_date' must be a date"),
        (
            "path;claim_date\na.jpg;29.07.2023\n",
            "the year first, such as 2023-07-29, or two with a slash between; it is '29.07.2023'",
        ),
        ("path,claim_date\na.jpg,07/29/2023\n", "it is '07/29/2023'"),
        ('path;claim_place\na.jpg;"51,2; 52,2"\n', "a latitude and a longitude such as 51.2, 52.2; it is '51,2; 52,2'"),
        ("path,received_at\na.jpg,29.07.2023\n", "line 2: 'received_at' must be a time"),
        ("path,claim_date\na.jpg,2023-07-29/2023-07-28\n", "line 2: 'claim_date'"),
        (
            "path,received_at,credit\na.jpg,2023-07-29T10:00,x\n",
            "line 2: 'received_at' must be a time with the year first and its zone",
        ),
        ('path,claim_place\na.jpg,"91, 10"\n', "line 2: 'claim_place'"),
        ('path\n"a.jpg\n', "line 2"),
        ("path\n" + "a" * 300_000 + "\n", "line 2: longer than"),
        ("path,x\na.jpg," + "b" * 25_000 + "\n", "line 2: 'x' has 25000 characters"),
    ],
)
def test_a_broken_manifest_is_refused_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "list.csv").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"list\.csv") as refused:
        list(read_rows(tmp_path / "list.csv"))
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[]", "one JSON object"),
        ('{"path": null}', "'path' must be text"),
        ('{"path": "a"', "not JSON"),
        ('{"path": "a.jpg", "path": "b.jpg"}', "a key stands twice"),
        ("[" * 50_000, "not JSON"),
        ('{"path": "a.jpg", "": "x"}', "'' names nothing"),
        ('{"path": "a.jpg", "\\ud800": "x"}', "names nothing"),
        ('{"path": "\\ud800.jpg"}', "'path': not UTF-8"),
        ('{"path": "a.jpg", "x": "\\u0000"}', "'x': holds a NUL character"),
    ],
)
def test_a_broken_line_of_json_is_refused_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "list.jsonl").write_text('{"path": "a.jpg"}\n\n' + text + "\n", "utf-8")
    with pytest.raises(ConfigError, match="line 3") as refused:
        list(read_rows(tmp_path / "list.jsonl"))
    assert problem in str(refused.value)


def test_json_lines_say_what_csv_says(tmp_path: Path) -> None:
    said = {
        "path": "in/a.jpg",
        "photo_id": "7",
        "claim_date": "2023-07-28/2023-07-29",
        "claim_place": "51.2, 52.2",
        "desk": "night",
    }
    (tmp_path / "list.jsonl").write_text(json.dumps(said) + "\n", "utf-8")
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([said.keys(), said.values()])
    (from_json,), (from_csv,) = (list(read_rows(tmp_path / name)) for name in ("list.jsonl", "list.csv"))
    assert from_json == from_csv
    assert isinstance(from_json, Row)
    assert (from_json.name, from_json.photo_id, from_json.extra) == ("in/a.jpg", "7", (("desk", "night"),))
    assert from_json.claim is not None
    assert from_json.claim.place is not None
    assert from_json.claim.place.radius_km == 10
