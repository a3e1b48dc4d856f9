"""Which plate formats can be read in the photo, and do they fit the claim?"""

from __future__ import annotations

from dataclasses import dataclass

from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, Part
from provcheck.domain.evidence import Evidence, Pixels
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.plate import PlateRegion, PlateText, folded
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import Text, say

ID = "plate-format"
LEAST_WIDTH = 35  # pixels; of narrower plates half and more are missed (benchmarks/RESULTS.md)


@dataclass(frozen=True, slots=True)
class Read:
    """A reading that findings rest on; a person's names what the machine read there ("" where it read nothing)."""

    plate: PlateText
    by_hand: bool = False
    machine: str = ""


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
    certain = [read for region in regions if (read := _read(region)) is not None and read.plate.certain]
    if not certain:
        return CannotSay(say("plate-format.format-open"))
    mirrored = tuple(_mirrored(exhibit, case, read.plate) for read in certain if _in_the_mirror(read.plate))[:1]
    claiming = [claim for claim in case.about(exhibit) if claim.plates]
    if not claiming:
        return (*(_unclaimed(exhibit, case, read) for read in certain), *mirrored)
    return (*(_against(exhibit, case, claim, certain) for claim in claiming), *mirrored)


def _in_the_mirror(plate: PlateText) -> bool:
    return any(text.id == "plates.mirrored" for text in plate.decision)


def _mirrored(exhibit: Exhibit, case: Case, plate: PlateText) -> Finding:
    because = say("plate-format.mirrored-because", text=plate.text)
    limit = say("plate-format.mirrored-limit")
    summary = say("plate-format.mirrored")
    return lean(case, ID, About(exhibit.number), Leaning.NEUTRAL, summary=summary, because=because, does_not_show=limit)


def _read(region: PlateRegion) -> Read | None:
    """A person's reading where there is one: it is what the desk stands by, and the machine's is named beside it."""
    machine = region.reading.value if isinstance(region.reading, Found) else None
    if region.by_hand:
        return Read(region.by_hand, True, machine.text if machine else "")
    return Read(machine) if machine else None


def _against(exhibit: Exhibit, case: Case, claim: Claim, certain: list[Read]) -> Finding:
    """A claimed format or plate is supported by one that fits. Others in the photo do not contradict it: photos show passers-by."""
    fitting = [read for read in certain if _fits(folded(claim.plates), read.plate)]
    about = About(exhibit.number, claim.id, Part.PLATES)
    if fitting:
        measured = [read for read in fitting if not read.by_hand]  # only a method with a card may lean
        summary = say("plate-format.fits", plates=_list(fitting), count=len(fitting), claimed=claim.plates)
        return _finding(case, about, Leaning.SUPPORTS if measured else Leaning.NEUTRAL, summary, measured or fitting)
    if all(read.plate.format == "undetermined" for read in certain):
        summary = say("plate-format.undetermined", plates=_list(certain), count=len(certain), claimed=claim.plates)
        return _finding(case, about, Leaning.NEUTRAL, summary, certain)
    summary = say("plate-format.others", plates=_list(certain), count=len(certain), claimed=claim.plates)
    return _finding(case, about, Leaning.NEUTRAL, summary, certain)


def _fits(claimed: str, plate: PlateText) -> bool:
    """A format's two letters, or a plate's text; its region and the RUS below it are often left out, and O is written as 0."""
    texts = {plate.text, plate.text.removesuffix(plate.region)} - {""}
    same = {text.replace("O", "0") for text in texts} & {claimed.replace("O", "0"), claimed.replace("O", "0").removesuffix("RUS")}
    return claimed == plate.format or bool(same)


def _unclaimed(exhibit: Exhibit, case: Case, read: Read) -> Finding:
    return _finding(case, About(exhibit.number), Leaning.NEUTRAL, say("plate-format.read", plate=_plate(read)), [read])


def _finding(case: Case, about: About, leaning: Leaning, summary: Text, reads: list[Read]) -> Finding:
    return lean(case, ID, about, leaning, summary=summary, because=_because(reads), does_not_show=say("plate-format.limit"))


def _because(reads: list[Read]) -> Text:
    machine = [read.plate for read in reads if not read.by_hand]
    if not machine:
        same = sum(read.machine == read.plate.text for read in reads)
        return say("plate-format.because-person", same=str(same), all=str(len(reads)))
    lowest = min([character.p for plate in machine for character in plate.characters] or [machine[0].score])
    return say("plate-format.because", lowest=str(lowest))


def _list(reads: list[Read]) -> tuple[Text, ...]:
    return tuple(_plate(read) for read in sorted(reads, key=lambda read: read.plate.text))


def _plate(read: Read) -> Text:
    plate = read.plate
    if plate.format == "RU":
        said = say("plate-format.russian", text=plate.text, kind=plate.kind)
    elif plate.format == "undetermined":
        said = say("plate-format.open", text=plate.text)
    else:
        said = say("plate-format.foreign", text=plate.text, format=plate.format, kind=plate.kind)
    if any(text.id == "plates.zero-serial" for text in plate.meaning):
        said = say("plate-format.unissued", plate=said)
    return say("plate-format.by-person", plate=said) if read.by_hand else said


CHECK = Check(ID, say("plate-format.question"), _answer)
