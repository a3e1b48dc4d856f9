"""What was found and what was not, in Markdown: pillars, findings, timeline, open questions, searches."""

from __future__ import annotations

from provcheck.domain.case import Exhibit
from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.report.exhibits import searched
from provcheck.report.findings import Row, Table, tables
from provcheck.report.markdown_ink import address
from provcheck.report.markdown_page import Page
from provcheck.report.pillars import Pillar, pillars
from provcheck.report.rivals import undecided
from provcheck.report.searches import archives, matches, outcome, use
from provcheck.report.silence import unanswered
from provcheck.report.timeline import Dated, timeline
from provcheck.report.wording import photo_list


def write_pillars(page: Page, report: Report) -> None:
    page.heading(2, page.words(say("pillars")))
    page.items([(f"**{page.words(one.name)}** {page.words(one.question)}", _pillar(page, one, report)) for one in pillars(report)])


def _pillar(page: Page, one: Pillar, report: Report) -> list[str]:
    if one.person:
        return [page.words(say("pillars.person"))]
    seen = [page.observed(known.observation, known.photos, report) for known in one.known]
    if one.more:
        seen.append(page.words(say("report.known.more", count=one.more)))
    return seen or [page.words(say("pillars.nothing"))]


def write_timeline(page: Page, report: Report) -> None:
    dated = timeline(report)
    if dated:
        page.heading(2, page.words(say("timeline")))
        page.line(page.words(say("timeline.limit")))
        page.items([(_dated(page, fact), []) for fact in dated])


def _dated(page: Page, fact: Dated) -> str:
    """29 July 2023: Photo 1. captured, … (Zone: stated · Source: the file · Precision: to the second)."""
    whose = f"**{page.words(fact.whose)}.** " if fact.whose else ""
    named = (
        (say("timeline.zone"), fact.zone),
        (say("timeline.source"), fact.source),
        (say("timeline.precision"), fact.precision),
    )
    rest = " · ".join(page.colon(page.words(name), page.words(value)) for name, value in named)
    return page.colon(page.words(fact.when), f"{whose}{page.words(fact.what)} ({rest})")


def write_findings(page: Page, report: Report) -> None:
    page.heading(2, page.words(say("report.findings")))
    found = tables(report)
    page.line(page.words(say("report.findings.key") if found else say("report.findings.none")))
    for table in found:
        _table(page, table, report)


def _table(page: Page, table: Table, report: Report) -> None:
    page.heading(3, page.words(say("report.findings.part", part=table.name)))
    page.items([_row(page, row, report) for row in table.rows])


def _row(page: Page, row: Row, report: Report) -> tuple[str, list[str]]:
    below = []
    for one in row.said:
        below += [
            page.held(one.claims, one.finding.summary),
            page.words(say("report.findings.because", because=one.finding.because)),
        ]
    below += [page.words(limit) for limit in row.limits]
    if row.observation.apart is not None and not (row.observation.leans and row.observation.apart is False):
        below.append(page.apart(row.observation.apart, undecided(row.observation, report.case)))
    return page.colon(f"**{page.words(photo_list(row.photos))}**", page.weighed(row.observation, report)), below


def write_unanswered(page: Page, report: Report) -> None:
    page.heading(2, page.words(say("report.not-run")))
    groups: dict[Text, dict[tuple[Text, Text], list[int]]] = {}
    for answered, answer in unanswered(report):
        kind = say("report.not-run.unasked") if not answer.asked else say("report.not-run.open")
        kind = say("report.not-run.failed") if answer.failed else kind
        groups.setdefault(answered.question, {}).setdefault((kind, answer.reason), []).append(answered.exhibit)
    items = [
        (
            page.words(question),
            [f"{page.reason(reason, tuple(photos))} ({page.words(kind)})" for (kind, reason), photos in reasons.items()],
        )
        for question, reasons in groups.items()
    ]
    page.either(items, say("report.not-run.none"))


def write_searches(page: Page, report: Report) -> None:
    page.heading(2, page.words(say("report.reuse")))
    where = archives(report)
    if where:
        page.line(page.words(say("report.reuse.archives", archives=searched(where))))
    same: dict[tuple[str, ...], list[int]] = {}
    for exhibit in report.case.exhibits:
        if exhibit.picture and exhibit.evidence is not None and not matches(exhibit):
            same.setdefault(tuple(map(page.words, outcome(exhibit))), []).append(exhibit.number)
    items: list[tuple[str, list[str]]] = []
    items += [(f"**{page.words(photo_list(tuple(photos)))}.** {' '.join(words)}", []) for words, photos in same.items()]
    items += [_matched(page, exhibit) for exhibit in report.case.exhibits if matches(exhibit)]
    page.items(items)


def _matched(page: Page, exhibit: Exhibit) -> tuple[str, list[str]]:
    below = []
    for text, uses in matches(exhibit):
        told = [f"{page.words(use(one))}{', ' + address(one.url) if one.url.strip() else ''}" for one in uses]
        below.append(" · ".join((page.words(text), *told)))
    words = " ".join(map(page.words, outcome(exhibit)))
    return f"**{page.words(say('report.photo', number=exhibit.number))}.** {words}", below
