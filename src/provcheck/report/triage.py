"""Of many photos: which should a person open first, and why? Groups by stated rules, in a stated order, without a score."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from provcheck.domain.finding import Leaning
from provcheck.domain.method import Grade
from provcheck.domain.photo import Outcome
from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.report.rows import Row, answer_rows
from provcheck.report.sentence import sentence

MOST: Final = 100  # photos that a group shows: a screenful a page of a morning's reading; all of them are in the table
REASONS: Final = 3  # findings that are quoted of a photo; the rest stands in its report
STEPS: Final = tuple(grade.value for grade in reversed(Grade))  # strongest first
EARLIER: Final = ("earlier-use", "earlier-part")


@dataclass(frozen=True, slots=True)
class Line:
    """A photo's line of results, as far as it decides where the photo stands."""

    number: int
    photo_id: str
    case_id: str
    file: str
    outcome: str
    troubles: tuple[str, ...]  # why it was refused or examined in part, then why a method failed on it
    findings: tuple[Row, ...]

    @classmethod
    def of(cls, record: Row) -> Line:
        failed = [f"{answer['question']} {answer['cannot_say']}" for answer in record["answers"] if answer.get("failed")]
        return cls(
            record["number"],
            record["photo_id"],
            record["case_id"],
            record["file"],
            record["outcome"],
            (record["reason"],) if record["reason"] else tuple(failed),
            tuple(answer for answer in record["answers"] if "leaning" in answer),
        )

    def leaning(self, leaning: Leaning, apart: bool | None = None) -> tuple[Row, ...]:
        """The findings that lean so; with `apart`, those alone that tell the claims apart."""
        return tuple(
            row
            for row in self.findings
            if row["leaning"] == leaning.value and (apart is None or row["tells_claims_apart"] is apart)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A group's name, its rule in words, and what it takes: the findings for which a photo stands here, or None."""

    name: Text
    words: Text
    takes: Callable[[Line], tuple[Row, ...] | None]


def _some(pick: Callable[[Line], tuple[Row, ...]]) -> Callable[[Line], tuple[Row, ...] | None]:
    return lambda line: pick(line) or None


def _trouble(line: Line) -> tuple[Row, ...] | None:
    return () if line.troubles or line.outcome != Outcome.EXAMINED.value else None


# A photo stands in the first whose rule holds for it. What speaks against somebody comes first, because that is what must not be
# printed unread; then what an archive knows; then what could not be examined, before anybody takes its silence for an answer.
RULES: Final = (
    Rule(say("batch.apart"), say("batch.apart.rule"), _some(lambda line: line.leaning(Leaning.CONTRADICTS, apart=True))),
    Rule(say("batch.contradicts"), say("batch.contradicts.rule"), _some(lambda line: line.leaning(Leaning.CONTRADICTS))),
    Rule(
        say("batch.earlier"),
        say("batch.earlier.rule"),
        _some(lambda line: tuple(row for row in line.findings if row["check"] in EARLIER)),
    ),
    Rule(say("batch.trouble"), say("batch.trouble.rule"), _trouble),
    Rule(say("batch.fits-one"), say("batch.fits-one.rule"), _some(lambda line: line.leaning(Leaning.SUPPORTS, apart=True))),
    Rule(say("batch.fits"), say("batch.fits.rule"), _some(lambda line: line.leaning(Leaning.SUPPORTS))),
    Rule(say("batch.neutral"), say("batch.neutral.rule"), _some(lambda line: line.findings)),
    Rule(say("batch.silent"), say("batch.silent.rule"), lambda _: ()),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A photo in its group, with the findings that brought it there, strongest first."""

    line: Line
    why: tuple[Row, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """Within a group: the higher grade first, then the manifest's order."""
        return min((_step(row) for row in self.why), default=len(STEPS)), self.line.number


def said_in(place: Place, report: Report, lang: str) -> Place:
    """The same photo and findings in another language, from its report; as they stand where that has other findings by now."""
    exhibit = report.case.exhibits[0]
    told = answer_rows(report, exhibit, lang)
    line, findings = place.line, tuple(row for row in told if "leaning" in row)
    if [_kind(row) for row in findings] != [_kind(row) for row in line.findings]:
        return place
    failed = tuple(f"{row['question']} {row['cannot_say']}" for row in told if row.get("failed"))
    troubles = (sentence(exhibit.reason, lang),) if exhibit.reason else failed
    why = tuple(findings[next(at for at, row in enumerate(line.findings) if row is one)] for one in place.why)
    return Place(replace(line, findings=findings, troubles=troubles if line.troubles else ()), why)


def _kind(row: Row) -> tuple[object, ...]:
    return row["check"], row["leaning"], row["grade"], row["about"]["claim"], row["about"]["part"]


@dataclass(slots=True)
class Group:
    """One rule's photos: how many, and the first of them in the order of the page."""

    rule: Rule
    count: int = 0
    first: list[Place] = field(default_factory=list)

    def add(self, place: Place) -> None:
        self.count += 1
        self.first.append(place)
        if len(self.first) >= 2 * MOST:
            self.cut()

    def cut(self) -> None:
        self.first = sorted(self.first, key=lambda place: place.rank)[:MOST]


def triage(lines: Iterable[Line]) -> tuple[Group, ...]:
    """Every photo in its group; groups without a photo are left out. Takes the lines one by one and keeps only those it shows."""
    groups = [Group(rule) for rule in RULES]
    for line in lines:
        for group in groups:
            why = group.rule.takes(line)
            if why is not None:
                group.add(Place(line, tuple(sorted(why, key=_step))))
                break
    for group in groups:
        group.cut()
    return tuple(group for group in groups if group.count)


def _step(row: Row) -> int:
    return STEPS.index(row["grade"]) if row["grade"] else len(STEPS)
