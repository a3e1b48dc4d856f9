"""What is encoded comes back equal; what has another shape is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Union

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.domain.archive import Search
from provcheck.domain.case import Exhibit
from provcheck.domain.clock import Clock
from provcheck.domain.codec import decode, encode
from provcheck.domain.evidence import Pixels
from provcheck.domain.finding import Answer, CannotSay, Leaning
from provcheck.domain.photo import Picture
from provcheck.domain.place import Position
from provcheck.domain.reading import Absent, Found, Reading, Unreadable
from provcheck.domain.text import Text, say
from tests.values import clock, exhibit, match, position, search

CLOCKS: Any = Union[Found[Clock], Absent, Unreadable]
LEAVES = st.one_of(st.text(), st.integers())
TEXTS = st.recursive(
    st.builds(lambda id_, args: say(id_, **args), st.text(), st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), LEAVES)),
    lambda inner: st.builds(lambda one, many: say("outer", one=one, many=tuple(many)), inner, st.lists(inner, max_size=3)),
    max_leaves=6,
)


@given(TEXTS)
def test_any_text_comes_back_equal(text: Text) -> None:
    assert decode(Text, encode(text)) == text


@given(st.binary(), st.integers(), st.integers())
def test_any_picture_comes_back_equal(data: bytes, width: int, height: int) -> None:
    picture = Picture("image/png", width, height, data)
    assert decode(Picture, encode(picture)) == picture


@given(st.decimals(min_value=-90, max_value=90, places=6))
def test_a_position_keeps_every_decimal(latitude: Decimal) -> None:
    place = Position(latitude, Decimal("0.000001"))
    assert decode(Position, encode(place)) == place


@pytest.mark.parametrize("reading", [Found(clock("2023-07-29T10:00", 300)), Absent(), Unreadable(say("why", n=1))])
def test_each_kind_of_reading_comes_back_equal(reading: Reading[Clock]) -> None:
    assert decode(CLOCKS, encode(reading)) == reading


def test_an_exhibit_with_evidence_and_matches_comes_back_equal() -> None:
    whole = exhibit(
        captured=Found(clock("2023-07-29T10:00")), position=Found(position("51.2", "52.2")), reuse=search(match(date(2022, 5, 1)))
    )
    assert decode(Exhibit, encode(whole)) == whole


def test_an_answer_is_a_list_or_an_object() -> None:
    silent = CannotSay(say("why"), failed=True)
    assert decode(Answer, encode(silent)) == silent  # type: ignore[arg-type]
    assert decode(Answer, []) == ()  # type: ignore[arg-type]


def test_a_moment_keeps_its_zone() -> None:
    moment = datetime(2023, 7, 29, 9, 10, tzinfo=UTC)
    assert encode(moment) == "2023-07-29T09:10:00+00:00"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Pixels, {"width": 1, "height": 2}),
        (Pixels, {"width": 1, "height": 2, "preview": False, "extra": 1}),
        (Pixels, {"width": "1", "height": 2, "preview": False}),
        (Pixels, {"width": True, "height": 2, "preview": False}),
        (Pixels, []),
        (Leaning, "proves"),
        (Position, {"latitude": "north", "longitude": "0", "tag": "", "error_m": None}),
        (Picture, {"media_type": "image/png", "width": 1, "height": 1, "data": "not base64!"}),
        (Search, {"archives": {}, "radius": 31, "matches": []}),
        (CLOCKS, {"reading": "perhaps"}),
        (CLOCKS, 3),
    ],
)
def test_a_value_of_another_shape_is_refused(kind: Any, value: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode(kind, value)


def test_a_float_has_no_json_form() -> None:
    with pytest.raises(TypeError, match="float"):
        encode(0.5)


def test_a_clock_whose_zone_is_a_day_from_utc_is_refused() -> None:
    written: Any = encode(clock("2023-07-29T09:52:14"))
    with pytest.raises(ValueError, match="less than a day from UTC"):
        decode(Clock, written | {"offset_minutes": 24 * 60})
