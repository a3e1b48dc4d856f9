"""Content Credentials in words: which of the five outcomes, and who says what."""

from __future__ import annotations

from provcheck.domain.credentials import Action, Certificate, Credentials, Ingredient, Standing
from provcheck.domain.text import Text, say
from provcheck.report.exhibits import step
from provcheck.report.fact import Fact
from provcheck.report.wording import joined, spaced

STANDINGS = {
    Standing.NONE: say("report.seal.none"),
    Standing.BROKEN: say("report.seal.broken"),
    Standing.SOUND_UNLISTED: say("report.seal.unlisted"),
    Standing.SOUND_LISTED: say("report.seal.listed"),
    Standing.UNCHECKED: say("report.seal.unchecked"),
}


def seal(credentials: Credentials) -> tuple[Fact, ...]:
    """What the manifest states, as far as it states anything; every word is quoted from it."""
    stated = (
        (say("report.seal.signer"), credentials.signer),
        (say("report.seal.common-name"), credentials.common_name),
        (say("report.seal.signed-at"), credentials.signed_at),
        (say("report.seal.generator"), credentials.generator),
        (say("report.seal.title"), credentials.title),
        (say("report.seal.trust-list"), credentials.trust_list),
        (say("report.seal.remote"), credentials.remote_url),
        (say("report.seal.codes"), ", ".join(credentials.failures + _elsewhere(credentials))),
    )
    facts = [Fact(label, say("report.seal.quoted", words=words)) for label, words in stated if words]
    if credentials.source_types:
        types = tuple(say("report.seal.quoted", words=word) for word in credentials.source_types)
        facts.append(Fact(say("report.seal.source"), joined(types)))
    if credentials.actions:
        facts.append(Fact(say("report.seal.actions"), joined(tuple(map(_action, credentials.actions)))))
    if credentials.chain:
        facts.append(Fact(say("report.seal.chain"), joined(tuple(map(_link, credentials.chain)))))
    return tuple(facts)


def _elsewhere(credentials: Credentials) -> tuple[str, ...]:
    """Faults of what the picture was made from that no ingredient of its own tells: they lie deeper."""
    told = {code for one in credentials.ingredients for code in one.failures}
    return tuple(code for code in credentials.ingredient_failures if code not in told)


def _link(one: Certificate) -> Text:
    return say("report.seal.link", subject=one.subject, issuer=one.issuer, first=one.not_before, last=one.not_after)


def ingredient(one: Ingredient) -> Text:
    state = say("report.seal.ingredient.sealed") if one.manifest else say("report.seal.ingredient.unsealed")
    if one.failures:
        state = say("report.seal.ingredient.broken", codes=", ".join(one.failures))
    return say("report.seal.ingredient", title=one.title, relationship=one.relationship, state=state)


def _action(action: Action) -> Text:
    told = step(action.name, action.program, action.when)
    return spaced((told, say("report.seal.action.source", type=action.source_type))) if action.source_type else told
