"""Text from outside, made fit to be shown: nothing in it can steer a terminal, a page or a reader's eye."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SHOWN = 240  # characters of one untrusted value inside a sentence; the record keeps all of it

# Fixed ranges and not unicodedata's categories, which change with the Python version and with them the bytes of a report.
# C0, DEL, C1, soft hyphen; bidi marks, embeddings and isolates; zero width space, invisible operators, byte order mark;
# line and paragraph separators; lone surrogates; interlinear and tag characters; non-characters.
# The joiners U+200C and U+200D stay: Persian, Indic scripts and emoji need them.
HIDDEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)


def shown(untrusted: str, limit: int = SHOWN) -> str:
    """`untrusted` on one line, every character that would be invisible or move others shown as a symbol, cut at `limit`."""
    rest = len(untrusted) - limit
    text = untrusted if rest <= 0 else untrusted[:limit]
    visible = text if text.isascii() and text.isprintable() else HIDDEN.sub(_symbol, text)
    return visible if rest <= 0 else f"{visible}… [+{rest}]"


def paragraphs(untrusted: str, limit: int = 2000) -> tuple[str, ...]:
    """A longer quotation, by its own lines; `limit` holds for all of them together."""
    lines = []
    for line in untrusted.replace("\r\n", "\n").split("\n"):
        if limit <= 0:
            break
        if line.strip():
            lines.append(shown(line.strip(), limit))
        limit -= len(line)
    return tuple(lines)


def linkable(untrusted_url: str) -> bool:
    """Whether a view may link to it: an http or https address of a host, with nothing hidden in it."""
    try:
        parts = urlsplit(untrusted_url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not HIDDEN.search(untrusted_url)
    except ValueError:
        return False


def _symbol(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # the picture of a control character: ␛ for escape
    return "␡" if code == 0x7F else f"⟨{code:04X}⟩"
