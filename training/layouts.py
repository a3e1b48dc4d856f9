"""Plates as flat pictures: every Russian kind of GOST R 50577 and a mixed bag of others, with their text and where they end."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from training.serials import BY, RU, TR, UA, fill, region

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


def _ru_long(rng: random.Random, kind: str, series: str, code: str, colour: str, flag: bool = True, rus: bool = True) -> Plan:
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


def _ru_stack(rng: random.Random, kind: str, top: str, low: str, code: str, colour: str, size: tuple[float, float]) -> Plan:
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


def _ru_code(rng: random.Random) -> str:
    return region(rng)


def russian(rng: random.Random) -> Plan:
    """One of the standard's kinds, cars most often."""
    name = rng.choices(tuple(RUSSIAN), tuple(weight for weight, _ in RUSSIAN.values()))[0]
    return RUSSIAN[name][1](rng)


def _gap(rng: random.Random, *parts: str) -> str:
    return (" " if rng.random() < 0.8 else "").join(parts)


def _long(
    kind: str, *parts: str, colour: str = "white", code: str = "r", flag: bool = True, rus: bool = True
) -> Callable[[random.Random], Plan]:
    return lambda rng: _ru_long(rng, kind, _gap(rng, *(fill(rng, part, RU) for part in parts)), fill(rng, code), colour, flag, rus)


def _stack(
    kind: str, top: str, low: str, size: tuple[float, float], colour: str = "white", code: str = "r"
) -> Callable[[random.Random], Plan]:
    return lambda rng: _ru_stack(
        rng, kind, _gap(rng, *(fill(rng, part, RU) for part in top.split())), fill(rng, low, RU), fill(rng, code), colour, size
    )


def _moto_front(rng: random.Random) -> Plan:
    """4А: letters and code above, digits below; read as it stands, the region is folded to the end later."""
    plan = _ru_stack(rng, "4А", fill(rng, "dddd"), fill(rng, "ll", RU), fill(rng, "c"), "white", MOTO)
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
    "2": (10, _long("2", "ll", "dddd")),
    "3": (4, _stack("3", "dddd", "ll", TRACTOR)),
    "4": (5, _stack("4", "dddd", "ll", MOTO)),
    "4А": (1, _moto_front),
    "5": (12, _long("5", "dddd", "ll", colour="black", code="dd", flag=False)),
    "6": (4, _long("6", "ll", "dddd", colour="black", code="dd", flag=False)),
    "7": (2, _stack("7", "dddd", "ll", TRACTOR, colour="black", code="dd")),
    "8": (2, _stack("8", "dddd", "ll", MOTO, colour="black", code="dd")),
    "9": (2, _long("9", "ddd", "CD", "d", colour="red", flag=False)),
    "10": (3, _long("10", "ddd", "D", "ddd", colour="red", flag=False)),
    "10T": (2, _long("10", "ddd", "T", "ddd", colour="red", flag=False)),
    "15": (3, _long("15", "ll", "ddd", "l", code="c")),
    "19": (2, _long("19", "T", "ll", "ddd", code="c")),
    "20": (7, _long("20", "l", "dddd", colour="blue", flag=False)),
    "21": (2, _long("21", "ddd", "l", colour="blue", flag=False)),
    "22": (1, _stack("22", "dddd", "l", MOTO, colour="blue")),
}


