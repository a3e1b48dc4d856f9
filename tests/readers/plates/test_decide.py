"""What a reading may claim: Russian format only when everything agrees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from provcheck.domain.plate import PlateText
from provcheck.readers.plates.belief import believed, joined_zeros
from provcheck.readers.plates.decide import decided
from provcheck.readers.plates.decode import merged_blanks
from provcheck.readers.plates.read import ALPHABET

WHITE = (0.97, 0.01, 0.01, 0.005, 0.005)
YELLOW = (0.01, 0.97, 0.01, 0.005, 0.005)
BLACK = (0.01, 0.01, 0.97, 0.005, 0.005)
BLUE = (0.01, 0.01, 0.005, 0.97, 0.005)
LIMITS = {
    "character": 0.9,
    "certain": 0.9,
    "certain_unlisted": 0.97,
    "colour": 0.85,
    "foreign": 4.0,
}  # the rule, not the models


def strip(text: str, strength: float = 20.0, doubt: dict[int, tuple[str, float]] | None = None) -> npt.NDArray[np.float32]:
    """Steps that spell `text`; `doubt` gives one place a second sign, `p` being how much weaker it is in nats."""
    weights = np.zeros((40, 37))
    weights[:, 0] = 12
    for place, (at, sign) in enumerate(zip(np.linspace(2, 37, len(text)).astype(int), text, strict=True)):
        weights[at, ALPHABET.index(sign) + 1] = strength
        if doubt and place in doubt:
            other, weaker = doubt[place]
            weights[at, ALPHABET.index(other) + 1] = strength - weaker
    return np.asarray(weights - np.log(np.exp(weights).sum(1, keepdims=True)), np.float32)


def read(
    *texts: str,
    fields: tuple[float, ...] = WHITE,
    two_rows: bool = False,
    whole: bool = True,
    doubt: dict[int, tuple[str, float]] | None = None,
) -> PlateText:
    """What two looks say that see the same, or these looks."""
    looks = [merged_blanks(joined_zeros(strip(text, doubt=doubt))) for text in (texts if len(texts) > 1 else texts * 2)]
    belief = believed(looks, fields, two_rows)
    assert belief is not None
    return decided(looks, belief, fields, whole, LIMITS)


def why(found: PlateText) -> set[str]:
    return {text.id for text in found.decision}


def test_a_clear_white_car_plate_is_russian_format_type_1() -> None:
    found = read("A123BC77")
    assert (found.format, found.kind, found.region, found.certain) == ("RU", "1", "77", True)


def test_a_kazakh_plate_is_never_russian() -> None:
    found = read("123ABC07")
    assert (found.format, found.kind) == ("KZ", "2012")
    assert read("123AB07").format != "RU"


def test_a_kazakh_entity_plate_with_a_stray_digit_is_not_a_military_one() -> None:
    assert read("1123AB07").format == "undetermined"


def test_a_black_plate_of_that_form_is_military_and_its_code_names_no_region() -> None:
    found = read("1234AB77", fields=BLACK)
    assert (found.format, found.kind) == ("RU", "5")
    assert "plates.military-code" in {text.id for text in found.meaning}


def test_a_bus_plate_needs_yellow() -> None:
    assert read("AB12345", fields=YELLOW).format == "RU"
    assert read("AB12345", fields=WHITE).format == "undetermined"


def test_a_police_plate_needs_blue() -> None:
    assert read("A123477", fields=BLUE).format == "RU"
    assert read("A123477", fields=WHITE).format == "undetermined"


def test_a_car_plate_on_black_is_undetermined() -> None:
    assert read("A123BC77", fields=BLACK).format == "undetermined"


def test_a_missing_region_is_undetermined() -> None:
    found = read("A123BC")
    assert found.format == "undetermined"
    assert "plates.no-code" in why(found) or "plates.several-formats" in why(found)


def test_a_doubtful_sign_makes_the_reading_uncertain_and_names_the_alternative() -> None:
    found = read("A123BC77", doubt={2: ("8", 0.4)})
    assert not found.certain
    assert found.format == "undetermined"
    assert found.characters[2].alternatives[0][0] == "8"
    assert found.text == "A123BC77"


def test_a_plate_cut_by_the_edge_is_never_certain() -> None:
    found = read("A123BC77", whole=False)
    assert not found.certain
    assert "plates.cut" in why(found)


def test_quads_that_read_differently_are_never_certain() -> None:
    found = read("A123BC77", "A123BC777")
    assert not found.certain
    assert found.format == "undetermined"
    assert "plates.weak-reading" in why(found)


def test_one_look_of_five_that_reads_otherwise_leaves_the_text_and_takes_its_certainty() -> None:
    found = read(*["A123BC77"] * 4, "A123BC17")
    assert found.text == "A123BC77"
    assert not found.certain


def test_a_text_with_zeros_that_a_kazakh_plate_writes_as_letters_is_not_certain() -> None:
    found = read("007OOO16")
    assert not found.certain
    assert "plates.zero-or-oh" in why(found)


def test_a_russian_letter_o_beside_zeros_is_told_by_its_height() -> None:
    assert read("O805TM40").certain


def test_a_form_shared_with_other_countries_is_undetermined() -> None:
    assert read("1234AB77", fields=WHITE, two_rows=True).format == "undetermined"


def test_the_region_comes_last_and_the_characters_in_the_same_order() -> None:
    found = read("AB771234", two_rows=True)
    assert found.text == "".join(character.char for character in found.characters)


def test_three_signs_are_no_plate() -> None:
    assert believed([strip("A12")], WHITE, False) is None


def test_a_zero_serial_is_read_and_said_never_to_be_issued() -> None:
    found = read("A000BC77")
    assert found.text == "A000BC77"
    assert "plates.zero-serial" in {text.id for text in found.meaning}


def test_an_unlisted_code_needs_stronger_signs() -> None:
    assert "plates.region-unlisted" in {text.id for text in read("A123BC999").meaning}
    weak = {7: ("8", 3.0)}
    assert replace(read("A123BC777", doubt=weak), decision=()).certain
    assert not read("A123BC999", doubt=weak).certain
