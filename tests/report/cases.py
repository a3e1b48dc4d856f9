"""Reports as plain values: a rich case, an empty one, one without claims, and one full of hostile strings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

from PIL import ImageOps

from provcheck.domain.archive import Change, Comparison, Laid, Match, Overlay, PartSearch, Relation, Search, Searched, Shared, Use
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, DateRange, Part, Place
from provcheck.domain.clock import Clock, ZoneSource
from provcheck.domain.credentials import Action, Credentials, Ingredient, Standing, Verdict
from provcheck.domain.evidence import Evidence, Pixels
from provcheck.domain.finding import About, CannotSay, Finding, Leaning
from provcheck.domain.fingerprint import Fingerprints, Turn
from provcheck.domain.metadata import Camera, Field, Serials, Software, Step, Thumbnail
from provcheck.domain.method import Grade, MethodCard
from provcheck.domain.photo import Outcome, Photo
from provcheck.domain.place import Position, Whereabouts
from provcheck.domain.plate import PlateCharacter, PlateRegion, PlateText
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.report import Answered, Custody, Edition, Report
from provcheck.domain.structure import Structure
from provcheck.domain.text import Text
from tests.report.drawings import picture, plate, road

AS_OF = date(2026, 11, 22)
DAY = DateRange(date(2023, 7, 29), date(2023, 7, 29))
QUESTIONS = {
    "capture-time": "Does the time of capture fit the claimed date?",
    "position": "Does the position in the file fit the claimed place?",
    "reuse": "Was the picture published before the claimed date?",
    "plates": "Do number plates in the picture fit the claim?",
    "edits": "Does the file name programs that edited it?",
    "integrity": "Is the file whole and readable?",
}


def words(sentence: str) -> Text:
    """Any sentence of a test, as a Text of the real catalogue: the tests need no room of their own in it."""
    return Text("part.code", (("code", sentence),))


def digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()


CLAIMS = (
    Claim(
        id="A",
        by="a journalist",
        text="Trucks with Russian plates carry military vehicles towards Russia.\nI took these photos today.",
        published=date(2023, 7, 29),
        url="https://example.org/posts/1?lang=kk",
        received_at=datetime(2023, 7, 29, 18, 20, tzinfo=UTC),
        channel="a messenger",
        taken_on=DAY,
        place=Place("road from Oral to Aksay", Position(Decimal("51.2"), Decimal("52.2")), 60, "KZ"),
        plates="RU",
    ),
    Claim(
        id="B",
        by="the ministry",
        text="The equipment is the property of a third country and crosses our territory for a scheduled repair in Russia.",
        published=date(2023, 7, 30),
        url="https://example.org/statement",
        taken_on=DateRange(date(2023, 7, 28), date(2023, 7, 29)),
        place=Place("West Kazakhstan", country="KZ"),
    ),
    Claim(
        id="C",
        by="an unnamed channel",
        text="Фото сделано сегодня у Атырау.",
        published=date(2023, 8, 2),
        taken_on=DateRange(date(2023, 8, 1), date(2023, 8, 2)),
        place=Place("Atyrau", Position(Decimal("47.1"), Decimal("51.9")), 25),
        plates="RU",
        credit="the channel's own correspondent",
    ),
)

CARDS = (
    MethodCard(
        id="reuse",
        version="1",
        what="A hit finds an archived photo in an edited copy; a false alarm matches two photos of different scenes.",
        positives=60,
        hits=58,
        negatives=3500,
        false_alarms=1,
        data="reuse-transform, 60 scenes, " + digest("reuse")[:12],
        date="2026-11-20",
        command="python benchmarks/reuse.py --seed 1",
    ),
    MethodCard(
        id="capture-time", version="1", what="A hit names a photo taken on another day; a false alarm names one taken on the day."
    ),
    MethodCard(id="plates", version="0", what="A hit finds a number plate; a false alarm marks something else."),
)


def evidence(seed: int, **changes: object) -> Evidence:
    quad = ((238, 338), (352, 340), (351, 366), (237, 364))
    regions = (
        PlateRegion(quad, Decimal("0.87"), Absent(), picture(plate("A 000 AA 163"))),
        PlateRegion(((120, 250), (180, 251), (180, 268), (120, 267)), Decimal("0.41"), Absent(), picture(plate("? ??? ?? ??"))),
    )
    hashes = tuple(digest(f"pdq {seed} {turn}") for turn in Turn)
    plain = Evidence(
        pixels=Found(Pixels(640, 480)),
        camera=Absent(),
        captured=Absent(),
        digitized=Absent(),
        modified=Absent(),
        satellite=Absent(),
        position=Absent(),
        whereabouts=Absent(),
        software=Absent(),
        fields=Absent(),
        structure=Absent(),
        history=Absent(),
        serials=Absent(),
        credentials=Absent(),
        thumbnail=Absent(),
        fingerprints=Found(Fingerprints(digest("p")[:16], digest("d")[:16], hashes, 100)),
        plates=Found(regions),
        view=Found(picture(road(seed))),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def camera_file() -> Evidence:
    """A photo with all its metadata, its second plate read."""
    local = datetime(2023, 7, 29, 10, 12, 3)  # noqa: DTZ001  # a camera clock has no zone
    plain = evidence(1)
    assert isinstance(plain.plates, Found)
    last = PlateCharacter("3", Decimal("0.61"), (("8", Decimal("0.34")),))
    characters = (*(PlateCharacter(char, Decimal("0.98")) for char in "A000AA16"), last)
    text = PlateText("A000AA163", False, Decimal("0.91"), "RU", "civil", "163", characters)
    read = (replace(plain.plates.value[0], reading=Found(text)), plain.plates.value[1])
    return replace(
        plain,
        camera=Found(Camera("Canon", "EOS 80D", "EF-S18-135mm", "012345678901")),
        captured=Found(Clock(local, "EXIF DateTimeOriginal", 300, ZoneSource.STATED)),
        modified=Found(Clock(local, "EXIF DateTime", 300, ZoneSource.STATED)),
        satellite=Found(Clock(datetime(2023, 7, 29, 5, 12, 1), "EXIF GPSTimeStamp", 0, ZoneSource.GPS)),  # noqa: DTZ001
        position=Found(Position(Decimal("51.204512"), Decimal("52.310021"), "EXIF GPS", 8)),
        whereabouts=Found(Whereabouts("Asia/Oral", ("KZ",), False, "timezone boundaries 2026b")),
        serials=Found(Serials(("012345678901",), (), "the photographer", 4123)),
        thumbnail=Found(Thumbnail(picture(road(1, 160, 120)), Decimal("0.97"))),
        structure=Found(Structure("JPEG", 640, 480, 640, 480, 6, quality=92, sampling="4:2:0", trailing=2048, trailing_kind="MP4")),
        fields=Found(tuple(Field("EXIF", f"Field {number}", f"value {number}") for number in range(24))),
        plates=Found(read),
    )


INGREDIENTS = (
    Ingredient("IMG_1.jpg", "parentOf", True, (), picture(road(4, 160, 120))),
    Ingredient("logo", "componentOf", False, ()),
)


def edited() -> Evidence:
    """A photo that an editor wrote, with a history and with credentials."""
    made = Action("c2pa.created", "Phone Camera 3", "2022-05-04T09:00:00Z", "digitalCapture")
    return evidence(
        4,
        software=Found((Software("Snapseed 2.0", "EXIF Software"),)),
        history=Found(tuple(Step("saved", "Adobe Photoshop 25.0", f"2022-05-04T10:{minute:02}:00Z") for minute in range(12))),
        credentials=Found(
            Credentials(
                Verdict.INTACT,
                Standing.SOUND_UNLISTED,
                generator="Adobe Photoshop 25.0",
                signer="Adobe Inc.",
                signed_at="2022-05-04T10:30:00Z",
                actions=(made, Action("c2pa.edited", "Adobe Photoshop 25.0")),
                source_types=("digitalCapture",),
                ingredients=INGREDIENTS,
            )
        ),
        plates=Found(()),
    )


ARCHIVES = (
    Searched("newsroom.pvx", 412_903, date(2023, 8, 1), digest("newsroom")),
    Searched("agency 2022.pvx", 1, None, digest("agency")),
)


def parts(*shared: Shared) -> Reading[PartSearch]:
    return Found(PartSearch(ARCHIVES, 41, shared))


def shared(relation: Relation, name: str, seed: int, uses: tuple[Use, ...], mirrored: bool = False) -> Shared:
    corners = ((10, 10), (500, 12), (498, 300), (11, 310))
    return Shared("old", name, digest(name), relation, 31, mirrored, 0, corners, corners, uses, Found(picture(road(seed))))


def search(*matches: Match) -> Reading[Search]:
    return Found(Search(ARCHIVES, 31, matches))


OLD = Match(
    "newsroom.pvx",
    "2022/parade-rehearsal.jpg",
    digest("old"),
    12,
    Turn.MIRROR,
    (
        Use("https://example.org/2022/05/rehearsal", "A Daily", date(2022, 5, 4), "a staff photographer", "agency licence"),
        Use("", "a reposting site"),
    ),
    Found(picture(ImageOps.mirror(road(4)))),
)


BOX = ((400, 300), (470, 300), (470, 340), (400, 340))
LAID = Laid(
    Comparison(
        44,
        True,
        0,
        ((0, 0), (639, 0), (639, 479), (0, 479)),
        97,
        (Change(BOX, 61), Change(((20, 20), (80, 20), (80, 60), (20, 60)), 40)),
    ),
    picture(road(44)),
    picture(road(44).convert("L").point(lambda value: value // 8)),
)
OVER_OLD = Overlay(OLD.archive, OLD.sha256, Found(LAID))


def exhibits() -> tuple[Exhibit, ...]:
    def photo(name: str, **changes: object) -> Photo:
        return replace(Photo(name, digest(name), 2_481_337, "JPEG", 640, 480), **changes)  # type: ignore[arg-type]

    drifting = Clock(datetime(2022, 6, 11, 8, 0, 0), "EXIF DateTimeOriginal")  # noqa: DTZ001
    return (
        Exhibit(1, photo("journalist/IMG_2041.JPG"), Outcome.EXAMINED, None, camera_file(), search()),
        Exhibit(2, photo("journalist/photo_2023-07-29.jpg"), Outcome.EXAMINED, None, evidence(2), search(), parts()),
        Exhibit(
            3,
            photo("channel/мы.jpg"),
            Outcome.EXAMINED,
            None,
            evidence(3, captured=Found(drifting)),
            search(),
            parts(
                shared(Relation.PART, "2021-gate.jpg", 7, OLD.uses, mirrored=True),
                shared(Relation.SAME, "<script>alert(1)</script>.jpg", 8, ()),
                shared(Relation.SCENE, "2020-road.jpg", 9, OLD.uses),
            ),
        ),
        Exhibit(
            4,
            photo("channel/convoy.jpg"),
            Outcome.EXAMINED,
            None,
            edited(),
            search(OLD),
            overlays=(OVER_OLD,),
        ),
        Exhibit(
            5,
            photo("channel/clip.heic", format="HEIC"),
            Outcome.PARTIAL,
            words("The pixels could not be decoded: the file ends early."),
            evidence(
                5,
                pixels=Unreadable(words("The file ends early.")),
                fingerprints=Unreadable(words("There are no pixels.")),
                plates=Unreadable(words("There are no pixels.")),
                view=Unreadable(words("The file ends early.")),
                damage=(words("Box 'mdat' is 12,041 bytes short."),),
            ),
            Unreadable(words("There is no fingerprint to search with.")),
        ),
        Exhibit(
            6,
            photo("channel/bomb.webp", format="", width=0, height=0, bytes=34),
            Outcome.REFUSED,
            words("16,383 × 16,383 pixels are over the limit of 120 million. Shrink it, or raise max_pixels."),
            None,
        ),
    )


def finding(
    check: str, number: int, claim: str | None, part: Part | None, leaning: Leaning, *sentences: str, grade: Grade = Grade.WEAK
) -> Finding:
    summary, because, limit = (words(sentence) for sentence in sentences)
    step = None if leaning is Leaning.NEUTRAL else grade
    return Finding(check, About(number, claim, part), leaning, step, summary, because, limit)


S, C, N = Leaning.SUPPORTS, Leaning.CONTRADICTS, Leaning.NEUTRAL


def over_claims(
    check: str, number: int, part: Part, leanings: dict[str, Leaning], *sentences: str, grade: Grade = Grade.WEAK
) -> tuple[Finding, ...]:
    return tuple(finding(check, number, claim, part, leaning, *sentences, grade=grade) for claim, leaning in leanings.items())


def answers() -> tuple[Answered, ...]:
    given: dict[tuple[str, int], tuple[Finding, ...] | CannotSay] = {
        ("capture-time", 1): over_claims(
            "capture-time", 1, Part.TAKEN_ON, {"A": S, "B": S, "C": C},
            "The camera's clock says 29 July 2023, 10:12 (UTC+05:00), and satellite time agrees.",
            "The two clocks are set apart from each other and differ by two seconds.",
            "This does not show that the clock was right: whoever holds a camera can set it.",
        ),
        ("capture-time", 3): over_claims(
            "capture-time", 3, Part.TAKEN_ON, {"A": C, "B": C, "C": C},
            "The camera's clock says 11 June 2022, more than a year before any claimed date.",
            "The difference is larger than any time zone explains.",
            "This does not show when the picture was taken: a camera whose battery was out starts from a wrong date.",
        ),
        ("position", 1): over_claims(
            "position", 1, Part.PLACE, {"A": S, "B": S, "C": C},
            "The file's position is 7 km from the middle of the road that claim A names, and 462 km from Atyrau.",
            "EXIF GPS gives 51.204512, 52.310021, give or take 8 m.",
            "This does not show that the camera stood there: a position can be written into a file.",
        ),
        ("reuse", 4): over_claims(
            "reuse", 4, Part.TAKEN_ON, {"A": C, "B": C, "C": C},
            "The archive holds this picture, mirrored, published on 4 May 2022: 14 months before the earliest claimed date.",
            "12 of 256 bits differ between the two fingerprints; unrelated pictures differ in about 128.",
            "This does not show who mirrored it, or that whoever sent it knew of the earlier use.",
            grade=Grade.MODERATELY_STRONG,
        ),
        ("plates", 1): over_claims(
            "plates", 1, Part.PLATES, {"A": S, "C": S},
            "Region 1 has the layout of a Russian civil plate.",
            "Nine characters in the order letter, three digits, two letters, region.",
            "This does not show whose vehicle it is, who owns its load, or where it goes.",
        ),
        ("plates", 2): over_claims(
            "plates", 2, Part.PLATES, {"A": N, "C": N},
            "2 plate-like regions, not read.",
            "No character was read with enough certainty to tell a layout.",
            "This does not show that the plates are foreign, or that they are Russian.",
        ),
        ("edits", 4): (
            finding(
                "edits", 4, None, None, N,
                "The file names an editor, “Snapseed 2.0”.",
                "EXIF Software is written by the program that saved the file last.",
                "This does not show what was changed: saving alone leaves the same trace.",
            ),
        ),
    }  # fmt: skip
    silent = {
        "capture-time": CannotSay(words("No time of capture is in the file, which is normal after a messenger.")),
        "position": CannotSay(words("No position is in the file, which is normal after a messenger.")),
        "reuse": CannotSay(words("No match in 2 archives (412,904 photos, latest entry 1 August 2023).")),
        "plates": CannotSay(words("No plate-like region was found.")),
        "edits": CannotSay(words("The file names no editor, and messengers remove the name.")),
    }
    for number in range(1, 6):  # the sixth was refused: no check is put to it
        for check in QUESTIONS:
            given.setdefault((check, number), silent.get(check, whole(number)))
    given["plates", 5] = CannotSay(words("The pixels could not be decoded."), failed=True)
    return tuple(
        Answered(check, words(QUESTIONS[check]), number, given[check, number]) for number in range(1, 6) for check in QUESTIONS
    )


def whole(number: int) -> tuple[Finding, ...]:
    return (
        finding(
            "integrity", number, None, None, N,
            "The file is whole, and its digest was taken of the very bytes that were examined.",
            "Every segment of the file is there, and nothing follows its end.",
            "This does not show that the file is as the camera wrote it.",
        ),
    )  # fmt: skip


def rich() -> Report:
    """Three rival claims, six files: matches, plates, one in part, one refused."""
    custody = Custody("0.1.0", digest("settings"), digest("claims"), (("plate-regions.onnx", digest("model")),))
    return Report(
        Edition.INTERNAL, Case(AS_OF, CLAIMS, exhibits(), CARDS, "Trucks on a steppe road, July 2023"), answers(), custody
    )


def empty() -> Report:
    return Report(Edition.INTERNAL, Case(AS_OF, (), (), ()), (), Custody("0.1.0", digest("settings")))


def without_claims() -> Report:
    """The same photos, and only what was seen of the files themselves."""
    report = rich()
    unasked = CannotSay(words("No claim was given."), asked=False)
    kept = tuple(
        answered if answered.check in ("edits", "integrity") else replace(answered, answer=unasked) for answered in report.answers
    )
    return replace(report, case=replace(report.case, claims=()), answers=kept, custody=Custody("0.1.0", digest("settings")))


def one_claim() -> Report:
    """The rich case under the journalist's claim alone."""
    report = rich()
    kept = tuple(
        answered
        if isinstance(answered.answer, CannotSay)
        else replace(answered, answer=tuple(one for one in answered.answer if one.about.claim in (None, "A")))
        for answered in report.answers
    )
    return replace(report, case=replace(report.case, claims=CLAIMS[:1]), answers=kept)
