"""Names of cameras: what is the same, what cannot be, and what nobody can tell from names."""

from __future__ import annotations

import pytest

from provcheck.checks.makers import differ, same, words


@pytest.mark.parametrize(
    ("claimed", "named"),
    [
        ("EOS 80D", "Canon Canon EOS 80D"),
        ("canon 80d", "Canon Canon EOS 80D"),
        ("Fuji X-T3", "FUJIFILM X-T3"),
        ("iPhone XS", "Apple iPhone XS"),
        ("Samsung", "samsung SM-A536E"),
        ("Nikon D800E", "NIKON CORPORATION NIKON D800E"),
    ],
)
def test_another_order_case_or_word_for_the_maker_is_the_same_camera(claimed: str, named: str) -> None:
    assert same(words(claimed), words(named))


@pytest.mark.parametrize(
    ("claimed", "named"),
    [
        ("Canon EOS 80D", "Canon Canon EOS 5D Mark IV"),
        ("Nikon Z 9", "NIKON CORPORATION NIKON Z 8"),
        ("iPhone 12", "Apple iPhone XS"),
        ("iPhone XS", "NIKON CORPORATION NIKON D800E"),
        ("Samsung Galaxy S21", "Apple iPhone 12"),
        ("X-T3", "FUJIFILM X-T4"),
        ("Pixel 6", "Google Pixel 7"),
    ],
)
def test_other_makers_and_other_numbers_of_one_form_are_other_cameras(claimed: str, named: str) -> None:
    assert not same(words(claimed), words(named))
    assert differ(words(claimed), words(named))


@pytest.mark.parametrize(
    ("claimed", "named"),
    [
        ("Samsung Galaxy A53 5G", "samsung SM-A536E"),
        ("Redmi Note 9", "Xiaomi M2003J15SC"),
        ("Huawei P30 Pro", "HUAWEI VOG-L29"),
        ("Honor 8X", "HUAWEI JSN-L21"),
        ("Sony A7 III", "SONY ILCE-7M3"),
        ("Canon Rebel T7i", "Canon Canon EOS 800D"),
        ("Canon EOS80D", "Canon Canon EOS 80D"),
        ("Nikon Z 7 II", "NIKON CORPORATION NIKON Z 7_2"),
        ("Canon R6 Mark II", "Canon Canon EOS R6m2"),
        ("Moto G9 Plus", "motorola moto g(9) plus"),
        ("Mavic 2 Pro", "Hasselblad L1D-20c"),
        ("my telephone", "samsung SM-A536E"),
    ],
)
def test_a_shop_s_name_and_a_maker_s_speak_for_nothing(claimed: str, named: str) -> None:
    """A person who says "Galaxy A53" of a file of a SM-A536E tells the truth."""
    assert not differ(words(claimed), words(named))
    assert not same(words(claimed), words(named))
