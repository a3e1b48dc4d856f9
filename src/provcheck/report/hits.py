"""What the archives hold of one photo, as it is shown: copies first, then other moments of its scene, numbered apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from provcheck.domain.archive import Match, Overlay, Relation, Shared, Source, Use
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim
from provcheck.domain.fingerprint import Turn
from provcheck.domain.photo import Picture
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import Text, say
from provcheck.report.wording import joined, spaced

KINSHIPS = {
    Relation.SAME: say("report.kinship.same"),
    Relation.PART: say("report.kinship.part"),
    Relation.SCENE: say("report.kinship.scene"),
}
SOURCES = {
    Source.VIEW: (),
    Source.FILE: (say("report.laid.file"),),
    Source.NO_FILE: (say("report.laid.no-file"),),
}
TURNS = {
    Turn.NONE: say("report.turn.none"),
    Turn.ROTATE_90: say("report.turn.rotate-90"),
    Turn.ROTATE_180: say("report.turn.rotate-180"),
    Turn.ROTATE_270: say("report.turn.rotate-270"),
    Turn.MIRROR: say("report.turn.mirror"),
    Turn.MIRROR_90: say("report.turn.mirror-90"),
    Turn.MIRROR_180: say("report.turn.mirror-180"),
    Turn.MIRROR_270: say("report.turn.mirror-270"),
}

WHOLE = 100  # per cent, which a reader would take for certainty: the words say "the whole photo"


@dataclass(frozen=True, slots=True)
class Hit:
    """One archived picture; a scene is no match, and is not numbered among them. `how` says in what way it is like the photo."""

    number: int
    scene: bool
    name: str
    how: Text
    label: Text
    uses: tuple[Use, ...]
    view: Reading[Picture]
    overlay: Overlay | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A row of the timeline: one use of a copy, or the time that a claim gives (`use` is None then)."""

    day: date | None
    what: Text
    use: Use | None = None
    earliest: bool = False


def hits(exhibit: Exhibit) -> tuple[Hit, ...]:
    """Whole copies, parts, then scenes."""
    whole = exhibit.reuse.value.matches if isinstance(exhibit.reuse, Found) else ()
    known = {(one.archive, one.sha256) for one in whole}
    parts = exhibit.parts.value.shared if isinstance(exhibit.parts, Found) else ()
    rest = [one for one in parts if (one.archive, one.sha256) not in known]
    copies: list[Match | Shared] = [*whole, *(one for one in rest if one.verdict is not Relation.SCENE)]
    scenes = [one for one in rest if one.verdict is Relation.SCENE]
    return (
        *(_hit(exhibit, number, one, scene=False) for number, one in enumerate(copies, 1)),
        *(_hit(exhibit, number, one, scene=True) for number, one in enumerate(scenes, 1)),
    )


def timeline(exhibit: Exhibit, case: Case) -> tuple[Moment, ...]:
    """Every use of a copy and every time that a claim gives, earliest first, undated last; nothing where no use has a date."""
    used = [(use, hit) for hit in hits(exhibit) if not hit.scene for use in hit.uses]
    first = min((use.published for use, _ in used if use.published), default=None)
    if first is None:
        return ()
    moments = [Moment(use.published, hit.label, use, use.published == first) for use, hit in used]
    claimed = [(claim, claim.taken_on.first) for claim in case.about(exhibit) if claim.taken_on]
    moments += [Moment(day, _claimed(claim, (day - first).days)) for claim, day in claimed]
    return tuple(sorted(moments, key=lambda one: (one.day is None, one.day or date.max, one.use is None)))


def changed(overlay: Overlay) -> Text:
    """What laying the archived picture over the photo showed."""
    match overlay.laid:
        case Absent():
            return spaced((say("report.laid.absent"), *SOURCES[overlay.source]))
        case Unreadable(reason):
            return say("report.laid.unreadable", reason=reason)
        case Found(laid):
            percent = laid.comparison.compared
            covered = say("report.laid.covered", percent=percent) if percent < WHOLE else say("report.laid.whole")
            count = len(laid.comparison.changes)
            told = say("report.laid.changed", count=count) if count else say("report.laid.none")
            return spaced((told, covered, *SOURCES[overlay.source]))


def _claimed(claim: Claim, days: int) -> Text:
    """The claimed time, and how many days it begins after the earliest use."""
    if days > 0:
        return say("report.since.claimed-after", claim=claim.id, count=days)
    return say("report.since.claimed-before", claim=claim.id)


def _hit(exhibit: Exhibit, number: int, one: Match | Shared, *, scene: bool) -> Hit:
    label = say("report.reuse.that", number=number, name=one.name, archive=one.archive)
    if scene:
        label = say("report.reuse.scene", number=number, name=one.name, archive=one.archive)
    overlay = next((lay for lay in exhibit.overlays if (lay.archive, lay.sha256) == (one.archive, one.sha256)), None)
    return Hit(number, scene, one.name, _how(one), label, one.uses, _shown(one, overlay), overlay)


def _shown(one: Match | Shared, overlay: Overlay | None) -> Reading[Picture]:
    """The archive's view; where it keeps none and the file was at hand, that as it lies in the photo."""
    if isinstance(one.view, Found) or overlay is None or not isinstance(overlay.laid, Found):
        return one.view
    return Found(overlay.laid.value.archived)


def _how(one: Match | Shared) -> Text:
    if isinstance(one, Match):
        return joined((TURNS[one.turn], say("report.reuse.distance", count=one.distance)))
    mirrored = (say("report.turn.mirror"),) if one.mirrored else ()
    return joined((KINSHIPS[one.verdict], *mirrored, say("report.reuse.agreeing", count=one.agreeing)))
