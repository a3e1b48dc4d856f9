"""A plate-like region of a photo, and what was read in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from provcheck.domain.photo import Picture
from provcheck.domain.reading import Found, Reading
from provcheck.domain.since import since
from provcheck.domain.text import Text

LOOKALIKE = str.maketrans("АВЕКМНОРСТУХІ", "ABEKMHOPCTYXI")  # the Cyrillic letters of plates, the last on Ukraine's, as Latin ones
Point = tuple[int, int]
Quad = tuple[Point, Point, Point, Point]  # x, y in pixels of the upright photo, clockwise from the plate's own top left


def folded(untrusted: str) -> str:
    """A plate as somebody typed it, in the form of readings: Latin capitals and digits; Cyrillic likenesses count, gaps do not."""
    return re.sub(r"[^A-Z0-9]", "", untrusted.upper().translate(LOOKALIKE))


@dataclass(frozen=True, slots=True)
class PlateCharacter:
    """One read character with its probability (0 to 1) and the runners-up, most probable first."""

    char: str
    p: Decimal
    alternatives: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class PlateText:
    """A reading, folded to Latin look-alikes, region last.

    `format` is "RU", "KZ", … or "undetermined"; never a vehicle's nationality.
    """

    text: str
    certain: bool
    score: Decimal
    format: str
    kind: str = ""
    region: str = ""
    characters: tuple[PlateCharacter, ...] = ()
    field: str = ""  # the plate's ground: "white", "yellow", "black", "blue", "red"
    fits: tuple[str, ...] = ()  # written forms that the text has: "RU 1", "KZ 2012"
    meaning: tuple[Text, ...] = ()  # what the region code stands for, and since when
    decision: tuple[Text, ...] = ()  # why the reading and the format are certain or not


@dataclass(frozen=True, slots=True)
class PlateRegion:
    """A region that looks like a number plate. `score` is the detector's, 0 to 1, not a probability."""

    quad: Quad
    score: Decimal
    reading: Reading[PlateText]
    crop: Picture  # straightened
    by_hand: PlateText | None = None  # what a person read instead; stands beside the machine's reading, never in its place
    read_by: str = since("1.1.0", "")  # who read it, as far as that was said

    @property
    def readings(self) -> tuple[PlateText, ...]:
        """The machine's and the person's, as far as there are."""
        machine = (self.reading.value,) if isinstance(self.reading, Found) else ()
        return (*machine, self.by_hand) if self.by_hand else machine


@dataclass(frozen=True, slots=True)
class HandReading:
    """A person's reading of region `number`, from 1, of the photo of this name: letters A to Z and digits, region last.

    With `quad` it is of the region that lies there, whatever its number is by now.
    """

    photo: str
    number: int
    text: str
    by: str = ""
    quad: Quad | None = None
