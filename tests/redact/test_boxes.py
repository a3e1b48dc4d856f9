"""A boxes file: what a person draws is taken exactly or refused with its place; nothing is lost in silence."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.domain.errors import ConfigError
from provcheck.domain.redaction import Drawn, Marked
from provcheck.redact.boxes import Proposal, boxes_text, meant, read_boxes


def boxes(tmp_path: Path, text: str) -> tuple[Drawn, ...]:
    (tmp_path / "boxes.toml").write_text(text, "utf-8")
    return read_boxes(tmp_path / "boxes.toml")


def test_a_box_and_corners_are_read_as_outlines(tmp_path: Path) -> None:
    drawn = boxes(tmp_path, '[[photo]]\nfile = "a.jpg"\nadd = [[1, 2, 30, 40], [[0, 0], [9, 0], [0, 9]]]\nundo = [[5, 5, 1, 1]]\n')
    assert drawn == (
        Drawn("a.jpg", "", (((1, 2), (31, 2), (31, 42), (1, 42)), ((0, 0), (9, 0), (0, 9))), (((5, 5), (6, 5), (6, 6), (5, 6)),)),
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", r"must hold \[\[photo\]\]"),
        ('photo = "a.jpg"', r"must hold \[\[photo\]\]"),
        ("[[photo]]\nadd = []", "photo 1: 'file'"),
        ('[[photo]]\nfile = "a"\nboxes = []', "photo 1: unknown key 'boxes'"),
        ('[[photo]]\nfile = "a"\nsha256 = "12"', "photo 1: 'sha256'"),
        ('[[photo]]\nfile = "a"\nadd = [[1, 2, 3]]', "photo 1: box 1 of 'add'"),
        ('[[photo]]\nfile = "a"\nadd = [[1, 2, 3, 0]]', "photo 1: box 1 of 'add'"),
        ('[[photo]]\nfile = "a"\nadd = [[1, 2, 3, 4], [1.5, 2, 3, 4]]', "photo 1: box 2 of 'add'"),
        ('[[photo]]\nfile = "a"\nadd = [[1, 2, 3, 99999999999]]', "photo 1: box 1 of 'add'"),
        ('[[photo]]\nfile = "a"\nadd = [[[1, 2], [3, 4]]]', "photo 1: box 1 of 'add'"),
        ('[[photo]]\nfile = "a"\nadd = [[[1, 2], [3, 4], [5, true]]]', "photo 1: box 1 of 'add'"),
        ('[[photo]]\nfile = "a"\nundo = [[]]', "photo 1: box 1 of 'undo'"),
        ('[[photo]]\nfile = "a"\nadd = 3', "'add' must be a list"),
        ('[[photo]]\nfile = "a"\n[[photo]]\nfile = "a"', "'a' stands twice"),
        ('[[photo]]\nfile = "a', "boxes.toml"),
        (f'[[photo]]\nfile = "a"\nadd = [{"[1, 1, 1, 1], " * 1001}]', "at most 1000"),
        ("[" * 4000, "boxes.toml"),
    ],
)
def test_what_is_no_boxes_file_is_refused_with_its_place(text: str, named: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=named):
        boxes(tmp_path, text)


def test_a_missing_binary_or_huge_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        read_boxes(tmp_path / "none.toml")
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not UTF-8"):
        read_boxes(tmp_path / "b.toml")
    (tmp_path / "b.toml").write_bytes(b"#" * 5_000_001)
    with pytest.raises(ConfigError, match="larger than"):
        read_boxes(tmp_path / "b.toml")


@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
    st.lists(st.integers(-9, 9), min_size=4, max_size=4),
)
def test_a_draft_s_boxes_file_reads_back_whatever_the_photo_is_called(name: str, numbers: list[int]) -> None:
    x, y, width, height = numbers
    outline = ((x, y), (x + abs(width) + 1, y), (x, y + abs(height) + 1))
    drawn = Drawn(name, "0" * 64, (outline,), ())
    text = boxes_text([Proposal(drawn, (Marked(outline, Decimal("0.75"), "A000AA163", True),))])
    assert tomllib.loads(text)["photo"][0]["file"] == name
    assert "marked by the detector" in text


def test_a_photo_that_is_given_by_another_path_is_known_by_its_last_name_and_its_digest() -> None:
    """Drafts of two photos were made by their paths; one of them given alone is called by its name."""
    drawn = Drawn("/desk/photos/IMG_1.jpg", "ab" * 32)
    assert meant(drawn, ("IMG_1.jpg", "IMG_2.jpg")) == "IMG_1.jpg"
    assert meant(Drawn("C:\\desk\\IMG_1.jpg", "ab" * 32), ("IMG_1.jpg",)) == "IMG_1.jpg"
    assert meant(drawn, ("a/IMG_1.jpg", "b/IMG_1.jpg")) is None
    assert meant(Drawn("/desk/photos/IMG_1.jpg"), ("IMG_1.jpg",)) is None
    assert meant(drawn, ("/desk/photos/IMG_1.jpg", "IMG_1.jpg")) == "/desk/photos/IMG_1.jpg"
