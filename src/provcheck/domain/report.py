"""The whole result: case, answers, methods and custody. Every view is made from this alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provcheck.domain.case import Case
from provcheck.domain.finding import Answer
from provcheck.domain.text import Text


class Edition(StrEnum):
    """INTERNAL holds what would expose a source; PUBLIC was made from an internal report by `redact`, and holds less."""

    INTERNAL = "internal"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Answered:
    """One check's answer for one exhibit."""

    check: str
    question: Text
    exhibit: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Custody:
    """What a stranger needs to run the same thing again: version, settings digest, digests of claims and models.

    `log` is the head of the case's log when the report was made; `internal` is a public edition's salted commitment to the
    internal report it was made from.
    """

    provcheck: str
    settings: str
    claims: str = ""
    models: tuple[tuple[str, str], ...] = ()  # file, SHA-256
    log: str = ""
    internal: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """Which report of a case this is, what changed since the last one, and why. `parent` is that one's digest."""

    number: int
    reason: str
    parent: str = ""
    changes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What differs between two runs on the same input; stands outside the digest and outside the HTML."""

    started: str
    seconds: str
    platform: str
    libraries: tuple[tuple[str, str], ...]
    containment: str


@dataclass(frozen=True, slots=True)
class Report:
    """The record, from which every view is made. Claims, exhibits, methods and the as-of date lie in its case."""

    edition: Edition
    case: Case
    answers: tuple[Answered, ...]
    custody: Custody
    revision: Revision | None = None
