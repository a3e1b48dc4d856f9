"""The words that no report may use of a photo, language by language, and what is exempt from them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

LISTS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("banned.toml").read_text(encoding="utf-8"))
# For lower-case text, which takes half the time
BANNED = {lang: re.compile(rf"\b(?:{'|'.join(words)})(?!\w)") for lang, words in LISTS.items()}
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
EXEMPT = re.compile(
    r"data:image/[^\"]*"  # pictures
    r"|<bdi.*?</bdi>|<blockquote.*?</blockquote>"  # quotations
    r"|<pre>.*?</pre>|<code>.*?</code>"  # commands and digests
    r"|provcheck [a-z]+|--[a-z-]+"  # commands in running text
    r'|"original\w+"|\bOriginal\w+'  # terms of schema.org
    r"|\b[A-Z]\w*[a-z]Original\w*",  # tag names: DateTimeOriginal
    re.DOTALL,
)


def banned(written: str, lang: str) -> list[str]:
    """The banned words in a text of ours."""
    written = " ".join(STYLE.sub(" ", written).split())  # a list's exceptions may be broken over two lines
    if not BANNED[lang].search(written.lower()):
        return []
    return [found[0] for found in BANNED[lang].finditer(EXEMPT.sub(" ", written).lower())]
