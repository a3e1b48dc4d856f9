"""The report as Markdown, for a CMS: the same sections as the page, without its pictures; no HTML, and links to http(s) only."""

from __future__ import annotations

from dataclasses import replace

from provcheck.domain.case import Exhibit
from provcheck.domain.claim import Claim
from provcheck.domain.method import MethodCard
from provcheck.domain.report import Edition, Report
from provcheck.domain.text import Text, say
from provcheck.report.cards import card
from provcheck.report.catalogue import reviewed
from provcheck.report.exhibits import OUTCOMES, searched
from provcheck.report.findings import Lean, Row, Table, leans, limits, said, tables
from provcheck.report.mark import MARKDOWN_MARK
from provcheck.report.markdown_ink import address, theirs, written
from provcheck.report.notes import NoteRow, note_rows
from provcheck.report.observation import Observation
from provcheck.report.overview import counts, overview, tally, unanswered
from provcheck.report.parts import NAMES, stated
from provcheck.report.pillars import Pillar, pillars
from provcheck.report.record import digest
from provcheck.report.searches import archives, matches, outcome, use
from provcheck.report.timeline import Dated, timeline
from provcheck.report.untrusted import paragraphs
from provcheck.report.wording import claims_after, edition, held, photo_list, received

TITLE = 160  # characters of a case's title that a heading shows
QUOTED = 20_000  # characters of one claim's text; a claims file takes no more


def render_markdown(report: Report, lang: str = "en") -> str:
    """CommonMark with lists and headings alone, so that a CMS with an older dialect shows the same."""
    page = _Page(lang, report.edition is Edition.PUBLIC)
    page.head(report)
    page.overview(report)
    page.claims(report)
    page.photos(report)
    page.pillars(report)
    page.findings(report)
    page.notes(report)
    page.timeline(report)
    page.unanswered(report)
    page.searches(report)
    page.methods(report.case.methods)
    page.custody(report)
    page.revision(report)
    return "\n".join(page.lines) + "\n"


