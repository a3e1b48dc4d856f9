"""The written forms of plates, and which of them clash."""

from __future__ import annotations

import pytest

from provcheck.readers.plates.formats import Format, fits, formats, lacks_russian_signs


def named(text: str, *, field: str | None = None, rows: int = 1) -> set[str]:
    return {
        f"{form.country} {form.kind}".strip()
        for form in formats()
        if fits(text, form) and form.rows in (0, rows) and (field is None or field in form.fields)
    }


def test_a_car_plate_has_only_the_russian_form() -> None:
    assert named("A123BC77") == {"RU 1", "RU 1Б"}
    assert named("A123BC777", field="white") == {"RU 1"}


def test_a_region_code_of_three_digits_does_not_begin_with_zero() -> None:
    assert named("A123BC077") == set()


def test_a_kazakh_plate_of_2012_has_no_russian_form() -> None:
    assert named("123ABC07") == {"KZ 2012"}


def test_a_kazakh_region_ends_at_twenty() -> None:
    assert "KZ 2012" not in named("123ABC21")


def test_a_russian_series_without_a_code_is_not_a_russian_form() -> None:
    assert named("A123BC") == {"no code", "KZ 1993", "other"}


def test_military_forms_need_a_black_field() -> None:
    assert named("1234AB77", field="white") == {"other"}
    assert named("1234AB77", field="black") == {"RU 5"}


def test_a_bus_plate_clashes_with_belarus_and_poland_unless_it_is_yellow() -> None:
    assert {"RU 1Б", "BY", "other"} <= named("AB12345")
    assert not any(form.country == "RU" for form in formats() if fits("AB12345", form) and "white" in form.fields)


def test_a_reading_is_folded_with_its_region_last() -> None:
    front = next(form for form in formats() if form.kind == "4А")
    assert front.folded("AB771234") == "AB123477"
    assert front.code("AB771234") == "77"


@pytest.mark.parametrize("form", formats(), ids=lambda form: f"{form.country}-{form.kind}-{form.sorts}")
def test_every_russian_form_ends_in_a_code(form: Format) -> None:
    first, end = form.region
    assert (end - first in (2, 3)) == (form.country == "RU")


@pytest.mark.parametrize(
    ("text", "lacks"), [("123BC177", True), ("A123BC1", True), ("B4567", True), ("RK565AV", False), ("777AAA02", False)]
)
def test_a_text_may_be_a_russian_one_that_lost_signs(text: str, lacks: bool) -> None:
    assert lacks_russian_signs(text) is lacks
