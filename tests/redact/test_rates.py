"""The miss rate that is printed is one that was measured, and its bound is never kinder than the count."""

from __future__ import annotations

import re

from provcheck.redact.rates import MissRate, miss_rate


def test_the_rate_names_its_data_its_day_and_its_network() -> None:
    rate = miss_rate()
    assert 0 <= rate.missed <= rate.plates
    assert rate.plates > 50
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", rate.date)
    assert re.fullmatch("[0-9a-f]{64}", rate.detector)


def test_no_miss_among_few_plates_is_no_small_bound() -> None:
    assert MissRate(54, 0, "", "", "", "").at_most == "5.4"
    assert float(MissRate(54, 3, "", "", "", "").at_most) > 100 * 3 / 54
