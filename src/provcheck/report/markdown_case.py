"""What the case is, in Markdown: claims, photos, notes by people, methods, custody, changes."""

from __future__ import annotations

from provcheck.domain.case import Exhibit
from provcheck.domain.claim import Claim
from provcheck.domain.method import MethodCard
from provcheck.domain.report import Report
from provcheck.domain.text import say
from provcheck.report.cards import card
from provcheck.report.exhibits import OUTCOMES
from provcheck.report.markdown_ink import address, theirs
from provcheck.report.markdown_page import QUOTED, Page
from provcheck.report.notes import note_rows
from provcheck.report.parts import NAMES, stated
from provcheck.report.record import digest
from provcheck.report.searches import archives
from provcheck.report.untrusted import paragraphs
from provcheck.report.wording import named, received


def write_claims(page: Page, report: Report) -> None:
    page.heading(2, page.words(say("report.claims")))
    if not report.case.claims:
        page.line(page.words(say("report.claims.none")))
    for claim in report.case.claims:
        _claim(page, claim)


def _claim(page: Page, claim: Claim) -> None:
    page.heading(3, page.words(say("report.claim.heading", id=claim.id)), page.words(say("report.claim.by", by=claim.by)))
    quoted = paragraphs(claim.text, QUOTED)
    for paragraph in quoted:
        page.lines += [f"> {theirs(paragraph, QUOTED)}", ">"]
    page.lines += [""] if quoted else []
    facts = []
    if claim.published:
        facts.append(page.words(say("report.claim.published", day=claim.published.isoformat())))
    if claim.url.strip():
        facts.append(address(claim.url))
    if claim.received_at:
        facts.append(page.words(say("report.claim.received", time=claim.received_at.isoformat())))
    if claim.channel.strip():
        facts.append(page.words(say("report.claim.channel", channel=claim.channel)))
    states = [(name, stated(claim, part)) for part, name in NAMES.items()]
    facts += [page.colon(page.words(name), page.words(value)) for name, value in states if value]
    page.either([(fact, []) for fact in facts], say("report.claim.unsaid"))


def write_photos(page: Page, report: Report) -> None:
    page.heading(2, page.words(say("report.photos")))
    page.items([(_photo(page, exhibit), _digest(page, exhibit)) for exhibit in report.case.exhibits if exhibit.picture])
    others = [page.words(named(exhibit)) for exhibit in report.case.exhibits if not exhibit.picture]
    if others:
        page.line(page.words(say("report.photos.others", count=len(others))), ", ".join(others))


def _photo(page: Page, exhibit: Exhibit) -> str:
    outcome = OUTCOMES[exhibit.outcome]
    told = say("report.photo.outcome.reason", outcome=outcome, reason=exhibit.reason) if exhibit.reason else outcome
    head = f"**{page.words(say('report.photo', number=exhibit.number))}** {page.words(named(exhibit))}"
    return page.colon(head, page.words(told))


def _digest(page: Page, exhibit: Exhibit) -> list[str]:
    """How it came, and its bytes."""
    came = [page.words(received(exhibit.received))] if exhibit.received else []
    again = [page.colon(page.words(say("report.photo.again")), page.words(received(one))) for one in exhibit.again]
    return [*came, *again, *_sha(page, exhibit)]


def _sha(page: Page, exhibit: Exhibit) -> list[str]:
    sha = exhibit.photo.sha256
    if page.public:
        return []
    return [f"{page.words(say('report.photo.sha'))} {theirs(sha)}" if sha else page.words(say("report.photo.sha.none"))]


def write_notes(page: Page, report: Report) -> None:
    rows = note_rows(report.case)
    if rows:
        page.heading(2, page.words(say("report.notes")))
        page.line(page.words(say("report.notes.words")))
        page.items([page.note(row) for row in rows])


def write_revision(page: Page, report: Report) -> None:
    revision = report.revision
    if revision is None:
        return
    page.heading(2, page.words(say("report.revision")))
    page.line(
        page.words(say("report.revision.number", number=revision.number)),
        page.words(say("report.revision.reason", reason=revision.reason)) if revision.reason else "",
        page.words(say("report.revision.parent", digest=revision.parent)) if revision.parent else "",
    )
    page.items([(page.words(change), []) for change in revision.changes])


def write_methods(page: Page, cards: tuple[MethodCard, ...]) -> None:
    page.heading(2, page.words(say("report.methods")))
    page.line(page.words(say("report.methods.words") if cards else say("report.methods.none")))
    page.items([(page.words(card(one)), []) for one in cards])


def write_custody(page: Page, report: Report) -> None:
    page.heading(2, page.words(say("report.custody")))
    page.line(page.words(say("report.custody.words")))
    rows = [(say("report.custody.report"), digest(report)), (say("report.custody.settings"), report.custody.settings)]
    if report.custody.log:
        rows.append((say("report.custody.log"), report.custody.log))
    if report.custody.internal:
        rows.append((say("report.custody.internal"), report.custody.internal))
    if report.custody.claims:
        rows.append((say("report.custody.claims"), report.custody.claims))
    rows += [(say("report.custody.archive", name=one.name), one.digest) for one in archives(report)]
    rows += [(say("report.custody.model", name=name), sha) for name, sha in report.custody.models]
    page.items([(page.colon(page.words(name), theirs(sha)), []) for name, sha in rows])
    page.line(page.words(say("report.end")))