def _row(
    rng: random.Random,
    fmt: str,
    parts: list[str],
    left: str = "",
    colour: str = "white",
    box: str = "",
    size: tuple[float, float] = LONG,
    own: float = 0.1,
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


def _rows(
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
    return Plan(fmt, "", size, colour, lines, 2, [("corner", left)] if left else [], own=0.15)


def _kz(rng: random.Random) -> Plan:
    code = f"{rng.randint(1, 20):02d}"
    own = 0.5  # the 2012 plates share the Russian proportions, also the lower letters
    draw = rng.random()
    if draw < 0.5:
        return _row(rng, "KZ", [fill(rng, "ddd"), fill(rng, "lll")], "KZ", box=code, own=own, small=rng.random() < 0.8)
    if draw < 0.72:
        return _row(rng, "KZ", [fill(rng, "ddd"), fill(rng, "ll")], "KZ", box=code, own=own, small=rng.random() < 0.8)
    if draw < 0.78:
        return _rows(rng, "KZ", fill(rng, "ddd"), fill(rng, "lll"[: rng.randint(2, 3)]) + " " + code, "KZ")
    if draw < 0.81:
        return _row(rng, "KZ", [fill(rng, "dd"), fill(rng, "lll"[: rng.randint(2, 3)])], "KZ", box=code, own=own)
    if draw < 0.84:
        return _row(
            rng,
            "KZ",
            [rng.choice("HFKMPD") + fill(rng, "dddd" if rng.random() < 0.5 else "dddddd")],
            "KZ",
            rng.choice(("yellow", "red", "white")),
        )
    if draw < 0.87:
        return _row(rng, "KZ", [fill(rng, "dddd"), fill(rng, "ll")], "", "black")
    return _row(
        rng,
        "KZ",
        [fill(rng, "l"), fill(rng, "ddd"), fill(rng, "lll"[: rng.randint(2, 3)])],
        "KZ" if rng.random() < 0.3 else "",
        own=0.3,
    )


def _by(rng: random.Random) -> Plan:
    code = str(rng.randint(0, 8))
    draw = rng.random()
    if draw < 0.6:
        return _row(rng, "BY", [fill(rng, "dddd"), fill(rng, "ll", BY) + "-" + code], "BY")
    if draw < 0.8:
        return _row(rng, "BY", [fill(rng, "ll", BY), fill(rng, "dddd") + "-" + code], "BY")
    if draw < 0.9:
        return _row(rng, "BY", [fill(rng, "l", BY) + fill(rng, "dddd") + fill(rng, "l", BY) + "-" + code], "BY")
    return _row(rng, "BY", [fill(rng, "dddd"), fill(rng, "ll", BY)], "BY", rng.choice(("white", "black", "red")))


def _ua(rng: random.Random) -> Plan:
    draw = rng.random()
    if draw < 0.75:
        return _row(
            rng,
            "UA",
            [fill(rng, "ll", UA), fill(rng, "dddd"), fill(rng, "ll", UA)],
            "UA",
            "yellow" if rng.random() < 0.06 else "white",
        )
    if draw < 0.83:
        return _rows(
            rng,
            "UA",
            fill(rng, "ll dd" if rng.random() < 0.5 else "ll", UA),
            fill(rng, "dddd ll" if rng.random() < 0.5 else "dd ll", UA),
            "UA",
        )
    if draw < 0.95:
        return _row(rng, "UA", [fill(rng, "ddd") + "-" + fill(rng, "dd"), fill(rng, "ll", UA)], "UA")
    return _row(rng, "UA", [fill(rng, "dddd"), fill(rng, "l", UA) + fill(rng, "d")], "", "black")


def _stan(rng: random.Random) -> Plan:
    """Kyrgyzstan and Uzbekistan."""
    draw = rng.random()
    if draw < 0.3:
        return _row(rng, "KG", [f"0{rng.randint(1, 9)}", fill(rng, "ddd"), fill(rng, "lll"[: rng.randint(2, 3)])], "KG")
    if draw < 0.45:
        return _row(
            rng, "KG", [fill(rng, "l"), fill(rng, "dddd"), fill(rng, "ll"[: rng.randint(1, 2)])], "KG" if rng.random() < 0.5 else ""
        )
    if draw < 0.8:
        return _row(rng, "UZ", [fill(rng, "dd"), fill(rng, "l"), fill(rng, "ddd"), fill(rng, "ll")], "", own=0.2)
    return _row(rng, "UZ", [fill(rng, "dd"), fill(rng, "ddd"), fill(rng, "lll")], "")


def _caucasus(rng: random.Random) -> Plan:
    draw = rng.random()
    if draw < 0.5:
        return _row(
            rng,
            "AM",
            [fill(rng, "dd"), fill(rng, "ll"), fill(rng, "ddd")]
            if rng.random() < 0.6
            else [fill(rng, "ddd"), fill(rng, "ll"), fill(rng, "dd")],
            "AM",
            own=0.3,
        )
    return _row(
        rng,
        "GE",
        [fill(rng, "ll"), fill(rng, "ddd"), fill(rng, "ll")] if rng.random() < 0.7 else [fill(rng, "lll"), fill(rng, "ddd")],
        "GE",
    )


def _like_russian(rng: random.Random) -> Plan:
    """Transnistria, and the plates of 2015 to 2022 in Donetsk and Luhansk: a Russian series without a Russian code."""
    series = fill(rng, "l", RU) + " " + fill(rng, "ddd") + " " + fill(rng, "ll", RU)
    if rng.random() < 0.5:
        return _row(rng, "TR", [fill(rng, "l", TR), fill(rng, "ddd"), fill(rng, "ll", TR)], "PM", own=0.2)
    plan = _ru_long(rng, "", series, "00", "white", flag=False, rus=False)
    plan.format, plan.lines = rng.choice(("DPR", "LPR")), plan.lines[:1]
    plan.marks.append(("flag", 420, 14, 490, 66, "dpr"))
    plan.marks.append(("word", plan.format, 425, 98, 24))
    return plan


EU = (
    "lldddll",
    "lllddd",
    "llddddd",
    "dddllld",
    "lldddl",
    "llldddd",
    "dlldddd",
    "ldllddd",
    "lldlll",
    "ddlldd",
    "lllldd",
    "llddddl",
    "lldd",
    "lldddlll",
    "dldddd",
    "ddddlll",
    "llddddll",
    "llldldd",
    "ddldddd",
    "ddlldddd",
    "ddllldd",
)
WORDS = "ALASKA ARIZONA ILLINOIS MICHIGAN OHIO TEXAS NEVADA UTAH SUNSHINE STATE LAND OF LAKES GREAT FACES BRASIL SP".split()


def _titled(rng: random.Random) -> Plan:
    """North and South America: one row between a state's name and a slogan, which are not read."""
    text = fill(rng, rng.choice(("lllddd", "dllldd", "llldddd", "ddllld", "lddddd", "llldldd", "dlldddd", "lllddl", "ddddddd")))
    at = rng.randint(2, len(text) - 2)
    parts = [text[:at], text[at:]] if rng.random() < 0.7 else [text]
    size = (305.0, 152.0) if rng.random() < 0.75 else (400.0, 130.0)
    made = _row(rng, "US", parts, size=size, colour=rng.choice((*FIELDS[:4], "white", "white")), own=0.1)
    for line in made.lines:
        line.digit = line.letter = size[1] * rng.uniform(0.42, 0.56)
        line.base = size[1] * rng.uniform(0.72, 0.82)
    if rng.random() < 0.9:
        made.marks.append(("title", rng.choice(WORDS), size[1] * 0.2, size[1] * rng.uniform(0.08, 0.15)))
    if rng.random() < 0.6:
        made.marks.append(("title", rng.choice(WORDS), size[1] * 0.97, size[1] * rng.uniform(0.06, 0.11)))
    return made


def _west(rng: random.Random) -> Plan:
    draw = rng.random()
    text = fill(rng, rng.choice(EU))
    at = rng.randint(1, len(text) - 1)
    parts = [text[:at], text[at:]] if rng.random() < 0.9 else [text]
    if len(parts) == 2:
        between = rng.random()
        if between < 0.25:
            parts = [parts[0] + "-" + parts[1]]
        elif between < 0.55:
            parts = [parts[0] + EMBLEM + parts[1]]
    if draw < 0.5:
        return _row(
            rng,
            "EU",
            parts,
            rng.choice(("D", "F", "SK", "CZ", "PL", "HR", "LT", "LV", "EST", "FIN", "I", "NL", "GB")),
            rng.choice(("white", "white", "white", "yellow")),
        )
    if draw < 0.58:
        return _rows(rng, "EU", parts[0], parts[-1], "D", size=rng.choice((SQUARE, MOTO, (340.0, 200.0))))
    if draw < 0.7:
        return _row(rng, "MN", [fill(rng, "dddd"), fill(rng, "lll", RU)], "MN")
    if draw < 0.86:
        return _titled(rng)
    return _row(
        rng, "??", [fill(rng, "".join(rng.choice("dl") for _ in range(rng.randint(4, 9))))], "", rng.choice(FIELDS), own=0.4
    )


FOREIGN: tuple[tuple[float, Callable[[random.Random], Plan]], ...] = (
    (30, _kz),
    (10, _by),
    (12, _ua),
    (12, _stan),
    (10, _caucasus),
    (10, _like_russian),
    (24, _west),
)


def foreign(rng: random.Random) -> Plan:
    return rng.choices([make for _, make in FOREIGN], [weight for weight, _ in FOREIGN])[0](rng)


def plan(rng: random.Random, russian_share: float = 0.6) -> Plan:
    return russian(rng) if rng.random() < russian_share else foreign(rng)
