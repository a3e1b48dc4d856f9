"""The outline map around a file's position: borders where they are, claims where they are said to be, distances to scale."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from provcheck.config import Settings
from provcheck.domain.claim import Claim, Place
from provcheck.domain.place import Position
from provcheck.domain.reading import Found
from provcheck.pipeline import judge
from provcheck.report import render_html
from provcheck.report.map import HEIGHT, WIDTH, chart
from provcheck.report.outline import Kind, outline
from tests.values import AS_OF, claim, exhibit, position

NEAR_ORAL = position("51.19", "52.2")
ROAD = claim(place=Place("a road", radius_km=5, line=(position("51.2", "51.4"), position("51.17", "53.0"))))
SAMARA = claim("B", place=Place("Samara", position("53.2", "50.15"), 30))


def test_the_outline_names_its_source_and_holds_three_kinds_of_lines() -> None:
    assert "Natural Earth" in outline().source
    assert {line.kind for _, line in outline().lines} == set(Kind)


def test_every_line_is_on_the_globe() -> None:
    for (west, south, east, north), line in outline().lines:
        assert -180_000 <= west <= east <= 180_000
        assert -90_000 <= south <= north <= 90_000
        assert len(line.points) >= 2


@pytest.mark.parametrize(("one", "other"), [("RU", "UA"), ("RS", "XK"), ("IN", "PK"), ("EH", "MA")])
def test_a_border_in_dispute_is_never_solid(one: str, other: str) -> None:
    kinds = {line.kind for _, line in outline().lines if {line.left, line.right} == {one, other}}
    assert kinds == {Kind.DISPUTED}


def test_the_country_north_of_a_border_stands_above_it() -> None:
    labels = {label.code: float(label.y) for label in chart(NEAR_ORAL, ()).labels}
    assert labels["RU"] < labels["KZ"]


def test_a_position_without_claims_is_in_the_middle() -> None:
    drawn = chart(NEAR_ORAL, ())
    assert (float(drawn.x), float(drawn.y)) == (WIDTH / 2, HEIGHT / 2)
    assert drawn.targets == ()


def test_claimed_places_bear_their_letters_and_distances() -> None:
    road, town = chart(NEAR_ORAL, (ROAD, SAMARA, claim("C"))).targets
    assert (road.claim, road.km, road.radius) == ("A", "0.6", "0")
    assert road.road
    assert (town.claim, town.km, town.road) == ("B", "264", "")


def test_everything_that_is_said_is_in_the_drawing() -> None:
    for far in (position("-33.9", "151.2"), position("78.2", "15.6"), position("-89.9", "0"), position("0", "0")):
        drawn = chart(far, (ROAD, SAMARA))
        for x, y in ((drawn.x, drawn.y), *((target.x, target.y) for target in drawn.targets)):
            assert 0 <= float(x) <= WIDTH
            assert 0 <= float(y) <= HEIGHT


def test_the_scale_holds_in_the_middle() -> None:
    drawn = chart(NEAR_ORAL, (claim(place=Place("east of it", Position(Decimal("51.19"), Decimal("53.2")), 1)),))
    units = float(drawn.targets[0].x) - float(drawn.x)
    assert units * drawn.scale_km / float(drawn.scale) == pytest.approx(69.7, rel=0.02)


def test_a_place_over_the_date_line_is_near() -> None:
    drawn = chart(position("-17", "179.9"), (claim(place=Place("an island", position("-17", "-179.9"), 5)),))
    assert drawn.targets[0].km == "21"
    assert abs(float(drawn.targets[0].x) - float(drawn.x)) < WIDTH


def test_no_map_is_drawn_of_the_position_that_means_not_known() -> None:
    shown = exhibit(position=Found(position("0", "0")))
    assert '<figure class="map">' not in render_html(judge((shown,), (ROAD,), as_of=AS_OF, settings=Settings()))


@pytest.mark.parametrize("stated", [True, False])
def test_the_page_has_a_map_where_a_file_states_a_position(stated: bool) -> None:
    shown = exhibit(position=Found(NEAR_ORAL)) if stated else exhibit()
    claims: tuple[Claim, ...] = (ROAD, replace(SAMARA, id="<script>"))
    page = render_html(judge((shown,), claims, as_of=AS_OF, settings=Settings()))
    assert page.count('<figure class="map">') == stated
    assert "<script>" not in page
