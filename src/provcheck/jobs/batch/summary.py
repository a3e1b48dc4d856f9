"""The page that says which photos to open first, and the reports as pages that it opens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from provcheck.domain.errors import ProvcheckError
from provcheck.domain.photo import Picture
from provcheck.domain.reading import Found
from provcheck.domain.report import Report
from provcheck.jobs.batch.alive import turn
from provcheck.jobs.batch.ledger import Ledger
from provcheck.jobs.batch.records import cases, records
from provcheck.jobs.batch.results import export, report_path, write_whole
from provcheck.readers.intake import take
from provcheck.report import read_json, render_html
from provcheck.report.batch_page import PICTURES, Counts, Opened, compared, first_of, render_batch
from provcheck.report.triage import Line, Place, said_in, triage

SUMMARY: Final = "summary.html"
PAGES: Final = Path("pages")
OURS: Final = re.compile(r"\d{7,}-[0-9a-f]{12}\.html")
MOST_OF_A_REPORT: Final = 64_000_000  # bytes; one photo's record with forty plates stays under 2 MB


def leave(ledger: Ledger, as_of: date, runner: str = "export", lang: str = "en", page: str = "") -> tuple[Path, ...]:
    """All that people read of what is done so far: the results in the run's `lang`, the page in that or in `page`."""
    with turn(ledger.locks):
        return (*export(ledger, runner), write_summary(ledger, as_of, runner, page or lang, translate=page not in ("", lang)))


def write_summary(ledger: Ledger, as_of: date, runner: str, lang: str = "en", *, translate: bool = False) -> Path:
    """summary.html, and in pages/ a page of each report that it lists; pages of other reports are taken away.

    The lines of results are in the language of the run; to `translate` them, every report that the page lists is read.
    """
    outcomes: Counter[str] = Counter()
    others = 0

    def lines() -> Iterator[Line]:
        nonlocal others
        for record in records(ledger):
            if record["picture"]:
                outcomes[record["outcome"]] += 1
                yield Line.of(record)
            else:
                others += 1

    groups = triage(lines())
    if translate:
        for group in groups:
            group.first = [_translated(ledger.folder, place, lang) for place in group.first]
    opened = {
        place.line.number: _opened(ledger.folder, place.line.number, runner, lang, pictured=at < PICTURES)
        for at, place in enumerate(first_of(groups))
    }
    waiting = ledger.standing().total - outcomes.total() - others
    page = ledger.folder / SUMMARY
    write_whole(
        page, [render_batch(groups, Counts(as_of, outcomes, others, waiting), opened, lang, compared(cases(ledger), lang))], runner
    )
    _sweep(ledger.folder, {one.report for one in opened.values()})
    return page


def _translated(folder: Path, place: Place, lang: str) -> Place:
    taken = take(folder / report_path(place.line.number), MOST_OF_A_REPORT)
    report = _report(taken.value.data) if isinstance(taken, Found) else None
    return said_in(place, report, lang) if report and report.case.exhibits else place


def _opened(folder: Path, number: int, runner: str, lang: str, *, pictured: bool) -> Opened:
    """The links of one photo. A page bears a digest in its name, of report and language: one that is there stays."""
    record = report_path(number)
    taken = take(folder / record, MOST_OF_A_REPORT)
    if not isinstance(taken, Found):
        return Opened(record.as_posix())
    name = PAGES / f"{number:07}-{sha256(lang.encode() + taken.value.data).hexdigest()[:12]}.html"
    there = (folder / name).is_file()
    report = _report(taken.value.data) if pictured or not there else None
    if report and not there:
        write_whole(folder / name, [render_html(report, lang)], runner)
    return Opened(record.as_posix(), name.as_posix() if there or report else "", _view(report) if report and pictured else None)


def _report(data: bytes) -> Report | None:
    try:
        return read_json(data.decode("utf-8"))
    except (UnicodeDecodeError, ProvcheckError):
        return None


def _view(report: Report) -> Picture | None:
    evidence = report.case.exhibits[0].evidence if report.case.exhibits else None
    return evidence.view.value if evidence and isinstance(evidence.view, Found) else None


def _sweep(folder: Path, kept: set[str]) -> None:
    for page in (folder / PAGES).glob("*.html"):
        if OURS.fullmatch(page.name) and (PAGES / page.name).as_posix() not in kept:
            page.unlink(missing_ok=True)
