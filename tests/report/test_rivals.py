"""What stands beside a finding that leans on one claim alone, so that support for it is not read as its rival's loss."""

from dataclasses import replace

from provcheck.domain.case import Case
from provcheck.domain.claim import Part
from provcheck.domain.finding import Leaning
from provcheck.domain.method import Grade
from provcheck.domain.report import Report
from provcheck.report.findings import Lean
from provcheck.report.observation import Observation, observations
from provcheck.report.rivals import beside
from provcheck.report.sentence import sentence
from provcheck.report.summary import render_summary
from tests.report import cases


def leaning(report: Report) -> Observation:
    """A finding that leans on one part of one claim alone."""
    return next(one for one in observations(report) if one.leans and one.part is not None)


def under_one_claim(part: Part | None) -> tuple[Observation, Case]:
    report = cases.rich()
    one = leaning(report)
    kept = tuple(finding for finding in one.findings if finding.leaning is not Leaning.NEUTRAL)[:1]
    return replace(one, part=part, findings=kept), report.case


def test_a_rival_that_says_nothing_of_the_part_stands_beside_the_finding() -> None:
    one, case = under_one_claim(Part.CAMERA)
    silent = tuple(replace(claim, camera="") for claim in case.claims)
    told = [sentence(text) for text in beside(one, replace(case, claims=silent))]
    assert told == ["claims B and C say nothing of the camera"]


def test_a_rival_that_states_the_part_and_could_not_be_compared_is_not_called_silent() -> None:
    one, case = under_one_claim(Part.CAMERA)
    stating = tuple(replace(claim, camera="Acme 1") for claim in case.claims)
    assert [sentence(text) for text in beside(one, replace(case, claims=stating))] == ["claims B and C could not be compared here"]


def test_a_finding_about_the_file_itself_or_a_neutral_one_has_no_rivals_beside_it() -> None:
    one, case = under_one_claim(None)
    assert beside(one, case) == ()
    neutral = tuple(replace(finding, leaning=Leaning.NEUTRAL, grade=None) for finding in one.findings)
    assert beside(replace(one, part=Part.CAMERA, findings=neutral), case) == ()


def test_the_grade_stands_before_the_direction_and_a_weak_one_does_not_stand_out() -> None:
    weak = Lean(Leaning.CONTRADICTS, Grade.WEAK, False, ("C",), Part.TAKEN_ON)
    firm = replace(weak, grade=Grade.MODERATE)
    assert (sentence(weak.line), weak.firm) == ("weak: contradicts claim C on date", False)
    assert (sentence(firm.line), firm.firm) == ("moderate: contradicts claim C on date", True)
    assert sentence(firm.line, "fr") == "modéré : contredit l’affirmation C sur la date"
    assert sentence(weak.line, "kk") == "күні бойынша C мәлімдемесіне әлсіз қайшы келеді"


def test_a_terminal_names_a_weak_grade_first_and_says_that_its_error_rate_was_not_measured() -> None:
    flat = " ".join(render_summary(cases.rich()).split())
    assert "▼ weak: contradicts claim C on date (error rate not measured)" in flat
