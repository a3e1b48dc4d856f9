"""Is the camera that the file names the one that a claim names?"""

from __future__ import annotations

from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, Part
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.metadata import Camera
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.text import say

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
    """Supported when every word of the claimed name stands in the file's make and model, whatever their order."""
    named = camera.model if camera.model.casefold().startswith(camera.make.casefold()) else f"{camera.make} {camera.model}".strip()
    fits = set(claim.camera.casefold().split()) <= set(named.casefold().split())
    args = {"named": named, "claimed": claim.camera}
    return lean(
        case,
        ID,
        About(exhibit.number, claim.id, Part.CAMERA),
        Leaning.SUPPORTS if fits else Leaning.CONTRADICTS,
        summary=say("camera.fits", **args) if fits else say("camera.differs", **args),
        because=say("camera.because"),
        does_not_show=say("camera.limit"),
    )


CHECK = Check(ID, say("camera.question"), _answer)
