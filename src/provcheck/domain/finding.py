"""What a check answers: findings that lean one way for one claim, or that it cannot say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Union

from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Part
from provcheck.domain.evidence import Evidence
from provcheck.domain.leaning import Leaning as Leaning
from provcheck.domain.method import Grade
from provcheck.domain.text import Text


@dataclass(frozen=True, slots=True)
class About:
    """The exhibit's number, and the claim and part that the finding bears on (None: on the file itself)."""

    exhibit: int
    claim: str | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of what was seen, which way it leans and how far, why, and what it does not show.

    `grade` is None exactly when the leaning is neutral.
    """

    check: str
    about: About
    leaning: Leaning
    grade: Grade | None
    summary: Text
    because: Text
    does_not_show: Text

    def __post_init__(self) -> None:
        if (self.grade is None) != (self.leaning is Leaning.NEUTRAL):
            raise ValueError(f"{self.check}: a leaning has a grade, and only a leaning")


def lean(case: Case, check: str, about: About, leaning: Leaning, *, summary: Text, because: Text, does_not_show: Text) -> Finding:
    """A finding with the grade that the check's card has earned; neutral where the card carries no step at all."""
    grade = None if leaning is Leaning.NEUTRAL else case.grade(check)
    return Finding(check, about, leaning if grade else Leaning.NEUTRAL, grade, summary, because, does_not_show)


@dataclass(frozen=True, slots=True)
class CannotSay:
    """The evidence is silent, or the method could not run: `failed` tells the two apart (exit code 3).

    `asked` is False where no claim says anything that the check could hold the photo against: then no question stays open.
    """

    reason: Text
    failed: bool = False
    asked: bool = True


Answer = Union[tuple[Finding, ...], CannotSay]


@dataclass(frozen=True, slots=True)
class Check:
    """A question that is put to every exhibit of a case that was not refused. `answer` sees values, never files."""

    id: str
    question: Text
    answer: Callable[[Exhibit, Evidence, Case], Answer]
