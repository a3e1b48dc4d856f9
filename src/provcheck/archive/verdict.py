"""Is it a copy, or the same scene seen again? What the geometry and the look of a match say of it.

The limits were set on 18 of the 77 pictures of one source of the reuse photos (most of them cutlery on one table) and on 13 plate
photos, each edited in 25 ways, against 150 pairs of near scenes of the same two sets: frames of films, a hall seen in turning,
a camera that moved over a car park, scissors that were moved. WEIGHT and MANY were raised, and a rule for the strongest features
alone was dropped, after copies of eleven photos (three of that source, three of those measured on): it called moved scissors copies
more often than it found one. Of scissors on a plain table some pass once one is reduced or cropped (benchmarks/RESULTS.md).
"""

from __future__ import annotations

from typing import Final

from provcheck.archive.agree import Agreement
from provcheck.archive.likeness import Likeness
from provcheck.archive.parts import PartMatch

FEWEST: Final = 7.0  # features that lie right
WEIGHT: Final = (40.0, 100.0)  # natural logarithms against chance: never below the first, and below the second only when the look
LOOK: Final = 0.5  # agrees so far: lettering of one face agreed up to 90, copies under big letters from 160 on
VISIBLE: Final = 0.18  # of the archived picture: a corner that two views share says little; a crop by 70 % leaves more
ALIKE: Final = 0.25  # of its blocks: under big letters a copy keeps 0.3 and more
UNLIKE: Final = ((0.20, 0.30), (0.30, 0.45))  # of the low frequencies' signs: from so many on, so many features must come again:
# captions and glare change both less than another plate of the same print does
EXACT: Final = (1.5, 0.20)  # slip at most, share at least: nine in ten copies with texture; near scenes miss by more
MANY: Final = (2.2, 0.45)  # less exact, but more comes again than of a camera's background (up to 0.37) or a thing moved (0.43)
FAINT: Final = (3.5, 0.06, 0.85, 0.12)  # a picture of little texture, recompressed hard, that is whole: slip, share; alike, unlike
FAINT_WHOLE: Final = 0.85  # visible
FRAMED: Final = (0.97, 0.6, 0.95, 0.06)  # visible, share, alike, unlike: whole and unchanged, so its surroundings do not matter


def is_copy(match: PartMatch) -> bool:
    """Never where the query's picture goes on beyond the archived one's frame, unless that is there whole and unchanged."""
    seen, exact = match.likeness, match.exact
    if exact.count < FEWEST or seen.visible < VISIBLE or seen.share < ALIKE:
        return False
    if not is_sure(match.agreement, seen):
        return False
    if any(seen.unlike > unlike and exact.share < share for unlike, share in UNLIKE):
        return False
    if match.goes_on and not _is_whole(match):
        return False
    lies_right = any(exact.slip <= slip and exact.share >= share for slip, share in (EXACT, MANY))
    return lies_right or _is_faint(match)


def is_sure(agreed: Agreement, seen: Likeness) -> bool:
    """Whether neither chance nor lettering of one face explains the agreement."""
    return agreed.weight >= WEIGHT[1] or (agreed.weight >= WEIGHT[0] and seen.share >= LOOK)


def _is_whole(match: PartMatch) -> bool:
    seen = match.likeness
    return seen.visible >= FRAMED[0] and match.exact.share >= FRAMED[1] and seen.share >= FRAMED[2] and seen.unlike <= FRAMED[3]


def _is_faint(match: PartMatch) -> bool:
    seen = match.likeness
    fits = seen.visible >= FAINT_WHOLE and seen.share >= FAINT[2] and seen.unlike <= FAINT[3]
    return fits and match.exact.slip <= FAINT[0] and match.exact.share >= FAINT[1]
