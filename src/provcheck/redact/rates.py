"""How often does the detector leave a plate uncovered? Measured once, with date and data; printed whenever it is relied on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from math import ceil

from provcheck.domain.method import MethodCard


@dataclass(frozen=True, slots=True)
class MissRate:
    """Of `plates` labelled plates in photos, `missed` stayed visible in part. `detector` is the SHA-256 of the network measured."""

    plates: int
    missed: int
    date: str
    data: str
    detector: str
    command: str

    @property
    def at_most(self) -> str:
        """Upper 95 % bound, in percent, rounded up."""
        card = MethodCard("", "", "", positives=1, negatives=self.plates, false_alarms=self.missed)
        return f"{ceil(card.false_alarm_rate_at_most() * 1000) / 10}"


def miss_rate() -> MissRate:
    """The rate in RATES.toml."""
    return MissRate(**tomllib.loads(resources.files(__package__).joinpath("RATES.toml").read_text("utf-8")))
