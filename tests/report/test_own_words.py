"""What a file says in people's words stands before the table of all its fields."""

from __future__ import annotations

import pytest

from provcheck.domain.metadata import Field
from provcheck.domain.reading import Found
from provcheck.report import sentence
from provcheck.report.exhibits import missing
from provcheck.report.own_words import MOST, own_words
from tests.report import cases


def told(*fields: Field) -> dict[str, str]:
    evidence = cases.evidence(1, fields=Found(fields))
    return {sentence(fact.label): sentence(fact.value) for fact in own_words(evidence)}


def test_a_value_under_several_tags_is_told_once_with_all_of_them() -> None:
    caption = "Trucks on a road"
    words = told(
        Field("IPTC", "2:120", caption, "iptc.caption"),
        Field("EXIF IFD0", "0x010e", caption, "exif.image_description"),
        Field("EXIF", "IFD0 ImageDescription", caption),
        Field("EXIF", "IFD0 XPComment", "seen at dawn"),
    )
    (described,) = words.values()
    assert described == "“Trucks on a road” (EXIF ImageDescription, IPTC Caption-Abstract), “seen at dawn” (EXIF XPComment)"


def test_places_and_names_are_the_file_s_own() -> None:
    words = told(Field("XMP", "photoshop:City", "Oral", "xmp.city"), Field("XMP", "dc:creator", "A Reader", "xmp.creator"))
    assert words == {
        "places named in the file": "“Oral” (XMP photoshop:City)",
        "names in the file": "“A Reader” (XMP dc:creator)",
    }


@pytest.mark.parametrize(
    ("reference", "north"), [("T", "from true north"), ("M", "from magnetic north"), ("", "from north, true or magnetic")]
)
def test_which_way_the_camera_looked_is_told_with_its_north(reference: str, north: str) -> None:
    words = told(
        Field("EXIF GPS", "0x0011", "241.9554748", "gps.img_direction"), Field("EXIF", "GPS GPSImgDirectionRef", reference)
    )
    assert words["direction of view"].startswith(f"242° clockwise {north}")


@pytest.mark.parametrize("written", ["undef", "", "north", "nan"])
def test_a_direction_that_is_none_is_not_told(written: str) -> None:
    assert told(Field("EXIF GPS", "0x0011", written, "gps.img_direction")) == {}


def test_what_is_not_there_is_not_called_missing_and_what_is_many_is_cut() -> None:
    assert told() == {}
    assert "names in the file" not in {sentence(label) for label in missing(cases.evidence(1, fields=Found(())))}
    many = (Field("IPTC", "2:80", f"Name {number}", "iptc.byline") for number in range(MOST + 3))
    assert told(*many)["names in the file"].count("IPTC") == MOST
