"""What would decide between the claims: whom to ask for what, and where no file can tell them apart."""

from __future__ import annotations

from provcheck.domain.case import Case
from provcheck.domain.claim import Claim, Part, Place
from provcheck.domain.photo import Outcome
from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.report.observation import observations
from provcheck.report.parts import ADVICE, NAMES
from provcheck.report.wording import letters, photo_list, spaced

DECIDE = 3  # lines of the first screen, of which one is given to the photos on which the claims do not differ, where there are such


def decide(report: Report) -> tuple[Text, ...]:
    """What to ask for next: where the claims differ and nothing tells them apart, then where nothing leans at all."""
    case = report.case
    if not case.claims:
        return (say("report.decide.no-claims"),)
    seen = observations(report)
    told = {observation.part for observation in seen if observation.apart}
    leant = {observation.part for observation in seen if observation.leans}
    differ = disputed(case)
    lines = [_differing(part, case) for part in differ if part not in told]
    lines += [_silent(part, case) for part in _stated(case) if part not in leant and part not in differ]
    room = DECIDE - 1 - bool(undisputed(case))
    return (*lines[:room], say("report.decide.beyond"))


def _differing(part: Part, case: Case) -> Text:
    rivals = [claims for claims in map(case.about, case.exhibits) if _differ(claims, part)]
    ids = tuple(claim.id for claim in case.claims if claim.says(part) and any(claim in claims for claims in rivals))
    return say("report.decide.disputed", part=NAMES[part], advice=ADVICE[part], names=letters(ids))


def _silent(part: Part, case: Case) -> Text:
    ids = tuple(claim.id for claim in case.claims if claim.says(part))
    return say("report.decide.silent", part=NAMES[part], advice=ADVICE[part], names=letters(ids), count=len(ids))


def disputed(case: Case) -> tuple[Part, ...]:
    """The parts that at least two claims about one photo state, and not alike."""
    rivals = [case.about(exhibit) for exhibit in case.exhibits]
    return tuple(part for part in Part if any(_differ(claims, part) for claims in rivals))


def _differ(claims: tuple[Claim, ...], part: Part) -> bool:
    if part is Part.PLACE:
        return _places_differ([claim.place for claim in claims if claim.place])
    return len({getattr(claim, part.value) for claim in claims if claim.says(part)}) > 1


def _places_differ(places: list[Place]) -> bool:
    """Whether two of the places are of other countries or of other names: a road lies in the country that another claim names."""
    names, countries = {place.name for place in places if place.name}, {place.country for place in places if place.country}
    return len(names) > 1 or len(countries) > 1


def undisputed(case: Case) -> tuple[Text, ...]:
    """The photos whose rival claims state no part differently, together where the claims are the same, and why nothing tells."""
    same: dict[tuple[Claim, ...], list[int]] = {}
    for exhibit in case.exhibits:
        if exhibit.outcome is not Outcome.REFUSED:
            same.setdefault(case.about(exhibit), []).append(exhibit.number)
    return tuple(
        say(
            "report.decide.nothing-disputed",
            photos=photo_list(tuple(photos)),
            names=letters(tuple(claim.id for claim in rivals)),
            why=_why_alike(rivals),
        )
        for rivals, photos in same.items()
        if len(rivals) > 1 and not any(_differ(rivals, part) for part in Part)
    )


def _why_alike(rivals: tuple[Claim, ...]) -> Text:
    """On which parts they say the same, and which of them is silent on what."""
    stated = [part for part in Part if any(claim.says(part) for claim in rivals)]
    shared = tuple(NAMES[part] for part in stated if sum(claim.says(part) for claim in rivals) > 1)
    told = [say("report.alike.shared", parts=shared)] if shared else []
    for claim in rivals:
        unsaid = tuple(NAMES[part] for part in stated if not claim.says(part))
        told += [say("report.alike.silent", id=claim.id, parts=unsaid)] if unsaid else []
    return spaced(tuple(told)) if told else say("report.alike.nothing")


def _stated(case: Case) -> tuple[Part, ...]:
    return tuple(part for part in Part if any(claim.says(part) for claim in case.claims))
