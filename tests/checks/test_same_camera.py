"""Of thousands of photos each is held only against those that it could have something in common with, and nothing is missed."""

from __future__ import annotations

import time
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from provcheck.checks.same_camera import CHECK
from provcheck.domain.case import Case, Exhibit
from provcheck.domain.finding import Answer
from provcheck.domain.metadata import Camera, Field, Serials
from provcheck.domain.reading import Absent, Found
from tests.values import case, exhibit

NUMBERS = st.lists(st.sampled_from(("", "12", "00012345", "12345", "1 2345", "ab99", "AB99", "77777")), max_size=2)
KEYS = st.sampled_from(
    (("EXIF", "exif.body_serial"), ("XMP", "xmp.aux_serial"), ("Canon maker note", "mn.serial"), ("EXIF", "other"))
)


@st.composite
def photos(draw: st.DrawFn) -> Exhibit:
    body, lens = tuple(draw(NUMBERS)), tuple(draw(NUMBERS))
    owner = draw(st.sampled_from(("", "unknown", "A. Body", "a. body ", "Me")))
    image = draw(st.sampled_from(("", "0" * 32, "f" * 32, "e" * 8)))
    fields = tuple(Field(source, "Serial", number, key) for number in body for source, key in draw(st.lists(KEYS, max_size=2)))
    model = draw(st.sampled_from(("", "One", "Two")))
    serials = draw(st.sampled_from((Found(Serials(body, lens, owner, image_id=image)), Found(Serials(body=body)), Absent())))
    return exhibit(serials=serials, camera=Found(Camera("Example", model)) if model else Absent(), fields=Found(fields))


def of(shown: tuple[Exhibit, ...]) -> Case:
    return replace(case(shown[0]), exhibits=shown)


def asked(number: int, within: Case) -> Answer:
    shown = next(one for one in within.exhibits if one.number == number)
    assert shown.evidence
    return CHECK.answer(shown, shown.evidence, within)


@given(st.lists(photos(), min_size=2, max_size=7))
def test_a_case_finds_what_its_photos_find_two_by_two(drawn: list[Exhibit]) -> None:
    shown = tuple(replace(one, number=number) for number, one in enumerate(drawn, 1))
    for one in shown:
        pairs = [asked(one.number, of((one, other))) for other in shown if other is not one]
        expected = tuple(finding for answer in pairs if isinstance(answer, tuple) for finding in answer)
        together = asked(one.number, of(shown))
        assert (together if isinstance(together, tuple) else ()) == expected


def test_thousands_of_different_bodies_are_not_compared_two_by_two() -> None:
    """Eight times the photos take about eight times as long, not sixty-four times. The least of three: machines are busy."""
    few, many = (min(seconds_for(count) for _ in range(3)) for count in (250, 2000))
    assert many < 24 * few


def seconds_for(count: int) -> float:
    within = of(
        tuple(replace(exhibit(serials=Found(Serials(body=(f"{number:08}",)))), number=number) for number in range(1, count + 1))
    )
    started = time.process_time()
    for number, one in enumerate(within.exhibits, 1):
        assert one.evidence
        assert not isinstance(CHECK.answer(one, one.evidence, within), tuple), number
    return time.process_time() - started
