"""Every check answers its cases as its golden says; the goldens are English sentences, so that a person can read them."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.checks import CHECKS, capture_time
from provcheck.domain.codec import Json
from provcheck.domain.finding import Answer, CannotSay, Check, Leaning
from provcheck.domain.reading import Found
from provcheck.domain.text import say
from provcheck.report import sentence
from tests.checks.cases import CASES
from tests.values import case, claim, clock, exhibit, on

GOLDEN = Path(__file__).parent.parent / "golden" / "checks"


def answered(check: Check) -> list[Json]:
    return [_rows(check.answer(shown, shown.evidence, within)) for shown, within in CASES[check.id] if shown.evidence]


def _rows(answer: Answer) -> Json:
    if isinstance(answer, CannotSay):
        return {"cannot_say": sentence(answer.reason), "failed": answer.failed, "asked": answer.asked}
    return [
        {
            "claim": finding.about.claim,
            "part": finding.about.part and finding.about.part.value,
            "leaning": finding.leaning.value,
            "grade": finding.grade and finding.grade.value,
            "summary": sentence(finding.summary),
            "because": sentence(finding.because),
            "does_not_show": sentence(finding.does_not_show),
        }
        for finding in answer
    ]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_answers_as_its_golden_says(check: Check) -> None:
    """GOLDENS=write writes them again; read them before they are committed."""
    rows = answered(check)
    file = GOLDEN / f"{check.id}.json"
    if os.environ.get("GOLDENS") == "write":
        file.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert rows == json.loads(file.read_text("utf-8"))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_is_seen_to_find_and_to_be_silent(check: Check) -> None:
    answers = [check.answer(shown, shown.evidence, within) for shown, within in CASES[check.id] if shown.evidence]
    assert any(isinstance(answer, tuple) and answer for answer in answers)
    if check.id != "integrity":  # which always has the file itself to speak of
        assert any(isinstance(answer, CannotSay) for answer in answers)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_what_could_not_be_read_is_a_failure_and_not_silence(check: Check) -> None:
    unreadable = [shown for shown, _ in CASES[check.id]]
    failed = [
        answer
        for shown, within in CASES[check.id]
        if shown.evidence and isinstance(answer := check.answer(shown, shown.evidence, within), CannotSay) and answer.failed
    ]
    assert failed or check.id in {"credit", "integrity"} or not unreadable


def leaning_of(stated: str, offset: int | None, day: int) -> Leaning:
    shown = exhibit(captured=Found(clock(stated, offset)))
    answer = capture_time.CHECK.answer(shown, shown.evidence, case(shown, claim(taken_on=on(2023, 7, day))))  # type: ignore[arg-type]
    assert isinstance(answer, tuple)
    return answer[0].leaning


def test_a_day_of_difference_is_within_a_time_zone() -> None:
    assert leaning_of("2023-07-28T12:00", None, 29) is Leaning.NEUTRAL


def test_two_days_of_difference_are_not() -> None:
    assert leaning_of("2023-07-27T12:00", None, 29) is Leaning.CONTRADICTS


def test_a_stated_zone_narrows_the_days_that_are_possible() -> None:
    """Noon in UTC+5 is 07:00 UTC: the 28th from UTC-12 to UTC+14, and on no clock of the Earth the 29th."""
    assert leaning_of("2023-07-28T12:00", 300, 29) is Leaning.CONTRADICTS
    assert leaning_of("2023-07-28T23:00", 300, 29) is Leaning.NEUTRAL


@given(st.datetimes().filter(lambda moment: 1 < moment.year < 9999), st.none() | st.integers(-720, 840))
def test_a_clock_on_the_claimed_day_never_contradicts_it(moment, offset) -> None:  # type: ignore[no-untyped-def]
    stated = clock(moment.isoformat(), offset)
    shown = exhibit(captured=Found(stated))
    day = on(moment.year, moment.month, moment.day)
    answer = capture_time.CHECK.answer(shown, shown.evidence, case(shown, claim(taken_on=day)))  # type: ignore[arg-type]
    assert isinstance(answer, tuple)
    assert answer[0].leaning is Leaning.SUPPORTS


def test_a_claim_about_other_photos_is_not_held_against_this_one() -> None:
    shown = exhibit(captured=Found(clock("2021-05-14T10:00")))
    others = claim(taken_on=on(2023, 7, 29), photos=("journalist-*.jpg",))
    answer = capture_time.CHECK.answer(shown, shown.evidence, case(shown, others))  # type: ignore[arg-type]
    assert answer == CannotSay(say("capture-time.unclaimed"), asked=False)


def test_slack_is_one_day() -> None:
    assert timedelta(days=1) == capture_time.SLACK
