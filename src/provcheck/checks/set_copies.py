"""Do other photos of the case show the same picture, or a part of it?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from provcheck.domain.archive import Copy, Relation
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.text import Text, say

ID = "set-copies"
LISTED = 20  # copies that are named one by one: of thousands each names thousands, and nobody reads them


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    match case.copies:
        case Absent():
            return CannotSay(say("set-copies.alone"), asked=False)
        case Unreadable(reason):
            return CannotSay(say("set-copies.unreadable", why=reason), failed=True)
        case Found(copies):
            own = tuple(islice((copy for copy in copies if exhibit.number in (copy.first, copy.second)), LISTED + 1))
    if own:
        return tuple(_findings(exhibit, own, case))
    if isinstance(evidence.fingerprints, Unreadable):
        return CannotSay(say("set-copies.unreadable", why=evidence.fingerprints.reason), failed=True)
    if exhibit.unmatched:
        return CannotSay(say("set-copies.no-parts", why=exhibit.unmatched), failed=True)
    return CannotSay(say("set-copies.none"), asked=False)


def _findings(exhibit: Exhibit, own: tuple[Copy, ...], case: Case) -> Iterator[Finding]:
    for copy in own[:LISTED]:
        other = copy.second if exhibit.number == copy.first else copy.first
        yield _finding(exhibit, case, _summary(copy, other), _because(copy))
    if len(own) > LISTED:
        yield _finding(exhibit, case, say("set-copies.more"), say("check.listed", shown=LISTED))


def _finding(exhibit: Exhibit, case: Case, summary: Text, because: Text) -> Finding:
    limit = say("set-copies.limit")
    return lean(case, ID, About(exhibit.number), Leaning.NEUTRAL, summary=summary, because=because, does_not_show=limit)


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
