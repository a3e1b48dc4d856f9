"""The sun's height, against published positions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from provcheck.checks.sun import elevation, position


@pytest.mark.parametrize(
    ("moment", "latitude", "longitude", "height", "azimuth"),
    [
        # NREL/TP-560-34302, table A5.1: Golden, Colorado (zenith 50.11162, azimuth 194.34024)
        (datetime(2003, 10, 17, 19, 30, 30, tzinfo=UTC), 39.742476, -105.1786, 39.88838, 194.34024),
    ],
)
def test_the_position_agrees_with_nrels_example(
    moment: datetime, latitude: float, longitude: float, height: float, azimuth: float
) -> None:
    found = position(moment, latitude, longitude)
    assert found == pytest.approx((height, azimuth), abs=0.03)


def test_the_sun_stands_overhead_at_noon_of_the_equinox() -> None:
    assert elevation(datetime(2024, 3, 20, 12, 7, tzinfo=UTC), 0.0, 0.0) == pytest.approx(90, abs=0.5)


def test_it_is_night_at_noon_in_the_polar_winter_and_day_at_midnight_in_the_polar_summer() -> None:
    assert elevation(datetime(2023, 12, 29, 11, tzinfo=UTC), 78.22, 15.65) < -5
    assert elevation(datetime(2023, 6, 21, 23, tzinfo=UTC), 78.22, 15.65) > 5
