"""What do the Content Credentials in the file claim, and how far does their seal hold?"""

from __future__ import annotations

from provcheck.domain.case import Case, Exhibit
from provcheck.domain.credentials import Credentials, Standing, Verdict
from provcheck.domain.evidence import Evidence
from provcheck.domain.finding import About, Answer, CannotSay, Check, Finding, Leaning, lean
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.text import Text, say

ID = "content-credentials"


def _answer(exhibit: Exhibit, evidence: Evidence, case: Case) -> Answer:
    match evidence.credentials:
        case Found(told):
            if told.verdict in (Verdict.REMOTE_ONLY, Verdict.UNREADABLE):
                return CannotSay(told.reason or say("content-credentials.unchecked"), failed=told.verdict is Verdict.UNREADABLE)
            findings = [
                _finding(exhibit, case, _standing(told), _why(told)),
                *(_finding(exhibit, case, *pair) for pair in _claims(told)),
            ]
            return tuple(findings)
        case Unreadable(reason):
            return CannotSay(say("content-credentials.unreadable", why=reason), failed=True)
    return CannotSay(say("content-credentials.absent"), asked=False)


def _standing(told: Credentials) -> Text:
    signer = told.common_name or told.signer
    match told.standing:
        case Standing.SOUND_LISTED:
            return say("content-credentials.listed", signer=signer, list=told.trust_list)
        case Standing.BROKEN:
            return say("content-credentials.broken", signer=signer)
    return say("content-credentials.unlisted", signer=signer)


def _why(told: Credentials) -> Text:
    if told.reason:
        return told.reason
    return say("content-credentials.signed", generator=told.generator, signed_at=told.signed_at or "—")


def _claims(told: Credentials) -> list[tuple[Text, Text]]:
    """What the manifest says of the picture, which holds as far as its signer is believed."""
    because = say("content-credentials.claimed", generator=told.generator)
    found = []
    actions = tuple(dict.fromkeys(action.name for action in told.actions))
    if actions:
        found.append((say("content-credentials.actions", actions=", ".join(actions)), because))
    if told.ingredients:
        found.append((say("content-credentials.ingredients", titles=", ".join(row.title for row in told.ingredients)), because))
    if told.ingredient_failures:
        found.append((say("content-credentials.ingredient-faults", codes=", ".join(told.ingredient_failures)), because))
    return found


def _finding(exhibit: Exhibit, case: Case, summary: Text, because: Text) -> Finding:
    about = About(exhibit.number)
    return lean(case, ID, about, Leaning.NEUTRAL, summary=summary, because=because, does_not_show=say("content-credentials.limit"))


CHECK = Check(ID, say("content-credentials.question"), _answer)
