"""Zone and country of a position, offline."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from provcheck.domain.place import Position
from provcheck.domain.reading import Found
from provcheck.readers.place import whereabouts

pytest.importorskip("timezonefinder", reason="timezonefinder is not installed")


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone", "countries", "contested"),
    [
        ("51.17", "53.0", "Asia/Oral", ("KZ",), False),
        ("55.75", "37.62", "Europe/Moscow", ("RU",), False),
        ("44.95", "34.1", "Europe/Simferopol", ("RU", "UA"), True),
        ("48.2", "16.37", "Europe/Vienna", ("AT",), False),
        ("48.0", "37.8", "Europe/Kyiv", ("RU", "UA"), True),
        ("50.45", "30.52", "Europe/Kyiv", ("UA",), False),
        ("42.66", "21.16", "Europe/Belgrade", ("RS", "XK"), True),
        ("44.8", "20.47", "Europe/Belgrade", ("RS",), False),
        ("34.1", "74.8", "Asia/Kolkata", ("IN", "PK"), True),
    ],
)
def test_a_place_has_its_zone_and_a_contested_one_is_called_so(
    latitude: str, longitude: str, zone: str, countries: tuple[str, ...], contested: bool
) -> None:
    reading = whereabouts(Position(Decimal(latitude), Decimal(longitude)))
    assert isinstance(reading, Found)
    assert (reading.value.zone, reading.value.countries, reading.value.contested) == (zone, countries, contested)


@pytest.mark.parametrize(("error_m", "near"), [(None, ("FR",)), (5, ())])
def test_a_country_within_the_position_s_own_error_is_near(error_m: int | None, near: tuple[str, ...]) -> None:
    """The bank of the Rhine at Kehl, half a kilometre from France."""
    reading = whereabouts(Position(Decimal("48.5745"), Decimal("7.8085"), "", error_m))
    assert isinstance(reading, Found)
    assert (reading.value.countries, reading.value.near) == (("DE",), near)


def test_the_offset_is_that_of_the_day_and_not_of_today() -> None:
    summer, winter = datetime(2023, 7, 29, 12), datetime(2023, 1, 29, 12)  # noqa: DTZ001 -- wall clocks
    berlin = Position(Decimal("52.52"), Decimal("13.40"))
    offsets = [
        reading.value.offset_minutes for naive in (summer, winter) if isinstance(reading := whereabouts(berlin, naive), Found)
    ]
    assert offsets == [120, 60]
