"""A label and a value in words: how a page lists what was seen, missed or could not be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import Text, say

T = TypeVar("T")
LEFT_OUT = "redact.left-out"  # the reason of what a public edition does not hold: it could be read


@dataclass(frozen=True, slots=True)
class Fact:
    """`there` is False for what the reader looked for and did not find."""

    label: Text
    value: Text
    there: bool = True


def fact(label: Text, reading: Reading[T], words: Callable[[T], Text]) -> Fact:
    match reading:
        case Found(value):
            return Fact(label, words(value))
        case Absent():
            return Fact(label, say("report.photo.absent"), there=False)
        case Unreadable(reason) if reason.id == LEFT_OUT:
            return Fact(label, reason)
        case Unreadable(reason):
            return Fact(label, say("report.photo.unreadable", reason=reason))
