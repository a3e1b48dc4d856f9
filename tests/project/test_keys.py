"""A check or an edition that asks for a field asks for one that some reader gives."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent.parent / "src" / "provcheck"
KEY = re.compile(r"(exif|gps|xmp|iptc|mn|png|icc|jpeg|mpf|thumb|c2pa|file)\.[a-z0-9_]+")


def keys(folder: Path) -> dict[str, str]:
    """Every key that stands whole in a string of the code, also among others with blanks between them, and its file."""
    found = {}
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.update({word: file.name for word in node.value.split() if KEY.fullmatch(word)})
    return found


GIVEN = keys(HOUSE / "readers")
ASKED = {**keys(HOUSE / "checks"), **keys(HOUSE / "redact"), **keys(HOUSE / "domain")}


def test_keys_are_asked_for() -> None:
    assert {"exif.artist", "iptc.byline", "xmp.digital_source_type"} <= ASKED.keys()


@pytest.mark.parametrize("key", sorted(ASKED))
def test_a_key_that_is_asked_for_is_given_by_a_reader(key: str) -> None:
    """The credit of a photo was once looked for under names that no reader wrote, and never found."""
    assert key in GIVEN, ASKED[key]
