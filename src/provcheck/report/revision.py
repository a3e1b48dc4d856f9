"""What changed between two reports of a case, in words: what went in first, then each answer that came out otherwise."""

from __future__ import annotations

from provcheck.domain.codec import encode
from provcheck.domain.finding import CannotSay
from provcheck.domain.note import Note
from provcheck.domain.plate import Quad
from provcheck.domain.report import Answered, Report
from provcheck.domain.text import Text, say
from provcheck.report.findings import WORDS
from provcheck.report.searches import archives
from provcheck.report.wording import photo_list

MOST = 30  # answers that are told one by one; the records hold all of them


def changes(before: Report, after: Report, notes: tuple[Note, ...]) -> tuple[Text, ...]:
    """`notes` are those that `after` will have."""
    told = (*_inputs(before, after), *_readings(before, after), *_notes(before, notes), *_answers(before, after))
    return told or (say("revision.none"),)


def _inputs(before: Report, after: Report) -> list[Text]:
    told = []
    known = {exhibit.photo.sha256 for exhibit in before.case.exhibits}
    added = tuple(exhibit.number for exhibit in after.case.exhibits if exhibit.photo.sha256 not in known)
    if added:
        told.append(say("revision.photos", photos=photo_list(added)))
    there = {exhibit.number for exhibit in after.case.exhibits}
    gone = tuple(exhibit.number for exhibit in before.case.exhibits if exhibit.number not in there)
    if gone:
        told.append(say("revision.withdrawn", photos=photo_list(gone)))
    arrivals = {exhibit.number: len(exhibit.again) for exhibit in before.case.exhibits}
    again = tuple(one.number for one in after.case.exhibits if len(one.again) > arrivals.get(one.number, len(one.again)))
    if again:
        told.append(say("revision.again", photos=photo_list(again)))
    if (encode(before.case.claims), before.case.rendered) != (encode(after.case.claims), after.case.rendered):
        told.append(say("revision.claims"))
    if archives(before) != archives(after):
        told.append(say("revision.archives"))
    if before.custody.provcheck != after.custody.provcheck:
        told.append(say("revision.version", before=before.custody.provcheck, after=after.custody.provcheck))
    if (before.custody.models, before.case.methods) != (after.custody.models, after.case.methods):
        told.append(say("revision.methods"))
    if before.custody.settings != after.custody.settings:
        told.append(say("revision.settings"))
    return told


def _readings(before: Report, after: Report) -> list[Text]:
    """Plates that a person read since, read otherwise, or took back."""
    old, new = _by_hand(before), _by_hand(after)
    photos = tuple(sorted({number for number, *_ in old ^ new}))
    return [say("revision.readings", photos=photo_list(photos))] if photos else []


def _by_hand(report: Report) -> set[tuple[int, Quad, str]]:
    return {
        (exhibit.number, region.quad, region.by_hand.text)
        for exhibit in report.case.exhibits
        for region in exhibit.regions
        if region.by_hand
    }


def _notes(before: Report, notes: tuple[Note, ...]) -> list[Text]:
    new = len(notes) - len(before.case.notes)
    return [say("revision.notes", count=new)] if new > 0 else []


def _answers(before: Report, after: Report) -> list[Text]:
    old = {(answered.check, answered.exhibit): answered for answered in before.answers}
    differ = [
        (old[key], answered)
        for answered in after.answers
        if (key := (answered.check, answered.exhibit)) in old and old[key].answer != answered.answer
    ]
    told = [_answer(one, other) for one, other in differ[:MOST]]
    return [*told, say("revision.more", count=len(differ) - MOST)] if len(differ) > MOST else told


def _answer(before: Answered, after: Answered) -> Text:
    return say(
        "revision.answer",
        photo=photo_list((after.exhibit,)),
        question=after.question,
        before=_leanings(before),
        after=_leanings(after),
    )


def _leanings(answered: Answered) -> tuple[Text, ...]:
    """Each leaning once, or that there was no finding."""
    if isinstance(answered.answer, CannotSay):
        return (say("revision.silent"),)
    return tuple(dict.fromkeys(WORDS[finding.leaning] for finding in answered.answer))
