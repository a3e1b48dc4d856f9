"""What was searched for earlier use, and what was found: the words that every view without pictures shares."""

from __future__ import annotations

from provcheck.domain.archive import Relation, Searched, Use
from provcheck.domain.case import Exhibit
from provcheck.domain.reading import Absent, Found, Unreadable
from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.report.hits import Hit, changed, hits
from provcheck.report.wording import joined, spaced


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
    return tuple((_told(hit), hit.uses) for hit in hits(exhibit))


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
            scenes = sum(one.verdict is Relation.SCENE for one in search.shared)
            shared = len(search.shared) - scenes
            found = say("report.reuse.parts-found", count=shared) if shared else say("report.reuse.no-parts")
            seen = (say("report.reuse.scenes-found", count=scenes),) if scenes else ()
            return spaced((found, *seen, count))


def _told(hit: Hit) -> Text:
    said = joined((hit.label, hit.how))
    return say("report.reuse.with-changes", match=said, changed=changed(hit.overlay)) if hit.overlay else said
