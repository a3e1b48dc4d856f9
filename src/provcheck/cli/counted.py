"""How many, in the English of messages: 1 photo, 2 photos."""

from __future__ import annotations


def counted(count: int, one: str, other: str = "") -> str:
    return f"{count} {one if count == 1 else other or f'{one}s'}"
