"""What the flags are judged from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from provcheck.domain.metadata import Stated, Thumbnail
from provcheck.domain.reading import Found, Reading

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """`name` is the file's own, without folders, and untrusted; `as_of` is the report's only "now"."""

    name: str
    stated: Stated
    as_of: date
    thumbnail: Reading[Thumbnail]

    def values(self, key: str) -> tuple[str, ...]:
        """The curated values under a shared name."""
        fields = found(self.stated.fields) or ()
        return tuple(field.value for field in fields if field.key == key)

    @property
    def captioned(self) -> bool:
        """Whether the file holds IPTC datasets, also where they stand among Photoshop's resources."""
        return any(field.key.startswith("iptc.") for field in found(self.stated.fields) or ())


def found(reading: Reading[T]) -> T | None:
    return reading.value if isinstance(reading, Found) else None
