"""Notes by people as views show them: each held against the claims, and whether that tells the claims apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.domain.case import Case
from provcheck.domain.claim import Claim
from provcheck.domain.leaning import Leaning
from provcheck.domain.note import Note
from provcheck.domain.text import Text, say
from provcheck.report.findings import Lean
from provcheck.report.overview import NOTED
from provcheck.report.wording import photo_list


@dataclass(frozen=True, slots=True)
class NoteRow:
    """`cells` are its leanings, None where it is not held against a claim; `apart` is None where it is held against none."""

    note: Note
    about: Text
    by: Text
    cells: tuple[Lean | None, ...]
    apart: bool | None
    leans: tuple[Lean, ...]
    rivals: tuple[Claim, ...]  # the claims about what the note is about

    @property
    def rank(self) -> tuple[bool, bool, bool, int]:
        """As with the tool's findings: what tells claims apart first, then what speaks against one."""
        against = any(lean.leaning is Leaning.CONTRADICTS for lean in self.leans)
        return self.apart is not True, not against, not self.leans, self.note.number


@dataclass(frozen=True, slots=True)
class FirstNotes:
    """The notes for which the first screen has room; `more` counts the others."""

    rows: tuple[NoteRow, ...]
    more: int


def first_notes(case: Case) -> FirstNotes:
    """Not all of them where there are many: what people found must not push out what the files show, nor the other way round."""
    rows = sorted(note_rows(case), key=lambda row: row.rank)
    kept = len(rows) if len(rows) <= NOTED else NOTED - 1
    return FirstNotes(tuple(rows[:kept]), len(rows) - kept)


def note_rows(case: Case) -> tuple[NoteRow, ...]:
    return tuple(_row(note, case) for note in case.notes)


def _row(note: Note, case: Case) -> NoteRow:
    held = {one.claim: one.leaning for one in note.held}
    cells = tuple(_lean(held.get(claim.id)) for claim in case.claims)
    rivals = _rivals(note, case)
    return NoteRow(note, about(note), by(note), cells, _apart(held, rivals), tuple(_leans(note)), rivals)


def _leans(note: Note) -> Iterator[Lean]:
    """Each leaning once, with its claims; contradictions first."""
    for leaning in (Leaning.CONTRADICTS, Leaning.SUPPORTS, Leaning.NEUTRAL):
        claims = tuple(one.claim for one in note.held if one.leaning is leaning)
        if claims:
            yield Lean(leaning, None, True, claims, note.part)


def about(note: Note) -> Text:
    return say("report.notes.case") if note.exhibit is None else photo_list((note.exhibit,))


def by(note: Note) -> Text:
    """The author; a public edition names none."""
    day = note.on.isoformat()
    return say("report.notes.by", name=note.by, day=day) if note.by else say("report.notes.by-a-person", day=day)


def _lean(leaning: Leaning | None) -> Lean | None:
    return None if leaning is None else Lean(leaning, None, True, ())


def _rivals(note: Note, case: Case) -> tuple[Claim, ...]:
    exhibit = next((one for one in case.exhibits if one.number == note.exhibit), None)
    return case.about(exhibit) if exhibit else case.claims


def _apart(held: dict[str, Leaning], rivals: tuple[Claim, ...]) -> bool | None:
    """As with the tool's findings: it contradicts some rivals and not all, or leans otherwise among those it is held against."""
    leanings = [held.get(claim.id) for claim in rivals]
    if len(rivals) < 2 or not held:
        return None
    contradicted = leanings.count(Leaning.CONTRADICTS)
    return 0 < contradicted < len(leanings) or len({one for one in leanings if one is not None}) > 1