class _Page:
    """Lines of Markdown. Every word goes through `say` or `theirs`: nothing else may add to a line."""

    def __init__(self, lang: str, public: bool) -> None:
        self.public = public
        self.lines: list[str] = [MARKDOWN_MARK, ""]
        self.lang = lang

    def words(self, text: Text) -> str:
        return written(text, self.lang)

    def line(self, *parts: str) -> None:
        self.lines += [" ".join(part for part in parts if part), ""]

    def heading(self, level: int, *parts: str) -> None:
        self.line("#" * level, *parts)

    def items(self, items: list[tuple[str, list[str]]]) -> None:
        """A list; what belongs to an item stands below it. Four spaces: CommonMark and older dialects agree on them."""
        for head, below in items:
            self.lines += [f"- {head}", *(f"    - {line}" for line in below)]
        self.lines.append("")

    def head(self, report: Report) -> None:
        case = report.case
        name, holds = edition(report)
        self.line(f"**{self.words(name)}**", self.words(holds))
        self.heading(1, theirs(case.title, TITLE) if case.title.strip() else self.words(say("report.title")))
        photos = sum(exhibit.picture for exhibit in case.exhibits)
        facts = (
            say("report.count.photos", count=photos),
            say("report.count.claims", count=len(case.claims)),
            say("report.asof", day=case.as_of.isoformat()),
        )
        self.line(" · ".join(map(self.words, facts)))
        if not reviewed(self.lang):
            self.line(self.words(say("report.unreviewed")))

    def overview(self, report: Report) -> None:
        seen = overview(report)
        self.heading(2, self.words(say("report.known")))
        known = [(self._observed(one.observation, one.photos, report), self._limits(one.observation)) for one in seen.known]
        if seen.more_known:
            known.append((self.words(say("report.known.more", count=seen.more_known)), []))
        self._either(known, say("report.known.none"))
        self.heading(2, self.words(say("report.unknown")))
        questions = [(self.words(one.question), [self._reason(*pair) for pair in one.reasons]) for one in seen.open]
        if seen.more_open:
            questions.append((self.words(say("report.unknown.more", count=seen.more_open)), []))
        self._either(questions, say("report.unknown.none"))
        self.heading(2, self.words(say("report.decide")))
        self.items([(self.words(line), []) for line in seen.decide])
        self.line(f"**{self.words(tally(counts(report)))}**")

    def _either(self, items: list[tuple[str, list[str]]], none: Text) -> None:
        if items:
            self.items(items)
        else:
            self.line(self.words(none))

    def _observed(self, one: Observation, photos: tuple[int, ...], report: Report) -> str:
        sentences = [self._held(claims, finding.summary) for claims, finding in ((s.claims, s.finding) for s in said(one))]
        alike = [self.words(say("report.apart.no"))] if one.apart is False else []
        held = "; ".join(map(self._lean, leans(one, report.case.methods)))
        return " ".join((f"{held}. **{self.words(photo_list(photos))}.**", *sentences, *alike))

    def _held(self, claims: tuple[str, ...], summary: Text) -> str:
        return self.words(held(claims, summary))

    def _lean(self, lean: Lean) -> str:
        """▲ supports claim A on plates (weak, uncalibrated)."""
        words = [lean.shape, f"**{self.words(lean.word)}**"]
        if lean.claims:
            words.append(self.words(claims_after(lean.leaning, lean.claims, lean.part)))
        if lean.step:
            tag = "" if lean.calibrated else f", {self.words(say('report.uncalibrated'))}"
            words.append(f"({self.words(lean.step)}{tag})")
        return " ".join(words)

    def _limits(self, one: Observation) -> list[str]:
        return [self.words(limit) for limit in limits(one)]

    def _reason(self, reason: Text, photos: tuple[int, ...]) -> str:
        return f"**{self.words(photo_list(photos))}.** {self.words(reason)}"

    def claims(self, report: Report) -> None:
        self.heading(2, self.words(say("report.claims")))
        if not report.case.claims:
            self.line(self.words(say("report.claims.none")))
        for claim in report.case.claims:
            self._claim(claim)

    def _claim(self, claim: Claim) -> None:
        self.heading(3, self.words(say("report.claim.heading", id=claim.id)), self.words(say("report.claim.by", by=claim.by)))
        quoted = paragraphs(claim.text, QUOTED)
        for paragraph in quoted:
            self.lines += [f"> {theirs(paragraph, QUOTED)}", ">"]
        self.lines += [""] if quoted else []
        facts = []
        if claim.published:
            facts.append(self.words(say("report.claim.published", day=claim.published.isoformat())))
        if claim.url.strip():
            facts.append(address(claim.url))
        if claim.received_at:
            facts.append(self.words(say("report.claim.received", time=claim.received_at.isoformat())))
        if claim.channel.strip():
            facts.append(self.words(say("report.claim.channel", channel=claim.channel)))
        states = [(name, stated(claim, part)) for part, name in NAMES.items()]
        facts += [f"{self.words(name)}: {self.words(value)}" for name, value in states if value]
        self._either([(fact, []) for fact in facts], say("report.claim.unsaid"))

    def photos(self, report: Report) -> None:
        self.heading(2, self.words(say("report.photos")))
        self.items([(self._photo(exhibit), self._digest(exhibit)) for exhibit in report.case.exhibits if exhibit.picture])
        others = [theirs(exhibit.photo.name) for exhibit in report.case.exhibits if not exhibit.picture]
        if others:
            self.line(self.words(say("report.photos.others", count=len(others))), ", ".join(others))

    def _photo(self, exhibit: Exhibit) -> str:
        outcome = OUTCOMES[exhibit.outcome]
        told = say("report.photo.outcome.reason", outcome=outcome, reason=exhibit.reason) if exhibit.reason else outcome
        return f"**{self.words(say('report.photo', number=exhibit.number))}** {theirs(exhibit.photo.name)}: {self.words(told)}"

    def _digest(self, exhibit: Exhibit) -> list[str]:
        """How it came, and its bytes."""
        came = [self.words(received(exhibit.received))] if exhibit.received else []
        return [*came, *self._sha(exhibit)]

    def _sha(self, exhibit: Exhibit) -> list[str]:
        sha = exhibit.photo.sha256
        if self.public:
            return []
        return [f"{self.words(say('report.photo.sha'))} {theirs(sha)}" if sha else self.words(say("report.photo.sha.none"))]

    def pillars(self, report: Report) -> None:
        self.heading(2, self.words(say("pillars")))
        self.items(
            [(f"**{self.words(one.name)}** {self.words(one.question)}", self._pillar(one, report)) for one in pillars(report)]
        )

    def _pillar(self, one: Pillar, report: Report) -> list[str]:
        if one.person:
            return [self.words(say("pillars.person"))]
        seen = [self._observed(known.observation, known.photos, report) for known in one.known]
        if one.more:
            seen.append(self.words(say("report.known.more", count=one.more)))
        return seen or [self.words(say("pillars.nothing"))]

    def timeline(self, report: Report) -> None:
        dated = timeline(report)
        if dated:
            self.heading(2, self.words(say("timeline")))
            self.line(self.words(say("timeline.limit")))
            self.items([(self._dated(fact), []) for fact in dated])

    def _dated(self, fact: Dated) -> str:
        """29 July 2023: Photo 1. captured, … (zone; source; precision)."""
        whose = f"**{self.words(fact.whose)}.** " if fact.whose else ""
        rest = "; ".join(map(self.words, (fact.zone, fact.source, fact.precision)))
        return f"{self.words(fact.when)}: {whose}{self.words(fact.what)} ({rest})"

    def findings(self, report: Report) -> None:
        self.heading(2, self.words(say("report.findings")))
        found = tables(report)
        self.line(self.words(say("report.findings.key") if found else say("report.findings.none")))
        for table in found:
            self._table(table, report)

    def _table(self, table: Table, report: Report) -> None:
        self.heading(3, self.words(say("report.findings.part", part=table.name)))
        self.items([self._row(row, report) for row in table.rows])

    def _row(self, row: Row, report: Report) -> tuple[str, list[str]]:
        held = "; ".join(map(self._lean, leans(row.observation, report.case.methods)))
        below = []
        for one in row.said:
            below += [
                self._held(one.claims, one.finding.summary),
                self.words(say("report.findings.because", because=one.finding.because)),
            ]
        below += [self.words(limit) for limit in row.limits]
        if row.observation.apart is not None:
            below.append(self._apart(row.observation.apart))
        return f"**{self.words(photo_list(row.photos))}**: {held}", below

    def _apart(self, apart: bool) -> str:
        if not apart:
            return self.words(say("report.apart.no"))
        return f"{self.words(say('report.findings.apart'))} {self.words(say('report.apart.yes'))}"

    def notes(self, report: Report) -> None:
        rows = note_rows(report.case)
        if rows:
            self.heading(2, self.words(say("report.notes")))
            self.line(self.words(say("report.notes.words")))
            self.items([self._note(row, report) for row in rows])

    def _note(self, row: NoteRow, report: Report) -> tuple[str, list[str]]:
        """The author and the leanings first, then the author's own words."""
        pairs = [(claim.id, cell) for claim, cell in zip(report.case.claims, row.cells, strict=True) if cell]
        held = "; ".join(self._lean(replace(cell, claims=(id_,))) for id_, cell in pairs)
        below = [
            theirs(paragraph, QUOTED) for paragraph in (*paragraphs(row.note.text, QUOTED), row.note.does_not_show) if paragraph
        ]
        below += [] if row.apart is None else [self._apart(row.apart)]
        head = f"**{self.words(row.about)}**, {self.words(row.by)}"
        return f"{head}: {held}" if held else head, below

    def revision(self, report: Report) -> None:
        revision = report.revision
        if revision is None:
            return
        self.heading(2, self.words(say("report.revision")))
        self.line(
            self.words(say("report.revision.number", number=revision.number)),
            self.words(say("report.revision.reason", reason=revision.reason)) if revision.reason else "",
            self.words(say("report.revision.parent", digest=revision.parent)) if revision.parent else "",
        )
        self.items([(self.words(change), []) for change in revision.changes])

    def unanswered(self, report: Report) -> None:
        self.heading(2, self.words(say("report.not-run")))
        groups: dict[Text, dict[tuple[Text, Text], list[int]]] = {}
        for answered, answer in unanswered(report):
            kind = say("report.not-run.unasked") if not answer.asked else say("report.not-run.open")
            kind = say("report.not-run.failed") if answer.failed else kind
            groups.setdefault(answered.question, {}).setdefault((kind, answer.reason), []).append(answered.exhibit)
        items = [
            (
                self.words(question),
                [f"{self._reason(reason, tuple(photos))} ({self.words(kind)})" for (kind, reason), photos in reasons.items()],
            )
            for question, reasons in groups.items()
        ]
        self._either(items, say("report.not-run.none"))

    def searches(self, report: Report) -> None:
        self.heading(2, self.words(say("report.reuse")))
        where = archives(report)
        if where:
            self.line(self.words(say("report.reuse.archives", archives=searched(where))))
        same: dict[tuple[str, ...], list[int]] = {}
        for exhibit in report.case.exhibits:
            if exhibit.picture and exhibit.evidence is not None and not matches(exhibit):
                same.setdefault(tuple(map(self.words, outcome(exhibit))), []).append(exhibit.number)
        items: list[tuple[str, list[str]]] = []
        items += [(f"**{self.words(photo_list(tuple(photos)))}.** {' '.join(words)}", []) for words, photos in same.items()]
        items += [self._matched(exhibit) for exhibit in report.case.exhibits if matches(exhibit)]
        self.items(items)

    def _matched(self, exhibit: Exhibit) -> tuple[str, list[str]]:
        below = []
        for text, uses in matches(exhibit):
            told = [f"{self.words(use(one))}{', ' + address(one.url) if one.url.strip() else ''}" for one in uses]
            below.append("; ".join((self.words(text), *told)))
        words = " ".join(map(self.words, outcome(exhibit)))
        return f"**{self.words(say('report.photo', number=exhibit.number))}.** {words}", below

    def methods(self, cards: tuple[MethodCard, ...]) -> None:
        self.heading(2, self.words(say("report.methods")))
        self.line(self.words(say("report.methods.words") if cards else say("report.methods.none")))
        self.items([(self.words(card(one)), []) for one in cards])

    def custody(self, report: Report) -> None:
        self.heading(2, self.words(say("report.custody")))
        self.line(self.words(say("report.custody.words")))
        rows = [(say("report.custody.report"), digest(report)), (say("report.custody.settings"), report.custody.settings)]
        if report.custody.log:
            rows.append((say("report.custody.log"), report.custody.log))
        if report.custody.internal:
            rows.append((say("report.custody.internal"), report.custody.internal))
        if report.custody.claims:
            rows.append((say("report.custody.claims"), report.custody.claims))
        rows += [(say("report.custody.archive", name=one.name), one.digest) for one in archives(report)]
        rows += [(say("report.custody.model", name=name), sha) for name, sha in report.custody.models]
        self.items([(f"{self.words(name)}: {theirs(sha)}", []) for name, sha in rows])
        self.line(self.words(say("report.end")))
