"""Does anybody else's name stand on the picture: in the file, or where it was published before?"""

from __future__ import annotations

from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim, Part
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.reading import Found
from provcheck.domain.text import Text, say

ID = "credit"
NAME_FIELDS = ("Artist", "Copyright", "By-line", "Credit", "creator", "XPAuthor")  # EXIF, IPTC and Dublin Core, and Windows


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    claiming = [claim for claim in case.about(exhibit) if claim.credit]
    if not claiming:
        return CannotSay(say("credit.unclaimed"), asked=False)
    names = _names(exhibit, evidence)
    if not names:
        return CannotSay(say("credit.absent"))
    return tuple(_finding(exhibit, case, claim, names) for claim in claiming)


def _names(exhibit: Exhibit, evidence: Evidence) -> tuple[tuple[str, Text], ...]:
    """Each name once, with where it stood."""
    names: dict[str, Text] = {}
    if isinstance(evidence.fields, Found):
        for field in evidence.fields.value:
            if field.name in NAME_FIELDS and field.value.strip():
                names.setdefault(field.value.strip(), say("credit.in-file", tag=f"{field.source} {field.name}"))
    if isinstance(exhibit.reuse, Found):
        for match in exhibit.reuse.value.matches:
            for use in match.uses:
                if use.credit.strip():
                    names.setdefault(use.credit.strip(), say("credit.in-archive", archive=match.archive, name=match.name))
    return tuple(sorted(names.items()))


def _finding(exhibit: Exhibit, case: Case, claim: Claim, names: tuple[tuple[str, Text], ...]) -> Finding:
    """Names are compared as written; another name is a question, not a contradiction: desks and agencies credit each other."""
    same = [(name, where) for name, where in names if claim.credit.casefold() in name.casefold()]
    name, where = (same or list(names))[0]
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
