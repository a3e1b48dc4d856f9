"""Content Credentials in words: which of the five outcomes, and who says what."""

from __future__ import annotations

from provcheck.domain.credentials import Action, Credentials, Ingredient, Standing
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
        (say("report.seal.codes"), ", ".join(credentials.failures + credentials.ingredient_failures)),
    )
    facts = [Fact(label, say("report.seal.quoted", words=words)) for label, words in stated if words]
    if credentials.source_types:
        types = tuple(say("report.seal.quoted", words=word) for word in credentials.source_types)
        facts.append(Fact(say("report.seal.source"), joined(types)))
    if credentials.actions:
        facts.append(Fact(say("report.seal.actions"), joined(tuple(map(_action, credentials.actions)))))
    return tuple(facts)


def ingredient(one: Ingredient) -> Text:
    state = say("report.seal.ingredient.sealed") if one.manifest else say("report.seal.ingredient.unsealed")
    return say("report.seal.ingredient", title=one.title, relationship=one.relationship, state=state)


def _action(action: Action) -> Text:
    told = step(action.name, action.program, action.when)
    return spaced((told, say("report.seal.action.source", type=action.source_type))) if action.source_type else told
