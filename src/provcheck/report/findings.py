"""Findings as a reader meets them: a table for each claim part, photo by claim, with words for every leaning."""

from __future__ import annotations

from dataclasses import dataclass

from provcheck.domain.claim import Claim, Part
from provcheck.domain.finding import Finding, Leaning
from provcheck.domain.method import Grade, MethodCard
from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.report.observation import Observation, calibrated, observations
from provcheck.report.overview import Known, merged
from provcheck.report.parts import NAMES, stated
from provcheck.report.wording import claims_after

SHAPES = {Leaning.SUPPORTS: "▲", Leaning.CONTRADICTS: "▼", Leaning.NEUTRAL: "●"}
WORDS = {
    Leaning.SUPPORTS: say("leaning.supports"),
    Leaning.CONTRADICTS: say("leaning.contradicts"),
    Leaning.NEUTRAL: say("leaning.neutral"),
}
GRADES = {
    Grade.WEAK: say("grade.weak"),
    Grade.MODERATE: say("grade.moderate"),
    Grade.MODERATELY_STRONG: say("grade.moderately-strong"),
    Grade.STRONG: say("grade.strong"),
}


@dataclass(frozen=True, slots=True)
class Lean:
    """One leaning with its grade, the claims it holds for, and the part of them; none where it is about the file itself."""

    leaning: Leaning
    grade: Grade | None
    calibrated: bool
    claims: tuple[str, ...]
    part: Part | None = None

    @property
    def shape(self) -> str:
        return SHAPES[self.leaning]

    @property
    def word(self) -> Text:
        return WORDS[self.leaning]

    @property
    def step(self) -> Text | None:
        return GRADES[self.grade] if self.grade else None

    @property
    def phrase(self) -> Text:
        """Weak: contradicts. The grade goes first, so that a weak finding does not look like the strong one above it."""
        return say("leaning.graded", grade=self.step, word=self.word) if self.step else self.word

    @property
    def line(self) -> Text:
        """Weak: contradicts claim C on date."""
        if not self.claims:
            return self.phrase
        return say("leaning.line", phrase=self.phrase, claims=claims_after(self.leaning, self.claims, self.part))

    @property
    def firm(self) -> bool:
        """Whether it may stand out: a weak one, and a person's, which has no grade, may not."""
        return self.grade is not None and self.grade is not Grade.WEAK


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one finding, once for all the claims that share them; `claims` is empty where all do."""

    claims: tuple[str, ...]
    finding: Finding


@dataclass(frozen=True, slots=True)
class Row:
    """One observation: its photos, what is said of it, and its leanings claim by claim (none where it was not held against one)."""

    observation: Observation
    photos: tuple[int, ...]
    said: tuple[Said, ...]
    limits: tuple[Text, ...]
    cells: tuple[tuple[Lean, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All observations about one part; `part` None holds those about the files themselves, which have no cells."""

    part: Part | None
    name: Text
    stated: tuple[Text | None, ...]
    rows: tuple[Row, ...]


def tables(report: Report) -> tuple[Table, ...]:
    """One table for each part with findings, in the order of the parts; the files themselves last."""
    seen = observations(report)
    return tuple(
        _table(part, tuple(one for one in seen if one.part is part), report)
        for part in (*Part, None)
        if any(one.part is part for one in seen)
    )


def _table(part: Part | None, seen: tuple[Observation, ...], report: Report) -> Table:
    claims = report.case.claims if part else ()
    rows = sorted((_row(known, claims, report.case.methods) for known in merged(seen, reasons=True)), key=lambda row: row.photos)
    name = NAMES[part] if part else say("report.findings.files")
    return Table(part, name, tuple(stated(claim, part) for claim in claims) if part else (), tuple(rows))


def _row(known: Known, claims: tuple[Claim, ...], cards: tuple[MethodCard, ...]) -> Row:
    one = known.observation
    cells = tuple(tuple(lean(finding, cards) for finding in one.under(claim.id)) for claim in claims)
    return Row(one, known.photos, said(one, reasons=True), limits(one), cells)


def lean(finding: Finding, cards: tuple[MethodCard, ...]) -> Lean:
    claims = (finding.about.claim,) if finding.about.claim is not None else ()
    return Lean(finding.leaning, finding.grade, calibrated(finding, cards), claims, finding.about.part)


def leans(one: Observation, cards: tuple[MethodCard, ...]) -> tuple[Lean, ...]:
    """The leanings of an observation, each once with its claims; contradictions first."""
    same: dict[tuple[Leaning, Grade | None, bool], tuple[str, ...]] = {}
    for finding in one.findings:
        single = lean(finding, cards)
        key = (single.leaning, single.grade, single.calibrated)
        same[key] = same.get(key, ()) + single.claims
    order = (Leaning.CONTRADICTS, Leaning.SUPPORTS, Leaning.NEUTRAL)
    ordered = sorted(same.items(), key=lambda item: order.index(item[0][0]))
    return tuple(Lean(*key, claims=claims, part=one.part) for key, claims in ordered)


def said(one: Observation, reasons: bool = False) -> tuple[Said, ...]:
    """The sentences of an observation, each wording once; `reasons` tells whether other reasons make other words."""
    same: dict[tuple[Text, Text | None], list[Finding]] = {}
    for finding in one.findings:
        same.setdefault((finding.summary, finding.because if reasons else None), []).append(finding)
    if len(same) == 1:
        return (Said((), one.findings[0]),)
    return tuple(Said(tuple(f.about.claim for f in group if f.about.claim is not None), group[0]) for group in same.values())


def limits(one: Observation) -> tuple[Text, ...]:
    """What an observation does not show, each sentence once."""
    return tuple(dict.fromkeys(finding.does_not_show for finding in one.findings))
