"""Which of a photo's plate-like regions an editor sees at once, and which stay folded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from provcheck.domain.plate import PlateCharacter, PlateRegion, PlateText, Quad
from provcheck.domain.text import Text, say

AT_ONCE = 6  # marks that can still be told apart on a picture beside the text
UNNAMED = "other"  # a written form of a country that the reader does not tell from others
LEAST = Decimal("0.05")  # below this a runner-up only clutters; the record keeps all of them


@dataclass(frozen=True, slots=True)
class Numbered:
    """A region with its number in the photo, from 1, in the order of the evidence."""

    number: int
    region: PlateRegion

    @property
    def layout(self) -> bool:
        """Whether the reader, or a person, made out the layout of a plate in it."""
        return any(bool(read.kind) for read in self.region.readings)


def numbered(regions: tuple[PlateRegion, ...]) -> tuple[tuple[Numbered, ...], tuple[Numbered, ...]]:
    """Shown and folded: those with a layout come first, then those that the detector is surest of; each keeps its number."""
    every = [Numbered(number, region) for number, region in enumerate(regions, start=1)]
    ranked = sorted(every, key=lambda one: (not one.layout, -one.region.score, one.number))
    first = {one.number for one in ranked[:AT_ONCE]} | {one.number for one in every if one.layout}
    return tuple(one for one in every if one.number in first), tuple(one for one in every if one.number not in first)


def points(quad: Quad) -> str:
    """A quad as SVG writes it."""
    return " ".join(f"{x},{y}" for x, y in quad)


def layout(read: PlateText) -> Text:
    """The format that was made out, or that it is open."""
    if not read.kind:
        return say("report.plates.format.open")
    return say("report.plates.format", format=read.format, kind=read.kind)


def forms(read: PlateText) -> Text:
    """The written forms that the text has; those of no one country come last."""
    named = tuple(say("report.plates.form", form=form) for form in read.fits if form != UNNAMED)
    others = (say("report.plates.form.others"),) if UNNAMED in read.fits else ()
    return say("report.plates.fits", forms=(*named, *others))


def percent(score: Decimal) -> str:
    """A score from 0 to 1 as a whole number from 0 to 100, rounded down: nothing short of 1 is shown as 100."""
    return str(int(score * 100))


def runners_up(character: PlateCharacter) -> tuple[tuple[str, Decimal], ...]:
    """At most two other readings of one sign, each with a score worth weighing."""
    return tuple(other for other in character.alternatives if other[1] >= LEAST)[:2]
