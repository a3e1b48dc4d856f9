"""What the code on a Russian-format plate stands for, as said by the ministry that assigns it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from provcheck.domain.text import Text, say

NOT_LETTERS = re.compile("[^a-z]+")


@dataclass(frozen=True, slots=True)
class Region:
    """One assignment of a code. `first` and `last` are ISO dates or years, "" where open; `note` names its caution."""

    code: str
    subject: str
    first: str
    last: str
    note: str
    source: str

    @property
    def named(self) -> Text:
        """The subject's name as a sentence of the report's catalogues, so that it has a form in every language."""
        return Text("region." + NOT_LETTERS.sub("-", self.subject.lower()).strip("-"))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("regions.toml").read_text(encoding="utf-8"))


def checked() -> str:
    """The day of the list, ISO 8601."""
    return str(_table()["checked"])


@cache
def regions() -> dict[str, tuple[Region, ...]]:
    """Every assignment of every listed code; some codes had two in turn, and old plates still run."""
    found: dict[str, tuple[Region, ...]] = {}
    for row in _table()["region"]:
        item = Region(row["code"], row["subject"], row["from"], row["to"], row["note"], row["source"])
        found[item.code] = (*found.get(item.code, ()), item)
    return found


def listed(code: str) -> bool:
    return code in regions()


def meaning(code: str) -> tuple[Text, ...]:
    """Sentences about a code; one that says so where it is unlisted."""
    if not listed(code):
        return (say("plates.region-unlisted", code=code),)
    return tuple(sentence for item in regions()[code] for sentence in _said(item))


def _said(item: Region) -> tuple[Text, ...]:
    match item.note:
        case "former":
            return (say("plates.region-former", code=item.code, subject=item.named, last=item.last),)
        case "occupied":
            return (say("plates.region-occupied", code=item.code, subject=item.named, first=item.first),)
        case "baikonur":
            return (say("plates.region-baikonur", code=item.code),)
        case "near-kazakhstan":
            return (
                say("plates.region", code=item.code, subject=item.named),
                say("plates.region-near-kazakhstan", subject=item.named),
            )
    return (say("plates.region", code=item.code, subject=item.named),)
