"""One photo's answers as plain rows, for JSON lines: sentences in place of templates."""

from __future__ import annotations

from provcheck.domain.case import Exhibit
from provcheck.domain.codec import Json
from provcheck.domain.finding import CannotSay, Finding
from provcheck.domain.report import Answered, Report
from provcheck.report.observation import calibrated, observations
from provcheck.report.sentence import sentence


def answer_rows(report: Report, exhibit: Exhibit, lang: str = "en") -> tuple[dict[str, Json], ...]:
    """A row for each finding on `exhibit`, and one for each check that could not say."""
    apart = {id(finding): one.apart for one in observations(report) for finding in one.findings}
    rows: list[dict[str, Json]] = []
    for answered in report.answers:
        if answered.exhibit != exhibit.number:
            continue
        if isinstance(answered.answer, CannotSay):
            rows.append(
                _head(answered, lang) | {"cannot_say": sentence(answered.answer.reason, lang), "failed": answered.answer.failed}
            )
        else:
            rows += [_head(answered, lang) | _finding(finding, apart[id(finding)], report, lang) for finding in answered.answer]
    return tuple(rows)


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
