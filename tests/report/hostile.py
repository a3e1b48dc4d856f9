"""Hostile strings, and the rich case with one of them in every place that a file, an archive or a claim can fill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from provcheck.domain.archive import Search, Use
from provcheck.domain.case import Exhibit
from provcheck.domain.claim import Place
from provcheck.domain.clock import Clock
from provcheck.domain.credentials import Action, Credentials, Ingredient, Standing, Verdict
from provcheck.domain.finding import CannotSay, Finding
from provcheck.domain.metadata import Camera, Field, Serials, Software, Step
from provcheck.domain.place import Position, Whereabouts
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.report import Report
from provcheck.domain.structure import Structure
from provcheck.domain.text import say
from tests.report.cases import ARCHIVES, OLD, rich, words

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "\" onmouseover='alert(3)' x=\"",
    "</style></title><svg/onload=alert(4)>",
    "{{ 7 * 7 }}{% include 'head.html' %}{t}",
    '=HYPERLINK("http://evil.example/","open")',
    "\t@SUM(1+1)*cmd|' /C calc'!A0",
    "\x1b[2J\x1b[31mred\x1b]8;;http://evil.example/\x07click\x1b]8;;\x07",
    "invoice\u202egpj.exe \u2066isolate\u2069 \u200f\u061c",
    "nul\x00 c1\x9b31m\x85 del\x7f line\u2028sep\u2029",
    "lone\udcff surrogate \ud800 tag\U000e0041\U000e0042 bom\ufeff",
    "zal\u0316\u0317\u0318\u0319\u031c\u031d\u0300\u0301go",
    "x" * 10_000,
    "javascript:alert(5)",
    "a\r\nSet-Cookie: b\n\n\n",
)


def hostile(untrusted: str) -> Report:
    """The rich case with `untrusted` in every place that a file, an archive or a claim can fill."""
    report = rich()
    claims = tuple(
        replace(
            claim,
            by=untrusted,
            text=untrusted,
            url=untrusted,
            channel=untrusted,
            credit=untrusted,
            camera=untrusted,
            plates=untrusted,
        )
        for claim in report.case.claims
    )
    claims = tuple(replace(claim, place=Place(untrusted, country="KZ")) for claim in claims)
    answers_ = tuple(replace(one, answer=_poisoned(one.answer, untrusted)) for one in report.answers)
    case = replace(
        report.case, title=untrusted, claims=claims, exhibits=tuple(_poison(one, untrusted) for one in report.case.exhibits)
    )
    return replace(report, case=case, answers=answers_)


def _poisoned(answer: tuple[Finding, ...] | CannotSay, untrusted: str) -> tuple[Finding, ...] | CannotSay:
    text = say("part.words", words=untrusted)
    if isinstance(answer, CannotSay):
        return replace(answer, reason=text)
    return tuple(replace(one, summary=text, because=words(untrusted), does_not_show=text) for one in answer)


def _sealed(untrusted: str) -> Credentials:
    return Credentials(
        Verdict.BROKEN,
        Standing.BROKEN,
        words(untrusted),
        generator=untrusted,
        title=untrusted,
        signer=untrusted,
        common_name=untrusted,
        signed_at=untrusted,
        actions=(Action(untrusted, untrusted, untrusted, untrusted),),
        source_types=(untrusted,),
        ingredients=(Ingredient(untrusted, untrusted, True, (untrusted,)),),
        failures=(untrusted,),
        ingredient_failures=(untrusted,),
        trust_list=untrusted,
        remote_url=untrusted,
    )


def _poison(exhibit: Exhibit, untrusted: str) -> Exhibit:
    text = words(untrusted)
    photo = replace(exhibit.photo, name=untrusted)
    use = Use(untrusted, untrusted, date(2022, 5, 4), untrusted, untrusted)
    archives = tuple(replace(archive, name=untrusted) for archive in ARCHIVES)
    match = replace(OLD, archive=untrusted, name=untrusted, uses=(use, replace(use, published=None)))
    if exhibit.evidence is None:
        return replace(exhibit, photo=photo, reason=text)
    evidence_ = replace(
        exhibit.evidence,
        camera=Found(Camera(untrusted, untrusted, untrusted, untrusted)),
        captured=Found(Clock(datetime(2022, 6, 11, 8, 0, 0), untrusted)),  # noqa: DTZ001
        position=Found(Position(Decimal("51.2"), Decimal("52.2"), untrusted)),
        whereabouts=Found(Whereabouts(untrusted, (untrusted,), True, untrusted)),
        software=Found((Software(untrusted, untrusted),)),
        fields=Found((Field(untrusted, untrusted, untrusted),)),
        history=Found((Step(untrusted, untrusted, untrusted),)),
        serials=Found(Serials((untrusted,), (untrusted,), untrusted, 1, untrusted)),
        structure=Found(Structure(untrusted, sampling=untrusted, trailing=1, trailing_kind=untrusted)),
        credentials=Found(_sealed(untrusted)),
        digitized=Unreadable(text),
        damage=(text,),
    )
    search_ = Found(Search(archives, 31, (match,)))
    return replace(exhibit, photo=photo, evidence=evidence_, reuse=search_)
