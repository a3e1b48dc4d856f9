"""What people found stands on the first screen and in the timeline of every view, named as a person's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from provcheck.domain.case import Received
from provcheck.domain.leaning import Leaning
from provcheck.domain.note import Held, Note
from provcheck.domain.report import Report
from provcheck.report import render_html, render_summary, sentence
from provcheck.report.markdown import render_markdown
from provcheck.report.notes import first_notes
from provcheck.report.overview import LINES, NOTED, overview
from provcheck.report.timeline import timeline
from tests.report import cases

LIMIT = "This does not show whose the vehicle is."
AGAINST = (Held("A", Leaning.CONTRADICTS), Held("B", Leaning.SUPPORTS))


def note(number: int, text: str, held: tuple[Held, ...] = (), by: str = "an editor") -> Note:
    return Note(number, by, date(2023, 8, number), text, LIMIT if held else "", 1, None, held)


def noted(*notes: Note) -> Report:
    report = cases.rich()
    return replace(report, case=replace(report.case, notes=notes))


def first_screen(page: str) -> str:
    return page[page.index('id="overview"') : page.index('id="claims"')]


@pytest.mark.parametrize("render", [lambda report: first_screen(render_html(report)), render_markdown, render_summary])
def test_a_person_s_finding_stands_in_the_view_with_its_author_and_its_limit(render) -> None:  # type: ignore[no-untyped-def]
    said = " ".join(render(noted(note(1, "The hull is of a type that both armies have.", AGAINST))).split())
    for words in ("The hull is of a type that both armies have.", "an editor", LIMIT):
        assert words in said


def test_a_note_that_speaks_against_one_claim_goes_before_an_earlier_remark() -> None:
    first = first_notes(noted(note(1, "A remark."), note(2, "Not so.", AGAINST), note(3, "Another.")).case)
    assert ([row.note.number for row in first.rows], first.more) == ([2], 2)


def test_notes_take_their_lines_from_the_findings_and_the_first_screen_does_not_grow() -> None:
    report = noted(*(note(number, "A remark.") for number in range(1, 9)))
    seen, first = overview(report), first_notes(report.case)
    lines = len(seen.known) + bool(seen.more_known) + len(seen.open) + bool(seen.more_open) + len(seen.decide)
    assert len(first.rows) + bool(first.more) == NOTED
    assert lines + NOTED <= LINES


def test_notes_and_arrivals_are_dated_facts() -> None:
    report = noted(note(1, "The hull is of a type that both have."))
    came = replace(report.case.exhibits[0], received=Received("a journalist", "", datetime(2023, 7, 29, 9, tzinfo=UTC)))
    report = replace(report, case=replace(report.case, exhibits=(came, *report.case.exhibits[1:])))
    told = {(sentence(fact.what), sentence(fact.source)) for fact in timeline(report)}
    assert ("a person noted: “The hull is of a type that both have.”", "note by “an editor”") in told
    assert ("received by the desk", "from “a journalist”") in told


def test_a_public_note_names_nobody_in_the_timeline() -> None:
    facts = timeline(noted(note(1, "A remark.", by="")))
    assert "note by a person at the desk" in [sentence(fact.source) for fact in facts]
