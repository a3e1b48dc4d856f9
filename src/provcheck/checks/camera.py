"""Is the camera that the file names the one that a claim names?"""

from __future__ import annotations

from provcheck.checks.makers import differ, same, words
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, Part
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.metadata import Camera
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.text import Text, say

ID = "camera"


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    claiming = [claim for claim in case.about(exhibit) if claim.camera]
    if not claiming:
        return CannotSay(say("camera.unclaimed"), asked=False)
    match evidence.camera:
        case Found(camera):
            return tuple(_finding(exhibit, case, claim, camera) for claim in claiming)
        case Absent():
            return CannotSay(say("camera.absent"))
        case Unreadable(reason):
            return CannotSay(say("camera.unreadable", why=reason), failed=True)


def _finding(exhibit: Exhibit, case: Case, claim: Claim, camera: Camera) -> Finding:
    named = camera.model if camera.model.casefold().startswith(camera.make.casefold()) else f"{camera.make} {camera.model}".strip()
    leaning, summary = _compared(claim.camera, named, words(f"{camera.make} {camera.model}"))
    return lean(
        case,
        ID,
        About(exhibit.number, claim.id, Part.CAMERA),
        leaning,
        summary=summary,
        because=say("camera.because"),
        does_not_show=say("camera.limit"),
    )


def _compared(claimed: str, named: str, in_file: frozenset[str]) -> tuple[Leaning, Text]:
    """Neutral where the two are names of other kinds, as a shop's and a maker's: that they differ says nothing."""
    if same(words(claimed), in_file):
        return Leaning.SUPPORTS, say("camera.fits", named=named, claimed=claimed)
    if differ(words(claimed), in_file):
        return Leaning.CONTRADICTS, say("camera.differs", named=named, claimed=claimed)
    return Leaning.NEUTRAL, say("camera.other-name", named=named, claimed=claimed)


CHECK = Check(ID, say("camera.question"), _answer)
