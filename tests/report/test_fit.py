"""A record fits itself or says where it does not: whatever byte was changed."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import pytest

from provcheck.domain.reading import Absent
from provcheck.domain.text import say
from provcheck.report import render_json, sentence
from provcheck.report.difference import compared_runs, first_difference
from provcheck.report.fit import fit
from provcheck.report.record import RecordError, canonical_digest, frame_digest, layout, read_json
from tests.report import cases
from tests.report.test_record import RUN

SMALL = render_json(cases.empty(), RUN).encode()
RICH = render_json(cases.rich(), RUN).encode()
RNG = random.Random(6)


def words(data: bytes) -> str:
    return " ".join(map(sentence, fit(data).faults))


@pytest.mark.parametrize("data", [SMALL, RICH, render_json(cases.one_claim()).encode()])
def test_a_record_as_it_was_written_has_no_fault(data: bytes) -> None:
    assert fit(data).faults == ()
    assert fit(data).report == read_json(data.decode())


@pytest.mark.parametrize("bit", [1, 4, 32, 128])
def test_every_flipped_bit_of_a_record_is_named(bit: int) -> None:
    silent = []
    for place in range(len(SMALL)):
        flipped = bytearray(SMALL)
        flipped[place] ^= bit
        if not words(bytes(flipped)):
            silent.append(place)
    assert silent == []


@pytest.mark.parametrize("place", [RNG.randrange(len(RICH)) for _ in range(40)])
def test_flipped_bytes_of_a_record_with_pictures_are_named(place: int) -> None:
    flipped = bytearray(RICH)
    flipped[place] ^= 1
    assert words(bytes(flipped))


@pytest.mark.parametrize("cut", [0, 1, 100, len(SMALL) - 1, len(SMALL) - 3])
def test_a_record_that_was_cut_short_is_named(cut: int) -> None:
    assert words(SMALL[:cut])


def test_a_changed_value_is_named_by_the_digest_that_it_breaks() -> None:
    assert "The report does not match its digest" in words(RICH.replace(b"a journalist", b"a spokesman"))
    assert "What stands around the report" in words(RICH.replace(b'"Linux"', b'"Plan 9"'))
    assert "its schema is 2.0.0" in words(RICH.replace(b"1.1.0", b"2.0.0", 1))


def test_a_changed_layout_is_named_by_its_line_and_called_no_change_of_values() -> None:
    assert "differs first in line 2" in words(SMALL.replace(b"\n ", b"\n  ", 1))
    assert words(SMALL.replace(b"\n", b"\r\n")) == ""  # a redirected output on Windows


def test_bytes_that_are_no_text_are_named_by_their_place() -> None:
    assert "byte 7" in words(SMALL[:7] + b"\xff" + SMALL[8:])


def rewritten(**changes: Any) -> str:
    """The rich record with parts of its report changed, and all digests written anew: what a forger would do."""
    record = json.loads(RICH)
    record["report"] |= changes
    record["digest"] = canonical_digest(record["report"])
    record["run_digest"] = frame_digest(record)
    return layout(record)


def test_a_record_with_digests_of_its_own_fits_and_so_the_limit_is_always_said() -> None:
    assert words(rewritten(custody=json.loads(RICH)["report"]["custody"] | {"settings": "0"}).encode()) == ""
    assert "detects damage, not forgery" in sentence(say("record.limit"))


def test_answers_about_no_exhibit_are_refused() -> None:
    answers = json.loads(RICH)["report"]["answers"]
    with pytest.raises(RecordError, match="about no exhibit"):
        read_json(rewritten(answers=[answers[0] | {"exhibit": 99}]))


@pytest.mark.parametrize("counts", [{"hits": 61}, {"false_alarms": -1}, {"positives": 10**12}])
def test_counts_that_do_not_fit_each_other_are_refused(counts: dict[str, int]) -> None:
    case = json.loads(RICH)["report"]["case"]
    with pytest.raises(RecordError, match="counts"):
        read_json(rewritten(case=case | {"methods": [case["methods"][0] | counts]}))


def test_a_reading_where_none_belongs_is_refused() -> None:
    case = json.loads(RICH)["report"]["case"]
    with pytest.raises(RecordError):
        read_json(rewritten(case=case | {"claims": [case["claims"][0] | {"published": {"reading": "found", "value": 1}}]}))


def test_equal_reports_have_no_difference() -> None:
    assert first_difference(cases.rich(), cases.rich()) is None
    faults, notes = compared_runs(cases.rich(), cases.rich())
    assert faults == ()
    assert "byte for byte" in sentence(notes[0])


def test_the_first_difference_is_named_by_its_path_and_both_values() -> None:
    report = cases.rich()
    case = replace(report.case, title="Another", claims=report.case.claims[:1])
    found = first_difference(report, replace(report, case=case))
    assert found is not None
    assert (found.path, found.untrusted_now) == ("case.title", '"Another"')
    found = first_difference(report, replace(report, case=replace(report.case, claims=report.case.claims[:1])))
    assert found is not None
    assert (found.path, found.untrusted_recorded, found.untrusted_now) == ("case.claims", "3 items", "1 items")
    exhibits = (replace(report.case.exhibits[0], photo=replace(report.case.exhibits[0].photo, bytes=1)), *report.case.exhibits[1:])
    found = first_difference(report, replace(report, case=replace(report.case, exhibits=exhibits), answers=()))
    assert found is not None
    assert found.path == "case.exhibits[0].photo.bytes"


def test_archives_that_a_second_run_lacks_are_named() -> None:
    report = cases.rich()
    exhibits = tuple(replace(one, reuse=Absent(), parts=Absent()) for one in report.case.exhibits)
    faults, (note,) = compared_runs(report, replace(report, case=replace(report.case, exhibits=exhibits)))
    assert len(faults) == 1
    assert "newsroom.pvx" in sentence(note)
