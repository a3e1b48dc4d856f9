"""A person's reading of a plate, held to the same rule as the machine's: the text is theirs, the format is not."""

from __future__ import annotations

import re
from decimal import Decimal
from math import dist

from provcheck.domain.errors import ConfigError
from provcheck.domain.plate import LOOKALIKE, HandReading, PlateRegion, PlateText
from provcheck.domain.reading import Found
from provcheck.domain.text import say
from provcheck.readers.plates.formats import Format, fitting, written
from provcheck.readers.plates.rule import called, meaning_of, names

READING = re.compile(r"(?P<photo>.+):(?P<number>[1-9]\d{0,2})=(?P<text>.*)", re.DOTALL)
SIGNS = re.compile(r"[A-Z0-9]{4,12}")  # as many as plates have
QUOTED = 40  # characters of what was typed that an error repeats
TWO_ROWS = 2.5  # regions narrower than so many heights: one-row plates have 4.6, two-row ones 1.3 to 1.75


def hand_reading(given: str) -> HandReading:
    """PHOTO:N=TEXT. Raises ConfigError that says what is wrong."""
    parts = READING.fullmatch(given)
    if parts is None:
        raise ConfigError(f"{given!r}: give PHOTO:N=TEXT, with the photo's name and the region's number as the report has them")
    return HandReading(parts["photo"], int(parts["number"]), signs(parts["text"]))


def signs(given: str) -> str:
    """A plate's text as it was typed, folded to Latin capitals and digits. Raises ConfigError where it is none."""
    text = re.sub(r"[\s\-.·|]", "", given.upper().translate(LOOKALIKE))
    if not SIGNS.fullmatch(text):
        raise ConfigError(
            f"{given[:QUOTED]!r}: a plate's text has 4 to 12 letters A to Z (or their Cyrillic likenesses) and digits"
        )
    return text


def read_by_hand(region: PlateRegion, text: str) -> PlateText:
    """The text with the format that the rule gives it on the ground that the machine saw; without one no coloured form is named."""
    left_top, right_top, _, left_low = region.quad
    rows = 2 if dist(left_top, right_top) < TWO_ROWS * dist(left_top, left_low) else 1
    ground = region.reading.value.field if isinstance(region.reading, Found) else ""
    every = fitting(text.replace("O", "0"), rows)
    alike = [form for form in every if not ground or ground in form.grounds]
    form = _form(alike or list(every), ground)
    read = written(text.replace("O", "0"), form) if form else text
    agrees = form is not None and (ground in form.grounds if ground else form.fields == ("white",))
    said = called(form, read, alike, agrees)
    code = form.code(read) if form and said.country == "RU" else ""
    return PlateText(
        text=form.folded(read) if form else text,
        certain=True,
        score=Decimal(1),
        format=said.country,
        kind=said.kind,
        region=code,
        field=ground,
        fits=names(alike),
        meaning=meaning_of(form, read) if form and code else (),
        decision=(say("plates.by-hand"), *(() if form else (say("plates.no-known-form"),)), *said.why),
    )


def _form(forms: list[Format], ground: str) -> Format | None:
    """Of several the one of this ground, then the one that allows least else, then the first of the table."""
    return min(forms, key=lambda form: (ground not in form.fields, sum(map(len, form.signs))), default=None)
