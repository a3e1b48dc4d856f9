"""Does the file look as a messenger, a network or a screenshot leaves it?"""

from __future__ import annotations

from collections.abc import Iterator

from provcheck.checks.flags import Seen, platform
from provcheck.checks.flags.seen import found
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.reading import Unreadable
from provcheck.domain.structure import Build, Structure
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


# Of the reuse and plate sets (benchmarks/flags.py). Two of those that fit bear Facebook's own mark; of the others nobody knows
PHOTOS, FITTING = 817, 33


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    seen = Seen(exhibit.photo.name.rpartition("/")[2], evidence, case.as_of, evidence.thumbnail)
    structure = found(evidence.structure)
    named = [channel for rule, channel in NAMES if rule(seen)]
    told = [(say("channel.name", channel=channel), _of_name(channel, structure)) for channel in named]
    if platform.facebook_instructions(seen):
        told.append((say("channel.instructions"), say("channel.instructions-because")))
    if platform.screenshot(seen):
        told.append((say("channel.screenshot"), say("channel.screenshot-because")))
    if structure:
        told.extend(_of_build(seen, structure, named))
    findings = [_finding(exhibit, case, summary, because) for summary, because in told]
    if not findings and isinstance(evidence.fields, Unreadable):
        return CannotSay(say("channel.unreadable", why=evidence.fields.reason), failed=True)
    return tuple(findings) or CannotSay(say("channel.absent"), asked=False)


def _of_name(channel: str, structure: Structure | None) -> Text:
    """What the build of the file adds to its name."""
    builds = [build for build in structure.builds if build.service == channel] if structure else []
    held = [kind for kind in structure.blocks if kind in platform.STRIPPED] if structure else []
    if builds:
        return say("channel.name-built", channel=channel, sources=_sources(builds))
    if held:
        return say("channel.name-holds", blocks=", ".join(dict.fromkeys(held)))
    return say("channel.name-because")


def _of_build(seen: Seen, structure: Structure, named: list[str]) -> Iterator[tuple[Text, Text]]:
    """A JPEG without metadata: whether it is built as services are known to build them, other than those that its name tells."""
    if not (platform.no_exif(seen) or platform.no_exif_progressive(seen)):
        return
    coding = say("channel.progressive") if structure.progressive else say("channel.baseline")
    quality, longest = structure.quality or 0, max(structure.width, structure.height)
    others = [build for build in structure.builds if build.service not in named]
    if others:
        services = tuple(say("channel.service", name=name) for name in dict.fromkeys(build.service for build in others))
        because = say(
            "channel.built-because",
            coding=coding,
            quality=quality,
            longest=longest,
            sources=_sources(others),
            photos=PHOTOS,
            fitting=FITTING,
        )
        yield say("channel.built", services=services), because
    elif not structure.builds and not seen.captioned:
        yield say("channel.stripped"), say("channel.stripped-because", coding=coding, quality=quality, longest=longest)


def _sources(builds: list[Build]) -> tuple[Text, ...]:
    """Each service's sources once."""
    rows = dict.fromkeys((build.service, build.source, build.year) for build in builds)
    return tuple(say("channel.source", service=service, source=source, year=year) for service, source, year in rows)


def _finding(exhibit: Exhibit, case: Case, summary: Text, because: Text) -> Finding:
    about = About(exhibit.number)
    return lean(case, ID, about, Leaning.NEUTRAL, summary=summary, because=because, does_not_show=say("channel.limit"))


CHECK = Check(ID, say("channel.question"), _answer)
