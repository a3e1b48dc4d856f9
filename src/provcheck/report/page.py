"""The report as one HTML page: no script, no outside reference, the same bytes for the same report."""

from __future__ import annotations

import re
import shlex
from base64 import b64encode
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from provcheck.domain.case import Case
from provcheck.domain.claim import Claim
from provcheck.domain.photo import Outcome, Picture
from provcheck.domain.reading import Found, Unreadable
from provcheck.domain.report import Edition, Report
from provcheck.domain.text import Arg, Text, say
from provcheck.report.cards import card, data, rates, what
from provcheck.report.catalogue import reviewed
from provcheck.report.exhibits import OUTCOMES, build, facts, missing, searched
from provcheck.report.findings import GRADES, leans, limits, said, tables
from provcheck.report.hits import changed, hits, timeline
from provcheck.report.map import chart
from provcheck.report.notes import first_notes, note_rows
from provcheck.report.overview import overview
from provcheck.report.parts import NAMES, stated
from provcheck.report.pillars import pillars
from provcheck.report.record import RecordError, digest
from provcheck.report.regions import forms, layout, numbered, percent, points, runners_up
from provcheck.report.rivals import beside, no_choice, undecided
from provcheck.report.seals import STANDINGS, ingredient, seal
from provcheck.report.searches import archives
from provcheck.report.sentence import markup, sentence
from provcheck.report.silence import not_run
from provcheck.report.tally import counts, tally
from provcheck.report.timeline import timeline as dated_facts
from provcheck.report.untrusted import linkable, paragraphs, shown
from provcheck.report.wording import claims_key, edition, held, photo_list, received

PICTURES = {"image/jpeg", "image/png"}  # what a Picture may be; anything else would be a way into the page
SHORT = 12  # hex digits of a digest in running text: 48 bits, enough to tell reports apart by eye


class Shelf:
    """Which archived pictures stand in the page already: one that several photos match is written once."""

    def __init__(self) -> None:
        self._places: dict[Picture, str] = {}

    def place(self, picture: Picture) -> tuple[str, bool]:
        """Its id in the page, and whether it is to be written here."""
        first = picture not in self._places
        return self._places.setdefault(picture, f"archived-{len(self._places) + 1}"), first


def render_html(report: Report, lang: str = "en") -> str:
    """The page. Everything untrusted in it is escaped, and links go to http and https only."""
    return _rendered(report, lang, paper=False)


def render_print(report: Report, lang: str = "en") -> str:
    """The page as `pdf.to_pdf` takes it: each picture stands where it is shown, as paper has no pictures to point to."""
    return _rendered(report, lang, paper=True)


def _rendered(report: Report, lang: str, paper: bool) -> str:
    context = {
        "paper": paper,
        "shelf": Shelf(),
        "report": report,
        "case": report.case,
        "digest": digest(report),
        "edition": edition(report),
        "notes": note_rows(report.case),
        "public": report.edition is Edition.PUBLIC,
        "overview": overview(report),
        "noted": first_notes(report.case),
        "tally": tally(counts(report)),
        "exhibits": tuple(exhibit for exhibit in report.case.exhibits if exhibit.picture),
        "others": tuple(exhibit for exhibit in report.case.exhibits if not exhibit.picture),
        "about": lambda claim: _about(claim, report.case),
        "photo_count": say("report.count.photos", count=sum(exhibit.picture for exhibit in report.case.exhibits)),
        "claim_count": say("report.count.claims", count=len(report.case.claims)),
        "tables": tables(report),
        "not_run": not_run(report),
        "archives": archives(report),
    }
    return environment(lang).get_template("page.html").render(context)


@cache
def environment(lang: str) -> Environment:
    env = Environment(
        loader=PackageLoader("provcheck.report", "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters |= {
        "said": partial(markup, lang=lang),
        "shown": _shown,
        "data_uri": data_uri,
        "runners_up": runners_up,
        "link": link,
        "short": lambda digest: digest[:SHORT],
        "shell": lambda name: shlex.quote(shown(name)),
    }
    env.tests |= {
        "found": lambda reading: isinstance(reading, Found),
        "unreadable": lambda reading: isinstance(reading, Unreadable),
    }
    env.globals |= {
        "lang": lang,
        "reviewed": reviewed(lang),
        "t": lambda id_, /, **args: markup(_say(id_, args), lang),
        "plain": lambda id_, /, **args: sentence(_say(id_, args), lang),
        "photo_list": lambda numbers: markup(photo_list(numbers), lang),
        "held": held,
        "css_text": lambda text: _css_text(sentence(text, lang)),
        "facts": facts,
        "chart": chart,
        "missing": missing,
        "searched": searched,
        "build": build,
        "seal": seal,
        "standings": STANDINGS,
        "ingredient": ingredient,
        "leans": leans,
        "beside": beside,
        "undecided": undecided,
        "no_choice": no_choice,
        "saying": said,
        "limits": limits,
        "stated": stated,
        "pillars": pillars,
        "dated_facts": dated_facts,
        "paragraphs": paragraphs,
        "numbered": numbered,
        "points": points,
        "percent": percent,
        "layout": layout,
        "forms": forms,
        "runners_up": runners_up,
        "rates": rates,
        "card": card,
        "what": what,
        "data": data,
        "parts": NAMES,
        "outcomes": OUTCOMES,
        "hits": hits,
        "timeline": timeline,
        "changed": changed,
        "claims_key": claims_key,
        "received": received,
        "grades": GRADES,
        "refused": Outcome.REFUSED,
    }
    return env


def _say(id_: str, args: dict[str, Arg]) -> Text:
    return Text(id_, tuple(sorted(args.items())))


def data_uri(picture: Picture) -> str:
    if picture.media_type not in PICTURES:
        raise RecordError(f"a picture in a report is one of {sorted(PICTURES)}, not {picture.media_type!r}")
    return f"data:{picture.media_type};base64,{b64encode(picture.data).decode('ascii')}"


def link(untrusted_url: str) -> Markup:
    """The address as text, and as a link where it is a plain http or https address."""
    text = str(escape(shown(untrusted_url)))
    if linkable(untrusted_url):  # inside the <bdi>: on paper, a box within a link would be a second link
        text = f'<a href="{escape(untrusted_url)}" rel="noopener noreferrer nofollow">{text}</a>'
    return Markup(f'<bdi lang="">{text}</bdi>')  # noqa: S704  # escaped above


def _about(claim: Claim, case: Case) -> Text:
    """The photos that a claim names by patterns."""
    numbers = tuple(exhibit.number for exhibit in case.exhibits if exhibit.picture and claim.concerns(exhibit.photo.name))
    return photo_list(numbers) if numbers else say("report.claim.about.none")


def _shown(untrusted: str, limit: int = 240) -> Markup:
    return Markup(f'<bdi lang="">{escape(shown(untrusted, limit))}</bdi>')  # noqa: S704  # escaped here


def _css_text(words: str) -> Markup:
    """Words of ours as a CSS string; whatever is not a plain character is written as its code."""
    return Markup('"' + re.sub(r"[^\w .,:;/()-]", lambda match: f"\\{ord(match[0]):x} ", words) + '"')  # noqa: S704  # escaped here
