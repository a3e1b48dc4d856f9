"""Words for Markdown: whatever a photo, an archive or a claim says stays plain text there, in any dialect and any CMS."""

from __future__ import annotations

import re
from urllib.parse import quote

from provcheck.domain.text import Text
from provcheck.report.sentence import Ink, inked
from provcheck.report.untrusted import SHOWN, linkable, shown

# Character references where a backslash is not enough: HTML passes through Markdown, template engines ({{ }}, {% %}) run
# before it, and tables, mentions, formulas and struck or marked words are dialects that not every backslash stops.
REFERENCES = {ord(char): f"&#{ord(char)};" for char in "{}|~@$^=`"} | {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
BACKSLASHES = re.compile(r"[\\*_\[\]#!]")  # all of them are among the few that Gruber's Markdown takes, too
SCHEME = re.compile(r":(?=[^\s\d])")  # https://… would become a link, :name: a symbol; 10:12 stays
DOMAIN = re.compile(r"(?<=\w)\.(?=[^\W\d])")  # www.example.org would become a link in some dialects
BLOCK = re.compile(r"^(?:[-+]|\d+(?=[.)])|:)")  # at the start of a line: a list, a rule, a definition
KEPT = "/:?#@$&=+,;%~"  # of an address as it stands; brackets, quotes, stars and white space are written in per cent


def plain(words: str) -> str:
    """`words` as Markdown that shows them and does nothing else; one line."""
    marked = SCHEME.sub("\0", words.strip())
    marked = BACKSLASHES.sub(r"\\\g<0>", DOMAIN.sub("\1", marked)).translate(REFERENCES)
    return opened(marked.replace("\1", r"\.").replace("\0", "&#58;"))


def opened(line: str) -> str:
    """A line that begins no list, rule or definition of its own, and no code block."""
    line = line.strip()
    found = BLOCK.match(line)
    if not found:
        return line
    head, rest = line[: found.end()], line[found.end() :]
    return f"{head}\\{rest}" if head[0].isdigit() else f"&#{ord(head)};{rest}"


def theirs(untrusted: str, limit: int = SHOWN) -> str:
    return plain(shown(untrusted, limit))


MARKDOWN = Ink(ours=lambda words: words.translate(REFERENCES), theirs=theirs, quoted=theirs)


def written(text: Text, lang: str = "en") -> str:
    """`text` as one line of Markdown."""
    return opened(inked(text, MARKDOWN, lang))


def address(untrusted_url: str) -> str:
    """The address as text, and as a link where it is a plain http or https address."""
    text = theirs(untrusted_url)
    if not linkable(untrusted_url):
        return text
    target = quote(untrusted_url, safe=KEPT).replace("&", "&amp;")
    return f"[{text}](<{target}>)"


