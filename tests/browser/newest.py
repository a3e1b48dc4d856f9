"""More pages for the browser: a case's report with all that people add to it, its public edition, a batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from PIL import Image

from provcheck.domain.archive import Copy, Relation
from provcheck.domain.case import Received
from provcheck.domain.claim import Part
from provcheck.domain.leaning import Leaning
from provcheck.domain.note import Held, Note
from provcheck.domain.plate import PlateCharacter, PlateText
from provcheck.domain.reading import Found, Reading
from provcheck.domain.report import Report, Revision
from provcheck.domain.text import say
from provcheck.redact.edition import public
from provcheck.report import render_html
from provcheck.report.batch_page import PICTURES, Counts, Opened, compared, first_of, render_batch
from provcheck.report.triage import Line, triage
from tests.report import cases
from tests.report.drawings import picture
from tests.report.test_triage import finding, line

NINE = tuple(
    PlateCharacter(char, Decimal("0.91"), (("0", Decimal("0.05")), ("8", Decimal("0.04")))) for char in "C000TX163"
)  # as many signs as a plate of one row has
NOTES = (
    Note(
        1,
        "an editor",
        date(2023, 8, 1),
        "The hull is of a type that both armies have.",
        "This does not show whose the vehicle is.",
        1,
        Part.PLACE,
        (Held("A", Leaning.CONTRADICTS), Held("B", Leaning.SUPPORTS)),
    ),
    Note(2, "another editor", date(2023, 8, 2), "A remark about the whole case.\nOf two lines.", public=True),
    Note(3, "an editor", date(2023, 8, 2), "One more."),
)


def of_a_case() -> Report:
    """The rich report with notes, a plate read by hand, an arrival, copies within the set, and what changed."""
    report = cases.rich()
    first, *others = report.case.exhibits
    assert first.evidence
    assert isinstance(first.evidence.plates, Found)
    region, *more = first.evidence.plates.value
    read = PlateText("C000TX163", True, Decimal(1), "RU", "1", "163", NINE)
    regions = (replace(region, reading=Found(read), by_hand=read, read_by="an editor"), *more)
    first = replace(first, evidence=replace(first.evidence, plates=Found(regions)))
    first = replace(first, received=Received("a journalist", "a public page", datetime(2023, 7, 29, 9, tzinfo=UTC)))
    copies: Reading[tuple[Copy, ...]] = Found((Copy(1, 2, Relation.SAME, False, 4, None, True, 0),))
    case = replace(report.case, exhibits=(first, *others), notes=NOTES, copies=copies)
    changes = (say("revision.claims"), say("revision.notes", count=3), say("revision.more", count=2))
    return replace(report, case=case, revision=Revision(2, "a second photo came in", "ab" * 32, changes))


def of_the_public(lang: str = "en") -> str:
    return render_html(public(of_a_case(), {}, commitment="cd" * 32).report, lang)


def of_a_batch(lang: str = "en") -> str:
    """A photo in most of the groups."""
    lines: tuple[Line, ...] = (
        line(1, finding("contradicts", "weak", apart=True)),
        line(2, finding("contradicts", "moderate", apart=False), file="x" * 200 + ".jpg"),
        line(3, finding("neutral", None, check="earlier-use")),
        line(4, outcome="refused", reason="It is empty."),
        line(5, finding("supports", "strong", apart=True)),
        line(6, finding("neutral", None)),
    )
    groups = triage(iter(lines))
    counts = Counts(date(2023, 8, 2), Counter({"examined": 5, "refused": 1}), others=1, waiting=2)
    opened = {
        place.line.number: Opened("reports/1.json", "pages/1.html", picture(Image.new("RGB", (64, 48))))
        for place in first_of(groups)
    }
    return render_batch(groups, counts, opened, lang)


def of_a_thousand() -> str:
    """A thousand photos of all outcomes, and a hundred cases that were compared."""
    words = {"summary": "It is seen. " * 20, "file": "a name of a file " * 6 + ".jpg"}
    kinds: tuple[Callable[[int], Line], ...] = (
        lambda number: line(number, finding("contradicts", "weak", apart=True, summary=words["summary"]), file=words["file"]),
        lambda number: line(number, *(finding("contradicts", "moderate", apart=False) for _ in range(3))),
        lambda number: line(number, finding("neutral", None, check="earlier-use")),
        lambda number: line(number, outcome=("refused", "partial")[number % 2], reason="It is cut off."),
        lambda number: line(number, finding("supports", "strong", apart=True)),
        lambda number: line(number, finding("supports", "weak", apart=False)),
        lambda number: line(number, finding("neutral", None)),
        lambda number: line(number),
    )
    groups = triage(kinds[number % len(kinds)](number) for number in range(1, 1001))
    shown = picture(Image.new("RGB", (320, 240)))
    opened = {
        place.line.number: Opened(f"reports/{at}.json", f"pages/{at}.html", shown if at < PICTURES else None)
        for at, place in enumerate(first_of(groups))
    }
    together = {**finding("neutral", None, check="same-camera"), "photos": [1, 2], "about": {"claim": None, "part": None}}
    cases_of_photos = ({"case_id": f"story {number}", "answers": [together] * 3} for number in range(100))
    counts = Counts(date(2023, 8, 2), Counter({"examined": 875, "partial": 62, "refused": 63}), others=0, waiting=0)
    return render_batch(groups, counts, opened, cases=compared(cases_of_photos))
