"""Does the file itself say that a program generated the picture?"""

from __future__ import annotations

from provcheck.checks.flags import Seen, generator
from provcheck.checks.flags.seen import found
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.reading import Unreadable
from provcheck.domain.text import Text, say

ID = "generated"


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    seen = Seen(exhibit.photo.name, evidence, case.as_of, evidence.thumbnail)
    findings = []
    if generator.digital_source_type(seen):
        findings.append(
            _finding(exhibit, case, say("generated.source-type", type=_type(seen)), say("generated.source-type-because"))
        )
    if generator.parameters(seen):
        findings.append(_finding(exhibit, case, say("generated.parameters"), say("generated.parameters-because")))
    if generator.software(seen):
        findings.append(_finding(exhibit, case, say("generated.software"), say("generated.software-because")))
    if findings:
        return tuple(findings)
    if isinstance(evidence.fields, Unreadable):
        return CannotSay(say("generated.unreadable", why=evidence.fields.reason), failed=True)
    return CannotSay(say("generated.absent"), asked=False)


def _type(seen: Seen) -> str:
    credentials = found(seen.stated.credentials)
    stated = [uri.rstrip("/").rpartition("/")[2] for uri in seen.values("xmp.digital_source_type")]
    return ", ".join(dict.fromkeys([*stated, *(credentials.source_types if credentials else ())]))


def _finding(exhibit: Exhibit, case: Case, summary: Text, because: Text) -> Finding:
    about = About(exhibit.number)
    return lean(case, ID, about, Leaning.NEUTRAL, summary=summary, because=because, does_not_show=say("generated.limit"))


CHECK = Check(ID, say("generated.question"), _answer)
