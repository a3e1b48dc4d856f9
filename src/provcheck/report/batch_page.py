"""The page of a batch: which photos to open first, and why. One file, no script, the same bytes for the same results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from provcheck.domain.claim import Part
from provcheck.domain.finding import Leaning
from provcheck.domain.method import Grade
from provcheck.domain.photo import Picture
from provcheck.domain.text import say
from provcheck.report.findings import Lean
from provcheck.report.page import environment
from provcheck.report.rows import Row, in_language
from provcheck.report.triage import MOST, REASONS, Group, Place

PHOTOS_OF_A_FINDING: Final = 12  # that one finding on a case names
PICTURES: Final = 60  # photos shown by their picture, in the order of the page: some 4 MB of page


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the whole batch. `others` are files of a walked folder that are no pictures, and counted with no group."""

    as_of: date
    outcomes: Counter[str]
    others: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands beside one photo of the page: links within the batch's folder, and its picture."""

    record: str
    report: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding in words, once for all the claims that it says the same of."""

    lean: Lean
    summary: str
    limit: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The cases whose photos were held against each other: the first with findings, how many more, and how many silent ones."""

    first: tuple[tuple[str, tuple[Row, ...]], ...] = ()
    more: int = 0
    silent: int = 0


NOTHING: Final = Compared()


def compared(cases: Iterable[Row], lang: str = "en") -> Compared:
    """Of the lines of all cases what the page shows, in its language."""
    first: list[tuple[str, tuple[Row, ...]]] = []
    more = silent = 0
    for case in cases:
        findings = tuple(in_language(answer, lang) for answer in case["answers"] if "leaning" in answer)
        if findings and len(first) < MOST:
            first.append((case["case_id"], findings))
        elif findings:
            more += 1
        else:
            silent += 1
    return Compared(tuple(first), more, silent)


def render_batch(
    groups: tuple[Group, ...], counts: Counts, opened: Mapping[int, Opened], lang: str = "en", cases: Compared = NOTHING
) -> str:
    """The page; `opened` has an entry for every photo of `first_of(groups)`."""
    context = {
        "edition": (say("report.edition"), say("report.edition.warning")),
        "groups": groups,
        "counts": counts,
        "photos": say("report.count.photos", count=sum(group.count for group in groups)),
        "opened": opened,
        "reasons": reasons,
        "shown_reasons": REASONS,
        "most": MOST,
        "cases": cases,
        "shown_photos": PHOTOS_OF_A_FINDING,
    }
    return environment(lang).get_template("batch.html").render(context)


def first_of(groups: tuple[Group, ...]) -> tuple[Place, ...]:
    """The photos that the page shows, in its order."""
    return tuple(place for group in groups for place in group.first)


def reasons(place: Place) -> tuple[Reason, ...]:
    same: dict[tuple[object, ...], tuple[Row, list[str]]] = {}
    for row in place.why:
        said = tuple(row[word] for word in ("leaning", "grade", "calibrated", "summary", "does_not_show"))
        key = (row["about"]["part"], *said)
        claims = same.setdefault(key, (row, []))[1]
        if row["about"]["claim"]:
            claims.append(row["about"]["claim"])
    return tuple(Reason(_lean(row, tuple(claims)), row["summary"], row["does_not_show"]) for row, claims in same.values())


def _lean(row: Row, claims: tuple[str, ...]) -> Lean:
    part = Part(row["about"]["part"]) if row["about"]["part"] else None
    return Lean(Leaning(row["leaning"]), Grade(row["grade"]) if row["grade"] else None, row["calibrated"], claims, part)
