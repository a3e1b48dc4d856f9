"""Flags: what raises each, and what ordinary files do without raising one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from provcheck.checks.flags import FLAGS, Seen, flags_of
from provcheck.checks.flags.releases import earliest
from provcheck.domain.clock import Clock, ZoneSource
from provcheck.domain.credentials import Action, Credentials, Standing, Verdict
from provcheck.domain.metadata import Camera, Field, Software, Step, Thumbnail
from provcheck.domain.photo import Picture
from provcheck.domain.place import Position, Whereabouts
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.structure import Structure
from provcheck.domain.text import say
from provcheck.readers.metadata import Metadata, read_metadata
from provcheck.readers.thumbnail import read_thumbnail

AS_OF = date(2026, 11, 22)
NOTHING = Absent()


def clock(written: str, offset: int | None = None, source: ZoneSource = ZoneSource.STATED) -> Found[Clock]:
    return Found(
        Clock(datetime.fromisoformat(written), "EXIF DateTimeOriginal", offset, source if offset is not None else ZoneSource.NONE)
    )


def utc(written: str) -> Found[Clock]:
    return clock(written, 0, ZoneSource.GPS)


ORDINARY = Metadata(
    camera=Found(Camera("FUJIFILM", "X-T3")),
    captured=clock("2023-07-29T15:00:00", 300),
    digitized=clock("2023-07-29T15:00:00", 300),
    modified=clock("2023-07-29T15:00:02", 300),
    satellite=utc("2023-07-29T09:58:30"),
    position=Found(Position(Decimal("51.17"), Decimal("53.0"))),
    whereabouts=Found(Whereabouts("Asia/Oral", ("KZ",), False, "test", 300)),
    software=Found((Software("Digital Camera X-T3 Ver4.00", "EXIF Software"),)),
    fields=Found(()),
    structure=Found(Structure("JPEG", 6240, 4160, 6240, 4160, maker_note=True, maker_note_of="Fujifilm", blocks=("EXIF",))),
    history=NOTHING,
    serials=NOTHING,
    credentials=NOTHING,
)


def flags(metadata: Metadata = ORDINARY, name: str = "DSCF0001.JPG", likeness: str = "") -> tuple[str, ...]:
    thumbnail = Found(Thumbnail(Picture("image/jpeg", 1, 1, b""), Decimal(likeness))) if likeness else NOTHING
    return flags_of(Seen(name, metadata, AS_OF, thumbnail))


def structure(**changes: object) -> Metadata:
    assert isinstance(ORDINARY.structure, Found)
    return replace(ORDINARY, structure=Found(replace(ORDINARY.structure.value, **changes)))  # type: ignore[arg-type]


def field(key: str, value: str, name: str = "") -> Metadata:
    return replace(ORDINARY, fields=Found((Field("test", name, value, key),)))


def test_an_ordinary_photo_raises_no_flag() -> None:
    assert flags() == ()
    assert flags(likeness="0.97") == ()


CASES = {
    "time.modify_before_original": replace(ORDINARY, modified=clock("2023-07-29T14:00:00", 300)),
    "time.digitized_before_original": replace(ORDINARY, digitized=clock("2023-07-28T15:00:00", 300)),
    "time.gps_vs_local": replace(ORDINARY, satellite=utc("2023-07-29T05:20:00")),
    "time.offset_vs_place": replace(ORDINARY, captured=clock("2023-07-29T17:00:00", 420), digitized=NOTHING, modified=NOTHING),
    "time.future": replace(ORDINARY, modified=clock("2091-07-29T15:00:02", 300)),
    "time.before_model": replace(ORDINARY, camera=Found(Camera("Apple", "iPhone 15 Pro")), structure=NOTHING),
    "place.null_island": replace(ORDINARY, position=Found(Position(Decimal(0), Decimal(0))), whereabouts=NOTHING),
    "place.sun_below_horizon": replace(
        ORDINARY, captured=clock("2023-07-29T02:00:00", 300), satellite=NOTHING, digitized=NOTHING, modified=NOTHING
    ),
    "edit.software": replace(ORDINARY, software=Found((Software("Adobe Photoshop 25.1 (Windows)", "EXIF Software"),))),
    "edit.history": replace(ORDINARY, history=Found((Step("saved", "A program", "2023"),))),
    "edit.derived_from": field("xmp.derived_from_document_id", "xmp.did:1"),
    "ai.digital_source_type": field(
        "xmp.digital_source_type", "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    ),
    "ai.generator_parameters": field("png.text", "a road\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1", "parameters"),
    "ai.software": replace(ORDINARY, software=Found((Software("NovelAI", "PNG text Software"),))),
    "image.size_vs_exif": structure(width=1280, height=853),
    "image.quant_tables_not_camera": structure(standard_tables=True, quality=90),
    "image.trailing_data": structure(trailing=4000, trailing_kind="ZIP"),
    "device.make_vs_makernote": replace(ORDINARY, camera=Found(Camera("Canon", "EOS R6"))),
    "platform.facebook_instructions": field("iptc.instructions", "FBMD01000abc"),
    "platform.no_exif_progressive": replace(structure(blocks=(), progressive=True), camera=NOTHING),
    "platform.no_exif": replace(structure(blocks=()), camera=NOTHING),
}
NAMES = {
    "platform.filename_whatsapp": (
        "IMG-20230729-WA0002.jpg",
        "WhatsApp Image 2023-07-29 at 12.00.00.jpeg",
        "00000012-PHOTO-2023-07-29-12-00-00.jpg",
    ),
    "platform.filename_telegram": (
        "photo_2023-07-29_12-00-02.jpg",
        "photo_5274182345678901234_y.jpg",
        "photo_2023-07-29 12.00.02.jpeg",
    ),
    "platform.filename_signal": (
        "signal-2023-07-29-12-00-00-123.jpg",
        "signal-attachment-2023-07-29-120000.jpg",
        "signal-2023-07-29-120000_002.jpeg",
    ),
    "platform.filename_viber": (
        "IMG-0123456789abcdef0123456789abcdef-V.jpg",
        "viber_image_2023-07-29_12-00-00.jpg",
        f"image-0-02-05-{'0a' * 32}-V.jpg",
    ),
    "platform.filename_facebook": ("FB_IMG_1690612345678.jpg", "365432109_1234567890123_4567890123456_n.jpg"),
    "platform.filename_x": ("FhzmmmZWYAEXuqQ.jpg", "EaD_4g6UMAAtNS5.jpg"),
    "platform.screenshot": ("Screenshot_20230729-120000.png", "Снимок экрана 2023-07-29.png"),
}


@pytest.mark.parametrize("flag", CASES)
def test_each_contradiction_raises_its_flag_and_no_other(flag: str) -> None:
    assert flags(CASES[flag]) == (flag,)


@pytest.mark.parametrize(("flag", "name"), [(flag, name) for flag, names in NAMES.items() for name in names])
def test_each_platforms_file_names_are_known(flag: str, name: str) -> None:
    assert flags(name=name) == (flag,)


@pytest.mark.parametrize(
    "name", ["IMG_20230729_120000.jpg", "DSC_0001.JPG", "PXL_20230729_120000.jpg", "20230729_120000.jpg", "photo.jpg", ""]
)
def test_cameras_file_names_raise_nothing(name: str) -> None:
    assert flags(name=name) == ()


def test_another_thumbnail_raises_its_flag() -> None:
    assert flags(likeness="0.05") == ("image.thumbnail_differs",)


def test_every_flag_has_a_case_here() -> None:
    assert {flag for flag, _ in FLAGS} == {*CASES, *NAMES, "image.thumbnail_differs"}


def test_without_an_offset_only_what_no_zone_explains_is_flagged() -> None:
    without = replace(ORDINARY, captured=clock("2023-07-29T22:00:00"), digitized=NOTHING, modified=NOTHING)
    assert flags(without) == ()
    assert flags(replace(without, satellite=utc("2023-07-27T07:20:00"))) == ("time.gps_vs_local",)


def test_nothing_is_said_of_the_sun_where_satellite_time_is_only_the_cameras() -> None:
    copied = replace(
        ORDINARY, captured=clock("2023-07-29T22:00:00"), satellite=utc("2023-07-29T22:00:00"), digitized=NOTHING, modified=NOTHING
    )
    assert flags(copied) == ()


def test_a_contested_place_has_no_one_zone() -> None:
    contested = Found(Whereabouts("Europe/Simferopol", ("RU", "UA"), True, "test", 180))
    assert flags(replace(ORDINARY, whereabouts=contested, satellite=NOTHING)) == ()


def test_nothing_is_said_of_the_sun_where_the_clocks_disagree() -> None:
    wrong = replace(ORDINARY, captured=clock("2023-07-29T15:00:00", -420), digitized=NOTHING, modified=NOTHING, satellite=NOTHING)
    assert flags(wrong) == ("time.offset_vs_place",)


def test_a_modification_in_another_zone_is_compared_as_a_moment() -> None:
    assert flags(replace(ORDINARY, modified=clock("2023-07-29T12:00:02", 120))) == ()


def test_damage_raises_no_flag() -> None:
    broken = Unreadable(say("metadata.unknown-format"))
    assert flags(Metadata(*(broken,) * 13)) == ()


def test_a_manifest_that_names_a_generator_raises_its_flags() -> None:
    told = Credentials(
        Verdict.INTACT,
        Standing.SOUND_UNLISTED,
        actions=(Action("c2pa.created", "Adobe Firefly"),),
        source_types=("trainedAlgorithmicMedia",),
    )
    assert flags(replace(ORDINARY, credentials=Found(told))) == ("ai.digital_source_type", "ai.software")


def test_planted_contradictions_of_the_measuring_set_are_found_and_controls_stay_clean(shared_data: Path) -> None:
    root = shared_data / "metadata_rules"
    expected = json.loads((root / "expected.json").read_text("utf-8"))
    missed = []
    for name, row in expected.items():
        data = (root / name).read_bytes()
        got = flags_of(Seen(name, read_metadata(data, second_opinion=False), AS_OF, read_thumbnail(data)))
        missed += [(name, flag) for flag in row["expect"] if flag not in got]
        if row["case"] == "control":
            assert got in ((), ("place.null_island",)), name  # one control's camera wrote 0, 0 itself
    assert not missed


@pytest.mark.parametrize(
    ("make", "year", "stands"), [("NIKON CORPORATION", 2019, True), ("NIKON", 2001, False), ("Canon", 2019, False)]
)
def test_a_note_without_a_name_speaks_against_makers_who_always_write_theirs(make: str, year: int, stands: bool) -> None:
    assert isinstance(ORDINARY.structure, Found)
    stated = replace(
        ORDINARY,
        camera=Found(Camera(make, "X")),
        captured=clock(f"{year}-07-29T15:00:00", 300),
        structure=Found(replace(ORDINARY.structure.value, maker_note=True, maker_note_of="")),
    )
    assert ("device.make_vs_makernote" in flags(stated)) is stands


@pytest.mark.parametrize(
    ("model", "day", "early"),
    [
        ("iPhone 15 Pro", "2023-09-11", True),
        ("iPhone 15 Pro", "2023-09-12", False),
        ("iPhone XS", "2018-09-11", True),
        ("SM-S918B", "2022-12-01", True),
        ("NIKON Z 9", "2021-04-01", True),
        ("NIKON Z 9", "2021-07-25", False),  # lent for the games, three months before it was announced
        ("NIKON D50", "2006-01-01", False),
        ("NIKON D5", "2006-01-01", True),
        ("Canon EOS R5", "2003-05-01", True),
        ("Canon EOS R50", "2003-05-01", False),  # not in the lists
    ],
)
def test_a_photo_of_a_day_before_its_camera_is_early(model: str, day: str, early: bool) -> None:
    first = earliest(model)
    assert (first is not None and date.fromisoformat(day) < first) is early
