"""Every Russian kind of GOST R 50577, as plans."""

from __future__ import annotations

import random
from collections.abc import Callable

from training.layouts import LONG, MOTO, SQUARE, TRACTOR, Line, Plan
from training.serials import RU, fill


def long_plate(rng: random.Random, kind: str, series: str, code: str, colour: str, flag: bool = True, rus: bool = True) -> Plan:
    """The 520 mm plates: series on the left, code in its raised cell on the right, RUS and flag under it."""
    split = (396 if len(code) == 2 else 362) + rng.uniform(-4, 4)
    digit, letter = rng.uniform(72, 79), rng.uniform(54, 61)
    base = 92 + rng.uniform(-3, 3)
    lines = [
        Line(series, 40 + rng.uniform(-8, 4), split - 10 + rng.uniform(-6, 3), base, digit, letter),
        Line(code, split + 8, 490 + rng.uniform(-3, 4), 70 + rng.uniform(-4, 4), rng.uniform(55, 61), 58),
    ]
    marks: list[tuple] = [("bar", split, 6, split, 106)] if rng.random() < 0.95 else []
    if rus:
        marks.append(("word", "RUS", split + 18, 98, 20))
    if flag:
        marks.append(("flag", 462, 78, 508, 99, "ru"))
    if rng.random() < 0.75:
        marks += [("bolt", 18, 56), ("bolt", 503, 56)]
    return Plan("RU", kind, LONG, colour, lines, marks=marks, own=0.75)


def stacked(rng: random.Random, kind: str, top: str, low: str, code: str, colour: str, size: tuple[float, float]) -> Plan:
    """The two-row plates: the code stands at the right of the lower row."""
    wide, high = size
    h = high * 0.38 + rng.uniform(-3, 3)
    b = wide * 0.07
    if code:
        cut = wide * (0.52 if len(code) == 2 else 0.44) + rng.uniform(-6, 6)
        low_lines = [
            Line(low, b, cut - 4, high * 0.9, h, h * 0.86),
            Line(code, cut + 6, wide - b, high * rng.uniform(0.79, 0.88), h * 0.86, h * 0.8),
        ]
        marks: list[tuple] = [("bar", cut, high * 0.52, cut, high * 0.96), ("word", "RUS", cut + 12, high * 0.955, high * 0.085)]
        if rng.random() < 0.7:
            marks.append(("flag", wide * 0.8, high * 0.87, wide * 0.93, high * 0.955, "ru"))
    else:
        low_lines, marks = [Line(low, b, wide - b, high * 0.9, h, h * 0.9)], []
    return Plan(
        "RU",
        kind,
        size,
        colour,
        [Line(top, b, wide - b, high * 0.46, h, h * rng.choice((0.8, 1.0))), *low_lines],
        2,
        marks,
        own=0.75,
    )


def russian(rng: random.Random) -> Plan:
    """One of the standard's kinds, cars most often."""
    name = rng.choices(tuple(RUSSIAN), tuple(weight for weight, _ in RUSSIAN.values()))[0]
    return RUSSIAN[name][1](rng)


def _gap(rng: random.Random, *parts: str) -> str:
    return (" " if rng.random() < 0.8 else "").join(parts)


def _long(
    kind: str, *parts: str, colour: str = "white", code: str = "r", flag: bool = True, rus: bool = True
) -> Callable[[random.Random], Plan]:
    return lambda rng: long_plate(
        rng, kind, _gap(rng, *(fill(rng, part, RU) for part in parts)), fill(rng, code), colour, flag, rus
    )


def _stack(
    kind: str, top: str, low: str, size: tuple[float, float], colour: str = "white", code: str = "r"
) -> Callable[[random.Random], Plan]:
    return lambda rng: stacked(
        rng, kind, _gap(rng, *(fill(rng, part, RU) for part in top.split())), fill(rng, low, RU), fill(rng, code), colour, size
    )


def _moto_front(rng: random.Random) -> Plan:
    """4А: letters and code above, digits below; read as it stands, the region is folded to the end later."""
    plan = stacked(rng, "4А", fill(rng, "dddd"), fill(rng, "ll", RU), fill(rng, "c"), "white", MOTO)
    top, low, code = plan.lines
    lift = MOTO[1] * 0.44
    for line in (low, code):
        line.base -= lift
    top.base = MOTO[1] * 0.92
    plan.lines, plan.marks = [low, code, top], []
    return plan


RUSSIAN: dict[str, tuple[float, Callable[[random.Random], Plan]]] = {
    "1": (100, _long("1", "l", "ddd", "ll")),
    "1А": (14, _stack("1А", "l ddd", "ll", SQUARE)),
    "1Б": (8, _long("1Б", "ll", "ddd", colour="yellow", flag=False)),
    "1Б as 1": (3, _long("1Б", "l", "ddd", "ll", colour="yellow", flag=False)),
    "2": (14, _long("2", "ll", "dddd")),
    "3": (5, _stack("3", "dddd", "ll", TRACTOR)),
    "4": (5, _stack("4", "dddd", "ll", MOTO)),
    "4А": (1, _moto_front),
    "5": (16, _long("5", "dddd", "ll", colour="black", code="dd", flag=False)),
    "6": (6, _long("6", "ll", "dddd", colour="black", code="dd", flag=False)),
    "7": (4, _stack("7", "dddd", "ll", TRACTOR, colour="black", code="dd")),
    "8": (4, _stack("8", "dddd", "ll", MOTO, colour="black", code="dd")),
    "9": (2, _long("9", "ddd", "CD", "d", colour="red", flag=False)),
    "10": (3, _long("10", "ddd", "D", "ddd", colour="red", flag=False)),
    "10T": (2, _long("10", "ddd", "T", "ddd", colour="red", flag=False)),
    "15": (3, _long("15", "ll", "ddd", "l", code="c")),
    "19": (2, _long("19", "T", "ll", "ddd", code="c")),
    "20": (7, _long("20", "l", "dddd", colour="blue", flag=False)),
    "21": (2, _long("21", "ddd", "l", colour="blue", flag=False)),
    "22": (1, _stack("22", "dddd", "l", MOTO, colour="blue")),
}
