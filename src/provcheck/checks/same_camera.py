"""Do other photos of the case come from the same camera body, or, where a claim names one camera, from different ones?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge

from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, Part
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.metadata import Camera, Serials
from provcheck.domain.naming import NOBODY
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import Text, say

ID = "same-camera"
LEAST = 4  # characters of a serial number or name; shorter ones are placeholders
LISTED = 20  # photos that are named one by one: of thousands each would name thousands, and nobody reads them
IMAGE_ID = 16  # characters of an ImageUniqueID; the standard wants 32, some telephones repeat a short firmware code in each
SHELL, SHELLS = "shell", ("exif.body_serial", "xmp.aux_serial")


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    if not any(other.number != exhibit.number and other.evidence for other in case.exhibits):
        return CannotSay(say("same-camera.alone"), asked=False)
    if isinstance(evidence.serials, Unreadable):
        return CannotSay(say("same-camera.unreadable", why=evidence.serials.reason), failed=True)
    findings = tuple(_findings(exhibit, evidence, case))
    return findings or CannotSay(say("same-camera.absent"), asked=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Photos:
    """A case's photos, told from others' by identity: to compare thousands by value for each of them would take their square."""

    exhibits: tuple[Exhibit, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Photos) and other.exhibits is self.exhibits

    def __hash__(self) -> int:
        return id(self.exhibits)


@lru_cache(maxsize=1)  # a case is judged photo by photo, and the index is the same for all of them
def _holders(photos: _Photos) -> dict[tuple[str, ...], list[int]]:
    """Where in the case each number, name and model stands, in the case's order."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, exhibit in enumerate(photos.exhibits):
        for key in _keys(exhibit.evidence) if exhibit.evidence else ():
            found[key].append(at)
    return found


def _keys(evidence: Evidence) -> set[tuple[str, ...]]:
    """All that two photos must have one of in common for `_compared` to find anything."""
    if not isinstance(evidence.serials, Found):
        return set()
    serials = evidence.serials.value
    model = evidence.camera.value.model if isinstance(evidence.camera, Found) else ""
    return {
        *(("body", _bare(number)) for number in serials.body if len(_bare(number)) >= LEAST),
        *(("lens", _bare(number)) for number in serials.lens if len(_bare(number)) >= LEAST),
        *(("owner", owner) for owner in filter(None, (_owner(serials),))),
        *(("image", image) for image in filter(None, (_image(serials),))),
        *(("model", model, kind) for kind in _kinds(evidence) if model),
    }


def _akin(exhibit: Exhibit, evidence: Evidence, case: Case) -> Iterator[Exhibit]:
    """The other photos that something could be found with, in the case's order."""
    holders, last = _holders(_Photos(case.exhibits)), -1
    for at in merge(*(holders.get(key, ()) for key in _keys(evidence))):
        if at != last and case.exhibits[at].number != exhibit.number:
            yield case.exhibits[at]
        last = at


def _findings(exhibit: Exhibit, evidence: Evidence, case: Case) -> Iterator[Finding]:
    listed = 0
    for other in _akin(exhibit, evidence, case):
        found = tuple(_compared(exhibit, evidence, other, case))
        if found and listed == LISTED:
            yield _finding(exhibit, case, None, say("same-camera.more"), say("check.listed", shown=LISTED))
            return
        listed += bool(found)
        yield from found


def _compared(exhibit: Exhibit, evidence: Evidence, other: Exhibit, case: Case) -> Iterator[Finding]:
    """What two photos' files state alike, or one model's two bodies."""
    if isinstance(evidence.serials, Found) and other.evidence and isinstance(other.evidence.serials, Found):
        mine, theirs = evidence.serials.value, other.evidence.serials.value
        shared = tuple(_shared(other, mine, theirs))
        for summary, because in shared:
            yield _finding(exhibit, case, None, summary, because)
        same_body = any(summary.id == "same-camera.same" for summary, _ in shared)
        if not same_body and _differ(evidence, other.evidence) and _same_model(evidence.camera, other.evidence.camera):
            yield from _different(exhibit, other, case)


