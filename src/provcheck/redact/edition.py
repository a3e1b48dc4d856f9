"""An internal report becomes a public one: a report like any other, of which every view is made, and which exposes nobody.

First what is known to expose is left out value by value; then every secret word is wiped from whatever is left, so that
a finding that quotes a serial number or a name keeps its meaning and loses the quotation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from provcheck.domain.archive import Match, PartSearch, Search, Shared, Use
from provcheck.domain.case import Case, Exhibit, Received
from provcheck.domain.claim import Claim
from provcheck.domain.finding import CannotSay
from provcheck.domain.photo import Photo, Picture
from provcheck.domain.reading import Found
from provcheck.domain.report import Answered, Custody, Edition, Report
from provcheck.redact.coarse import coarse
from provcheck.redact.evidence import left_out, open_evidence, within
from provcheck.redact.regions_kept import with_regions
from provcheck.redact.secret import secrets_of
from provcheck.redact.wipe import BAR, Secrets, strings, wiped


@dataclass(frozen=True, slots=True)
class Public:
    """The public report, and the secrets that must not be in any view of it."""

    report: Report
    secrets: Secrets


def public(
    report: Report, pictures: Mapping[int, Picture], *, commitment: str, hide: tuple[str, ...] = (), keep_region: bool = False
) -> Public:
    """`pictures` are the covered views by the exhibit's number; a photo without one shows none."""
    secrets = secrets_of(report, hide)
    aliases = _aliases(report)
    case = replace(
        report.case,
        claims=tuple(_claim(claim, report.case) for claim in report.case.claims),
        exhibits=tuple(_exhibit(exhibit, pictures.get(exhibit.number), keep_region, aliases) for exhibit in report.case.exhibits),
        notes=tuple(replace(note, by="") for note in report.case.notes if note.public),
    )
    shown = replace(
        report,
        edition=Edition.PUBLIC,
        case=case,
        answers=tuple(_answered(answered, report, keep_region) for answered in report.answers),
        custody=Custody(report.custody.provcheck, report.custody.settings, "", report.custody.models, "", commitment),
        revision=replace(report.revision, parent="", changes=()) if report.revision else None,
    )
    kept = {text for exhibit in case.exhibits for text in strings(exhibit.evidence)}
    secrets = replace(secrets, quoted=tuple(value for value in secrets.quoted if value not in kept))
    return Public(_wiped(shown, secrets), secrets)


def _wiped(report: Report, secrets: Secrets) -> Report:
    """Evidence, answers and archive matches lose every secret; the claims, which are public, only those that name somebody."""
    named = replace(secrets, quoted=())
    case = replace(
        report.case,
        title=wiped(report.case.title, named),
        claims=wiped(report.case.claims, named),
        notes=wiped(report.case.notes, named),
        exhibits=wiped(report.case.exhibits, secrets),
    )
    return replace(report, case=case, answers=wiped(report.answers, secrets), revision=wiped(report.revision, named))


def public_name(exhibit: Exhibit) -> str:
    """What a photo is called outside."""
    return f"photo-{exhibit.number}" if exhibit.picture else f"file-{exhibit.number}"


def _claim(claim: Claim, case: Case) -> Claim:
    """Without the ways by which the photos came; the photos that it is about by their public names."""
    about = tuple(public_name(exhibit) for exhibit in case.exhibits if claim.concerns(exhibit.photo.name))
    return replace(claim, received_at=None, channel="", photos=(about or ("-",)) if claim.photos else ())


def _exhibit(exhibit: Exhibit, view: Picture | None, keep_region: bool, aliases: Mapping[str, str]) -> Exhibit:
    photo = exhibit.photo
    return replace(
        exhibit,
        photo=Photo(public_name(exhibit), "", 0, photo.format, photo.width, photo.height),
        reason=coarse(exhibit.reason) if exhibit.reason else None,
        unmatched=coarse(exhibit.unmatched) if exhibit.unmatched else None,
        evidence=open_evidence(exhibit.evidence, view, keep_region) if exhibit.evidence else None,
        reuse=within(exhibit.reuse, lambda search: _search(search, aliases)),
        parts=within(exhibit.parts, lambda search: _parts(search, aliases)),
        overlays=(),  # they are the archive's picture and the photo's uncovered difference from it
        received=Received(exhibit.received.sender) if exhibit.received else None,
        again=tuple(Received(came.sender) for came in exhibit.again),
    )


def _aliases(report: Report) -> dict[str, str]:
    """A name for every archived photo: its digest would let anybody try files against it."""
    found: list[str] = []
    for exhibit in report.case.exhibits:
        found += [one.sha256 for one in exhibit.reuse.value.matches] if isinstance(exhibit.reuse, Found) else []
        found += [one.sha256 for one in exhibit.parts.value.shared] if isinstance(exhibit.parts, Found) else []
    return {sha256: f"match-{number}" for number, sha256 in enumerate(dict.fromkeys(found), 1)}


def _search(search: Search, aliases: Mapping[str, str]) -> Search:
    return replace(search, matches=tuple(_match(match, aliases) for match in search.matches))


def _parts(search: PartSearch, aliases: Mapping[str, str]) -> PartSearch:
    return replace(search, shared=tuple(_shared(one, aliases) for one in search.shared))


def _match(match: Match, aliases: Mapping[str, str]) -> Match:
    """Without the archive's picture: a face that was covered in the photo may be in it. Where it was published is told."""
    return replace(match, name=BAR, sha256=aliases[match.sha256], uses=tuple(map(_use, match.uses)), view=left_out(match.view))


def _shared(one: Shared, aliases: Mapping[str, str]) -> Shared:
    return replace(one, name=BAR, sha256=aliases[one.sha256], uses=tuple(map(_use, one.uses)), view=left_out(one.view))


def _use(use: Use) -> Use:
    return replace(use, credit=BAR if use.credit else "")


def _answered(answered: Answered, report: Report, keep_region: bool) -> Answered:
    """With coarse numbers. Plates are wiped with all other secrets later, but for the regions that may stay."""
    answer = answered.answer
    if isinstance(answer, CannotSay):
        return replace(answered, answer=replace(answer, reason=coarse(answer.reason)))
    findings = tuple(
        replace(
            finding,
            summary=coarse(with_regions(finding.summary, report) if keep_region else finding.summary),
            because=coarse(finding.because),
        )
        for finding in answer
    )
    return replace(answered, answer=findings)
