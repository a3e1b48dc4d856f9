"""How far a position lies from a road that is drawn as a line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from provcheck.domain.place import Position, distance_km, distance_to_line_km


def at(latitude: str, longitude: str) -> Position:
    return Position(Decimal(latitude), Decimal(longitude))


ROAD = (at("51.2", "51.4"), at("51.2", "53.0"))


def test_a_point_on_the_road_is_no_way_off() -> None:
    assert distance_to_line_km(at("51.2", "52.2"), ROAD) == pytest.approx(0, abs=0.01)


def test_a_point_beside_the_road_is_as_far_as_its_nearest_stretch() -> None:
    assert distance_to_line_km(at("51.29", "52.2"), ROAD) == pytest.approx(10.0, abs=0.1)


def test_a_point_beyond_an_end_is_as_far_as_the_end() -> None:
    beyond = at("51.2", "54.0")
    assert distance_to_line_km(beyond, ROAD) == pytest.approx(distance_km(beyond, ROAD[1]), abs=0.01)


def test_a_road_over_the_date_line_is_short() -> None:
    road = (at("66", "179.5"), at("66", "-179.5"))
    assert distance_to_line_km(at("66", "-179.9"), road) == pytest.approx(0, abs=0.1)
    assert distance_to_line_km(at("66.09", "179.9"), road) == pytest.approx(10, abs=0.1)


def test_a_line_of_one_point_is_a_point() -> None:
    assert distance_to_line_km(at("51.2", "52.4"), ROAD[:1]) == pytest.approx(69.7, abs=0.3)
