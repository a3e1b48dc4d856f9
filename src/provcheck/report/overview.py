"""The first screen: what is known, what is not, and what would decide it. Also the counts of the last line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from provcheck.domain.case import Case
from provcheck.domain.claim import Claim, Part, Place
from provcheck.domain.finding import CannotSay, Finding, Leaning
from provcheck.domain.photo import Outcome
from provcheck.domain.report import Answered, Report
from provcheck.domain.text import Text, say
from provcheck.report.observation import Observation, observations
from provcheck.report.parts import ADVICE, NAMES
from provcheck.report.wording import joined, letters, photo_list

T = TypeVar("T")
LINES = 12  # what an editor reads before scrolling, and what fits the first printed page
KNOWN, UNKNOWN, DECIDE = 6, 3, 3  # how the lines are shared out
ALIKE = 1  # of the last, for the photos on which the claims do not differ
NOTED = 2  # of the first, where people noted something (`notes.py`)


@dataclass(frozen=True, slots=True)
class Known:
    """One observation, with all the photos of which the same is said."""

    observation: Observation
    photos: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """One question to which the evidence is silent: each reason with its photos."""

    question: Text
    reasons: tuple[tuple[Text, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """`more_known` and `more_open` count what found no room."""

    known: tuple[Known, ...]
    more_known: int  # findings, one for each photo, as the last line counts them
    open: tuple[Open, ...]
    more_open: int
    decide: tuple[Text, ...]
    alike: tuple[Text, ...] = ()  # photos on which no file can tell the claims apart


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


def overview(report: Report) -> Overview:
    seen = _varied(merged(observations(report)))
    questions = open_questions(report)
    known = _room(seen, KNOWN - min(NOTED, len(report.case.notes)))
    unknown = _room(questions, UNKNOWN)
    return Overview(
        known,
        _findings(seen) - _findings(known),
        unknown,
        len(questions) - len(unknown),
        _decide(report),
        _undisputed(report.case)[:ALIKE],
    )


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


def disputed(case: Case) -> tuple[Part, ...]:
    """The parts that at least two claims about one photo state, and not alike."""
    rivals = [case.about(exhibit) for exhibit in case.exhibits]
    return tuple(part for part in Part if any(_differ(claims, part) for claims in rivals))


def _differ(claims: tuple[Claim, ...], part: Part) -> bool:
    if part is Part.PLACE:
        return _places_differ([claim.place for claim in claims if claim.place])
    return len({getattr(claim, part.value) for claim in claims if claim.says(part)}) > 1


def _places_differ(places: list[Place]) -> bool:
    """Whether two of the places are of other countries or of other names: a road lies in the country that another claim names."""
    names, countries = {place.name for place in places if place.name}, {place.country for place in places if place.country}
    return len(names) > 1 or len(countries) > 1


def merged(seen: tuple[Observation, ...], reasons: bool = False) -> tuple[Known, ...]:
    """The same words once, with all their photos; `reasons` tells whether other reasons make other words.

    Leaning before neutral, telling before not, contradicting before supporting, stronger before weaker.
    """
    same: dict[object, list[Observation]] = {}
    for observation in seen:
        words = tuple((*_words(finding), finding.because if reasons else None) for finding in observation.findings)
        same.setdefault((observation.check, observation.part, observation.apart, words), []).append(observation)
    merged = [Known(group[0], tuple(observation.exhibit for observation in group)) for group in same.values()]
    return tuple(sorted(merged, key=_rank))


def _words(finding: Finding) -> tuple[object, ...]:
    return (finding.about.claim, finding.leaning, finding.grade, finding.summary, finding.does_not_show)


def _rank(known: Known) -> tuple[bool, bool, bool, int, bool, tuple[int, ...]]:
    one = known.observation
    return (
        not one.leans,
        one.apart is not True,
        Leaning.CONTRADICTS not in one.leanings,
        -one.strength,
        one.part is None,
        known.photos,
    )


def _varied(seen: tuple[Known, ...]) -> tuple[Known, ...]:
    """The first of its kind before a second: two clocks that agree must not push the plates off the first screen."""
    kinds: set[object] = set()
    ranked: list[tuple[bool, bool, Known]] = []
    for known in seen:
        one = known.observation
        kind = (one.check, one.part, one.apart, frozenset((finding.about.claim, finding.leaning) for finding in one.findings))
        ranked.append((not one.leans, kind in kinds, known))
        kinds.add(kind)
    return tuple(known for *_, known in sorted(ranked, key=lambda entry: entry[:2]))


def _room(items: tuple[T, ...], lines: int) -> tuple[T, ...]:
    """As many as there are lines; where some stay out, one line is left to say how many."""
    return items if len(items) <= lines else items[: lines - 1]


def _findings(seen: tuple[Known, ...]) -> int:
    return sum(len(known.photos) for known in seen)


def _decide(report: Report) -> tuple[Text, ...]:
    """What to ask for next: where the claims differ and nothing tells them apart, then where nothing leans at all."""
    case = report.case
    if not case.claims:
        return (say("report.decide.no-claims"),)
    seen = observations(report)
    told = {observation.part for observation in seen if observation.apart}
    leant = {observation.part for observation in seen if observation.leans}
    differ = disputed(case)
    lines = [say("report.decide.disputed", part=NAMES[part], advice=ADVICE[part]) for part in differ if part not in told]
    silent = [part for part in _stated(case) if part not in leant and part not in differ]
    lines += [say("report.decide.silent", part=NAMES[part], advice=ADVICE[part]) for part in silent]
    room = DECIDE - 1 - bool(_undisputed(case))
    return (*lines[:room], say("report.decide.beyond"))


def _undisputed(case: Case) -> tuple[Text, ...]:
    """The photos whose rival claims state no part differently, together where the claims are the same."""
    same: dict[tuple[Claim, ...], list[int]] = {}
    for exhibit in case.exhibits:
        if exhibit.outcome is not Outcome.REFUSED:
            same.setdefault(case.about(exhibit), []).append(exhibit.number)
    return tuple(
        say("report.decide.nothing-disputed", photos=photo_list(tuple(photos)), names=letters(tuple(claim.id for claim in rivals)))
        for rivals, photos in same.items()
        if len(rivals) > 1 and not any(_differ(rivals, part) for part in Part)
    )


def _stated(case: Case) -> tuple[Part, ...]:
    return tuple(part for part in Part if any(claim.says(part) for claim in case.claims))
