"""Which texts may stand on a plate, and how probable is each, over all looks that were taken at it?

A look is one straightening of the plate. A text's evidence is CTC's probability of it, averaged over the looks: a text that
hangs on one choice of corners loses. A text of no known form, or of a form that never has this ground, must be likelier by
ODDS before it is believed: nearly every plate has a form, and dirt, emblems and frames read as a sign too many rarely do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from provcheck.readers.plates.decode import best_paths, free, near, probabilities
from provcheck.readers.plates.formats import Format, fitting
from provcheck.readers.plates.network import Floats
from provcheck.readers.plates.read import ALPHABET
from provcheck.readers.plates.refine import FIELDS
from provcheck.readers.plates.signs import exchanged

ODDS = 1 / 8  # chosen on rendered plates: at 1 the right text of a form loses to emblems, at 1/50 plates of unknown forms get one
CLEAR = 0.982  # a text this probable in a look leaves all others 4 nats behind, which is what `foreign` asks: no grammar is tried
WITHIN = 8.0  # nats: forms whose best path is further below the best of all are not weighed
MOST = 12  # texts from one look
FAINT = 1e-4  # of the likeliest text: what is less likely changes no belief, whatever its form, and costs as much to weigh
GUIDED = 1  # looks that grammars are tried on: on rendered plates further ones add no text that is believed, only milliseconds
LEAST = 4  # a plate has at least so many signs; less is dirt, a bolt, a frame
ZERO, OH = ALPHABET.index("0") + 1, ALPHABET.index("O") + 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text with O written as 0, its mean probability over the looks (`mass`), the forms it can have, and how far they count."""

    text: str
    mass: float
    forms: tuple[Format, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Belief:
    """Candidates, the most believed first, and the probability of the first against everything else that was or was not weighed."""

    candidates: tuple[Candidate, ...]
    p: float

    @property
    def best(self) -> Candidate:
        return self.candidates[0]

    def beside(self, wanted: Sequence[Format]) -> float:
        """The largest mass of a text that has one of these forms, the best text apart."""
        return max((item.mass for item in self.candidates[1:] if any(form in wanted for form in item.forms)), default=0.0)


def joined_zeros(steps: Floats) -> Floats:
    """0 and O as one sign, in both columns: in most plate faces the place decides which it is, not the picture."""
    out = np.array(steps)
    out[:, ZERO] = out[:, OH] = np.logaddexp(steps[:, ZERO], steps[:, OH])
    return out


def believed(looks: Sequence[Floats], fields: tuple[float, ...], two_rows: bool, before: Belief | None = None) -> Belief | None:
    """`looks` are steps with joined zeros and merged blanks; None where no look shows as many signs as a plate has.

    `before` is what the first of them were believed to say: its texts are weighed again, and no grammar is tried twice.
    """
    texts = _texts(looks, two_rows, [item.text for item in before.candidates] if before else [])
    if not texts:
        return None
    mass = probabilities(looks, texts).mean(0)
    weighed = [(text, float(p)) for text, p in zip(texts, mass, strict=True) if p >= FAINT * mass.max()]
    found = [_candidate(text, p, fields, two_rows) for text, p in weighed]
    order = sorted(found, key=lambda item: (-item.mass * item.weight, item.text))
    unseen = max(0.0, 1.0 - sum(item.mass for item in found)) * ODDS
    total = unseen + sum(item.mass * item.weight for item in found)
    return Belief(tuple(order), min(1.0, order[0].mass * order[0].weight / max(total, 1e-12)))


def _texts(looks: Sequence[Floats], two_rows: bool, before: Sequence[str]) -> list[str]:
    """What each look reads freely, what the first read under each near grammar, and all of these with one sign exchanged."""
    found = dict.fromkeys(before)
    for number, steps in enumerate(looks):
        loose = free(steps)
        if len(loose.text) < LEAST:
            continue
        guided = not before and number < GUIDED and not _is_clear(steps, loose.text, two_rows)
        paths = best_paths(steps, near(loose.text, two_rows), WITHIN) if guided else []
        best = [loose, *sorted(paths, key=lambda path: -path.log_p)[:MOST]]
        found |= dict.fromkeys(path.text.replace("O", "0") for path in best)
        found |= dict.fromkeys(text.replace("O", "0") for path in best[:2] for text in exchanged(steps, path))
    return list(found)


def _is_clear(steps: Floats, text: str, two_rows: bool) -> bool:
    return bool(fitting(text, 2 if two_rows else 1)) and float(probabilities([steps], [text])[0, 0]) >= CLEAR


def _candidate(text: str, mass: float, fields: tuple[float, ...], two_rows: bool) -> Candidate:
    forms = fitting(text, 2 if two_rows else 1)
    grounds = {name for form in forms for name in form.grounds}
    share = sum(p for name, p in zip(FIELDS, fields, strict=True) if name in grounds)
    return Candidate(text, mass, forms, max(ODDS, share))
