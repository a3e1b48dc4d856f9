"""Reports from a seed: random readings, claims, archives and method cards, judged by the checks as any others are.

Values are built from the types of the domain alone, so that a new field, reader or check is in the reports at once.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from provcheck.checks import CHECKS
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, DateRange
from provcheck.domain.finding import CannotSay, Finding
from provcheck.domain.fingerprint import Fingerprints, Turn
from provcheck.domain.leaning import Leaning
from provcheck.domain.method import Grade, MethodCard
from provcheck.domain.note import Held, Note
from provcheck.domain.photo import Outcome, Photo, Picture
from provcheck.domain.place import Position
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.report import Answered, Custody, Edition, Report
from provcheck.domain.text import Text, say
from provcheck.report.catalogue import catalogue

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
AS_OF = date(2023, 8, 2)
WORDS = (
    "", "a journalist", "журналист", "IMG_2041.JPG", "KZ", "RU", "A000AA163", "Canon EOS 80D", "Canon", "Snapseed 2.0", "<b>&",
    "\u202eab", "мы.jpg", "Oral–Aksay", "EXIF DateTimeOriginal", "Apple", "trainedAlgorithmicMedia", "Asia/Oral", "JPEG",
    "https://example.org/1", "c2pa.edited", "2012",
)  # fmt: skip
Made = Callable[[random.Random], Any]


def generated(seed: int) -> Report:
    """One to three photos under none to three claims. The same seed gives the same report."""
    rng = random.Random(seed)
    cards = tuple(_card(rng, check.id) for check in CHECKS)
    claims = tuple(replace(_made(Claim, rng), id=letter) for letter in "ABC"[: rng.randrange(4)])
    exhibits = tuple(_exhibit(rng, number) for number in range(1, rng.randrange(2, 5)))
    title, notes = rng.choice(WORDS), tuple(_note(rng, number, claims) for number in range(1, rng.choice((1, 1, 2, 4))))
    case = Case(AS_OF, claims, exhibits, cards, title, notes, rendered=seed % 7 == 0)
    answers = tuple(
        Answered(check.id, check.question, one.number, _answer(check, one, case)) for one in exhibits for check in CHECKS
    )
    return Report(Edition.INTERNAL, case, answers, Custody("0.1.0", "ab" * 32, "cd" * 32, (("reader.onnx", "ef" * 32),)))


def _note(rng: random.Random, number: int, claims: tuple[Claim, ...]) -> Note:
    """A person's note about the first photo or the whole case, held against some of the claims."""
    held = tuple(Held(claim.id, rng.choice(list(Leaning))) for claim in claims if rng.random() < 0.7)
    made: Note = replace(_made(Note, rng), number=number, exhibit=rng.choice((None, 1)), held=held)
    return made


def _answer(check: Any, exhibit: Exhibit, case: Case) -> tuple[Finding, ...] | CannotSay:
    if exhibit.evidence is None:
        return CannotSay(say("check.refused"), failed=True)
    answer: tuple[Finding, ...] | CannotSay = check.answer(exhibit, exhibit.evidence, case)
    return answer


