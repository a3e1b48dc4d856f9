"""Does anybody else's name stand on the picture: in the file, or where it was published before?"""

from __future__ import annotations

from provcheck.domain.archive import Match, Relation, Shared
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, Part
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.naming import credits_in
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import Text, say

ID = "credit"


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    claiming = [claim for claim in case.about(exhibit) if claim.credit]
    if not claiming:
        return CannotSay(say("credit.unclaimed"), asked=False)
    names = (*_in_file(evidence), *_in_archives(exhibit))
    if names:
        return tuple(_finding(exhibit, case, claim, names) for claim in claiming)
    for reading in (evidence.fields, evidence.history):  # an edit history that is unreadable tells of damage to any block
        if isinstance(reading, Unreadable):
            return CannotSay(reading.reason, failed=True)
    return CannotSay(say("credit.absent"))


def _in_file(evidence: Evidence) -> tuple[tuple[str, Text], ...]:
    """Each name once, with where it stands."""
    fields = evidence.fields.value if isinstance(evidence.fields, Found) else ()
    return tuple((name, say("credit.in-file", tag=tag)) for name, tag in credits_in(fields))


def _in_archives(exhibit: Exhibit) -> tuple[tuple[str, Text], ...]:
    """Whom archives credit for the same picture, or for one that shares a part with it; another moment of the scene is no copy."""
    copies: list[Match | Shared] = [*exhibit.reuse.value.matches] if isinstance(exhibit.reuse, Found) else []
    if isinstance(exhibit.parts, Found):
        copies.extend(shared for shared in exhibit.parts.value.shared if shared.verdict is not Relation.SCENE)
    return tuple(
        (use.credit.strip(), say("credit.in-archive", archive=copy.archive, name=copy.name))
        for copy in copies
        for use in copy.uses
        if use.credit.strip()
    )


def _finding(exhibit: Exhibit, case: Case, claim: Claim, names: tuple[tuple[str, Text], ...]) -> Finding:
    """Names are compared as written; another name is a question, not a contradiction: desks and agencies credit each other."""
    same = [(name, where) for name, where in names if claim.credit.casefold() in name.casefold()]
    name, where = (same or names)[0]
    return lean(
        case,
        ID,
        About(exhibit.number, claim.id, Part.CREDIT),
        Leaning.SUPPORTS if same else Leaning.NEUTRAL,
        summary=say("credit.same", name=name) if same else _other(name, where, claim),
        because=where,
        does_not_show=say("credit.limit"),
    )


def _other(name: str, where: Text, claim: Claim) -> Text:
    """An archive's credit stands beside the picture, not on it."""
    if where.id == "credit.in-archive":
        return say("credit.other-archived", name=name, claimed=claim.credit)
    return say("credit.other", name=name, claimed=claim.credit)


CHECK = Check(ID, say("credit.question"), _answer)
