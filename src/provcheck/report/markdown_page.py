"""A page of Markdown that grows line by line, and the phrases that several of its sections share."""

from __future__ import annotations

from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.report.findings import Lean, leans, limits, said
from provcheck.report.mark import MARKDOWN_MARK
from provcheck.report.markdown_ink import colon, theirs, written
from provcheck.report.notes import NoteRow
from provcheck.report.observation import Observation
from provcheck.report.rivals import beside, no_choice, undecided
from provcheck.report.untrusted import paragraphs
from provcheck.report.wording import held, photo_list

QUOTED = 20_000  # characters of one text by a person; a claims file takes no more


class Page:
    """Lines of Markdown. Every word goes through `say` or `theirs`: nothing else may add to a line."""

    def __init__(self, lang: str, public: bool) -> None:
        self.public = public
        self.lines: list[str] = [MARKDOWN_MARK, ""]
        self.lang = lang

    def words(self, text: Text) -> str:
        return written(text, self.lang)

    def colon(self, head: str, tail: str) -> str:
        return colon(head, tail, self.lang)

    def line(self, *parts: str) -> None:
        self.lines += [" ".join(part for part in parts if part), ""]

    def heading(self, level: int, *parts: str) -> None:
        self.line("#" * level, *parts)

    def items(self, items: list[tuple[str, list[str]]]) -> None:
        """A list; what belongs to an item stands below it. Four spaces: CommonMark and older dialects agree on them."""
        for head, below in items:
            self.lines += [f"- {head}", *(f"    - {line}" for line in below)]
        self.lines.append("")

    def observed(self, one: Observation, photos: tuple[int, ...], report: Report) -> str:
        sentences = [self.held(claims, finding.summary) for claims, finding in ((s.claims, s.finding) for s in said(one))]
        return " ".join((f"{self.weighed(one, report)}. **{self.words(photo_list(photos))}.**", *sentences))

    def weighed(self, one: Observation, report: Report) -> str:
        """▲ **moderate: supports claim A on plates** · claim B says nothing of it. **Does not decide between claims A and B**"""
        held = [self.lean(lean) for lean in leans(one, report.case.methods)]
        held += [self.words(line) for line in beside(one, report.case)]
        alike = f". **{self.words(undecided(one, report.case)).removesuffix('.')}**" if one.leans and one.apart is False else ""
        return " · ".join(held) + alike

    def held(self, claims: tuple[str, ...], summary: Text) -> str:
        return self.words(held(claims, summary))

    def lean(self, lean: Lean) -> str:
        """▲ **moderate: supports claim A on plates**; ▼ weak: contradicts claim C on date (error rate not measured)."""
        line = self.words(lean.line)
        tag = f" ({self.words(say('report.uncalibrated'))})" if lean.step and not lean.calibrated else ""
        return f"{lean.shape} {f'**{line}**' if lean.firm else line}{tag}"

    def limits(self, one: Observation) -> list[str]:
        return [self.words(limit) for limit in limits(one)]

    def reason(self, reason: Text, photos: tuple[int, ...]) -> str:
        return f"**{self.words(photo_list(photos))}.** {self.words(reason)}"

    def apart(self, apart: bool, undecided: Text) -> str:
        if not apart:
            return self.words(undecided)
        return f"{self.words(say('report.findings.apart'))} {self.words(say('report.apart.yes'))}"

    def note(self, row: NoteRow) -> tuple[str, list[str]]:
        """The author and the leanings first, then the author's own words."""
        held = " · ".join(map(self.lean, row.leans))
        said = (*paragraphs(row.note.text, QUOTED), row.note.does_not_show)
        below = [theirs(paragraph, QUOTED) for paragraph in said if paragraph]
        below += [] if row.apart is None else [self.apart(row.apart, no_choice(row.rivals))]
        head = f"**{self.words(row.about)}**, {self.words(row.by)}"
        return self.colon(head, held) if held else head, below

    def either(self, items: list[tuple[str, list[str]]], none: Text) -> None:
        if items:
            self.items(items)
        else:
            self.line(self.words(none))
