"""One set of exhibits under claims for every check: what the goldens under tests/golden/checks are made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from provcheck.domain.archive import Copy, Relation
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Place
from provcheck.domain.clock import Clock, ZoneSource
from provcheck.domain.fingerprint import Turn
from provcheck.domain.metadata import Camera, Field, Software
from provcheck.domain.photo import Picture
from provcheck.domain.place import Whereabouts
from provcheck.domain.plate import PlateCharacter, PlateRegion, PlateText
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import say
from tests.checks.metadata_cases import METADATA_CASES
from tests.values import case, claim, clock, exhibit, match, on, part_search, position, search, shared

BROKEN = Unreadable(say("pixels.not-parsed", format="JPEG"))
CROP = Picture("image/png", 1, 1, b"")
QUAD = ((10, 10), (110, 10), (110, 32), (10, 32))
ORAL = Place("Oral–Aksay road", position("51.2", "52.2"), 60, "KZ")


def plate(text: str, format_: str, *, certain: bool, note: str = "", meaning: str = "") -> PlateRegion:
    decision, known = (say(note),) if note else (), (say(meaning),) if meaning else ()
    characters = tuple(PlateCharacter(char, Decimal("0.98")) for char in text)
    kind = "1" if format_ == "RU" else "2012"
    return PlateRegion(
        QUAD,
        Decimal("0.9"),
        Found(PlateText(text, certain, Decimal("0.97"), format_, kind, "56", characters, meaning=known, decision=decision)),
        CROP,
    )


def by_hand(region: PlateRegion, text: str) -> PlateRegion:
    """The region with a person's reading beside the machine's."""
    return replace(region, by_hand=PlateText(text, True, Decimal(1), "RU", "1", "56"))


RUSSIAN = Found((plate("A000AA56", "RU", certain=True),))
UNREAD = PlateRegion(QUAD, Decimal("0.7"), Unreadable(say("plates.not-read")), CROP)

DATED = (claim(taken_on=on(2023, 7, 29)), replace(claim("B", taken_on=on(2023, 7, 30)), by="the ministry"))
PLACED = (
    claim(place=ORAL),
    claim("B", place=Place("a road")),
    claim("C", place=Place("Russia", country="RU")),
    claim("D", place=Place("Samara", position("53.2", "50.15"), 30)),
)
ROADS = (
    claim(place=Place("Oral–Aksay", radius_km=5, line=(position("51.2", "51.4"), position("51.17", "53.0")))),
    claim("B", place=Place("Oral–Atyrau", radius_km=5, line=(position("51.2", "51.4"), position("47.1", "51.9")))),
)
KAZAKHSTAN = Whereabouts("Asia/Oral", ("KZ",), False, "a table of 2026")
AT_THE_BORDER = Whereabouts("Asia/Yekaterinburg", ("RU",), False, "a table of 2026", near=("KZ",))
AT_SEA = Whereabouts("Etc/GMT-4", (), False, "a table of 2026")
CONTESTED = Whereabouts("Europe/Simferopol", ("RU", "UA"), True, "a table of 2026")


NAMED = Found(  # as the readers give it: a curated value, and the same among the raw ones
    (Field("EXIF IFD0", "0x013b", "A Reader, Oral", "exif.artist"), Field("EXIF", "IFD0 Artist", "A Reader, Oral"))
)

THRICE = (  # one program under three tags, and another
    Software("Photoshop", "EXIF Software"),
    Software("GIMP", "PNG text Software"),
    Software("Photoshop", "XMP CreatorTool"),
    Software("Photoshop", "XMP History softwareAgent"),
)
CASES: dict[str, tuple[tuple[Exhibit, Case], ...]] = {}


def _cases(check: str, *pairs: Case) -> None:
    CASES[check] = tuple((pair.exhibits[0], pair) for pair in pairs)


_cases(
    "capture-time",
    case(exhibit(captured=Found(clock("2023-07-29T10:00"))), claim()),
    case(exhibit(), *DATED),
    case(exhibit(captured=BROKEN), *DATED),
    case(exhibit(captured=Found(clock("2023-07-29T10:00"))), *DATED),
    case(exhibit(captured=Found(clock("2021-05-14T10:00", 300))), *DATED),
    case(exhibit(satellite=Found(Clock(clock("2023-07-29T05:00").naive, "EXIF GPSTimeStamp", 0, ZoneSource.GPS))), *DATED),
    *(
        case(
            exhibit(
                captured=Found(clock("2023-07-29T10:00", 300)),
                satellite=Found(Clock(clock(at).naive, "EXIF GPSTimeStamp", 0, ZoneSource.GPS)),
            ),
            *DATED,
        )
        for at in ("2023-07-29T05:00", "2023-07-29T05:01")
    ),
)
_cases(
    "position",
    case(exhibit(position=Found(position("51.2", "52.3"))), claim()),
    case(exhibit(), *PLACED),
    case(exhibit(position=BROKEN), *PLACED),
    case(exhibit(position=Found(position("51.2", "52.3")), whereabouts=Found(KAZAKHSTAN)), *PLACED),
    case(exhibit(position=Found(position("44.95", "34.1")), whereabouts=Found(CONTESTED)), *PLACED),
    case(exhibit(position=Found(position("51.2", "53.064"))), *PLACED),
    case(exhibit(position=Found(position("51.2", "52.3")), whereabouts=BROKEN), *PLACED),
    case(exhibit(position=Found(position("0", "0.0005"))), *PLACED),
    case(exhibit(position=Found(position("51.6", "54.6")), whereabouts=Found(AT_THE_BORDER)), claim(place=Place("", country="KZ"))),
    case(exhibit(position=Found(position("44.6", "50.2")), whereabouts=Found(AT_SEA)), claim(place=Place("", country="KZ"))),
    case(exhibit(position=Found(position("51.19", "52.2"))), *ROADS),
)
_cases(
    "earlier-use",
    case(exhibit(), *DATED),
    case(exhibit(reuse=BROKEN), *DATED),
    case(exhibit(reuse=search()), *DATED),
    case(exhibit(reuse=search(match(date(2022, 5, 1), turn=Turn.MIRROR))), *DATED),
    case(exhibit(reuse=search(match(date(2023, 7, 28)))), *DATED),
    case(exhibit(reuse=search(match(None))), *DATED),
    case(exhibit(reuse=search(match(None), match(date(2022, 5, 1)))), claim()),
)
_cases(
    "earlier-part",
    case(exhibit(), *DATED),
    case(exhibit(parts=BROKEN), *DATED),
    case(exhibit(parts=part_search()), *DATED),
    case(exhibit(parts=part_search(shared(date(2022, 5, 1), mirrored=True))), *DATED),
    case(exhibit(parts=part_search(shared(date(2023, 8, 1)))), *DATED),
    case(exhibit(parts=part_search(shared(None))), claim()),
    case(exhibit(parts=part_search(shared(date(2022, 5, 1), Relation.SCENE))), *DATED),
    case(
        exhibit(reuse=search(replace(match(date(2022, 5, 1)), sha256="12" * 32)), parts=part_search(shared(date(2022, 5, 1)))),
        *DATED,
    ),
)
_cases(
    "plate-format",
    case(exhibit(), claim(plates="RU")),
    case(exhibit(plates=BROKEN), claim(plates="RU")),
    case(exhibit(plates=Found((UNREAD, UNREAD))), claim(plates="RU")),
    case(exhibit(plates=Found((plate("A000AA56", "RU", certain=True), UNREAD))), claim(plates="RU"), claim("B")),
    case(exhibit(plates=Found((plate("A000AA56", "RU", certain=False),))), claim(plates="RU")),
    case(exhibit(plates=Found((plate("000ABC07", "KZ", certain=True),))), claim(plates="RU")),
    case(exhibit(plates=Found((plate("000ABC07", "KZ", certain=True),))), claim()),
    case(exhibit(plates=Found((plate("A000AA56", "RU", certain=True),))), claim(plates="A 000 AA 56")),
    case(exhibit(plates=Found((by_hand(plate("A000AA50", "RU", certain=False), "A000AA56"),))), claim(plates="RU")),
    case(exhibit(plates=Found((by_hand(plate("A000AA56", "RU", certain=True), "A000AA56"),))), claim()),
    case(exhibit(plates=Found((plate("A000AA56", "RU", certain=True, note="plates.mirrored"),))), claim(plates="RU")),
    case(exhibit(plates=Found((plate("AH000063", "undetermined", certain=True),))), claim(plates="RU")),
    case(
        exhibit(plates=Found((plate("A000AA56", "RU", certain=True),))),
        claim(plates="А 000 АА-56"),
        claim("B", plates="a0ooaa56 rus"),
    ),
    case(exhibit(plates=Found((plate("A000AA56", "RU", certain=True),))), claim(plates="А000АА"), claim("B", plates="А000АА57")),
    case(exhibit(plates=Found((plate("A000AA56", "RU", certain=True, meaning="plates.zero-serial"),))), claim(plates="RU")),
)
_cases(
    "camera",
    case(exhibit(camera=Found(Camera("Canon", "Canon EOS 80D"))), claim()),
    case(exhibit(), claim(camera="EOS 80D")),
    case(exhibit(camera=BROKEN), claim(camera="EOS 80D")),
    case(exhibit(camera=Found(Camera("Canon", "Canon EOS 80D"))), claim(camera="eos 80d"), claim("B", camera="Nikon Z 9")),
    case(exhibit(camera=Found(Camera("samsung", "SM-A536E"))), claim(camera="Galaxy A53"), claim("B", camera="iPhone 13")),
)
_cases(
    "credit",
    case(exhibit(), claim()),
    case(exhibit(), claim(credit="a reader")),
    case(exhibit(fields=NAMED), claim(credit="a reader"), claim("B", credit="the ministry")),
    case(exhibit(fields=Found((Field("EXIF", "IFD0 XPAuthor", "A Reader, Oral"),))), claim(credit="a reader")),
    case(exhibit(fields=Found((Field("EXIF Exif", "0xa430", "OWNER", "exif.owner"),))), claim(credit="a reader")),
    case(exhibit(fields=Found(()), history=BROKEN), claim(credit="a reader")),
    case(exhibit(parts=part_search(shared(on(2022, 5, 12).first, credit="a staff photographer"))), claim(credit="a reader")),
    case(exhibit(parts=part_search(shared(None, Relation.SCENE, credit="a staff photographer"))), claim(credit="a reader")),
    case(exhibit(reuse=search(match(None, credit="a regional newspaper"))), claim(credit="a reader")),
)
_cases(
    "edit-history",
    case(exhibit()),
    case(exhibit(software=BROKEN)),
    case(exhibit(software=Found((Software("GIMP 2.10", "EXIF Software"),)))),
    case(exhibit(captured=Found(clock("2023-07-29T10:00")), modified=Found(clock("2023-07-29T10:01")))),
    case(exhibit(captured=Found(clock("2023-07-29T10:00")), modified=Found(clock("2023-08-01T10:00")))),
    case(exhibit(captured=Found(clock("2023-07-29T10:00", 300)), modified=Found(clock("2023-07-29T09:00", 300)))),
    case(exhibit(captured=Found(clock("2023-07-29T10:00:00.164")), modified=Found(clock("2023-07-29T10:00:00")))),
    case(exhibit(captured=Found(clock("2023-07-29T10:00", 300)), modified=Found(clock("2023-07-29T15:00")))),
    case(exhibit(captured=Found(clock("2023-07-29T10:00", 300)), modified=Found(clock("2023-07-29T10:00", 0)))),
    case(exhibit(software=Found(THRICE))),
)
_cases(
    "integrity",
    case(exhibit()),
    case(exhibit(pixels=BROKEN)),
    case(exhibit(damage=(say("plates.not-read"),))),
)


def among(*copies: Copy, shown: Exhibit | None = None) -> Case:
    """The first photo of a set of three."""
    first = shown or exhibit()
    return replace(case(first), exhibits=(first, replace(exhibit(), number=2), replace(exhibit(), number=3)), copies=Found(copies))


_cases(
    "set-copies",
    case(exhibit()),
    replace(case(exhibit()), copies=BROKEN),
    among(),
    among(Copy(2, 3, Relation.SAME, True, 0, None, False, 0)),
    among(shown=exhibit(fingerprints=BROKEN)),
    among(shown=replace(exhibit(), unmatched=BROKEN.reason)),
    among(Copy(1, 2, Relation.SAME, True, 0, None, False, 0), Copy(1, 3, Relation.SAME, False, 4, 30, False, 0)),
    among(Copy(1, 2, Relation.SAME, False, 1, None, True, 0), Copy(1, 3, Relation.PART, False, None, 22, True, 180)),
    among(Copy(1, 2, Relation.PART, False, None, 22, False, 0), shown=exhibit(fingerprints=BROKEN)),
)

for _check, _asked in METADATA_CASES.items():
    _cases(_check, *_asked)
