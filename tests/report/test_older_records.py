"""A record of an older version is read with its own digest; one of a newer version is refused with a sentence that says so.

`tests/golden/record-1.0.0.json` was written by the last version of schema 1.0. Never write it anew: a field that came later
takes `since` (`domain/since.py`) and the next schema version.
"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from provcheck.report import VIEWS, read_json, render_json
from provcheck.report.fit import fit
from provcheck.report.record import RecordError, digest

OLD = (Path(__file__).parents[1] / "golden" / "record-1.0.0.json").read_text("utf-8")
SCHEMA = json.loads((Path(__file__).parents[2] / "src/provcheck/report/schema.json").read_text("utf-8"))


def changed(version: str, extra: str = "") -> str:
    record = json.loads(OLD)
    record["schema_version"] = version
    if extra:
        record["report"]["case"][extra] = "something new"
    return json.dumps(record)


def test_a_record_of_schema_1_0_is_read_and_keeps_its_digest() -> None:
    report = read_json(OLD)
    assert digest(report) == json.loads(OLD)["digest"] == json.loads(render_json(report))["digest"]
    assert json.loads(render_json(report))["report"] == json.loads(OLD)["report"]
    assert fit(OLD.encode()).faults == ()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_view_is_made_of_an_older_record(view) -> None:  # type: ignore[no-untyped-def]
    assert view.render(read_json(OLD), "en")


def test_an_older_record_fits_the_present_schema() -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(OLD))


@pytest.mark.parametrize("version", ["1.99.0", "2.0.0"])
def test_a_newer_record_with_a_field_that_we_do_not_know_is_refused_and_says_what_to_do(version: str) -> None:
    with pytest.raises(RecordError, match=f"newer provcheck: its schema is {version}.*install a newer provcheck"):
        read_json(changed(version, "verdict"))


def test_a_newer_major_version_is_refused_whatever_it_holds() -> None:
    with pytest.raises(RecordError, match="install a newer provcheck"):
        read_json(changed("2.0.0"))


def test_a_newer_record_of_the_same_fields_is_read() -> None:
    assert read_json(changed("1.99.0")) == read_json(OLD)


def test_an_unknown_field_in_a_record_of_our_own_version_is_no_record() -> None:
    with pytest.raises(RecordError, match="no provcheck report"):
        read_json(changed("1.1.0", "verdict"))


def test_a_later_field_that_stands_with_its_default_is_not_how_provcheck_writes() -> None:
    record = json.loads(OLD)
    regions = next(one["evidence"]["plates"]["value"] for one in record["report"]["case"]["exhibits"] if one["evidence"])
    regions[0]["read_by"] = ""
    with pytest.raises(RecordError, match="not written as provcheck writes it"):
        read_json(json.dumps(record))
