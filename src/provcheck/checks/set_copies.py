"""Do other photos of the case show the same picture, or a part of it?"""

from __future__ import annotations

from provcheck.domain.archive import Copy, Relation
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.text import Text, say

ID = "set-copies"


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    match case.copies:
        case Absent():
            return CannotSay(say("set-copies.alone"), asked=False)
        case Unreadable(reason):
            return CannotSay(say("set-copies.unreadable", why=reason), failed=True)
        case Found(copies):
            own = [copy for copy in copies if exhibit.number in (copy.first, copy.second)]
    if own:
        return tuple(_finding(exhibit, copy, case) for copy in own)
    if isinstance(evidence.fingerprints, Unreadable):
        return CannotSay(say("set-copies.unreadable", why=evidence.fingerprints.reason), failed=True)
    return CannotSay(say("set-copies.none"), asked=False)


def _finding(exhibit: Exhibit, copy: Copy, case: Case) -> Finding:
    other = copy.second if exhibit.number == copy.first else copy.first
    return lean(
        case,
        ID,
        About(exhibit.number),
        Leaning.NEUTRAL,
        summary=_summary(copy, other),
        because=_because(copy),
        does_not_show=say("set-copies.limit"),
    )


def _summary(copy: Copy, other: int) -> Text:
    if copy.identical:
        return say("set-copies.identical", other=other)
    if copy.verdict is Relation.SAME:
        return say("set-copies.same-mirrored", other=other) if copy.mirrored else say("set-copies.same", other=other)
    return say("set-copies.part-mirrored", other=other) if copy.mirrored else say("set-copies.part", other=other)


def _because(copy: Copy) -> Text:
    if copy.identical:
        return say("set-copies.because-identical")
    if copy.distance is not None:
        return say("set-copies.because-whole", count=copy.distance)
    return say("set-copies.because-part", count=copy.agreeing or 0)


CHECK = Check(ID, say("set-copies.question"), _answer)
