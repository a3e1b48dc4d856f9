"""Every dated fact of a report in the order of time, each with its zone, its source and how precise it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from provcheck.domain.archive import Relation, Use
from provcheck.domain.case import Exhibit, Received
from provcheck.domain.claim import Claim
from provcheck.domain.clock import Clock, ZoneSource
from provcheck.domain.evidence import Evidence
from provcheck.domain.note import Note
from provcheck.domain.reading import Found, Reading
from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.report.wording import photo_list

ZONES = {
    ZoneSource.STATED: say("timeline.zone.stated"),
    ZoneSource.GPS: say("timeline.zone.utc"),
    ZoneSource.NONE: say("timeline.zone.none"),
}


@dataclass(frozen=True, slots=True)
class Dated:
    """`at` orders it: UTC where a zone is known, else as it stands. `photos` are those that state the same."""

    at: datetime
    when: Text
    what: Text
    zone: Text
    source: Text
    precision: Text
    photos: tuple[int, ...] = ()

    @property
    def whose(self) -> Text | None:
        return photo_list(self.photos) if self.photos else None


def timeline(report: Report) -> tuple[Dated, ...]:
    """Earliest first; the same fact of several photos stands once."""
    facts = [*(fact for claim in report.case.claims for fact in _claimed(claim)), *_seen(report)]
    facts += [fact for note in report.case.notes for fact in _noted(note)]
    same: dict[tuple[datetime, Text, Text, Text, Text, Text], list[int]] = {}
    for fact in facts:
        key = (fact.at, fact.when, fact.what, fact.zone, fact.source, fact.precision)
        same.setdefault(key, []).extend(fact.photos)
    return tuple(sorted((Dated(*key, tuple(dict.fromkeys(photos))) for key, photos in same.items()), key=lambda one: one.at))


def _claimed(claim: Claim) -> Iterator[Dated]:
    source = say("timeline.claim", id=claim.id)
    if claim.published:
        yield _day(claim.published, say("timeline.published"), source)
    if claim.taken_on:
        first, last = claim.taken_on.first, claim.taken_on.last
        if first == last:
            yield _day(first, say("timeline.taken"), source)
        else:
            when = say("part.days", first=first.isoformat(), last=last.isoformat())
            yield Dated(
                _start(first),
                when,
                say("timeline.taken"),
                say("timeline.zone.place"),
                source,
                say("timeline.days", count=(last - first).days + 1),
            )
    if claim.taken_at:
        yield _moment(claim.taken_at, say("timeline.taken"), source)
    if claim.received_at:
        yield _moment(claim.received_at, say("timeline.received"), source)


def _noted(note: Note) -> Iterator[Dated]:
    source = say("timeline.note", name=note.by) if note.by else say("timeline.note-a-person")
    yield _day(note.on, say("timeline.noted", text=note.text), source, *(() if note.exhibit is None else (note.exhibit,)))


def _seen(report: Report) -> Iterator[Dated]:
    for exhibit in report.case.exhibits:
        if exhibit.evidence:
            yield from _clocks(exhibit.evidence, exhibit.number)
        if exhibit.received:
            yield from _arrived(exhibit.received, say("timeline.received"), exhibit.number)
        for came in exhibit.again:
            yield from _arrived(came, say("timeline.again"), exhibit.number)
        yield from _uses(exhibit)


def _arrived(came: Received, what: Text, number: int) -> Iterator[Dated]:
    if came.at:
        yield _moment(came.at, what, say("report.photo.received.from", sender=came.sender), number)


def _clocks(evidence: Evidence, number: int) -> Iterator[Dated]:
    read: tuple[tuple[Text, Reading[Clock]], ...] = (
        (say("timeline.captured"), evidence.captured),
        (say("timeline.digitized"), evidence.digitized),
        (say("timeline.modified"), evidence.modified),
        (say("timeline.satellite"), evidence.satellite),
    )
    for what, reading in read:
        if isinstance(reading, Found):
            yield _clock(what, reading.value, number)
    if isinstance(evidence.credentials, Found) and (signed := _iso(evidence.credentials.value.signed_at)):
        yield _moment(signed, say("timeline.signed"), say("report.seal"), number)


def _clock(what: Text, clock: Clock, number: int) -> Dated:
    moment = clock.aware()
    at = _utc(moment) if moment else clock.naive.replace(tzinfo=UTC)
    precision = say("timeline.second") if moment else say("timeline.second-unzoned")
    return Dated(
        at, _when(moment or clock.naive), what, ZONES[clock.zone_source], say("timeline.tag", tag=clock.tag), precision, (number,)
    )


def _uses(exhibit: Exhibit) -> Iterator[Dated]:
    """Each publication of an archived picture that is this one, or shares a part with it; a similar scene is another picture."""
    whole = exhibit.reuse.value.matches if isinstance(exhibit.reuse, Found) else ()
    parts = exhibit.parts.value.shared if isinstance(exhibit.parts, Found) else ()
    found: list[tuple[str, Use]] = [(one.archive, use) for one in whole for use in one.uses]
    found += [(one.archive, use) for one in parts if one.verdict is not Relation.SCENE for use in one.uses]
    for archive, use in found:
        if use.published:
            yield _day(
                use.published,
                say("timeline.archived", publisher=use.publisher),
                say("timeline.archive", name=archive),
                exhibit.number,
            )


def _day(day: date, what: Text, source: Text, *photos: int) -> Dated:
    return Dated(
        _start(day), say("part.day", day=day.isoformat()), what, say("timeline.zone.place"), source, say("timeline.day"), photos
    )


def _moment(moment: datetime, what: Text, source: Text, *photos: int) -> Dated:
    zone = say("timeline.zone.stated") if moment.tzinfo else say("timeline.zone.none")
    precision = say("timeline.second") if moment.tzinfo else say("timeline.second-unzoned")
    return Dated(_utc(moment), _when(moment), what, zone, source, precision, photos)


def _when(moment: datetime) -> Text:
    """As it is stated; where its zone is another one, in UTC too, so that two zones are seen to be one moment."""
    if not moment.utcoffset():
        return say("part.moment", moment=moment.isoformat())
    return say("timeline.both", local=moment.isoformat(), utc=_utc(moment).isoformat())


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:  # the first or last day that a calendar has
        return moment.replace(tzinfo=UTC)


def _iso(untrusted: str) -> datetime | None:
    try:
        return datetime.fromisoformat(untrusted)
    except ValueError:
        return None
