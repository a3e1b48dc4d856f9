"""Was a part of this picture, or a picture that it is a part of, published before the day that a claim gives for it?"""

from __future__ import annotations

from datetime import date

from provcheck.checks.earlier_use import SLACK
from provcheck.checks.missed import MISSED, SAMPLE
from provcheck.domain.archive import PartSearch, Relation, Shared
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import DateRange, Part
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.text import Text, say

ID = "earlier-part"


def _answer(exhibit: Exhibit, _evidence: Evidence, case: Case) -> Answer:
    match exhibit.parts:
        case Absent():
            return CannotSay(say("earlier-part.not-searched"))
        case Unreadable(reason):
            return CannotSay(say("earlier-part.unreadable", why=reason), failed=True)
        case Found(search):
            return _judge(exhibit, case, search)


def _judge(exhibit: Exhibit, case: Case, search: PartSearch) -> Answer:
    """Whole copies are the other check's; another moment of the same scene is no copy, and is said without leaning."""
    whole = {match.sha256 for match in exhibit.reuse.value.matches} if isinstance(exhibit.reuse, Found) else set()
    copies = [shared for shared in search.shared if shared.verdict is not Relation.SCENE and shared.sha256 not in whole]
    scenes = [shared for shared in search.shared if shared.verdict is Relation.SCENE]
    if copies:
        copy = _earliest(copies)
        dated = tuple(_against(exhibit, case, claim.id, claim.taken_on, copy) for claim in case.about(exhibit) if claim.taken_on)
        return dated or (_finding(case, About(exhibit.number), Leaning.NEUTRAL, _found(copy), copy),)
    if scenes:
        scene = scenes[0]
        return (_finding(case, About(exhibit.number), Leaning.NEUTRAL, say("earlier-part.scene", **_named(scene)), scene),)
    if whole:
        return CannotSay(say("earlier-part.only-whole", photos=search.photos), asked=False)
    return CannotSay(say("earlier-part.no-match", photos=search.photos, sample=SAMPLE, **dict(MISSED)))


def _against(exhibit: Exhibit, case: Case, claim: str, days: DateRange, copy: Shared) -> Finding:
    leaning, summary = Leaning.NEUTRAL, _found(copy)
    published = _published(copy)
    if published and days.first - published > SLACK:
        leaning = Leaning.CONTRADICTS
        summary = say(
            "earlier-part.before",
            count=(days.first - published).days,
            published=published.isoformat(),
            claimed=days.first.isoformat(),
            **_named(copy),
        )
    return _finding(case, About(exhibit.number, claim, Part.TAKEN_ON), leaning, summary, copy)


def _found(copy: Shared) -> Text:
    published = _published(copy)
    if published:
        return say("earlier-part.published", published=published.isoformat(), **_named(copy))
    return say("earlier-part.undated", **_named(copy))


def _finding(case: Case, about: About, leaning: Leaning, summary: Text, shared: Shared) -> Finding:
    because = say("earlier-part.because-mirrored", count=shared.agreeing)
    if not shared.mirrored:
        because = say("earlier-part.because", count=shared.agreeing)
    return lean(case, ID, about, leaning, summary=summary, because=because, does_not_show=say("earlier-part.limit"))


def _earliest(copies: list[Shared]) -> Shared:
    """The copy with the earliest dated use; the one with most agreeing places where none is dated."""
    dated = [(published, -copy.agreeing, copy.name, copy) for copy in copies if (published := _published(copy))]
    return min(dated, key=lambda one: one[:3])[3] if dated else copies[0]


def _published(shared: Shared) -> date | None:
    return next((use.published for use in shared.uses if use.published), None)


def _named(shared: Shared) -> dict[str, str]:
    publisher = shared.uses[0].publisher if shared.uses else ""
    return {"name": shared.name, "archive": shared.archive, "publisher": publisher or "?"}


CHECK = Check(ID, say("earlier-part.question"), _answer)
