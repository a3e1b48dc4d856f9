"""A manifest is read whole, or refused with file, line and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from provcheck.archive.manifest import Row, read_manifest
from provcheck.domain.archive import Use
from provcheck.domain.errors import ConfigError

HEADER = "path,url,publisher,published,credit,licence\n"


def _written(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "list.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_a_row_is_a_path_beside_the_manifest_and_a_use(tmp_path: Path) -> None:
    file = _written(tmp_path, HEADER + 'a/b.jpg,https://x.example/1,"Газета, утренняя",2022-03-04,Иванова,CC0\n')
    use = Use("https://x.example/1", "Газета, утренняя", date(2022, 3, 4), "Иванова", "CC0")
    assert read_manifest(file) == (Row(tmp_path / "a/b.jpg", use, 2),)


def test_a_byte_order_mark_and_other_columns_do_not_matter(tmp_path: Path) -> None:
    file = _written(tmp_path, "\ufeffnote,Path \r\nhello,a.jpg\r\n")
    assert read_manifest(file) == (Row(tmp_path / "a.jpg", Use(), 2),)


def test_semicolons_of_a_spreadsheet_are_read(tmp_path: Path) -> None:
    assert read_manifest(_written(tmp_path, "path;credit\na.jpg;X, Y\n")) == (Row(tmp_path / "a.jpg", Use(credit="X, Y"), 2),)


def test_short_and_long_rows_are_read(tmp_path: Path) -> None:
    rows = read_manifest(_written(tmp_path, HEADER + "a.jpg\nb.jpg,u,p,,c,l,more,and more\n"))
    assert [row.use for row in rows] == [Use(), Use("u", "p", None, "c", "l")]


@pytest.mark.parametrize("day", ["2022-13-01", "4.3.2022", "20220304", "2022-W01-1", "yesterday", "2022-02-30"])
def test_a_broken_date_names_file_line_and_column(tmp_path: Path, day: str) -> None:
    file = _written(tmp_path, HEADER + "a.jpg,,,2022-01-01,,\n" + f"b.jpg,,,{day},,\n")
    with pytest.raises(ConfigError, match=r"list\.csv, line 3, column published"):
        read_manifest(file)


@pytest.mark.parametrize("text", ["", "url,publisher\n", "a.jpg\n"])
def test_a_list_without_a_path_column_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="no column path"):
        read_manifest(_written(tmp_path, text))


def test_a_row_without_a_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line 2, column path"):
        read_manifest(_written(tmp_path, HEADER + ",https://x.example,,,,\n"))


@pytest.mark.parametrize("data", [HEADER.encode() + "a.jpg,,Газета,,,\n".encode("cp1251"), (HEADER + "a\n").encode("utf-16")])
def test_another_encoding_is_refused_with_its_line(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ConfigError, match=r"line \d: is not UTF-8"):
        read_manifest(_written(tmp_path, data))


def test_broken_quoting_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line 2"):
        read_manifest(_written(tmp_path, HEADER + '"a.jpg"x,,,,,\n'))


def test_a_missing_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_manifest(tmp_path / "none.csv")
