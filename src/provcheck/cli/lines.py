"""Rows of JSON lines: one a file, and a last one for the set. Every row bears the version of its form."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from provcheck.config import Settings
from provcheck.domain.case import Exhibit
from provcheck.domain.claim import Claim
from provcheck.domain.codec import Json
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.report import Answered, Report
from provcheck.domain.text import Text
from provcheck.pipeline import judge
from provcheck.readers.intake import Submission, Taken
from provcheck.report import answer_rows, sentence, set_rows
from provcheck.report.tally import counts, tally

SCHEMA_VERSION = "1.1.0"  # of the lines; additive within 1.x


def line(row: Mapping[str, Json]) -> str:
    """One line of ASCII JSON: whatever a file name holds cannot break or steer it."""
    return json.dumps({"schema_version": SCHEMA_VERSION, **row})


class CheckLines:
    """The lines of one check: a photo's as it is done, judged alone because the set is not yet whole; then what the set adds."""

    def __init__(self, claims: tuple[Claim, ...], as_of: date, settings: Settings) -> None:
        self._claims, self._as_of, self._settings = claims, as_of, settings
        self._alone: list[Answered] = []

    def photo(self, exhibit: Exhibit) -> str:
        alone = judge((exhibit,), self._claims, as_of=self._as_of, settings=self._settings)
        self._alone += alone.answers
        return line(
            {
                "number": exhibit.number,
                "file": exhibit.photo.name,
                "sha256": exhibit.photo.sha256,
                "outcome": exhibit.outcome.value,
                "reason": _words(exhibit.reason),
                "answers": list(answer_rows(alone, exhibit)),
            }
        )

    def summary(self, report: Report, code: int) -> str:
        """The last line: counts, and under `set` every answer that a photo gets in the set and not alone."""
        return line({"file": "", "summary": {**_counted(report, code), "set": list(set_rows(report, self._alone))}})


def _counted(report: Report, code: int) -> dict[str, Json]:
    outcomes = Counter(exhibit.outcome.value for exhibit in report.case.exhibits)
    number = counts(report)
    return {
        "files": len(report.case.exhibits),
        **{outcome: outcomes[outcome] for outcome in ("examined", "partial", "refused")},
        "no_picture": sum(not exhibit.picture for exhibit in report.case.exhibits),
        "findings": number.leaning,
        "neutral": number.neutral,
        "open_questions": number.open,
        "could_not_run": number.failed,
        "as_of": report.case.as_of.isoformat(),
        "exit_code": code,
        "words": sentence(tally(number)),
    }


def reading_row(submission: Submission, taken: Found[Taken] | Unreadable, reading: Reading[object]) -> dict[str, Json]:
    """The part that all `inspect` and `search` rows share: file, sha256, and whether the reader found, missed or could not read."""
    reason = reading.reason if isinstance(reading, Unreadable) else None
    word = {Found: "found", Absent: "absent", Unreadable: "unreadable"}[type(reading)]
    sha256 = taken.value.sha256 if isinstance(taken, Found) else ""
    return {"file": submission.name, "sha256": sha256, "reading": word, "reason": _words(reason)}


def count_line(words: Iterable[str]) -> str:
    """The last line of an `inspect` or `search` stream."""
    number = Counter(words)
    return line(
        {"file": "", "summary": {"files": number.total(), **{word: number[word] for word in ("found", "absent", "unreadable")}}}
    )


def _words(text: Text | None) -> str | None:
    return None if text is None else sentence(text)
