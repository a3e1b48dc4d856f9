"""How often is an edited copy of an archived photo missed? Measured, in percent, by kind of edit: what "no match" leaves open."""

from __future__ import annotations

from typing import Final

# python -m benchmarks.recall, 25 November 2026: whole copies and parts together, verdict "same" or "part",
# on photos of six sources that no threshold was set on (benchmarks/RESULTS.md)
SAMPLE: Final = 28  # photos, each edited in 44 ways
MISSED: Final = (
    ("light", "0"),
    ("turned", "0"),
    ("overlay", "1"),
    ("crop", "2"),
    ("frame", "2"),
    ("combo", "1"),
)
