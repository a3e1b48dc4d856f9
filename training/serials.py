"""Random serials of every plate format: what is written, in reading order, and what the format is called."""

from __future__ import annotations

import random
import string

RU = "ABEKMHOPCTYX"
BY = "ABEIKMHOPCTX"
UA = "ABCEHIKMOPTX"
TR = "ABCEHKMPTXY"
AZ = string.ascii_uppercase
THREE = (
    "102 103 113 116 121 123 124 125 126 134 136 138 142 147 150 152 154 155 159 161 163 164 173 174 177 178 "
    "186 190 193 196 197 198 199 224 250 252 277 299 323 550 702 716 725 750 761 763 774 777 778 790 797 799 "
    "977"
).split()


def fill(rng: random.Random, pattern: str, letters: str = AZ) -> str:
    """A serial of `pattern`: d a digit, l a letter of `letters`, r a Russian code, c one of two digits, else the sign itself."""
    return "".join(_one(rng, sign, letters) for sign in pattern)


def _one(rng: random.Random, sign: str, letters: str) -> str:
    match sign:
        case "d":
            return str(rng.randrange(10))
        case "l":
            return rng.choice(letters)
        case "r":
            return region(rng)
        case "c":
            return f"{rng.randint(1, 99):02d}"
    return sign


def region(rng: random.Random) -> str:
    """Mostly listed codes; some of any value, so that the reader learns digits and not a list."""
    draw = rng.random()
    if draw < 0.40:
        return f"{rng.randint(1, 99):02d}"
    if draw < 0.80:
        return rng.choice(THREE)
    return f"{rng.randint(1, 9)}{rng.randint(1, 99):02d}"
