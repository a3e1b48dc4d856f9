"""The written forms of plates: Russia's after GOST R 50577, and those of the countries whose plates are mistaken for them.

Patterns are in the order in which a plate is read, row by row: d a digit, l one of the twelve letters that look alike in
Cyrillic and Latin, a any Latin letter, b/u/t the letters of Belarus, Ukraine, Transnistria, [..] one of these signs; capitals
stand for themselves. `{region}` marks the Russian code, whose first sign is never 0 when it has three. Source: GOST R
50577-2018 and -93; for neighbours their own plates as collected in this project's notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

DIGITS = "0123456789"
RUSSIAN = "ABEKMHOPCTYX"
CLASSES = {
    "d": DIGITS,
    "l": RUSSIAN,
    "a": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "b": "ABEIKMHOPCTX",
    "u": "ABCEHIKMOPTX",
    "t": "ABCEHKMPTXY",
    "n": "123456789",
}
ANY = ("white", "yellow", "black", "blue", "red")
LIGHT = ("white", "yellow")


@dataclass(frozen=True, slots=True)
class Format:
    """One written form. `alone` is False where another country writes the same on the same colour: then no format is named."""

    country: str  # "RU", "KZ", …
    kind: str
    signs: tuple[str, ...]  # what may stand at each place, in reading order
    fields: tuple[str, ...]
    rows: int  # 1, 2, or 0 for both
    region: tuple[int, int] = (0, 0)  # the code's place in the signs; empty where there is none
    alone: bool = True

    @property
    def sorts(self) -> str:
        """A letter for each place: d digit, l letter."""
        return "".join("d" if signs[0].isdigit() else "l" for signs in self.signs)

    @property
    def grounds(self) -> frozenset[str]:
        """Its field colours as photos show them: white paint looks yellow under street lamps, so white forms take either."""
        return frozenset((*self.fields, "yellow") if self.fields == ("white",) else self.fields)

    def folded(self, read: str) -> str:
        """The reading with its region last."""
        first, end = self.region
        return read[:first] + read[end:] + read[first:end] if end else read

    def code(self, read: str) -> str:
        return read[self.region[0] : self.region[1]]


def _signs(pattern: str) -> tuple[str, ...]:
    out: list[str] = []
    at = 0
    while at < len(pattern):
        if pattern[at] == "[":
            end = pattern.index("]", at)
            out.append(pattern[at + 1 : end])
            at = end + 1
        else:
            out.append(CLASSES.get(pattern[at], pattern[at]))
            at += 1
    return tuple(out)


def _russian(
    kind: str, pattern: str, fields: tuple[str, ...], rows: int, codes: tuple[int, ...] = (2, 3), alone: bool = True
) -> tuple[Format, ...]:
    made = []
    for size in codes:
        head, _, tail = pattern.partition("{region}")
        before, code = _signs(head), _signs({2: "dd", 3: "ndd"}[size])
        made.append(Format("RU", kind, before + code + _signs(tail), fields, rows, (len(before), len(before) + size), alone))
    return tuple(made)


def _other(country: str, kind: str, *patterns: str, fields: tuple[str, ...] = ("white",), rows: int = 0) -> tuple[Format, ...]:
    return tuple(Format(country, kind, _signs(pattern), fields, rows) for pattern in patterns)


TWO = (2,)
BLACK = ("black",)
# Swiss plates stand one by one: of all cantons only Bern's letters are also Russian ones, and only it clashes with trailers.
CANTONS = "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH".split()
ELSEWHERE = (
    tuple(  # what the rest of Europe, Turkey and the Americas write on ordinary cars, by length; most have several countries
        "aaddd aaadd dddaa "
        "aaaddd dddaaa aadddd ddddaa aaddaa ddaadd aaaadd ddaaaa addaaa adddaa aaddda aaadda daaadd ddaaad adddda "
        "aaddddd aadddaa aaadddd daaaddd daadddd daddddd aaddaaa ddddaaa aaaaddd adddaaa addaddd addddaa aadddda aaadadd aaaddda "
        "ddaaddd ddadddd ddaaadd aaaddaa adddddd ddddaad "
        "aaddddaa aaaadddd aaaaaddd ddaadddd ddaaaddd ddaddddd aaaddddd".split()
    )
)


@cache
def formats() -> tuple[Format, ...]:
    """Every form, Russian ones first."""
    return (
        *_russian("1", "ldddll{region}", ("white",), 1),
        *_russian("1А", "ldddll{region}", ("white",), 2),
        *_russian("1Б", "ldddll{region}", ("yellow",), 1),
        *_russian("1Б", "llddd{region}", ("yellow",), 1),
        *_russian("2", "lldddd{region}", ("white",), 1),
        *_russian("3 / 4", "ddddll{region}", ("white",), 2, alone=False),  # French plates before 2009 read the same
        *_russian("4А", "ll{region}dddd", ("white",), 2, TWO, alone=False),
        *_russian("4Б", "llddll{region}", ("white",), 2, TWO, alone=False),
        *_russian("5", "ddddll{region}", BLACK, 1, TWO),
        *_russian("6", "lldddd{region}", BLACK, 1, TWO),
        *_russian("7 / 8", "ddddll{region}", BLACK, 2, TWO),
        *_russian("9", "dddCDd{region}", ("red",), 1),
        *_russian("10", "ddd[DT]ddd{region}", ("red",), 1),
        *_russian("15", "lldddl{region}", ("white",), 1, TWO),
        *_russian("19", "Tllddd{region}", ("white",), 1, TWO, alone=False),  # as Polish ones of three letters and five digits
        *_russian("20", "ldddd{region}", ("blue",), 1),
        *_russian("21", "dddl{region}", ("blue",), 1),
        *_russian("22", "ddddl{region}", ("blue",), 2),
        *_russian("23-28", "[KC]llddd{region}", ("white",), 0, TWO, alone=False),
        *_other("KZ", "2012", "dddaaa0n", "dddaaa1d", "dddaaa20", "dddaa0n", "dddaa1d", "dddaa20"),
        *_other("KZ", "1993", "adddaaa", "adddaa", rows=0),
        *_other("KZ", "trailer", "ddaaa0n", "ddaaa1d", "ddaaa20"),
        *_other("KZ", "military", "ddddaa", fields=BLACK),
        *_other("BY", "police or military", "ddddbb", fields=("white", "black", "red")),
        *_other("BY", "", "ddddbb[012345678]", "bbdddd[012345678]", "bddddb[012345678]"),
        *_other("UA", "2004", "uudddduu"),
        *_other("UA", "1995", "dddddaa"),
        *_other("UA", "military", "ddddad", fields=BLACK),
        *_other("KG", "2015", "0ndddaaa", "0ndddaa"),
        *_other("KG", "1994", "addddaa", "adddda"),
        *_other("UZ", "2008", "ddadddaa", "dddddaaa"),
        *_other("UZ", "1998", "ddadddd"),
        *_other("AM", "", "ddaaddd", "dddaadd"),
        *_other("GE", "", "aadddaa", "aaaddd"),
        *_other("no code", "", "ldddll"),  # Transnistria; Donetsk and Luhansk 2015 to 2022: a Russian series without a code
        *_other(
            "SU", "1980", "addddaa", "ddddaaa"
        ),  # GOST 3207-77, private and state: Cyrillic letters beyond the twelve are not read
        *_other("MN", "", "ddddaaa"),
        *_other("CH", "", *(f"{canton}dddddd" for canton in CANTONS)),
        *_other("other", "", "ddddaadd"),  # Tajikistan; a Kazakh plate with one stray digit reads so, too: no country is named
        *_other("other", "", *ELSEWHERE, fields=ANY),
    )


def fits(read: str, form: Format) -> bool:
    """Whether a text in reading order has this form."""
    return len(read) == len(form.signs) and all(sign in allowed for sign, allowed in zip(read, form.signs, strict=True))


@lru_cache(4096)  # the same texts are weighed for every look at a plate
def fitting(text: str, rows: int) -> tuple[Format, ...]:
    """Forms that a text with every O written as 0 can have on a plate of so many rows."""
    alike = _patterns().get((len(text), text[:1].isdigit()), ())
    return tuple(form for form, pattern in alike if form.rows in (0, rows) and pattern.fullmatch(text))


@cache
def _patterns() -> dict[tuple[int, bool], tuple[tuple[Format, re.Pattern[str]], ...]]:
    """By length, and whether the first sign is a digit (a form that begins with an O stands under both: it is written as 0)."""
    table: dict[tuple[int, bool], list[tuple[Format, re.Pattern[str]]]] = {}
    for form in formats():
        pattern = _pattern(form.signs)
        for digit in {sign.isdigit() for sign in form.signs[0].replace("O", "0")}:
            table.setdefault((len(form.signs), digit), []).append((form, pattern))
    return {key: tuple(found) for key, found in table.items()}


def is_russian(text: str) -> bool:
    """Whether such a text has a Russian form."""
    return any(form.country == "RU" for rows in (1, 2) for form in fitting(text, rows))


@lru_cache(4096)
def lacks_russian_signs(text: str) -> bool:
    """Whether such a text is a Russian form without its first sign, or without up to three of its last: digits of a code."""
    return any(pattern.fullmatch(text) for pattern in _russian_parts())


@cache
def _russian_parts() -> tuple[re.Pattern[str], ...]:
    forms = [form.signs for form in formats() if form.country == "RU"]
    return tuple(_pattern(part) for signs in forms for part in (signs[1:], signs[:-1], signs[:-2], signs[:-3]))


def _pattern(signs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("".join(f"[{one.replace('O', '0')}]" for one in signs))


def written(text: str, form: Format) -> str:
    """Such a text as this form, which it has, writes it: O where a letter stands."""
    return "".join("O" if sign == "0" and "0" not in signs else sign for sign, signs in zip(text, form.signs, strict=True))
