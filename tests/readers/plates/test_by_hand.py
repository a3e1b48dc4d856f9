"""What a person reads in a plate is theirs; the format that follows from it is not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from provcheck.config import Settings
from provcheck.domain.errors import ConfigError
from provcheck.domain.photo import Picture
from provcheck.domain.plate import HandReading, PlateRegion, PlateText, Quad
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import say
from provcheck.jobs.plate_readings import all_named, hand_readings, with_hand_readings
from provcheck.pipeline import judge
from provcheck.readers.plates.by_hand import hand_reading, read_by_hand
from tests.values import AS_OF, exhibit

LONG: Quad = ((10, 10), (110, 10), (110, 32), (10, 32))
SQUARE: Quad = ((10, 10), (110, 10), (110, 70), (10, 70))


def region(field: str = "white", quad: Quad = LONG) -> PlateRegion:
    read = (
        Found(PlateText("B123BC17", False, Decimal("0.4"), "undetermined", field=field))
        if field
        else Unreadable(say("plates.not-read"))
    )
    return PlateRegion(quad, Decimal("0.9"), read, Picture("image/png", 1, 1, b""))


def why(read: PlateText) -> set[str]:
    return {text.id for text in read.decision}


def test_a_persons_reading_is_called_russian_format_by_the_same_rule() -> None:
    read = read_by_hand(region(), "A123BC77")
    assert (read.text, read.format, read.kind, read.region) == ("A123BC77", "RU", "1", "77")
    assert {text.id for text in read.meaning} == {"plates.region", "plates.region-list"}
    assert "plates.by-hand" in why(read)


def test_a_bus_plate_on_white_stays_undetermined_whoever_reads_it() -> None:
    assert read_by_hand(region("white"), "AB12377").format == "undetermined"
    assert read_by_hand(region("yellow"), "AB12377").kind == "1Б"


def test_without_a_ground_no_coloured_form_is_named() -> None:
    assert read_by_hand(region(""), "1234AB77").format == "undetermined"
    assert read_by_hand(region("black"), "1234AB77").kind == "5"
    assert read_by_hand(region(""), "A123BC77").format == "RU"


def test_a_square_plate_has_the_forms_of_two_rows() -> None:
    assert read_by_hand(region(quad=SQUARE), "A123BC77").kind == "1А"


def test_a_kazakh_text_is_kazakh_and_a_text_without_form_is_said_to_have_none() -> None:
    assert read_by_hand(region(), "123ABC07").format == "KZ"
    assert "plates.no-known-form" in why(read_by_hand(region(), "ABCDEFGH"))


def test_cyrillic_letters_gaps_and_names_with_colons_are_taken() -> None:
    assert hand_reading("a:b c.jpg:2=а 123 вс-77") == HandReading("a:b c.jpg", 2, "A123BC77")


@pytest.mark.parametrize(
    "given", ["photo.jpg=A123BC77", "photo.jpg:0=A123BC77", "photo.jpg:1=", "photo.jpg:1=Ж123ЖЖ77", ":1=A123BC77"]
)
def test_what_is_no_reading_is_refused_with_its_form(given: str) -> None:
    with pytest.raises(ConfigError, match=r"PHOTO:N=TEXT|letters A to Z"):
        hand_reading(given)


def test_it_stands_beside_the_machines_reading_and_comes_back_from_a_record() -> None:
    shown = exhibit(plates=Found((region(), region())))
    reading = HandReading(shown.photo.name, 2, "A123BC77")
    corrected = with_hand_readings(shown, (reading,))
    assert corrected.evidence
    assert isinstance(corrected.evidence.plates, Found)
    first, second = corrected.evidence.plates.value
    assert first == region()
    assert replace(second, by_hand=None) == region()
    assert hand_readings(judge((corrected,), (), as_of=AS_OF, settings=Settings())) == (reading,)


def test_a_region_or_a_photo_that_is_not_there_is_named() -> None:
    shown = exhibit(plates=Found((region(),)))
    with pytest.raises(ConfigError, match="numbers 1 plate-like"):
        with_hand_readings(shown, (HandReading(shown.photo.name, 2, "A123BC77"),))
    with pytest.raises(ConfigError, match=r"absent\.jpg"):
        all_named([shown], (HandReading("absent.jpg", 1, "A123BC77"),))
