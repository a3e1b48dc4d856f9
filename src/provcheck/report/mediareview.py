"""A draft of schema.org's MediaReview, as JSON-LD: all that a person need not decide. The category stays empty."""

from __future__ import annotations

import json

from provcheck.domain.case import Case, Exhibit
from provcheck.domain.claim import Claim
from provcheck.domain.codec import Json
from provcheck.domain.report import Report
from provcheck.domain.text import say
from provcheck.report.catalogue import reviewed
from provcheck.report.mark import GENERATOR
from provcheck.report.sentence import sentence
from provcheck.report.untrusted import linkable, paragraphs, shown

CATEGORIES = "https://schema.org/MediaManipulationRatingEnumeration"
PIXEL = "E37"  # UN/CEFACT's code of the unit
QUOTED = 2000  # characters of a claim's text: a claim to review is a sentence, not the whole post
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})  # it will stand in a page's <script>


def render_mediareview(report: Report, lang: str = "en") -> str:
    """One draft a photo, in ASCII. It holds no file name, digest, position or channel: those would expose a source."""
    told = [say("mediareview.note", field="mediaAuthenticityCategory", terms=CATEGORIES)]
    told += [say("report.rendered"), say("report.rendered.words")] if report.case.rendered else []
    told += [] if reviewed(lang) else [say("report.unreviewed")]
    text = " ".join(sentence(one, lang) for one in told)
    note: dict[str, Json] = {"@type": "Comment", "name": GENERATOR, "text": text, "inLanguage": lang}
    reviews: list[Json] = [_review(exhibit, report.case, lang) for exhibit in report.case.exhibits if exhibit.picture]
    graph: dict[str, Json] = {"@context": "https://schema.org", "@graph": [note, *reviews]}
    return json.dumps(graph, indent=1, ensure_ascii=True).translate(ESCAPES) + "\n"


def _review(exhibit: Exhibit, case: Case, lang: str) -> dict[str, Json]:
    """Whatever is empty is for a person: the category, who reviewed, where and when it is published, and the context."""
    return {
        "@type": "MediaReview",
        "creativeWorkStatus": "Draft",
        "mediaAuthenticityCategory": "",
        "originalMediaContextDescription": "",
        "originalMediaLink": "",
        "author": {"@type": "Organization", "name": "", "url": ""},
        "url": "",
        "datePublished": "",
        "itemReviewed": {"@type": "MediaReviewItem", "mediaItemAppearance": [_appearance(exhibit, case, lang)]},
    }


def _appearance(exhibit: Exhibit, case: Case, lang: str) -> dict[str, Json]:
    photo = exhibit.photo
    item: dict[str, Json] = {
        "@type": "ImageObjectSnapshot",
        "name": sentence(say("report.photo", number=exhibit.number), lang),
        "contentUrl": "",
    }
    if photo.width and photo.height:
        item |= {"width": _pixels(photo.width), "height": _pixels(photo.height)}
    return item | {"interpretedAsClaim": [_claim(claim) for claim in case.about(exhibit)]}


def _pixels(count: int) -> dict[str, Json]:
    return {"@type": "QuantitativeValue", "value": count, "unitCode": PIXEL}


def _claim(claim: Claim) -> dict[str, Json]:
    text = "\n".join(paragraphs(claim.text, QUOTED))
    made: dict[str, Json] = {"@type": "Claim", "text": text, "author": {"name": shown(claim.by)}}
    if claim.published:
        made["datePublished"] = claim.published.isoformat()
    if linkable(claim.url):
        made["appearance"] = {"@type": "CreativeWork", "url": claim.url}
    return made
