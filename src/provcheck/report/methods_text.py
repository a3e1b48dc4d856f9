"""The methods paragraph: how the photos were examined, in plain text to paste under a story."""

from __future__ import annotations

from collections import Counter

from provcheck.domain.method import MethodCard
from provcheck.domain.photo import Outcome
from provcheck.domain.report import Edition, Report
from provcheck.domain.text import Arg, Text, say
from provcheck.report.cards import rates
from provcheck.report.catalogue import reviewed
from provcheck.report.exhibits import searched
from provcheck.report.findings import GRADES
from provcheck.report.mark import GENERATOR
from provcheck.report.record import digest
from provcheck.report.searches import archives
from provcheck.report.sentence import sentence


def render_methods(report: Report, lang: str = "en") -> str:
    """A heading and one paragraph on one line, so that it reflows wherever it is pasted. Names no file and no source."""
    told = " ".join(sentence(text, lang) for text in _paragraph(report))
    if not reviewed(lang):
        told += " " + sentence(say("report.unreviewed"), lang)
    return f"{sentence(say('methods.heading', generator=GENERATOR), lang)}\n\n{told}\n"


def _paragraph(report: Report) -> tuple[Text, ...]:
    return (
        _examined(report),
        *((say("report.rendered.words"),) if report.case.rendered else ()),
        *_outcomes(report),
        *_questions(report),
        _searched(report),
        *_measured(report),
        say("methods.limits"),
        say("report.custody.public")
        if report.edition is Edition.PUBLIC
        else say("methods.again", version=report.custody.provcheck, day=report.case.as_of.isoformat(), digest=digest(report)),
    )


def _examined(report: Report) -> Text:
    photos = say("report.count.photos", count=sum(exhibit.picture for exhibit in report.case.exhibits))
    facts: dict[str, Arg] = {"photos": photos, "version": report.custody.provcheck, "day": report.case.as_of.isoformat()}
    if not report.case.claims:
        return say("methods.examined.alone", **facts)
    return say("methods.examined", claims=say("report.count.claims", count=len(report.case.claims)), **facts)


def _outcomes(report: Report) -> tuple[Text, ...]:
    """Only what fell short: that the others were examined was said."""
    number = Counter(exhibit.outcome for exhibit in report.case.exhibits if exhibit.picture)
    short = []
    if number[Outcome.PARTIAL]:
        short.append(say("methods.partial", count=number[Outcome.PARTIAL]))
    if number[Outcome.REFUSED]:
        short.append(say("methods.refused", count=number[Outcome.REFUSED]))
    return tuple(short)


def _questions(report: Report) -> tuple[Text, ...]:
    asked = tuple(dict.fromkeys(answered.question for answered in report.answers))
    return (say("methods.questions", questions=asked),) if asked else ()


def _searched(report: Report) -> Text:
    """A date for every archive: what "no match" rests on."""
    where = archives(report)
    return say("methods.searched", archives=searched(where)) if where else say("methods.not-searched")


def _measured(report: Report) -> tuple[Text, ...]:
    cards = report.case.methods
    measured = tuple(_rates(card) for card in cards if card.calibrated)
    unmeasured = tuple(say("methods.name", id=card.id) for card in cards if not card.calibrated)
    told = [say("methods.grades")] if measured else []
    told += measured
    if unmeasured:
        told.append(say("methods.unmeasured", names=unmeasured))
    return tuple(told) or (say("report.methods.none"),)


def _rates(card: MethodCard) -> Text:
    bound, grade = rates(card), card.grade()
    return say(
        "methods.rate",
        id=card.id,
        hits=card.hits,
        positives=card.positives,
        least=str(bound["hit"]),
        alarms=card.false_alarms,
        negatives=card.negatives,
        most=str(bound["alarm"]),
        grade=GRADES[grade] if grade else say("report.methods.neutral"),
    )
