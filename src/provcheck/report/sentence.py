"""A Text becomes a sentence: plain for terminals and JSON lines, marked up for HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from markupsafe import Markup, escape

from provcheck.domain.text import Arg, Text
from provcheck.report.catalogue import CatalogueError, Piece, find
from provcheck.report.figures import decimal, month, whole
from provcheck.report.untrusted import shown

SECONDS = re.compile(r":\d\d:\d\d")  # a time that was written to the minute is shown to the minute

APART = re.compile(r" (?=[+-]\d\d:\d\d$)")  # a zone that stands apart from its time


@dataclass(frozen=True, slots=True)
class Ink:
    """How a view writes words of ours and words from outside."""

    ours: Callable[[str], str]
    theirs: Callable[[str], str]
    quoted: Callable[[str], str]


PLAIN = Ink(ours=str, theirs=shown, quoted=shown)
# <bdi> keeps right-to-left text from reordering the sentence around it; its empty lang says that the language is not known.
HTML = Ink(
    ours=lambda words: str(escape(words)),
    theirs=lambda words: str(escape(shown(words))),
    quoted=lambda words: f'<bdi lang="">{escape(shown(words))}</bdi>',
)


def sentence(text: Text, lang: str = "en") -> str:
    """`text` in words, safe for any terminal or log."""
    return compose(text, lang, PLAIN)


@lru_cache(maxsize=2048)  # a page says much of it several times, and its edition on paper all of it again
def markup(text: Text, lang: str = "en") -> Markup:
    """`text` in words, safe inside an HTML element."""
    return Markup(compose(text, lang, HTML))  # noqa: S704  # every piece went through `escape` in HTML's ink


def compose(text: Text, lang: str, ink: Ink) -> str:
    """`text` in words, written as `ink` writes: for views that have an escaping of their own."""
    message = find(text.id, lang)
    args = dict(text.args)
    if set(args) != message.names:
        raise CatalogueError(f"{text.id} takes {sorted(message.names)}, was given {sorted(args)}")
    return _fill(message.form(lang, args.get("count")), lambda piece: _argument(args[piece.name], piece.spec, lang, ink), ink)


def _fill(pieces: tuple[Piece, ...], argument: Callable[[Piece], str], ink: Ink) -> str:
    return "".join(ink.ours(piece.words) + (argument(piece) if piece.name else "") for piece in pieces)


def _argument(arg: Arg, spec: str, lang: str, ink: Ink) -> str:
    match arg:
        case Text():
            return compose(arg, lang, ink)
        case tuple():
            return _joined([compose(item, lang, ink) for item in arg], lang, ink)
        case int():
            return ink.ours(whole(lang, arg))
    if spec == "date":
        return _date(arg, lang, ink)
    if spec == "number":
        number = decimal(lang, arg)
        return ink.theirs(arg) if number is None else ink.ours(number)
    return framed("list.quote", lang, ink, text=ink.quoted(arg)) if spec == "quote" else ink.theirs(arg)


def _joined(items: list[str], lang: str, ink: Ink) -> str:
    """Whole sentences follow each other; anything less is listed."""
    if len(items) < 2 or all(item.endswith((".", "?")) for item in items):
        return " ".join(items)
    head = items[0]
    for item in items[1:-1]:
        head = framed("list.middle", lang, ink, head=head, next=item)
    return framed("list.end", lang, ink, head=head, last=items[-1])


def framed(id_: str, lang: str, ink: Ink, **written: str) -> str:
    """The sentence `id_` around parts that are written already."""
    return _fill(find(id_, lang).form(lang, None), lambda piece: written[piece.name], ink)


def _date(iso: str, lang: str, ink: Ink) -> str:
    """29 July 2023; with a time: 29 July 2023, 10:00:00 (UTC+05:00), or 05:00:00 UTC. What is no date is shown as it stands."""
    try:
        when = datetime.fromisoformat(APART.sub("", iso))
        day = date(when.year, when.month, when.day)
    except ValueError:
        return ink.theirs(iso)
    written = framed("date.day", lang, ink, day=str(day.day), month=ink.ours(month(lang, day.month)), year=str(day.year))
    if len(iso) <= len("2023-07-29"):
        return written
    clock = when.replace(tzinfo=None).time().isoformat("seconds" if SECONDS.search(iso) else "minutes")
    if when.tzinfo is None:
        return framed("date.time", lang, ink, day=written, time=clock)
    if not when.utcoffset():
        return framed("date.utc", lang, ink, day=written, time=clock)
    return framed("date.zoned", lang, ink, day=written, time=clock, offset=when.isoformat()[-6:])
