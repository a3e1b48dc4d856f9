"""The report as CSV: one row a finding, and one for each check that could not say; no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from provcheck.domain.case import Exhibit
from provcheck.domain.finding import CannotSay, Finding
from provcheck.domain.report import Answered, Report
from provcheck.report.notes import NoteRow, note_rows
from provcheck.report.observation import calibrated, observations
from provcheck.report.sentence import sentence
from provcheck.report.untrusted import shown

COLUMNS = (
    "kind", "photo", "file", "sha256", "outcome", "check", "question", "claim", "part",
    "leaning", "grade", "calibrated", "tells_claims_apart", "summary", "because", "does_not_show", "reason",
)  # fmt: skip
FINDING, OPEN, FAILED, UNASKED = "finding", "open", "failed", "not asked"  # what `kind` says
NOTE = "person"
MOST = 5000  # characters of a person's own words
# What spreadsheets begin a formula with, full-width forms too (Excel in Japanese), after any white space; and after a
# semicolon, because where that separates cells, what follows it in a quoted one may become a cell of its own.
FORMULA = re.compile(r"(^|;)(?=\s*[=+\-@\t\r\n＝＋－＠])")
BOM = "\ufeff"  # without it Excel reads UTF-8 as the local code page


def render_csv(report: Report, lang: str = "en") -> str:
    """RFC 4180 with a byte order mark; the file is to be written as UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for row in _rows(report, lang):
        writer.writerow([safe(row.get(column, "")) for column in COLUMNS])
    return BOM + text.getvalue()


def safe(cell: str) -> str:
    """`cell` with an apostrophe before whatever a spreadsheet would run."""
    return FORMULA.sub(r"\1'", cell)


def _rows(report: Report, lang: str) -> Iterator[dict[str, str]]:
    exhibits = {exhibit.number: exhibit for exhibit in report.case.exhibits}
    apart = {id(finding): one.apart for one in observations(report) for finding in one.findings}
    for answered in report.answers:
        head = _head(answered, exhibits[answered.exhibit], lang)
        if isinstance(answered.answer, CannotSay):
            yield head | _silent(answered.answer, lang)
        else:
            for finding in answered.answer:
                yield head | _finding(finding, apart[id(finding)], report, lang)
    for row in note_rows(report.case):
        yield from _note(row, exhibits, lang)


def _head(answered: Answered, exhibit: Exhibit, lang: str) -> dict[str, str]:
    return {
        "photo": str(exhibit.number),
        "file": shown(exhibit.photo.name),
        "sha256": shown(exhibit.photo.sha256),
        "outcome": exhibit.outcome.value,
        "check": shown(answered.check),
        "question": sentence(answered.question, lang),
    }


def _silent(answer: CannotSay, lang: str) -> dict[str, str]:
    kind = FAILED if answer.failed else OPEN if answer.asked else UNASKED
    return {"kind": kind, "reason": sentence(answer.reason, lang)}


def _finding(finding: Finding, apart: bool | None, report: Report, lang: str) -> dict[str, str]:
    return {
        "kind": FINDING,
        "claim": shown(finding.about.claim or ""),
        "part": finding.about.part.value if finding.about.part else "",
        "leaning": finding.leaning.value,
        "grade": finding.grade.value if finding.grade else "",
        "calibrated": _yes(calibrated(finding, report.case.methods)),
        "tells_claims_apart": "" if apart is None else _yes(apart),
        "summary": sentence(finding.summary, lang),
        "because": sentence(finding.because, lang),
        "does_not_show": sentence(finding.does_not_show, lang),
    }


def _note(row: NoteRow, exhibits: dict[int, Exhibit], lang: str) -> Iterator[dict[str, str]]:
    """A row for each claim that a person holds it against, or one."""
    exhibit = exhibits.get(row.note.exhibit or 0)
    head = {
        "kind": NOTE,
        "photo": str(exhibit.number) if exhibit else "",
        "file": shown(exhibit.photo.name) if exhibit else "",
        "sha256": shown(exhibit.photo.sha256) if exhibit else "",
        "part": row.note.part.value if row.note.part else "",
        "tells_claims_apart": "" if row.apart is None else _yes(row.apart),
        "summary": shown(row.note.text, MOST),
        "because": sentence(row.by, lang),
        "does_not_show": shown(row.note.does_not_show, MOST),
    }
    held = [{"claim": shown(one.claim), "leaning": one.leaning.value} for one in row.note.held]
    yield from (head | one for one in held or [{}])


def _yes(value: bool) -> str:
    return "yes" if value else "no"
