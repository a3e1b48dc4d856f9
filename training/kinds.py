"""Which plate is drawn next?"""

from __future__ import annotations

import random

from training.foreign import foreign
from training.layouts import Plan
from training.russian import russian


def plan(rng: random.Random, russian_share: float = 0.6) -> Plan:
    return russian(rng) if rng.random() < russian_share else foreign(rng)
