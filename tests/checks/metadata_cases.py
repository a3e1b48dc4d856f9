"""Exhibits for the checks on metadata: each contradiction, each marker, and files that are silent or broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, Light, Place
from provcheck.domain.clock import Clock, ZoneSource
from provcheck.domain.credentials import Action, Credentials, Ingredient, Standing, Verdict
from provcheck.domain.metadata import Camera, Field, Serials, Software, Thumbnail
from provcheck.domain.photo import Picture
from provcheck.domain.place import Whereabouts
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.structure import Build, Structure
from provcheck.domain.text import say
from tests.values import case, claim, clock, exhibit, on, position

BROKEN = Unreadable(say("metadata.unknown-format"))
PLAIN = Structure("JPEG", 1280, 960, 1280, 960, quality=80)
TELEGRAM, SIGNAL = Build("Telegram", 2014, "https://example.org/rule"), Build("Signal", 2025, "https://example.org/source")
SMALL = Picture("image/jpeg", 1, 1, b"")
SEALED = Credentials(
    Verdict.INTACT,
    Standing.SOUND_UNLISTED,
    generator="An editor 2.0",
    signer="A maker",
    common_name="Signing key of a maker",
    signed_at="2023-07-30T08:00:00+00:00",
    actions=(Action("c2pa.opened"), Action("c2pa.cropped", "An editor 2.0")),
    ingredients=(Ingredient("before.jpg", "parentOf", True, ()),),
)


TOWN = Place("Oral", position("51.2", "51.4"), 20)
SVALBARD = Place("Longyearbyen", position("78.22", "15.65"), 20)


def at(clock_: str) -> datetime:
    return datetime.fromisoformat(f"2023-07-29T{clock_}").replace(tzinfo=timezone(timedelta(hours=5)))


def tied(**serials: object) -> Exhibit:
    return exhibit(serials=Found(Serials(**serials)), camera=Found(Camera("Example", "Model One")))  # type: ignore[arg-type]


def satellite(text: str) -> Found[Clock]:
    return Found(Clock(clock(text).naive, "EXIF GPSDateStamp, GPSTimeStamp", 0, ZoneSource.GPS))


def keyed(key: str, value: str, name: str = "") -> Found[tuple[Field, ...]]:
    return Found((Field("test", name, value, key),))


def thumbnail(likeness: str) -> Found[Thumbnail]:
    return Found(Thumbnail(SMALL, Decimal(likeness)))


def named(name: str, **evidence: object) -> Exhibit:
    shown = exhibit(**evidence)
    return replace(shown, photo=replace(shown.photo, name=name))


def beside(mine: Exhibit, theirs: Exhibit, *claims: Claim) -> Case:
    """A case of two photos; the first is the one that is asked about."""
    return replace(case(mine, *claims), exhibits=(mine, replace(theirs, number=2)))


def body(*numbers: str, model: str = "Model One") -> Exhibit:
    fields = tuple(Field("EXIF", "BodySerialNumber", number, "exif.body_serial") for number in numbers)
    return exhibit(serials=Found(Serials(body=numbers)), camera=Found(Camera("Example", model)), fields=Found(fields))


def inside(number: str) -> Exhibit:
    """A body that only its maker note numbers."""
    fields = (Field("Sony maker note", "0x9050", number, "mn.serial"),)
    return exhibit(serials=Found(Serials(body=(number,))), camera=Found(Camera("Example", "Model One")), fields=Found(fields))


NOON = Found(clock("2023-07-29T12:00", 300))
ORAL = Whereabouts("Asia/Oral", ("KZ",), False, "a table of 2026", 300)

METADATA_CASES: dict[str, tuple[Case, ...]] = {
    "consistency": (
        case(exhibit()),
        case(exhibit(captured=BROKEN)),
        case(exhibit(captured=NOON, satellite=satellite("2023-07-29T07:00"), whereabouts=Found(ORAL), thumbnail=thumbnail("0.97"))),
        case(exhibit(captured=NOON, satellite=satellite("2023-07-29T03:20"))),
        case(exhibit(captured=Found(clock("2023-07-29T12:00", -420)), whereabouts=Found(ORAL))),
        case(exhibit(captured=Found(clock("2031-07-29T12:00")))),
        case(exhibit(captured=Found(clock("2019-07-29T12:00")), camera=Found(Camera("Apple", "iPhone 14")))),
        case(exhibit(position=Found(position("0", "0")))),
        case(
            exhibit(
                camera=Found(Camera("Canon", "EOS 80D")), structure=Found(replace(PLAIN, maker_note=True, maker_note_of="Fujifilm"))
            ),
        ),
        case(exhibit(camera=Found(Camera("Apple", "iPhone 14")), structure=Found(replace(PLAIN, maker_note=True)))),
        case(exhibit(thumbnail=thumbnail("0.08"))),
        case(exhibit(structure=Found(replace(PLAIN, stated_width=4032, stated_height=3024)))),
        case(exhibit(camera=Found(Camera("Canon", "EOS 80D")), structure=Found(replace(PLAIN, standard_tables=True)))),
    ),
    "content-credentials": (
        case(exhibit()),
        case(exhibit(credentials=BROKEN)),
        case(exhibit(credentials=Found(SEALED))),
        case(exhibit(credentials=Found(replace(SEALED, standing=Standing.SOUND_LISTED, trust_list="newsroom.pem, 2026-11-01")))),
        case(
            exhibit(
                credentials=Found(
                    replace(
                        SEALED,
                        verdict=Verdict.BROKEN,
                        standing=Standing.BROKEN,
                        reason=say("metadata.credentials-do-not-fit", codes="assertion.dataHash.mismatch"),
                        ingredient_failures=("claimSignature.mismatch",),
                    )
                )
            )
        ),
        case(
            exhibit(
                credentials=Found(
                    Credentials(
                        Verdict.REMOTE_ONLY,
                        Standing.UNCHECKED,
                        say("metadata.credentials-remote", url="https://example.org/1.c2pa"),
                    )
                )
            )
        ),
        case(exhibit(credentials=Found(Credentials(Verdict.UNREADABLE, Standing.UNCHECKED)))),
    ),
    "generated": (
        case(exhibit()),
        case(exhibit(fields=BROKEN)),
        case(
            exhibit(
                fields=keyed("xmp.digital_source_type", "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia")
            )
        ),
        case(exhibit(fields=keyed("png.text", "a road, Steps: 20, Sampler: Euler a, Seed: 1", "parameters"))),
        case(exhibit(software=Found((Software("NovelAI", "PNG text Software"),)))),
    ),
    "same-camera": (
        case(body("123063022888")),
        beside(body("123063022888"), body("0123063022888")),
        beside(body("123063022888"), body("5014649")),
        beside(body("123063022888"), exhibit()),
        beside(exhibit(serials=BROKEN), body("5014649")),
        beside(body("5014649"), body("5014650"), claim(camera="Model One")),
        beside(body("5014649"), inside("13 248 0 0 246 8"), claim(camera="Model One")),
        beside(inside("13 248 0 0 246 9"), inside("13 248 0 0 246 8")),
        beside(tied(lens=("0000000000",)), tied(lens=("0000000000",))),
        beside(tied(lens=("0000123456",)), tied(lens=("123456",))),
        beside(tied(owner="A Reader"), tied(owner="a reader ")),
        beside(tied(owner="unknown"), tied(owner="unknown")),
        beside(tied(image_id="4f1c" * 8), tied(image_id="4f1c" * 8)),
    ),
    "light": (
        case(exhibit(), claim()),
        case(exhibit(), claim(light=Light.DAYLIGHT)),
        case(exhibit(position=BROKEN), claim(light=Light.DAYLIGHT)),
        case(
            exhibit(),
            claim(light=Light.DAYLIGHT, taken_at=at("10:00"), place=TOWN),
            claim("B", light=Light.NIGHT, taken_at=at("10:00"), place=TOWN),
        ),
        case(
            exhibit(),
            claim(light=Light.DAYLIGHT, taken_at=at("02:00"), place=TOWN),
            claim("B", light=Light.NIGHT, taken_at=at("02:00"), place=TOWN),
        ),
        case(exhibit(), claim(light=Light.NIGHT, taken_at=at("05:30"), place=TOWN)),
        case(exhibit(), claim(light=Light.DAYLIGHT, taken_on=on(2023, 7, 29), place=TOWN)),
        case(
            exhibit(position=Found(position("51.2", "52.2")), captured=Found(clock("2023-07-29T23:30", 300))),
            claim(light=Light.DAYLIGHT),
        ),
        case(
            exhibit(captured=Found(clock("2019-02-21T12:00", 300))),
            claim(light=Light.DAYLIGHT, taken_on=on(2023, 7, 29), place=TOWN),
        ),
        case(
            exhibit(),
            claim(light=Light.NIGHT, taken_on=on(2023, 6, 21), place=SVALBARD),
            claim("B", light=Light.DAYLIGHT, taken_on=on(2023, 12, 21), place=SVALBARD),
        ),
    ),
    "channel": (
        case(named("DSC_0001.JPG", structure=Found(replace(PLAIN, blocks=("EXIF",))))),
        case(named("IMG-20230729-WA0002.jpg", structure=Found(replace(PLAIN, progressive=True)))),
        case(named("photo_2023-07-29_12-00-02.jpg", structure=Found(PLAIN))),
        case(named("Screenshot_20230729.png")),
        case(named("photo_2023-07-29_12-00-02.jpg", structure=Found(replace(PLAIN, builds=(TELEGRAM,))))),
        case(named("photo_2023-07-29_12-00-02.jpg", structure=Found(replace(PLAIN, blocks=("EXIF", "XMP", "EXIF"))))),
        case(named("1.jpg", structure=Found(replace(PLAIN, builds=(TELEGRAM, TELEGRAM, SIGNAL))))),
        case(named("1.jpg", structure=Found(PLAIN), fields=keyed("iptc.credit", "A desk"))),
        case(named("1.jpg", fields=keyed("iptc.instructions", "FBMD01000a9c"))),
        case(named("1.jpg", fields=BROKEN)),
    ),
}
