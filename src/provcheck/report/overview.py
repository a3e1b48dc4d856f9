"""The first screen: what is known, what is not, and what would decide it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from provcheck.domain.finding import Finding, Leaning
from provcheck.domain.report import Report
from provcheck.domain.text import Text
from provcheck.report.deciding import DECIDE, decide, undisputed
from provcheck.report.observation import Observation, observations
from provcheck.report.silence import Open, open_questions

T = TypeVar("T")
LINES = 12  # what an editor reads before scrolling, and what fits the first printed page
KNOWN, UNKNOWN = 6, LINES - 6 - DECIDE  # how the lines are shared out
ALIKE = 1  # more than UNKNOWN, at the cost of one of DECIDE, for the photos on which the claims do not differ
NOTED = 2  # of the first, where people noted something (`notes.py`)


@dataclass(frozen=True, slots=True)
class Known:
    """One observation, with all the photos of which the same is said."""

    observation: Observation
    photos: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """`more_known` and `more_open` count what found no room."""

    known: tuple[Known, ...]
    more_known: int  # findings, one for each photo, as the last line counts them
    open: tuple[Open, ...]
    more_open: int
    decide: tuple[Text, ...]
    alike: tuple[Text, ...] = ()  # photos on which no file can tell the claims apart


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
        decide(report),
        undisputed(report.case)[:ALIKE],
    )


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
