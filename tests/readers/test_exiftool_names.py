"""When our value and ExifTool's are one, and what is listed where they are not."""

from __future__ import annotations

import pytest

from provcheck.readers.exiftool_names import Difference, agree, differences


@pytest.mark.parametrize(
    ("key", "ours", "theirs"),
    [
        ("exif.datetime_original", "2023-07-29T10:00:00+05:00", "2023:07:29 10:00:00+05:00"),
        ("xmp.create_date", "2023-07-29T05:00:00Z", "2023:07:29 05:00:00+00:00"),
        ("exif.exposure_time", "0.003125", 0.003125),
        ("exif.iso", "100", 100),
        ("iptc.keywords", ["one"], "one"),
        ("mn.serial", ["00123"], [123, "WB10"]),
        ("exif.artist", "A  Reader ", "A Reader"),
        ("exif.artist", None, ""),
    ],
)
def test_two_spellings_of_one_value_agree(key: str, ours: object, theirs: object) -> None:
    assert agree(key, ours, theirs)


@pytest.mark.parametrize(
    ("key", "ours", "theirs"),
    [
        ("exif.datetime_original", "2023:07:29 10:00:00", "2023:07:29 10:00:01"),
        ("exif.iso", "100", 200),
        ("iptc.keywords", ["one", "two"], "one"),
        ("mn.serial", ["123"], [124]),
        ("exif.artist", "", "A Reader"),
    ],
)
def test_two_values_do_not_agree(key: str, ours: object, theirs: object) -> None:
    assert not agree(key, ours, theirs)


def test_a_difference_gives_both_and_an_equal_value_gives_nothing() -> None:
    ours = {"exif.make": "Example", "gps.lat": "-33.9", "exif.iso": "100"}
    theirs = {"IFD0:Make": "Other", "GPS:GPSLatitude": 33.9, "GPS:GPSLatitudeRef": "S", "XMP-dc:Title": "A road"}
    assert differences(ours, theirs) == (
        Difference("exif.make", "Example", "Other"),
        Difference("exif.iso", "100", ""),
        Difference("xmp.title", "", "A road"),
    )
