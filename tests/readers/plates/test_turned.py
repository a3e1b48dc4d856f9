"""Which readings are tried in the mirror and upside down?"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from provcheck.domain.plate import PlateText
from provcheck.readers.plates.refine import Plate
from provcheck.readers.plates.sighting import Sighting
from provcheck.readers.plates.turned import _doubtful


@pytest.mark.parametrize(
    ("fits", "mass", "doubtful"),
    [(("RU 1",), 0.5, False), (("RU 1",), 0.1, True), ((), 0.97, False), ((), 0.5, True)],
    ids=["a text of a known form", "a weak one", "a chosen text that reads well", "a text of no form that reads badly"],
)
def test_what_reads_as_it_stands_is_not_turned(fits: tuple[str, ...], mass: float, doubtful: bool) -> None:
    text = PlateText("KMB0RAK", False, Decimal(0), "undetermined", "", "", (), "white", fits, (), ())
    plate = Plate(np.zeros((4, 2), np.float32), 1.0, 0.0, (1.0, 0.0, 0.0, 0.0, 0.0))
    assert _doubtful(Sighting(plate, 1.0, text, mass)) is doubtful
