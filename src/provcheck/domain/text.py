"""A sentence before it has a language: the id of a template and the arguments it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True, slots=True)
class Text:
    """`id` names a template of `report/locales`; `args` are its arguments, sorted by name.

    String arguments may come from a hostile file. Every view escapes them and drops their
    control characters; nothing here does. Dates travel as ISO 8601 strings.
    """

    id: str
    args: tuple[tuple[str, Arg], ...] = ()


Arg = Union[str, int, Text, tuple[Text, ...]]


def say(template: str, /, **args: Arg) -> Text:
    """The sentence `template` with its arguments: `say("clock.no-zone", clock="2023-07-29T10:00")`."""
    return Text(template, tuple(sorted(args.items())))
