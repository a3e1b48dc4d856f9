"""Was this picture published before the day that a claim gives for it?"""

from __future__ import annotations

from datetime import timedelta

from provcheck.domain.archive import Match, Search
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import DateRange, Part
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.fingerprint import Turn
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.text import Text, say

ID = "earlier-use"
SLACK = timedelta(days=1)  # a publisher's day and the photographer's can differ by the zones between them

TURNS = {  # how the submitted picture stands against the archived one
    Turn.NONE: say("earlier-use.turn.none"),
    Turn.ROTATE_90: say("earlier-use.turn.rotate-90"),
    Turn.ROTATE_180: say("earlier-use.turn.rotate-180"),
    Turn.ROTATE_270: say("earlier-use.turn.rotate-270"),
    Turn.MIRROR: say("earlier-use.turn.mirror"),
    Turn.MIRROR_90: say("earlier-use.turn.mirror-rotate-90"),
    Turn.MIRROR_180: say("earlier-use.turn.mirror-rotate-180"),
    Turn.MIRROR_270: say("earlier-use.turn.mirror-rotate-270"),
}


def _answer(exhibit: Exhibit, _evidence: Evidence, case: Case) -> Answer:
    match exhibit.reuse:
        case Absent():
            return CannotSay(say("earlier-use.no-archive"))
        case Unreadable(reason):
            return CannotSay(say("earlier-use.unreadable", why=reason), failed=True)
        case Found(search):
            return _judge(exhibit, case, search)


def _judge(exhibit: Exhibit, case: Case, search: Search) -> Answer:
    if not search.matches:
        return CannotSay(_no_match(search))
    dated = tuple(_against(exhibit, case, claim.id, claim.taken_on, search) for claim in case.about(exhibit) if claim.taken_on)
    return dated or (_unclaimed(exhibit, case, search),)


def _against(exhibit: Exhibit, case: Case, claim: str, days: DateRange, search: Search) -> Finding:
    """The earliest dated use decides; a later one says nothing about when the photo was taken."""
    match = _earliest(search)
    leaning, summary = Leaning.NEUTRAL, say("earlier-use.undated", **_named(match))
    if match.earliest:
        args = {**_named(match), "published": match.earliest.isoformat(), "claimed": days.first.isoformat()}
        summary = say("earlier-use.not-before", **args)
        if days.first - match.earliest > SLACK:
            count = (days.first - match.earliest).days
            leaning, summary = Leaning.CONTRADICTS, say("earlier-use.days-before", count=count, **args)
    return _finding(case, About(exhibit.number, claim, Part.TAKEN_ON), leaning, summary, match)


def _unclaimed(exhibit: Exhibit, case: Case, search: Search) -> Finding:
    """A match is worth reading even where no claim gives a day to hold it against."""
    match = _earliest(search)
    summary = say("earlier-use.undated", **_named(match))
    if match.earliest:
        summary = say("earlier-use.published", published=match.earliest.isoformat(), **_named(match))
    return _finding(case, About(exhibit.number), Leaning.NEUTRAL, summary, match)


def _finding(case: Case, about: About, leaning: Leaning, summary: Text, match: Match) -> Finding:
    because = say("earlier-use.because", distance=match.distance, turn=TURNS[match.turn])
    if match.turn is not Turn.NONE:  # in the sentence itself: a mirrored copy is what a reader must not miss
        summary = say("earlier-use.turned", said=summary, turn=TURNS[match.turn])
    return lean(case, ID, about, leaning, summary=summary, because=because, does_not_show=say("earlier-use.limit"))


def _earliest(search: Search) -> Match:
    """The match with the earliest dated use; the nearest one where none is dated."""
    dated = [match for match in search.matches if match.earliest]
    return min(dated, key=lambda match: (match.earliest, match.distance, match.name)) if dated else search.matches[0]


def _named(match: Match) -> dict[str, str]:
    publisher = match.uses[0].publisher if match.uses else ""
    return {"name": match.name, "archive": match.archive, "publisher": publisher or "?"}


def _no_match(search: Search) -> Text:
    """What was searched: archives, photos, the date of the newest entry."""
    names = ", ".join(archive.name for archive in search.archives)
    photos = sum(archive.photos for archive in search.archives)
    latest = max((archive.latest for archive in search.archives if archive.latest), default=None)
    newest = say("earlier-use.newest", day=latest.isoformat()) if latest else say("earlier-use.newest-undated")
    return say("earlier-use.no-match", archives=names, photos=photos, newest=newest, radius=search.radius)


CHECK = Check(ID, say("earlier-use.question"), _answer)
