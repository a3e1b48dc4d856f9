"""What a reader saw: it found a value, found nothing, or could not read. Never a bare None."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar, Union

from provcheck.domain.text import Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """The reader looked and saw this."""

    value: T


@dataclass(frozen=True, slots=True)
class Absent:
    """The reader looked, the place was intact, and nothing was there."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The reader could not look, or what was there is damaged. Not the same as nothing."""

    reason: Text


Reading = Union[Found[T], Absent, Unreadable]
