"""Finds secret words in any text, however they are spelt there, and puts a bar in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, Final, TypeVar

from provcheck.domain.text import Text

T = TypeVar("T")
BAR: Final = "███"  # the same in every language
# A removed value that is one word of letters ("July", "undefined", "test") says little, and stands in much that is ours: like a
# short one it is wiped where it is the whole of a value. Names of people are sought inside of others, too.
PLAIN_WORD: Final = re.compile(r"[^\W\d_]+")
LEAST: Final = 4  # characters: a shorter word stands in too many others; it is wiped where it is the whole of a value
AT_ONCE: Final = 500  # words in one expression
# What plates are folded to, and what else the same sign is written as
ALIKE: Final = {
    "A": "AАaа", "B": "BВbв", "C": "CСcс", "E": "EЕeе", "H": "HНhн", "I": "IІiі", "K": "KКkк", "M": "MМmм", "O": "OО0oо",
    "0": "0OОoо", "P": "PРpр", "T": "TТtт", "X": "XХxх", "Y": "YУyу",
}  # fmt: skip
GAP: Final = r"[\s\-.·|_]{0,3}"  # between the signs of a plate as people write it


@dataclass(frozen=True, slots=True)
class Secrets:
    """`words` go as they stand, whatever their case; `plates` in other alphabets and with gaps; `quoted` out of evidence only."""

    words: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()  # what a person named: however short


def wiped(value: T, secrets: Secrets) -> T:
    """`value` with a bar for every secret in every string of it, however deep. Ids of texts are ours and stay."""
    near = present("\0".join(strings(value)), secrets)
    found: T = _mapped(value, lambda text: wiped_text(text, near))
    return found


def wiped_text(text: str, secrets: Secrets) -> str:
    if text.casefold() in _short(secrets):
        return BAR
    for pattern in patterns(secrets):
        text = pattern.sub(BAR, text)
    return text


def found_in(text: str, secrets: Secrets) -> bool:
    """Whether any secret stands in `text`."""
    near = present(text, secrets)
    return text.casefold() in _short(near) or any(pattern.search(text) for pattern in patterns(near))


def present(text: str, secrets: Secrets) -> Secrets:
    """The secrets of which `text` holds the letters at all: few, so that only few are looked for with care."""
    folded = text.casefold()
    near = (tuple(word for word in group if word.casefold() in folded) for group in (secrets.words, secrets.quoted, secrets.hidden))
    words, quoted, hidden = near
    return replace(secrets, words=words, quoted=quoted, hidden=hidden)


@lru_cache(maxsize=8)
def patterns(secrets: Secrets) -> tuple[re.Pattern[str], ...]:
    """Longer words first, so that a bar replaces the whole of a name and not its beginning."""
    telling = (
        set(secrets.hidden)
        | {word for word in secrets.words if len(word) >= LEAST}
        | {word for word in secrets.quoted if not _only_whole(word)}
    )
    words = sorted(telling, key=lambda word: (-len(word), word))
    spelt = [*map(re.escape, words), *map(_plate, sorted(set(secrets.plates), key=len, reverse=True))]
    batches = [spelt[at : at + AT_ONCE] for at in range(0, len(spelt), AT_ONCE)]
    return tuple(re.compile(rf"(?<![^\W_])(?:{'|'.join(batch)})(?![^\W_])", re.IGNORECASE) for batch in batches)


@lru_cache(maxsize=8)
def _short(secrets: Secrets) -> frozenset[str]:
    short = [word for word in secrets.words if 0 < len(word) < LEAST]
    return frozenset(word.casefold() for word in (*short, *filter(_only_whole, secrets.quoted)))


def _only_whole(quoted: str) -> bool:
    return len(quoted) < LEAST or bool(PLAIN_WORD.fullmatch(quoted))


def _plate(text: str) -> str:
    return GAP.join(f"[{ALIKE[char]}]" if char in ALIKE else re.escape(char) for char in text)


def strings(value: object) -> Iterable[str]:
    """Every string in a domain value; ids of texts, which are ours, left out."""
    if isinstance(value, str):
        yield str(value)
    elif isinstance(value, Text):
        for _, argument in value.args:
            yield from strings(argument)
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if type(value) is str:
        return change(value)
    if isinstance(value, Text):
        return Text(value.id, tuple((name, _mapped(argument, change)) for name, argument in value.args))
    if isinstance(value, tuple):
        return tuple(_mapped(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _mapped(getattr(value, field.name), change) for field in fields(value)})
    return value
