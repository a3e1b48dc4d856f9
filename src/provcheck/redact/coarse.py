"""Numbers and quotations in a finding's words that would give a position, or a file's own text, back."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from provcheck.domain.text import Arg, Text
from provcheck.redact.wipe import BAR

COORDINATES = frozenset(("latitude", "longitude"))
QUOTATIONS = frozenset(("written", "ours", "theirs", "item", "url"))  # of broken values, which no reading holds
DISTANCES = "position."  # ids of texts that measure the file's position begin so
STEP = 10  # km: distances to several claimed places would give a position back; at ten kilometres they do not


def coarse(text: Text) -> Text:
    """`text` without coordinates and quotations, its distances to ten kilometres."""
    return Text(text.id, tuple((name, _argument(text.id, name, argument)) for name, argument in text.args))


def _argument(id_: str, name: str, argument: Arg) -> Arg:
    match argument:
        case Text():
            return coarse(argument)
        case tuple():
            return tuple(coarse(item) for item in argument)
    if name in COORDINATES or name in QUOTATIONS:
        return BAR
    return _stepped(argument) if name == "km" and id_.startswith(DISTANCES) else argument


def _stepped(km: str | int) -> str:
    """≈460 for 462, <10 for 3: signs that every language reads."""
    try:
        exact = Decimal(str(km))
        near = int(exact / STEP + Decimal("0.5")) * STEP
    except (InvalidOperation, ValueError, OverflowError):
        return BAR
    return f"<{STEP}" if exact < STEP else f"≈{near}"
