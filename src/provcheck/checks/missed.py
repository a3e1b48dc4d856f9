"""How often is an edited copy of an archived photo missed? Measured, in percent, by kind of edit: what "no match" leaves open."""

from __future__ import annotations

from typing import Final

# python -m benchmarks.recall, 26 November 2026: whole copies and parts together, verdict "same" or "part", on photos of six
# sources, percent rounded up (benchmarks/RESULTS.md: three limits were set with three of these photos in view)
SAMPLE: Final = 99  # photos, each edited in 44 ways
MISSED: Final = (
    ("light", "1"),
    ("turned", "0"),
    ("overlay", "1"),
    ("crop", "3"),
    ("frame", "1"),
    ("combo", "2"),
)