def _card(rng: random.Random, id_: str) -> MethodCard:
    """Measured on anything between nothing and thousands of scenes."""
    positives, negatives = (rng.choice((0, 40, 300, 4000)) for _ in range(2))
    hits, alarms = positives - rng.choice((0, 0, 1, positives // 20)), rng.choice((0, 0, 1, negatives // 20, negatives))
    what = "A hit is one thing; a false alarm another."
    return MethodCard(
        id_, "1", what, positives, max(0, hits), negatives, min(alarms, negatives), "a set", "2026-11-22", "python m.py"
    )


def _exhibit(rng: random.Random, number: int) -> Exhibit:
    made: Exhibit = replace(_made(Exhibit, rng), number=number, picture=True)
    if made.outcome is Outcome.REFUSED:
        return replace(made, evidence=None, reason=_text(rng), reuse=Absent(), parts=Absent())
    return made if made.evidence else replace(made, evidence=_made(get_args(get_type_hints(Exhibit)["evidence"])[0], rng))


def _text(rng: random.Random) -> Text:
    """Any sentence of the catalogue, with arguments of the kinds that it takes."""
    id_, message = rng.choice(_sentences())
    kinds = {piece.name: piece.spec for _, pieces in message.forms for piece in pieces if piece.name} | {
        name: "count" for name in message.names if name == "count"
    }
    return Text(id_, tuple(sorted((name, _argument(rng, kind)) for name, kind in kinds.items())))


@cache
def _sentences() -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(catalogue().items()))


def _argument(rng: random.Random, kind: str) -> str | int:
    match kind:
        case "count":
            return rng.choice((0, 1, 2, 5, 21, 104, 12_903))
        case "date":
            return rng.choice(("2023-07-29", "2023-07-29T10:12:03", "2023-07-29T10:12:03+05:00", "0000:00:00"))
        case "number":
            return rng.choice(("0.65", "89.8", "1204.5", "7"))
    return rng.choice((*WORDS, "12", "0.5"))


SPECIAL: dict[object, Made] = {
    Text: _text,
    Picture: lambda _: Picture("image/png", 1, 1, PNG),
    Position: lambda rng: Position(
        Decimal(rng.randint(-90_000, 90_000)) / 1000,
        Decimal(rng.randint(-180_000, 180_000)) / 1000,
        "EXIF GPS",
        rng.choice((None, 8)),
    ),
    DateRange: lambda rng: _days(rng),
    Fingerprints: lambda rng: Fingerprints("0f" * 8, "f0" * 8, ("0f" * 32,) * len(Turn), rng.randint(0, 100)),
    Photo: lambda rng: Photo(
        rng.choice((*WORDS, "IMG-20230729-WA0003.jpg")) or "x.jpg",
        "ab" * 32,
        rng.randint(0, 10**7),
        rng.choice(("JPEG", "")),
        640,
        480,
    ),
    date: lambda rng: AS_OF - timedelta(days=rng.choice((-3, 0, 1, 4, 5, 90, 800))),
    datetime: lambda rng: _moment(rng),
    str: lambda rng: rng.choice(WORDS),
    int: lambda rng: rng.choice((0, 1, 2, 21, 100, 300, 12_903)),
    bool: lambda rng: rng.random() < 0.5,
    bytes: lambda _: b"",
    Decimal: lambda rng: Decimal(rng.randint(0, 100)) / 100,
    NoneType: lambda _: None,
}
FIELDS: dict[str, Made] = {
    "naive": lambda rng: _moment(rng).replace(tzinfo=None),  # a camera clock has no zone
    "offset_minutes": lambda rng: rng.choice((None, 0, 300, -210)),
    "width": lambda rng: rng.choice((1, 640, 12_903)),  # a picture has one pixel at least
    "height": lambda rng: rng.choice((1, 480)),
    "searched_width": lambda rng: rng.choice((0, 320)),
    "country": lambda rng: rng.choice(("", "KZ", "RU")),
    "countries": lambda rng: rng.choice((("KZ",), ("RU", "UA"), ())),
    "plates": lambda rng: rng.choice(("", "RU", "A000AA163")),
    "line": lambda rng: rng.choice(((), (_made(Position, rng), _made(Position, rng)))),
    "photos": lambda _: (),
}
CLAIMED = {"country", "plates", "line", "photos"}  # of claims; evidence has other things by these names


def _days(rng: random.Random) -> DateRange:
    first = AS_OF - timedelta(days=rng.choice((1, 4, 5, 400)))
    return DateRange(first, first + timedelta(days=rng.choice((0, 0, 1, 9))))


def _moment(rng: random.Random) -> datetime:
    zone = rng.choice((UTC, timezone(timedelta(hours=5))))
    return datetime(2023, 7, 29, 10, 12, 3, tzinfo=zone) - timedelta(hours=rng.choice((0, 3, 30, 9000)))


def _made(kind: Any, rng: random.Random) -> Any:
    """A random value of a type of the domain."""
    if kind in SPECIAL:
        return SPECIAL[kind](rng)
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _reading(args, rng) if Absent in args else _made(rng.choice(args), rng)
    if origin is tuple:
        inner = (args[0],) * rng.choice((0, 1, 1, 2)) if args[-1] is Ellipsis else args
        return tuple(_made(one, rng) for one in inner)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return rng.choice(list(kind))
    if is_dataclass(kind):
        return _record(kind, rng)
    raise TypeError(f"no way to make {kind}: say how in SPECIAL")


def _record(kind: Any, rng: random.Random) -> Any:
    hints = get_type_hints(kind)
    claimed = kind.__module__.endswith(".claim")
    values = {}
    for field in fields(kind):
        own = FIELDS.get(field.name) if claimed or field.name not in CLAIMED else None
        values[field.name] = own(rng) if own else _made(hints[field.name], rng)
    return kind(**values)


def _reading(args: tuple[Any, ...], rng: random.Random) -> Any:
    """Mostly found: what is absent has little to say."""
    found = next(one for one in args if get_origin(one) is Found)
    at = rng.random()
    return Absent() if at < 0.2 else Unreadable(_text(rng)) if at < 0.3 else Found(_made(get_args(found)[0], rng))


def steps(card: MethodCard) -> int:
    """How many steps of the scale a card carries, worked out anew by scipy's exact bounds: 1 is weak, 0 stays neutral."""
    from scipy.stats import beta  # type: ignore[import-untyped]  # no types published

    if not (card.positives and card.negatives):
        return 1
    hit = beta.ppf(0.05, card.hits, card.positives - card.hits + 1) if card.hits else 0.0
    alarm = beta.ppf(0.95, card.false_alarms + 1, card.negatives - card.false_alarms) if card.false_alarms < card.negatives else 1.0
    return sum(bool(hit / alarm >= least) for least in (2, 10, 100, 1000))


def faults(seed: int, languages: tuple[str, ...]) -> list[str]:
    """Whatever a generated report says that none may say: a banned word, no limit, a grade beyond its card.

    The record is the same in every language, and is looked at once; the page on paper has the words of the page, and every tenth
    report is looked at on paper.
    """
    from provcheck.report import VIEWS, render_summary, sentence
    from tests.report.banned import banned

    report = generated(seed)
    cards = {card.id: steps(card) for card in report.case.methods}
    found = []
    for one in report.answers:
        for finding in one.answer if isinstance(one.answer, tuple) else ():
            if finding.grade and list(Grade).index(finding.grade) + 1 > cards[finding.check]:
                found.append(f"seed {seed}: {finding.check} is graded {finding.grade.value} beyond its card")
            found += [
                f"seed {seed}, {lang}: {finding.check} has no limit"
                for lang in languages
                if len(sentence(finding.does_not_show, lang)) < 20
            ]
    for lang in languages:
        left_out = {"json" if lang != languages[0] else "", "pdf" if seed % 10 else ""}
        views = {view.name: view.render(report, lang) for view in VIEWS if view.name not in left_out}
        views["terminal"] = render_summary(report, lang=lang)
        found += [f"seed {seed}, {lang}, {name}: {word}" for name, text in views.items() for word in banned(text, lang)]
    return found
