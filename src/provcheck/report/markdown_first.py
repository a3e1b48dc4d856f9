"""The head of the Markdown view and its first screen: what is known, what is not, what would decide it."""

from __future__ import annotations

from provcheck.domain.report import Report
from provcheck.domain.text import say
from provcheck.report.catalogue import SOURCE, reviewed
from provcheck.report.markdown_ink import theirs
from provcheck.report.markdown_page import Page
from provcheck.report.notes import first_notes
from provcheck.report.overview import overview
from provcheck.report.tally import counts, tally
from provcheck.report.wording import edition

TITLE = 160  # characters of a case's title that a heading shows


def write_head(page: Page, report: Report) -> None:
    case = report.case
    name, holds = edition(report)
    page.line(f"**{page.words(name)}**", page.words(holds))
    if case.rendered:
        page.line(f"**{page.words(say('report.rendered'))} {page.words(say('report.rendered.words'))}**")
    page.heading(1, theirs(case.title, TITLE) if case.title.strip() else page.words(say("report.title")))
    photos = sum(exhibit.picture for exhibit in case.exhibits)
    facts = (
        say("report.count.photos", count=photos),
        say("report.count.claims", count=len(case.claims)),
        say("report.asof", day=case.as_of.isoformat()),
    )
    page.line(" · ".join(map(page.words, facts)))
    if page.lang != SOURCE:
        page.line(*([] if reviewed(page.lang) else [page.words(say("report.unreviewed"))]), page.words(say("report.quotes")))


def write_overview(page: Page, report: Report) -> None:
    seen = overview(report)
    page.heading(2, page.words(say("report.known")))
    known = [(page.observed(one.observation, one.photos, report), page.limits(one.observation)) for one in seen.known]
    if seen.more_known:
        known.append((page.words(say("report.known.more", count=seen.more_known)), []))
    page.either(known, say("report.known.none"))
    _noted(page, report)
    page.heading(2, page.words(say("report.unknown")))
    questions: list[tuple[str, list[str]]] = [(page.words(line), []) for line in seen.alike]
    questions += [(page.words(one.question), [page.reason(*pair) for pair in one.reasons]) for one in seen.open]
    if seen.more_open:
        questions.append((page.words(say("report.unknown.more", count=seen.more_open)), []))
    page.either(questions, say("report.unknown.none"))
    page.heading(2, page.words(say("report.decide")))
    page.items([(page.words(line), []) for line in seen.decide])
    page.line(f"**{page.words(tally(counts(report)))}**")


def _noted(page: Page, report: Report) -> None:
    """What people found, named as theirs, before what nobody knows."""
    noted = first_notes(report.case)
    if not noted.rows:
        return
    page.heading(2, page.words(say("report.noted")))
    rows = [page.note(row) for row in noted.rows]
    if noted.more:
        rows.append((page.words(say("report.noted.more", count=noted.more)), []))
    page.items(rows)
