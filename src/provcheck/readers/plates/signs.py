"""Each sign of a text with its probability and its runners-up, averaged over the looks at the plate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from provcheck.domain.plate import PlateCharacter
from provcheck.readers.plates.decode import Path, aligned, free
from provcheck.readers.plates.network import Floats
from provcheck.readers.plates.read import ALPHABET

SHOWN = 3  # runners-up per character
MOST = 0.999  # a reader that is wrong once in some hundred times says "1.000" of nothing
UNLIKELY = 0.01  # runners-up below this are not shown
OH = ALPHABET.index("O")
Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a text, its probability among all signs there, and the others, most probable first."""

    char: str
    p: float
    others: tuple[tuple[str, float], ...]

    def character(self) -> PlateCharacter:
        return PlateCharacter(self.char, rounded(self.p), tuple((other, rounded(p)) for other, p in self.others))


def signs_of(looks: Sequence[Floats], text: str) -> tuple[Sign, ...]:
    """Signs of `text`; a look in which it has no path says nothing. Empty where no look has one."""
    seen = text.replace("O", "0")
    shares = [_shares(steps, path) for steps in looks if (path := _path(steps, seen)) is not None]
    if not shares:
        return ()
    return tuple(_sign(char, row) for char, row in zip(text, np.mean(shares, 0), strict=True))


def exchanged(steps: Floats, path: Path) -> list[str]:
    """The text of a path with one sign exchanged for a runner-up, for each of them."""
    return [
        path.text[:place] + ALPHABET[at] + path.text[place + 1 :]
        for place, share in enumerate(_shares(steps, path))
        for at in np.flatnonzero(share >= UNLIKELY)
        if ALPHABET[at] not in (path.text[place], path.text[place].replace("O", "0"))
    ]


def _path(steps: Floats, text: str) -> Path | None:
    loose = free(steps)
    return loose if loose.text == text else aligned(steps, text)


def _shares(steps: Floats, path: Path) -> Shares:
    """Signs of the path x alphabet: what the network saw in each one's steps, blanks apart; 0 stands for O too."""
    mass = np.array([np.exp(steps[first:end, 1:].astype(np.float64)).sum(0) for first, end in path.spans])
    mass[:, OH] = 0.0
    return np.asarray(mass / np.maximum(mass.sum(1, keepdims=True), 1e-9), np.float64)


def _sign(char: str, share: Shares) -> Sign:
    own = ALPHABET.index("0" if char == "O" else char)
    order = [int(at) for at in np.argsort(-share, kind="stable")[: SHOWN + 1] if at != own and share[at] >= UNLIKELY]
    return Sign(char, float(share[own]), tuple((ALPHABET[at], float(share[at])) for at in order[:SHOWN]))


def rounded(p: float) -> Decimal:
    """As reports print it."""
    return Decimal(f"{min(MOST, max(0.0, p)):.3f}")
