"""The five pillars of visual verification (First Draft), in every report: the tool fills three, and two need a person."""

from __future__ import annotations

from dataclasses import dataclass

from provcheck.domain.claim import Part
from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.report.observation import Observation, observations
from provcheck.report.overview import Known, merged

LINES = 3  # of what was seen, a pillar: the findings below hold the rest


@dataclass(frozen=True, slots=True)
class Pillar:
    """`known` is what was seen, strongest first; `more` counts the other findings. A pillar without `checks` needs a person."""

    name: Text
    question: Text
    person: bool
    known: tuple[Known, ...] = ()
    more: int = 0


PROVENANCE = ("earlier-use", "earlier-part", "content-credentials", "generated", "edit-history")
DATE = ("light",)  # and whatever is held against a claimed day
LOCATION = ("position",)


def pillars(report: Report) -> tuple[Pillar, ...]:
    """All five, always, in First Draft's order."""
    seen = observations(report)
    return (
        _filled(say("pillar.provenance"), say("pillar.provenance.question"), PROVENANCE, seen),
        Pillar(say("pillar.source"), say("pillar.source.question"), person=True),
        _filled(say("pillar.date"), say("pillar.date.question"), DATE, seen, Part.TAKEN_ON),
        _filled(say("pillar.location"), say("pillar.location.question"), LOCATION, seen, Part.PLACE),
        Pillar(say("pillar.motivation"), say("pillar.motivation.question"), person=True),
    )


def _filled(name: Text, question: Text, checks: tuple[str, ...], seen: tuple[Observation, ...], part: Part | None = None) -> Pillar:
    """By the checks that answer it, and by the part of a claim that it asks about."""
    about = tuple(one for one in seen if one.check in checks or (part and one.part is part))
    known = sorted(merged(about), key=lambda one: -one.observation.strength)
    return Pillar(name, question, False, tuple(known[:LINES]), sum(len(one.photos) for one in known[LINES:]))
