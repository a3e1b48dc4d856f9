"""Distances on the ground."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.domain.place import Position, distance_km
from tests.values import position

LATITUDES = st.decimals(-90, 90, places=6)
LONGITUDES = st.decimals(-180, 180, places=6)
POSITIONS = st.builds(Position, LATITUDES, LONGITUDES)


def test_oral_to_aksay_is_114_km() -> None:
    """The straight distance that report-design's sources give."""
    assert distance_km(position("51.2333", "51.3667"), position("51.1700", "52.9983")) == pytest.approx(114, abs=1)


def test_a_degree_of_longitude_shrinks_with_latitude() -> None:
    assert distance_km(position("0", "0"), position("0", "1")) == pytest.approx(111.2, abs=0.1)
    assert distance_km(position("60", "0"), position("60", "1")) == pytest.approx(55.6, abs=0.1)


def test_the_date_line_is_no_distance() -> None:
    assert distance_km(position("10", "180"), position("10", "-180")) == pytest.approx(0, abs=1e-6)


@given(POSITIONS, POSITIONS)
def test_distance_is_symmetric_and_at_most_half_the_earth(a: Position, b: Position) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)
    assert 0 <= distance_km(a, b) <= 20_016
