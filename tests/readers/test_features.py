"""Features of pictures that are hardly any."""

from __future__ import annotations

import numpy as np
import pytest

from provcheck.domain.reading import Unreadable
from provcheck.readers.features import ARCHIVED, SUBMITTED, Budget, read_features


@pytest.mark.parametrize("budget", [ARCHIVED, SUBMITTED])
@pytest.mark.parametrize("shape", [(1, 1024), (1024, 1), (1, 1), (2, 900)])
def test_a_picture_of_one_row_has_no_features_and_says_so(shape: tuple[int, int], budget: Budget) -> None:
    rgb = np.random.default_rng(1).integers(0, 255, (*shape, 3)).astype(np.uint8)
    assert isinstance(read_features(rgb, budget), Unreadable)
