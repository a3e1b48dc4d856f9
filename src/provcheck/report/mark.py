"""How a report is told from any other file, so that only a report is written over."""

from __future__ import annotations

from typing import Final

GENERATOR: Final = "provcheck report"
MARK: Final = f'<meta name="generator" content="{GENERATOR}">'


def is_report(head: bytes) -> bool:
    """Whether a file that begins with `head` is a report that provcheck wrote."""
    return MARK.encode() in head
