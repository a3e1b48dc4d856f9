"""Small phrases that several views share: lists of photos, of claims, of phrases."""

from __future__ import annotations

from functools import reduce

from provcheck.domain.case import Exhibit, Received
from provcheck.domain.claim import Claim, Part
from provcheck.domain.finding import Leaning
from provcheck.domain.report import Edition, Report
from provcheck.domain.text import Text, say

ON = {
    Part.TAKEN_ON: say("leaning.on.taken_on"),
    Part.PLACE: say("leaning.on.place"),
    Part.PLATES: say("leaning.on.plates"),
    Part.CREDIT: say("leaning.on.credit"),
    Part.CAMERA: say("leaning.on.camera"),
}


def edition(report: Report) -> tuple[Text, Text]:
    """The edition's name, and what holds for it."""
    if report.edition is Edition.PUBLIC:
        return say("report.edition.public"), say("report.edition.public.words")
    return say("report.edition"), say("report.edition.warning")


def received(came: Received) -> Text:
    """From whom, through which channel and when a photo came."""
    known = [say("report.photo.received.from", sender=came.sender)]
    if came.channel:
        known.append(say("report.photo.received.channel", channel=came.channel))
    if came.at:
        known.append(say("report.photo.received.at", time=came.at.isoformat()))
    return joined(tuple(known))


def named(exhibit: Exhibit) -> Text:
    """Its file's name, so that no word of it is taken for a finding of ours."""
    return say("report.photo.named", name=exhibit.photo.name)


def photo_list(numbers: tuple[int, ...]) -> Text:
    """Photo 1; photos 1 and 3; photos 1–4 and 6."""
    if len(numbers) == 1:
        return say("report.photo", number=numbers[0])
    return say("report.photos-listed", numbers=tuple(text for run in _runs(numbers) for text in _run(run)))


def _runs(numbers: tuple[int, ...]) -> list[list[int]]:
    """Numbers that follow each other, together."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _run(run: list[int]) -> tuple[Text, ...]:
    if len(run) > 2:
        return (say("report.number-range", first=run[0], last=run[-1]),)
    return tuple(say("report.number", number=number) for number in run)


def claims_after(leaning: Leaning, ids: tuple[str, ...], part: Part | None) -> Text:
    """Claim A on plates; claims A and B on place: a leaning is about that part, never about the whole claim."""
    whole = _claims_after(leaning, ids)
    return say("leaning.on", claims=whole, part=ON[part]) if part else whole


def _claims_after(leaning: Leaning, ids: tuple[str, ...]) -> Text:
    """Claim A; claims A and B: in the case that the word for the leaning asks for, where a language has cases."""
    names, count = letters(ids), len(ids)
    match leaning:
        case Leaning.SUPPORTS:
            return say("leaning.supports.claims", names=names, count=count)
        case Leaning.CONTRADICTS:
            return say("leaning.contradicts.claims", names=names, count=count)
        case Leaning.NEUTRAL:
            return say("leaning.neutral.claims", names=names, count=count)


def held(ids: tuple[str, ...], summary: Text) -> Text:
    """What is seen only where the photo is held against some of the claims; none given: against all of them."""
    return say("report.held", names=letters(ids), count=len(ids), summary=summary) if ids else summary


def letters(ids: tuple[str, ...]) -> tuple[Text, ...]:
    return tuple(say("report.claim.letter", id=id_) for id_ in ids)


def claims_key(claims: tuple[Claim, ...]) -> Text:
    """Who stands behind each letter, for the first screen."""
    return say("report.claims.key", claims=tuple(say("report.claim.key", id=claim.id, by=claim.by) for claim in claims))


def joined(items: tuple[Text, ...]) -> Text:
    """Commas all the way: for phrases that hold an "and" of their own."""
    return reduce(lambda head, item: say("list.comma", head=head, next=item), items) if items else say("list.nothing")


def spaced(items: tuple[Text, ...]) -> Text:
    """One after the other: for the pieces of one phrase."""
    return reduce(lambda head, item: say("list.space", head=head, next=item), items) if items else say("list.nothing")
