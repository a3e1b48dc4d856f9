"""What codes stand for."""

from __future__ import annotations

import re

from provcheck.domain.text import Text
from provcheck.readers.plates.regions import listed, meaning, regions


def ids(code: str) -> list[str]:
    return [text.id for text in meaning(code)]


def args(text: Text) -> dict[str, object]:
    return dict(text.args)


def test_baikonur_is_inside_kazakhstan() -> None:
    assert ids("94") == ["plates.region-baikonur"]


def test_codes_of_occupied_regions_say_who_assigned_them_and_name_the_older_meaning() -> None:
    assert ids("80") == ["plates.region-occupied", "plates.region-former"]


def test_regions_next_to_west_kazakhstan_say_so() -> None:
    for code in ("30", "34", "134", "63", "163", "763", "64", "164", "56", "156"):
        assert "plates.region-near-kazakhstan" in ids(code)


def test_an_unlisted_code_is_said_to_be_unlisted() -> None:
    assert not listed("999")
    assert ids("999") == ["plates.region-unlisted"]


def test_ninety_one_is_kaliningrad_and_not_crimea() -> None:
    assert args(meaning("91")[0])["subject"] == Text("region.kaliningrad-oblast")


def test_every_assignment_is_a_code_with_days_or_years_or_open_ends() -> None:
    for item in (item for items in regions().values() for item in items):
        assert re.fullmatch(r"(?!00)\d\d|[1-9](?!00)\d\d", item.code)
        assert all(re.fullmatch(r"|\d{4}|\d{4}-\d\d-\d\d", day) for day in (item.first, item.last))


def test_every_code_of_two_digits_is_listed_and_its_subject_shared_by_its_longer_ones() -> None:
    assert all(listed(f"{number:02d}") for number in range(1, 100))
    for code in ("134", "163", "763", "164", "777", "797", "977", "178"):
        mother = {"777": "77", "797": "77", "977": "77"}.get(code, code[-2:])
        assert regions()[code][0].subject == regions()[mother][0].subject


def test_every_assignment_names_its_source() -> None:
    assert all(item.source and item.subject for items in regions().values() for item in items)
