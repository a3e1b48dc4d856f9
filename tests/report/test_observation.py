"""Which findings tell rival claims apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provcheck.domain.claim import Claim, Part
from provcheck.domain.finding import Finding, Leaning
from provcheck.report.observation import observations, tells_apart
from tests.report import cases

S, C, N = Leaning.SUPPORTS, Leaning.CONTRADICTS, Leaning.NEUTRAL
SAYING = tuple(Claim(id_, "a role", "words", plates="RU") for id_ in "AB")
UNSAID = replace(SAYING[1], plates="")


def held(**leanings: Leaning) -> tuple[Finding, ...]:
    return tuple(
        cases.finding("plates", 1, claim, Part.PLATES, leaning, "seen", "because", "limit") for claim, leaning in leanings.items()
    )


@pytest.mark.parametrize(
    ("claims", "findings", "apart"),
    [
        (SAYING, held(A=S, B=S), False),
        (SAYING, held(A=C, B=C), False),
        (SAYING, held(A=N, B=N), False),
        (SAYING, held(A=S, B=C), True),
        (SAYING, held(A=S, B=N), True),
        (SAYING, held(A=C), True),
        (SAYING, held(A=S), False),
        ((SAYING[0], UNSAID), held(A=S, B=N), False),
        ((SAYING[0], UNSAID), held(A=S), False),
        ((SAYING[0], UNSAID), held(A=C, B=N), True),
        ((SAYING[0], UNSAID), held(A=N, B=N), False),
        (SAYING[:1], held(A=C), None),
        ((), (), None),
    ],
)
def test_a_finding_tells_claims_apart_only_where_it_favours_some(
    claims: tuple[Claim, ...], findings: tuple[Finding, ...], apart: bool | None
) -> None:
    assert tells_apart(findings, claims) is apart


def test_a_finding_about_no_part_never_tells_claims_apart() -> None:
    about_claims = tuple(replace(one, about=replace(one.about, part=None)) for one in held(A=S, B=C))
    assert tells_apart(about_claims, SAYING) is False
    assert all(one.apart is False for one in observations(cases.rich()) if one.part is None)


def test_two_matches_in_one_photo_are_two_observations() -> None:
    report = cases.rich()
    twice = tuple(
        replace(answered, answer=answered.answer + answered.answer)
        if answered.check == "reuse" and isinstance(answered.answer, tuple)
        else answered
        for answered in report.answers
    )
    seen = [one for one in observations(replace(report, answers=twice)) if one.check == "reuse"]
    assert [len(one.findings) for one in seen] == [3, 3]


def test_each_finding_stands_in_exactly_one_observation() -> None:
    report = cases.rich()
    given = [finding for answered in report.answers if isinstance(answered.answer, tuple) for finding in answered.answer]
    seen = [finding for one in observations(report) for finding in one.findings]
    assert sorted(map(id, given)) == sorted(map(id, seen))


def test_the_rich_case_tells_its_claims_apart_by_date_and_place_of_photo_1() -> None:
    telling = {(one.check, one.exhibit) for one in observations(cases.rich()) if one.apart}
    assert telling == {("capture-time", 1), ("position", 1)}


def test_claims_about_different_photos_are_no_rivals() -> None:
    report = cases.rich()
    first, second, third = report.case.claims
    claims = (
        replace(first, photos=("journalist/*",)),
        replace(second, photos=("journalist/*",)),
        replace(third, photos=("channel/*",)),
    )
    seen = observations(replace(report, case=replace(report.case, claims=claims)))
    assert {one.exhibit: one.apart for one in seen if one.check == "integrity"} == {1: False, 2: False, 3: None, 4: None, 5: None}
    assert [one.apart for one in seen if one.check == "plates" and one.exhibit == 1] == [False]
