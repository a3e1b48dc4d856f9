"""The JSON record: its schema, its digest, and the way back."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

from provcheck.domain.errors import IntegrityError
from provcheck.domain.report import Report, Run
from provcheck.report import read_json, render_html, render_json
from provcheck.report.record import RecordError, digest
from tests.report import cases
from tests.report.hostile import HOSTILE, hostile

ROOT = Path(__file__).parents[2]
ALL = [cases.rich(), cases.empty(), cases.without_claims(), cases.one_claim(), hostile(HOSTILE[8])]
RUN = Run("2026-11-22T10:00:00+00:00", "1.25", "Linux", (("pillow", "13.0.0"),), "child process")


def make_schema() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_schema", ROOT / "scripts" / "make_schema.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def committed() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((ROOT / "src/provcheck/report/schema.json").read_text(encoding="utf-8"))
    return schema


def test_the_committed_schema_is_what_the_dataclasses_say() -> None:
    assert committed() == make_schema().schema(), "run scripts/make_schema.py"


def test_the_schema_is_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(committed())


@pytest.mark.parametrize("report", ALL)
@pytest.mark.parametrize("run", [None, RUN])
def test_every_record_fits_its_schema(report: Report, run: Run | None) -> None:
    jsonschema.Draft202012Validator(committed()).validate(json.loads(render_json(report, run)))


@pytest.mark.parametrize("report", ALL)
def test_a_record_gives_its_report_back(report: Report) -> None:
    assert read_json(render_json(report, RUN)) == report


def test_the_run_stands_outside_the_digest() -> None:
    report = cases.rich()
    assert json.loads(render_json(report, RUN))["digest"] == json.loads(render_json(report))["digest"] == digest(report)


def test_a_changed_record_does_not_match_its_digest() -> None:
    changed = render_json(cases.rich()).replace("a journalist", "a spokesman")
    with pytest.raises(IntegrityError):
        read_json(changed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        "[" * 100_000,
        render_json(cases.empty()).replace("1.1.0", "0.9.0", 1),
        render_json(cases.empty()).replace("1.1.0", "one", 1),
        render_json(cases.empty()).replace('"2026-11-22"', '"20261122"', 1),
        render_json(cases.empty()).replace('"claims": [],', '"claims": [], "verdict": "fine",', 1),
        render_json(cases.empty()).replace('"claims": [],', '"claims": [], "claims": [],', 1),
        render_json(cases.empty()).replace('"claims": [],', '"claims": 1.5,', 1),
        render_json(cases.empty()).replace('"claims": [],', '"claims": NaN,', 1),
    ],
)
def test_what_is_no_record_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(RecordError, match="no provcheck report"):
        read_json(text)


def test_every_flipped_character_of_the_digested_part_is_noticed() -> None:
    record = render_json(cases.empty())
    start, end = record.index('"report"'), record.index('"run"')
    for place in range(start, end):
        if record[place].isspace():
            continue  # white space outside strings carries nothing
        flipped = record[:place] + chr(ord(record[place]) ^ 1) + record[place + 1 :]
        with pytest.raises((RecordError, IntegrityError)):
            read_json(flipped)


def test_the_page_is_the_same_for_a_report_that_went_through_json() -> None:
    report = cases.rich()
    assert render_html(read_json(render_json(report))) == render_html(report)