def _shared(other: Exhibit, mine: Serials, theirs: Serials) -> Iterator[tuple[Text, Text]]:
    """What both files state alike, with the sentence and its reason."""
    if number := _common(mine.body, theirs.body):
        yield say("same-camera.same", other=other.number, number=number), say("same-camera.same-because")
    if number := _common(mine.lens, theirs.lens):
        yield say("same-camera.lens", other=other.number, number=number), say("same-camera.lens-because")
    if _owner(mine) and _owner(mine) == _owner(theirs):
        yield say("same-camera.owner", other=other.number, owner=mine.owner.strip()), say("same-camera.owner-because")
    if _image(mine) and _image(mine) == _image(theirs):
        yield say("same-camera.image", other=other.number, number=mine.image_id), say("same-camera.image-because")


def _owner(serials: Serials) -> str:
    """The owner's name in small letters; "" where it names nobody."""
    owner = serials.owner.strip().lower()
    return owner if len(owner) >= LEAST and owner not in NOBODY else ""


def _image(serials: Serials) -> str:
    """The number that the file states for this one picture; "" where it is a placeholder or too short for one."""
    return serials.image_id if len(serials.image_id) >= IMAGE_ID and serials.image_id.strip("0") else ""


def _different(exhibit: Exhibit, other: Exhibit, case: Case) -> Iterator[Finding]:
    """Two bodies of one model; where a claim about both photos names one camera, the finding is about that claim."""
    because = say("same-camera.different-because")
    naming = [claim for claim in case.about(exhibit) if claim.camera and claim.concerns(other.photo.name)]
    for claim in naming:
        summary = say("same-camera.different-claimed", other=other.number, claimed=claim.camera)
        yield _finding(exhibit, case, claim, summary, because)
    if not naming:
        yield _finding(exhibit, case, None, say("same-camera.different", other=other.number), because)


def _common(mine: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    """A number that both state, written alike but for leading zeros and blanks."""
    held = {_bare(number) for number in theirs}
    return next((number for number in mine if len(_bare(number)) >= LEAST and _bare(number) in held), "")


def _differ(mine: Evidence, theirs: Evidence) -> bool:
    """Whether both state a number of one kind, and no number of that kind is common.

    A body has several: the one on its shell, and others that only its maker note knows. An editor may keep one and drop another.
    """
    one, other = _kinds(mine), _kinds(theirs)
    return any(one[kind].isdisjoint(other[kind]) for kind in one.keys() & other.keys())


def _kinds(evidence: Evidence) -> dict[str, set[str]]:
    """Body numbers by what they number: EXIF and XMP hold the shell's, each tag of a maker note its own."""
    kinds: dict[str, set[str]] = {}
    for field in evidence.fields.value if isinstance(evidence.fields, Found) else ():
        kind = SHELL if field.key in SHELLS else f"{field.source} {field.name}"
        if (field.key in SHELLS or field.key == "mn.serial") and len(_bare(field.value)) >= LEAST:
            kinds.setdefault(kind, set()).add(_bare(field.value))
    return kinds


def _bare(number: str) -> str:
    return number.replace(" ", "").lstrip("0").upper()


def _same_model(mine: object, theirs: object) -> bool:
    """Only bodies of one model number alike."""
    match mine, theirs:
        case Found(Camera(model=one)), Found(Camera(model=other)):
            return bool(one) and one == other
    return False


def _finding(exhibit: Exhibit, case: Case, claim: Claim | None, summary: Text, because: Text) -> Finding:
    about = About(exhibit.number, claim.id, Part.CAMERA) if claim else About(exhibit.number)
    return lean(case, ID, about, Leaning.NEUTRAL, summary=summary, because=because, does_not_show=say("same-camera.limit"))


CHECK = Check(ID, say("same-camera.question"), _answer)
