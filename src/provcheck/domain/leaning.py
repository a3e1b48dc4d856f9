"""Which way something leans."""

from __future__ import annotations

from enum import StrEnum


class Leaning(StrEnum):
    """Which way a finding leans for the claim part it is about."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NEUTRAL = "neutral"
