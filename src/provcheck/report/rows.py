"""One photo's answers as plain rows, for JSON lines: sentences in place of templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from provcheck.domain.case import Exhibit
from provcheck.domain.codec import Json, decode, encode
from provcheck.domain.finding import CannotSay, Finding
from provcheck.domain.report import Answered, Report
from provcheck.domain.text import Text
from provcheck.report.catalogue import CatalogueError
from provcheck.report.observation import calibrated, observations
from provcheck.report.sentence import sentence

Row = Mapping[str, Any]  # one answer, as in a line of results


def answer_rows(report: Report, exhibit: Exhibit, lang: str = "en") -> tuple[dict[str, Json], ...]:
    """A row for each finding on `exhibit`, and one for each check that could not say."""
    apart = _apart(report)
    return tuple(
        row for answered in report.answers if answered.exhibit == exhibit.number for row in _rows(answered, apart, report, lang)
    )


TEXTS = "texts"  # of a row: its sentences before they have a language
WORDS = ("summary", "because", "does_not_show")


def in_language(row: Row, lang: str) -> Row:
    """A row with `texts` in another language; as it stands where it has none, or this version has no such sentence."""
    try:
        return {**row, **{word: sentence(decode(Text, row[TEXTS][word]), lang) for word in WORDS}}
    except (CatalogueError, KeyError, TypeError, ValueError):
        return row


def set_rows(report: Report, alone: Iterable[Answered], lang: str = "en", *, texts: bool = False) -> tuple[dict[str, Json], ...]:
    """What only the whole set can say: the answers that differ from those that each photo got `alone`.

    Equal words stand once, with the numbers of all their photos. A check that is silent on a photo is no answer, unless it failed.
    """
    before = {(answered.check, answered.exhibit): answered.answer for answered in alone}
    apart = _apart(report)
    same: dict[str, tuple[dict[str, Json], list[Json]]] = {}
    for answered in report.answers:
        if before.get((answered.check, answered.exhibit)) == answered.answer:
            continue
        if isinstance(answered.answer, CannotSay) and not answered.answer.failed:
            continue
        for row in _rows(answered, apart, report, lang, texts=texts):
            same.setdefault(repr(row), (row, []))[1].append(answered.exhibit)
    return tuple({"photos": photos, **row} for row, photos in same.values())


def _apart(report: Report) -> dict[int, bool | None]:
    """Whether the observation of each finding, known by its identity, tells the claims apart."""
    return {id(finding): one.apart for one in observations(report) for finding in one.findings}


def _rows(
    answered: Answered, apart: dict[int, bool | None], report: Report, lang: str, *, texts: bool = False
) -> list[dict[str, Json]]:
    answer = answered.answer
    if isinstance(answer, CannotSay):
        return [_head(answered, lang) | {"cannot_say": sentence(answer.reason, lang), "failed": answer.failed}]
    rows = [_head(answered, lang) | _finding(finding, apart[id(finding)], report, lang) for finding in answer]
    if texts:
        rows = [row | {TEXTS: _texts(finding)} for row, finding in zip(rows, answer, strict=True)]
    return rows


def _texts(finding: Finding) -> Json:
    return {
        "summary": encode(finding.summary),
        "because": encode(finding.because),
        "does_not_show": encode(finding.does_not_show),
    }


def _head(answered: Answered, lang: str) -> dict[str, Json]:
    return {"check": answered.check, "question": sentence(answered.question, lang)}


def _finding(finding: Finding, apart: bool | None, report: Report, lang: str) -> dict[str, Json]:
    return {
        "about": {"claim": finding.about.claim, "part": finding.about.part and finding.about.part.value},
        "leaning": finding.leaning.value,
        "grade": finding.grade and finding.grade.value,
        "calibrated": calibrated(finding, report.case.methods),
        "tells_claims_apart": apart,
        "summary": sentence(finding.summary, lang),
        "because": sentence(finding.because, lang),
        "does_not_show": sentence(finding.does_not_show, lang),
    }
