"""Words for Markdown: whatever a photo, an archive or a claim says stays plain text there, in any dialect and any CMS."""

from __future__ import annotations

import re
from urllib.parse import quote

from provcheck.domain.text import Text
from provcheck.report.sentence import Ink, compose, framed
from provcheck.report.untrusted import SHOWN, linkable, shown

BACKSLASHED = frozenset("\\*_[]#!.")  # among the few that Gruber's Markdown takes
# The rest becomes character references, where a backslash is not enough: HTML passes through Markdown, template engines
# ({{ }}, {% %}) run before it, and tables, mentions, formulas, struck and marked words are dialects.
# A dot or a colon only where it could make a link (www.example.org, https://…) or a symbol (:name:); 51.2 and 10:12 stay.
SPECIAL = re.compile(r"[\\*_\[\]#!{}|~@$^=`&<>]|(?<=\w)\.(?=[^\W\d])|:(?=[^\s\d])")
BLOCK = re.compile(r"[-+:]|\d+(?=[.)](?:\s|$))")  # what begins a list, a rule or a definition
KEPT = "/:?#@$&=+,;%~"  # of an address as it stands; brackets, quotes, stars and white space are written in per cent


def plain(words: str) -> str:
    """One line of `words` as Markdown that shows them and does nothing else."""
    return opened(SPECIAL.sub(_inert, words))


def opened(line: str) -> str:
    """A line that begins no list, rule, definition or code block of its own."""
    line = line.strip()
    found = BLOCK.match(line)
    if not found:
        return line
    head, rest = found[0], line[found.end() :]
    return f"{head}\\{rest}" if head.isdecimal() else f"&#{ord(head)};{rest}"


def theirs(untrusted: str, limit: int = SHOWN) -> str:
    return plain(shown(untrusted, limit))


MARKDOWN = Ink(ours=lambda words: SPECIAL.sub(_inert, words), theirs=theirs, quoted=theirs)

PUNCTUATION = Ink(ours=str, theirs=theirs, quoted=theirs)  # a colon between two pieces begins nothing


def written(text: Text, lang: str = "en") -> str:
    """`text` as one line of Markdown."""
    return opened(compose(text, lang, MARKDOWN))


def colon(head: str, tail: str, lang: str) -> str:
    """Head: tail, both written already; the colon stands as the language wants it."""
    return framed("list.colon", lang, PUNCTUATION, head=head, tail=tail)


def address(untrusted_url: str) -> str:
    """The address as text, and as a link where it is a plain http or https address."""
    text = theirs(untrusted_url)
    if not linkable(untrusted_url):
        return text
    return f"[{text}](<{quote(untrusted_url, safe=KEPT).replace('&', '&amp;')}>)"


def _inert(match: re.Match[str]) -> str:
    char = match[0]
    return f"\\{char}" if char in BACKSLASHED else f"&#{ord(char)};"
