"""Plate-like regions: a few at once, the rest folded, every number kept."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from provcheck.domain.plate import PlateCharacter, PlateRegion, PlateText
from provcheck.domain.reading import Found
from provcheck.domain.text import say
from provcheck.report import render_html
from provcheck.report.regions import AT_ONCE, numbered, percent, runners_up
from tests.report import cases


def regions(count: int) -> tuple[PlateRegion, ...]:
    plates = cases.evidence(1).plates
    assert isinstance(plates, Found)
    return tuple(replace(plates.value[0], score=Decimal(100 - number) / 100) for number in range(count))


def test_few_regions_are_all_shown() -> None:
    shown, folded = numbered(regions(AT_ONCE))
    assert [one.number for one in shown] == list(range(1, AT_ONCE + 1))
    assert folded == ()


def test_a_region_with_a_layout_is_shown_even_when_the_detector_was_unsure() -> None:
    read = cases.camera_file().plates
    assert isinstance(read, Found)
    many = (*regions(30), replace(read.value[0], score=Decimal("0.01")))
    shown, folded = numbered(many)
    assert [one.number for one in shown] == [1, 2, 3, 4, 5, 31]
    assert len(shown) + len(folded) == 31


def test_a_persons_reading_stands_beside_the_machines_and_says_whose_it_is() -> None:
    report = cases.rich()
    first = report.case.exhibits[0]
    read = cases.camera_file().plates
    assert first.evidence
    assert isinstance(read, Found)
    by_hand = PlateText("B777BB99", True, Decimal(1), "RU", "1", "99", decision=(say("plates.by-hand"),))
    corrected = replace(first, evidence=replace(first.evidence, plates=Found((replace(read.value[0], by_hand=by_hand),))))
    page = render_html(replace(report, case=replace(report.case, exhibits=(corrected, *report.case.exhibits[1:]))))
    person, machine = page.index("read by a person"), page.index("read by the machine")
    assert page.index("B777BB99") < person < machine
    assert isinstance(read.value[0].reading, Found)
    assert machine < page.index(read.value[0].reading.value.text, machine)


def test_every_region_stands_in_the_page() -> None:
    report = cases.rich()
    first = report.case.exhibits[0]
    assert first.evidence
    crowded = replace(first, evidence=replace(first.evidence, plates=Found(regions(30))))
    page = render_html(replace(report, case=replace(report.case, exhibits=(crowded, *report.case.exhibits[1:]))))
    assert all(f"Plate region {number} of photo 1," in page for number in range(1, 31))
    assert "24 more plate-like regions" in page


def test_a_score_is_a_whole_number_of_a_hundred() -> None:
    assert [percent(Decimal(score)) for score in ("0", "0.074", "0.929", "0.999", "1")] == ["0", "7", "92", "99", "100"]


def test_runners_up_that_hardly_count_are_left_to_the_record() -> None:
    others = tuple((char, Decimal(p)) for char, p in (("8", "0.34"), ("B", "0.06"), ("6", "0.051"), ("0", "0.01")))
    assert runners_up(PlateCharacter("3", Decimal("0.5"), others)) == others[:2]
    assert runners_up(PlateCharacter("3", Decimal("0.99"), others[3:])) == ()
