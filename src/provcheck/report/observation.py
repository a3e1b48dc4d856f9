"""What was seen once, held against every claim: findings grouped by check, photo and part, and whether they tell rivals apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from provcheck.domain.claim import Claim, Part
from provcheck.domain.finding import Finding, Leaning
from provcheck.domain.method import Grade, MethodCard
from provcheck.domain.report import Report

GRADES = tuple(Grade)  # weakest first


@dataclass(frozen=True, slots=True)
class Observation:
    """Findings of one check on one photo and one part, in the order of the claims.

    `apart` is None where fewer than two claims are about the photo; otherwise whether it tells them apart.
    """

    check: str
    exhibit: int
    part: Part | None
    findings: tuple[Finding, ...]
    apart: bool | None

    def under(self, claim: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.about.claim == claim)

    @property
    def leanings(self) -> frozenset[Leaning]:
        return frozenset(finding.leaning for finding in self.findings)

    @property
    def leans(self) -> bool:
        return self.leanings != {Leaning.NEUTRAL}

    @property
    def strength(self) -> int:
        """The highest grade among its findings, counted from 1; 0 for a neutral one."""
        return max(GRADES.index(finding.grade) + 1 if finding.grade else 0 for finding in self.findings)


def observations(report: Report) -> tuple[Observation, ...]:
    """Every finding of the report, grouped, in the order of the answers."""
    groups: dict[tuple[str, int, Part | None], list[Finding]] = {}
    for answered in report.answers:
        if isinstance(answered.answer, tuple):
            for finding in answered.answer:
                groups.setdefault((finding.check, finding.about.exhibit, finding.about.part), []).append(finding)
    rivals = {exhibit.number: report.case.about(exhibit) for exhibit in report.case.exhibits}
    return tuple(
        Observation(*key, findings=row, apart=tells_apart(row, rivals[key[1]]))
        for key, group in groups.items()
        for row in _rows(group, report.case.claims)
    )


def tells_apart(findings: Iterable[Finding], claims: tuple[Claim, ...]) -> bool | None:
    """Whether one observation, held against every claim about the photo, favours some of them over others.

    It does when it contradicts some claims and not all, or leans differently among claims that state the part.
    It does not when it leans alike, when it supports one and the others leave the part unsaid, or when it is about no part.
    """
    if len(claims) < 2:
        return None
    leanings: dict[str, set[Leaning]] = {}
    parts = set()
    for finding in findings:
        if finding.about.claim is not None and finding.about.part is not None:
            leanings.setdefault(finding.about.claim, set()).add(finding.leaning)
            parts.add(finding.about.part)
    contradicted = [claim for claim in claims if Leaning.CONTRADICTS in leanings.get(claim.id, ())]
    if contradicted and len(contradicted) < len(claims):
        return True
    stating = [leanings[claim.id] for claim in claims if claim.id in leanings and any(claim.says(part) for part in parts)]
    return any(one != stating[0] for one in stating)


def calibrated(finding: Finding, cards: Iterable[MethodCard]) -> bool:
    """Whether the method behind a finding was measured: a card bears the id of its check."""
    return any(card.id == finding.check and card.calibrated for card in cards)


def _rows(group: list[Finding], claims: tuple[Claim, ...]) -> list[tuple[Finding, ...]]:
    """A check may see several things in one photo (two archive matches): the n-th under each claim belong together."""
    columns: dict[str | None, list[Finding]] = {}
    for finding in group:
        columns.setdefault(finding.about.claim, []).append(finding)
    if len({len(column) for column in columns.values()}) > 1:
        return [tuple(group)]
    places = {claim.id: place for place, claim in enumerate(claims)}
    ordered = [columns[id_] for id_ in sorted(columns, key=lambda id_: places.get(id_ or "", -1))]
    return [tuple(row) for row in zip(*ordered, strict=True)]
