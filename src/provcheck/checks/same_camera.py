"""Do other photos of the case come from the same camera body?"""

from __future__ import annotations

from collections.abc import Iterator

from provcheck.domain.case import Case, Exhibit
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.metadata import Camera, Serials
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import Text, say

ID = "same-camera"
LEAST = 4  # characters of a serial number; shorter ones are placeholders


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    others = [other for other in case.exhibits if other.number != exhibit.number and other.evidence]
    if not others:
        return CannotSay(say("same-camera.alone"), asked=False)
    if isinstance(evidence.serials, Unreadable):
        return CannotSay(say("same-camera.unreadable", why=evidence.serials.reason), failed=True)
    findings = tuple(_findings(exhibit, evidence, others, case))
    return findings or CannotSay(say("same-camera.absent"), asked=False)


def _findings(exhibit: Exhibit, evidence: Evidence, others: list[Exhibit], case: Case) -> Iterator[Finding]:
    mine, camera = evidence.serials, evidence.camera
    for other in others:
        theirs = other.evidence.serials if other.evidence else None
        if not isinstance(mine, Found) or not isinstance(theirs, Found):
            continue
        shared = _shared(mine.value, theirs.value)
        if shared:
            yield _finding(
                exhibit, case, say("same-camera.same", other=other.number, number=shared), say("same-camera.same-because")
            )
        elif _comparable(mine.value, theirs.value) and other.evidence and _same_model(camera, other.evidence.camera):
            yield _finding(exhibit, case, say("same-camera.different", other=other.number), say("same-camera.different-because"))


def _shared(mine: Serials, theirs: Serials) -> str:
    """A body number that both state, written alike but for leading zeros and blanks."""
    held = {_bare(number) for number in theirs.body}
    return next((number for number in mine.body if len(_bare(number)) >= LEAST and _bare(number) in held), "")


def _comparable(mine: Serials, theirs: Serials) -> bool:
    return any(len(_bare(number)) >= LEAST for number in mine.body) and any(len(_bare(number)) >= LEAST for number in theirs.body)


def _bare(number: str) -> str:
    return number.replace(" ", "").lstrip("0").upper()


def _same_model(mine: object, theirs: object) -> bool:
    """Only bodies of one model number alike."""
    match mine, theirs:
        case Found(Camera(model=one)), Found(Camera(model=other)):
            return bool(one) and one == other
    return False


def _finding(exhibit: Exhibit, case: Case, summary: Text, because: Text) -> Finding:
    about = About(exhibit.number)
    return lean(case, ID, about, Leaning.NEUTRAL, summary=summary, because=because, does_not_show=say("same-camera.limit"))


CHECK = Check(ID, say("same-camera.question"), _answer)
