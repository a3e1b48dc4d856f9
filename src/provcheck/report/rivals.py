"""What a finding that leans on some claims leaves to their rivals: words beside it, so that A's support is not read as B's loss."""

from __future__ import annotations

from provcheck.domain.case import Case
from provcheck.domain.claim import Claim, Part
from provcheck.domain.text import Text, say
from provcheck.report.observation import Observation
from provcheck.report.wording import letters


def beside(one: Observation, case: Case) -> tuple[Text, ...]:
    """The rivals that it was not held against: those that are silent on the part, then those that could not be compared."""
    if one.part is None or not one.leans:
        return ()
    held = {finding.about.claim for finding in one.findings}
    exhibit = next(exhibit for exhibit in case.exhibits if exhibit.number == one.exhibit)
    others = [claim for claim in case.about(exhibit) if claim.id not in held]
    silent = tuple(claim.id for claim in others if not claim.says(one.part))
    unheld = tuple(claim.id for claim in others if claim.says(one.part))
    told = [_silent(one.part, silent)] if silent else []
    told += [say("rival.unheld", names=letters(unheld), count=len(unheld))] if unheld else []
    return tuple(told)


def undecided(one: Observation, case: Case) -> Text:
    """That it favours none of the claims about its photo over another."""
    exhibit = next(exhibit for exhibit in case.exhibits if exhibit.number == one.exhibit)
    return no_choice(case.about(exhibit))


def no_choice(claims: tuple[Claim, ...]) -> Text:
    return say("report.apart.no", names=letters(tuple(claim.id for claim in claims)), count=len(claims))


def _silent(part: Part, ids: tuple[str, ...]) -> Text:
    names, count = letters(ids), len(ids)
    match part:
        case Part.TAKEN_ON:
            return say("rival.silent.taken_on", names=names, count=count)
        case Part.PLACE:
            return say("rival.silent.place", names=names, count=count)
        case Part.PLATES:
            return say("rival.silent.plates", names=names, count=count)
        case Part.CREDIT:
            return say("rival.silent.credit", names=names, count=count)
        case Part.CAMERA:
            return say("rival.silent.camera", names=names, count=count)
