"""The first screen and the last line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provcheck.domain.finding import CannotSay
from provcheck.domain.report import Report
from provcheck.report import sentence
from provcheck.report.deciding import disputed
from provcheck.report.overview import LINES, overview
from provcheck.report.tally import Counts, counts, tally
from tests.report import cases

ALL = [cases.rich(), cases.empty(), cases.without_claims(), cases.one_claim()]


@pytest.mark.parametrize("report", ALL)
def test_the_first_screen_has_at_most_twelve_lines(report: Report) -> None:
    first = overview(report)
    lines = (
        len(first.known) + bool(first.more_known) + len(first.open) + bool(first.more_open) + len(first.decide) + len(first.alike)
    )
    assert lines <= LINES


def test_what_leans_stands_before_what_does_not() -> None:
    known = [entry.observation.leans for entry in overview(cases.rich()).known]
    assert known == sorted(known, reverse=True)


def test_nothing_is_dropped_without_being_counted() -> None:
    first, number = overview(cases.rich()), counts(cases.rich())
    assert sum(len(one.photos) for one in first.known) + first.more_known == number.findings
    assert len(first.open) + first.more_open == number.open


WEIGHED = " (counted, not weighed):"  # a reader took the counts for a score


def test_the_last_line_of_the_rich_case() -> None:
    line = sentence(tally(counts(cases.rich()))).replace(WEIGHED, ":")
    kinds = "12 findings: 2 contradict a claim, 1 supports a claim, 2 contradict one claim and support another, 7 are neutral; "
    assert line.startswith(f"{kinds}5 questions are open, 1 photo was refused; 1 check could not run. ")


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (
            Counts(1, 2, 0, 0, 2, 1, 0),
            "3 findings: 1 contradicts a claim, 2 support a claim; 2 questions are open; 1 check could not run. ",
        ),
        (
            Counts(0, 1, 0, 1, 1, 0, 2),
            "2 findings: 1 supports a claim, 1 is neutral; 1 question is open, 2 photos were refused; no check failed on the ",
        ),
        (Counts(0, 0, 0, 0, 0, 2, 0), "0 findings; 0 questions are open; 2 checks could not run. "),
        (
            Counts(2, 6, 0, 19, 7, 0, 0),
            "27 findings: 2 contradict a claim, 6 support a claim, 19 are neutral; 7 questions are open; no check failed. ",
        ),
    ],
)
def test_plurals_of_the_last_line(given: Counts, line: str) -> None:
    assert sentence(tally(given)).replace(WEIGHED, ":").startswith(line)
    assert WEIGHED in sentence(tally(given)) or line.startswith("0 findings")
    assert sentence(tally(given)).endswith("Finding nothing does not clear a photo.")


def test_a_question_that_no_claim_asks_is_not_open() -> None:
    report = cases.rich()
    unasked = tuple(
        replace(one, answer=replace(one.answer, asked=False)) if isinstance(one.answer, CannotSay) else one
        for one in report.answers
    )
    assert counts(replace(report, answers=unasked)).open == 0


def test_a_file_that_is_no_picture_is_not_counted_as_refused() -> None:
    report = cases.rich()
    *rest, refused = report.case.exhibits
    case = replace(report.case, exhibits=(*rest, replace(refused, picture=False)))
    assert counts(replace(report, case=case)).refused == 0


def test_parts_are_disputed_only_where_two_claims_state_them_differently() -> None:
    assert [part.value for part in disputed(cases.rich().case)] == ["taken_on", "place"]
    assert disputed(cases.one_claim().case) == ()


def test_it_names_the_photos_whose_claims_do_not_differ_and_those_claims() -> None:
    """Read once as a statement about all claims, also those about other photos."""
    report = cases.rich()
    alike = tuple(replace(report.case.claims[0], id=id_) for id_ in "AB")
    other = replace(report.case.claims[2], photos=("*.nothing",))
    told = overview(replace(report, case=replace(report.case, claims=(*alike, other)))).alike
    line = "nothing that was read in the files tells claims A and B apart. These claims do not differ on: date, place and plates."
    assert [sentence(one) for one in told] == [f"Photos 1–5: {line}"]


def test_it_names_the_claim_that_is_silent_and_on_what() -> None:
    """That the ministry says nothing of plates is no agreement with those who do."""
    report = cases.rich()
    first = report.case.claims[0]
    silent = replace(first, id="B", taken_on=None, plates="")
    told = overview(replace(report, case=replace(report.case, claims=(first, silent)))).alike
    assert sentence(told[0]).endswith("These claims do not differ on: place. Claim B does not state: date and plates.")


def test_what_to_ask_for_names_the_claims_that_it_is_about() -> None:
    report = cases.rich()
    assert sentence(overview(report).decide[0]).endswith("No finding supports or contradicts the credit that claim C states.")
    silent = sentence(overview(replace(report, answers=())).decide[0])
    assert "differ on the date, and no finding tells them apart there." in silent
    assert all(letter in silent.split("Claims ")[1].split(" differ")[0] for letter in "AB")


def test_it_says_so_when_no_claim_was_given() -> None:
    assert [sentence(line) for line in overview(cases.without_claims()).decide] == [
        "No claim was given. Run it again with the claims, so that the photos can be compared with them."
    ]


def test_findings_of_one_kind_do_not_push_another_kind_off_the_first_screen() -> None:
    report = cases.rich()
    clocks = tuple(
        replace(answered, answer=answered.answer * 8)
        if answered.check == "capture-time" and isinstance(answered.answer, tuple)
        else answered
        for answered in report.answers
    )
    checks = {known.observation.check for known in overview(replace(report, answers=clocks)).known}
    assert checks == {"capture-time", "position", "reuse", "plates"}
