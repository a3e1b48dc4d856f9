"""The counts of the last line: how much there is to read, what stays open, what did not run."""

from __future__ import annotations

from dataclasses import dataclass

from provcheck.domain.finding import Leaning
from provcheck.domain.photo import Outcome
from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.report.observation import observations
from provcheck.report.silence import open_questions, unanswered
from provcheck.report.wording import joined


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the last line. A finding is one observation, however many claims it is held against."""

    contradict: int
    support: int
    both: int  # contradict one claim and support another
    neutral: int
    open: int
    failed: int
    refused: int

    @property
    def leaning(self) -> int:
        return self.contradict + self.support + self.both

    @property
    def findings(self) -> int:
        return self.leaning + self.neutral


def counts(report: Report) -> Counts:
    seen = observations(report)
    ways = [observation.leanings - {Leaning.NEUTRAL} for observation in seen]
    return Counts(
        contradict=ways.count(frozenset({Leaning.CONTRADICTS})),
        support=ways.count(frozenset({Leaning.SUPPORTS})),
        both=ways.count(frozenset({Leaning.CONTRADICTS, Leaning.SUPPORTS})),
        neutral=ways.count(frozenset()),
        open=len(open_questions(report)),
        failed=len({answered.check for answered, answer in unanswered(report) if answer.failed}),
        refused=sum(exhibit.outcome is Outcome.REFUSED and exhibit.picture for exhibit in report.case.exhibits),
    )


def tally(counts: Counts) -> Text:
    """How much there is to read, what stays open, what did not run. Never to be shortened."""
    rest = [say("terminal.questions", count=counts.open)]
    if counts.refused:
        rest.append(say("terminal.refused", count=counts.refused))
    return say("terminal.tally", findings=_kinds(counts), counted=joined(tuple(rest)), ran=_ran(counts))


def _kinds(counts: Counts) -> Text:
    """How many findings there are, and how many of them lean which way."""
    kinds = (
        (counts.contradict, say("terminal.contradicting", count=counts.contradict)),
        (counts.support, say("terminal.supporting", count=counts.support)),
        (counts.both, say("terminal.both", count=counts.both)),
        (counts.neutral, say("terminal.neutrals", count=counts.neutral)),
    )
    told = tuple(kind for count, kind in kinds if count)
    head = say("terminal.findings", count=counts.findings)
    return say("terminal.kinds", findings=head, kinds=joined(told)) if told else head


def _ran(counts: Counts) -> Text:
    """Of the photos that were not refused: no check is asked of those that were."""
    if counts.failed:
        return say("terminal.failed", count=counts.failed)
    return say("terminal.all-ran-others") if counts.refused else say("terminal.all-ran")
