"""The short summary for a terminal: photos, what leans for or against each claim, and a last line that cannot be misread."""

from __future__ import annotations

from textwrap import wrap

from provcheck.domain.case import Exhibit
from provcheck.domain.finding import Leaning
from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.report.catalogue import reviewed
from provcheck.report.exhibits import OUTCOMES
from provcheck.report.findings import SHAPES, Lean, Said, leans, said
from provcheck.report.notes import NoteRow, note_rows
from provcheck.report.observation import Observation, observations
from provcheck.report.overview import Known, merged
from provcheck.report.rivals import beside, undecided
from provcheck.report.sentence import sentence
from provcheck.report.silence import Open, open_questions
from provcheck.report.tally import counts, tally
from provcheck.report.wording import held, joined, photo_list, spaced

WIDTH = 96  # columns; fixed, so that the same report reads the same everywhere
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def render_summary(report: Report, colour: bool = False, lang: str = "en") -> str:
    """Plain text; `colour` adds bold and faint, which only a terminal should get."""
    words = _Words(colour, lang)
    seen = observations(report)
    lines = [
        words.strong(_head(report)),
        *_rendered(report, words),
        *([] if reviewed(lang) else words.item(say("report.unreviewed"))),
        "",
    ]
    for exhibit in report.case.exhibits:
        lines += words.item(_photo(exhibit, seen))
    for claim in report.case.claims:
        lines += words.item(say("terminal.claim", id=claim.id, by=claim.by))
    leaning = [known for known in merged(seen) if known.observation.leans]
    if leaning:
        lines += ["", words.strong(say("terminal.leaning"))]
    for known in leaning:
        lines += words.item(_finding(known, report))
    notes = note_rows(report.case)
    if notes:
        lines += ["", words.strong(say("terminal.notes"))]
    for row in notes:
        lines += words.item(_note(row))
    questions = open_questions(report)
    if questions:
        lines += ["", words.strong(say("terminal.open"))]
    for question in questions:
        lines += words.item(_question(question))
    return "\n".join([*lines, "", *words.wrapped(tally(counts(report)))]) + "\n"


class _Words:
    """Writes Texts into lines of the terminal."""

    def __init__(self, colour: bool, lang: str) -> None:
        self.colour, self.lang = colour, lang

    def strong(self, text: Text) -> str:
        line = sentence(text, self.lang)
        return f"{BOLD}{line}{PLAIN}" if self.colour else line

    def wrapped(self, text: Text) -> list[str]:
        lines = wrap(sentence(text, self.lang), WIDTH, break_on_hyphens=False)
        return [f"{BOLD}{line}{PLAIN}" if self.colour else line for line in lines]

    def item(self, text: Text) -> list[str]:
        return wrap(sentence(text, self.lang), WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def _rendered(report: Report, words: _Words) -> list[str]:
    if not report.case.rendered:
        return []
    return [words.strong(spaced((say("report.rendered"), say("report.rendered.words"))))]


def _head(report: Report) -> Text:
    case = report.case
    return say(
        "terminal.head",
        photos=say("report.count.photos", count=len(case.exhibits)),
        claims=say("report.count.claims", count=len(case.claims)),
        day=report.case.as_of.isoformat(),
    )


def _photo(exhibit: Exhibit, seen: tuple[Observation, ...]) -> Text:
    """Number, name and outcome, and how many findings of each leaning there are."""
    name, outcome = exhibit.photo.name, OUTCOMES[exhibit.outcome]
    head = say("terminal.photo", number=exhibit.number, name=name, outcome=outcome)
    if exhibit.reason is not None:
        head = say("terminal.photo.reason", photo=head, reason=exhibit.reason)
    mine = [one for one in seen if one.exhibit == exhibit.number]
    leaning = [(SHAPES[way], sum(way in one.leanings for one in mine)) for way in (Leaning.CONTRADICTS, Leaning.SUPPORTS)]
    marks = [*leaning, (SHAPES[Leaning.NEUTRAL], sum(not one.leans for one in mine))]
    shown = tuple(say("terminal.mark", shape=shape, number=number) for shape, number in marks if number)
    return say("terminal.photo.marks", photo=head, marks=joined(shown)) if shown else head


def _finding(known: Known, report: Report) -> Text:
    """One observation: its leanings with the claims they hold for, then each wording once."""
    one = known.observation
    held = joined((*(_lean(single) for single in leans(one, report.case.methods)), *beside(one, report.case)))
    photos, sentences = photo_list(known.photos), tuple(map(_said, said(one)))
    if one.apart is False:
        return say("terminal.finding.alike", leans=held, words=undecided(one, report.case), photos=photos, sentences=sentences)
    return say("terminal.finding", leans=held, photos=photos, sentences=sentences)


def _note(row: NoteRow) -> Text:
    """A person's finding: what it is about, in whose words, how it is held against the claims, and what it does not show."""
    said = say("terminal.note", photos=row.about, by=row.by, text=row.note.text)
    limit = (say("part.words", words=row.note.does_not_show),) if row.note.does_not_show else ()
    told = spaced((said, *limit))
    return say("terminal.note.held", leans=joined(tuple(map(_lean, row.leans))), note=told) if row.leans else told


def _said(one: Said) -> Text:
    return held(one.claims, one.finding.summary)


def _lean(single: Lean) -> Text:
    head = say("terminal.lean", shape=single.shape, words=single.line)
    if single.step is None or single.calibrated:
        return head
    return say("terminal.lean.unmeasured", lean=head, tag=say("report.uncalibrated"))


def _question(question: Open) -> Text:
    reasons = tuple(say("terminal.reason", photos=photo_list(photos), reason=reason) for reason, photos in question.reasons)
    return say("terminal.question", question=question.question, reasons=reasons)
