"""Where are number plates in this photo, and what do they say?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from provcheck.domain.plate import PlateRegion
from provcheck.domain.reading import Reading


def find_plates(rgb: npt.NDArray[np.uint8]) -> Reading[tuple[PlateRegion, ...]]:
    """Plates of an upright photo (H x W x 3, RGB, full resolution), best first; Absent means looked and none found."""
    from provcheck.readers.plates.look import plates_of  # OpenCV is loaded by the first photo, not by the package

    return plates_of(rgb)


def find_suspects(rgb: npt.NDArray[np.uint8]) -> Reading[tuple[PlateRegion, ...]]:
    """Like find_plates, with fewer misses and more false alarms: for covering plates, never for findings."""
    from provcheck.readers.plates.look import plates_of
    from provcheck.readers.plates.network import generous

    return plates_of(rgb, generous)
