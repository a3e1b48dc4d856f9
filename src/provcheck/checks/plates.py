"""Which plate formats can be read in the photo, and do they fit the claim?"""

from __future__ import annotations

from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, Part
from provcheck.domain.evidence import Evidence, Pixels
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.plate import PlateRegion, PlateText
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import Text, say

ID = "plate-format"
LEAST_WIDTH = 35  # pixels; of narrower plates half and more are missed (benchmarks/RESULTS.md)


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    match evidence.plates:
        case Absent():
            return CannotSay(_none(evidence.pixels))
        case Unreadable(reason):
            return CannotSay(say("plate-format.unreadable", why=reason), failed=True)
        case Found(regions):
            return _judge(exhibit, case, regions)


def _none(pixels: Reading[Pixels]) -> Text:
    """That nothing was found; and in a photo that was searched reduced, how wide a plate would have to be."""
    if not isinstance(pixels, Found) or not pixels.value.searched_width:
        return say("plate-format.none")
    width, searched = pixels.value.width, pixels.value.searched_width
    return say("plate-format.none-reduced", share=100 * searched // width, least=-(-LEAST_WIDTH * width // searched))


def _judge(exhibit: Exhibit, case: Case, regions: tuple[PlateRegion, ...]) -> Answer:
    certain = [plate for plate in _texts(regions) if plate.certain]
    if not certain:
        return CannotSay(say("plate-format.format-open"))
    claiming = [claim for claim in case.about(exhibit) if claim.plates]
    if not claiming:
        return tuple(_unclaimed(exhibit, case, plate) for plate in certain)
    return tuple(_against(exhibit, case, claim, certain) for claim in claiming)


def _texts(regions: tuple[PlateRegion, ...]) -> tuple[PlateText, ...]:
    return tuple(region.reading.value for region in regions if isinstance(region.reading, Found))


def _against(exhibit: Exhibit, case: Case, claim: Claim, certain: list[PlateText]) -> Finding:
    """A claimed format or plate is supported by one that fits. Others in the photo do not contradict it: photos show passers-by."""
    fitting = [plate for plate in certain if claim.plates.upper().replace(" ", "") in (plate.format, plate.text)]
    about = About(exhibit.number, claim.id, Part.PLATES)
    if fitting:
        summary = say("plate-format.fits", plates=_list(fitting), count=len(fitting), claimed=claim.plates)
        return _finding(case, about, Leaning.SUPPORTS, summary, fitting)
    summary = say("plate-format.others", plates=_list(certain), count=len(certain), claimed=claim.plates)
    return _finding(case, about, Leaning.NEUTRAL, summary, certain)


def _unclaimed(exhibit: Exhibit, case: Case, plate: PlateText) -> Finding:
    return _finding(case, About(exhibit.number), Leaning.NEUTRAL, say("plate-format.read", plate=_plate(plate)), [plate])


def _finding(case: Case, about: About, leaning: Leaning, summary: Text, plates: list[PlateText]) -> Finding:
    lowest = min([character.p for plate in plates for character in plate.characters] or [plates[0].score])
    because = say("plate-format.because", lowest=str(lowest))
    return lean(case, ID, about, leaning, summary=summary, because=because, does_not_show=say("plate-format.limit"))


def _list(plates: list[PlateText]) -> tuple[Text, ...]:
    return tuple(_plate(plate) for plate in sorted(plates, key=lambda plate: plate.text))


def _plate(plate: PlateText) -> Text:
    if plate.format == "RU":
        return say("plate-format.russian", text=plate.text, kind=plate.kind)
    return say("plate-format.foreign", text=plate.text, format=plate.format, kind=plate.kind)


CHECK = Check(ID, say("plate-format.question"), _answer)
