"""A mixed bag of other countries' plates, as plans: neighbours that may be taken for Russian ones above all."""

from __future__ import annotations

import random
from collections.abc import Callable

from training.layouts import EMBLEM, FIELDS, MOTO, SQUARE, Plan, row, rows
from training.russian import long_plate
from training.serials import BY, RU, TR, UA, fill


def _kz(rng: random.Random) -> Plan:
    code = f"{rng.randint(1, 20):02d}"
    own = 0.5  # the 2012 plates share the Russian proportions, also the lower letters
    draw = rng.random()
    if draw < 0.5:
        return row(rng, "KZ", [fill(rng, "ddd"), fill(rng, "lll")], "KZ", box=code, own=own, small=rng.random() < 0.8)
    if draw < 0.72:
        return row(rng, "KZ", [fill(rng, "ddd"), fill(rng, "ll")], "KZ", box=code, own=own, small=rng.random() < 0.8)
    if draw < 0.78:
        return rows(rng, "KZ", fill(rng, "ddd"), fill(rng, "lll"[: rng.randint(2, 3)]) + " " + code, "KZ")
    if draw < 0.81:
        return row(rng, "KZ", [fill(rng, "dd"), fill(rng, "lll"[: rng.randint(2, 3)])], "KZ", box=code, own=own)
    if draw < 0.84:
        return row(
            rng,
            "KZ",
            [rng.choice("HFKMPD") + fill(rng, "dddd" if rng.random() < 0.5 else "dddddd")],
            "KZ",
            rng.choice(("yellow", "red", "white")),
        )
    if draw < 0.87:
        return row(rng, "KZ", [fill(rng, "dddd"), fill(rng, "ll")], "", "black")
    return row(
        rng,
        "KZ",
        [fill(rng, "l"), fill(rng, "ddd"), fill(rng, "lll"[: rng.randint(2, 3)])],
        "KZ" if rng.random() < 0.3 else "",
    )


def _by(rng: random.Random) -> Plan:
    code = str(rng.randint(0, 8))
    draw = rng.random()
    if draw < 0.6:
        return row(rng, "BY", [fill(rng, "dddd"), fill(rng, "ll", BY) + "-" + code], "BY")
    if draw < 0.8:
        return row(rng, "BY", [fill(rng, "ll", BY), fill(rng, "dddd") + "-" + code], "BY")
    if draw < 0.9:
        return row(rng, "BY", [fill(rng, "l", BY) + fill(rng, "dddd") + fill(rng, "l", BY) + "-" + code], "BY")
    return row(rng, "BY", [fill(rng, "dddd"), fill(rng, "ll", BY)], "BY", rng.choice(("white", "black", "red")))


def _ua(rng: random.Random) -> Plan:
    draw = rng.random()
    if draw < 0.75:
        return row(
            rng,
            "UA",
            [fill(rng, "ll", UA), fill(rng, "dddd"), fill(rng, "ll", UA)],
            "UA",
            "yellow" if rng.random() < 0.06 else "white",
        )
    if draw < 0.83:
        return rows(
            rng,
            "UA",
            fill(rng, "ll dd" if rng.random() < 0.5 else "ll", UA),
            fill(rng, "dddd ll" if rng.random() < 0.5 else "dd ll", UA),
            "UA",
        )
    if draw < 0.95:
        return row(rng, "UA", [fill(rng, "ddd") + "-" + fill(rng, "dd"), fill(rng, "ll", UA)], "UA")
    return row(rng, "UA", [fill(rng, "dddd"), fill(rng, "l", UA) + fill(rng, "d")], "", "black")


def _stan(rng: random.Random) -> Plan:
    """Kyrgyzstan and Uzbekistan."""
    draw = rng.random()
    if draw < 0.3:
        return row(rng, "KG", [f"0{rng.randint(1, 9)}", fill(rng, "ddd"), fill(rng, "lll"[: rng.randint(2, 3)])], "KG")
    if draw < 0.45:
        return row(
            rng, "KG", [fill(rng, "l"), fill(rng, "dddd"), fill(rng, "ll"[: rng.randint(1, 2)])], "KG" if rng.random() < 0.5 else ""
        )
    if draw < 0.8:
        return row(rng, "UZ", [fill(rng, "dd"), fill(rng, "l"), fill(rng, "ddd"), fill(rng, "ll")], "")
    return row(rng, "UZ", [fill(rng, "dd"), fill(rng, "ddd"), fill(rng, "lll")], "")


def _caucasus(rng: random.Random) -> Plan:
    draw = rng.random()
    if draw < 0.5:
        return row(
            rng,
            "AM",
            [fill(rng, "dd"), fill(rng, "ll"), fill(rng, "ddd")]
            if rng.random() < 0.6
            else [fill(rng, "ddd"), fill(rng, "ll"), fill(rng, "dd")],
            "AM",
        )
    return row(
        rng,
        "GE",
        [fill(rng, "ll"), fill(rng, "ddd"), fill(rng, "ll")] if rng.random() < 0.7 else [fill(rng, "lll"), fill(rng, "ddd")],
        "GE",
    )


def _like_russian(rng: random.Random) -> Plan:
    """Transnistria, and the plates of 2015 to 2022 in Donetsk and Luhansk: a Russian series without a Russian code."""
    series = fill(rng, "l", RU) + " " + fill(rng, "ddd") + " " + fill(rng, "ll", RU)
    if rng.random() < 0.5:
        return row(rng, "TR", [fill(rng, "l", TR), fill(rng, "ddd"), fill(rng, "ll", TR)], "PM")
    plan = long_plate(rng, "", series, "00", "white", flag=False, rus=False)
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
    parts = [text[:at], text[at:]] if rng.random() < 0.8 else [text]
    if len(parts) == 2 and rng.random() < 0.4:
        parts = [parts[0] + EMBLEM + parts[1]]
    size = (305.0, 152.0) if rng.random() < 0.75 else (400.0, 130.0)
    made = row(rng, "US", parts, size=size, colour=rng.choice((*FIELDS[:4], "white", "white")))
    for line in made.lines:
        line.digit = line.letter = size[1] * rng.uniform(0.42, 0.56)
        line.base = size[1] * rng.uniform(0.72, 0.82)
    if rng.random() < 0.45:
        made.marks.insert(0, ("scenery", size[1] * rng.uniform(0.25, 0.75)))
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
        return row(
            rng,
            "EU",
            parts,
            rng.choice(("D", "F", "SK", "CZ", "PL", "HR", "LT", "LV", "EST", "FIN", "I", "NL", "GB")),
            rng.choice(("white", "white", "white", "yellow")),
        )
    if draw < 0.58:
        return rows(rng, "EU", parts[0], parts[-1], "D", size=rng.choice((SQUARE, MOTO, (340.0, 200.0))))
    if draw < 0.7:
        return row(rng, "MN", [fill(rng, "dddd"), fill(rng, "lll", RU)], "MN")
    return row(rng, "??", [fill(rng, "".join(rng.choice("dl") for _ in range(rng.randint(4, 9))))], "", rng.choice(FIELDS), own=0.4)


FOREIGN: tuple[tuple[float, Callable[[random.Random], Plan]], ...] = (
    (30, _kz),
    (10, _by),
    (12, _ua),
    (12, _stan),
    (10, _caucasus),
    (10, _like_russian),
    (21, _west),
    (18, _titled),
)


def foreign(rng: random.Random) -> Plan:
    return rng.choices([make for _, make in FOREIGN], [weight for weight, _ in FOREIGN])[0](rng)
