"""A plate before it is drawn: its lines, marks, size and field; and the plain one- and two-row layouts."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

SCALE = 0.66  # pixels per millimetre: 520 mm are 343 px, the width of large plates in real photos
EMBLEM = "*"  # stands in a line where a coat of arms or a seal is; drawn, not read
FIELDS = ("white", "yellow", "black", "blue", "red")


@dataclass
class Line:
    """Signs that stand on one base line between x0 and x1 (mm); spaces are gaps. Letters may be lower than digits."""

    text: str
    x0: float
    x1: float
    base: float
    digit: float
    letter: float
    spread: float = 1.1  # how far the signs may be stretched to fill the line


@dataclass
class Plan:
    """A plate before it is drawn. `lines` are in reading order; marks are drawn and not read."""

    format: str
    kind: str
    size: tuple[float, float]
    field: str
    lines: list[Line]
    rows: int = 1
    marks: list[tuple] = field(default_factory=list)
    own: float = 0.0
    edge: bool = True

    @property
    def text(self) -> str:
        return "".join(line.text.replace(" ", "").replace(EMBLEM, "") for line in self.lines)


LONG = (520.0, 112.0)
SQUARE = (290.0, 170.0)
MOTO = (190.0, 145.0)
TRACTOR = (288.0, 206.0)


def row(
    rng: random.Random,
    fmt: str,
    parts: list[str],
    left: str = "",
    colour: str = "white",
    box: str = "",
    size: tuple[float, float] = LONG,
    own: float = 0.3,
    small: bool = False,
) -> Plan:
    """A one-row plate of another country: an optional band with its sign, groups, an optional box at the right."""
    wide, high = size
    digit = high * rng.uniform(0.62, 0.76)
    letter = digit * (rng.uniform(0.74, 0.82) if small else 1.0)
    base = high / 2 + digit / 2 + rng.uniform(-3, 3)
    band = wide * rng.uniform(0.075, 0.1) if left else 0.0
    cut = wide * (0.79 + rng.uniform(-0.02, 0.02)) if box else wide
    x0 = max(band, wide * 0.02) + wide * 0.025
    marks: list[tuple] = [("band", band, left)] if left else []
    lines = [Line((" " if rng.random() < 0.85 else "").join(parts), x0, cut - wide * 0.03, base, digit, letter, 1.35)]
    if box:
        lines.append(Line(box, cut + 8, wide - 12, base, digit * rng.uniform(0.8, 1), letter, 1.2))
        if rng.random() < 0.9:
            marks.append(("bar", cut, 6, cut, high - 6))
    if rng.random() < 0.3:
        marks += [("bolt", wide * 0.04, high / 2), ("bolt", wide * 0.96, high / 2)]
    return Plan(fmt, "", size, colour, lines, marks=marks, own=own)


def rows(
    rng: random.Random, fmt: str, top: str, low: str, left: str = "", colour: str = "white", size: tuple[float, float] = SQUARE
) -> Plan:
    """A two-row plate of another country."""
    wide, high = size
    h = high * rng.uniform(0.34, 0.41)
    b = wide * 0.08
    lines = [
        Line(top, b + (wide * 0.14 if left else 0), wide - b, high * 0.46, h, h, 1.3),
        Line(low, b, wide - b, high * 0.92, h, h, 1.3),
    ]
    return Plan(fmt, "", size, colour, lines, 2, [("corner", left)] if left else [], own=0.3)
