"""How a view of a report is told from any other file, so that only views are written over."""

from __future__ import annotations

from typing import Final

GENERATOR: Final = "provcheck report"
MARK: Final = f'<meta name="generator" content="{GENERATOR}">'
MARKDOWN_MARK: Final = f"[//]: # ({GENERATOR})"  # a comment in every dialect: a link that nothing names
HEAD: Final = 4096  # bytes of a file in which its mark stands


def is_report(head: bytes) -> bool:
    """Whether a file that begins with `head` is a report that provcheck wrote."""
    return MARK.encode() in head
