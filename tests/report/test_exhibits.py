"""One photo's evidence in words."""

from __future__ import annotations

import pytest

from provcheck.domain.clock import Clock
from provcheck.domain.credentials import Credentials, Standing, Verdict
from provcheck.domain.metadata import Camera, Serials
from provcheck.domain.place import Whereabouts
from provcheck.domain.reading import Found, Unreadable
from provcheck.report import sentence
from provcheck.report.exhibits import build, facts, missing
from provcheck.report.fact import Fact
from provcheck.report.seals import STANDINGS, seal
from tests.report import cases


def told(given: tuple[Fact, ...]) -> dict[str, str]:
    return {sentence(one.label): sentence(one.value) for one in given}


def test_each_clock_names_its_zone_and_where_the_zone_came_from() -> None:
    words = told(facts(cases.camera_file()))
    assert words["captured"] == "29 July 2023, 10:12:03 (UTC+05:00), a zone that the file states (EXIF DateTimeOriginal)"
    assert words["satellite time"] == "29 July 2023, 05:12:01 UTC, as satellite time is by definition (EXIF GPSTimeStamp)"


def test_a_clock_without_a_zone_says_that_it_may_be_off() -> None:
    captured = cases.exhibits()[2].evidence
    assert captured
    assert isinstance(captured.captured, Found)
    assert isinstance(captured.captured.value, Clock)
    assert told(facts(captured))["captured"].endswith("no zone stated, so it may be off by up to a day (EXIF DateTimeOriginal)")


def test_what_is_not_in_the_file_is_named_and_what_is_unreadable_is_not_called_missing() -> None:
    broken = cases.evidence(1, camera=Unreadable(cases.words("The block is cut short.")))
    assert "camera" not in {sentence(label) for label in missing(broken)}
    assert told(facts(broken))["camera"] == "Could not be read: The block is cut short."
    assert "position" in {sentence(label) for label in missing(broken)}


def test_serial_numbers_and_the_build_of_the_file_are_told() -> None:
    words = told((*facts(cases.camera_file()), *build(cases.camera_file())))
    assert words["serial numbers"] == "camera 012345678901, owner “the photographer”, 4123 exposures"
    built = "JPEG, quality about 92 of 100, colour sampled 4:2:0, stored in orientation 6, shown upright"
    assert words["build"] == f"{built}, 2048 bytes after the picture’s end, which open as MP4"


def test_an_edit_history_is_cut_and_says_by_how_much() -> None:
    words = told(facts(cases.edited()))["edit history"]
    assert words.startswith("“saved” with “Adobe Photoshop 25.0” (2022-05-04T10:00:00Z), ")
    assert words.endswith(", 4 more steps")


def test_an_empty_camera_or_serial_is_not_an_empty_line() -> None:
    words = told(facts(cases.evidence(1, camera=Found(Camera()), serials=Found(Serials()))))
    assert words["camera"] == words["serial numbers"] == "not in the file"


def test_credentials_tell_who_signed_and_what_is_declared() -> None:
    found = cases.edited().credentials
    assert isinstance(found, Found)
    words = told(seal(found.value))
    assert words["signer"] == "“Adobe Inc.”"
    assert words["declared steps"].startswith("“c2pa.created” with “Phone Camera 3” (2022-05-04T09:00:00Z) [digitalCapture], ")


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_of_credentials_has_words(standing: Standing) -> None:
    assert sentence(STANDINGS[standing])
    assert seal(Credentials(Verdict.ABSENT, standing)) == ()


def test_a_place_at_sea_is_in_no_country_and_in_no_unnamed_one() -> None:
    at_sea = cases.evidence(1, whereabouts=Found(Whereabouts("Etc/GMT", (), False, "a table of 2026")))
    assert told(facts(at_sea))["country and zone of the position"].startswith(
        "in no country (sea, or outside the table), zone Etc/GMT"
    )
