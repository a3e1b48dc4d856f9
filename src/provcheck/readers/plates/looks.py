"""Every plate of a photo read from one straightening, doubtful ones from two, then five: all strips of a round in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from provcheck.readers.plates import geometry
from provcheck.readers.plates.belief import Belief, believed, joined_zeros
from provcheck.readers.plates.decode import merged_blanks
from provcheck.readers.plates.network import Floats, Networks
from provcheck.readers.plates.read import steps, strips, tries
from provcheck.readers.plates.refine import Plate

ROUNDS = ((0, 1), (1, 2), (2, 5))  # which of read.py's tries
SETTLED = 0.985  # a text that two looks believe so far stays: three more change one in some hundred, and cost three times as much


@dataclass(frozen=True, slots=True)
class Reading:
    """The steps of all looks at one plate, ready for decoding, and what they are believed to say; None: too few signs."""

    looks: tuple[Floats, ...]
    belief: Belief | None

    @property
    def settled(self) -> bool:
        return self.belief is not None and self.belief.p >= SETTLED and bool(self.belief.best.forms)


def has_two_rows(plate: Plate) -> bool:
    return geometry.has_two_rows(plate.quad, plate.two_rows)


def read_all(nets: Networks, gray: geometry.Image, plates: Sequence[Plate]) -> list[Reading]:
    """One Reading a plate, in their order. `plates` bear the colours that `ground` gave them."""
    quads = [tries(plate) for plate in plates]
    found = [Reading((), None)] * len(plates)
    for first, end in ROUNDS:
        open_ = [at for at, reading in enumerate(found) if not reading.settled]
        again = _read(nets, gray, [plates[at] for at in open_], [quads[at][first:end] for at in open_], [found[at] for at in open_])
        for at, reading in zip(open_, again, strict=True):
            found[at] = reading
    return found


def _read(
    nets: Networks,
    gray: geometry.Image,
    plates: Sequence[Plate],
    quads: Sequence[tuple[geometry.Corners, ...]],
    before: Sequence[Reading],
) -> list[Reading]:
    """What these quads of each plate add to the looks before."""
    every = [strip for plate, tried in zip(plates, quads, strict=True) for strip in strips(gray, tried, has_two_rows(plate))]
    seen = iter([merged_blanks(joined_zeros(logs)) for logs in steps(nets.reader, every)])
    out = []
    for plate, tried, earlier in zip(plates, quads, before, strict=True):
        looks = (*earlier.looks, *(next(seen) for _ in tried))
        out.append(Reading(looks, believed(looks, plate.fields, has_two_rows(plate), earlier.belief)))
    return out
