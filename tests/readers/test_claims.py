"""claims.toml is read strictly: what is wrong is named with its line and key."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.domain.claim import Claim, DateRange, Place
from provcheck.domain.errors import ConfigError
from provcheck.domain.place import Position
from provcheck.readers.claims import read_claims

RENDERED = """
rendered = {said}
[[claim]]
by = "a journalist"
text = "Trucks."
"""
FULL = """
title = "Trucks"
[[claim]]
by = "a journalist"
published = 2023-07-29
url = "https://example.org/post"
text = "Trucks with Russian plates."
received_at = 2023-07-29T14:10:00+05:00
channel = "a public page"
taken_on = { first = 2023-07-28, last = 2023-07-29 }
place = { name = "Oral–Aksay road", position = [51.2, 52.2], radius_km = 60, country = "KZ" }
plates = "RU"
credit = "a reader"
camera = "Canon EOS 80D"
photos = ["journalist-*.jpg"]

[[claim]]
by = "the ministry"
text = "In transit."
taken_on = 2023-07-30
place = "a road"
"""


def read(tmp_path: Path, source: str) -> tuple[Claim, ...]:
    file = tmp_path / "claims.toml"
    file.write_text(source, "utf-8")
    return read_claims(file).claims


def test_every_part_is_read(tmp_path: Path) -> None:
    first, second = read(tmp_path, FULL)
    assert first == Claim(
        "A",
        "a journalist",
        "Trucks with Russian plates.",
        date(2023, 7, 29),
        "https://example.org/post",
        datetime(2023, 7, 29, 14, 10, tzinfo=timezone(timedelta(hours=5))),
        "a public page",
        DateRange(date(2023, 7, 28), date(2023, 7, 29)),
        Place("Oral–Aksay road", Position(Decimal("51.2"), Decimal("52.2"), "claim"), 60, "KZ"),
        "RU",
        "a reader",
        "Canon EOS 80D",
        ("journalist-*.jpg",),
    )
    assert (second.id, second.taken_on, second.place) == ("B", DateRange(date(2023, 7, 30), date(2023, 7, 30)), Place("a road"))


def test_a_file_may_say_that_its_photos_are_rendered(tmp_path: Path) -> None:
    file = tmp_path / "claims.toml"
    for said in ("true", "false"):
        file.write_text(RENDERED.format(said=said), "utf-8")
        assert read_claims(file).rendered is (said == "true")
    with pytest.raises(ConfigError, match="line 2: 'rendered' must be true or false"):
        read(tmp_path, RENDERED.format(said='"yes"'))


@pytest.mark.parametrize(
    ("wrong", "right", "line", "says"),
    [
        ("published = 2023-07-29", "publised = 2023-07-29", 5, "'publised' unknown key"),
        ("published = 2023-07-29", "published = 2023-02-30", 5, "'published' Invalid date"),
        ("published = 2023-07-29", 'published = "2023-07-29"', 5, "'published' must be a date without"),
        ("2023-07-29T14:10:00+05:00", "2023-07-29T14:10:00", 8, "'received_at' must be a time with its zone"),
        ("last = 2023-07-29", "last = 2023-07-27", 10, "ends before it begins"),
        ("last = 2023-07-29", "end = 2023-07-29", 10, "'end' unknown key"),
        ("[51.2, 52.2]", "[151.2, 52.2]", 11, "'position' must be [latitude, longitude]"),
        ("[51.2, 52.2]", "[nan, inf]", 11, "'position' must be"),
        ("[51.2, 52.2]", '"51.2, 52.2"', 11, "'position' must be"),
        ("position = [51.2, 52.2]", "line = [[51.2, 52.2]]", 11, "'line' must be 2 to 1000 points"),
        ("position = [51.2, 52.2]", "line = [[51.2, 52.2], [51.2]]", 11, "'line' must be [latitude, longitude]"),
        ("[51.2, 52.2]", "[51.2, 52.2], line = [[51.2, 52.2], [51.2, 53.0]]", 11, "not both"),
        ('plates = "RU"', 'light = "dusk"', 12, '\'light\' must be "daylight" or "night"'),
        ('plates = "RU"', "taken_at = 2023-07-29T10:00:00", 12, "'taken_at' must be a time with its zone"),
        ('"KZ"', '"Kazakhstan"', 11, "'country' must be two capital letters"),
        ("radius_km = 60", "radius_km = -1", 11, "'radius_km' must be a whole number"),
        ('["journalist-*.jpg"]', '"journalist-*.jpg"', 15, "'photos' must be a list"),
        ('plates = "RU"', "plates = 7", 12, "'plates' must be text"),
        ('plates = "RU"', 'plates = "Russian"', 12, "'plates' must be a country's two letters"),
        ("taken_on = 2023-07-30", "taken_on = 2023-07-30\ntitel = 1", 21, "'titel' unknown key"),
        ('title = "Trucks"', 'Title = "Trucks"', 2, "'Title' unknown key"),
        ('text = "In transit."', "", 17, "lacks 'text'"),
        ('by = "the ministry"', 'by = "the ministry"\nid = "A"', 19, "'A' is used twice"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, wrong: str, right: str, line: int, says: str) -> None:
    assert wrong in FULL
    with pytest.raises(ConfigError) as error:
        read(tmp_path, FULL.replace(wrong, right))
    assert f"claims.toml, line {line}: " in str(error.value)
    assert says in str(error.value)


@pytest.mark.parametrize("source", ["", "claim = 1", "title = 'x'", "[[claim]]", "not toml at all"])
def test_a_file_without_a_claim_is_an_error(tmp_path: Path, source: str) -> None:
    with pytest.raises(ConfigError, match=r"claims\.toml"):
        read(tmp_path, source)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.toml"):
        read_claims(tmp_path / "gone.toml")


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "claims.toml").write_bytes(FULL.encode("utf-16"))
    with pytest.raises(ConfigError, match="UTF-8"):
        read_claims(tmp_path / "claims.toml")


@given(st.text(max_size=200))
def test_no_text_makes_it_raise_anything_else(tmp_path_factory: pytest.TempPathFactory, source: str) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(source.encode("utf-8", "surrogatepass"))
    with pytest.raises(ConfigError):
        read_claims(file)


def test_a_road_is_a_line_with_a_width(tmp_path: Path) -> None:
    source = FULL.replace("position = [51.2, 52.2], radius_km = 60", "line = [[51.2, 51.4], [51.17, 53.0]]")
    place = read(tmp_path, source)[0].place
    assert place is not None
    assert [float(point.longitude) for point in place.line] == [51.4, 53.0]
    assert (place.position, place.radius_km) == (None, 5)


def test_a_moment_gives_the_day_too(tmp_path: Path) -> None:
    source = FULL.replace("taken_on = 2023-07-30", "taken_at = 2023-07-30T02:00:00+05:00\nlight = 'night'")
    second = read(tmp_path, source)[1]
    assert second.taken_on == DateRange(date(2023, 7, 30), date(2023, 7, 30))
    assert second.taken_at is not None
    assert second.light == "night"
