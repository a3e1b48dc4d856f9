"""The report as Markdown, for a CMS: the same sections as the page, without its pictures; no HTML, and links to http(s) only."""

from __future__ import annotations

from provcheck.domain.report import Edition, Report
from provcheck.report.markdown_case import (
    write_claims,
    write_custody,
    write_methods,
    write_notes,
    write_photos,
    write_revision,
)
from provcheck.report.markdown_findings import write_findings, write_pillars, write_searches, write_timeline, write_unanswered
from provcheck.report.markdown_first import write_head, write_overview
from provcheck.report.markdown_page import Page


def render_markdown(report: Report, lang: str = "en") -> str:
    """CommonMark with lists and headings alone, so that a CMS with an older dialect shows the same."""
    page = Page(lang, report.edition is Edition.PUBLIC)
    write_head(page, report)
    write_overview(page, report)
    write_claims(page, report)
    write_photos(page, report)
    write_pillars(page, report)
    write_findings(page, report)
    write_notes(page, report)
    write_timeline(page, report)
    write_unanswered(page, report)
    write_searches(page, report)
    write_methods(page, report.case.methods)
    write_custody(page, report)
    write_revision(page, report)
    return "\n".join(page.lines) + "\n"
