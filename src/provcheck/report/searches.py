"""What was searched for earlier use, and what was found: the words that every view without pictures shares."""

from __future__ import annotations

from provcheck.domain.archive import Match, Searched, Shared, Use
from provcheck.domain.case import Exhibit
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.report.exhibits import KINSHIPS, TURNS, other_than
from provcheck.report.wording import joined


def archives(report: Report) -> tuple[Searched, ...]:
    """Every archive that was searched for any photo, once."""
    whole = [one for exhibit in report.case.exhibits if isinstance(exhibit.reuse, Found) for one in exhibit.reuse.value.archives]
    parts = [one for exhibit in report.case.exhibits if isinstance(exhibit.parts, Found) for one in exhibit.parts.value.archives]
    return tuple(dict.fromkeys(whole + parts))


def outcome(exhibit: Exhibit) -> tuple[Text, ...]:
    """Whether the picture, or a part of it, was looked for and found; the matches stand in `matches`."""
    return (_whole(exhibit), _parts(exhibit))


def matches(exhibit: Exhibit) -> tuple[tuple[Text, tuple[Use, ...]], ...]:
    """Every match in words, with where it was used."""
    whole = exhibit.reuse.value.matches if isinstance(exhibit.reuse, Found) else ()
    shared = other_than(exhibit.parts.value.shared, exhibit.reuse) if isinstance(exhibit.parts, Found) else ()
    return tuple((_match(number, one), one.uses) for number, one in enumerate(whole, 1)) + tuple(
        (_shared(number, one), one.uses) for number, one in enumerate(shared, len(whole) + 1)
    )


def use(one: Use) -> Text:
    """A publication without its address."""
    known = [say("report.reuse.published", day=one.published.isoformat()) if one.published else say("report.reuse.undated")]
    if one.publisher:
        known.append(say("report.reuse.publisher", publisher=one.publisher))
    if one.credit:
        known.append(say("report.reuse.credit", credit=one.credit))
    if one.licence:
        known.append(say("report.reuse.licence", licence=one.licence))
    return joined(tuple(known))


def _whole(exhibit: Exhibit) -> Text:
    match exhibit.reuse:
        case Absent():
            return say("report.reuse.none")
        case Unreadable(reason):
            return say("report.reuse.unreadable", reason=reason)
        case Found(search):
            radius = say("report.reuse.radius", radius=search.radius)
            found = say("report.reuse.found", count=len(search.matches)) if search.matches else say("report.reuse.no-match")
            return say("list.space", head=found, next=radius)


def _parts(exhibit: Exhibit) -> Text:
    match exhibit.parts:
        case Absent():
            return say("report.reuse.parts-not-searched")
        case Unreadable(reason):
            return say("report.reuse.parts-unreadable", reason=reason)
        case Found(search):
            count = say("report.reuse.parts", count=search.photos)
            shared = len(search.shared)
            found = say("report.reuse.parts-found", count=shared) if shared else say("report.reuse.no-parts")
            return say("list.space", head=found, next=count)


def _match(number: int, match: Match) -> Text:
    head = say("report.reuse.that", number=number, name=match.name, archive=match.archive)
    return joined((head, TURNS[match.turn], say("report.reuse.distance", count=match.distance)))


def _shared(number: int, shared: Shared) -> Text:
    head = say("report.reuse.that", number=number, name=shared.name, archive=shared.archive)
    mirrored = (say("report.turn.mirror"),) if shared.mirrored else ()
    return joined((head, KINSHIPS[shared.verdict], *mirrored, say("report.reuse.agreeing", count=shared.agreeing)))
