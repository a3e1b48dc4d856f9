"""The record: a report as JSON with its digest, and back again."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from hashlib import sha256
from typing import Final

from provcheck.domain.codec import Json, decode, encode
from provcheck.domain.errors import IntegrityError, ProvcheckError
from provcheck.domain.report import Report, Run
from provcheck.report.untrusted import shown

SCHEMA: Final = "provcheck-report"
SCHEMA_VERSION: Final = "1.1.0"  # semantic: a reader of 1.1 reads 1.0 and 1.1; fields added since are named by `domain/since.py`
KEYS: Final = {"schema", "schema_version", "digest", "report", "run", "run_digest"}
MOST: Final = 10_000_000  # scenes of a calibration set; bounds are sums over them
REASON: Final = 400  # characters of a reason that quotes a broken record


class RecordError(ProvcheckError):
    """A text that is no provcheck report, or one of a schema that this version does not read."""


@lru_cache(maxsize=2)  # every view of a report shows it
def digest(report: Report) -> str:
    """SHA-256, in hex, of the report's canonical JSON: keys sorted, no spaces, ASCII. The run stands outside it."""
    return canonical_digest(encode(report))


def render_json(report: Report, run: Run | None = None) -> str:
    """The record as ASCII text: whatever a hostile file held is escaped in it, and nothing of it is lost."""
    body = encode(report)
    record: dict[str, Json] = {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "digest": canonical_digest(body),
        "report": body,
        "run": encode(run),
    }
    return layout(record | {"run_digest": frame_digest(record)})


def layout(record: dict[str, Json]) -> str:
    """A record as it is written: keys in their order, an indent of one, one line feed at the end."""
    return json.dumps(record, indent=1, ensure_ascii=True) + "\n"


def frame_digest(record: dict[str, Json]) -> str:
    """SHA-256 of what stands around the report: the schema, its version, the report's digest and the run."""
    return canonical_digest({key: record[key] for key in sorted(KEYS - {"report", "run_digest"})})


def read_json(text: str) -> Report:
    """The report in a record. Raises RecordError where it is none, IntegrityError where the digest does not fit."""
    record, report = parsed(text)
    if canonical_digest(record["report"]) != record["digest"]:
        raise IntegrityError("the report does not match its digest: it was changed after it was written, or damaged on the way")
    return report


def parsed(text: str) -> tuple[dict[str, Json], Report]:
    """The record and its report, no digest looked at. Raises RecordError where `text` is no record that this version reads.

    The report encodes to the very JSON that stands in the record, so that every view shows the record's own digest.
    """
    newer = False
    try:
        record = json.loads(text, object_pairs_hook=_once, parse_float=_no_float, parse_constant=_no_float)
        if not isinstance(record, dict) or set(record) != KEYS or record["schema"] != SCHEMA:
            raise ValueError(f"expected an object with {sorted(KEYS)} and schema {SCHEMA}")
        newer = _newer(record["schema_version"])
        if record["run"] is not None:
            decode(Run, record["run"])
        report = decode(Report, record["report"])
        _coherent(report)
        if encode(report) != record["report"]:
            raise ValueError("a value is not written as provcheck writes it")
    except (ValueError, RecursionError) as broken:
        if newer:
            raise RecordError(_later_version(str(record["schema_version"]))) from broken
        raise RecordError(f"this is no provcheck report: {shown(str(broken), REASON)}") from broken
    return record, report


def _coherent(report: Report) -> None:
    """What views rely on: numbers lead to exhibits, and counts of a card are counts."""
    numbers = [exhibit.number for exhibit in report.case.exhibits]
    about = [finding.about.exhibit for one in report.answers if isinstance(one.answer, tuple) for finding in one.answer]
    if len(set(numbers)) != len(numbers) or not {one.exhibit for one in report.answers}.union(about) <= set(numbers):
        raise ValueError("an answer is about no exhibit, or about two")
    for card in report.case.methods:
        if not (0 <= card.hits <= card.positives <= MOST and 0 <= card.false_alarms <= card.negatives <= MOST):
            raise ValueError(f"method {card.id!r}: its counts do not fit each other")


def canonical_digest(body: Json) -> str:
    """SHA-256, in hex, of canonical JSON."""
    return sha256(json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")).hexdigest()


def _newer(version: object) -> bool:
    """Whether the record may hold fields that this version does not know. Raises ValueError where it is no version of a record."""
    if not isinstance(version, str) or not re.fullmatch(r"\d{1,4}\.\d{1,4}\.\d{1,4}", version):
        raise ValueError(f"schema version {version!r}; this provcheck reads up to {SCHEMA_VERSION}")
    stated, ours = (tuple(map(int, one.split("."))) for one in (version, SCHEMA_VERSION))
    if stated[0] > ours[0]:
        raise RecordError(_later_version(version))
    if stated[0] < ours[0]:
        raise ValueError(f"schema version {version}; this provcheck reads {ours[0]}.0.0 to {SCHEMA_VERSION}")
    return stated > ours


def _later_version(version: str) -> str:
    return (
        f"this report was written by a newer provcheck: its schema is {version}, and this one reads up to {SCHEMA_VERSION}. "
        "Nothing of it was read; install a newer provcheck"
    )


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return dict(pairs)


def _no_float(number: str) -> Json:
    raise ValueError(f"{number}: a record holds no floating-point numbers")
