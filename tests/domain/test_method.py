"""Grades are earned: the card's likelihood ratio, by its lower bound, decides the highest step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.domain.method import Grade, MethodCard


def card(positives: int, hits: int, negatives: int, false_alarms: int) -> MethodCard:
    return MethodCard("m", "1", "what", positives, hits, negatives, false_alarms)


@pytest.mark.parametrize(
    ("scenes", "false_alarms", "ratio", "grade"),
    [
        (50, 0, 14, Grade.MODERATE),
        (300, 0, 87, Grade.MODERATE),
        (1000, 0, 295, Grade.MODERATELY_STRONG),
        (3500, 1, 652, Grade.MODERATELY_STRONG),
        (3500, 0, 1032, Grade.STRONG),
    ],
)
def test_the_lowest_ratio_is_that_of_the_published_table(scenes: int, false_alarms: int, ratio: int, grade: Grade) -> None:
    """Within 2 %: the table does not say which of the usual exact bounds it used."""
    measured = card(scenes, round(scenes * 0.9), scenes, false_alarms)
    assert measured.likelihood_ratio() == pytest.approx(ratio, rel=0.02)
    assert measured.grade() is grade


def test_an_uncalibrated_method_is_weak() -> None:
    assert card(0, 0, 0, 0).grade() is Grade.WEAK


def test_a_method_that_alarms_as_often_as_it_hits_carries_no_step() -> None:
    assert card(100, 50, 100, 50).grade() is None


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_the_bounds_hold_the_measured_rates_between_them(counts: tuple[int, int]) -> None:
    n, k = counts
    assert 0 <= card(n, k, n, 0).hit_rate_at_least() <= k / n
    assert k / n <= card(n, n, n, k).false_alarm_rate_at_most() <= 1


@given(st.integers(1, 300))
def test_more_clean_negatives_never_lower_the_ratio(n: int) -> None:
    assert card(100, 90, n + 1, 0).likelihood_ratio() >= card(100, 90, n, 0).likelihood_ratio()
