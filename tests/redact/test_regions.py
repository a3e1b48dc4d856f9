"""When does a box drawn by hand take back what the detector marked?"""

from __future__ import annotations

import pytest

from provcheck.redact.boxes import box_outline
from provcheck.redact.regions import taken_back

PLATE, SHAPE = box_outline(100, 100, 80, 20), (300, 400)


@pytest.mark.parametrize(
    ("box", "back"),
    [((95, 95, 90, 30), True), ((100, 100, 50, 20), True), ((130, 105, 20, 10), False), ((300, 200, 50, 20), False)],
    ids=["around it", "over more than half of it", "over its middle alone", "elsewhere"],
)
def test_a_box_takes_a_region_back_by_its_pixels_not_by_its_middle(box: tuple[int, int, int, int], back: bool) -> None:
    assert taken_back(PLATE, (box_outline(*box),), SHAPE) is back
