"""Whatever is broken in a file, our own parsers answer or refuse in their own words: no exception of theirs reaches a person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.domain.errors import ProvcheckError
from provcheck.domain.reading import Found
from provcheck.readers.metadata import read_metadata
from tests.hostile.mutations import parsers, photo, record, run
from tests.hostile.seeds import PHOTOS

COUNT = 20_000


@pytest.mark.timeout(600)
def test_no_mutation_of_a_sound_file_is_uncaught() -> None:
    table = run(COUNT, 20261125)
    assert sum(found.total() for found in table.values()) == COUNT
    assert {name: dict(found) for name, found in table.items() if set(found) - {"read", "refused"}} == {}


def test_the_files_that_are_broken_are_sound(tmp_path: Path) -> None:
    """So that the test above reaches what lies behind the first check."""
    for _, sound, take, _mutate in parsers(tmp_path):
        for data in sound:
            take(data)
    assert sum(isinstance(read_metadata(data).captured, Found) for data in PHOTOS) >= 6


@pytest.mark.parametrize("take", [photo, record])
@settings(max_examples=150, deadline=None)
@given(head=st.sampled_from([data[:12] for data in PHOTOS]), tail=st.binary(max_size=400))
def test_nothing_that_begins_like_a_file_is_uncaught(take: Callable[[bytes], None], head: bytes, tail: bytes) -> None:
    try:
        take(head + tail)
    except ProvcheckError:
        assert take is record
