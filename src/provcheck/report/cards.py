"""A method card in words: what was measured, the bounds that follow, and the highest grade that it carries."""

from __future__ import annotations

from math import ceil, floor

from provcheck.domain.method import MethodCard
from provcheck.domain.text import Text, say
from provcheck.report.catalogue import DIGEST, source
from provcheck.report.findings import GRADES


def rates(card: MethodCard) -> dict[str, str | int]:
    """Bounds of a calibrated card in percent, rounded to the unfavourable side, and the ratio of these two as they stand here."""
    hit, alarm = floor(card.hit_rate_at_least() * 1000), ceil(card.false_alarm_rate_at_most() * 10_000)
    return {"hit": f"{hit / 10}", "alarm": f"{alarm / 100}", "ratio": 10 * hit // alarm}


def what(one: MethodCard) -> Text:
    """What the card measures: in the report's language where it is this version's card, else as the record states it."""
    known = source().get(f"method.{one.id}") == one.what
    return Text(f"method.{one.id}") if known else say("card.what", words=one.what)


def data(one: MethodCard) -> Text:
    """What it was measured on, by the same rule; digests of sets stand in it as they are."""
    id_, held = f"method.{one.id}.data", DIGEST.findall(one.data)
    if source().get(id_) != DIGEST.sub("{digest}", one.data) or len(held) > 1:
        return say("card.what", words=one.data)
    return Text(id_, tuple(("digest", digest) for digest in held))


def card(one: MethodCard) -> Text:
    """One line: the method, what a hit and a false alarm are, and the numbers, or that there are none."""
    named = say("card.named", id=one.id, version=one.version, what=what(one))
    if not one.calibrated:
        return say("card.unmeasured", card=named)
    bound = rates(one)
    grade = one.grade()
    return say(
        "card.measured",
        card=named,
        hits=say("report.methods.of", hits=one.hits, cases=one.positives),
        least=str(bound["hit"]),
        alarms=say("report.methods.of", hits=one.false_alarms, cases=one.negatives),
        most=str(bound["alarm"]),
        grade=GRADES[grade] if grade else say("report.methods.neutral"),
        data=data(one),
        day=one.date,
    )
