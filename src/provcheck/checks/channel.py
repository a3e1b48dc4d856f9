"""Does the file look as a messenger, a network or a screenshot leaves it?"""

from __future__ import annotations

from provcheck.checks.flags import Seen, platform
from provcheck.checks.flags.seen import found
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.reading import Unreadable
from provcheck.domain.text import Text, say

ID = "channel"
NAMES = (
    (platform.filename_whatsapp, "WhatsApp"),
    (platform.filename_telegram, "Telegram"),
    (platform.filename_signal, "Signal"),
    (platform.filename_viber, "Viber"),
    (platform.filename_facebook, "Facebook"),
    (platform.filename_x, "X"),
)


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    seen = Seen(exhibit.photo.name.rpartition("/")[2], evidence, case.as_of, evidence.thumbnail)
    findings = [
        _finding(exhibit, case, say("channel.name", channel=channel), say("channel.name-because"))
        for rule, channel in NAMES
        if rule(seen)
    ]
    if platform.facebook_instructions(seen):
        findings.append(_finding(exhibit, case, say("channel.instructions"), say("channel.instructions-because")))
    if platform.screenshot(seen):
        findings.append(_finding(exhibit, case, say("channel.screenshot"), say("channel.screenshot-because")))
    structure = found(evidence.structure)
    if structure and (platform.no_exif(seen) or platform.no_exif_progressive(seen)):
        coding = say("channel.progressive") if structure.progressive else say("channel.baseline")
        because = say(
            "channel.stripped-because",
            coding=coding,
            quality=structure.quality or 0,
            longest=max(structure.width, structure.height),
        )
        findings.append(_finding(exhibit, case, say("channel.stripped"), because))
    if not findings and isinstance(evidence.fields, Unreadable):
        return CannotSay(say("channel.unreadable", why=evidence.fields.reason), failed=True)
    return tuple(findings) or CannotSay(say("channel.absent"), asked=False)


def _finding(exhibit: Exhibit, case: Case, summary: Text, because: Text) -> Finding:
    about = About(exhibit.number)
    return lean(case, ID, about, Leaning.NEUTRAL, summary=summary, because=because, does_not_show=say("channel.limit"))


CHECK = Check(ID, say("channel.question"), _answer)
