"""Fields that came after schema 1.0: older records lack them, and whoever has nothing to say there leaves them out."""

from __future__ import annotations

from dataclasses import Field, field
from typing import Any, TypeVar

T = TypeVar("T")
KEY = "since"


def since(version: str, default: T) -> T:
    """A field of a record, with the schema version that it came with and what its absence means.

    `encode` leaves it out where it has its default, so that a record of an older version keeps its bytes and its digest.
    """
    made: T = field(default=default, metadata={KEY: version})
    return made


def later(one: Field[Any]) -> bool:
    """Whether a record may lack this field."""
    return KEY in one.metadata
