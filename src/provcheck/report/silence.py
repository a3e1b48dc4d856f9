"""What the checks could not say: the questions that stay open, and every check without a finding, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from provcheck.domain.finding import CannotSay
from provcheck.domain.photo import Outcome
from provcheck.domain.report import Answered, Report
from provcheck.domain.text import Text
from provcheck.report.observation import observations

Silent = tuple[Text, tuple[tuple[CannotSay, tuple[int, ...]], ...]]  # a question, and each reason with its photos


@dataclass(frozen=True, slots=True)
class Open:
    """One question to which the evidence is silent: each reason with its photos."""

    question: Text
    reasons: tuple[tuple[Text, tuple[int, ...]], ...]


def unanswered(report: Report) -> tuple[tuple[Answered, CannotSay], ...]:
    """Every check that could not say, photo by photo. A refused photo is counted as refused, not once for each check."""
    refused = {exhibit.number for exhibit in report.case.exhibits if exhibit.outcome is Outcome.REFUSED}
    return tuple(
        (answered, answered.answer)
        for answered in report.answers
        if isinstance(answered.answer, CannotSay) and answered.exhibit not in refused
    )


def open_questions(report: Report) -> tuple[Open, ...]:
    """The questions that were asked, could be tried, and to which at least one photo is silent; one entry for each check.

    Questions that bear on a part of a claim come first, as far as the findings of the same check tell.
    """
    bearing = {one.check for one in observations(report) if one.part}
    questions: dict[str, Text] = {}
    reasons: dict[str, dict[Text, list[int]]] = {}
    for answered, answer in unanswered(report):
        if answer.asked and not answer.failed:
            questions.setdefault(answered.check, answered.question)
            reasons.setdefault(answered.check, {}).setdefault(answer.reason, []).append(answered.exhibit)
    return tuple(
        Open(question, tuple((reason, tuple(photos)) for reason, photos in reasons[check].items()))
        for check, question in sorted(questions.items(), key=lambda item: item[0] not in bearing)
    )


def not_run(report: Report) -> tuple[Silent, ...]:
    """Every check that gave no finding for a photo: could not run first, then open; the same question and the same reason once."""
    same: dict[tuple[bool, bool, str], tuple[Text, dict[CannotSay, list[int]]]] = {}
    for answered, answer in unanswered(report):
        _, reasons = same.setdefault((not answer.failed, not answer.asked, answered.check), (answered.question, {}))
        reasons.setdefault(answer, []).append(answered.exhibit)
    ranked = sorted(same.items(), key=lambda item: item[0][:2])
    return tuple(
        (question, tuple((answer, tuple(photos)) for answer, photos in reasons.items())) for _, (question, reasons) in ranked
    )
