"""What a file's metadata say: found, absent and unreadable are three different answers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.domain.clock import ZoneSource
from provcheck.domain.codec import decode, encode
from provcheck.domain.metadata import Camera, Software, Step
from provcheck.domain.place import Position
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.structure import Structure
from provcheck.domain.text import Text
from provcheck.readers.metadata import Metadata, orientation, read_metadata
from provcheck.readers.row import row_of
from tests.readers.metadata_files import (
    AKSAY,
    CAMERA,
    FORMATS,
    ORDINARY,
    TIMES,
    Value,
    app1,
    ascii_,
    iptc_segment,
    jpeg,
    packet,
    picture,
    rationals,
    short,
    tiff,
    undefined,
    with_exif,
    xmp_segment,
)


def reason(reading: object) -> str:
    assert isinstance(reading, Unreadable)
    return reading.reason.id


def fields(metadata: Metadata) -> dict[str, object]:
    assert isinstance(metadata.fields, Found)
    return dict(row_of(metadata.fields.value))


@pytest.mark.parametrize("format_", FORMATS)
def test_camera_clocks_and_position_are_read_in_every_format(format_: str) -> None:
    metadata = read_metadata(with_exif(format_, ORDINARY))
    assert metadata.camera == Found(Camera("Example", "Model One"))
    assert isinstance(metadata.captured, Found)
    assert metadata.captured.value.naive == datetime(2023, 7, 29, 10)  # noqa: DTZ001 -- a wall clock
    assert metadata.captured.value.offset_minutes == 300
    assert metadata.captured.value.zone_source is ZoneSource.STATED
    assert isinstance(metadata.position, Found)
    assert metadata.position.value.latitude == Decimal("51.170000")
    assert isinstance(metadata.satellite, Found)
    assert metadata.satellite.value.zone_source is ZoneSource.GPS
    assert not metadata.damage


def test_a_picture_without_metadata_is_absent_and_not_unreadable() -> None:
    metadata = read_metadata(picture())
    for reading in (
        metadata.camera,
        metadata.captured,
        metadata.position,
        metadata.software,
        metadata.credentials,
        metadata.history,
    ):
        assert reading == Absent()


def test_an_exif_block_without_a_header_is_unreadable_and_not_absent() -> None:
    metadata = read_metadata(jpeg(app1(b"this is no TIFF structure")))
    assert reason(metadata.camera) == "metadata.hidden-by-damage"
    assert reason(metadata.captured) == "metadata.hidden-by-damage"
    assert metadata.damage


def test_a_file_cut_before_its_picture_hides_its_metadata() -> None:
    assert reason(read_metadata(picture()[:30]).camera) == "metadata.hidden-by-damage"


def test_what_opens_as_no_picture_is_unreadable_throughout() -> None:
    metadata = read_metadata(b"<html>")
    assert reason(metadata.camera) == reason(metadata.fields) == "metadata.unknown-format"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0000:00:00 00:00:00", "metadata.clock-not-set"),
        ("2024:02:31 10:00:00", "metadata.broken-date"),
        ("yesterday", "metadata.broken-date"),
        (b"\x00\x01\x02\x03", "metadata.broken-date"),
    ],
)
def test_a_date_that_is_none_is_unreadable(written: str | bytes, expected: str) -> None:
    metadata = read_metadata(jpeg(app1(tiff(CAMERA, {0x9003: ascii_(written)}))))
    assert reason(metadata.captured) == expected


def test_blanks_are_the_standards_way_to_say_unknown() -> None:
    metadata = read_metadata(jpeg(app1(tiff(CAMERA, {0x9003: ascii_("    :  :     :  :  ")}))))
    assert metadata.captured == Absent()


def test_tags_of_exif_that_windows_writes_into_the_first_directory_are_read_there() -> None:
    metadata = read_metadata(jpeg(app1(tiff(CAMERA | {0x9003: ascii_("2023:07:29 10:00:00"), 0xA431: ascii_("123063022888")}))))
    assert isinstance(metadata.captured, Found)
    assert fields(metadata)["exif.body_serial"] == "123063022888"


def test_a_clock_without_an_offset_has_no_zone() -> None:
    metadata = read_metadata(jpeg(app1(tiff(CAMERA, {0x9003: ascii_("2023:07:29 10:00:00")}))))
    assert isinstance(metadata.captured, Found)
    assert metadata.captured.value.aware() is None


@pytest.mark.parametrize(
    ("written", "damaged"), [("+99:99", True), ("west", True), ("   :  ", False), ("+05:30", False), ("Z", False)]
)
def test_an_offset_that_is_none_is_damage_and_a_blank_one_is_not(written: str, damaged: bool) -> None:
    metadata = read_metadata(jpeg(app1(tiff(CAMERA, {0x9003: ascii_("2023:07:29 10:00:00"), 0x9011: ascii_(written)}))))
    assert isinstance(metadata.captured, Found)
    assert ("metadata.broken-offset" in [fault.id for fault in metadata.damage]) is damaged


def test_a_packet_in_another_form_than_xmps_is_damage_and_an_empty_one_is_not() -> None:
    found = [
        "metadata.no-rdf" in [fault.id for fault in read_metadata(jpeg(xmp_segment(block))).damage]
        for block in (b"<a b='c'><d>e</d></a>", packet(""))
    ]
    assert found == [True, False]


def test_a_clock_that_only_xmp_states_is_found_there() -> None:
    metadata = read_metadata(jpeg(xmp_segment(packet("<exif:DateTimeOriginal>2023-07-29T10:00:00+05:00</exif:DateTimeOriginal>"))))
    assert isinstance(metadata.captured, Found)
    assert metadata.captured.value.tag == "XMP exif:DateTimeOriginal"
    assert metadata.captured.value.offset_minutes == 300


def test_a_date_without_a_time_is_no_clock() -> None:
    metadata = read_metadata(jpeg(xmp_segment(packet("<photoshop:DateCreated>2023-07-29</photoshop:DateCreated>"))))
    assert metadata.captured == Absent()


def test_iptc_gives_the_capture_time_last() -> None:
    metadata = read_metadata(jpeg(iptc_segment((2, 55, b"20230729"), (2, 60, b"101500+0500"))))
    assert isinstance(metadata.captured, Found)
    assert metadata.captured.value.naive == datetime(2023, 7, 29, 10, 15)  # noqa: DTZ001 -- a wall clock
    assert metadata.captured.value.offset_minutes == 300


@pytest.mark.parametrize(
    "broken",
    [
        {0x0002: rationals((51, 0), (10, 1), (0, 1))},
        {0x0002: rationals((999, 1), (0, 1), (0, 1))},
        {0x0002: rationals((51, 1), (99, 1), (0, 1))},
        {0x0002: rationals((51, 1))},
        {0x0001: ascii_("X")},
        {0x0002: ascii_("51 N")},
    ],
)
def test_a_broken_position_is_unreadable_and_reported(broken: dict[int, Value]) -> None:
    metadata = read_metadata(jpeg(app1(tiff(CAMERA, TIMES, AKSAY | broken))))
    assert reason(metadata.position) == "metadata.broken-position"
    assert metadata.damage


def test_degrees_without_a_hemisphere_are_no_position() -> None:
    gps = {tag: value for tag, value in AKSAY.items() if tag not in (0x0001, 0x0003)}
    assert reason(read_metadata(jpeg(app1(tiff(CAMERA, TIMES, gps)))).position) == "metadata.broken-position"


def test_southern_and_western_degrees_are_negative() -> None:
    gps = AKSAY | {0x0001: ascii_("S"), 0x0003: ascii_("W")}
    metadata = read_metadata(jpeg(app1(tiff(CAMERA, TIMES, gps))))
    assert metadata.position == Found(Position(Decimal("-51.170000"), Decimal("-53.000000"), "EXIF GPS"))


def test_programs_are_named_with_where_they_stood() -> None:
    block = tiff({0x0131: ascii_("Firmware 1.0")})
    step = '<rdf:li stEvt:action="saved" stEvt:softwareAgent="Editor 2" stEvt:when="2023-07-30"/>'
    steps = f"<xmpMM:History><rdf:Seq>{step}</rdf:Seq></xmpMM:History>"
    metadata = read_metadata(jpeg(app1(block), xmp_segment(packet(f"<xmp:CreatorTool>Editor 1</xmp:CreatorTool>{steps}"))))
    assert metadata.software == Found(
        (
            Software("Firmware 1.0", "EXIF Software"),
            Software("Editor 1", "XMP CreatorTool"),
            Software("Editor 2", "XMP History softwareAgent"),
        )
    )
    assert metadata.history == Found((Step("saved", "Editor 2", "2023-07-30"),))


def test_two_exif_blocks_that_differ_are_reported() -> None:
    metadata = read_metadata(jpeg(app1(ORDINARY), app1(tiff({0x010F: ascii_("Another")}))))
    assert metadata.camera == Found(Camera("Example", "Model One"))
    assert "metadata.two-blocks" in [fault.id for fault in metadata.damage]


def test_an_archive_behind_the_picture_is_reported() -> None:
    metadata = read_metadata(picture() + b"PK\x03\x04" + b"\x01" * 100)
    assert [fault.id for fault in metadata.damage] == ["metadata.trailing"]
    assert isinstance(metadata.structure, Found)
    assert (metadata.structure.value.trailing, metadata.structure.value.trailing_kind) == (104, "ZIP")


def test_a_telephones_own_film_behind_the_picture_is_no_fault() -> None:
    assert not read_metadata(picture() + b"\x00\x00\x00\x18ftypmp42" + b"\x01" * 100).damage


@pytest.mark.parametrize("value", range(1, 9))
def test_the_eight_orientations_are_read(value: int) -> None:
    assert orientation(jpeg(app1(tiff({0x0112: short(value)})))) == value


@pytest.mark.parametrize("data", [b"", picture(), jpeg(app1(tiff({0x0112: short(9)}))), jpeg(app1(b"II"))])
def test_an_orientation_that_cannot_be_read_is_upright(data: bytes) -> None:
    assert orientation(data) == 1


def test_an_orientation_outside_the_eight_is_reported() -> None:
    assert [fault.id for fault in read_metadata(jpeg(app1(tiff({0x0112: short(9)})))).damage] == ["metadata.broken-orientation"]


def test_a_row_holds_numbers_lists_and_the_words_of_every_source() -> None:
    comment = undefined(b"UNICODE\x00" + "Straße".encode("utf-16-le"))
    block = tiff(CAMERA, {0x829A: rationals((1, 200)), 0xA002: short(64), 0x9286: comment}, AKSAY)
    words = "<dc:subject><rdf:Bag><rdf:li>road</rdf:li><rdf:li>steppe</rdf:li></rdf:Bag></dc:subject>"
    row = fields(
        read_metadata(jpeg(app1(block), xmp_segment(packet(words)), iptc_segment((2, 25, b"trucks"), (2, 80, b"A journalist"))))
    )
    assert row["exif.exposure_time"] == 0.005
    assert row["exif.pixel_x"] == 64
    assert row["exif.user_comment"] == "Straße"
    assert row["gps.lat"] == 51.17
    assert row["xmp.subject"] == ["road", "steppe"]
    assert row["iptc.keywords"] == ["trucks"]
    assert row["iptc.byline"] == "A journalist"
    assert row["jpeg.process"] == 0


def test_structure_names_the_quality_that_the_encoder_was_given() -> None:
    metadata = read_metadata(picture())
    assert isinstance(metadata.structure, Found)
    structure = metadata.structure.value
    assert (structure.quality, structure.standard_tables, structure.sampling, structure.progressive) == (75, True, "4:2:0", False)


def test_readings_survive_the_way_through_json() -> None:
    metadata = read_metadata(jpeg(app1(ORDINARY)))
    for name, kind in (("camera", Camera), ("structure", Structure)):
        reading = getattr(metadata, name)
        assert decode(Reading[kind], encode(reading)) == reading  # type: ignore[misc,valid-type]


def test_other_readers_agree_on_an_ordinary_file_and_are_not_needed() -> None:
    data = jpeg(app1(ORDINARY))
    assert read_metadata(data) == read_metadata(data, second_opinion=False)


@given(st.sampled_from(FORMATS), st.integers(0, 700), st.binary(min_size=1, max_size=5))
def test_a_few_changed_bytes_never_break_the_reading(format_: str, at: int, replacement: bytes) -> None:
    data = with_exif(format_, ORDINARY)
    metadata = read_metadata(data[:at] + replacement + data[at + len(replacement) :], second_opinion=False)
    assert all(isinstance(fault, Text) for fault in metadata.damage)
