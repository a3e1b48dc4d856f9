"""The public edition's self-test: no secret in any value or view of it, and no picture but those that were covered."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass, replace

from provcheck.domain.photo import Picture
from provcheck.domain.report import Report
from provcheck.domain.text import Text, say
from provcheck.redact.wipe import Secrets, found_in, present, strings

DATA = re.compile(
    r"data:image/(?:jpeg|png);base64,[A-Za-z0-9+/=]+|\"[A-Za-z0-9+/]{120,}={0,2}\""
)  # pictures, which are tried as such
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def value_leaks(report: Report, secrets: Secrets, allowed: Collection[bytes]) -> tuple[Text, ...]:
    """`allowed` are the files of the pictures that may stand in it."""
    named = replace(secrets, quoted=())
    open_ = (report.case.title, report.case.claims, report.case.notes, report.revision)
    closed = (report.case.exhibits, report.answers)
    leaks = []
    if any(found_in(text, named) for text in strings(open_)) or any(found_in(text, secrets) for text in strings(closed)):
        leaks.append(say("redact.leak.value"))
    if any(picture.data not in allowed for picture in pictures(report)):
        leaks.append(say("redact.leak.picture"))
    return tuple(leaks)


def view_leaks(name: str, view: str, secrets: Secrets, words_of_ours: str) -> tuple[Text, ...]:
    """Whether a secret stands in a view as it is written; one that is a word of our own sentences is left to `value_leaks`."""
    ours = set(_words(present(words_of_ours, secrets)))
    sought = replace(
        secrets,
        words=tuple(word for word in secrets.words if word not in ours),
        quoted=tuple(word for word in secrets.quoted if word not in ours),
        hidden=tuple(word for word in secrets.hidden if word not in ours),
    )
    return (say("redact.leak.view", view=name),) if found_in(plain(view), sought) else ()


def _words(secrets: Secrets) -> tuple[str, ...]:
    return (*secrets.words, *secrets.quoted, *secrets.hidden)


def plain(view: str) -> str:
    """A view's text as a reader sees it: no pictures, and every escape of HTML, JSON and Markdown undone."""
    text = DATA.sub(" ", view)
    text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return html.unescape(re.sub(r"<[^<>]{0,400}>", "", text)).replace("\\", "")


def pictures(value: object) -> Iterator[Picture]:
    """Every picture in a domain value."""
    if isinstance(value, Picture):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from pictures(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from pictures(getattr(value, field.name))
