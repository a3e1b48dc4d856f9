"""Which exit code does a report earn? When several hold: 1 before 3; 4 is an error's and never comes this far."""

from __future__ import annotations

from provcheck.domain.finding import CannotSay, Finding
from provcheck.domain.method import Grade
from provcheck.domain.photo import Outcome
from provcheck.domain.report import Report

RAN, FOUND, PARTIAL = 0, 1, 3


def exit_code(report: Report, fail_on: tuple[str, str] | None = None) -> int:
    """1 when a finding leans as `fail_on` says and at least so far; 3 when a photo or a method failed; else 0."""
    if fail_on and any(_reaches(finding, *fail_on) for answered in report.answers for finding in _findings(answered.answer)):
        return FOUND
    return PARTIAL if partial(report) else RAN


def partial(report: Report) -> bool:
    """A picture was not examined in full, or a check could not run."""
    if any(exhibit.picture and exhibit.outcome is not Outcome.EXAMINED for exhibit in report.case.exhibits):
        return True
    return any(isinstance(answered.answer, CannotSay) and answered.answer.failed for answered in report.answers)


def _findings(answer: tuple[Finding, ...] | CannotSay) -> tuple[Finding, ...]:
    return () if isinstance(answer, CannotSay) else answer


def _reaches(finding: Finding, leaning: str, least: str) -> bool:
    steps = list(Grade)
    return finding.leaning == leaning and finding.grade is not None and steps.index(finding.grade) >= steps.index(Grade(least))
